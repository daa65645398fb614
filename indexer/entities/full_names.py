"""People by their full names, where a tagger that was taught little missed them: "Stanley Kubrick", "Jean-Claude Méry".

In: the spans of a tagger and the lexicon of its language, which lists given names. Out: the same spans, and as people
the runs of capitals that begin with a given name and stand where nothing was found. Called through `choose` for
languages whose gold is small.
"""

from collections.abc import Sequence

from indexer.entities.lexicon import UNKNOWN_CAPS, Lexicon
from indexer.entities.tagger import Span, Tagger

LONGEST = 7  # words of a name
CAPITALISED = 3  # lexicon bin from which a word is nearly always capitalised
_PARTICLES = frozenset("de du des la le von van der den da dos do di del d' d’ y e al el bin ben".split())


class FullNames:
    """A tagger that also knows who somebody is by his given name."""

    def __init__(self, tagger: Tagger, lexicon: Lexicon) -> None:
        self._tagger = tagger
        self._lexicon = lexicon

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names of the tagger, and full names."""
        return [
            self._more(words, list(spans)) for words, spans in zip(sentences, self._tagger.tag(sentences), strict=True)
        ]

    def _more(self, words: Sequence[str], spans: list[Span]) -> list[Span]:
        taken = {place for span in spans for place in range(span.first, span.last)}
        added: list[Span] = []
        place = 0
        while place < len(words) - 1:
            end = self._end(words, place, taken)
            if end:
                added.append(Span(place, end, "person"))
            place = end or place + 1
        return sorted([*spans, *added]) if added else spans

    def _end(self, words: Sequence[str], place: int, taken: set[int]) -> int:
        """Where the full name that starts here ends; 0 if none does."""
        if place in taken or not self._is_given(words[place]) or (place and self._is_capital(words, place - 1)):
            return 0
        end = place + 1
        last = 0
        while end < len(words) and end not in taken:
            if words[end] == "-" and end + 1 < len(words) and words[end + 1][0].isupper():
                end += 1
            elif self._is_capital(words, end):
                last = end + 1
            elif words[end] not in _PARTICLES:
                break
            end += 1
        if not last or end in taken or last - place > LONGEST or not words[last - 1].isalpha():
            return 0
        if " ".join(words[place:last]).lower() in self._lexicon.phrase_classes:
            return 0  # San Antonio, Louis Vuitton
        family = [word for word in words[place + 1 : last] if word[0].isupper()]
        return last if all(self._may_be_family(word) for word in family) else 0

    def _is_given(self, word: str) -> bool:
        low = word.lower()
        usual = self._lexicon.caps(low) in (CAPITALISED, CAPITALISED + 1, UNKNOWN_CAPS)
        return word[0].isupper() and not word.isupper() and usual and "FN" in self._lexicon.flags(low)

    def _may_be_family(self, word: str) -> bool:
        flags = self._lexicon.flags(word.lower())
        if word.lower() in _PARTICLES:
            return True
        return len(word) > 2 and not word.isupper() and not {"ORG", "PLW", "TIM", "NAT"} & set(flags)

    def _is_capital(self, words: Sequence[str], place: int) -> bool:
        word = words[place]
        return word[0].isupper() and not self._lexicon.is_title(word.lower().rstrip("."))
