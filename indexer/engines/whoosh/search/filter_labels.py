"""The labels of a snapshot's facets, for filter values typed by hand. Called by the search."""

from collections.abc import Iterable, Iterator, Sequence

from indexer import analysis
from indexer.engines.shared.search.labels import LabelText, in_labels
from indexer.engines.shared.search.other_names import HeldNames
from indexer.engines.shared.search.paths import path_of
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.query.labels import written_labels
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.path_tree import Paths, paths
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.facets import unfiltered_counts
from indexer.fields import BY_NAME, Kind
from indexer.search.query import Exact, Phrase

# How many edits more the words of two labels may be apart than the labels themselves: `'s` is no part of a word.
_DROPPED = 2


class SnapshotLabels:
    """See `indexer.engines.shared.search.filter_values.Labels`."""

    def __init__(self, snapshot: Snapshot, budget: TimeBudget, names: HeldNames) -> None:
        self._snapshot = snapshot
        self._budget = budget
        self.names = names if snapshot.joins_spellings else None

    def shown(self, field: str, value: str) -> str | None:
        """The label that a value means as it stands."""
        values = column(self._snapshot, field)
        if BY_NAME[field].kind is Kind.PATH:
            return value if len(paths(values).below(value)) > 0 else None
        number = values.find(value)
        return None if number is None else values.label(number)

    def alike(self, field: str, value: str) -> Sequence[str]:
        """The labels that equal a value but for case and accents, A-Z."""
        values = column(self._snapshot, field)
        if BY_NAME[field].kind is Kind.PATH:
            return paths(values).alike(path_of(value))
        wanted = analysis.fold(value)
        found: set[int] = set()
        for part in written_labels(values):
            self._budget.check()
            same_words = in_labels(part.text, field, Exact(value))
            equal = [number for number in same_words if analysis.fold(part.label(number)) == wanted]
            found.update(part.ordinals(equal).tolist())
        return sorted(values.labels(found))

    def near(self, field: str, value: str, edits: int) -> Iterable[tuple[str, int]]:
        """Labels that may be within so many edits of a value, or hold its words, each with its number of articles."""
        values = column(self._snapshot, field)
        if BY_NAME[field].kind is Kind.PATH:
            return self._near_paths(paths(values), field, value, edits)
        counts = unfiltered_counts(self._snapshot, field)
        found: set[int] = set()
        for part in written_labels(values):
            self._budget.check()
            found.update(part.ordinals(_candidates(part.text, field, value, edits)).tolist())
        return [(values.label(ordinal), counts.of(ordinal)) for ordinal in found]

    def _near_paths(self, tree: Paths, field: str, value: str, edits: int) -> Iterable[tuple[str, int]]:
        counts = tree.count(unfiltered_counts(self._snapshot, field))
        found = set(_candidates(LabelText(tree.names), field, value, edits))
        return [(tree.names[number], counts.of(number)) for number in found]


def _candidates(text: LabelText, field: str, value: str, edits: int) -> Iterator[int]:
    if edits:
        yield from text.near(value, edits + _DROPPED)
    yield from in_labels(text, field, Phrase(value))
