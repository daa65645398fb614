"""Dates of East Asia: years of an era -> ours, and "2021年10月14日". Pure functions, called by `dates` and `calendars`.

An era's year is a number of years after the one before its first, so the sum is exact. Japan's months are ours only
since Meiji 6 (1873); of an era only the years that it had are read.
"""

import re

from indexer.article import Published
from indexer.ingest.clocks import zone
from indexer.ingest.moments import assembled

# Name, the letter that stands for it, the year before its first, its first and last year.
_JAPANESE = (
    ("明治", "m", 1867, 6, 45),
    ("大正", "t", 1911, 1, 15),
    ("昭和", "s", 1925, 1, 64),
    ("平成", "h", 1988, 1, 31),
    ("令和", "r", 2018, 1, 82),
)
_BEFORE_MINGUO = _BEFORE_JUCHE = 1911
_DANGI_AHEAD = 2333

_ERA = re.compile(rf"({'|'.join(era[0] for era in _JAPANESE)})\s*(\d{{1,2}}|元)(?=\s*(?:年|[-/.]\s?\d))")
_LETTER = re.compile(
    r"(?<![^\W_])([mtshr])\s?(\d{1,2})(?=\s?(?:年|([-/.])\s?\d{1,2}\s?\3\s?\d{1,2}(?!\d)))", re.IGNORECASE
)
_MINGUO = re.compile(r"(?:中華)?民[國国]\s*(\d{1,3}|元)(?=\s*(?:年|[-/.]\s?\d))")
_BARE_MINGUO = re.compile(r"(?<!\d)(1\d\d)(?=\s?(?:年|([-/.])\s?\d{1,2}\s?\2\s?\d{1,2}(?!\d)))")
_JUCHE = re.compile(r"주체\s*(\d{2,3})(?=\s*(?:년|\())")
_DANGI = re.compile(r"단기\s*(4\d{3})(?=\s*년)")
_TWICE = re.compile(r"(?<!\d)(\d{4})\s*([年년]?)\s*\(\s*\1\s*[年년]?\s*\)\s*([年년]?)")
_NUMERALS = re.compile(r"[〇零○一二三四五六七八九十]+(?=\s*[年月日号號時时点點分])")
_NUMERAL = {
    character: value
    for value, characters in enumerate("〇 一 二 三 四 五 六 七 八 九 十".split())
    for character in characters
}
_NUMERAL |= {"零": 0, "○": 0}

_CJK = re.compile(
    r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日号號일])?)?"
    r"[\s,]*(?:(?:星期|周|週|礼拜)[一二三四五六日天]|\([^()\d]{1,12}\)|[月火水木金土日월화수목금토일]曜?[日요일]*)?"
    r"[\s,]*(上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후)?"
    r"\s*(?:(\d{1,2})\s*(?:[时時:点點시]\s*(?:(\d{1,2})\s*[分:분]?\s*(?:(\d{1,2})\s*[秒초]?)?)?))?"
)
_YEAR = re.compile(r"\d{4}\s*[年년]")
_AFTERNOON = frozenset("下午 晚上 午後 오후 中午".split())
_AROUND = re.compile(
    r"^\D{0,24}?(?=\d{4}\s*[年년])|[\s,:]*(?:掲載|配信|公開|更新|発表|发布|發布|更新|刊登|发表|报道|입력|수정|게재|승인)[\s,]*$"
)


def without_eras(text: str, *, minguo: bool, japanese: bool) -> str:
    """A text with the years of eras, and numerals before 年, 月 and 日, in our numbers.

    Args:
        text: with ASCII digits.
        minguo: whether three digits without a name are years of the Republic of China.
        japanese: whether a letter before a year is that of an era.
    """
    if text.isascii() and not minguo and not japanese:
        return text
    text = _NUMERALS.sub(lambda found: _number(found[0]), text)
    text = _ERA.sub(_of_japan, text)
    text = _MINGUO.sub(lambda found: str(_BEFORE_MINGUO + _count(found[1])), text)
    text = _JUCHE.sub(lambda found: str(_BEFORE_JUCHE + int(found[1])), text)
    text = _DANGI.sub(lambda found: str(int(found[1]) - _DANGI_AHEAD), text)
    if minguo:
        text = _BARE_MINGUO.sub(lambda found: str(_BEFORE_MINGUO + int(found[1])), text)
    if japanese:
        text = _LETTER.sub(_of_japan, text)
    return _TWICE.sub(lambda found: found[1] + (found[2] or found[3]), text)


def cjk_date(plain: str) -> Published | None:
    """A date with 年, 月 and 日, or 년, 월 and 일, and the time after it."""
    if plain.isascii() or not _YEAR.search(plain):
        return None
    where, plain = zone("\n" + plain)
    found = _CJK.match(_AROUND.sub("", plain))
    if found is None or found.end() < len(found.string.rstrip()):
        return None
    year, month, day, half, hour, minute, second = found.groups()
    if hour and day:
        clock = int(hour) + (12 if half in _AFTERNOON and int(hour) < 12 else 0)
        return assembled(year, month, day, clock, minute or 0, second or 0, where)
    return assembled(*(part for part in (year, month, day) if part))


def _of_japan(found: re.Match[str]) -> str:
    count = _count(found[2])
    for name, letter, before, first, last in _JAPANESE:
        if found[1].casefold() in (name, letter):
            return str(before + count) if first <= count <= last else found[0]
    return found[0]


def _count(text: str) -> int:
    return 1 if text == "元" else int(text)


def _number(numerals: str) -> str:
    """二〇二四 as 2024, 二十四 as 24."""
    if "十" not in numerals:
        return "".join(str(_NUMERAL[character]) for character in numerals)
    tens, _, ones = numerals.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return numerals
    return str((_NUMERAL[tens] if tens else 1) * 10 + (_NUMERAL[ones] if ones else 0))
