"""Thai dates as others write them: years of the Buddhist era, months, times and the words beside them.

A pure function, called by `calendars`. The era is 543 years ahead. Until 1940 the Thai year began in April, so that a
year alone does not tell ours: years before 2484 stay as they are.
"""

import re
import unicodedata
from collections.abc import Mapping

BUDDHIST_YEARS = 543

_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NAMES = (
    "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.",
    "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.", "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
)  # fmt: skip
# What says nothing of a date: weekdays and their short forms, "day", "at", "published", "updated", "last", "our era".
_WORDS = (
    "วันที่ วัน จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์ ที่ เวลา น. นาฬิกา ค.ศ. เมื่อ เดือน ปี เผยแพร่ อัปเดต อัพเดท อัพเดต "
    "อัปเดท ปรับปรุง แก้ไข ล่าสุด โพสต์ โพสท์ ตีพิมพ์ ข่าว สร้าง จ. อ. พ. พฤ. ศ. ส. อา."
)


def _composed(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).split()


def _any_of(words: list[str]) -> str:
    """Any of some words, the longest first; a point within one may be followed by a blank."""
    return "|".join(re.escape(word).replace(r"\.", r"\.\s?") for word in sorted(words, key=len, reverse=True))


_MONTHS: Mapping[str, str] = {
    form: english
    for english, names in zip(_ENGLISH, _NAMES, strict=True)
    for name in _composed(names)
    for form in (name, name.rstrip("."))
}
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_MONTH = re.compile(_any_of([*_MONTHS]))
_WORD = re.compile(_any_of(_composed(_WORDS)))
_TIME = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d\d)\s*น\.?")
_MARK = re.compile(r"พ\.?\s?ศ\.?|\bb\.?\s?e\b\.?(?=\s*2[45]\d\d)|(?<=2[45]\d\d)\s*\bb\.?\s?e\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(2(?:48[4-9]|49\d|5\d\d|6[0-4]\d))(?!\d)")
_SHORT_YEAR = re.compile(r"(\d\s*(?:" + "|".join(_ENGLISH) + r")\s+)(\d\d)(?![\d:.])")


def is_thai(text: str) -> bool:
    """Whether a text has Thai letters, or says in English that its year is of the Buddhist era."""
    return bool(_THAI.search(text) or _MARK.search(text))


def without_buddhist_years(text: str) -> str:
    """A text of Thailand with our years. After a Thai month a year of two digits is of the 26th century."""
    text = _TIME.sub(r"\1:\2", text)
    if _THAI.search(text):
        text = _MONTH.sub(lambda found: f" {_MONTHS[found[0].replace(' ', '')]} ", text)
        text = _SHORT_YEAR.sub(r"\g<1>25\2", text)
    text = _WORD.sub(" ", _MARK.sub(" ", text))
    return _YEAR.sub(lambda found: str(int(found[1]) - BUDDHIST_YEARS), text)
