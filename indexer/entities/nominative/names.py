"""The given names of a language with their cases, and family names as news have them in the nominative.

In: `data/<language>/names.json.xz`, made by training. Out: `KnownNames`. Called once per process and language.
"""

import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from indexer.entities.packed import DATA
from indexer.errors import InternalError

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")


class Form(NamedTuple):
    """A name or head word in one of its cases; `gender` is "m", "f", "n" or "p" for what has a plural alone."""

    nominative: str
    gender: str
    case: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """`given` maps a form in lower case to the given names it may be, `things` to places, bodies and their head words.

    `family` has family names in lower case.
    """

    given: Mapping[str, Sequence[Form]]
    family: frozenset[str]
    things: Mapping[str, Sequence[Form]]


def names_file(language: str, data: Path = DATA) -> Path:
    """Where the names of a language are."""
    return data / language / "names.json.xz"


@dataclass(frozen=True, slots=True)
class NameLists:
    """What is written: rows of a gender and a name in its six cases, and family names."""

    given: Iterable[Sequence[str]]
    family: Iterable[str]
    things: Iterable[Sequence[str]] = ()


def write_names(path: Path, lists: NameLists) -> None:
    """Write the names of a language; the same values give the same bytes."""
    values = {"given": _packed(lists.given), "family": " ".join(sorted(lists.family)), "things": _packed(lists.things)}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def read_names(path: Path) -> KnownNames:
    """Read the names of a language."""
    try:
        values = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InternalError(f"the list of names {path} cannot be read ({error}): reinstall Broadsheet") from error
    return KnownNames(_forms(values["given"]), frozenset(values["family"].split(" ")), _forms(values["things"]))


def _packed(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(sorted({"\t".join(row) for row in rows}))


def _forms(packed: str) -> dict[str, list[Form]]:
    """Forms of packed rows."""
    found: dict[str, list[Form]] = {}
    for row in filter(None, packed.split("\n")):
        gender, *forms = row.split("\t")
        for case, form in zip(CASES, forms, strict=True):
            found.setdefault(form, []).append(Form(forms[0], gender, case))
    return found
