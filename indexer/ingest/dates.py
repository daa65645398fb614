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
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
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
from indexer.ingest.clocks import Clock, clock, zone
from indexer.ingest.eras import cjk_date
from indexer.ingest.instants import called, counted
from indexer.ingest.iso_dates import COMPACT, ISO, exact
from indexer.ingest.labels import LABEL_WORDS, parts
from indexer.ingest.moments import FIRST_YEAR, LAST_YEAR, assembled, century, of_moment
from indexer.ingest.months import FIRST, IGNORED_WORDS, MONTHS, OTHER_MONTHS, TWO_WORD_MONTHS, fold
from indexer.zones import named

LONGEST = 160  # characters; no stated date is longer, with all the words around it
MOST_PARTS = 8  # of a line that are looked at
LONGEST_FOR_LIBRARY = 60  # characters; what dateparser needs grows faster than a text
MOST_NUMBERS = 6  # year, month, day, hour, minute, second
MONTH_FIRST = frozenset({"en", "en-US", "en-PH", "en-CA"})

_NUMERIC = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?", re.ASCII)
_NAMED = re.compile(r"[\[(]?(?<![A-Za-z/])([A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2})[\])]?\s*\Z", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)?|\d+")
_DIGITS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_ORDINAL = re.compile(r"(?<!\d)(\d{1,2})(?:[.:]?(?!am\b|pm\b|h|u\b|ч)[a-zà-ÿα-ωа-я]{1,3})(?=\s+[^\W\d])")  # 1η, 6:e, 1r
_LETTER_BEFORE = re.compile(r"(?<![^\W_])[A-Za-z]{1,3}\d")  # "W23": no month
_NO_TIME: tuple[int | None, int | None, int | None] = (None, None, None)
_IGNORED = (IGNORED_WORDS | LABEL_WORDS) - MONTHS.keys()


@dataclass(frozen=True, slots=True)
class Manner:
    """How dates are written in a language (a primary subtag, or ""): which number is the month, what a year may be
    counted in, the last year of ours that may be meant, whether numbers are believed in the forms of ISO 8601 alone."""

    language: str
    month_first: bool
    calendar: Calendar
    last_year: int
    iso_alone: bool


@lru_cache(maxsize=512)
def _manner(language: str | None) -> Manner:
    primary = language.partition("-")[0] if language else ""
    last = LAST_YEAR_OF_NEPAL if primary == "ne" else LAST_YEAR
    return Manner(primary, language in MONTH_FIRST, calendar_of(language), last, primary in OWN_CALENDAR)


def parse_date(value: Any, language: str | None = None) -> Published | None:
    """The date that `value` states, or None.

    Args:
        value: text, a number (seconds or milliseconds since 1970, 20211014, 2021), a `datetime`, `date` or
            `Published`, or the small objects in which databases export dates.
        language: BCP 47 language of the article; decides the order of ambiguous numbers, and the calendar of a year.
    """
    if isinstance(value, str):
        found = ISO.fullmatch(value)
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
    if isinstance(value, Published):
        return value
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
    if len(text) in (12, 14) and (found := COMPACT.fullmatch(text)) and (stated := assembled(*found.groups())):
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
    pieces = list(islice(parts(plain), MOST_PARTS))
    for piece in pieces:
        if _is_a_day(found := _whole(piece, manner)):
            return found
    if not pieces:
        return _in_any_language(plain, manner)
    found = _in_any_language(pieces[0], manner)
    return found if _is_a_day(found) else None


def _is_a_day(found: Published | None) -> bool:
    """Whether a date is stated so fully that it means something among other words."""
    return found is not None and found.precision in (Precision.SECOND, Precision.DAY)


def _whole(text: str, manner: Manner) -> Published | None:
    """The date that a whole text is, in one of the forms that we read ourselves."""
    form = exact(text, manner.last_year)
    if form is not None:
        return form[0]
    if "/" in text and (there := _in_named_zone(text, manner)):
        return there
    plain = fold(text).strip(" .,;:")
    if found := cjk_date(plain) or _by_hand(plain, manner):
        return found
    for reading in readings(text, manner.calendar):
        form = exact(reading.strip(), manner.last_year)
        if form is not None:
            return form[0]
        plain = fold(reading).strip(" .,;:")
        if found := cjk_date(plain) or (_by_hand(plain, manner) if reading != text else None):
            return found
    return None


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
        letter = rest[: found.start()][-1:]
        if letter.isascii() and letter.isalpha():
            return None  # "R3.10.14": a year of an era, a number of a document
        if numbers is None or not all(word in _IGNORED for word in _WORD.findall(words)):
            return None
        return assembled(*numbers, *(time or _NO_TIME), where)
    return _from_words(rest, manner, time, where)


def _ordered(found: re.Match[str], manner: Manner, american: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of three numbers."""
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if manner.iso_alone:
        return None
    if len(first) == 4:
        return (int(first), second, int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4) or (len(third) == 2 and manner.calendar in _TWO_DIGITS_OF_THEIRS):
        return None
    if len(third) == 2 and manner.language == "ko":  # "21. 10. 14."
        return century(first), second, int(third)
    year = int(third) if len(third) == 4 else century(third)
    one = int(first)
    if second > 12 or (one <= 12 and (manner.month_first or american) and separator != "."):
        return year, one, second
    return year, second, one


# Where 03/03/17 may be a year of another calendar, or begin with it.
_TWO_DIGITS_OF_THEIRS = frozenset({Calendar.JALALI, Calendar.BUDDHIST, Calendar.JAPANESE, Calendar.MINGUO})


def _from_words(text: str, manner: Manner, time: Clock | None, where: str | None) -> Published | None:
    """Dates with a month name: "Friday, January 4, 2019", "14 تشرين الأول 2021", "4 janvier 2019", "Jan 2019"."""
    for two, one in TWO_WORD_MONTHS.items():
        text = text.replace(two, one)
    months: set[int] = set()
    numbers: list[str] = []
    for word in _WORD.findall(text):
        word = FIRST.get(word, word)
        if word in MONTHS:
            months.add(OTHER_MONTHS.get((manner.language, word), MONTHS[word]))
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
    return assembled(years[0], months.pop(), days[0] if days else None, *(time or _NO_TIME), where)


def _in_any_language(text: str, manner: Manner) -> Published | None:
    return next((found for reading in readings(text, manner.calendar) if (found := _by_library(reading, manner))), None)


def _by_library(text: str, manner: Manner) -> Published | None:
    """Other languages, by dateparser, held to dates that state at least a year and a month."""
    shown = [int(number) for number in re.findall(r"\d+", text)]
    if len(text) > LONGEST_FOR_LIBRARY or not 1 <= len(shown) <= MOST_NUMBERS or _LETTER_BEFORE.search(text):
        return None
    if manner.iso_alone and not any(c.isalpha() for c in text):
        return None
    text = _ORDINAL.sub(r"\1", text)
    import dateparser  # a tenth of a second, for the few dates that come this far

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month"], "STRICT_PARSING": False}
    moment = None
    for languages in ([manner.language], None) if manner.language else (None,):
        # The library meets odd input with many kinds of error, a language that it does not know too: all mean the same.
        with suppress(Exception):
            moment = moment or dateparser.parse(text, languages=languages, settings=settings)
    if moment is None or not FIRST_YEAR <= moment.year <= manner.last_year:
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
