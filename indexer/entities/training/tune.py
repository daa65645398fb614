"""How ready a tagger is to find each kind of name: trades recall for precision on documents it has not learned from.

In: weights, a lexicon and tuning documents. Out: the shift of labels with the best F0.5 among those whose precision is
high enough. A shift is added to the weights of features that every word has, so that the tagger itself needs no more
than its weights. Called after training a language.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from indexer.entities.consistency import agree
from indexer.entities.crf import CrfTagger, read_spans, viterbi
from indexer.entities.document import key
from indexer.entities.lexicon import UNKNOWN_CAPS
from indexer.entities.listed import keep_listed
from indexer.entities.packed import Weights
from indexer.entities.sports import name_teams
from indexer.entities.tagger import Span
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.evaluate import KIND_LABELS, Score
from indexer.entities.training.harmonise import Convention, harmonise, spans
from indexer.entities.truecase import truecase

Shift = Mapping[str, float]  # what is added to the labels of a kind ("PER", "ORG", "LOC") and to no name ("")
KINDS = ("PER", "ORG", "LOC")
STEPS = (1.0, -1.0, 0.4, -0.4, 0.15, -0.15)
STARTS = (0.0, 2.0, 4.0)
ROUNDS = 4
LEAST, MOST = -5.0, 7.0
_PENALTY = 8.0  # points of F1 that a missing point of precision costs
# One of these features is on every word: how often it is capitalised.
_EVERYWHERE = np.array([key(f"0|cp={grade}") for grade in (0, 1, 2, 3, 4, UNKNOWN_CAPS)], np.uint32)


def shifted(weights: Weights, shift: Shift) -> Weights:
    """Weights in which every label of a kind scores higher by the kind's shift."""
    keys = np.union1d(weights.keys, _EVERYWHERE)
    emission = np.zeros((len(keys), len(weights.labels)), np.float32)
    emission[np.searchsorted(keys, weights.keys)] = weights.emission
    emission[np.searchsorted(keys, _EVERYWHERE)] += by_label(weights, shift)
    return Weights(weights.labels, keys, emission, weights.transition)


def by_label(weights: Weights, shift: Shift) -> "np.typing.NDArray[np.float32]":
    """The shift of each label."""
    return np.array([shift.get(label[2:], 0.0) for label in weights.labels], np.float32)


class Trial:
    """Documents that are scored once and read with any shift.

    `rest` is given the words of a document and the spans of the trained tagger, and does what is done besides.
    """

    def __init__(
        self,
        tagger: CrfTagger,
        documents: Sequence[GoldDocument],
        convention: Convention,
        rest: Callable[[Sequence[Sequence[str]], Sequence[Sequence[Span]]], Sequence[Sequence[Span]]],
    ) -> None:
        self._tagger = tagger
        self._convention = convention
        self._rest = rest
        self._documents = [[words for words, _ in document.sentences] for document in documents]
        self._gold = [
            [set(spans(harmonise(words, tags, convention))) for words, tags in document.sentences]
            for document in documents
        ]
        self._recased = [truecase(sentences, tagger.lexicon) for sentences in self._documents]
        self._encoded = [tagger.scorer.encode(sentences) for sentences in self._recased]
        self._scores = np.concatenate([tagger.scorer.score(encoded) for encoded in self._encoded])
        self._lengths = np.concatenate([encoded.lengths for encoded in self._encoded])

    def score(self, shift: Shift) -> dict[str, Score]:
        """Strict scores by label."""
        tagger, labels = self._tagger, self._tagger.scorer.weights.labels
        scores = self._scores + by_label(tagger.scorer.weights, shift)
        paths = iter(viterbi(scores, self._lengths, *tagger.borders))
        right: Counter[str] = Counter()
        found: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for number, encoded in enumerate(self._encoded):
            words = self._documents[number]
            decoded: list[list[Span]] = [[] for _ in words]
            for sentence, offset in zip(encoded.sentence.tolist(), encoded.offset.tolist(), strict=True):
                for span in read_spans([labels[label] for label in next(paths)]):
                    decoded[sentence].append(span._replace(first=span.first + offset, last=span.last + offset))
            recased = self._recased[number]
            decoded = name_teams(recased, keep_listed(recased, decoded, tagger.lexicon), tagger.lexicon)
            told = self._rest(words, agree(recased, decoded))
            for sentence_words, guesses, gold in zip(words, told, self._gold[number], strict=True):
                mine = set(self._spans(sentence_words, guesses))
                for counter, group in ((right, gold & mine), (found, mine), (wanted, gold)):
                    counter.update(label for _, _, label in group)
        return {kind: Score(right[kind], found[kind], wanted[kind]) for kind in KINDS}

    def _spans(self, words: Sequence[str], guesses: Sequence[Span]) -> list[tuple[int, int, str]]:
        tags = ["O"] * len(words)
        for guess in guesses:
            label = KIND_LABELS[guess.kind]
            tags[guess.first : guess.last] = ["B-" + label] + ["I-" + label] * (guess.last - guess.first - 1)
        return spans(harmonise(words, tags, self._convention))


def search(score: Callable[[Shift], Mapping[str, Score]], aims: Mapping[str, float]) -> dict[str, float]:
    """The best shift by coordinate search, from each of `STARTS` for all names together.

    `aims` is the precision to reach, in per cent, by kind; kinds without one do not count.
    """

    def value(shift: Shift) -> float:
        """Sum of F0.5 over kinds, with what is missing to the precision aimed at taken off."""
        scores = score(shift)
        return sum(
            _f_half(scores[kind]) - _PENALTY * max(aim - scores[kind].precision, 0.0) for kind, aim in aims.items()
        )

    found = (_climb({**dict.fromkeys(KINDS, 0.0), "": start}, value) for start in STARTS)
    return max(found, key=lambda one: one[1])[0]


def _f_half(score: Score) -> float:
    """F-measure in which precision counts twice as much as recall (van Rijsbergen's F with beta 0.5), in per cent."""
    both = score.found + 0.25 * score.wanted
    return 125 * score.right / both if both else 0.0


def _climb(best: dict[str, float], value: Callable[[Shift], float]) -> tuple[dict[str, float], float]:
    reached = value(best)
    for _ in range(ROUNDS):
        before = reached
        for kind in best:
            for step in STEPS:
                while LEAST <= best[kind] + step <= MOST:
                    tried = {**best, kind: best[kind] + step}
                    higher = value(tried)
                    if higher <= reached + 1e-9:
                        break
                    best, reached = tried, higher
        if reached <= before + 1e-9:
            break
    return best, reached
