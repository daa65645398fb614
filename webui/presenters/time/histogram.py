"""The date facet -> bars that lead a step down, and the link that leads a step up."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.search.request import MISSING, DateRange, Period
from indexer.search.results import Facet
from webui import i18n
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext, ngettext

# More bars are added up to coarser periods: this many find room with their labels, and can be hit with a finger.
MOST_DAYS, MOST_MONTHS = 31, 24
MOST_NUMBERED = 13  # a year of months; the counts of more bars would run into each other on a phone
Held = Callable[[Sequence[Period]], Collection[Period]]  # of some periods, those from which the archive holds anything
HEIGHT = 100  # of the tallest bar, in the units of the drawing
LEAST = 3  # of the smallest one that is not zero, so that it can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. `gap` means that the archive holds nothing at all from then."""

    label: str
    name: str
    count: str
    title: str
    height: int
    url: str | None
    gap: bool = False

    @property
    def amount(self) -> str:
        """The count as it stands below the bar; a gap has none."""
        return "–" if self.gap else self.count


@dataclass(frozen=True, slots=True)
class Histogram:
    """Hits over time. `numbered` means that there is room for the counts below the bars."""

    bars: tuple[Bar, ...]
    numbered: bool
    interval: str
    title: str
    up_url: str | None
    up_text: str
    undated_url: str | None
    undated_text: str
    most: str
    first: str
    last: str


def histogram(facet: Facet | None, near: Nearby, held: Held) -> Histogram | None:
    """The bars of a date facet; None where there is nothing to show.

    Args:
        facet: counts of the search.
        near: the search.
        held: what tells a zero from a gap; asked only where there is a zero.
    """
    dates = near.request.dates
    if facet is None or (len(facet.buckets) < 2 and not dates and not facet.missing):
        return None
    shown = _coarser(by_period(facet), dates)
    most = max(shown.values(), default=0)
    filled = held(tuple(shown)) if not all(shown.values()) else shown
    several_years = len({period.year for period in shown}) > 1
    bars = tuple(
        _bar(period, count, most, near, period not in filled, several_years) for period, count in shown.items()
    )
    focus = common_period(dates)
    up = focus.parent if focus else None
    return Histogram(
        bars=bars,
        numbered=len(bars) <= MOST_NUMBERED,
        interval=_interval(shown),
        title=i18n.period(focus) if focus else gettext("Over time"),
        up_url=near.with_dates(DateRange(up, up)) if dates else None,
        up_text=i18n.period(up) if up else gettext("All years"),
        undated_url=near.with_filter("published", MISSING) if facet.missing else None,
        undated_text=ngettext(
            "%(count)s undated", "%(count)s undated", facet.missing, count=i18n.number(facet.missing)
        ),
        most=i18n.number(most),
        first=bars[0].name if bars else "",
        last=bars[-1].name if bars else "",
    )


def by_period(facet: Facet | None) -> dict[Period, int]:
    """What a date facet counted, by period."""
    return {_period(bucket.value): bucket.count for bucket in facet.buckets} if facet else {}


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


def _coarser(counts: Mapping[Period, int], dates: DateRange) -> dict[Period, int]:
    """Counts within a range, of days, months or years: the finest that are not too many bars."""
    found = {period: count for period, count in counts.items() if _overlaps(period, dates)}
    while len(found) > (MOST_DAYS if any(period.day for period in found) else MOST_MONTHS) and _divided(found):
        sums: dict[Period, int] = {}
        for period, count in found.items():
            above = period.parent or period
            sums[above] = sums.get(above, 0) + count
        found = sums
    return found


def _divided(counts: Iterable[Period]) -> bool:
    return any(period.month for period in counts)


def _interval(counts: Mapping[Period, int]) -> str:
    period = next(iter(counts), None)
    if period is None or not period.month:
        return "year"
    return "day" if period.day else "month"


def _overlaps(period: Period, dates: DateRange) -> bool:
    # The facet ignores its own selection, and so counts what lies outside of it too.
    return (dates.first is None or period.last >= dates.first) and (dates.last is None or period.first <= dates.last)


def bar_height(count: int, most: int) -> int:
    """How tall a bar is drawn."""
    return max(LEAST, round(HEIGHT * count / most)) if count and most else 0


def _bar(period: Period, count: int, most: int, near: Nearby, gap: bool, several_years: bool) -> Bar:
    name = i18n.period(period)
    text = (
        gettext("nothing archived")
        if gap
        else ngettext("%(count)s article", "%(count)s articles", count, count=i18n.number(count))
    )
    return Bar(
        label=str(period.year) if several_years and period.month == 1 and not period.day else i18n.short_period(period),
        name=name,
        count=i18n.number(count),
        title=f"{name}: {text}",
        height=bar_height(count, most),
        url=near.with_dates(DateRange(period, period)) if count else None,
        gap=gap,
    )
