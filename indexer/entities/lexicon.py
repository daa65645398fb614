"""What is known about words before any text is read: clusters, capitalisation, word lists, names of things.

In: the packed file `data/lexicon.npz`. Out: a `Lexicon` with constant-time look-ups. Built by
`indexer.entities.training.build_lexicon`; used by the feature extractor and the truecaser.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_NONE: tuple[str, ...] = ()
_NO_CLUSTERS: tuple[int, ...] = ()
UNKNOWN_CAPS = 9  # bin of a word whose capitalisation was never seen
MAX_PHRASE = 7
HEADLINE_CAPITALS = 4  # capitals that a headline has at least


def longest_by_first_word(phrases: Iterable[str]) -> dict[str, int]:
    """How many words the longest of the phrases that begin with a word has, by that word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, *rest = phrase.split(" ")
        longest[first] = max(longest.get(first, 0), len(rest) + 1)
    return longest


def is_headline(words: Sequence[str], capitals: int) -> bool:
    """Whether most words of a sentence start with a capital (`capitals` do), so that capitals say little."""
    if capitals < HEADLINE_CAPITALS:
        return False
    return capitals > 0.75 * sum(word[0].isalpha() for word in words)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word knowledge. `phrase_classes` maps a lower-case phrase to the classes it is listed under, and
    `longest` a first word to the longest phrase that starts with it."""

    word_clusters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    word_caps: Mapping[str, int] = field(default_factory=dict)
    word_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrase_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)

    def clusters(self, word: str) -> tuple[int, ...]:
        """Clusters of a word at three grains, finest first; empty when the word has none."""
        return self.word_clusters.get(word, _NO_CLUSTERS)

    def caps(self, low: str) -> int:
        """How often a lower-cased word is capitalised inside sentences: 0 never ... 4 always, 9 unknown."""
        return self.word_caps.get(low, UNKNOWN_CAPS)

    def flags(self, low: str) -> tuple[str, ...]:
        """Word lists that hold a lower-cased word."""
        return self.word_flags.get(low, _NONE)

    def is_title(self, low: str) -> bool:
        """Whether a lower-cased word is a person's title."""
        return "TIT" in self.word_flags.get(low, _NONE)

    def is_organisation_word(self, word: str) -> bool:
        """Whether names of organisations end in this word (Ministry, Corp, University)."""
        return "ORG" in self.word_flags.get(word.lower().rstrip("."), _NONE)

    def phrases(self, words: Sequence[str], capitals: Sequence[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Listed names that start at one of the places `capitals`: (first, last, classes).

        The longest counts, and names do not overlap.
        """
        low: list[str] | None = None
        taken = 0
        count = len(words)
        for place in capitals:
            if place < taken:
                continue
            reach = self.longest.get(words[place].lower(), 0)
            if not reach:
                continue
            if low is None:
                low = [word.lower() for word in words]
            for length in range(min(reach, count - place), 0, -1):
                classes = self.phrase_classes.get(" ".join(low[place : place + length]))
                if classes:
                    taken = place + length
                    yield place, taken, classes
                    break
