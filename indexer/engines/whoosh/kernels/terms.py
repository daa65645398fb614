"""What a term has in given documents: BM25 codes and scores. A term is the ascending documents that hold it (`held`,
uint32, numbered in its segment) and a code for each (uint16), of which the kernels know that 0 is none. What codes say
is known to `codec.postings`."""

import numpy as np

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import LOOKUP_COST, Array, Docs, Scores, locate


def codes_at(held: Array, codes: Array, docs: Docs, base: int, scratch: Array, out: Array) -> None:
    """Put into `out` the code in each of `docs`, which count from `base` of the segment; 0 where the term is not.

    `scratch` is as long as the documents there are, uint16, all 0 before and after.
    """
    if native.library is not None:
        native.codes_at(held, codes, docs, base, out)
        return
    local = docs - base if base else docs
    if len(docs) * LOOKUP_COST < len(held):
        offsets, there = locate(held, local.astype(held.dtype))
        out[:] = np.where(there, codes[offsets], 0)
    elif len(held) * LOOKUP_COST < len(docs):
        offsets, there = locate(local, held.astype(local.dtype))
        out[:] = 0
        out[offsets[there]] = codes[there]
    else:
        numbers = held.astype(np.intp)
        scratch[numbers] = codes
        np.take(scratch, local, out=out)
        scratch[numbers] = 0


def scores_at(
    held: Array, codes: Array, docs: Docs, base: int, scratch: Array, table: Scores, weight: float, out: Scores
) -> None:
    """Put into `out` the score `table[code] * weight` in each of `docs`; the table has 0 for code 0."""
    if native.library is not None:
        native.scores_at(held, codes, docs, base, table, weight, out)
        return
    found = np.empty(len(docs), np.uint16)
    codes_at(held, codes, docs, base, scratch, found)
    np.multiply(table[found], weight, out=out)
