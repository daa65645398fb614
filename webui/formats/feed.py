"""What is in a feed, whatever it is written as: pages of entries. Pure, made by the feed view, written by `atom`, `rss`
and `json_feed`.

Text may hold anything: markup is escaped by who writes, characters that XML cannot hold are left out (`clean`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.article import Article, Published, Translation
from indexer.search.results import Hit

SUMMARY_LENGTH = 400
# What is no character of XML 1.0.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a feed. `via` is where it was published; `updated` is when the archive took it in as it is."""

    permalink: str
    title: str
    summary: str
    published: Published | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    categories: tuple[str, ...] = ()
    via: str | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. Addresses are whole; `id` is the feed's own, without a page."""

    id: str
    title: str
    subtitle: str
    author: str
    page_url: str
    self_url: str
    next_url: str | None = None
    previous_url: str | None = None
    language: str | None = None
    total: int = 0
    start: int = 1
    size: int = 0


def entry(hit: Hit, permalink: str, untitled: str) -> Entry:
    """What a feed says of a hit; its summary is the article's own, else the first passage that matched."""
    article = hit.article
    passage = hit.snippets[0].text if hit.snippets else ""
    return Entry(
        permalink=permalink,
        title=article.title or untitled,
        summary=_cut(_in_translation(article.translation) or article.summary or passage),
        published=article.published,
        language=article.language,
        authors=article.author,
        source=article.source,
        categories=_categories(article),
        via=article.url if article.url and article.url.lower().startswith(("http://", "https://")) else None,
        updated=article.changed,
    )


def _in_translation(made: Translation | None) -> str:
    """The headline in translation and who made it, before the summary in translation."""
    if made is None:
        return ""
    by = f" ({made.language}, machine translation{f': {made.engine}' if made.engine else ''})"
    return " ".join(filter(None, (f"{made.title}{by}.", made.summary)))


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NO_XML.sub("", text)


def language_tag(tag: str | None) -> str | None:
    """A language as feeds may state it."""
    return tag if tag and _LANGUAGE.match(tag) else None


def moment(published: Published) -> datetime:
    """When something was published; of a date that is less exact its first moment."""
    return published.instant.astimezone(UTC).replace(microsecond=0)


def by(entry: Entry) -> list[str]:
    """Who an entry is by: its authors, else where it came from."""
    return [name for name in entry.authors or filter(None, (entry.source,)) if clean(name).strip()]


def _categories(article: Article) -> tuple[str, ...]:
    names = [article.category, *(entity.name for entity in article.entities if entity.given)]
    return tuple(dict.fromkeys(name for name in names if name and clean(name).strip()))


def _cut(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(maxsplit=1)[0] + "…"
