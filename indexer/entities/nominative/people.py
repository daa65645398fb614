"""The people of one document in the nominative.

In: the names of people as the text has them, each as words, with how often. Out: the nominative of each. A name whose
given name is listed mostly says its case itself; what several cases allow is settled by the other names of the
document, then by family names that news have. What stays open keeps the form of the text. Called by `tagger`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from indexer.entities.nominative.names import KnownNames
from indexer.entities.nominative.readings import Grammar, Reading, readings

Words = tuple[str, ...]


class People:
    """Settles names; keeps what it has worked out about each."""

    def __init__(self, names: KnownNames, grammar: Grammar) -> None:
        self._names = names
        self._grammar = grammar
        self._readings = lru_cache(maxsize=50_000)(lambda words: tuple(readings(words, names, grammar)))

    def settle(self, counts: Mapping[Words, int]) -> dict[Words, Words]:
        """The nominative of each name of a document."""
        found = {words: self._readings(words) for words in counts}
        full = {words: found[words] for words in counts if self._length(words) > 1}
        support = self._support(full, counts)
        result = {words: self._full(words, full[words], support, counts) for words in full}
        families = Counter(self._family(words) for words in result.values())
        for words in counts:
            if words not in full:
                result[words] = self._single(words, found[words], families, counts)
        return result

    def _length(self, words: Words) -> int:
        return sum(len(word) > 1 and word[-1] != "." and word.lower() not in self._grammar.particles for word in words)

    def _support(self, full: Mapping[Words, Sequence[Reading]], counts: Mapping[Words, int]) -> Counter[Words]:
        """How many mentions each possible nominative explains."""
        support: Counter[Words] = Counter()
        for words, options in full.items():
            for option in {reading.words for reading in options}:
                support[option] += counts[words]
        return support

    def _full(
        self, words: Words, options: Sequence[Reading], support: Mapping[Words, int], counts: Mapping[Words, int]
    ) -> Words:
        """Of several words: what explains most of the document, stands in it, is listed, and is likeliest by itself."""
        usable = [reading for reading in options if reading.known or support[reading.words] > 1]
        if not usable:
            return words
        stands = {reading.words for reading in usable}
        own = support[words] if words in stands else 0
        best = max(
            usable,
            key=lambda reading: (
                support[reading.words],
                reading.words != words and reading.words in counts,
                self._weight(reading),
                reading.words == words,
                -usable.index(reading),
            ),
        )
        if not best.known and (best.words == words or support[best.words] <= own):
            return words
        return best.words

    def _weight(self, reading: Reading) -> bool:
        return self._family(reading.words).lower() in self._names.family

    def _family(self, words: Words) -> str:
        return words[-1]

    def _single(
        self, words: Words, options: Sequence[Reading], families: Mapping[str, int], counts: Mapping[Words, int]
    ) -> Words:
        """Of one word: the family name of somebody in the document, or else the one nominative that news know."""
        possible = list(dict.fromkeys(reading.words for reading in options))
        news = self._names.family
        named = [option for option in possible if option[-1] in families]
        if named:
            return max(named, key=lambda option: (option[-1].lower() in news, families[option[-1]], option == words))
        given = self._names.given.get(words[0].lower(), ()) if len(words) == 1 else ()
        if given:
            nominatives = {form.nominative for form in given}
            same = len(nominatives) != 1 or words[-1].isupper()
            return words if same else (words[0][:1] + nominatives.pop()[1:],)
        listed = [option for option in possible if option[-1].lower() in news]
        if words in listed:
            return words
        seen = [option for option in possible if option in counts and option != words]
        return listed[0] if len(listed) == 1 else seen[0] if len(seen) == 1 and not listed else words
