"""The surface forms under the terms of several segments -> those under the terms of one.

A token names its surface by a variant number under its term, one byte. Merged terms number their surfaces anew; this
says how, and gathers the surfaces of the merged segment. Called by the merge of a text field.
"""

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.inversion.invert import byte_order
from indexer.engines.whoosh.codec.layout import Array, pack_strings, unpack_strings
from indexer.engines.whoosh.codec.postings import LAST_VARIANT, variant
from indexer.engines.whoosh.codec.strings import Run

# Fills the numbers below `LAST_VARIANT` of a term whose surfaces must stay above it; no word is empty.
_NO_SURFACE = b""


class Tokens(Protocol):
    """What is asked of a stretch of postings: how many tokens each of its terms has, and their variants."""

    @property
    def tokens(self) -> Array | None:
        """Tokens of each term."""
        ...

    @property
    def variants(self) -> Array | None:
        """The variant of each token."""
        ...


class SurfaceMerger:
    """Gathers the surfaces of a merged field, run by run."""

    def __init__(self, sources: Sequence[ArrayFile], field: str) -> None:
        self._field = field
        self._starts = [arrays.whole(f"{field}.surfaces.starts") for arrays in sources]
        self._data = [arrays.whole(f"{field}.surfaces.bytes") for arrays in sources]
        self._offsets = [arrays.whole(f"{field}.surfaces.offsets") for arrays in sources]
        self._merged: list[bytes] = []
        self._merged_starts = array("I", [0])

    def none_used(self, source: int, terms: tuple[int, int]) -> Array:
        """A mask over the surfaces of a range of terms, all off."""
        first, last = self._starts[source][list(terms)].tolist()
        return np.zeros(last - first, np.bool_)

    def mark(self, used: Array, source: int, terms: tuple[int, int], part: Tokens) -> None:
        """Switch on the surfaces that the tokens of a part have."""
        at = self.numbers(source, terms, part)
        used[at] = True
        assert part.variants is not None
        if len(part.variants) and part.variants.max() == LAST_VARIANT:
            ends = self._starts[source][terms[0] + 1 : terms[1] + 1].astype(np.int64) - self._starts[source][terms[0]]
            for number in np.unique(at[part.variants == LAST_VARIANT]).tolist():
                used[number : ends[np.searchsorted(ends, number, "right")]] = True

    def numbers(self, source: int, terms: tuple[int, int], part: Tokens) -> Array:
        """The surface of each token, counted from the first of the range of terms."""
        assert part.tokens is not None
        assert part.variants is not None
        starts = self._starts[source][terms[0] : terms[1]].astype(np.int64) - int(self._starts[source][terms[0]])
        return np.repeat(starts, part.tokens) + part.variants

    def assign(self, run: Run, used: Sequence[Array | None]) -> tuple[list[Array], Array]:
        """Number the surfaces of a run's terms; returns the new variant of each surface of each source's range, and
        which of the terms have several.

        Terms without a surface in use (`used` None: all are) are left out.
        """
        names = [self._names(source, terms) for source, terms in enumerate(run.ranges)]
        late = _late(run, names)
        numbered: list[dict[bytes, int]] = [{} for _ in run.strings]
        after: dict[int, dict[bytes, None]] = {number: {} for number in late}
        for source, groups in enumerate(names):
            mask = used[source]
            at = 0
            for number, group in zip(run.numbers[source].tolist(), groups, strict=True):
                known = numbered[number]
                for name in group:
                    if mask is not None and not mask[at]:
                        pass
                    elif number in late and name in late[number]:
                        after[number][name] = None
                    else:
                        known.setdefault(name, len(known))
                    at += 1
        several = np.zeros(len(numbered), np.bool_)
        for number, known in enumerate(numbered):
            if number in after:
                first = max(len(known), LAST_VARIANT)
                known.update((name, at) for at, name in enumerate(after[number], first))
            several[number] = self._append(known) > 1
        return [_renamed(run.numbers[source], groups, numbered) for source, groups in enumerate(names)], several

    def _append(self, known: dict[bytes, int]) -> int:
        """Add the surfaces of a term, those of a crowded one with a gap before the late ones; returns how many."""
        if not known:
            return 0
        names = [_NO_SURFACE] * (max(known.values()) + 1)
        for name, number in known.items():
            names[number] = name
        self._merged += names
        self._merged_starts.append(len(self._merged))
        return len(names)

    def _names(self, source: int, terms: tuple[int, int]) -> list[list[bytes]]:
        """The surfaces of each term of a range."""
        starts = self._starts[source][terms[0] : terms[1] + 1].tolist()
        flat = unpack_strings(self._data[source], self._offsets[source][starts[0] : starts[-1] + 1])
        return [flat[start - starts[0] : stop - starts[0]] for start, stop in pairwise(starts)]

    def write(self, writer: ArrayFileWriter) -> None:
        """Write the surfaces of the merged field."""
        data, offsets = pack_strings(self._merged)
        writer.put(f"{self._field}.surfaces.starts", np.array(self._merged_starts, np.uint32))
        writer.put(f"{self._field}.surfaces.bytes", data)
        writer.put(f"{self._field}.surfaces.offsets", offsets)
        writer.put(f"{self._field}.surfaces.sorted", byte_order(self._merged))


def _late(run: Run, names: list[list[list[bytes]]]) -> dict[int, set[bytes]]:
    """By number of term, the surfaces that some source has beyond its 255th: its tokens do not say which it was, so
    none of these may get a smaller number."""
    late: dict[int, set[bytes]] = {}
    for source, groups in enumerate(names):
        for number, group in zip(run.numbers[source].tolist(), groups, strict=True):
            if len(group) > LAST_VARIANT:
                late.setdefault(number, set()).update(group[LAST_VARIANT:])
    return late


def _renamed(numbers: Array, groups: list[list[bytes]], numbered: list[dict[bytes, int]]) -> Array:
    """The new variant of each surface of a source; 0 for those not in use."""
    variants = [
        variant(numbered[number].get(name, 0))
        for number, group in zip(numbers.tolist(), groups, strict=True)
        for name in group
    ]
    return np.array(variants, np.uint8)
