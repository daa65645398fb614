"""Editing `entities.toml`: each function adds or removes one rule and leaves the rest of the file as it was.

In: the path and a rule. Out: the file, rewritten all or nothing, with comments and order kept. Called by
`indexer entities merge`, `rename`, `ignore`, `retype`, `keep`, `add`, `split` and `undo`, and by programs.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import tomlkit

from indexer.article import EntityKind
from indexer.entities.corrections import Action, Corrected, Corrections, Part, Rule, key_of
from indexer.entities.corrections_lines import places
from indexer.entities.corrections_reader import Unwanted, parse_corrections, read_corrections, read_part
from indexer.errors import UsageError
from indexer.leftovers import replace_text

_HEADER = "# Corrections of people, organisations, places and sources. One rule a line; removing the line undoes it.\n"


def merge(path: str | Path, kind: Corrected, name: str, into: str, comment: str = "") -> Corrections:
    """Show `name` under `into`, together with what `into` already has."""
    return _add(Path(path), "merge", kind, name, _other(name, into), comment)


def rename(path: str | Path, kind: Corrected, name: str, to: str, comment: str = "") -> Corrections:
    """Show `name` as `to`."""
    return _add(Path(path), "rename", kind, name, _other(name, to), comment)


def ignore(path: str | Path, kind: EntityKind, name: str, comment: str = "") -> Corrections:
    """Show `name` nowhere."""
    return _add(Path(path), "ignore", kind, name, "true", comment)


def retype(path: str | Path, kind: EntityKind, name: str, to: EntityKind, comment: str = "") -> Corrections:
    """Show `name` as another kind."""
    return _add(Path(path), "retype", kind, name, _other(kind, to), comment)


def keep(path: str | Path, kind: EntityKind, name: str, comment: str = "") -> Corrections:
    """Show `name` by itself, whatever the archive would join it to."""
    return _add(Path(path), "keep", kind, name, "true", comment)


def add(path: str | Path, kind: EntityKind, name: str, query: str, comment: str = "") -> Corrections:
    """Have the articles that a query finds name `name`. A phrase in quotation marks is such a query."""
    part(name, query)
    return _add(Path(path), "add", kind, name, _quoted(query), comment)


def split(path: str | Path, kind: EntityKind, name: str, parts: Mapping[str, str], comment: str = "") -> Corrections:
    """Show `name` under another one in the articles of each query; `parts` are names and queries, the first first.

    An article that several queries find has the first name, one that none finds keeps `name`.
    """
    for each, query in parts.items():
        part(each, query)
    stated = ", ".join(f"{_text(each.strip())} = {_quoted(query)}" for each, query in parts.items())
    if set(map(str.strip, parts)) <= {name.strip()}:
        raise UsageError(f"split of {kind} {name!r} changes nothing. Name what it is split into, and the queries.")
    return _add(Path(path), "split", kind, name, f"{{ {stated} }}", comment)


def remove(path: str | Path, kind: Corrected, name: str, action: Action | None = None) -> Sequence[Rule]:
    """Remove the rules for a name, or the one that does `action`; returns those that there were."""
    file = Path(path)
    corrections = read_corrections(file)
    key = key_of(kind, name)
    found = [each for each in (corrections.rules.get(key), corrections.additions.get(key)) if each]
    found = [rule for rule in found if action in (None, rule.action)]
    if found:
        text = file.read_text(encoding="utf-8")
        _write(file, _checked(file, "".join(_without(text, found))))
    return found


def part(name: str, query: str) -> Part:
    """A query for the articles of a name, as the file would have it.

    Raises:
        UsageError: it could not be read back.
    """
    try:
        return read_part(name, query)
    except Unwanted as error:
        raise UsageError(error.said) from None


def _other(name: str, value: str) -> str:
    """A value as TOML has it.

    Raises:
        UsageError: it is none, or the same as the name.
    """
    if not value.strip() or value.strip() == name.strip():
        raise UsageError(f"{name!r} as {value!r} changes nothing. Name two different things.")
    return _text(value.strip())


def _text(value: str) -> str:
    return tomlkit.item(value).as_string()


def _quoted(query: str) -> str:
    """A query as TOML has it: between single quotation marks where it has double ones itself."""
    query = " ".join(query.split())
    return f"'{query}'" if '"' in query and "'" not in query and query.isprintable() else _text(query)


def _add(path: Path, action: Action, kind: Corrected, name: str, value: str, comment: str) -> Corrections:
    """Write one rule; an earlier rule for the same name gives way, unless one of the two adds it to articles.

    Raises:
        UsageError: there is no name.
        ConfigError: the file is malformed, the rule cannot be read or would close a circle; the file then stays as it
            was.
    """
    name = name.strip()
    if not name:
        raise UsageError(f"{action} of a {kind} wants a name.")
    corrections = read_corrections(path)
    known = corrections.additions if action == "add" else corrections.rules
    old = known.get(key_of(kind, name))
    text = path.read_text(encoding="utf-8") if path.exists() else _HEADER
    lines = _without(text, [old] if old else [])
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    line = f"{kind}.{_text(name)} = {value}"
    note = " ".join(comment.split())
    place = _end_of_section(lines, action)
    if place is None:
        lines += ["\n", f"[{action}]\n"]
        place = len(lines)
    lines.insert(place, line + (f"  # {note}" if note else "") + "\n")
    text = _checked(path, "".join(lines))
    _write(path, text)
    return parse_corrections(text, path)


def _without(text: str, rules: Sequence[Rule]) -> list[str]:
    """The lines of a text without those of some rules."""
    known = places(text)
    gone: set[int] = set()
    for rule in rules:
        place = known[rule.action, rule.kind, rule.name]
        gone.update(range(place.line, place.last + 1))
    return [line for at, line in enumerate(text.splitlines(keepends=True), 1) if at not in gone]


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
