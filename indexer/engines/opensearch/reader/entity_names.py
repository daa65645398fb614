"""How an entity is found by the names it is not shown by: other spellings, corrected names, other languages.

Documents hold the names they show. The other spellings are few, and are at hand: a query looks among them for those it
means, and asks for the names they are shown by. Made with each snapshot.
"""

from collections.abc import Collection, Sequence
from functools import cached_property

from indexer import analysis
from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.document import named
from indexer.engines.opensearch.cluster.spellings import ShownNames
from indexer.engines.opensearch.reader.term_statistics import Ask, Pool, Statistics, Word
from indexer.engines.shared.joined_names import names_by_shown
from indexer.engines.shared.search.labels import LabelText, in_labels
from indexer.entities.corrections import CORRECTED, Corrected, Corrections, Named
from indexer.entities.other_names import labels_for
from indexer.search import query as q
from indexer.search.leaves import WordNode

_KINDS: dict[str, EntityKind] = {kind: kind for kind in ENTITY_KINDS}
_CORRECTED: dict[str, Corrected] = {kind: kind for kind in CORRECTED}


class _Others:
    """The names of a kind that are shown by another of the same kind."""

    def __init__(self, shown_names: ShownNames, kind: Corrected) -> None:
        rules = [(rule.kind, rule.name) for rule in shown_names.rules.rules.values()]
        self.names: list[str] = []
        self.shown: list[str] = []
        for each, name in (*shown_names.spellings.merges, *rules):
            to = _shown(shown_names.corrections, each, name) if each == kind else None
            if to is not None and to != name:
                self.names.append(name)
                self.shown.append(to)
        # Names from here on are those of rules, which no article need have.
        self.certain = sum(each == kind for each, _ in shown_names.spellings.merges)
        self.text = LabelText(self.names)


def _shown(corrections: Corrections, kind: Corrected, name: str) -> str | None:
    """The name of the same kind that one is shown by; None if there is none."""
    if kind == "source":
        return corrections.source(name)
    to = corrections.apply(kind, name)
    return to[1] if to and to[0] == kind else None


class Names:
    """The names of one generation. Safe to share between threads."""

    def __init__(self, shown_names: ShownNames, statistics: Statistics) -> None:
        self._shown_names = shown_names
        self._statistics = statistics
        self._others: dict[Corrected, _Others] = {}

    @cached_property
    def by_shown(self) -> dict[Named, list[str]]:
        """The names that are joined to each one that is shown."""
        return names_by_shown(self._shown_names.corrections)

    def find(self, field: str, name: str, ask: Ask | None = None) -> str:
        """The value of a field that a name means: the one an entity is shown by, else the name itself."""
        kind = _KINDS.get(field)
        if kind is None:
            return self._shown_names.rules.source(name) if field == "source" else name
        shown = self.corrected(kind, name)
        others = [self.corrected(kind, other) for other in labels_for(kind, name)] if self.joined else []
        if not others or self.occurs(kind, shown, ask):
            return shown
        held = self.occurring(kind, others, ask)
        return next((other for other in others if other in held), shown)

    @property
    def joined(self) -> bool:
        """Whether other names are looked for at all."""
        return self._shown_names.joins

    def corrected(self, kind: EntityKind, name: str) -> str:
        """The value that a name is shown by, if it is one that articles have."""
        to = self._shown_names.corrections.apply(kind, name)
        return to[1] if to and to[0] == kind else name

    def occurring(self, kind: EntityKind, values: Collection[str], ask: Ask | None) -> list[str]:
        """Those of some values that articles have."""
        self._statistics.count([_word(kind, value) for value in values], ask)
        return sorted(value for value in values if self.occurs(kind, value, ask))

    def occurs(self, kind: EntityKind, value: str, ask: Ask | None) -> bool:
        """Whether an article has a value, be it in passing."""
        word = _word(kind, value)
        return self._statistics.count([word], ask)[word] > 0

    def meant(self, field: str, node: WordNode, ask: Ask | None = None) -> list[str]:
        """The values of a field that a node means by names they are not shown by."""
        kind = _CORRECTED.get(field)
        if kind is None:
            return []
        if isinstance(node, q.Exact):
            found = set(self.alike(field, analysis.fold(node.text), ask))
        else:
            found = {shown for _, shown in self._in_others(kind, node, ask)}
        match node:
            case q.Term(text) | q.Exact(text) | q.Phrase(text, 0):
                shown = self.find(field, text, ask)
                if shown != text:
                    found.add(shown)
        return sorted(found)

    def alike(self, field: str, folded: str, ask: Ask | None = None) -> list[str]:
        """The values of a field shown for names that equal a folded one but for case and accents."""
        kind = _CORRECTED.get(field)
        if kind is None:
            return []
        return [shown for name, shown in self._in_others(kind, q.Exact(folded), ask) if analysis.fold(name) == folded]

    def _in_others(self, kind: Corrected, node: WordNode, ask: Ask | None) -> Sequence[tuple[str, str]]:
        """The names that a node means, each with the one it is shown by."""
        others = self._others.get(kind) or self._others.setdefault(kind, _Others(self._shown_names, kind))
        found = sorted(set(in_labels(others.text, kind, node))) if others.names else []
        return [
            (others.names[number], others.shown[number])
            for number in found
            if number < others.certain or self._occurs("named", named(kind, others.names[number]), ask)
        ]

    def _occurs(self, field: str, term: str, ask: Ask | None) -> bool:
        word: Word = (Pool(field, (term,)),)
        return self._statistics.count([word], ask)[word] > 0


def _word(kind: EntityKind, value: str) -> Word:
    return (Pool(mapping.facet(kind, True), (value,)),)
