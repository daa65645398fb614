"""Loose values as sources write them -> the exact types of an article's fields. Pure functions, used by `normalise`.

Each takes whatever stood under an alias (text, a list, an object) and returns the field's value or its empty form.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from indexer.ingest.blocks import paragraphs
from indexer.ingest.markup import plain_line, plain_text

LONGEST_NAME = 200
LONGEST_URL = 2000
MOST_LEVELS = 5

# Where the objects of the world's APIs keep the text that a person would read; best first.
_TEXT_KEYS = (
    "rendered", "name", "main", "value", "text", "#text", "$text", "@value", "content", "title", "original", "label",
    "headline", "term", "default", "en", "fullName", "url", "uri", "@id", "id",
)  # fmt: skip
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")
_LEVEL = re.compile(r"\s*[/>»›|\\→]\s*|\s*::\s*")
_SNIPPED = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
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
    """Running text: a string, a list of paragraphs, or an object that holds them."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list | tuple | Mapping):
        return "\n\n".join(paragraphs(value))
    return string(value)


def without_snip(text: str) -> str:
    """A body without the mark with which news APIs say that they cut it."""
    return _SNIPPED.sub("…", text) if text.endswith("chars]") else text


def authors(value: Any) -> tuple[str, ...]:
    """People who wrote it, in order, each once: from a byline, a list of names, or objects with a name."""
    from indexer.ingest.bylines import people

    return people(_listed(value))


def either(*stated: Any) -> Any:
    """Of several statements of one thing those that are there, best first: one as it is, more as a list."""
    found = [each for each in stated if each]
    return found if len(found) > 1 else next(iter(found), None)


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
    if value is None:
        return None
    if not isinstance(value, str) and isinstance(value, Mapping):
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
