"""Mentions that only the rest of their document shows to be no names, or names of something else.

"Mitch McConnell Addison" is Mitch McConnell where the document names him, and Addison, too; the Bush Administration is
Bush; what "base realignment and closure (BRAC)" spells out in small letters is no body; where "mobile" stands more
often than "Mobile" it is no town. In: the mentions of one document, and its texts. Out: those that are left. Called by
the extractor before mentions are joined.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from indexer.entities.found import Found, Named
from indexer.entities.gazetteer import listed_countries
from indexer.entities.no_names import cities, is_thing, leaders
from indexer.entities.normalise import canonical, place_named
from indexer.entities.parts import acronym, folded, person_parts

MANY_WORDS = 6  # of a "person", from which it is a list of names, if all are capitalised
ORDINARY = 2  # times that a word stands in small letters, from which it is an ordinary word of the document
SPELT_BEFORE = 120  # characters before "(BRAC)" in which its words are looked for
_ADMINISTRATION = re.compile(r"([\w’'.-]+(?: [\w’'.-]+)?)(?:['’]s)? administration\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Words that make a body of what ends in "Program" or "System": "Office of the Federal Register System".
_BODIES = frozenset(
    "Agency Administration Association Authority Bank Board Bureau Center Commission Committee Corporation Council "
    "Department Foundation Institute Institutes Ministry Office Organization Service University".split()
)
# Bodies with an "and" in the middle of their names.
_HALVED = (" Administration", " Museum", " Agency", " Services")
_FIRST_HALF = re.compile(r"(?<![\w’'-])(?:[A-Z][\w’'-]+,? ){1,5}and \Z")
HALF = 80  # characters before a body in which its first half is looked for
_NUMERAL = re.compile(r"[IVX]+\Z")


def sift(found: list[Found], texts: Mapping[str, str], given: Iterable[str] = ()) -> list[Found]:
    """The mentions that are names; `given` are names of people that the source stated."""
    counts = Counter([item.named for item in found])
    fixed = {item.named for item in found if item.fixed}
    people = {name for kind, name in counts if kind == "person"}
    people.update(given)
    single: dict[Named, int] = {}
    administrations = long = halves = False
    things: set[Named] = set()
    for named, count in counts.items():
        kind, name = named
        if named in fixed:
            continue
        if kind != "person" and name.endswith(_HALVED):
            halves = True
        if kind == "organisation":
            if name.isupper():
                if _is_thing(name, texts):
                    things.add(named)
            elif name.endswith("dministration"):
                administrations = True
        elif " " not in name:
            single[named] = count
        elif kind == "person" and name.count(" ") > 1:
            long = True
    if single:
        families = {word for name in people if " " in name for word in person_parts(name).words}
        things |= _ordinary(single, texts["body"], families)
        places = _places(single, families)
        if places:
            found = [item._replace(named=places.get(item.named, item.named)) for item in found]
    if things:
        found = [item for item in found if item.named not in things]
    if halves:
        found = _widened(found, texts)
    if administrations:
        found = [_of_leader(item, people) if item.surface[-13:] == "dministration" else item for item in found]
    return _cut(found, people) if long else found


def _cut(found: Sequence[Found], people: Container[str]) -> list[Found]:
    """Names of people with the place or body behind them cut off, and lists of names left out."""
    others = {folded(item.named[1]) for item in found if item.named[0] != "person"}
    result: list[Found] = []
    for item in found:
        if item.named[0] == "person" and item.named[1].count(" ") > 1 and not item.fixed:
            words = item.named[1].split(" ")
            for length in range(2, len(words)):
                head, tail = " ".join(words[:length]), " ".join(words[length:])
                if head in people and _is_other(tail, others) and item.surface.startswith(head):
                    item = item._replace(end=item.start + len(head), surface=head, named=("person", head))
                    break
            else:
                if len(words) >= MANY_WORDS and all(len(word) > 2 and word[0].isupper() for word in words):
                    continue
        result.append(item)
    return result


def _places(single: Iterable[Named], families: Container[str]) -> dict[Named, Named]:
    """People of one word who have the name of a country or great city, and of nobody in the document, as the place."""
    result: dict[Named, Named] = {}
    for named in single:
        low = folded(named[1])
        if named[0] == "person" and low not in families and (low in listed_countries() or low in cities()):
            result[named] = "place", place_named(low) or named[1]
    return result


def _is_other(tail: str, others: Container[str]) -> bool:
    """Whether what stands behind a person's name is a place or a body of the document, or an acronym."""
    low = folded(tail)
    if low in others or (tail.isupper() and len(tail) > 2 and not _NUMERAL.match(tail)):
        return True
    return place_named(low) is not None


def _widened(found: Sequence[Found], texts: Mapping[str, str]) -> list[Found]:
    """Bodies whose first half was left out: "Space Museum" of "National Air and Space Museum"."""
    result: list[Found] = []
    end, field = 0, ""
    for item in found:
        before = end if item.field == field else 0  # where the mention before it ends
        end, field = item.end, item.field
        if item.named[0] != "person" and item.named[1].endswith(_HALVED) and not item.fixed:
            text = texts[field]
            if match := _FIRST_HALF.search(text[max(before, item.start - HALF) : item.start]):
                start = item.start - len(match[0])
                surface = text[start:end]
                item = item._replace(
                    start=start, surface=surface, named=canonical(surface, "organisation") or item.named
                )
        result.append(item)
    return result


def _of_leader(item: Found, people: Iterable[str]) -> Found:
    """ "Bush Administration" as a mention of Bush."""
    match = _ADMINISTRATION.match(item.surface)
    if not match or item.fixed or item.named[0] != "organisation":
        return item
    name = match[1]
    low = folded(name)
    if low in leaders() or any(low in (folded(full), person_parts(full).words[-1]) for full in people):
        return Found(item.start, item.start + len(name), item.field, name, ("person", name), False)
    return item


def _ordinary(single: Mapping[Named, int], body: str, families: Container[str]) -> set[Named]:
    """People and places of one word that the document writes in small letters more often."""
    result: set[Named] = set()
    for named, count in single.items():
        low = named[1].lower()
        if low in body and low.isalpha() and low not in families:
            enough = max(ORDINARY, count + 1)
            if _stands(low, body, enough):
                result.add(named)
    return result


def _stands(word: str, text: str, times: int) -> bool:
    """Whether a word of letters stands so many times in a text, by itself."""
    end = len(text)
    at = text.find(word)
    while at >= 0:
        after = at + len(word)
        if not (at and text[at - 1].isalnum()) and not (after < end and text[after].isalnum()):
            times -= 1
            if not times:
                return True
        at = text.find(word, after)
    return False


def _is_thing(name: str, texts: Mapping[str, str]) -> bool:
    """Whether the document spells an acronym out in small letters, or as something that is no body: "base realignment
    and closure (BRAC)", "Digital Analytics Program (DAP)"."""
    letters = acronym(name)
    if len(letters) < 3:
        return False
    for text in texts.values():
        at = text.find(f"({name})")
        if at >= 0:
            words = _WORD.findall(text[max(0, at - SPELT_BEFORE) : at])
            thing = bool(words) and is_thing(words[-1].lower()) and _BODIES.isdisjoint(words[-len(letters) - 3 :])
            return _spells(letters, reversed(words), small=not thing)
    return False


def _spells(letters: str, backwards: Iterator[str], *, small: bool) -> bool:
    """Whether words, the last one first, begin with the letters of an acronym; all in `small` letters if so asked."""
    for letter in reversed(letters):
        for word in backwards:
            if word[0].lower() == letter and not (small and word[0].isupper()):
                break
            if len(word) > 3 or not word.islower():
                return False
        else:
            return False
    return True
