"""The words of a snapshot, for "did you mean". Called by the search when it found little."""

from collections.abc import Mapping, Sequence

from indexer.engines.whoosh.query import expand
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.reader.recent import Recent
from indexer.search.query import Exact, Fuzzy

# Words whose frequency is kept, and near words, for a generation: whoever mistypes asks again, and lists of names have
# the same words on many lines.
_STANDING, _NEAR = 20_000, 20_000


class SnapshotVocabulary:
    """See `indexer.engines.shared.search.did_you_mean.Vocabulary`."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._snapshot = compiler.snapshot

    @property
    def languages(self) -> Sequence[str | None]:
        """The languages of the articles."""
        return self._snapshot.languages

    def held(self, word: str) -> int:
        """In how many articles a word is, in the field that has it most often."""
        asked = [(field, one) for field in self._compiler.texts for one in self._compiler.asked(field, word)]
        return max((self._compiler.leaf(field, one).count for field, one in asked), default=0)

    def standing(self, word: str) -> int:
        """In how many articles a word stands as it is, in the field that has it most often."""
        key = self._compiler.texts, word
        known: Recent[int] = self._snapshot.cached("standing words", lambda: Recent(_STANDING, lambda _: 1))
        return known.get(key, lambda: self._find_standing(word))

    def _find_standing(self, word: str) -> int:
        return max(len(self._compiler.compile(Exact(word, field)).docs()) for field in self._compiler.texts)

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """The words within so many edits, each with the number of articles that have it or one of its inflections."""
        key = self._compiler.texts, word, edits
        known: Recent[Mapping[str, int]] = self._snapshot.cached("near words", lambda: Recent(_NEAR, _size))
        return known.get(key, lambda: self._find_near(word, edits))

    def _find_near(self, word: str, edits: int) -> Mapping[str, int]:
        found = expand.words(self._snapshot, self._compiler.texts, Fuzzy(word, edits), self._compiler.context.budget)
        return dict(zip(found.words, found.frequencies.tolist(), strict=True))


def _size(near: Mapping[str, int]) -> int:
    return 1 + len(near)
