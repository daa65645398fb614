"""Gold documents of a language without capitals to arrays the trainer can work on.

In: gold documents and a `Reading`. Out: a `Problem` of `indexer.entities.training.train`. Called by this package.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.entities.caseless.encoding import Reading, feature_keys
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.problem import Problem, bilou


def prepare(
    documents: Sequence[GoldDocument], reading: Reading, minimum_count: int, weight_of: Mapping[str, float]
) -> Problem:
    """Encode documents and number the features seen at least `minimum_count` times."""
    rows: list[NDArray[np.uint32]] = []
    labels: list[int] = []
    lengths: list[int] = []
    weight: list[float] = []
    for document in documents:
        told = [(words, tags) for words, tags in document.sentences if words]
        if not told:
            continue
        rows.append(feature_keys([words for words, _ in told], reading))
        for words, tags in told:
            labels.extend(bilou(tags))
            lengths.append(len(words))
            weight.append(weight_of.get(document.corpus, 1.0))
    keys = np.concatenate(rows)
    known, counts = np.unique(keys, return_counts=True)
    kept = known[(counts >= minimum_count) & (known != 0)]
    place = np.minimum(np.searchsorted(kept, keys), len(kept) - 1)
    ids = np.where(kept[place] == keys, place, len(kept)).astype(np.int32)
    spelt = [
        column for column, template in enumerate(reading.templates)
        if any(name in reading.spelling and offset == 0 for name, offset in template)
    ]  # fmt: skip
    lexical = np.append(np.isin(kept, np.unique(keys[:, spelt])), False)
    sizes = np.asarray(lengths, np.int64)
    return Problem(
        ids,
        np.asarray(labels, np.int64),
        np.cumsum(sizes) - sizes,
        sizes,
        np.asarray(weight, np.float64),
        kept,
        lexical,
    )
