"""The file `entities.toml` -> `Corrections`. One rule a line, in a section for each kind of rule:

    [merge]
    person."Sergei Lavrov" = "Sergey Lavrov"     # one man, two spellings
    source."sena" = "SANA"
    [rename]
    place."Kiev" = "Kyiv"
    [ignore]
    organisation."Read More" = true              # a button, not a company
    [retype]
    person."Interfax" = "organisation"
    [keep]
    person."Obama" = true                        # by itself, whomever most articles mean by it
    [add]
    person."Jane Doe" = '"Ms Doe" source:AP'     # never named in full
    [split]
    person."John Smith" = { "John Smith (senator)" = 'senate', "John Smith (footballer)" = 'football' }

A further kind of rule is a further row in `_SECTIONS`. Called by the engines, the command line and whoever edits the
file.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from indexer.article import ENTITY_KINDS
from indexer.entities.corrections import CORRECTED, Action, Corrected, Corrections, Part, Rule, key_of
from indexer.entities.corrections_lines import Place, places
from indexer.errors import ConfigError
from indexer.search.parser import parse
from indexer.search.query import MatchAll

# What a rule shows its name as, and its parts.
_Right = tuple[tuple[Corrected, str] | None, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class _Line:
    """What is left of the equals sign of a rule, and what is right of it."""

    action: Action
    kind: Corrected
    name: str
    value: Any


class Unwanted(ValueError):
    """The right side of a rule means nothing; `said` is what is wrong with it, "" where that is plain."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class _Section:
    """A kind of rule: what it wants on the right, of what it is, and how the right side is read."""

    wanted: str
    kinds: Sequence[Corrected]
    read: Callable[[_Line], _Right]


def read_corrections(path: str | Path) -> Corrections:
    """Read the file; a missing one corrects nothing.

    Raises:
        ConfigError: not TOML, an unknown section, kind or value, a query that cannot be read, or rules that lead back
            to themselves. The message names the line and the nearest right thing.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The corrections {file} cannot be read: {error}.") from None
    return parse_corrections(text, file)


def parse_corrections(text: str, file: Path) -> Corrections:
    """The rules of a file's text; `file` is for messages. Raises as `read_corrections` does."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f" line {line[1]}" if line else ""
        raise ConfigError(f"{file}{where} is not valid TOML: {error}. Correct that line.") from None
    rules: dict[tuple[Corrected, str], Rule] = {}
    additions: dict[tuple[Corrected, str], Rule] = {}
    lines = places(text)
    for action, table in tables.items():
        for rule in _rules(file, lines, action, table):
            known = additions if rule.action == "add" else rules
            key = key_of(rule.kind, rule.name)
            if key in known:
                raise ConfigError(
                    f"{file} line {rule.line}: {rule.kind} {rule.name!r} already has a rule in line "
                    f"{known[key].line}. Keep one of them."
                )
            known[key] = rule
    corrections = Corrections(rules, additions=additions)
    for rule in rules.values():
        _refuse_circle(file, corrections, rule)
    for rule in rules.values():
        _refuse_split_parts(file, corrections, rule)
    return corrections


def _rules(file: Path, lines: Mapping[tuple[str, ...], Place], action: str, table: Any) -> Iterator[Rule]:
    section = _SECTIONS.get(cast(Action, action))  # any word may stand there
    if section is None or not isinstance(table, dict):
        line = next((place.line for path, place in lines.items() if path[0] == action), 0)
        raise ConfigError(f"{file} line {line}: unknown section [{action}]{_nearest(action, list(_SECTIONS))}.")
    for kind, names in table.items():
        if kind not in CORRECTED or not isinstance(names, dict):
            line = next((place.line for path, place in lines.items() if path[:2] == (action, kind)), 0)
            raise ConfigError(
                f"{file} line {line}: {kind!r} is nothing that can be corrected{_nearest(kind, CORRECTED)}. "
                f'Write a rule as: person."Name" = ...'
            )
        for name, value in names.items():
            place = lines.get((action, kind, name)) or Place(0, 0)
            read = _Line(cast(Action, action), cast(Corrected, kind), name, value)
            try:
                target, parts = _read(section, read)
            except Unwanted as error:
                said = error.said or f"{action} {kind} {name!r} wants {section.wanted}, not {value!r}."
                raise ConfigError(f"{file} line {place.line}: {said}") from None
            yield Rule(read.action, read.kind, name, target, place.line, place.comment, parts)


def _read(section: _Section, line: _Line) -> _Right:
    if line.kind not in section.kinds:
        raise Unwanted(f"a {line.kind} can be merged and renamed; there is no {line.action} for it.")
    return section.read(line)


def _another_name(line: _Line) -> _Right:
    if not isinstance(line.value, str) or not line.value.strip():
        raise Unwanted
    return (line.kind, line.value.strip()), ()


def _nothing(line: _Line) -> _Right:
    if line.value is not True:
        raise Unwanted
    return None, ()


def _another_kind(line: _Line) -> _Right:
    if line.value not in ENTITY_KINDS or line.value == line.kind:
        hint = _nearest(line.value, ENTITY_KINDS) if isinstance(line.value, str) else ""
        wanted = _SECTIONS["retype"].wanted
        raise Unwanted(f"retype {line.kind} {line.name!r} wants {wanted}, not {line.value!r}{hint}.")
    return (line.value, line.name), ()


def _articles(line: _Line) -> _Right:
    return None, (read_part(line.name, line.value),)


def _names(line: _Line) -> _Right:
    if not isinstance(line.value, dict) or not line.value:
        raise Unwanted
    what = f"split {line.kind} {line.name!r}"
    if not all(part.strip() for part in line.value):
        raise Unwanted(f"{what} has a part without a name.")
    parts = tuple(read_part(part, query) for part, query in line.value.items())
    if len({key_of(line.kind, part.name) for part in parts}) < len(parts):
        raise Unwanted(f"{what} has two parts of one name. Join their queries with OR.")
    return None, parts


def read_part(name: str, query: Any) -> Part:
    """A name that the articles of a query get.

    Raises:
        Unwanted: the query is none, or cannot be read as it stands, or finds every article.
    """
    if not isinstance(query, str):
        raise Unwanted
    parsed = parse(query)
    if parsed.warnings:
        raise Unwanted(f"the query {query!r} of {name!r} cannot be read as it stands: {parsed.warnings[-1].message}")
    if isinstance(parsed.tree, MatchAll):
        raise Unwanted(f"the query of {name!r} finds every article. Say which ones have the name.")
    return Part(name.strip(), query, parsed.tree)


_SECTIONS: Mapping[Action, _Section] = {
    "merge": _Section('the name to merge into, as "Sergey Lavrov"', CORRECTED, _another_name),
    "rename": _Section('the new name, as "Kyiv"', CORRECTED, _another_name),
    "ignore": _Section("true", ENTITY_KINDS, _nothing),
    "retype": _Section('the right kind: "person", "organisation" or "place"', ENTITY_KINDS, _another_kind),
    "keep": _Section("true", ENTITY_KINDS, _nothing),
    "add": _Section("a query for the articles that get the name, as '\"Ms Doe\" source:AP'", ENTITY_KINDS, _articles),
    "split": _Section(
        "names, each with the query for its articles, as { \"John Smith (senator)\" = 'senate' }", ENTITY_KINDS, _names
    ),
}
ACTIONS: tuple[Action, ...] = tuple(_SECTIONS)


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; perhaps you meant {near[0]!r}" if near else f"; known are {', '.join(known)}"


def _following(corrections: Corrections, rule: Rule) -> Iterator[Rule]:
    """The rules of the names that a rule leads to. A part with the name of its split is what stays as it is."""
    own = key_of(rule.kind, rule.name)
    into = [rule.target] if rule.target else [(rule.kind, part.name) for part in rule.parts]
    for kind, name in into:
        found = corrections.rules.get(key_of(kind, name))
        if found is not None and (rule.target or key_of(kind, name) != own):
            yield found


def _refuse_circle(file: Path, corrections: Corrections, rule: Rule, before: tuple[Rule, ...] = ()) -> None:
    if rule in before:
        names = ", ".join(f"line {each.line}" for each in before)
        raise ConfigError(f"{file}: {names} lead back to {before[0].name!r} in a circle. Remove one of them.")
    for each in _following(corrections, rule):
        _refuse_circle(file, corrections, each, (*before, rule))


def _refuse_split_parts(file: Path, corrections: Corrections, rule: Rule) -> None:
    """What a name is split into is not split again: all queries for its articles stand in one line."""
    for part in rule.parts if rule.action == "split" else ():
        if key_of(rule.kind, part.name) == key_of(rule.kind, rule.name):
            continue
        for each in corrections.explain(rule.kind, part.name):
            if each.action == "split":
                raise ConfigError(
                    f"{file} line {rule.line}: {part.name!r}, a part of {rule.name!r}, is split again in line "
                    f"{each.line}. Write all queries in one of the two."
                )
