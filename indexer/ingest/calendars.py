"""Dates of other calendars in a text -> the same text with Gregorian ones. Pure functions, called by `dates`.

| calendar | by what it is known | how it becomes Gregorian |
|---|---|---|
| Jalali (Iran, Afghanistan) | its months, a mark, years 1200 to 1499 in Persian, Dari, Pashto | persiantools |
| Hijri | its months, a mark, years 1300 to 1499 in Arabic | hijridate (Umm al-Qura), in Arabic alone |
| Buddhist (Thailand) | a mark, years 2484 to 2650 in Thai | 543 years less |
| Minguo, Juche, Dangi, Japanese eras | their names; three digits in Chinese; letters in Japanese | years of an era |

Elsewhere than in Arabia a Hijri month may begin a day or two later, and the Thai year began in April until 1940: such
dates are left as they stand, and are undated. Where a text states one day in two calendars, ours is read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from indexer.ingest.eras import without_eras
from indexer.ingest.thai import is_thai, without_buddhist_years


class Calendar(StrEnum):
    """What a year in a text without a mark may be counted in, by the text's language."""

    GREGORIAN = "gregorian"
    UNKNOWN = "unknown"
    JALALI = "jalali"
    HIJRI = "hijri"
    BUDDHIST = "buddhist"
    MINGUO = "minguo"
    JAPANESE = "japanese"


_CALENDARS: Mapping[str, Calendar] = {
    "fa": Calendar.JALALI,
    "prs": Calendar.JALALI,
    "ps": Calendar.JALALI,
    "ar": Calendar.HIJRI,
    "th": Calendar.BUDDHIST,
    "zh": Calendar.MINGUO,
    "ja": Calendar.JAPANESE,
}
# Their years look like ours of another age, and no library of ours converts them: Nepal's 2081 is 2024, Ethiopia's 2016
# is 2024. Of these languages ISO dates alone are taken for Gregorian, and of Nepal's only those of the past.
OWN_CALENDAR = frozenset({"ne", "am", "ti"})
LAST_YEAR_OF_NEPAL = 2040  # of ours that a Nepalese date without a mark may be

# Letters that are written in two forms, one for one.
_UNIFIED = str.maketrans("يىکۀھہةأإآٱ", "ییكههههاااا")
_ARABIC = re.compile(r"[\u0600-\u06ff]")

_JALALI_MONTHS = (
    "فروردین|حمل|farvardin",
    "اردیبهشت|ثور|ordibehesht",
    "خرداد|جوزا|khordad",
    "تیر|سرطان|tir",
    "ا?مرداد|اسد|mordad",
    "شهریور|سنبله|shahrivar",
    "مهر|میزان|mehr",
    "ابان|عقرب|aban",
    "اذر|قوس|azar",
    "دی|جدی|dey",
    "بهمن|دلو|bahman",
    "اسفند|حوت|esfand",
)
_HIJRI_MONTHS = (
    "(?:ال)?محرم(?: الحرام)?",
    "صفر(?: الخیر)?",
    "ربیع\\s?(?:ال)?اول",
    "ربیع\\s?(?:ال)?(?:اخر|ثانی)",
    "جماد[یا]\\s?(?:ال)?اول[یه]?",
    "جماد[یا]\\s?(?:ال)?(?:اخره?|ثانی[هی]?)",
    "رجب(?: المرجب)?",
    "شعبان(?: المعظم)?",
    "رمضان(?: المبارك)?",
    "شوال(?: المكرم)?",
    "ذ[ویا]?\\s?(?:ال)?قعده?(?: الحرام)?",
    "ذ[ویا]?\\s?(?:ال)?حجه?(?: الحرام)?",
)
_SOLAR_MARK = r"ه(?:ـ)?\s*\.?\s*ش\b\.?|(?:هجری\s*)?(?:خورشیدی|شمسی)"
_LUNAR_MARK = r"ه(?:ـ)?\s*\.?\s*ق\b\.?|هجری(?:ه)?(?:\s*قمری)?|قمری|ه(?:ـ)?(?![\w.])\.?|a\.\s?h\.|ah\b|h\b"
_YEAR = r"(1[2-4]\d\d)"
_OWN = r"(?:\s*(?P<solar>" + _SOLAR_MARK + r")|\s*(?P<lunar>" + _LUNAR_MARK + "))?"


def _named(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(f"(?P<m{number}>{each})" for number, each in enumerate(months, 1))
    return re.compile(
        rf"(?<!\d)(\d{{1,2}})\s*(?:من\s+)?(?<![^\W\d])(?:{names})(?![^\W\d])[\s,،]{{0,3}}(?:سنه|عام|سال|ماه)?\s*{_YEAR}(?!\d){_OWN}",
        re.IGNORECASE,
    )


_JALALI_NAMED, _HIJRI_NAMED = _named(_JALALI_MONTHS), _named(_HIJRI_MONTHS)
_NUMBERS = re.compile(
    rf"(?<![\d:])(?:{_YEAR}\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{1,2}})|(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\6\s?{_YEAR})(?![\d:]){_OWN}",
    re.IGNORECASE,
)
# Any other day with a month's name and a year that is not ours: "29 Zulkaidah 1445 H".
_FOREIGN = re.compile(
    r"(?<!\d)\d{1,2}\s+[^\W\d]+(?:[ '’-][^\W\d]+){0,2},?\s+1[2-4]\d\d(?!\d)\s*(?:h\b|ah\b)?", re.IGNORECASE
)
_TIME_APART = re.compile(r"(?<=\d) T(?=\d\d:)")
_OUR_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def calendar_of(language: str | None) -> Calendar:
    """The calendar of a language, BCP 47."""
    return _CALENDARS.get(language.partition("-")[0], Calendar.GREGORIAN) if language else Calendar.UNKNOWN


def readings(text: str, calendar: Calendar) -> Iterator[str]:
    """What a text may be read as, the likeliest first: itself, where no other calendar is in it.

    The text has ASCII digits and no compatibility forms (see `digits_plain`).
    """
    if calendar is Calendar.BUDDHIST or is_thai(text):
        text = without_buddhist_years(text)
    text = without_eras(text, minguo=calendar is Calendar.MINGUO, japanese=calendar is Calendar.JAPANESE)
    unified = text.translate(_UNIFIED)
    found = _found(unified, calendar)
    if not found:
        yield text
        if _FOREIGN.search(text) and _OUR_YEAR.search(text):
            yield _FOREIGN.sub(" ", text)
        return
    left = _replaced(text, found, lambda _: " ")
    if _OUR_YEAR.search(left):
        yield left
    converted = {span: day for span, day in found.items() if day is not None}
    if len({*converted.values()}) == 1:
        day = next(iter(converted.values()))
        first = min(found)
        converted_text = _replaced(text, found, lambda span: f" {day.isoformat()} " if span == first else " ")
        yield _TIME_APART.sub("T", converted_text)


def digits_plain(text: str) -> str:
    """Digits of any script as ASCII, letters in their plain forms ("㋿" as "令和", "：" as ":")."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    if _ARABIC.search(plain):
        plain = plain.replace("\u200c", " ")
    plain = "".join(c for c in plain if c not in "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069")
    return "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in plain)


Spans = dict[tuple[int, int], date | None]


def _found(text: str, calendar: Calendar) -> Spans:
    """The dates of the Jalali and Hijri calendars by where they stand, with their days where they can be told."""
    found: Spans = {}
    for match in _JALALI_NAMED.finditer(text):
        found[match.span()] = _jalali(int(match[14]), _month(match), int(match[1]))
    for match in _HIJRI_NAMED.finditer(text):
        arabic = calendar is Calendar.HIJRI or (calendar is Calendar.UNKNOWN and bool(_ARABIC.search(text)))
        day = _hijri(int(match[14]), _month(match), int(match[1])) if arabic and not match["solar"] else None
        found[match.span()] = day
    for match in _NUMBERS.finditer(text):
        stated = (match[1], match[3], match[4]) if match[1] else (match[8], match[7], match[5])
        year, month, number = map(int, stated)
        solar = match["solar"] or (calendar is Calendar.JALALI and not match["lunar"])
        lunar = calendar is Calendar.HIJRI or (calendar is Calendar.UNKNOWN and match["lunar"] and _ARABIC.search(text))
        how = _jalali if solar else _hijri if lunar else None
        found[match.span()] = how(year, month, number) if how else None
    return found


def _month(match: re.Match[str]) -> int:
    return next(number for number in range(1, 13) if match[f"m{number}"])


def _jalali(year: int, month: int, day: int) -> date | None:
    from persiantools.jdatetime import JalaliDate  # a twentieth of a second, for the few archives that need it

    try:
        converted: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # not annotated
    except (ValueError, OverflowError):
        return None
    return converted


def _hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):  # the table of Umm al-Qura begins in 1924
        return None


def _replaced(text: str, spans: Spans, write: Callable[[tuple[int, int]], str]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + write((start, end)) + text[end:]
    return text
