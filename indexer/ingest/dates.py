"""A stated date -> `Published`: instant, precision and zone. Pure functions, called by `normalise` and `page`.

Only dates that are fully stated are read; nothing is guessed from "yesterday" or from today's date. ISO 8601 takes a
fast path (under 2 microseconds); other forms are taken apart by hand; what is left goes to dateparser, which knows two
hundred languages and needs a millisecond.

Which number is the month in 05/07/2020: day first, except when the text is in English (not British, Irish, Australian,
New Zealand, South African or Indian) or the time says AM or PM. Dots always mean day first. Two-digit years below 69
belong to this century.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from indexer.article import Precision, Published
from indexer.ingest.months import IGNORED_WORDS, MONTHS, TWO_WORD_MONTHS, fold
from indexer.zones import HOURS, SEASONAL, named

# Nothing was printed before; a later year is a slip of the pen or an expiry date.
FIRST_YEAR = 1000
LAST_YEAR = 2100
CENTURY_PIVOT = 69  # as POSIX strptime has it
LONGEST = 80  # characters; no stated date is longer
MONTH_FIRST = frozenset({"en", "en-US", "en-PH", "en-CA"})

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt _]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_CJK = re.compile(
    r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日号號일])?)?"
    r"\s*(?:(?:星期|周|週|礼拜)[一二三四五六日天]|\(.{1,3}\))?"
    r"\s*(上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후)?"
    r"\s*(?:(\d{1,2})\s*[时時:点點시]\s*(?:(\d{1,2})\s*[分:분]?\s*(?:(\d{1,2})\s*[秒초]?)?)?)?"
)
_AFTERNOON = frozenset("下午 晚上 午後 오후 中午".split())
_NUMERIC = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?", re.ASCII)
_TIME = re.compile(
    r"(?:(?<=\d)t|\b)(\d{1,2})(?:\s*[:h]\s*(\d\d)|[.](\d\d)(?=\s*(?:uhr|[ap]\.?m)))(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*([ap]\.?\s?m\b\.?)?(?:\s*uhr)?|\b(\d{1,2})\s*(?:([ap]\.?\s?m\b\.?)|uhr)",
    re.ASCII,
)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s*)?([+-])(\d{1,2}):?(\d\d)?\b", re.ASCII)
_NAMED = re.compile(r"[\[(]?\b([A-Za-z]+(?:/[A-Za-z_+-]+){1,2})[\])]?\s*\Z", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)?|\d+")
_DIGITS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)

# Seconds, milliseconds and microseconds since 1970 as (lowest, highest, units a second): 1973 to 2100 in each.
_EPOCHS = ((10**8, 4_133_980_800, 1), (10**11, 4_133_980_800_000, 1000), (10**14, 4_133_980_800_000_000, 1_000_000))


def parse_date(value: Any, language: str | None = None) -> Published | None:
    """The date that `value` states, or None.

    Args:
        value: text, a number (seconds or milliseconds since 1970, 20211014, 2021), a `datetime` or `date`, or the
            small objects in which databases export dates.
        language: BCP 47 language of the article; decides the order of ambiguous numbers.
    """
    if isinstance(value, str):
        found = _ISO.fullmatch(value)
        return _from_groups(*found.groups()) if found else _text(value.strip(), language)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return _from_groups(value.year, value.month, value.day)
    if isinstance(value, Mapping):
        inner = next((value[key] for key in ("$date", "$numberLong", "@value", "#text", "date") if key in value), None)
        return parse_date(inner, language) if not isinstance(inner, Mapping) or len(inner) < 3 else None
    if isinstance(value, list | tuple):
        return next((stated for item in value[:4] if (stated := parse_date(item, language))), None)
    return None


def counts_from_1970(value: Any) -> bool:
    """Whether a stated date is a number of seconds, which is an instant although it names no zone."""
    if isinstance(value, Mapping):
        return "$numberLong" in value or any(counts_from_1970(inner) for inner in value.values())
    if isinstance(value, str):
        return bool(_DIGITS.fullmatch(value.strip())) and len(value.strip().partition(".")[0]) not in (12, 14)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(text: str, language: str | None) -> Published | None:
    if not text or len(text) > LONGEST:
        return None
    if found := _ISO.fullmatch(text):
        return _from_groups(*found.groups())
    if _DIGITS.fullmatch(text):
        return _digits(text)
    return _stated(text, language in MONTH_FIRST)


@lru_cache(maxsize=4096)
def _stated(text: str, month_first: bool) -> Published | None:
    """Everything that is neither ISO nor a number. Cached: the articles of one day state it in the same words."""
    if found := _COMPACT.fullmatch(text):
        return _from_groups(*found.groups())
    if found := _YEAR_MONTH.fullmatch(text):
        return _from_groups(found[1], found[2])
    if "/" in text and (there := _in_named_zone(text, month_first)):
        return there
    plain = fold(text).strip(" .,;")
    if found := _CJK.match(plain):
        return _cjk(found)
    return _by_hand(plain, month_first) or _by_library(text)


def _in_named_zone(text: str, month_first: bool) -> Published | None:
    """A time before the name of its zone: "... 20:21:00 America/Los_Angeles", "...+05:30[Asia/Kolkata]"."""
    found = _NAMED.search(text)
    zone = named(found[1]) if found else None
    if found is None or zone is None:
        return None
    rest = text[: found.start()].strip()
    iso = _ISO.fullmatch(rest)
    local = _from_groups(*iso.groups()) if iso else _stated(rest, month_first)
    if local is None or local.precision is not Precision.SECOND or local.zone:
        return local  # a day is a day everywhere, and an offset is more exact than a name
    return Published(local.instant.replace(tzinfo=zone).astimezone(UTC), Precision.SECOND, zone.key)


def _by_hand(text: str, month_first: bool) -> Published | None:
    clock, american, rest = _clock(text)
    zone, rest = _zone(rest) if clock else (None, rest)
    if found := _NUMERIC.search(rest):
        numbers = _ordered(found, month_first or american)
        words = rest[: found.start()] + " " + rest[found.end() :]
        if numbers is None or not all(word in IGNORED_WORDS for word in _WORD.findall(words)):
            return None
        return _assembled(*numbers, clock, zone)
    return _from_words(rest, clock, zone)


def _clock(text: str) -> tuple[tuple[int, ...], bool, str]:
    """The time of day, whether it says AM or PM, and the text around it."""
    found = _TIME.search(text)
    if found is None:
        return (), False, text
    hour, minute = int(found[1] or found[6]), int(found[2] or found[3] or 0)
    half = found[5] or found[7] or ""
    if half:
        if not 1 <= hour <= 12:
            return (), False, text
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour, minute, int(found[4] or 0)), bool(half), text[: found.start()] + " \n " + text[found.end() :]


def _zone(text: str) -> tuple[str | None, str]:
    """The zone that follows the time (whose place `\\n` marks), and the text without it."""
    before, _, after = text.partition("\n")
    if found := _OFFSET.search(after):
        stated = f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"
        # RFC 2822 allows a comment after the offset: "+0300 (MSK)".
        rest = re.sub(r"\([a-z]{2,5}\)", " ", after[: found.start()] + " " + after[found.end() :])
        return stated, before + rest
    for word in _WORD.findall(after):
        name = word.upper()
        if name in HOURS or name in SEASONAL:
            return name, before + re.sub(rf"\(?\b{word}\b\)?", " ", after, count=1)
    return None, before + after


def _ordered(found: re.Match[str], month_first: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of three numbers."""
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return (int(first), second, int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    year = int(third) if len(third) == 4 else int(third) + (2000 if int(third) < CENTURY_PIVOT else 1900)
    one = int(first)
    if second > 12 or (one <= 12 and month_first and separator != "."):
        return year, one, second
    return year, second, one


def _from_words(text: str, clock: tuple[int, ...], zone: str | None) -> Published | None:
    """Dates with a month name: "Friday, January 4, 2019", "14 تشرين الأول 2021", "4 janvier 2019", "Jan 2019"."""
    for two, one in TWO_WORD_MONTHS.items():
        text = text.replace(two, one)
    months: set[int] = set()
    numbers: list[str] = []
    for word in _WORD.findall(text):
        if word in MONTHS:
            months.add(MONTHS[word])
        elif word.isdecimal():
            numbers.append(word)
        elif word not in IGNORED_WORDS:
            return None
    if len(months) != 1:
        return None
    month = months.pop()
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(numbers) == 2 and not years:
        # "4-Jan-19", "14 Oct 94": the year comes last.
        days, years = days[:1], [str(int(days[1]) + (2000 if int(days[1]) < CENTURY_PIVOT else 1900))]
    if len(years) != 1 or len(days) > 1 or len(numbers) > 2:
        return None
    return _assembled(years[0], month, days[0] if days else None, clock, zone)


def _cjk(found: re.Match[str]) -> Published | None:
    if found.end() < len(found.string.rstrip()):
        return None
    year, month, day, half, hour, minute, second = found.groups()
    if hour and day:
        clock = int(hour) + (12 if half in _AFTERNOON and int(hour) < 12 else 0)
        return _from_groups(year, month, day, clock, minute or 0, second or 0)
    return _from_groups(*(part for part in (year, month, day) if part))


def _digits(text: str) -> Published | None:
    """A number written as text: 2021, 202110, 20211014, 20211014111548, 1634210148, 1634210148000."""
    if len(text) in (12, 14) and (found := _COMPACT.fullmatch(text)) and (stated := _from_groups(*found.groups())):
        return stated
    return _number(float(text) if "." in text else int(text))


def _number(value: float) -> Published | None:
    if value != value or value in (float("inf"), float("-inf")):
        return None
    whole = int(value)
    for lowest, highest, units in _EPOCHS:
        if lowest <= whole <= highest:
            return _moment(datetime.fromtimestamp(whole // units, UTC), zone=None)
    text = str(whole)
    if len(text) == 8:
        return _from_groups(text[:4], text[4:6], text[6:])
    if len(text) == 6:
        return _from_groups(text[:4], text[4:])
    return _from_groups(text) if len(text) == 4 else None


@lru_cache(maxsize=4096)
def _by_library(text: str) -> Published | None:
    """Other languages, by dateparser, held to dates that state at least a year and a month."""
    if not any(c.isdecimal() for c in text):
        return None
    import dateparser  # a tenth of a second, for the few dates that come this far

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month"], "STRICT_PARSING": False}
    try:
        moment = dateparser.parse(text, settings=settings)
    except Exception:  # the library meets odd input with many kinds of error; each means the same
        return None
    if moment is None:
        return None
    if ":" in text:
        return _moment(moment)
    # The library fills in today's day for "October 2021"; only a day that the text shows was stated.
    shown = {int(number) for number in re.findall(r"\d+", text)}
    parts = (moment.year, moment.month, moment.day) if moment.day in shown else (moment.year, moment.month)
    return _from_groups(*parts) if moment.year in shown else None


def _moment(moment: datetime, zone: str | None = "stated") -> Published | None:
    if zone == "stated":
        zone = _offset_text(moment.utcoffset())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        instant = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None
    return Published(instant, Precision.SECOND, zone) if FIRST_YEAR <= instant.year <= LAST_YEAR else None


def _offset_text(offset: timedelta | None) -> str | None:
    if offset is None:
        return None
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _assembled(year: Any, month: Any, day: Any, clock: tuple[int, ...], zone: str | None) -> Published | None:
    hour, minute, second = clock or (None, None, None)
    return _from_groups(year, month, day, hour, minute, second, zone)


def _from_groups(
    year: Any,
    month: Any = None,
    day: Any = None,
    hour: Any = None,
    minute: Any = None,
    second: Any = None,
    zone: str | None = None,
) -> Published | None:
    """Assemble what was stated; None for a date that the calendar or our range does not have."""
    try:
        midnight = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        if not FIRST_YEAR <= midnight.year <= LAST_YEAR:
            return None
        if hour is None or not day:
            return Published(midnight, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR)
        # A leap second has no place in a datetime; 24:00 is the next midnight.
        seconds = int(hour) * 3600 + int(minute or 0) * 60 + min(int(second or 0), 59)
        if seconds > 86_400 or int(minute or 0) > 59:
            return None
        if seconds == 0 and zone is None:
            # A database's way of writing a day: midnight in no zone.
            return Published(midnight, Precision.DAY)
        return _in_zone(midnight + timedelta(seconds=seconds), zone)
    except (ValueError, OverflowError):
        return None


def _in_zone(local: datetime, zone: str | None) -> Published | None:
    """A local time and its zone as stated -> the instant. Without a zone the time is taken as UTC."""
    if zone is None or zone in ("Z", "z"):
        return Published(local, Precision.SECOND, "Z" if zone else None)
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if offset > timedelta(hours=15):
            return None
        stated = f"{zone[0]}{digits[:2]}:{digits[2:]}"
        return Published(local - offset if zone[0] == "+" else local + offset, Precision.SECOND, stated)
    if zone in SEASONAL:
        instant = local.replace(tzinfo=ZoneInfo(SEASONAL[zone])).astimezone(UTC)
        return Published(instant, Precision.SECOND, zone)
    instant = local.replace(tzinfo=timezone(timedelta(hours=HOURS[zone]))).astimezone(UTC)
    return Published(instant, Precision.SECOND, zone)
