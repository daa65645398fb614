"""What the tagger sees of each word: the features, the same at training and at run time.

In: the words of a document's sentences and a `Lexicon`. Out: an `Encoded` document: one number per word form,
plus features that depend on the document. Every feature is a 32-bit key; the model gives each key a row of
weights. Features of a word form are worked out once per form and kept in a `Vocabulary`, so the cost for each
word of running text is an array look-up.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.entities.document import document_flags, key
from indexer.entities.lexicon import Lexicon

OFFSETS = (-2, -1, 0, 1, 2)
BOUNDARY = 0  # the word form that stands before and after every sentence
GAP = 3  # words without a capital inside a name, at most: "Department of Health and Human Services" has one at a time
PADDING = 2  # boundaries between sentences, so that no feature sees across one
_DIGIT = re.compile(r"\d")

# Pairs and triples of neighbours: (what is compared, offsets). The place in this table is part of the key.
PAIRS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("word", -1), ("word", 0)),
    (("word", 0), ("word", 1)),
    (("word", -2), ("word", -1)),
    (("word", 1), ("word", 2)),
    (("word", -1), ("word", 1)),
    (("shape", -1), ("shape", 0)),
    (("shape", 0), ("shape", 1)),
    (("shape", -1), ("shape", 0), ("shape", 1)),
    (("shape", 0), ("shape", 1), ("shape", 2)),
    (("shape", -2), ("shape", -1), ("shape", 0)),
    (("kin", -1), ("kin", 0)),
    (("kin", 0), ("kin", 1)),
    (("kin", -1), ("kin", 1)),
    (("kin", -2), ("kin", -1)),
    (("kin", 1), ("kin", 2)),
    (("word", -1), ("kin", 0)),
    (("kin", 0), ("word", 1)),
    (("kin", -1), ("kin", 0), ("kin", 1)),
)
HASHES = ("word", "shape", "kin")
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def shape(word: str) -> str:
    """The form of a word, runs cut to two: "Lavrov" -> "Xxx", "G20" -> "Xdd", "al-Assad" -> "xx-Xxx"."""
    out: list[str] = []
    for char in word:
        kind = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if len(out) < 2 or out[-1] != kind or out[-2] != kind:
            out.append(kind)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """Keys of one word form as seen from each of `OFFSETS`, and the hashes that pairs are made of."""

    keys: tuple[tuple[int, ...], ...]
    hashes: tuple[int, int, int]


_FORGOTTEN = WordFeatures(((),) * len(OFFSETS), (0, 0, 0))


def word_features(word: str, lexicon: Lexicon) -> WordFeatures:
    """Work out one word form."""
    low = word.lower()
    plain = low.rstrip(".")
    form = shape(word)
    digits = _DIGIT.sub("0", low)
    clusters = lexicon.clusters(word)
    near = ["w=" + digits, "s=" + form, f"cp={lexicon.caps(plain)}"]
    near += [f"c{grain}={cluster}" for grain, cluster in enumerate(clusters)]
    near += ["l=" + flag for flag in lexicon.flags(plain)]
    own = [
        *near, "p1=" + word[:1], "p2=" + low[:2], "p3=" + low[:3], "p4=" + low[:4],
        "x1=" + low[-1:], "x2=" + low[-2:], "x3=" + low[-3:], "x4=" + low[-4:],
    ]  # fmt: skip
    if not clusters and word[:1].isupper():
        own += [f"k{grain}={cluster}" for grain, cluster in enumerate(lexicon.clusters(low))]
    if len(word) > 1 and word.isupper():
        own.append(f"UP{min(len(word), 5)}")
    own += [name for name, mark in (("HY", "-"), ("AMP", "&"), ("APO", "'")) if mark in word]
    if "." in word and word != ".":
        own.append("DOT")
    if word[:1].isupper():
        own.append("T")
    near.append("x3=" + low[-3:])
    far = near[:6]
    kin = f"{clusters[1]}" if clusters else form + "?"
    return WordFeatures(
        keys=tuple(
            tuple(key(f"{offset}|{name}") for name in (own if offset == 0 else near if abs(offset) == 1 else far))
            for offset in OFFSETS
        ),
        hashes=(key("h|" + digits), key("h|" + form), key("h|" + kin)),
    )


def lexical_names(word: str) -> tuple[str, ...]:
    """Names of a word's own features that spell it, which training hides at times so that others must learn."""
    low = word.lower()
    return ("0|w=" + _DIGIT.sub("0", low), "0|p4=" + low[:4], "0|p3=" + low[:3], "0|x4=" + low[-4:])


class Vocabulary:
    """Numbers for word forms, with the features of each. Grows as it meets new words; one per process."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.features: list[WordFeatures] = []
        self._numbers: dict[str, int] = {}
        self._hashes = np.zeros((1024, len(HASHES)), np.uint64)
        self._capital = np.zeros(1024, np.bool_)
        self.number("</s>")

    def __len__(self) -> int:
        return len(self.features)

    def number(self, word: str) -> int:
        """The number of a word form, new or known."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        new = len(self.features)
        self._numbers[word] = new
        features = word_features(word, self.lexicon)
        self.features.append(features)
        if new >= len(self._hashes):
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
            self._capital = np.concatenate([self._capital, np.zeros_like(self._capital)])
        self._hashes[new] = features.hashes
        self._capital[new] = word[0] in "@#" or (not word.islower() and any(map(str.isupper, word)))
        return new

    def forget(self, first: int, last: int) -> None:
        """Drop the keys of word forms once their scores are known: two kilobytes each."""
        self.features[first:last] = [_FORGOTTEN] * (last - first)

    def words(self) -> Iterable[str]:
        """Every word form met so far."""
        return self._numbers

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Numbers of many words."""
        known = self._numbers
        return [known[word] if word in known else self.number(word) for word in words]

    def has_capital(self, forms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each word form has a capital letter anywhere ("iPhone" has), or marks the handle that follows."""
        return self._capital[forms]

    def pair_keys(self, forms: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Keys of all `PAIRS` around the places `at` of a padded document, one row per place."""
        hashes = self._hashes[forms]
        columns = {
            (kind, offset): hashes[at + offset, HASHES.index(kind)]
            for kind, offset in sorted({part for pair in PAIRS for part in pair})
        }
        result = np.empty((len(at), len(PAIRS)), np.uint32)
        for place, pair in enumerate(PAIRS):
            mixed = np.full(len(at), place * 7919 + 1, np.uint64)
            for part, multiplier in zip(pair, MULTIPLIERS, strict=False):
                mixed = (mixed ^ columns[part]) * multiplier
                mixed ^= mixed >> np.uint64(29)
            result[:, place] = (mixed >> np.uint64(16)).astype(np.uint32)
        return result


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document, or the stretches of it that can hold names, ready for scoring.

    `forms`: word-form numbers with `PADDING` boundaries before, between and after sentences. `at`: the places in
    `forms` of the words to score, in order. `lengths`: words of each stretch; `sentence` and `offset`: where each
    stretch starts. `extra_at`, `extra_keys`: features given by the document, as (index into `at`, key) pairs.
    """

    forms: NDArray[np.int64]
    at: NDArray[np.int64]
    lengths: NDArray[np.int64]
    sentence: NDArray[np.int64]
    offset: NDArray[np.int64]
    extra_at: NDArray[np.int64]
    extra_keys: NDArray[np.uint32]


def encode(sentences: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Encoded:
    """Number the words of a document and add what the document says about them. Each stretch is a sentence."""
    forms: list[int] = [BOUNDARY] * PADDING
    at: list[int] = []
    for words in sentences:
        at.extend(range(len(forms), len(forms) + len(words)))
        forms += vocabulary.numbers(words)
        forms += (BOUNDARY, BOUNDARY)
    where, flags = document_flags(sentences, vocabulary.lexicon)
    return Encoded(
        np.asarray(forms, np.int64),
        np.asarray(at, np.int64),
        np.asarray([len(words) for words in sentences], np.int64),
        np.arange(len(sentences)),
        np.zeros(len(sentences), np.int64),
        np.asarray(where, np.int64),
        np.asarray(flags, np.uint32),
    )


def near_capitals(document: Encoded, vocabulary: Vocabulary) -> Encoded:
    """The same document cut down to stretches around capitals: about half the words of an article.

    Words between two capitals stay where they are few ("Bank of the West"), and one on either side.
    """
    capitals = np.flatnonzero(vocabulary.has_capital(document.forms[document.at]))
    number = np.repeat(document.sentence, document.lengths)
    begins = np.cumsum(document.lengths) - document.lengths
    same = (np.diff(capitals) <= GAP + 1) & (np.diff(number[capitals]) == 0)
    starts = capitals[np.concatenate([[True], ~same])] if len(capitals) else capitals
    ends = capitals[np.concatenate([~same, [True]])] if len(capitals) else capitals
    sentence = number[starts]
    first = np.maximum(starts - 1, begins[sentence])
    last = np.minimum(ends + 1, begins[sentence] + document.lengths[sentence] - 1)
    lengths = last - first + 1
    kept = np.repeat(first - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    index = np.full(len(document.at), -1, np.int64)
    index[kept] = np.arange(len(kept))
    extra = index[document.extra_at]
    return Encoded(
        document.forms,
        document.at[kept],
        lengths,
        sentence,
        first - begins[sentence],
        extra[extra >= 0],
        document.extra_keys[extra >= 0],
    )
