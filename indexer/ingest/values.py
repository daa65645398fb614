"""Loose values as sources write them -> the exact types of an article's fields. Pure functions, used by `normalise`.

Each takes whatever stood under an alias (text, a list, an object) and returns the field's value or its empty form.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from indexer.ingest.bylines import people
from indexer.ingest.markup import plain_line, plain_text

LONGEST_NAME = 200
LONGEST_URL = 2000
MOST_LEVELS = 5

# Where the objects of the world's APIs keep the text that a person would read; best first.
_TEXT_KEYS = (
    "name", "main", "value", "text", "#text", "$text", "@value", "content", "title", "original", "label", "headline",
    "term", "default", "en", "fullName", "url", "uri", "@id", "id",
)  # fmt: skip
_PARAGRAPH_KEYS = ("content", "text", "value", "body", "paragraph", "#text", "html", "fullcaption")
# Parts of a block-structured body (TREC Washington Post, CMS exports) that are not its text.
_NOT_PROSE = frozenset("byline title headline kicker date image gallery video author_info deck caption related".split())
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")
_LEVEL = re.compile(r"\s*[/>»›|\\→]\s*|\s*::\s*")
_SNIPPED = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ocid|ncid|cmpid|cmp|icid|at_\w+|ns_\w+|wt\.\w+|xtor|ref_src|__twitter_impression)$",
    re.IGNORECASE,
)
_WAYBACK = re.compile(
    r"https?://(?:web\.archive\.org|archive\.org|arquivo\.pt|webarchive\.[\w.-]+|wayback\.[\w.-]+)"
    r"(?:/web|/wayback|/\w+)?/(\d{4,14})(?:[a-z]{2}_|\*)?/(.+)"
)


def string(value: Any) -> str:
    """The text of a loose value: itself, the readable part of an object, the first text of a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str) and value[key]), None)
        return inner if inner is not None else ""
    if isinstance(value, list | tuple):
        return next((found for item in value[:20] if (found := string(item))), "")
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, int | float) else ""


def line(value: Any) -> str:
    """A text of one line."""
    return plain_line(string(value))


def name(value: Any) -> str | None:
    """A name (a source, an agency) of bounded length, or None."""
    return plain_line(string(value))[:LONGEST_NAME].strip() or None


def prose(value: Any) -> str:
    """Running text: a string, a list of paragraphs, or a list of content blocks."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list | tuple):
        return "\n\n".join(text for item in value if (text := _block(item)))
    if isinstance(value, Mapping):
        return _block(value)
    return string(value)


def without_snip(text: str) -> str:
    """A body without the mark with which news APIs say that they cut it."""
    return _SNIPPED.sub("…", text) if text.endswith("chars]") else text


def _block(item: Any) -> str:
    if isinstance(item, Mapping):
        kind = str(item.get("subtype") or item.get("type") or "").lower()
        if kind in _NOT_PROSE:
            return ""
        item = next((item[key] for key in _PARAGRAPH_KEYS if isinstance(item.get(key), str)), "")
    return plain_text(item) if isinstance(item, str) else ""


def authors(value: Any) -> tuple[str, ...]:
    """People who wrote it, in order, each once: from a byline, a list of names, or objects with a name."""
    return people(_listed(value))


def _listed(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield string(item)
    elif isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        # A list that passed through a CSV file: "['Ann Lee', 'Bo Chen']".
        for single, double in _QUOTED.findall(value):
            yield single or double
    else:
        yield string(value)


def category(value: Any) -> tuple[str | None, list[str]]:
    """The first category as a path ("News > Politics" -> "News/Politics") and the further ones."""
    paths = [path for item in (value if isinstance(value, list | tuple) else [value]) if (path := _path(string(item)))]
    unique = list(dict.fromkeys(paths))
    return (unique[0], unique[1:]) if unique else (None, [])


def _path(text: str) -> str:
    if not text or text.startswith(("http://", "https://")):
        return ""
    levels = [level for part in _LEVEL.split(plain_line(text[:LONGEST_URL])) if (level := part.strip(" ,;"))]
    return "/".join(levels[:MOST_LEVELS])[:LONGEST_NAME]


def url(value: Any) -> str | None:
    """A web address as stated, or None when it is none: only http and https may ever become a link."""
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url") or value.get("href")
    if isinstance(value, list | tuple):
        return next((found for item in value[:10] if (found := url(item))), None)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not text.lower().startswith(("http://", "https://")) or len(text) > LONGEST_URL or not text.isprintable():
        return None
    text = text.replace(" ", "%20")
    return text if host(text) else None


def host(address: str) -> str:
    """The host of an address, without "www.", or ""."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def archived(address: str) -> str | None:
    """The address that a web archive's address is a copy of, or None when it is no archive's."""
    found = _WAYBACK.fullmatch(address)
    if found is None:
        return None
    original = found[2]
    return url(original if "://" in original[:8] else "http://" + original)


def canonical(address: str) -> str:
    """The address as an id: lower-case host, no fragment, no default port, no tracking parameters."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    place = (parts.hostname or "").lower()
    if port and port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        place += f":{port}"
    query = parts.query
    if query:
        kept = [(key, text) for key, text in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(key)]
        if len(kept) < query.count("&") + 1:
            query = urlencode(kept)
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", query, ""))
