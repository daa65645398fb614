"""Two sets of articles, one of them older -> how many are new and gone, and which, as far as the archive has them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from indexer.article import Article
from indexer.reading import Reading
from indexer.receipts import sketch
from indexer.receipts.found import Edited, Found
from indexer.receipts.members import Members
from indexer.search.request import SearchRequest
from indexer.search.results import outline

NAMED = 100  # articles of each kind that a comparison lists
LOOKED_THROUGH = 100_000  # articles of an archive that are looked through for what a search does not find any more
_EVERYTHING = SearchRequest(size=0, facets=(), snippets=False)


@dataclass(frozen=True, slots=True)
class ReceiptDifference:
    """What lies between two sets of articles.

    `new` and `gone` are exact numbers, or None where only the difference of the totals is known. `changed` says whether
    the sets differ, None where that is not known. `new_articles` and `gone_articles` are those of them that the archive
    still has, at most `NAMED`; `lost` counts those gone that it has not, None where it is too large to be looked
    through. `edited` counts articles of both whose text changed in between, None where they were not read;
    `edited_articles` are they.
    """

    changed: bool | None = None
    new: int | None = None
    gone: int | None = None
    new_articles: tuple[Article, ...] = ()
    gone_articles: tuple[Article, ...] = ()
    lost: int | None = None
    edited: int | None = None
    edited_articles: tuple[Edited, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "changed": self.changed,
            "new": self.new,
            "gone": self.gone,
            "edited": self.edited,
            "lost": self.lost,
            "new_articles": [outline(article) for article in self.new_articles],
            "gone_articles": [outline(article) for article in self.gone_articles],
            "edited_articles": [each.to_dict() for each in self.edited_articles],
        }


def between(archive: Reading, older: Members, newer: Members, found: Found) -> ReceiptDifference:
    """The difference of two sets; `found` is what the newer one's search finds today."""
    new, gone = newer.against(older)
    difference = told(archive, Members(new, newer.short), Members(gone, older.short), found)
    edited = [key for key in found.edited if older.covers(key) and newer.covers(key)]
    return replace(difference, edited=len(edited), edited_articles=edited_articles(archive, found, edited))


def told(archive: Reading, new: Members, gone: Members, found: Found) -> ReceiptDifference:
    """What is new and what is gone, with the articles as far as the archive has them."""
    here = _looked_for(archive, gone)
    return ReceiptDifference(
        changed=bool(new.keys or gone.keys),
        new=len(new.keys),
        gone=len(gone.keys),
        new_articles=_articles(archive, found.named(new.of(found.keys))),
        gone_articles=_articles(archive, here or ()),
        lost=None if here is None else len(gone.keys) - len(here),
    )


def edited_articles(archive: Reading, found: Found, keys: Iterable[int]) -> tuple[Edited, ...]:
    """The articles of some keys that were edited, at most `NAMED`."""
    numbers = dict(zip(found.ids, map(found.edited.get, found.keys.tolist()), strict=True))
    articles = _articles(archive, found.named(keys))
    return tuple(Edited(article, *(numbers[article.id] or (None, None))) for article in articles)


def _articles(archive: Reading, ids: Iterable[str]) -> tuple[Article, ...]:
    return tuple(filter(None, archive.get_many(list(ids)[:NAMED])))


def _looked_for(archive: Reading, gone: Members) -> list[str] | None:
    """The ids of what is gone from a search and still in the archive; None where that was not looked for."""
    if not gone.keys:
        return []
    if archive.search(_EVERYTHING).total > LOOKED_THROUGH:
        return None
    left = len(gone.keys)
    ids: list[str] = []
    for article in archive.scan(_EVERYTHING):
        key = int(sketch.keys([article.id])[0])
        if gone.covers(key):
            ids.append(article.id)
            if len(ids) == left:
                break
    return sorted(ids)
