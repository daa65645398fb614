"""What taggers take for names and is none: furniture of pages, laws, things with acronyms, peoples, kinds of bodies.

In: a cleaned name and its kind. Out: whether it names nothing. The tables are `data/no_names.txt`; where a rule can
tell there is a rule. Called when a surface form is cleaned. What only the rest of a document can tell is in `sift`.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from indexer.article import EntityKind
from indexer.entities.folding import fold
from indexer.entities.packed import DATA
from indexer.entities.titles import NATIONALITIES, TITLES
from indexer.errors import InternalError

NO_NAMES = DATA / "no_names.txt"
_PARTS = frozenset({"starts", "ends", "heads", "placeless", "leaders", "cities"})  # headings of what is no whole name
_HEADING = re.compile(r"\[(\w+)\]\Z")
# "Obamacare", "Bidenomics", "Thatcherism", "Trumpmania": made of a person's name, and no person.
_MADE_OF_NAMES = re.compile(r"\w{3,}(?:care|nomics|isms?|mania|geddon)\Z")
_LAWS = frozenset({"act", "acts", "amendment", "amendments", "bill"})
# "Federal Government", "Iraqi Government": whose it is, not what it is called.
_GOVERNMENTS = frozenset("government governments regime authorities".split())
_OF_STATES = frozenset(
    "federal national central local state municipal provincial interim transitional coalition".split()
)
# How peoples and inhabitants are made of the names of places: "New Zealand-ers", "Iraq-is", "Minnesota-ns".
_INHABITANTS = ("ers", "rs", "ians", "ans", "ns", "is", "ites", "eans")


@cache
def read_table(path: Path = NO_NAMES) -> dict[str, frozenset[str]]:
    """The table, by heading; entries are folded.

    Raises:
        InternalError: the file of the package cannot be read.
    """
    table: dict[str, set[str]] = {}
    heading = ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InternalError(f"the table of no names {path} cannot be read ({error}): reinstall Broadsheet") from error
    for number, line in enumerate(lines, 1):
        if match := _HEADING.match(line.strip()):
            heading = match[1]
        elif line.strip() and not line.startswith("#"):
            if not heading:
                raise InternalError(f"{path} line {number}: an entry before the first [heading]")
            table.setdefault(heading, set()).update(fold(entry.strip()) for entry in line.split(";") if entry.strip())
    return {name: frozenset(entries) for name, entries in table.items()}


@cache
def _whole() -> frozenset[str]:
    table = read_table()
    return TITLES.union(*(table[name] for name in table.keys() - _PARTS))


@cache
def _starts() -> tuple[str, ...]:
    return tuple(sorted(read_table()["starts"]))


@cache
def _ends(heading: str) -> tuple[str, ...]:
    return tuple(sorted(" " + entry for entry in read_table()[heading]))


def leaders() -> frozenset[str]:
    """Family names, folded, after which administrations are called."""
    return read_table()["leaders"]


def cities() -> frozenset[str]:
    """Folded names of cities that, alone, are the city rather than a person of that name."""
    return read_table()["cities"]


def is_thing(head: str) -> bool:
    """Whether what ends in this folded word is a thing and no body: a program, a system."""
    return head in read_table()["heads"]


def is_no_name(name: str, kind: EntityKind, is_place: Callable[[str], bool]) -> bool:
    """Whether a cleaned name names nothing of its kind. `is_place` says whether a folded name is that of a place."""
    low = fold(name)
    if low in _whole() or low.startswith(_starts()) or (low == name and name.isascii()):
        return True
    if kind != "organisation" and "—" in name:
        return True
    first, _, _ = low.partition(" ")
    rest, _, last = low.rpartition(" ")
    if kind == "person":
        law = bool(rest) and last in _LAWS
        return law or name[-1] in "®™©" or bool(_MADE_OF_NAMES.match(low)) or _is_people(low, is_place)
    if low in NATIONALITIES or _is_people(low, is_place) or (kind == "place" and last in NATIONALITIES):
        return True  # "Central Asian" says where something is from
    if not rest:
        return bool(_MADE_OF_NAMES.match(low)) and kind == "place"
    if kind == "place" and low.endswith(_ends("placeless")):
        return True
    if last in _GOVERNMENTS:
        return rest in NATIONALITIES or rest in _OF_STATES or first in _OF_STATES
    return low.endswith(_ends("ends"))


def _is_people(low: str, is_place: Callable[[str], bool]) -> bool:
    """Whether a folded name is that of the people of a place, in the plural: "New Zealanders", "Iraqis"."""
    if low[-1:] != "s":
        return False
    if low in NATIONALITIES or low[:-1] in NATIONALITIES:
        return True
    return any(
        low.endswith(ending) and len(low) > len(ending) + 3 and is_place(low[: -len(ending)]) for ending in _INHABITANTS
    )
