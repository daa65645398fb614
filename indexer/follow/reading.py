"""A fetched document -> its entries, by the readers that read the same formats from files.

An entry is known again by its key, which is what the id of its article is made of, and by a print of what the feed says
of it: who changed a headline is read again.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from indexer.addresses import shown
from indexer.config import IngestConfig
from indexer.follow.addresses import joined
from indexer.follow.answers import Answer
from indexer.ingest.addresses import canonical
from indexer.ingest.json_text import parse_json
from indexer.ingest.listed import plain
from indexer.ingest.raw import Page, RawArticle
from indexer.ingest.readers.base import NotArticles, Reader
from indexer.ingest.readers.registry import choose
from indexer.ingest.streams import Input
from indexer.ingest.time_limit import each_within
from indexer.ingest.values import url as web_address
from indexer.rejection import Origin, Reject, Rejected
from indexer.sources import Source

# Formats of `readers.registry` that list articles.
LISTS = ("feed", "sitemap", "JSON", "JSON lines")
# Characters of a text that are more than a teaser; of a whole text that is shorter the page says the same once more.
WHOLE = 1_000
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(more\)|[»>→])\W*\Z")
# Names of JSON Feed under ours, so that what a page says takes their place.
_JSON_FEED = {
    "content_html": "body", "content_text": "body", "date_published": "published", "date_modified": "updated",
    "authors": "author",
}  # fmt: skip
_PRINTED = ("title", "summary", "body", "published", "updated")
_HTML = ("text/html", "application/xhtml+xml")
_SITEMAP_ID = "sitemap "


class Unreadable(Exception):
    """A document that is no list of articles; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `print` changes with what the feed says of it; `whole` tells whether it has its text."""

    key: str
    print: str
    item: RawArticle
    whole: bool

    @property
    def address(self) -> str:
        """That of its page, "" of none."""
        return str(self.item.fields.get("url") or "")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a document held: its entries, what in it could not be read, a remark ("" of none), and if it was cut off."""

    entries: tuple[Entry, ...] = ()
    rejects: tuple[Reject, ...] = ()
    remark: str = ""
    cut: bool = False


def listing(answer: Answer, source: Source, limits: IngestConfig) -> Listing:
    """The entries of a fetched feed or sitemap.

    Raises:
        Unreadable: it is none.
    """
    entries: dict[str, Entry] = {}
    rejects: list[Reject] = []
    remark = ""
    try:
        for item in each_within(limits.max_seconds, _items(answer, limits)):
            if isinstance(item, Reject):
                rejects.append(item)
            else:
                entry = _entry(item, answer.address, source, limits)
                entries.setdefault(entry.key, entry)
    except NotArticles as none:
        remark = f"It is {none.what}."
    except Rejected as why:
        raise Unreadable(_sentence(why.detail or why.reason)) from None
    cut = next((reject for reject in rejects if reject.reason == "truncated"), None)
    if cut is not None and entries:
        del entries[next(reversed(entries))]  # which was cut off too, perhaps within its address
    if rejects and not entries:
        raise Unreadable(_sentence(rejects[0].detail or rejects[0].reason))
    return Listing(tuple(entries.values()), tuple(rejects), _sentence(cut.detail) if cut else remark, cut is not None)


def _items(answer: Answer, limits: IngestConfig) -> Iterator[RawArticle | Reject]:
    try:
        source = Input(shown(answer.address), io.BytesIO(answer.body), limits)
        yield from _reader(source, answer)(source)
    except (Unreadable, NotArticles, Rejected):
        raise
    except Exception as error:  # a library met what it did not expect: the feed is named, the round goes on
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _reader(source: Input, answer: Answer) -> Reader:
    if not source.head.strip():
        raise Unreadable("It is empty.")
    found = choose(source, named=True)
    if found is None or found.name not in LISTS:
        kind = f" ({answer.kind})" if answer.kind else ""
        what = "in no format of feeds" if found is None else f"{found.name}, not a feed"
        raise Unreadable(f"It is {what}{kind}.")
    return found.read


def _entry(item: RawArticle, base: str, source: Source, limits: IngestConfig) -> Entry:
    fields = _fields(item, limits)
    address = joined(base, fields["url"]) if isinstance(fields.get("url"), str) else ""
    if address and web_address(address):
        fields["url"] = shown(address)
    fields["source"] = source.name
    stated = fields.get("id")
    key = str(stated) if isinstance(stated, str | int) and str(stated).strip() else ""
    key = key or (canonical(address) if address else _digest([fields.get("title"), fields.get("published")]))
    says = [fields.get(name) for name in _PRINTED]
    whole = _is_whole(fields.get("body")) or not web_address(address)
    return Entry(key[:1024], _digest([*says, canonical(address)]), replace(item, fields=fields, json=b""), whole)


def _fields(item: RawArticle, limits: IngestConfig) -> dict[str, Any]:
    fields: Mapping[str, Any] = item.fields
    if item.json:
        try:
            parsed, _ = parse_json(item.json, limits.max_json_depth)
        except Rejected:
            parsed = {}
        fields = parsed if isinstance(parsed, dict) else {}
    found: dict[str, Any] = {}
    for name, value in fields.items():
        ours = _JSON_FEED.get(name, name)
        if ours != name and (ours in fields or ours in found):
            continue
        found[ours] = value
    if str(found.get("id", "")).startswith(_SITEMAP_ID):
        found.pop("id")
    return found


def _is_whole(body: Any) -> bool:
    text = plain(body)
    return len(text) >= WHOLE and _CUT_OFF.search(text) is None


def _digest(values: list[Any]) -> str:
    packed = orjson.dumps(values, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(packed, digest_size=8).hexdigest()


def with_page(entry: Entry, answer: Answer) -> RawArticle | None:
    """An entry with its page; None where what was fetched is none."""
    if answer.kind not in (*_HTML, "") or not answer.body.strip():
        return None
    address = shown(answer.address)
    page = Page(answer.body, address, answer.charset or None, datetime.now(UTC).isoformat(timespec="seconds"))
    known = {name: value for name, value in entry.item.fields.items() if name != "listed_in"}
    return RawArticle(Origin(address), page=page, known=known)


def alone(entry: Entry) -> RawArticle:
    """An entry as its feed has it, under the id that the reader of files would give it."""
    fields = entry.item.fields
    if fields.get("listed_in") == "sitemap":
        fields = {**fields, "id": f"{_SITEMAP_ID}{fields.get('url', '')}"}
    return replace(entry.item, fields=fields)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
