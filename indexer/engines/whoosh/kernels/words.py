"""Whole words at a time: the documents that have them and their scores, over all fields and segments in one call.

In numpy one term is looked at after another. Called by the plans of a query.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import Array, Docs, Scores, member, union
from indexer.engines.whoosh.kernels.terms import codes_at

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int64


class _PostingsStruct(ctypes.Structure):
    """`struct postings` of `search.c`."""

    _fields_ = (("held", _POINTER), ("codes", _POINTER), *((name, _INT) for name in "count base span weight".split()))


class _WordStruct(ctypes.Structure):
    """`struct word` of `search.c`."""

    _fields_ = (("runs", _POINTER), ("count", _INT), ("factor", ctypes.c_double))


@dataclass(frozen=True, slots=True)
class Postings:
    """A term in one field of one segment: the documents that hold it (uint32, ascending), a code for each (uint16).

    The segment's `span` documents count from `base`; each time the term is there counts `weight` times.
    """

    held: Array
    codes: Array
    base: int
    span: int
    weight: int


class WordPostings:
    """A word's postings in all fields and segments."""

    def __init__(self, runs: Sequence[Postings]) -> None:
        self.runs = tuple(runs)
        self.most = sum(len(run.held) for run in runs)
        self._table = (_PostingsStruct * (len(self.runs) or 1))()
        for row, run in zip(self._table, self.runs, strict=False):
            row.held, row.codes, row.count = native.of_term(run.held, run.codes)
            row.base, row.span, row.weight = run.base, run.span, run.weight

    @property
    def table(self) -> tuple[int, int]:
        """The address of the runs as the compiled kernels read them, as long as this lives, and how many there are."""
        return ctypes.addressof(self._table), len(self.runs)


Weighed = tuple[WordPostings, float]


def find_words(groups: Sequence[Sequence[WordPostings]], size: int, flags: Array) -> Docs:
    """Documents, of so many, that have some word of each group. `flags` is scratch, false before and after."""
    if native.library is None:
        found, *others = sorted((_any(group, size, flags) for group in groups), key=len)
        for docs in others:
            found = found[member(found, docs, flags)]
        return found
    table = _words([(word, 0.0) for group in groups for word in group])
    ends = (_INT * len(groups))(*np.cumsum([len(group) for group in groups]).tolist())
    maps = np.zeros((size + 63) // 64 * min(len(groups), 2), np.uint64)
    docs = np.empty(min(size, *(sum(word.most for word in group) for group in groups)), np.intp)
    return docs[: native.checked("find_words", table, ends, len(groups), maps, size, docs, len(docs))]


def frequencies_of(word: WordPostings, docs: Docs, scratch: Array, *, weighted: bool) -> Array:
    """How often a word is in each of `docs` (uint16); `weighted`, each time as often as its field weighs.

    `scratch` is as long as there are documents, uint16, all 0 before and after.
    """
    found = np.zeros(len(docs), np.uint16)
    if native.library is not None:
        native.checked("add_word", _words([(word, 0.0)]), docs, len(docs), not weighted, found)
        return found
    for run in word.runs:
        low, high = np.searchsorted(docs, (run.base, run.base + run.span)).tolist()
        codes = np.empty(high - low, np.uint16)
        codes_at(run.held, run.codes, docs[low:high], run.base, scratch, codes)
        found[low:high] += (codes >> 8) * np.uint16(run.weight if weighted else 1)
    return found


def score_words(words: Sequence[Weighed], docs: Docs, norms: Scores, scratch: Array) -> Scores:
    """The sum of `factor * f / (f + norms[doc])` of some words in each of `docs`, added up in their order, f being how
    often a word is there, weighted. For `scratch` see `frequencies_of`."""
    if native.library is not None and words:
        scores, found = np.empty(len(docs)), np.empty(len(docs), np.uint16)
        table = _words(words)
        native.checked("score_words", table, len(words), docs, len(docs), norms, len(norms), found, scores)
        return scores
    total = np.zeros(len(docs))
    for word, factor in words:
        often = frequencies_of(word, docs, scratch, weighted=True).astype(np.float64)
        total += factor * often / (often + norms[docs])
    return total


def _any(words: Sequence[WordPostings], size: int, flags: Array) -> Docs:
    """Documents that have any of the words."""
    return union([np.add(run.held, run.base, dtype=np.intp) for word in words for run in word.runs], size, flags)


def _words(words: Sequence[Weighed]) -> "ctypes.Array[_WordStruct]":
    table = (_WordStruct * (len(words) or 1))()
    for row, (word, factor) in zip(table, words, strict=False):
        row.runs, row.count = word.table
        row.factor = factor
    return table
