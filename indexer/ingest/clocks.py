"""The time of day and its zone in a folded text. Pure functions, called by `dates`."""

import re
from collections.abc import Mapping

from indexer.ingest.months import fold
from indexer.zones import HOURS, SEASONAL

_TIME = re.compile(
    r"(?:(?<=\d)t|\b)(\d{1,2})(?:\s*[:h]\s*(\d\d)|[.](\d\d)(?=\s*(?:uhr|uur|[ap]\.?\s?m)))(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*([ap]\.?\s?m\b\.?)?(?:\s*(?:uhr|uur|hrs?\b|h\b))?|\b(\d{1,2})\s*(?:([ap]\.?\s?m\b\.?)|uhr|uur|h\b)",
    re.ASCII,
)
# "ore 15.05", "kl. 15.05": a point between hours and minutes, where a word says that they are.
_POINT = re.compile(r"\b(ore|kl|klo|um|alle|godz|uhr|saat|ob)\.?\s+(\d{1,2})\.(\d\d)\b(?![.\d])")
_ZONED_POINT = re.compile(
    r"(?<![\d.])(\d{1,2})\.(\d\d)(?=\s*(?:" + "|".join(name.lower() for name in HOURS if len(name) > 2) + r")\b)"
)
_AM = "上午|凌晨|早上|清晨|午前|오전|صباحا|ص|π\\.?μ\\.?|sa(?:ng)?|öö"
_PM = "下午|晚上|傍晚|中午|午後|午后|오후|مساء|ظهرا|م|μ\\.?μ\\.?|ch(?:ieu)?|ös"
_HALF_BEFORE = re.compile(rf"(?:({_AM})|({_PM}))\s*(\d{{1,2}})\s*:\s*(\d\d(?::\d\d)?)")
_HALF_AFTER = re.compile(rf"\b(\d{{1,2}}):(\d\d(?::\d\d)?)\s*(?:({_AM})|({_PM}))(?![^\W\d_])")
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s*)?([+-])(\d{1,2}):?(\d\d)?\b", re.ASCII)
_FROM_MOSCOW = re.compile(r"(?:msk|мск)\s*([+-])\s*(\d)\b")
# RFC 2822 allows a comment after the offset: "+0300 (MSK)"; browsers write "GMT+0300 (Moscow Standard Time)".
_COMMENT = re.compile(r"\([^()\d]{2,60}\)")
_WORD = re.compile(r"[^\W\d_]+")

# Zones in words -> how `indexer.zones` knows them.
_IN_WORDS: Mapping[str, str] = {
    "мск": "MSK", "московское время": "MSK", "по московскому времени": "MSK", "по москве": "MSK",
    "moscow time": "MSK", "بتوقيت موسكو": "MSK", "moskauer zeit": "MSK", "heure de moscou": "MSK",
    "hora de moscu": "MSK", "莫斯科时间": "MSK", "по киеву": "Europe/Kyiv", "по киевскому времени": "Europe/Kyiv",
    "за киевом": "Europe/Kyiv", "greenwich mean time": "GMT", "по гринвичу": "GMT", "بتوقيت غرينتش": "GMT",
    "بتوقيت جرينتش": "GMT", "بتوقيت غرينيتش": "GMT", "توقيت غرينتش": "GMT", "格林尼治时间": "GMT",
    "格林威治时间": "GMT", "世界时": "UTC", "coordinated universal time": "UTC", "london time": "Europe/London",
    "british summer time": "BST", "heure de paris": "Europe/Paris", "paris time": "Europe/Paris",
    "heure de bruxelles": "Europe/Brussels", "hora peninsular": "Europe/Madrid", "hora de madrid": "Europe/Madrid",
    "hora espanola": "Europe/Madrid", "hora de brasilia": "BRT", "horario de brasilia": "BRT",
    "mitteleuropaische zeit": "MEZ", "mitteleuropaische sommerzeit": "MESZ", "berliner zeit": "Europe/Berlin",
    "wiener zeit": "Europe/Vienna", "central european time": "CET", "central european standard time": "CET",
    "central european summer time": "CEST", "eastern european time": "EET", "eastern european summer time": "EEST",
    "ora di roma": "Europe/Rome", "ora italiana": "Europe/Rome", "بتوقيت القاهرة": "Africa/Cairo",
    "بتوقيت مكة المكرمة": "Asia/Riyadh", "بتوقيت مكة": "Asia/Riyadh", "بتوقيت السعودية": "Asia/Riyadh",
    "بتوقيت الرياض": "Asia/Riyadh", "بتوقيت القدس": "Asia/Jerusalem", "بتوقيت بيروت": "Asia/Beirut",
    "بتوقيت الامارات": "GST", "بتوقيت تونس": "Africa/Tunis", "بتوقيت دمشق": "Asia/Damascus",
    "بتوقيت بغداد": "Asia/Baghdad", "北京时间": "Asia/Shanghai", "北京時間": "Asia/Shanghai",
    "beijing time": "Asia/Shanghai", "台北時間": "Asia/Taipei", "香港時間": "HKT", "日本時間": "JST",
    "日本标准时间": "JST", "한국시간": "KST", "한국 시간": "KST", "japan standard time": "JST",
    "korea standard time": "KST", "india standard time": "IST", "tsi": "Europe/Istanbul", "hong kong time": "HKT",
    "singapore time": "SGT", "eastern time": "ET", "eastern standard time": "EST", "eastern daylight time": "EDT",
    "central time": "CT", "central standard time": "CST", "central daylight time": "CDT", "mountain time": "MT",
    "mountain standard time": "MST", "mountain daylight time": "MDT", "pacific time": "PT",
    "pacific standard time": "PST", "pacific daylight time": "PDT", "hora del este": "ET", "hora del pacifico": "PT",
    "heure de l'est": "ET",
}  # fmt: skip
_SPOKEN = {fold(words): zone for words, zone in _IN_WORDS.items()}
_ZONE_IN_WORDS = re.compile(
    r"\(?(?<![^\W\d_])(" + "|".join(map(re.escape, sorted(_SPOKEN, key=len, reverse=True))) + r")(?![^\W\d_])\)?"
)


Clock = tuple[int, int, int]


def clock(text: str) -> tuple[Clock | None, bool, str]:
    """The time of day, whether it says AM or PM as English does, and the text around it, with `\\n` in its place."""
    if "." in text:
        text = _ZONED_POINT.sub(r"\1:\2", _POINT.sub(r"\2:\3", text))
    if not text.isascii():
        text = _HALF_BEFORE.sub(lambda found: _of_day(found[3], found[4], bool(found[2])), text)
        text = _HALF_AFTER.sub(lambda found: _of_day(found[1], found[2], bool(found[4])), text)
    found = _TIME.search(text)
    if found is None:
        return None, False, text
    hour, minute = int(found[1] or found[6]), int(found[2] or found[3] or 0)
    half = found[5] or found[7] or ""
    if half:
        if not 1 <= hour <= 12:
            return None, False, text
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour, minute, int(found[4] or 0)), bool(half), text[: found.start()] + " \n " + text[found.end() :]


def zone(text: str) -> tuple[str | None, str]:
    """The zone that follows the time (whose place `\\n` marks), and the text without it."""
    before, _, after = text.partition("\n")
    if found := _FROM_MOSCOW.search(after):
        hours = 3 + int(found[2]) * (-1 if found[1] == "-" else 1)
        return f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00", before + after[: found.start()] + after[found.end() :]
    if found := _OFFSET.search(after):
        stated = f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"
        rest = _COMMENT.sub(" ", after[: found.start()] + " " + after[found.end() :])
        # "+0300 MSK": the zone once more.
        words = (word for word in _WORD.findall(after[found.end() :]) if word.upper() in HOURS)
        for word in words:
            rest = re.sub(rf"\b{word}\b", " ", rest, count=1)
        return stated, before + rest
    for word in _WORD.findall(after):
        name = word.upper()
        if name in HOURS or name in SEASONAL:
            return name, before + re.sub(rf"\(?\b{word}\b\)?", " ", after, count=1)
    if found := _ZONE_IN_WORDS.search(after) or _ZONE_IN_WORDS.search(before):
        return _SPOKEN[found[1]], (before + " " + after).replace(found[0], " ", 1)
    return None, before + after


def _of_day(hour: str, rest: str, afternoon: bool) -> str:
    counted = int(hour)
    if counted <= 12:
        counted = counted % 12 + (12 if afternoon else 0)
    return f" {counted}:{rest} "
