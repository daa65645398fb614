"""The date facet -> bars that lead a step down, and the links that lead a step up and to either side.

A chosen range is drawn whole, its empty periods too, and marked on a strip of all the time of the search.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.search.request import MISSING, DateRange, Period
from indexer.search.results import Facet
from indexer.timeline import INTERVALS, Interval, cut, fineness, periods
from webui import i18n
from webui.addresses import params
from webui.addresses.neighbours import Nearby
from webui.holdings import Around
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.time import labels
from webui.presenters.time.description import described
from webui.presenters.time.scale import bar_height, ceiling
from webui.presenters.time.stretches import Stretch

# More bars are added up to coarser periods: this many find room with their labels, and can be hit with a finger.
MOST_DAYS, MOST_MONTHS = 31, 24
MOST_NUMBERED = 13  # a year of months; the counts of more bars would run into each other on a phone
Held = Callable[[Sequence[Period]], Collection[Period]]  # of some periods, those from which the archive holds anything


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. `gap` means that the archive holds nothing at all from then, `chosen` that it is in the range."""

    label: str
    name: str
    count: str
    title: str
    height: int
    url: str | None
    gap: bool = False
    value: str = ""
    narrow: str = ""
    above: str = ""
    last: bool = False
    chosen: bool = False

    @property
    def amount(self) -> str:
        """The count as it stands below the bar; a gap has none."""
        return "–" if self.gap else self.count


@dataclass(frozen=True, slots=True)
class Strip:
    """All the time of a search, in small, between the names of its first and last period."""

    parts: tuple[Bar, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Hits over time.

    `numbered` means that there is room for the counts below the bars, `dense` that there are too many for labels of
    their own. `scale` is the number at the top. With `any_dates`, `ends` and `spoken` a script makes the address and
    the name of a range.
    """

    bars: tuple[Bar, ...]
    numbered: bool
    dense: bool
    grouped: bool
    interval: str
    title: str
    scale: str
    description: str
    steps: tuple[Link | None, Link | None] | None
    strip: Strip | None
    up_url: str | None
    up_text: str
    undated_url: str | None
    undated_text: str
    any_dates: str
    ends: str
    spoken: str


def histogram(
    facet: Facet | None, near: Nearby, held: Held, around: Around | None = None, span: DateRange | None = None
) -> Histogram | None:
    """The bars of a date facet; None where there is nothing to show.

    Args:
        facet: counts of the search.
        near: the search.
        held: what tells a zero from a gap; asked only where there is a zero.
        around: what it finds beyond its dates, where it has any.
        span: the first and last day of the archive; a range is drawn no further than their years.
    """
    dates = near.request.dates
    if facet is None or (len(facet.buckets) < 2 and not dates and not facet.missing):
        return None
    shown = _shown(facet, dates, span or DateRange())
    strip = _strip(around, near, shown) if around else None
    if strip and len(shown) == 1:
        shown = {}  # a bar alone says no more than its name
    filled = held(tuple(shown)) if not all(shown.values()) else shown
    stretch = Stretch.of(dates)
    focus = common_period(dates)
    up = focus.parent if focus and stretch and stretch.length == 1 else focus
    marks = labels.marks(tuple(shown), focus)
    top = ceiling(max(shown.values(), default=0))
    return Histogram(
        bars=tuple(
            _bar(period, count, top, near, mark=mark, gap=period not in filled)
            for (period, count), mark in zip(shown.items(), marks, strict=True)
        ),
        numbered=len(shown) <= MOST_NUMBERED,
        dense=labels.dense(shown),
        grouped=any(mark.above for mark in marks),
        interval=_interval(shown),
        title=_capital(words.dates_label(dates)) if dates else gettext("Over time"),
        scale=i18n.number(top),
        description=described(shown, filled),
        steps=_steps(stretch, around, near) if stretch and around else None,
        strip=strip,
        up_url=near.with_dates(DateRange(up, up)) if dates else None,
        up_text=i18n.period(up) if up else gettext("All years"),
        undated_url=near.with_filter("published", MISSING) if facet.missing else None,
        undated_text=ngettext(
            "%(count)s undated", "%(count)s undated", facet.missing, count=i18n.number(facet.missing)
        ),
        any_dates=near.any_dates,
        ends=" ".join(params.DATES),
        spoken=gettext("%(start)s to %(end)s", start="{0}", end="{1}"),
    )


def by_period(facet: Facet | None) -> dict[Period, int]:
    """What a date facet counted, by period; chosen values of another interval left out."""
    if facet is None:
        return {}
    found = {_period(bucket.value): bucket.count for bucket in facet.buckets}
    return {period: count for period, count in found.items() if facet.interval in (None, interval_of(period))}


# The periods of an archive are few, and each page of results reads a hundred of them.
_period = lru_cache(maxsize=4096)(Period.parse)


def common_period(dates: DateRange) -> Period | None:
    """The smallest year, month or day that a range lies in."""
    first, last = dates.first, dates.last
    if first is None or last is None or first.year != last.year:
        return None
    if first.month != last.month:
        return Period(first.year)
    return Period(first.year, first.month, first.day if first == last else None)


def interval_of(period: Period) -> Interval:
    """Whether it is a year, a month or a day."""
    return INTERVALS[fineness(period)]


def _interval(counts: Mapping[Period, int]) -> str:
    period = next(iter(counts), None)
    return interval_of(period) if period else "year"


def _shown(facet: Facet, dates: DateRange, span: DateRange) -> dict[Period, int]:
    """Counts by the finest interval that makes not too many bars; of a range all periods, empty ones too."""
    found = {period: count for period, count in by_period(facet).items() if _overlaps(period, dates)}
    if not dates:
        return _coarser(found)
    if not any(found.values()):
        return {}
    first, last = _drawn(found, dates, span)
    days, months = (last - first).days + 1, (last.year - first.year) * 12 + last.month - first.month + 1
    fitting: Interval = "day" if days <= MOST_DAYS else "month" if months <= MOST_MONTHS else "year"
    interval = INTERVALS[min(INTERVALS.index(fitting), INTERVALS.index(interval_of(next(iter(found)))))]
    sums = dict.fromkeys(periods(first, last, interval), 0)
    for period, count in found.items():
        sums[cut(period, interval)] += count
    return sums


def _drawn(found: Collection[Period], dates: DateRange, span: DateRange) -> tuple[date, date]:
    """The days between which a range is drawn: within the years of the archive, unless something was found beyond."""
    first, last = min(found).first, max(found).last
    start = dates.first or span.first or first
    end = dates.last or span.last or last
    if span.first:
        start = max(start, date(span.first.year, 1, 1))
    if span.last:
        end = min(end, date(span.last.year, 12, 31))
    return min(start, max(first, dates.first or first)), max(end, min(last, dates.last or last))


def _coarser(counts: Mapping[Period, int]) -> dict[Period, int]:
    """Counts of days, months or years: the finest that are not too many bars."""
    found = dict(counts)
    while len(found) > (MOST_DAYS if any(period.day for period in found) else MOST_MONTHS) and _divided(found):
        sums: dict[Period, int] = {}
        for period, count in found.items():
            above = period.parent or period
            sums[above] = sums.get(above, 0) + count
        found = sums
    return found


def _divided(counts: Iterable[Period]) -> bool:
    return any(period.month for period in counts)


def _overlaps(period: Period, dates: DateRange) -> bool:
    # The facet ignores its own selection, and so counts what lies outside of it too.
    return (dates.first is None or period.last >= dates.first) and (dates.last is None or period.first <= dates.last)


def _bar(period: Period, count: int, top: int, near: Nearby, mark: labels.Mark, *, gap: bool) -> Bar:
    name = i18n.period(period)
    said = gettext("nothing archived") if gap else articles(count)
    return Bar(
        label=mark.label,
        name=name,
        count=i18n.number(count),
        title=f"{name}: {said}",
        height=bar_height(count, top),
        url=near.with_dates(DateRange(period, period)) if count else None,
        gap=gap,
        value=str(period),
        narrow=mark.narrow,
        above=mark.above,
        last=mark.last,
    )


def _strip(around: Around, near: Nearby, shown: Collection[Period]) -> Strip | None:
    """All the time of a search with the range marked; None where the range is all of it, or there is but one period."""
    counts = _coarser(by_period(around.whole))
    if len(counts) < 2 or not counts.keys() - shown:
        return None
    most = max(counts.values())
    dates = near.request.dates
    return Strip(
        tuple(
            Bar(
                label="",
                name=i18n.period(period),
                count=i18n.number(count),
                title=f"{i18n.period(period)}: {articles(count)}",
                height=bar_height(count, most),
                url=near.with_dates(DateRange(period, period)) if count else None,
                chosen=_overlaps(period, dates),
            )
            for period, count in counts.items()
        ),
        *(i18n.period(each, long=False) for each in (min(counts), max(counts))),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(stretch: Stretch, around: Around, near: Nearby) -> tuple[Link | None, Link | None]:
    """The nearest stretches of the same length before and after in which the search finds anything."""
    before, after = (_step(stretch.reaching(day.first), near) if day else None for day in (around.before, around.after))
    return before, after


def _step(stretch: Stretch | None, near: Nearby) -> Link | None:
    if stretch is None:
        return None
    return Link(words.dates_label(stretch.dates, long=stretch.length == 1), near.with_dates(stretch.dates))
