"""Matches -> facets: counts by label or period, exact, each ignoring its own filter.

Called by the engine for each search, and for the pages that list all values of a facet.
"""

from operator import itemgetter
from typing import Literal

import numpy as np

from indexer import analysis
from indexer.engines.shared.search.other_names import containing
from indexer.engines.whoosh.kernels import Array, Docs, difference, nth_largest
from indexer.engines.whoosh.query.filters import between_days
from indexer.engines.whoosh.reader.columns import Column, Counted, column, counts_of_all
from indexer.engines.whoosh.reader.path_tree import paths
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.date_facet import calendar, histogram
from indexer.fields import BY_NAME, Kind
from indexer.search.request import MISSING, Period, SearchRequest
from indexer.search.results import Bucket, Facet, FacetPage, buckets_of

# Counting what is left out and subtracting is cheaper for more than this share of all documents.
_COMPLEMENT_SHARE = 0.6


def facet(snapshot: Snapshot, field: str, docs: Docs, request: SearchRequest) -> Facet:
    """One facet over the matches that its own filter left alone."""
    if BY_NAME[field].kind is Kind.DATE:
        return _date_facet(snapshot, docs, request)
    chosen = request.filter(field)
    asked = (*chosen.values, *chosen.excluded)
    if BY_NAME[field].many and not asked and docs is not snapshot.everything:
        listed, distinct, missing = _most(snapshot, column(snapshot, field), docs, request)
        return Facet(field, buckets_of(listed), distinct, missing)
    names, counted, missing = _names_and_counts(snapshot, field, docs, request.all_mentions)
    listed = names.top(counted, request.facet_size)
    if asked:
        rows = dict(listed)
        for value in asked:
            if value != MISSING and value not in rows:
                number = names.find(value)
                rows[value] = 0 if number is None else counted.of(number)
        listed = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    return Facet(
        field,
        buckets_of(listed, chosen.values, chosen.excluded),
        distinct=len(counted),
        missing=missing,
        missing_selected=MISSING in chosen.values,
        missing_excluded=MISSING in chosen.excluded,
    )


def facet_page(
    snapshot: Snapshot,
    field: str,
    docs: Docs,
    request: SearchRequest,
    contains: str,
    order: Literal["count", "name"],
    window: slice,
) -> FacetPage:
    """One page of all values that occur; `contains` is looked for without regard to case and accents,
    and in other names of entities."""
    chosen = request.filter(field)
    if BY_NAME[field].kind is Kind.DATE:
        whole = _date_facet(snapshot, docs, request)
        found = [b for b in whole.buckets if b.count and contains in b.value]
        found.sort(key=lambda b: (-b.count if order == "count" else 0, b.value))
        return FacetPage(field, tuple(found[window]), len(found), whole.missing)
    names, counted, missing = _names_and_counts(snapshot, field, docs, request.all_mentions)
    if contains:
        wanted = analysis.fold(contains)
        known = containing(field, wanted) if snapshot.joins_spellings else ()
        others = {column(snapshot, field).corrected(name) for name in known}
        numbers = counted.numbers.tolist()
        fits = np.array([n in others or wanted in analysis.fold(names.name(n)) for n in numbers], np.bool_)
        counted = Counted(counted.numbers[fits], counted.counts[fits])
    ordered = names.top(counted, window.stop) if order == "count" else names.by_name(counted, window.stop)
    buckets = [Bucket(name, count, name in chosen.values, name in chosen.excluded) for name, count in ordered[window]]
    return FacetPage(field, tuple(buckets), len(counted), missing)


Rows = list[tuple[str, int]]  # values and their counts


class _Labels:
    """The values of a plain keyword field."""

    def __init__(self, values: Column) -> None:
        self._values = values
        self.name = values.label
        self.find = values.find

    def top(self, counted: Counted, size: int) -> Rows:
        """The `size` most frequent, then A-Z."""
        numbers, counts = counted.numbers, counted.counts
        ties: Rows = []
        if 0 < size < len(numbers):
            least = int(nth_largest(counts, size))
            above = counts > least
            room = size - int(np.count_nonzero(above))
            first = self._values.first_by_name(numbers[counts == least], room)
            ties = [(name, least) for name in self._values.labels(first)]
            numbers, counts = numbers[above], counts[above]
        # By name first: the numbers of a segment are in that order, of which the sort makes use.
        rows = sorted(zip(self._values.labels(numbers.tolist()), counts.tolist(), strict=True))
        rows.sort(key=itemgetter(1), reverse=True)
        return rows + ties

    def by_name(self, counted: Counted, size: int) -> Rows:
        """The first `size`, A-Z."""
        first = self._values.first_by_name(counted.numbers, size)
        return [(self.name(number), counted.of(number)) for number in first]


class _Paths:
    """The paths of a path field, whose numbers are in the order of their names."""

    def __init__(self, values: Column) -> None:
        self._names = paths(values).names

    def name(self, number: int) -> str:
        """The path of a number."""
        return self._names[number]

    def find(self, value: str) -> int | None:
        """The number of a path."""
        return self._names.index(value) if value in self._names else None

    def top(self, counted: Counted, size: int) -> Rows:
        """The `size` most frequent, then A-Z."""
        order = np.argsort(-counted.counts, kind="stable")[:size]
        return self._rows(counted.numbers[order], counted.counts[order])

    def by_name(self, counted: Counted, size: int) -> Rows:
        """The first `size`, A-Z."""
        return self._rows(counted.numbers[:size], counted.counts[:size])

    def _rows(self, numbers: Array, counts: Array) -> Rows:
        return list(zip(map(self.name, numbers.tolist()), counts.tolist(), strict=True))


def _names_and_counts(
    snapshot: Snapshot, field: str, docs: Docs, passing: bool = False
) -> tuple[_Labels | _Paths, Counted, int]:
    values = column(snapshot, field)
    counted, missing = _counted(snapshot, values, docs, passing)
    if BY_NAME[field].kind is Kind.PATH:
        return _Paths(values), paths(values).count(counted), missing
    return _Labels(values), counted, missing


def _counted(snapshot: Snapshot, values: Column, docs: Docs, passing: bool = False) -> tuple[Counted, int]:
    everything = snapshot.everything
    if docs is everything:
        return counts_of_all(snapshot, values.field, passing)
    return values.count(docs, passing)


def _most(snapshot: Snapshot, values: Column, docs: Docs, request: SearchRequest) -> tuple[Rows, int, int]:
    """The labels that most documents have, how many labels they have, and how many have none."""
    passing, size, everything = request.all_mentions, request.facet_size, snapshot.everything
    if len(docs) > len(everything) * _COMPLEMENT_SHARE:
        rest = difference(everything, docs, snapshot.scratch.flags)
        totals, missing = snapshot.cached(("totals", values.field, passing), lambda: values.totals(everything, passing))
        counted, distinct, others = values.most(rest, passing, size, totals)
        return _Labels(values).top(counted, size), distinct, missing - others
    counted, distinct, missing = values.most(docs, passing, size)
    return _Labels(values).top(counted, size), distinct, missing


def unfiltered_counts(snapshot: Snapshot, field: str) -> Counted:
    """How many articles of the whole archive have each label of a field."""
    return _counted(snapshot, column(snapshot, field), snapshot.everything)[0]


def distinct_values(snapshot: Snapshot, field: str) -> int:
    """How many values a facet of the whole archive has."""
    return len(_names_and_counts(snapshot, field, snapshot.everything)[1])


def _date_facet(snapshot: Snapshot, docs: Docs, request: SearchRequest) -> Facet:
    chosen = request.filter("published")
    everything = docs is snapshot.everything
    known = calendar(snapshot)
    days = snapshot.cached("days", lambda: known.count(docs)) if everything else known.count(docs)
    interval, listed = histogram(known, days, request.dates)
    distinct = sum(count > 0 for _, count in listed)
    if asked := (*chosen.values, *chosen.excluded):
        rows = dict(listed)
        for value in asked:
            if value != MISSING and value not in rows:
                period = Period.parse(value)
                rows[value] = days.within(*between_days(period.first, period.last)).total
        listed = sorted(rows.items())
    return Facet(
        "published",
        buckets_of(listed, chosen.values, chosen.excluded),
        distinct=distinct,
        missing=days.undated,
        interval=interval,
        missing_selected=MISSING in chosen.values,
        missing_excluded=MISSING in chosen.excluded,
    )
