"""A range of dates as a stretch of whole years, months or days, and the stretches of its length before and after it."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date

from indexer.search.request import DateRange, Period
from indexer.timeline import Interval, of_day


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many periods of one interval, from the one numbered `start`."""

    interval: Interval
    start: int
    length: int

    @classmethod
    def of(cls, dates: DateRange) -> "Stretch | None":
        """The coarsest that is exactly a range; None of one that is open on a side."""
        first, last = dates.first, dates.last
        if first is None or last is None:
            return None
        start, end = Period(first.year, first.month), Period(last.year, last.month)
        interval: Interval = "day"
        if (start.first, end.last) == (first, last):
            whole_years = first.month == 1 and last.month == 12
            interval = "year" if whole_years else "month"
        number = _number(first, interval)
        return cls(interval, number, _number(last, interval) - number + 1)

    def reaching(self, day: date) -> "Stretch | None":
        """The one of this length that holds a day, a whole number of lengths away; None beyond the calendar."""
        steps = (_number(day, self.interval) - self.start) // self.length
        moved = replace(self, start=self.start + steps * self.length)
        lowest, highest = _number(date(MINYEAR, 1, 1), self.interval), _number(date(MAXYEAR, 12, 31), self.interval)
        return moved if moved.start >= lowest and moved.start + self.length - 1 <= highest else None

    @property
    def dates(self) -> DateRange:
        """It as a range."""
        return DateRange(_period(self.start, self.interval), _period(self.start + self.length - 1, self.interval))


def _number(day: date, interval: Interval) -> int:
    match interval:
        case "year":
            return day.year
        case "month":
            return day.year * 12 + day.month - 1
        case "day":
            return day.toordinal()


def _period(number: int, interval: Interval) -> Period:
    match interval:
        case "year":
            return Period(number)
        case "month":
            return Period(number // 12, number % 12 + 1)
        case "day":
            return of_day(date.fromordinal(number))
