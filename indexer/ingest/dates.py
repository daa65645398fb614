"""A stated date -> `Published`: instant, precision and zone. Pure functions, called by `normalise` and `page`.

Only dates that are fully stated are read; nothing is guessed from "yesterday" or from today's date. ISO 8601 takes a
fast path (under 2 microseconds); other forms are taken apart by hand, with the words around them (`labels`), the clock
(`clocks`) and other calendars (`calendars`); what is left goes to dateparser, which knows two hundred languages and
needs a millisecond.

Which number is the month in 05/07/2020: day first, except when the text is in English (not British, Irish, Australian,
New Zealand, South African or Indian) or the time says AM or PM. Dots always mean day first. Two-digit years below 69
belong to this century.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from indexer.article import Precision, Published
from indexer.ingest.calendars import (
    LAST_YEAR_OF_NEPAL,
    OWN_CALENDAR,
    Calendar,
    calendar_of,
    digits_plain,
    readings,
)
from indexer.ingest.clocks import clock, zone
from indexer.ingest.eras import cjk_date
from indexer.ingest.instants import called, counted
from indexer.ingest.labels import LABEL_WORDS, parts
from indexer.ingest.moments import FIRST_YEAR, LAST_YEAR, assembled, century, of_moment
from indexer.ingest.months import FIRST, IGNORED_WORDS, MONTHS, TWO_WORD_MONTHS, fold
from indexer.zones import named

LONGEST = 160  # characters; no stated date is longer, with all the words around it
MOST_PARTS = 8  # of a line that are looked at
LONGEST_FOR_LIBRARY = 60  # characters; what dateparser needs grows faster than a text
MOST_NUMBERS = 6  # year, month, day, hour, minute, second
MONTH_FIRST = frozenset({"en", "en-US", "en-PH", "en-CA"})

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt _]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?(?:T(.+))?", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})(?:T(.+))?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?", re.ASCII)
_NAMED = re.compile(r"[\[(]?\b([A-Za-z]+(?:/[A-Za-z_+-]+){1,2})[\])]?\s*\Z", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)?|\d+")
_DIGITS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_ORDINAL = re.compile(r"(?<!\d)(\d{1,2})(?:[.:]?(?!am\b|pm\b|h|u\b|ч)[a-zà-ÿα-ωа-я]{1,3})(?=\s+[^\W\d])")  # 1η, 6:e, 1r
_LETTER_BEFORE = re.compile(r"(?<![^\W_])[A-Za-z]{1,3}\d")  # "W23": no month
_IGNORED = (IGNORED_WORDS | LABEL_WORDS) - MONTHS.keys()


@dataclass(frozen=True, slots=True)
class Manner:
    """How dates are written in a language: which number is the month, in which calendar, and whether in one of ours."""

    month_first: bool = False
    calendar: Calendar = Calendar.UNKNOWN
    own_calendar: str | None = None


@lru_cache(maxsize=512)
def _manner(language: str | None) -> Manner:
    primary = language.partition("-")[0] if language else ""
    own = primary if primary in OWN_CALENDAR else None
    return Manner(language in MONTH_FIRST, calendar_of(language), own)


def parse_date(value: Any, language: str | None = None) -> Published | None:
    """The date that `value` states, or None.

    Args:
        value: text, a number (seconds or milliseconds since 1970, 20211014, 2021), a `datetime` or `date`, or the
            small objects in which databases export dates.
        language: BCP 47 language of the article; decides the order of ambiguous numbers, and the calendar of a year.
    """
    if isinstance(value, str):
        found = _ISO.fullmatch(value)
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and language not in OWN_CALENDAR:
            return assembled(*found.groups())
        return _text(value.strip(), language)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return counted(value)
    if isinstance(value, datetime):
        return of_moment(value)
    if isinstance(value, date):
        return assembled(value.year, value.month, value.day)
    if isinstance(value, Mapping):
        inner = next((value[key] for key in ("$date", "$numberLong", "@value", "#text", "date") if key in value), None)
        return parse_date(inner, language) if not isinstance(inner, Mapping) or len(inner) < 3 else None
    if isinstance(value, list | tuple):
        return next((stated for item in value[:4] if (stated := parse_date(item, language))), None)
    return None


def unread_before(value: Any, language: str | None = None) -> Any:
    """Of several dates the first, where it could not be read and a later one counts; else None."""
    several = isinstance(value, list | tuple) and len(value) > 1 and value[0]
    return value[0] if several and parse_date(value[0], language) is None else None


def counts_from_1970(value: Any) -> bool:
    """Whether a stated date is a number of seconds, which is an instant although it names no zone."""
    if isinstance(value, list | tuple):
        return any(counts_from_1970(item) for item in value[:1])
    if isinstance(value, Mapping):
        return "$numberLong" in value or any(counts_from_1970(inner) for inner in value.values())
    if isinstance(value, str):
        text = value.strip()
        return (bool(_DIGITS.fullmatch(text)) and len(text.partition(".")[0]) not in (12, 14)) or called(text)[0]
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(text: str, language: str | None) -> Published | None:
    if not text or len(text) > LONGEST:
        return None
    if _DIGITS.fullmatch(text):
        return _digits(text)
    return _stated(text, _manner(language))


def _digits(text: str) -> Published | None:
    """A number written as text: 2021, 202110, 20211014, 20211014111548, 1634210148, 1634210148000."""
    if len(text) in (12, 14) and (found := _COMPACT.fullmatch(text)) and (stated := assembled(*found.groups())):
        return stated
    return counted(float(text) if "." in text else int(text))


@lru_cache(maxsize=4096)
def _stated(text: str, manner: Manner) -> Published | None:
    """Everything that is neither ISO nor a number. Cached: the articles of one day state it in the same words."""
    if "(" in text:
        is_call, instant = called(text)
        if is_call:
            return instant
    plain = digits_plain(text)
    if found := _whole(plain, manner):
        return found
    pieces = [piece for _, piece in zip(range(MOST_PARTS), parts(plain), strict=False)]
    for way in (_whole, _in_any_language):
        for piece in pieces:
            found = way(piece, manner)
            if found and found.precision in (Precision.SECOND, Precision.DAY):
                return found
    return _in_any_language(plain, manner)


def _whole(text: str, manner: Manner) -> Published | None:
    """The date that a whole text is, in one of the forms that we read ourselves."""
    exact = _exact(text, manner)
    if exact is not None:
        return exact[0]
    if "/" in text and (there := _in_named_zone(text, manner)):
        return there
    plain = fold(text).strip(" .,;:")
    if found := cjk_date(plain) or _by_hand(plain, manner):
        return found
    for reading in readings(text, manner.calendar):
        exact = _exact(reading.strip(), manner)
        if exact is not None:
            return exact[0]
        plain = fold(reading).strip(" .,;:")
        if found := cjk_date(plain) or (_by_hand(plain, manner) if reading != text else None):
            return found
    return None


def _exact(text: str, manner: Manner) -> tuple[Published | None] | None:
    """What a text in one of the forms of ISO 8601 states; None for any other text."""
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return (assembled(*found.groups()),) if _is_ours(int(found[1]), manner) else None
    if found := _YEAR_MONTH.fullmatch(text):
        return (assembled(found[1], found[2]),) if _is_ours(int(found[1]), manner) else None
    if found := _WEEK.fullmatch(text):
        return (_of_week(int(found[1]), int(found[2]), int(found[3] or 0), found[4]),)
    if found := _DAY_OF_YEAR.fullmatch(text):
        return (_on_day(_day_of_year(int(found[1]), int(found[2])), found[3]),)
    return None


def _is_ours(year: int, manner: Manner) -> bool:
    """Whether a year may be one of our calendar."""
    return FIRST_YEAR <= year <= (LAST_YEAR_OF_NEPAL if manner.own_calendar == "ne" else LAST_YEAR)


def _of_week(year: int, week: int, day: int, clock: str | None) -> Published | None:
    """A day of a week; of a week without a day, the month or year that it lies in whole."""
    try:
        first, last = date.fromisocalendar(year, week, day or 1), date.fromisocalendar(year, week, day or 7)
    except ValueError:
        return None
    if first == last:
        return _on_day(first, clock)
    if first.year != last.year:
        return None
    return assembled(first.year, first.month if first.month == last.month else None)


def _day_of_year(year: int, number: int) -> date | None:
    try:
        day = date.fromordinal(date(year, 1, 1).toordinal() + number - 1)
    except (ValueError, OverflowError):
        return None
    return day if number and day.year == year else None


def _on_day(day: date | None, clock: str | None) -> Published | None:
    if day is None:
        return None
    found = _ISO.fullmatch(f"{day.isoformat()}T{clock}" if clock else day.isoformat())
    return assembled(*found.groups()) if found else None


def _in_named_zone(text: str, manner: Manner) -> Published | None:
    """A time before the name of its zone: "... 20:21:00 America/Los_Angeles", "...+05:30[Asia/Kolkata]"."""
    found = _NAMED.search(text)
    where = named(found[1]) if found else None
    if found is None or where is None:
        return None
    local = _whole(text[: found.start()].strip(), manner)
    if local is None or local.precision is not Precision.SECOND or local.zone:
        return local  # a day is a day everywhere, and an offset is more exact than a name
    return Published(local.instant.replace(tzinfo=where).astimezone(UTC), Precision.SECOND, where.key)


def _by_hand(text: str, manner: Manner) -> Published | None:
    time, american, rest = clock(text)
    where, rest = zone(rest) if time else (None, rest)
    if found := _NUMERIC.search(rest):
        numbers = _ordered(found, manner, american)
        words = rest[: found.start()] + " " + rest[found.end() :]
        if numbers is None or not all(word in _IGNORED for word in _WORD.findall(words)):
            return None
        return assembled(*numbers, *(time or (None, None, None)), where)
    return _from_words(rest, time, where)


def _ordered(found: re.Match[str], manner: Manner, american: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of three numbers."""
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if manner.own_calendar:
        return None
    if len(first) == 4:
        return (int(first), second, int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4) or (len(third) == 2 and manner.calendar in _TWO_DIGITS_OF_THEIRS):
        return None
    year = int(third) if len(third) == 4 else century(third)
    one = int(first)
    if second > 12 or (one <= 12 and (manner.month_first or american) and separator != "."):
        return year, one, second
    return year, second, one


# Where 03/03/17 may be a year of another calendar, or begin with it.
_TWO_DIGITS_OF_THEIRS = frozenset({Calendar.JALALI, Calendar.BUDDHIST, Calendar.JAPANESE, Calendar.MINGUO})


def _from_words(text: str, time: tuple[int, ...], where: str | None) -> Published | None:
    """Dates with a month name: "Friday, January 4, 2019", "14 تشرين الأول 2021", "4 janvier 2019", "Jan 2019"."""
    for two, one in TWO_WORD_MONTHS.items():
        text = text.replace(two, one)
    months: set[int] = set()
    numbers: list[str] = []
    for word in _WORD.findall(text):
        word = FIRST.get(word, word)
        if word in MONTHS:
            months.add(MONTHS[word])
        elif word.isdecimal():
            numbers.append(word)
        elif word not in _IGNORED:
            return None
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(days) == 2:
        # "4-Jan-19", "14 Oct 94": the year comes last.
        last = days.pop()
        years = [str(century(last))] if len(last) == 2 else []
    if len(years) != 1 or len(years) + len(days) < len(numbers):
        return None
    return assembled(years[0], months.pop(), days[0] if days else None, *(time or (None, None, None)), where)


def _in_any_language(text: str, manner: Manner) -> Published | None:
    return next((found for reading in readings(text, manner.calendar) if (found := _by_library(reading, manner))), None)


def _by_library(text: str, manner: Manner) -> Published | None:
    """Other languages, by dateparser, held to dates that state at least a year and a month."""
    shown = [int(number) for number in re.findall(r"\d+", text)]
    if len(text) > LONGEST_FOR_LIBRARY or not 1 <= len(shown) <= MOST_NUMBERS or _LETTER_BEFORE.search(text):
        return None
    if manner.own_calendar and not any(c.isalpha() for c in text):
        return None
    text = _ORDINAL.sub(r"\1", text)
    import dateparser  # a tenth of a second, for the few dates that come this far

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month"], "STRICT_PARSING": False}
    try:
        moment = dateparser.parse(text, settings=settings)
    except Exception:  # the library meets odd input with many kinds of error; each means the same
        return None
    if moment is None or not _is_ours(moment.year, manner):
        return None
    # The library drops what it does not know, and fills in today's day for "October 2021": each number must be one of
    # the date's, and only a day that the text shows was stated.
    date_parts = [moment.year, moment.month, moment.day]
    if moment.year not in shown:
        return None
    if ":" in text:
        return of_moment(moment)
    if not {*shown} <= {*date_parts}:
        return None
    return assembled(*(date_parts if moment.day in shown else date_parts[:2]))
