"""What an archive holds of the sources that its configuration knows, and what it holds of others.

In: an archive. Out: `SourceHolding` values, and `Sources`, which says besides what is not as the configuration has it.
Called by the API and the command line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.reading import Reading
from indexer.search.request import Filter, SearchRequest, Sort
from indexer.sources import Catalogue, Source

_PAGE = 1_000  # values of a facet that are asked for at a time


@dataclass(frozen=True, slots=True)
class SourceHolding:
    """A source that the configuration knows: how many articles there are of it, and the days of the first and last."""

    source: Source
    articles: int = 0
    first_day: date | None = None
    last_day: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **self.source.to_dict(),
            "articles": self.articles,
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
        }


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of an archive as its configuration knows them, in its order.

    `unlisted` are the sources of articles that have no entry there, the most frequent first. `outdated` says whether
    articles were taken in under other names or collections than the configuration has now: `rebuild` files them anew.
    """

    held: tuple[SourceHolding, ...] = ()
    unlisted: tuple[tuple[str, int], ...] = ()
    outdated: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "sources": [each.to_dict() for each in self.held],
            "unlisted": [{"name": name, "articles": count} for name, count in self.unlisted],
            "outdated": self.outdated,
        }


def sources_of(archive: Reading, *, days: bool = True) -> Sources:
    """The sources of an archive; nothing where its configuration knows none.

    Args:
        archive: the archive.
        days: whether the first and last day of each are wanted, which two searches for each of them find.
    """
    catalogue = archive.catalogue
    if not catalogue:
        return Sources()
    counts = dict(_counts(archive, "source"))
    held = (SourceHolding(each, counts.get(each.name, 0)) for each in catalogue.sources)
    return Sources(
        tuple(_dated(archive, each) if days and each.articles else each for each in held),
        tuple((name, count) for name, count in counts.items() if catalogue.named(name) is None),
        _is_outdated(archive, catalogue, counts),
    )


def _is_outdated(archive: Reading, catalogue: Catalogue, counts: Mapping[str, int]) -> bool:
    """Whether articles stand under other names of their source, or collections have other articles than their sources
    have."""
    wanted: Counter[str] = Counter()
    for name, count in counts.items():
        known = catalogue.named(name) or catalogue.at(f"https://{name}/")
        if known is not None and known.name != name:
            return True
        wanted.update(dict.fromkeys(known.collections if known else (), count))
    # What corrections show under another name has the collections of its own.
    return not archive.rules.has_sources and wanted != Counter(dict(_counts(archive, "collection")))


def _counts(archive: Reading, field: str) -> Iterator[tuple[str, int]]:
    """All values of a field with the number of their articles."""
    offset = 0
    while True:
        page = archive.facet_values(field, offset=offset, limit=_PAGE)
        yield from ((bucket.value, bucket.count) for bucket in page.buckets)
        offset += _PAGE
        if offset >= page.total:
            return


def _dated(archive: Reading, holding: SourceHolding) -> SourceHolding:
    filters = (Filter("source", (holding.source.name,)), Filter("published", excluded=("",)))
    asked = SearchRequest(filters=filters, size=1, facets=(), snippets=False)
    ends = [archive.search(replace(asked, sort=sort)).hits for sort in (Sort.OLDEST, Sort.NEWEST)]
    days = [hits[0].article.published for hits in ends if hits]
    first, last = [each.day if each else None for each in days] or (None, None)
    return replace(holding, first_day=first, last_day=last)
