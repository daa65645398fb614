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

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from indexer.ingest.eras import without_eras


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
_THAI = re.compile(r"[\u0e01-\u0e5b]")
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
_OUR_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_BUDDHIST_YEAR = re.compile(r"(?<!\d)(2(?:48[4-9]|49\d|5\d\d|6[0-4]\d))(?!\d)")
_BUDDHIST_MARK = re.compile(r"พ\.?\s?ศ\.?|\bb\.?e\.?(?=\s*2[45]\d\d)|(?<=\d)\s*b\.?\s?e\b\.?", re.IGNORECASE)


def calendar_of(language: str | None) -> Calendar:
    """The calendar of a language, BCP 47."""
    return _CALENDARS.get(language.partition("-")[0], Calendar.GREGORIAN) if language else Calendar.UNKNOWN


def readings(text: str, calendar: Calendar) -> Iterator[str]:
    """What a text may be read as, the likeliest first: itself, where no other calendar is in it.

    The text has ASCII digits and no compatibility forms (see `digits_plain`).
    """
    if calendar is Calendar.BUDDHIST or _THAI.search(text) or _BUDDHIST_MARK.search(text):
        text = _from_buddhist(text, calendar)
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
        yield _replaced(text, found, lambda span: f" {day.isoformat()} " if span == first else " ")


def digits_plain(text: str) -> str:
    """Digits of any script as ASCII, letters in their plain forms ("㋿" as "令和", "：" as ":")."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u200c", " ")
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
    try:
        converted: date = JalaliDate(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return converted


def _hijri(year: int, month: int, day: int) -> date | None:
    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):  # the table of Umm al-Qura begins in 1924
        return None


def _replaced(text: str, spans: Spans, write: Callable[[tuple[int, int]], str]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + write((start, end)) + text[end:]
    return text


def _from_buddhist(text: str, calendar: Calendar) -> str:
    """Thai years, months and times as others write them. In Thai a year of two digits after a month is Buddhist too."""
    text = _THAI_TIME.sub(r"\1:\2", text)
    text = _THAI_MONTH.sub(lambda found: f" {_THAI_MONTHS[found[0].replace(' ', '')]} ", text)
    if calendar is Calendar.BUDDHIST or _THAI.search(text):
        text = _SHORT_THAI_YEAR.sub(r"\g<1>25\2", text)
    text = _THAI_WORD.sub(" ", _BUDDHIST_MARK.sub(" ", text))
    return _BUDDHIST_YEAR.sub(lambda found: str(int(found[1]) - BUDDHIST_YEARS), text)


BUDDHIST_YEARS = 543
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_THAI_NAMES = (
    "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.",
    "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.", "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
)  # fmt: skip
_THAI_MONTHS: Mapping[str, str] = {
    form: english
    for english, names in zip(_ENGLISH, _THAI_NAMES, strict=True)
    for name in unicodedata.normalize("NFKC", names).split()
    for form in (name, name.rstrip("."))
}
_THAI_MONTH = re.compile(
    "|".join(
        r"\.\s?".join(map(re.escape, name.split(".")))
        for name in sorted(_THAI_MONTHS, key=len, reverse=True)
    )
)
_SHORT_THAI_YEAR = re.compile(r"(\d\s*(?:" + "|".join(_ENGLISH) + r")\s+)(\d\d)(?![\d:.])")
_THAI_TIME = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d\d)\s*น\.?")
# Words beside a date, which say nothing of it: weekdays, "published", "updated", "at", "in the year".
_THAI_WORD = re.compile(
    "|".join(
        sorted(
            unicodedata.normalize(
                "NFKC",
                "วันที่|วัน|จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์|ที่|เวลา|น\\.|นาฬิกา|ค\\.?\\s?ศ\\.?|เมื่อ|เดือน|ปี|"
                "เผยแพร่|อัปเดต|อัพเดท|อัพเดต|อัปเดท|ปรับปรุง|แก้ไข|ล่าสุด|โพสต์|โพสท์|ตีพิมพ์|ข่าว|สร้าง|"
                "จ\\.|อ\\.|พ\\.|พฤ\\.|ศ\\.|ส\\.|อา\\.",
            ).split("|"),
            key=len,
            reverse=True,
        )
    )
)
