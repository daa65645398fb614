"""The archive's own corrections of people, organisations, places and sources, as values.

`corrections_reader` makes them of the file `entities.toml`, `corrections_file` edits that. Applied when an index is
read, so that removing a line undoes it. Case and accents of the names on the left do not matter.

Two kinds of rules. Those of a name alone (merge, rename, ignore, retype, keep) say what a label is shown as, whichever
article has it: `Corrections.apply`. Those with queries (add, split) depend on the article: an added name is one that
the articles of a query have as well, and a name that is split is another one in the articles of each query
(`Corrections.shown`). Whoever applies them says which articles a query finds. Queries see names as they are before any
name is added or split (`Corrections.without_queries`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, cast

from indexer.article import EntityKind
from indexer.entities.normalise import fold
from indexer.search.query import Node

Named = tuple[EntityKind, str]
# What can be corrected: entities, and the sources of articles.
Corrected = EntityKind | Literal["source"]
CORRECTED: tuple[Corrected, ...] = ("person", "organisation", "place", "source")
Action = Literal["merge", "rename", "ignore", "retype", "keep", "add", "split"]
# Whether an article is among those that a query, as it is written, finds.
Finds = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """A name that the articles of a query get."""

    name: str
    query: str
    tree: Node


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the file: what happens to a name of a kind.

    `target` is what a name is shown as, None for one that is ignored, kept by itself, added or split. `parts` are the
    names that it is split into, in order; of an added name the name itself.
    """

    action: Action
    kind: Corrected
    name: str
    target: tuple[Corrected, str] | None
    line: int = 0
    comment: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def named(self) -> Named:
        """Kind and name of a rule for entities; those for sources have another way."""
        return cast(Named, (self.kind, self.name))

    @property
    def text(self) -> str:
        """The rule in a line, as `explain` and the pages of names show it."""
        match self.action:
            case "add":
                return f"add {self.kind} {self.name} to {self.parts[0].query}"
            case "split":
                into = "; ".join(f"{part.name} = {part.query}" for part in self.parts)
                return f"split {self.kind} {self.name} -> {into}"
        return f"{self.action} {self.kind} {self.name}" + (f" -> {' '.join(self.target)}" if self.target else "")

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "rule": self.action,
            "field": self.kind,
            "name": self.name,
            "into": dict(zip(("field", "name"), self.target, strict=True)) if self.target else None,
            "queries": [{"name": part.name, "query": part.query} for part in self.parts],
            "comment": self.comment,
        }


Key = tuple[Corrected, str]


def key_of(kind: Corrected, name: str) -> Key:
    """What a rule is looked up by: the kind, and the name without case and accents."""
    return kind, fold(name)


@dataclass(frozen=True)
class Corrections:
    """All rules, by kind and folded name, and the safe merges of an archive's spellings (`variants.safe_merges`).

    `additions` stand apart, because a name that is added may have another rule as well. The empty value corrects
    nothing.
    """

    rules: Mapping[Key, Rule] = field(default_factory=dict)
    merges: Mapping[Named, Named] = field(default_factory=dict)
    additions: Mapping[Key, Rule] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rules or self.merges or self.additions)

    # Of a name alone

    def apply(self, kind: EntityKind, name: str) -> Named | None:
        """The kind and name under which a label is shown; None when it is ignored.

        Rules follow one another; a spelling without a rule of its own goes with the one it is merged into. A name that
        is split is shown under the name of its rule, where none of the queries finds the article: see `shown`.
        """
        if not self.touches(kind, name):
            kind, name = self.merges.get((kind, name), (kind, name))
        rule = self.rules.get((kind, fold(name)))
        while rule is not None and rule.action != "keep":
            if rule.action == "split":
                return kind, rule.name
            if rule.target is None:
                return None
            kind, name = cast(Named, rule.target)  # an entity is never made a source
            rule = self.rules.get((kind, fold(name)))
        return kind, name

    def source(self, name: str) -> str:
        """The name under which a source is shown."""
        rule = self.rules.get(("source", fold(name)))
        while rule is not None and rule.target is not None:
            name = rule.target[1]
            rule = self.rules.get(("source", fold(name)))
        return name

    def touches(self, kind: Corrected, name: str) -> bool:
        """Whether a rule has this label on its left; one that adds it to articles does not count."""
        return (kind, fold(name)) in self.rules

    def explain(self, kind: Corrected, name: str) -> tuple[Rule, ...]:
        """The rules that apply to a label, in order: the one that adds it first."""
        steps = [added] if (added := self.additions.get(key_of(kind, name))) else []
        rule = self.rules.get(key_of(kind, name))
        while rule is not None:
            steps.append(rule)
            rule = self.rules.get(key_of(*rule.target)) if rule.target else None
        return tuple(steps)

    def shaping(self, kind: Corrected, name: str) -> tuple[Rule, ...]:
        """The rules because of which the articles of a shown name have it: those that lead to it, in any number of
        steps, the split that it is what is left of, and the one that keeps it. In the order of the file."""
        found: dict[int, Rule] = {}
        wanted = [key_of(kind, name)]
        seen = set(wanted)
        while wanted:
            key = wanted.pop()
            for rule in self.every():
                into = [rule.target] if rule.target else [(rule.kind, part.name) for part in rule.parts]
                own = key_of(rule.kind, rule.name)
                stays = rule.action in ("split", "keep") and own == key
                if key not in {key_of(*each) for each in into} and not stays:
                    continue
                found[id(rule)] = rule
                if own not in seen:
                    seen.add(own)
                    wanted.append(own)
        return tuple(sorted(found.values(), key=lambda rule: rule.line))

    def every(self) -> Iterator[Rule]:
        """All rules, those that add names last."""
        yield from self.rules.values()
        yield from self.additions.values()

    def wanted(self) -> Iterator[Named]:
        """The names of entities that rules ask for: they come before other spellings."""
        for rule in self.every():
            if rule.target:
                yield cast(Named, rule.target)
            yield from (cast(Named, (rule.kind, part.name)) for part in rule.parts)

    @cached_property
    def has_sources(self) -> bool:
        """Whether any source is corrected."""
        return any(kind == "source" for kind, _ in self.rules)

    # With queries

    @cached_property
    def queries(self) -> Mapping[str, Node]:
        """The queries of all rules that have some, as they are written and as they are read."""
        return {part.query: part.tree for rule in self.every() for part in rule.parts}

    def without_queries(self) -> "Corrections":
        """The same without the rules that add and split: what their queries see."""
        return Corrections({key: rule for key, rule in self.rules.items() if rule.action != "split"}, self.merges)

    def split(self, named: Named) -> Rule | None:
        """The rule by which a label that `apply` gave is split."""
        rule = self.rules.get(key_of(*named))
        return rule if rule is not None and rule.action == "split" else None

    def shown(self, named: Named, finds: Finds) -> Named | None:
        """What a label that `apply` gave is shown as in an article: the part of the first query that finds it."""
        rule = self.split(named) if self.queries else None
        part = next((part for part in rule.parts if finds(part.query)), None) if rule else None
        return self.apply(named[0], part.name) if part else named

    def added(self, finds: Finds) -> Iterator[tuple[Named, Rule]]:
        """The names that an article gets by rules, as they are shown there, with the rules."""
        for rule in self.additions.values():
            if finds(rule.parts[0].query):
                named = self.apply(*rule.named)
                shown = self.shown(named, finds) if named else None
                if shown:
                    yield shown, rule
