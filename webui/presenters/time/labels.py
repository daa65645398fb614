"""What stands below bars: a short name for each, and above it the month or year that several of them belong to."""

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from itertools import groupby

from indexer.search.request import Period
from webui import i18n

MOST_YEARS = 31  # with a label each
FITS = 4  # letters, below the narrowest bar of a month
WHOLE_NAME = 4  # days from which the name of their month has room with its year
_EVERY = (5, 10, 20, 25, 50, 100, 200, 500, 1000)  # years, of which one in so many has a label
_MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands below a bar.

    `narrow` replaces the label where bars are narrow, `above` names what begins with the bar: a year of months, a
    month of days. `last` says that it begins too near to the end for its name to follow.
    """

    label: str
    narrow: str = ""
    above: str = ""
    last: bool = False


def marks(shown: Sequence[Period], focus: Period | None) -> tuple[Mark, ...]:
    """The marks of bars.

    Args:
        shown: their periods.
        focus: what the title of the chart says of all of them.
    """
    if len(shown) == 1:
        return (Mark(i18n.period(shown[0], long=False)),)
    if not shown or shown[0].month is None:
        return tuple(_year(period, len(shown)) for period in shown)
    groups = [(above, list(each)) for above, each in groupby(shown, key=lambda period: period.parent)]
    named = len(groups) > 1 or groups[0][0] != focus
    found: list[Mark] = []
    for number, (above, each) in enumerate(groups):
        assert above is not None
        last = 0 < number == len(groups) - 1 and len(each) == 1
        name = _above(above, len(each), alone=len(groups) == 1) if named else ""
        found += [
            Mark(i18n.short_period(period), _narrow(period), "" if at else name, last and not at)
            for at, period in enumerate(each)
        ]
    return tuple(found)


def dense(shown: Sized) -> bool:
    """Whether there are more bars than labels."""
    return len(shown) > MOST_YEARS


def _year(period: Period, many: int) -> Mark:
    if many <= MOST_YEARS:
        return Mark(str(period.year))
    every = next((each for each in _EVERY if many / each <= _MOST_LABELS), _EVERY[-1])
    return Mark("" if period.year % every else str(period.year))


def _narrow(period: Period) -> str:
    """The number of a month whose name is long even when it is cut."""
    if period.day or period.month is None:
        return ""
    return str(period.month) if max(map(len, i18n.short_months())) > FITS else ""


def _above(above: Period, many: int, *, alone: bool) -> str:
    if above.month is None or alone or many >= WHOLE_NAME:
        return i18n.period(above)
    return i18n.short_period(above)
