"""The filters of a request as tests on documents, one for each field, and the matches with and without each of them.

Each filter is tested once on the documents the query matched; a facet that ignores its own filter is then a matter of
adding up failures, not of another search. Called by the engine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from functools import cached_property, partial

import numpy as np

from indexer.engines.shared.days import day_number
from indexer.engines.shared.search.parsing import check_facet
from indexer.engines.whoosh.codec.layout import UNDATED_DAY, UNDATED_SECONDS
from indexer.engines.whoosh.kernels import Docs, Mask
from indexer.engines.whoosh.reader.columns import Column, column
from indexer.engines.whoosh.reader.path_tree import paths
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.fields import BY_NAME, Kind
from indexer.search.moments import Moment, seconds_between
from indexer.search.request import MISSING, DateRange, Period, SearchRequest

Test = Callable[[Docs], Mask]


@dataclass(frozen=True, slots=True)
class FieldTest:
    """What the request asks of one field; several may speak of the same field."""

    field: str
    test: Test


def field_tests(snapshot: Snapshot, request: SearchRequest, clocks: tzinfo) -> list[FieldTest]:
    """The filters of a request; `clocks` are those of the archive, by which its days of arrival begin.

    Raises:
        UsageError: a filter on a field that is no facet, or a period that does not exist.
    """
    tests = []
    if request.dates:
        tests.append(FieldTest("published", _in_ranges(snapshot, [request.dates])))
    if request.added:
        tests.append(FieldTest("added", added_test(snapshot, request.added.first, request.added.last, clocks)))
    for chosen in request.filters:
        check_facet(chosen.field)
        make = _period_test if BY_NAME[chosen.field].kind is Kind.DATE else partial(_value_test, request.all_mentions)
        if chosen.values:
            tests.append(FieldTest(chosen.field, make(snapshot, chosen.field, chosen.values)))
        if chosen.excluded:
            tests.append(FieldTest(chosen.field, _inverse(make(snapshot, chosen.field, chosen.excluded))))
    return tests


def tests_and_days(
    snapshot: Snapshot, request: SearchRequest, clocks: tzinfo
) -> tuple[list[FieldTest], tuple[int, int] | None]:
    """The filters of a request but for its range of dates, and the lowest and highest day of that."""
    days = between_days(request.dates.first, request.dates.last) if request.dates else None
    narrowed = request.filters or request.added
    return field_tests(snapshot, replace(request, dates=DateRange()), clocks) if narrowed else [], days


def chosen_ordinals(values: Column, chosen: Sequence[str]) -> Mask:
    """The global ordinals that filter values choose: the label itself; of a path, all below it too."""
    mask = np.zeros(values.size, np.bool_)
    for value in chosen:
        if BY_NAME[values.field].kind is Kind.PATH:
            mask[paths(values).below(value)] = True
        elif (ordinal := values.find(value)) is not None:
            mask[ordinal] = True
    return mask


def _value_test(passing: bool, snapshot: Snapshot, field: str, chosen: Sequence[str]) -> Test:
    values = column(snapshot, field)
    mask = chosen_ordinals(values, [value for value in chosen if value != MISSING])
    if not values.many:
        table = np.concatenate(([MISSING in chosen], mask))
        ordinals = values.single()
        return lambda docs: table[ordinals[docs]]
    allowed = np.zeros(snapshot.size, np.bool_)
    if mask.any():
        allowed[values.docs_with(mask, passing)] = True
    if MISSING in chosen:
        allowed |= values.missing(passing)
    return lambda docs: allowed[docs]


def _period_test(snapshot: Snapshot, field: str, chosen: Sequence[str]) -> Test:
    periods = [Period.parse(value) for value in chosen if value != MISSING]
    dated = _in_ranges(snapshot, [DateRange(period, period) for period in periods])
    if MISSING not in chosen:
        return dated
    days = snapshot.concatenated(f"{field}.day")
    return lambda docs: dated(docs) | (days[docs] == UNDATED_DAY)


def _in_ranges(snapshot: Snapshot, ranges: Sequence[DateRange]) -> Test:
    days = snapshot.concatenated("published.day")
    bounds = [between_days(dates.first, dates.last) for dates in ranges]

    def test(docs: Docs) -> Mask:
        found = days[docs]
        kept = np.zeros(len(docs), np.bool_)
        for low, high in bounds:
            kept |= (found >= low) & (found <= high)
        return kept

    return test


def added_test(snapshot: Snapshot, start: date | Moment | None, end: date | Moment | None, clocks: tzinfo) -> Test:
    """Which documents the archive first held from one day or moment to another."""
    first, last = seconds_between(start, end, clocks)
    low = UNDATED_SECONDS + 1 if first is None else first
    high = np.iinfo(np.int64).max if last is None else last
    added = snapshot.concatenated("added.seconds")

    def test(docs: Docs) -> Mask:
        found = added[docs]
        return (found >= low) & (found <= high)

    return test


def between_days(first: date | None, last: date | None) -> tuple[int, int]:
    """The lowest and highest number of a day in a range; what is open leaves out the undated only."""
    low = UNDATED_DAY + 1 if first is None else day_number(first)
    high = np.iinfo(np.int32).max if last is None else day_number(last)
    return int(low), int(high)


def _inverse(test: Test) -> Test:
    return lambda docs: ~test(docs)


class Matches:
    """What a query matched, before and after the filters."""

    def __init__(self, docs: Docs, tests: Sequence[FieldTest]) -> None:
        self.before = docs
        self._tests = tests
        self._kept = [each.test(docs) for each in tests]

    @cached_property
    def docs(self) -> Docs:
        """What passes every filter."""
        return self._passing(self._kept)

    def ignoring(self, field: str) -> Docs:
        """What passes the filters on other fields."""
        others = [kept for each, kept in zip(self._tests, self._kept, strict=True) if each.field != field]
        return self.docs if len(others) == len(self._kept) else self._passing(others)

    def _passing(self, kept: Sequence[Mask]) -> Docs:
        return self.before[np.logical_and.reduce(kept)] if kept else self.before
