"""What would narrow a search with too many hits, and which of its own words and filters holds the most back.

The counterpart of the diagnosis of a search without hits. Values of filters are read off the facets that the answer has
anyway; only the words as a phrase are counted, and, where that is wanted, the search without each of its parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from indexer.errors import SearchTimeout
from indexer.reading import Reading
from indexer.search.parser import parse
from indexer.search.printer import clauses, to_text, without_clause
from indexer.search.query import And, Term
from indexer.search.request import MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest
from indexer.search.results import Bucket, ClauseCount, Facet, SearchResults

TOO_MANY = 1_000  # hits: fifty pages, which nobody reads
LONGEST_PHRASE = 6  # words; longer ones are questions, not names
MOST_PARTS = 8  # of a query that are left out in turn


class NarrowingWay(StrEnum):
    """How a search can be narrowed: all of its words, its words as a phrase, a further filter."""

    ALL = "all"
    PHRASE = "phrase"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Narrower:
    """A narrower search and how many articles it finds. Of a filter, `field` and `value` say which; `request` asks it.

    A period of `published` is chosen as a range of dates.
    """

    way: NarrowingWay
    total: int
    label: str
    request: SearchRequest = field(repr=False, compare=False)
    field: str | None = None
    value: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "way": self.way.value,
            "label": self.label,
            "field": self.field,
            "value": self.value,
            "total": self.total,
        }


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows a search of more than `TOO_MANY` hits: `choices`, those that leave least first.

    `without` are its own words and filters, each with what is found if it alone is left out, most first: the first one
    holds the most back. It is empty where that was not asked for, and for a search of one part.
    """

    choices: tuple[Narrower, ...] = ()
    without: tuple[ClauseCount, ...] = ()

    def named(self, most: int) -> tuple[Narrower, ...]:
        """Some of the choices, to be named: those of its own words before further filters."""
        return tuple(sorted(self.choices, key=lambda each: each.way is NarrowingWay.FILTER)[:most])

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "choices": [each.to_dict() for each in self.choices],
            "without": [each.to_dict() for each in self.without],
        }


def narrowing(archive: Reading, found: SearchResults, *, parts: bool = True) -> Narrowing | None:
    """What narrows a search; None where it has not too many hits, or where this is not its first page.

    Args:
        archive: the archive.
        found: its answer, with facets.
        parts: whether to count the search without each of its parts. Otherwise there is one count at most.
    """
    request = found.request
    if found.total <= TOO_MANY or request.page > 1 or request.cursor:
        return None
    try:
        choices = [*_all_words(archive, found, counted=parts), *_phrase(archive, found), *_values(found)]
        without = tuple(sorted(_without(archive, found), key=lambda each: -each.count)) if parts else ()
    except SearchTimeout:  # it is an offer, not the answer
        return Narrowing(tuple(sorted(_values(found), key=_leaves)))
    return Narrowing(tuple(sorted(choices, key=_leaves)), without)


def count(archive: Reading, request: SearchRequest) -> int:
    """How many articles a request finds, as its words stand, and nothing else: no other spelling is looked for."""
    return archive.word_counts((), replace(request, facets=(), spellcheck=False)).articles


def _leaves(choice: Narrower) -> int:
    return choice.total


def _all_words(archive: Reading, found: SearchResults, *, counted: bool) -> Iterator[Narrower]:
    """All of the words where some sufficed; without a count only where no filter leaves out any."""
    if found.matching is None or found.matching.mode is Match.ALL:
        return
    strict = replace(found.request, match=Match.ALL)
    total = found.matching.all
    if strict.narrowed:
        if not counted:
            return
        total = count(archive, strict)
    if 0 < total < found.total:
        yield Narrower(NarrowingWay.ALL, total, " AND ".join(found.matching.words), strict)


def _phrase(archive: Reading, found: SearchResults) -> Iterator[Narrower]:
    parsed = parse(found.request.query)
    terms = parsed.tree.children if parsed.plain and isinstance(parsed.tree, And) else ()
    words = [term.text for term in terms if isinstance(term, Term)]
    if not 2 <= len(words) <= LONGEST_PHRASE or len(words) < len(terms):
        return
    phrase = f'"{" ".join(words)}"'
    request = replace(found.request, query=phrase)
    if 0 < (total := count(archive, request)) < found.total:
        yield Narrower(NarrowingWay.PHRASE, total, phrase, request)


def _values(found: SearchResults) -> Iterator[Narrower]:
    """Of each facet in which nothing is chosen yet the value that leaves most of what can be looked through."""
    request = found.request
    for name, facet in found.facets.items():
        # A facet counts as if nothing of its own were chosen or left out, and a narrower search keeps what is.
        if request.filter(name) != Filter(name) or (name == "published" and request.dates):
            continue
        bucket = _useful(facet)
        if bucket is None or not 0 < bucket.count < found.total:
            continue
        if name == "published":
            period = Period.parse(bucket.value)
            narrower = request.with_dates(DateRange(period, period))
        else:
            narrower = request.with_filter(name, bucket.value)
        yield Narrower(NarrowingWay.FILTER, bucket.count, f"{name}: {bucket.value}", narrower, name, bucket.value)


def _useful(facet: Facet) -> Bucket | None:
    possible = [bucket for bucket in facet.buckets if bucket.value != MISSING and not bucket.excluded and bucket.count]
    few = [bucket for bucket in possible if bucket.count <= TOO_MANY]
    if few:
        return max(few, key=lambda bucket: bucket.count)
    return min(possible, key=lambda bucket: bucket.count, default=None)


def _without(archive: Reading, found: SearchResults) -> Iterator[ClauseCount]:
    """The search without each of its words and filters, if it has more than one of them."""
    request = found.request
    parts = clauses(found.tree)[:MOST_PARTS]
    narrower = len(request.filters) + bool(request.dates) + bool(request.added)
    if len(parts) + narrower < 2:
        return
    for at, (label, _) in enumerate(parts):
        left = without_clause(found.tree, at)
        yield ClauseCount(label, count(archive, replace(request, query=to_text(left))))
    if request.dates:
        dates = f"{request.dates.start or ''}..{request.dates.end or ''}"
        without = count(archive, request.with_dates(DateRange()))
        yield ClauseCount(f"published: {dates}", without, "published", dates)
    if request.added:
        without = count(archive, request.with_added(Arrival()))
        yield ClauseCount(f"added: {request.added}", without, "added", str(request.added))
    for chosen in request.filters:
        values = "; ".join((*chosen.values, *(f"-{value}" for value in chosen.excluded)))
        without = count(archive, request.without_filter(chosen.field))
        yield ClauseCount(f"{chosen.field}: {values}", without, chosen.field, values)
