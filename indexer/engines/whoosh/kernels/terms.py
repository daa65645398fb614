"""What a term has in given documents: BM25 codes and scores. A term is the ascending documents that hold it (`held`,
uint32, numbered in its segment) and a code for each, `frequency << 8 | length byte`."""

import numpy as np

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import LOOKUP_COST, Array, Docs, Scores, locate


def codes_at(held: Array, codes: Array, docs: Docs, base: int, scratch: Array) -> Array:
    """The code in each of `docs`, whose numbers count from `base` of the segment; 0 where the term is not.

    `scratch` is as long as the documents there are, uint16, all 0 before and after.
    """
    if native.library is not None:
        return native.codes_at(held, codes, docs, base)
    found = np.zeros(len(docs), np.uint16)
    local = docs - base if base else docs
    if len(docs) * LOOKUP_COST < len(held):
        places, there = locate(held, local.astype(held.dtype))
        found[there] = codes[places[there]]
    elif len(held) * LOOKUP_COST < len(docs):
        places, there = locate(local, held.astype(local.dtype))
        found[places[there]] = codes[there]
    else:
        numbers = held.astype(np.intp)
        scratch[numbers] = codes
        np.take(scratch, local, out=found)
        scratch[numbers] = 0
    return found


def scores_at(held: Array, codes: Array, docs: Docs, base: int, scratch: Array, table: Scores, weight: float) -> Scores:
    """`table[code] * weight` in each of `docs`; the table has a value for every code, 0 for code 0."""
    if native.library is not None:
        return native.scores_at(held, codes, docs, base, table, weight)
    scores: Scores = table[codes_at(held, codes, docs, base, scratch)]
    scores *= weight
    return scores
