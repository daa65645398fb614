"""Gold documents to arrays the trainer can work on.

In: harmonised documents and the lexicon. Out: a `Problem`: feature numbers and labels of every word. Called by
the trainer only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.entities.document import key
from indexer.entities.features import OFFSETS, PAIRS, Vocabulary, encode, lexical_names
from indexer.entities.lexicon import Lexicon
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.harmonise import spans
from indexer.entities.truecase import truecase

LABELS = ("O", *(f"{mark}-{kind}" for kind in ("PER", "ORG", "LOC") for mark in "BILU"))


@dataclass(frozen=True, slots=True)
class Problem:
    """Sentences end to end: `ids[i]` are the features of word `i` (filled up with `size`), `labels[i]` its label.
    `lexical[f]` marks the features that spell out the word itself.

    Sentence `s` is the words `begins[s]` to `begins[s] + lengths[s]` and counts `weight[s]` times.
    """

    ids: NDArray[np.int32]
    labels: NDArray[np.int64]
    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    weight: NDArray[np.float64]
    keys: NDArray[np.uint32]
    lexical: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self.keys)


def bilou(tags: Sequence[str]) -> list[int]:
    """IOB2 tags of a sentence as label numbers: begin, inside, last, unit, outside."""
    result = [0] * len(tags)
    for first, last, kind in spans(tags):
        if last - first == 1:
            result[first] = LABELS.index("U-" + kind)
            continue
        result[first] = LABELS.index("B-" + kind)
        result[last - 1] = LABELS.index("L-" + kind)
        for place in range(first + 1, last - 1):
            result[place] = LABELS.index("I-" + kind)
    return result


def prepare(
    documents: Sequence[GoldDocument],
    lexicon: Lexicon,
    minimum_count: int,
    weight_of: Mapping[str, float] | None = None,
) -> Problem:
    """Encode documents and number the features seen at least `minimum_count` times."""
    vocabulary = Vocabulary(lexicon)
    rows: list[NDArray[np.uint32]] = []
    pair_rows: list[NDArray[np.uint32]] = []
    labels: list[int] = []
    lengths: list[int] = []
    weight: list[float] = []
    for document in documents:
        encoded = encode(truecase([words for words, _ in document.sentences], lexicon), vocabulary)
        extra: list[list[int]] = [[] for _ in encoded.at]
        for place, flag in zip(encoded.extra_at.tolist(), encoded.extra_keys.tolist(), strict=True):
            extra[place].append(flag)
        pair_rows.append(vocabulary.pair_keys(encoded.forms, encoded.at))
        pairs = pair_rows[-1].tolist()
        forms = encoded.forms.tolist()
        for place, spot in enumerate(encoded.at.tolist()):
            row = pairs[place] + extra[place]
            for column, offset in enumerate(OFFSETS):
                row.extend(vocabulary.features[forms[spot + offset]].keys[column])
            rows.append(np.asarray(row, np.uint32))
        lengths.extend(encoded.lengths.tolist())
        for _, tags in document.sentences:
            labels.extend(bilou(tags))
            weight.append((weight_of or {}).get(document.corpus, 1.0))
    ids, keys = _number(rows, minimum_count)
    spelt = np.array(sorted({key(name) for word in vocabulary.words() for name in lexical_names(word)}), np.uint32)
    paired = [place for place, pair in enumerate(PAIRS) if ("word", 0) in pair]
    spelt = np.union1d(spelt, np.unique(np.concatenate(pair_rows)[:, paired]))
    sizes = np.asarray(lengths, np.int64)
    return Problem(
        ids, np.asarray(labels, np.int64), np.cumsum(sizes) - sizes, sizes, np.asarray(weight, np.float64), keys,
        np.append(np.isin(keys, spelt), False),
    )  # fmt: skip


def _number(rows: Sequence[NDArray[np.uint32]], minimum_count: int) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
    """Feature keys to consecutive numbers, rare ones dropped, one row of equal width per word."""
    flat = np.concatenate(rows)
    keys, counts = np.unique(flat, return_counts=True)
    kept = keys[counts >= minimum_count]
    size = len(kept)
    widths = np.asarray([len(row) for row in rows])
    place = np.minimum(np.searchsorted(kept, flat), size - 1)
    numbers = np.where(kept[place] == flat, place, size).astype(np.int32)
    known = np.add.reduceat(numbers < size, np.cumsum(widths) - widths)
    ids = np.full((len(rows), int(known.max())), size, np.int32)
    ids[np.arange(ids.shape[1]) < known[:, None]] = numbers[numbers < size]
    return ids, kept
