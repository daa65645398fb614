"""The words of an archive on a cluster, for "did you mean". Called by the search when it found little."""

from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.engines.opensearch.cluster.mapping import exact, term
from indexer.engines.opensearch.query.compile import Compiler
from indexer.engines.opensearch.reader.term_statistics import Pool

# Words that each shard compares and returns for a misspelt one.
PER_SHARD = 100
_SUGGESTER = {
    "suggest_mode": "always",
    "prefix_length": 0,
    "min_word_length": 1,
    "max_inspections": 50,
    "accuracy": 0.2,
    "size": 20,
    "shard_size": PER_SHARD,
    "string_distance": "damerau_levenshtein",
    "analyzer": "words",
}


class ClusterVocabulary:
    """See `indexer.engines.shared.search.did_you_mean.Vocabulary`."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler

    @property
    def languages(self) -> Sequence[str | None]:
        """The languages of the articles."""
        return self._compiler.statistics.languages

    def held(self, word: str) -> int:
        """In how many articles a word is, in the field that has it most often."""
        words = [
            (self._compiler.pool(field, one),) for field in self._compiler.texts for one in self._compiler.asked(word)
        ]
        return max(self._compiler.statistics.count(words, self._compiler.ask).values(), default=0)

    def standing(self, word: str) -> int:
        """In how many articles a word stands as it is, in the field that has it most often."""
        words = [(Pool(exact(field), (term(word),)),) for field in self._compiler.texts]
        return max(self._compiler.statistics.count(words, self._compiler.ask).values())

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """The words within so many edits, each with its frequency."""
        asked = {
            name: {"term": {"field": exact(name), "max_edits": edits, **_SUGGESTER}} for name in self._compiler.texts
        }
        answer = self._compiler.ask({"size": 0, "suggest": {"text": word, **asked}})
        found: Counter[str] = Counter()
        for name in self._compiler.texts:
            for entry in answer["suggest"][name]:
                found.update({option["text"]: option["freq"] for option in entry["options"]})
        return found
