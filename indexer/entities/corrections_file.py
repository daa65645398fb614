"""Editing `entities.toml`: each function adds or removes one rule and leaves the rest of the file as it was.

In: the path and a rule. Out: the file, rewritten all or nothing, with comments and order kept. Called by
`indexer entities merge`, `rename`, `ignore`, `retype`, `keep` and `undo`.
"""

import re
from pathlib import Path

import tomlkit

from indexer.article import EntityKind
from indexer.entities.corrections import Action, Corrections, parse_corrections, read_corrections
from indexer.entities.normalise import fold
from indexer.errors import UsageError
from indexer.leftovers import replace_text

_HEADER = "# Corrections of people, organisations and places. One rule a line; removing the line undoes it.\n"


def merge(path: str | Path, kind: EntityKind, name: str, into: str, comment: str = "") -> Corrections:
    """Show `name` under `into`, together with what `into` already has."""
    return _add(Path(path), "merge", kind, name, into, comment)


def rename(path: str | Path, kind: EntityKind, name: str, to: str, comment: str = "") -> Corrections:
    """Show `name` as `to`."""
    return _add(Path(path), "rename", kind, name, to, comment)


def ignore(path: str | Path, kind: EntityKind, name: str, comment: str = "") -> Corrections:
    """Show `name` nowhere."""
    return _add(Path(path), "ignore", kind, name, True, comment)


def retype(path: str | Path, kind: EntityKind, name: str, to: EntityKind, comment: str = "") -> Corrections:
    """Show `name` as another kind."""
    return _add(Path(path), "retype", kind, name, to, comment)


def keep(path: str | Path, kind: EntityKind, name: str, comment: str = "") -> Corrections:
    """Show `name` by itself, whatever the archive would join it to."""
    return _add(Path(path), "keep", kind, name, True, comment)


def remove(path: str | Path, kind: EntityKind, name: str) -> bool:
    """Remove the rule for a name; False when there is none."""
    file = Path(path)
    rule = read_corrections(file).rules.get((kind, fold(name)))
    if rule is None:
        return False
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    _write(file, _checked(file, "".join(_without(lines, rule.line))))
    return True


def _add(path: Path, action: Action, kind: EntityKind, name: str, value: str | bool, comment: str) -> Corrections:
    """Write one rule; an earlier rule for the same name gives way.

    Raises:
        UsageError: the rule would change nothing.
        ConfigError: the file is malformed, or the rule would close a circle; the file then stays as it was.
    """
    name = name.strip()
    if not name or (isinstance(value, str) and (not value.strip() or value.strip() == name)):
        raise UsageError(f"{action} of {kind} {name!r} to {value!r} changes nothing. Name two different things.")
    old = read_corrections(path).rules.get((kind, fold(name)))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else [_HEADER]
    if old is not None:
        lines = _without(lines, old.line)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    stated = "true" if value is True else tomlkit.item(str(value).strip()).as_string()
    line = f"{kind}.{tomlkit.item(name).as_string()} = {stated}"
    note = " ".join(comment.split())
    place = _end_of_section(lines, action)
    if place is None:
        lines += ["\n", f"[{action}]\n"]
        place = len(lines)
    lines.insert(place, line + (f"  # {note}" if note else "") + "\n")
    text = _checked(path, "".join(lines))
    _write(path, text)
    return parse_corrections(text, path)


def _without(lines: list[str], number: int) -> list[str]:
    return [line for at, line in enumerate(lines, 1) if at != number]


def _end_of_section(lines: list[str], action: str) -> int | None:
    """Where the next line of a section goes: after its last rule, before the blank lines that follow."""
    header = re.compile(rf"\s*\[\s*{action}\s*\]")
    inside = False
    place: int | None = None
    for at, line in enumerate(lines):
        if line.lstrip().startswith("["):
            inside = header.match(line) is not None
        if inside and line.strip():
            place = at + 1
    return place


def _checked(path: Path, text: str) -> str:
    parse_corrections(text, path)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, text, new_mode=0o644)
