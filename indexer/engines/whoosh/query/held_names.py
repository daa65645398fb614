"""What a snapshot knows of names that no label has. Called by the compiler and for filter values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer import analysis
from indexer.article import Article, EntityKind
from indexer.engines.shared.search.other_names import READ
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.query.labels import fitting_labels
from indexer.engines.whoosh.reader.columns import column, counts_of_all
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.entities.spellings_of import Spellings
from indexer.search.query import Node, Phrase


@dataclass(frozen=True, slots=True)
class SnapshotNames:
    """See `indexer.engines.shared.search.suggestions.SuggestedNames`; `docs_of` gives the documents of a query."""

    snapshot: Snapshot
    budget: TimeBudget
    docs_of: Callable[[Node], Docs]

    def fitting(self, kind: EntityKind, wanted: Spellings) -> Iterator[tuple[str, int]]:
        """The labels of which a word has one of some spellings, each with its number of articles."""
        values, (counts, _) = column(self.snapshot, kind), counts_of_all(self.snapshot, kind)
        for ordinal in fitting_labels(self.snapshot, kind, wanted, self.budget):
            yield values.label(ordinal), counts.of(ordinal)

    def counted(self, kind: EntityKind, names: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Those of some names that facets count, with the labels they are shown by and their numbers of articles."""
        values, (counts, _) = column(self.snapshot, kind), counts_of_all(self.snapshot, kind)
        found = ((name, values.corrected(name)) for name in names)
        return {name: (values.label(n), counts.of(n)) for name, n in found if n is not None and counts.of(n)}

    def naming(self, text: str) -> Iterable[Article]:
        """Some of the articles that hold a phrase, those written last."""
        docs = self.docs_of(Phrase(text)) if analysis.tokens(text) else ()
        return (self.snapshot.article(int(doc)) for doc in docs[-READ:])
