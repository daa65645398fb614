"""The tagger of languages without capitals: a linear-chain conditional random field over shipped weights.

In: sentences of one document. Out: spans of people, organisations and places. What the model decodes counts where it
is sure enough for the way a name is made (a Chinese family name with a given one needs less than a run of characters);
how sure that is was measured on held-out text. A name that counts once counts wherever the document has it. Called by
the extractor through `choose`.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.entities.caseless.encoding import Reading, feature_keys
from indexer.entities.caseless.repeats import repeated
from indexer.entities.caseless.scorer import Scorer
from indexer.entities.crf import FORBIDDEN, forbid, read_spans, viterbi
from indexer.entities.packed import Weights
from indexer.entities.tagger import Span

OUTSIDE = 0  # the label of words that are no name

# By kind, by the form of a name: the least margin with which it counts. What is missing is never given.
Thresholds = Mapping[str, Mapping[str, float]]


class Candidate(NamedTuple):
    """A decoded name, what it is made like, and by how much the model prefers it to no name."""

    span: Span
    form: str
    margin: float


class CaselessTagger:
    """Names in the sentences of a document, for one language."""

    def __init__(self, reading: Reading, weights: Weights, thresholds: Thresholds) -> None:
        self._reading = reading
        self._scorer = Scorer(weights)
        self._labels = weights.labels
        self._transition = forbid(self._labels, weights.transition)
        self._start = np.array([FORBIDDEN if label[0] in "IL" else 0 for label in self._labels], np.float32)
        self._end = np.array([FORBIDDEN if label[0] in "BI" else 0 for label in self._labels], np.float32)
        self._thresholds = thresholds

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Spans of each sentence."""
        return self.settle(sentences, self.candidates(sentences))

    def settle(self, sentences: Sequence[Sequence[str]], found: Sequence[Sequence[Candidate]]) -> list[list[Span]]:
        """Of the decoded names those that count."""
        sure = [[one.span for one in row if self._sure(one)] for row in found]
        possible = [[one.span for one in row] for row in found]
        return repeated(sentences, sure, possible, self._reading)

    def candidates(self, sentences: Sequence[Sequence[str]]) -> list[list[Candidate]]:
        """Every name the model decodes, sure or not."""
        result: list[list[Candidate]] = [[] for _ in sentences]
        places = [place for place, words in enumerate(sentences) if words]
        if not places:
            return result
        scores = self._scorer.score(feature_keys([sentences[place] for place in places], self._reading))
        lengths = np.asarray([len(sentences[place]) for place in places], np.int64)
        begin = 0
        for place, path in zip(places, viterbi(scores, lengths, self._transition, self._start, self._end), strict=True):
            words = sentences[place]
            if path.any():
                own = scores[begin : begin + len(words)]
                for span in read_spans([self._labels[label] for label in path]):
                    margin = self._margin(own, path, span)
                    result[place] += [
                        Candidate(part, self._reading.form(words, part), margin)
                        for part in self._reading.mend(words, span)
                    ]
            begin += len(words)
        return result

    def _margin(self, scores: NDArray[np.float32], path: NDArray[np.int64], span: Span) -> float:
        """The score of the path over the score of the same path without the span."""
        inside = slice(span.first, span.last)
        margin = float(scores[np.arange(span.first, span.last), path[inside]].sum() - scores[inside, OUTSIDE].sum())
        rest = path.copy()
        rest[inside] = OUTSIDE
        first, last = max(span.first - 1, 0), min(span.last, len(path) - 1)
        for labels, sign in ((path, 1), (rest, -1)):
            margin += sign * float(self._transition[labels[first:last], labels[first + 1 : last + 1]].sum())
        return margin

    def _sure(self, one: Candidate) -> bool:
        least = self._thresholds.get(one.span.kind, {}).get(one.form)
        return least is not None and one.margin >= least
