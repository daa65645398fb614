"""What terms have in given documents. A term is the ascending documents that hold it
(`held`, uint32, numbered in its segment) and a code for each (uint16), of which the kernels know that 0 is none and
that the high byte is the frequency. What else codes say is known to `codec.postings`."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import LOOKUP_COST, Array, Docs, distinct, locate


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


def count_any(lists: Sequence[Array]) -> int:
    """How many documents are in any of the lists of a segment, ascending and mostly of very different lengths."""
    *short, longest = sorted(lists, key=len)
    if not short:
        return len(longest)
    few = short[0]
    if len(short) > 1:
        few = np.concatenate(short)
        few.sort(kind="stable")
        few = distinct(few)
    if native.library is not None:
        return len(longest) + native.count_others(few, longest)
    return len(longest) + len(few) - int(np.count_nonzero(locate(longest, few)[1]))
