"""The default tagger: a linear-chain conditional random field over shipped weights, numpy only.

In: sentences of one document. Out: spans of persons, organisations and places. Scores of a word form's own
features are summed once per form and kept; pairs of neighbours are looked up for the whole document at once, and
the sentences of a document are decoded side by side. Called by the extractor; one instance per process and language.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.article import EntityKind
from indexer.entities.consistency import agree
from indexer.entities.features import OFFSETS, Encoded, Vocabulary, encode, near_capitals
from indexer.entities.lexicon import Lexicon
from indexer.entities.listed import keep_listed
from indexer.entities.packed import Weights, lexicon_file, read_lexicon, read_weights, shipped_lexicon, weights_file
from indexer.entities.sports import name_teams
from indexer.entities.tagger import Span
from indexer.entities.truecase import truecase

KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
# Word forms whose scores are kept; above this the cache starts afresh (about 100 MB).
MAX_FORMS = 200_000
FORBIDDEN = -1e4
# Keys with the same upper bits share a bucket: 2**18 buckets hold about one key each.
BUCKET_SHIFT = 14


def forbid(labels: Sequence[str], transition: NDArray[np.float32]) -> NDArray[np.float32]:
    """Transitions with label sequences that make no entity ruled out (O then I, B-PER then I-LOC ...)."""
    allowed = transition.astype(np.float32).copy()
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            goes_on = before[0] in "BI"
            continues = after[0] in "IL"
            if goes_on != continues or (goes_on and before[2:] != after[2:]):
                allowed[i, j] = FORBIDDEN
    return allowed


class Scorer:
    """Scores of every label for every word of encoded documents."""

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self.weights = weights
        self.lexicon = lexicon
        self.emission = np.vstack([weights.emission, np.zeros((1, len(weights.labels)), np.float32)])
        borders = np.arange((1 << (32 - BUCKET_SHIFT)) + 1, dtype=np.int64)
        self._buckets = np.searchsorted(weights.keys >> BUCKET_SHIFT, borders).astype(np.int64)
        self._reset()

    def _reset(self) -> None:
        self.vocabulary = Vocabulary(self.lexicon)
        self._forms = np.zeros((1024, len(OFFSETS), len(self.weights.labels)), np.float32)
        self._scored = 0

    def encode(self, sentences: Sequence[Sequence[str]]) -> Encoded:
        """Encode the stretches of a document that can hold names with this scorer's vocabulary."""
        if len(self.vocabulary) > MAX_FORMS:
            self._reset()
        return near_capitals(encode(sentences, self.vocabulary), self.vocabulary)

    def rows(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Rows of `emission` for feature keys; unknown keys get the row of zeros."""
        known = self.weights.keys
        result = np.full(keys.shape, len(known), np.int64)
        flat, found = keys.ravel(), result.ravel()
        bucket = flat >> BUCKET_SHIFT
        place, end = self._buckets[bucket], self._buckets[bucket + 1]
        left = np.flatnonzero(place < end)
        while len(left):  # a bucket holds few keys, so this takes few rounds
            hit = known[place[left]] == flat[left]
            found[left[hit]] = place[left[hit]]
            left = left[~hit]
            place[left] += 1
            left = left[place[left] < end[left]]
        return result

    def score(self, document: Encoded) -> NDArray[np.float32]:
        """Scores, one row per word and one column per label."""
        self._score_forms()
        forms, at = document.forms, document.at
        total: NDArray[np.float32] = self._forms[forms[at + OFFSETS[0]], 0]
        for column, offset in enumerate(OFFSETS[1:], start=1):
            total += self._forms[forms[at + offset], column]
        pairs = self.rows(self.vocabulary.pair_keys(forms, at))
        for column in pairs.T:  # a third of the time of one gather of all columns
            total += self.emission.take(column, axis=0)
        if len(document.extra_at):
            rows = self.rows(document.extra_keys)
            known = rows < len(self.weights.keys)
            where = document.extra_at[known]
            order = np.argsort(where, kind="stable")
            where = where[order]
            if len(where):
                firsts = np.flatnonzero(np.diff(where, prepend=-1))
                total[where[firsts]] += np.add.reduceat(self.emission[rows[known][order]], firsts, axis=0)
        return total

    def _score_forms(self) -> None:
        """Sum the weights of word forms met since the last document."""
        count = len(self.vocabulary)
        while len(self._forms) < count:
            self._forms = np.concatenate([self._forms, np.zeros_like(self._forms)])
        new = self.vocabulary.features[self._scored : count]
        if not new:
            return
        sizes = np.asarray([len(keys) for features in new for keys in features.keys])
        flat = [key for features in new for keys in features.keys for key in keys]
        rows = self.rows(np.asarray(flat, np.uint32))
        sums = np.add.reduceat(self.emission.take(rows, axis=0), np.cumsum(sizes) - sizes, axis=0)
        self._forms[self._scored : count] = sums.reshape(len(new), len(OFFSETS), -1)
        self.vocabulary.forget(self._scored, count)
        self._scored = count


def viterbi(
    scores: NDArray[np.float32],
    lengths: NDArray[np.int64],
    transition: NDArray[np.float32],
    start: NDArray[np.float32],
    end: NDArray[np.float32],
) -> list[NDArray[np.int64]]:
    """Best label sequence of each sentence; `start` and `end` are added to the scores of first and last words.

    Sentences are decoded together, longest first.
    """
    order = np.argsort(-lengths, kind="stable")
    begins = np.cumsum(lengths) - lengths
    scores = scores.copy()
    scores[begins + lengths - 1] += end
    sizes = lengths[order]
    firsts = begins[order]
    steps = int(sizes[0]) if len(sizes) else 0
    best = scores[firsts] + start
    back: list[NDArray[np.int64]] = []
    # How many sentences reach each step: sentences longer than it.
    reach = np.searchsorted(-sizes, -np.arange(steps), side="left").tolist()
    into = np.ascontiguousarray(transition.T)
    for step in range(1, steps):
        alive = reach[step]
        paths = best[:alive, None, :] + into
        back.append(paths.argmax(axis=2))
        best[:alive] = paths.max(axis=2) + scores[firsts[:alive] + step]
    result: list[NDArray[np.int64]] = [np.empty(0, np.int64)] * len(lengths)
    last = best.argmax(axis=1)
    table = np.zeros((steps, len(sizes)), np.int64)
    current = last.copy()
    everyone = np.arange(len(sizes))
    for step in range(steps - 1, -1, -1):
        alive = reach[step]
        table[step, :alive] = current[:alive]
        if step:
            current[:alive] = back[step - 1][everyone[:alive], current[:alive]]
    for place, sentence in enumerate(order):
        result[int(sentence)] = table[: sizes[place], place]
    return result


def read_spans(labels: Sequence[str]) -> list[Span]:
    """Spans of one sentence's labels (B, I, L, U and O; a B without its L ends where the run ends)."""
    spans: list[Span] = []
    open_at = -1
    for place, label in enumerate(labels):
        mark = label[0]
        if mark == "U":
            spans.append(Span(place, place + 1, KINDS[label[2:]]))
        elif mark == "B":
            open_at = place
        elif mark == "L" and open_at >= 0:
            spans.append(Span(open_at, place + 1, KINDS[label[2:]]))
            open_at = -1
    return spans


class CrfTagger:
    """The tagger that works right after installation."""

    def __init__(self, weights: Weights | None = None, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or shipped_lexicon()
        self.scorer = Scorer(weights or read_weights(), self.lexicon)
        labels = self.scorer.weights.labels
        self._transition = forbid(labels, self.scorer.weights.transition)
        self._start = np.array([FORBIDDEN if label[0] in "IL" else 0 for label in labels], np.float32)
        self._end = np.array([FORBIDDEN if label[0] in "BI" else 0 for label in labels], np.float32)
        self._outside = labels.index("O")

    @property
    def borders(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Scores of transitions, of first labels and of last labels, as `viterbi` takes them."""
        return self._transition, self._start, self._end

    @classmethod
    def of(cls, language: str) -> "CrfTagger":
        """The tagger of a language that the package has weights for."""
        return cls(read_weights(weights_file(language)), read_lexicon(lexicon_file(language)))

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names in the sentences of one document; repeated names are made to agree."""
        filled = [words for words in sentences if words]
        if not filled:
            return [() for _ in sentences]
        recased = truecase(filled, self.lexicon)
        decoded = keep_listed(recased, self.first_pass(recased), self.lexicon)
        decoded = name_teams(recased, decoded, self.lexicon)
        spans = iter(agree(recased, decoded))
        return [next(spans) if words else () for words in sentences]

    def first_pass(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        """Decoded spans before names of the document are made to agree."""
        document = self.scorer.encode(sentences)
        result: list[list[Span]] = [[] for _ in sentences]
        if not len(document.at):
            return result
        labels = self.scorer.weights.labels
        scores = self.scorer.score(document)
        paths = viterbi(scores, document.lengths, self._transition, self._start, self._end)
        outside = self._outside
        for path, sentence, offset in zip(paths, document.sentence.tolist(), document.offset.tolist(), strict=True):
            if (path != outside).any():
                found = read_spans([labels[label] for label in path])
                result[sentence] += [
                    span._replace(first=span.first + offset, last=span.last + offset) for span in found
                ]
        return result
