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
    """A given name in one of its cases; `gender` is "m" or "f"."""

    nominative: str
    gender: str
    case: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """`given` maps a form in lower case to what it may be; `family` has family names in lower case."""

    given: Mapping[str, Sequence[Form]]
    family: frozenset[str]


def names_file(language: str, data: Path = DATA) -> Path:
    """Where the names of a language are."""
    return data / language / "names.json.xz"


def write_names(path: Path, given: Iterable[Sequence[str]], family: Iterable[str]) -> None:
    """Write rows of a gender and a name in its six cases, and family names; the same values give the same bytes."""
    values = {"given": "\n".join(sorted(" ".join(row) for row in given)), "family": " ".join(sorted(family))}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def read_names(path: Path) -> KnownNames:
    """Read the names of a language."""
    try:
        values = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InternalError(f"the list of names {path} cannot be read ({error}): reinstall Broadsheet") from error
    given: dict[str, list[Form]] = {}
    for row in values["given"].split("\n"):
        gender, *forms = row.split(" ")
        for case, form in zip(CASES, forms, strict=True):
            given.setdefault(form, []).append(Form(forms[0], gender, case))
    return KnownNames(given, frozenset(values["family"].split(" ")))
