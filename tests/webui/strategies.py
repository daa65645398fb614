"""Requests of all kinds for property tests."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from indexer.fields import FACET_FIELDS
from indexer.search.moments import MINUTE, Moment
from indexer.search.request import Arrival, DateRange, Filter, Match, Period, SearchRequest, Sort
from webui.addresses import params

BUDGET_MS = 10_000
_EAST = timezone(timedelta(hours=5, minutes=30))

PERIODS = st.one_of(
    st.builds(Period, st.integers(1, 9999)),
    st.builds(Period, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(Period, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)
_TIMES = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.sampled_from([None, UTC, _EAST]))
MOMENTS = st.one_of(
    st.builds(Moment, _TIMES.map(lambda at: at.replace(microsecond=0))),
    st.builds(Moment, _TIMES.map(lambda at: at.replace(microsecond=0, second=0)), st.just(MINUTE)),
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.lists(TEXTS, max_size=3, unique=True).map(tuple)


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    found = []
    for field in draw(st.lists(st.sampled_from(FACET_FIELDS), max_size=4, unique=True)):
        values = draw(
            st.lists(PERIODS.map(str), max_size=3, unique=True).map(tuple) if field.name == "published" else VALUES
        )
        cut = draw(st.integers(0, len(values)))
        if values:
            found.append(Filter(field.name, values[:cut], values[cut:]))
    return tuple(sorted(found, key=lambda each: each.field))


@st.composite
def date_ranges(draw: st.DrawFn) -> DateRange:
    start, end = draw(st.none() | PERIODS), draw(st.none() | PERIODS)
    if start and end and start.first > end.last:
        start, end = end, start
    return DateRange(start, end)


@st.composite
def arrivals(draw: st.DrawFn) -> Arrival:
    added = Arrival(draw(st.none() | PERIODS | MOMENTS), draw(st.none() | PERIODS | MOMENTS))
    return Arrival(added.end, added.start) if added.backwards else added


REQUESTS = st.builds(
    SearchRequest,
    query=TEXTS.map(str.strip),
    filters=filters(),
    dates=date_ranges(),
    added=arrivals(),
    match=st.sampled_from(Match),
    sort=st.sampled_from(Sort),
    page=st.integers(1, params.MAX_PAGE),
    size=st.integers(0, 100),
    cursor=st.none() | st.text("abcXYZ019-_=", min_size=1),
    facets=st.lists(st.sampled_from([f.name for f in FACET_FIELDS]), unique=True).map(tuple),
    facet_size=st.integers(1, params.MAX_FACET_SIZE),
    snippets=st.booleans(),
    explain=st.booleans(),
    group=st.booleans(),
    recency=st.booleans(),
    all_mentions=st.booleans(),
    budget_ms=st.just(BUDGET_MS),
)
