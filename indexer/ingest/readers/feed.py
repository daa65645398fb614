"""RSS and Atom feeds, of any version, well formed or not: one article for each entry. Parsed by feedparser."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from indexer.ingest.addresses import is_home
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles, bad
from indexer.ingest.readers.xml import xml_bytes
from indexer.ingest.streams import Input
from indexer.ingest.values import either, url
from indexer.rejection import Origin

ROOTS = frozenset({"rss", "feed", "RDF"})
# What says that a feed came to its end.
_ENDS = (b"</rss>", b"</feed>", b"</rdf:RDF>", b"</RDF>")
# Entry keys that are taken over under our names, or that only repeat others.
_USED = frozenset(
    "id guidislink link links title title_detail summary summary_detail content published published_parsed updated "
    "updated_parsed created created_parsed author author_detail authors tags source language base media_content "
    "media_thumbnail media_credit credit href expired expired_parsed".split()
)
# What feedparser leaves of "jane@example.london (Jane Doe)" and its like, as it knows of no ending over four letters.
_TORN = re.compile(r"[a-z]{1,20} \((?P<name>.+)|(?P<before>.+?) (?:<[a-z]{1,20}>|\([a-z]{1,20})")

_REPEATS = ("_detail", "_parsed")  # what feedparser says again in another form


def read_feed(source: Input) -> Iterator[Item]:
    """The entries of a feed. One that is cut off gives the entries before the cut and one reject."""
    data, replaced = xml_bytes(source)
    import feedparser

    # Through a stream: feedparser would take a string for an address and fetch it. Bleach cleans the text later.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    base = _base(parsed)
    for number, entry in enumerate(parsed.entries, 1):
        yield RawArticle(Origin(source.path, number), fields=_fields(entry, parsed.feed, base), replaced=replaced)
    if parsed.bozo and not data.rstrip().endswith(_ENDS):
        yield bad(source, len(parsed.entries) + 1, "truncated", f"The feed is cut off: {parsed.bozo_exception}.")
    elif not parsed.entries:
        if parsed.bozo:
            yield bad(source, None, "bad_xml", f"{parsed.bozo_exception}.", data)
        else:
            raise NotArticles("a feed without entries")


def _base(parsed: Mapping[str, Any]) -> str:
    """What links are relative to where no xml:base says it: for Atom the address of the feed, for RSS the site."""
    feed = parsed["feed"]
    own = next((str(link.get("href", "")) for link in feed.get("links", ()) if link.get("rel") == "self"), "")
    site = str(feed.get("link", ""))
    first, second = (own, site) if parsed.get("version", "").startswith("atom") else (site, own)
    return urljoin(second, first)


def _joined(base: str, link: str | None) -> str | None:
    try:
        return urljoin(base, link.strip()) if link else None
    except ValueError:  # an address such as "http://[", which is nobody's
        return link


def _authors(entry: Mapping[str, Any]) -> list[str]:
    """The authors as they are written; what is a mail address in it is taken out later."""
    written = entry.get("author") or ""
    names: list[str] = []
    for author in entry.get("authors", ()):
        name, mail = author.get("name", ""), author.get("email", "")
        if mail and mail in written:
            name = written
        elif mail and (torn := _TORN.fullmatch(name)):
            name = torn["name"] or torn["before"]
        names.append(name)
    return [name for name in names if name] or [written]


def _fields(entry: Mapping[str, Any], feed: Mapping[str, Any], base: str) -> dict[str, Any]:
    contents = sorted(entry.get("content", ()), key=lambda content: len(content.get("value", "")))
    body = contents[-1].get("value", "") if contents else ""
    summary = entry.get("summary", "")
    origin = entry.get("source") or {}
    language = next((content["language"] for content in contents if content.get("language")), None)
    tags = [tag.get("label") or tag.get("term") for tag in entry.get("tags", ())]
    fields = {
        "id": _id(entry),
        "url": _joined(base, entry.get("link")),
        "title": entry.get("title"),
        "body": body or summary,
        "summary": summary if body and summary != body else None,
        "published": either(*(entry[key] for key in ("published", "created", "updated") if key in entry)),
        "updated": entry["updated"] if "updated" in entry else None,  # noqa: SIM401  # `get` would give `published`
        "author": _authors(entry),
        "source": origin.get("title") or feed.get("title"),
        "language": language or feed.get("language"),
        "category": [tag for tag in tags if tag],
        "image": _picture(entry),
    }
    extra = {key: _plain(value) for key, value in entry.items() if key not in _USED and not key.endswith(_REPEATS)}
    extra["enclosures"] = [_plain(link) for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    return {key: value for key, value in (extra | fields).items() if value}


def _id(entry: Mapping[str, Any]) -> str | None:
    """The id of an entry, where it is more than its address."""
    stated = entry.get("id")
    if not stated or stated == entry.get("link"):
        return None
    return None if url(stated) and (entry.get("guidislink") or is_home(stated)) else stated


def _plain(value: Any) -> Any:
    """A value of feedparser's as one of JSON; None for what is none, such as its own forms of dates."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_plain, value))
    return value if isinstance(value, str) else None


def _picture(entry: Mapping[str, Any]) -> dict[str, str]:
    """The picture that goes with an entry: one of Media RSS, or an enclosure."""
    listed = [*entry.get("media_content", ()), *entry.get("links", ()), *entry.get("media_thumbnail", ())]
    for found in listed:
        address = found.get("url") or (found.get("href") if found.get("rel") == "enclosure" else None)
        kind = found.get("medium") or (found.get("type") or "image").partition("/")[0]
        if address and kind == "image":
            credit = next((credit.get("content") for credit in entry.get("media_credit", ())), None)
            return {"url": address} | ({"credit": credit} if credit else {})
    return {}
