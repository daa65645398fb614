"""Bylines -> the people who wrote an article. Used by `values` for what every reader gives, and so for pages too.

A byline is a line of print: names, and around them dates, roles, places, agencies, addresses. What is no name is taken
out; an agency or a paper is the author only where nobody else is named.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from zoneinfo import available_timezones

from indexer.ingest import byline_words as words
from indexer.ingest.dates import parse_date
from indexer.ingest.markup import plain_line
from indexer.ingest.months import MONTHS, fold

LONGEST_NAME = 200
LONGEST_BYLINE = 2000
MOST_AUTHORS = 50
FULL_NAME = 2  # words

_MAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_MAIL_AND_NAME = re.compile(rf"(?:mailto:)?{_MAIL}\s*\(([^()]{{1,200}})\)")
_CONTACT = re.compile(
    rf"[(<\[]?\s*(?:(?:e-?mail|mailto|twitter|follow)\s*:?\s*)?(?:{_MAIL}|https?://\S+|www\.\S+"
    rf"|(?<![\w.])@\w+)\s*[)>\]]?",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}(?::\d\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?:\s+(?:[A-Z]{2,4}|Uhr)\b)?|\d{1,2}\s?[ap]\.?m\b\.?|\d{1,2}h\d\d"
_MONTH = r"(?P<{}>[^\W\d_]{{3,12}})\.?"
_DATE = re.compile(
    rf"(?:\b(?:{words.LABELS})(?!\w)[\s:：,]*)*+(?:"
    rf"(?<!\d)\d{{1,3}}[\s-](?:min(?:ute)?s?|hours?|days?|weeks?)\.?\s+(?:ago|read)\b|"
    rf"\d{{4}}\s?[-/.年년]\s?\d{{1,2}}\s?[-/.月월]\s?\d{{1,2}}[日일.]?|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|[.ºª])?(?:\s+(?:de|of))?[\s-]+{_MONTH.format('one')},?(?:\s+(?:de"
    rf"|del))?(?:[\s-]*\d{{4}}|\b)"
    rf"|{_MONTH.format('two')}[\s-]+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s*\d{{4}})?|{_MONTH.format('three')},?\s+\d{{4}}"
    rf"|\b(?:{_CLOCK})|[(©]?\s?\b(?:19|20)\d\d\)?$"
    rf")(?:(?:\s*(?:,|\||@|at|um)\s*|\s+)(?:{_CLOCK}))?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(
    r"\s*[(\[（【][^)\]）】]*[)\]）】]\s*$|^[(\[（【][^)\]）】]*[)\]）】]\s*(?=\S)|\s*<[^>]*>\s*$|\s+[-–—]\s+\S.*$"
)
# "(Image: Getty/AFP)": what stands in brackets may have all the signs that part names.
_ASIDE = re.compile(r"(?<=\S)\s*[(\[](?![^()\[\]]{0,100}\bby\b)[^()\[\]]{0,200}[)\]]")
_WRAPPED = re.compile(r"[(\[（【]([^()\[\]（）【】]+)[)\]）】]")
_LAST_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’. -]*)")
_SUFFIXES = frozenset("jr sr ii iii iv phd ph.d md m.d inc ltd llc co corp gmbh plc".split())
_NOT_A_NAME = re.compile(
    r"https?://|@|^\W*$|^\d+$|^(?:none|null|nan|n/a|unknown|anonymous|admin|staff only|by|share|undefined)$",
    re.IGNORECASE,
)


def people(stated: Iterable[str]) -> tuple[str, ...]:
    """The people named in several bylines, in order, each once; papers and agencies only where there is "
    "nobody else."""
    named = [name for byline in stated for name in _of_byline(byline)]
    unique = tuple(dict.fromkeys(named))[:MOST_AUTHORS]
    if len(unique) < 2:
        return unique
    persons = tuple(name for name in unique if not _is_outlet(name))
    return tuple(
        name for number, name in enumerate(persons or unique) if not number or not words.WHAT_HE_IS.search(name)
    )


@lru_cache(maxsize=4096)
def _of_byline(stated: str) -> tuple[str, ...]:
    text = plain_line(stated[:LONGEST_BYLINE])
    if "@" in text:
        text = _MAIL_AND_NAME.sub(r"\1", text)  # RSS: "ann@example.org (Ann Lee)"
    text = _CONTACT.sub(" | ", text) if "@" in text or "://" in text or "www." in text else text
    if _has_digits(text):
        whole, text = text, _without_dates(text)
        if text == whole and parse_date(text) is not None:
            return ()
    text = words.BY.sub("", _ASIDE.sub("", text) if "(" in text or "[" in text else text, count=1)
    names: list[str] = []
    placed = False
    for part in _parts(text):
        for number, person in enumerate(_by_commas(part)):
            if len(person) > LONGEST_NAME or words.NOT_BY.match(person):
                continue
            if number and names and (role := words.WHAT_HE_IS.search(person)) and not role[0].lower().endswith("s"):
                continue  # "TOM KRISHER, AP Auto Writer": what he is, is not a second author
            name, place = _without_place(person)
            name = _clean(name)
            single = " " not in name and not words.HAN.search(name) and not words.HANGUL_NAME.search(name)
            behind = single and bool(names) and (" " in names[-1] or _is_outlet(names[-1]))
            if behind and (number or placed):
                continue  # "Jana Doe, Berlin", "Ann Lee in Rome and Paris": a place, a paper, an agency
            if number and names and (_is_outlet(name) or name.casefold() in _cities()):
                continue
            placed = place
            if name and not _NOT_A_NAME.search(name):
                names.append(name if not name.endswith(" Jr") else name + ".")
    return tuple(names)


def _has_digits(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _without_dates(text: str) -> str:
    """The text with a bar for each date, which parts what stands before from what comes after."""
    parts: list[str] = []
    place = start = 0
    while found := _DATE.search(text, place):
        word = next((name for name in ("one", "two", "three") if found[name]), None)
        if word and fold(found[word]) not in MONTHS:
            place = max(found.end(word), found.start() + 1)  # "Doe 5" is none
            continue
        parts += [text[start : found.start()], " | "]
        place = start = max(found.end(), found.start() + 1)
    return "".join([*parts, text[start:]])


def _parts(text: str) -> Iterator[str]:
    for part in words.AND.split(text):
        part = part.strip(" ,")
        if wrapped := _WRAPPED.fullmatch(part):
            part = wrapped[1]
        if not part or words.NOT_BY.match(part) or words.LABEL.fullmatch(part) or words.HAN_REPORT.match(part):
            continue
        part = words.BY.sub("", part, count=1)
        found = words.AND_OR_NAME.search(part)
        sides = [part[: found.start()], part[found.end() :]] if found else []
        # One word beside two is half a name, or a place.
        alike = len({min(len(side.partition(",")[0].split()), FULL_NAME) for side in sides}) == 1
        if alike and sides[1].casefold() not in _cities():
            yield from sides
        elif words.HAN_TITLE_BEFORE.match(part):
            yield from words.HAN_TITLE_BEFORE.sub("", part).split()
        else:
            yield part


def _by_commas(text: str) -> list[str]:
    """Names parted by commas; "Lee, Ann" is one name, and so is "Martin Luther King, Jr."."""
    parts = [part for each in re.split(r"[,，]", text) if (part := each.strip())]
    found = _LAST_FIRST.fullmatch(text.strip()) if len(parts) == 2 else None
    if found and " " not in found[1] and not any(map(_is_outlet, parts)):
        return [f"{found[2]} {found[1]}"] if " " not in parts[1].strip() or "." in parts[1] else parts
    merged: list[str] = []
    for part in parts:
        if merged and part.rstrip(".").lower() in _SUFFIXES:
            merged[-1] += ", " + part
        else:
            merged.append(part)
    return merged


def _without_place(person: str) -> tuple[str, bool]:
    """A name without "in Berlin" behind it, and whether that was there."""
    found = words.IN_PLACE.search(person)
    if found and len(person[: found.start()].split()) >= FULL_NAME:
        return person[: found.start()], True
    return person, False


def _clean(person: str) -> str:
    """A name without its bearer's role, paper and title."""
    name = _BRACKETS.sub("", person).strip(" ,.:-–—|=　")
    if words.HANGUL_TITLE.search(name):
        return _korean(words.HANGUL_TITLE.sub("", name))
    name = words.HAN_TITLE_BEHIND.sub("", name)
    if words.ROLE.fullmatch(name):
        return ""
    name = words.ROLE_AT_START.sub("", name)
    for behind in (words.ROLE_AT_END, words.OUTLET_AT_END):
        shorter = behind.sub("", name)
        if len(shorter.split()) >= FULL_NAME:
            name = shorter
    return name.strip(" ,.:-–—|")


def _korean(name: str) -> str:
    """The name before "기자", without the paper or the place before it: "연합뉴스 홍길동", "워싱턴=홍길동"."""
    last = name.replace("=", " ").split()[-1:]
    return last[0] if last and words.HANGUL_NAME.fullmatch(last[0]) else name.strip()


def _is_outlet(name: str) -> bool:
    return name.casefold() in words.AGENCIES or bool(words.OUTLET.search(name))


@cache
def _cities() -> frozenset[str]:
    """Cities of several words, which might be people."""
    zones = (name.rpartition("/")[2].replace("_", " ").casefold() for name in available_timezones())
    return words.CITIES | {city for city in zones if " " in city}
