"""The words of a snapshot, for "did you mean". Called by the search when it found little."""

from collections.abc import Mapping, Sequence

from indexer.engines.whoosh.query import expand
from indexer.engines.whoosh.query.compile import Compiler
from indexer.search.query import Exact, Fuzzy


class SnapshotVocabulary:
    """See `indexer.engines.shared.search.did_you_mean.Vocabulary`."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler

    @property
    def languages(self) -> Sequence[str | None]:
        """The languages of the articles."""
        return self._compiler.context.snapshot.languages

    def held(self, word: str) -> int:
        """In how many articles a word is, in the field that has it most often."""
        asked = [(field, one) for field in self._compiler.texts for one in self._compiler.asked(field, word)]
        return max((self._compiler.leaf(field, one).count for field, one in asked), default=0)

    def standing(self, word: str) -> int:
        """In how many articles a word stands as it is, in the field that has it most often."""
        return max(len(self._compiler.compile(Exact(word, field)).docs()) for field in self._compiler.texts)

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """The words within so many edits, each with the number of articles that have it or one of its inflections."""
        context = self._compiler.context
        found = expand.words(context.snapshot, self._compiler.texts, Fuzzy(word, edits), context.budget)
        return dict(zip(found.words, found.frequencies.tolist(), strict=True))
