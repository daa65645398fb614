"""The archive's own corrections of entities: `entities.toml` beside the index, one rule a line.

    [merge]
    person."Sergei Lavrov" = "Sergey Lavrov"     # one man, two spellings
    [rename]
    place."Kiev" = "Kyiv"
    [ignore]
    organisation."Read More" = true              # a button, not a company
    [retype]
    person."Interfax" = "organisation"
    [keep]
    person."Obama" = true                        # by itself, whomever most articles mean by it

In: the file. Out: a `Corrections` value that maps kind and name to the kind and name shown, or to nothing. Applied
when an index is read, so that removing a line undoes it. Engines call `apply`, the command line the editing
functions of `corrections_file`. Case and accents of the names on the left do not matter.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.normalise import fold
from indexer.errors import ConfigError

Named = tuple[EntityKind, str]
Action = Literal["merge", "rename", "ignore", "retype", "keep"]
ACTIONS: tuple[Action, ...] = ("merge", "rename", "ignore", "retype", "keep")
# What the two actions that take a name, and the others, want on the right.
_WANTED = {
    "merge": 'the name to merge into, as "Sergey Lavrov"',
    "rename": 'the new name, as "Kyiv"',
    "ignore": "true",
    "keep": "true",
    "retype": 'the right kind: "person", "organisation" or "place"',
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the file: what happens to a name of a kind. `target` is None for an ignored name
    and for one that is kept by itself."""

    action: Action
    kind: EntityKind
    name: str
    target: Named | None
    line: int = 0
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All rules, by kind and folded name, and the safe merges of an archive's spellings (`variants.safe_merges`).

    The empty value corrects nothing.
    """

    rules: Mapping[tuple[EntityKind, str], Rule] = field(default_factory=dict)
    merges: Mapping[Named, Named] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rules or self.merges)

    def apply(self, kind: EntityKind, name: str) -> Named | None:
        """The kind and name under which a label is shown; None when it is ignored.

        Rules follow one another; a spelling without a rule of its own goes with the one it is merged into.
        """
        if not self.touches(kind, name):
            kind, name = self.merges.get((kind, name), (kind, name))
        rule = self.rules.get((kind, fold(name)))
        while rule is not None and rule.action != "keep":
            if rule.target is None:
                return None
            kind, name = rule.target
            rule = self.rules.get((kind, fold(name)))
        return kind, name

    def explain(self, kind: EntityKind, name: str) -> tuple[Rule, ...]:
        """The rules that apply to a label, in order."""
        steps: list[Rule] = []
        rule = self.rules.get((kind, fold(name)))
        while rule is not None:
            steps.append(rule)
            rule = self.rules.get((rule.target[0], fold(rule.target[1]))) if rule.target else None
        return tuple(steps)

    def touches(self, kind: EntityKind, name: str) -> bool:
        """Whether a rule has this label on its left."""
        return (kind, fold(name)) in self.rules


def read_corrections(path: str | Path) -> Corrections:
    """Read the file; a missing one corrects nothing.

    Raises:
        ConfigError: not TOML, an unknown action, kind or value, or rules that lead back to themselves. The message
            names the line and the nearest right thing.
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
        tables = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        line = getattr(error, "line", 0)
        raise ConfigError(f"{file} line {line} is not valid TOML: {error}. Correct that line.") from None
    rules: dict[tuple[EntityKind, str], Rule] = {}
    lines = text.splitlines()
    for action, table in tables.items():
        for rule in _rules(file, lines, action, table):
            key = (rule.kind, fold(rule.name))
            if key in rules:
                raise ConfigError(
                    f"{file} line {rule.line}: {rule.kind} {rule.name!r} already has a rule in line "
                    f"{rules[key].line}. Keep one of them."
                )
            rules[key] = rule
    corrections = Corrections(rules)
    for rule in rules.values():
        _refuse_circle(file, corrections, rule)
    return corrections


def _rules(file: Path, lines: Sequence[str], action: str, table: Any) -> list[Rule]:
    known = {name: name for name in ACTIONS}
    if action not in known or not isinstance(table, dict):
        line = _line_of(lines, 0, action)
        raise ConfigError(f"{file} line {line}: unknown section [{action}]{_nearest(action, ACTIONS)}.")
    found: list[Rule] = []
    header = _line_of(lines, 0, action)
    kinds = {kind: kind for kind in ENTITY_KINDS}
    for kind, names in table.items():
        if kind not in kinds or not isinstance(names, dict):
            line = _line_of(lines, header, kind)
            raise ConfigError(
                f"{file} line {line}: {kind!r} is no kind of entity{_nearest(kind, ENTITY_KINDS)}. "
                f'Write a rule as: person."Name" = ...'
            )
        for name, value in names.items():
            line = _line_of(lines, header, name)
            try:
                target = _target(known[action], kinds[kind], name, value)
            except ValueError:
                hint = _nearest(value, ENTITY_KINDS) if action == "retype" and isinstance(value, str) else ""
                raise ConfigError(
                    f"{file} line {line}: {action} {kind} {name!r} wants {_WANTED[action]}, not {value!r}{hint}."
                ) from None
            comment = lines[line - 1].rpartition(" #")[2].strip() if line and " #" in lines[line - 1] else ""
            found.append(Rule(known[action], kinds[kind], name, target, line, comment))
    return found


def _target(action: Action, kind: EntityKind, name: str, value: object) -> Named | None:
    """What the right side of a rule means; ValueError when it means nothing."""
    if action in ("ignore", "keep") and value is True:
        return None
    if action in ("ignore", "keep") or not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    if action == "retype":
        kinds = {known: known for known in ENTITY_KINDS}
        if value not in kinds or value == kind:
            raise ValueError(value)
        return kinds[value], name
    return kind, value.strip()


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; perhaps you meant {near[0]!r}" if near else f"; known are {', '.join(known)}"


def _line_of(lines: Sequence[str], after: int, key: str) -> int:
    """The line (from 1) that has a key, from line `after` on; 0 when it is written in no way we know."""
    quoted = re.escape(key)
    pattern = re.compile(rf"""(?:^|[\[."'\s]){quoted}(?:["'\].\s=]|$)""")
    for number, line in enumerate(lines[max(after - 1, 0) :], max(after, 1)):
        if pattern.search(line.replace('\\"', '"')) and not line.lstrip().startswith("#"):
            return number
    return 0


def _refuse_circle(file: Path, corrections: Corrections, rule: Rule) -> None:
    seen: list[Rule] = []
    step: Rule | None = rule
    while step is not None and step.target is not None:
        if step in seen:
            names = ", ".join(f"line {r.line}" for r in seen)
            raise ConfigError(f"{file}: {names} lead back to {rule.name!r} in a circle. Remove one of them.")
        seen.append(step)
        step = corrections.rules.get((step.target[0], fold(step.target[1])))
