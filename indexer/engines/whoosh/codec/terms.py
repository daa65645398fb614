"""The terms of one field of a segment as Whoosh asks for them: in byte order, with statistics and postings.

Text fields are read as they lie; the `_exact` fields are made from stems and variants, keyword fields from ordinals.
Called by `whoosh_codec`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from indexer.engines.whoosh.codec.layout import INVERTED, MANIES, SINGLES, STACKED, TEXTS, Array
from indexer.engines.whoosh.codec.postings import Overflow, Variants, encode
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.codec.strings import SortedStrings


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The documents of a term, ascending, their codes (`codec.postings`) and, for text, their positions.

    `starts` has one element more than `docs`: positions of document i are `positions[starts[i]:starts[i + 1]]`.
    """

    docs: Array
    codes: Array
    starts: Array | None = None
    positions: Array | None = None


class Terms(Protocol):
    """The sorted terms of a field."""

    @property
    def strings(self) -> SortedStrings:
        """The terms."""
        ...

    def postings(self, number: int) -> TermPostings:
        """The postings of a term by its number."""
        ...


class TextTerms:
    """The terms of a text field."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._arrays = segment.arrays
        self._field = field
        self.strings = SortedStrings(self._whole("terms.bytes"), self._whole("terms.offsets"))

    @cached_property
    def _overflow(self) -> Overflow:
        return Overflow.read(self._arrays, self._field)

    def _whole(self, name: str) -> Array:
        return self._arrays.whole(f"{self._field}.{name}")

    def _part(self, name: str, start: int, stop: int) -> Array:
        return self._arrays.part(f"{self._field}.{name}", start, stop)

    def _extent(self, number: int) -> tuple[int, int, int, int]:
        """Where the postings and the positions of a term start and stop."""
        start, stop = self._arrays.part(f"{self._field}.postings", number, number + 2).tolist()
        first, last = self._arrays.part(f"{self._field}.positions.offsets", number, number + 2).tolist()
        return start, stop, first, last

    def _frequencies(self, start: int, stop: int) -> Array:
        return self._overflow.exact(self._part("codes", start, stop), start).astype(np.int64)

    def postings(self, number: int) -> TermPostings:
        """See `Terms`."""
        start, stop, first, last = self._extent(number)
        starts = np.concatenate([[0], np.cumsum(self._frequencies(start, stop))])
        docs, codes = self._part("docs", start, stop), self._part("codes", start, stop)
        return TermPostings(docs, codes, starts, self._part("positions", first, last))


class ExactTerms(TextTerms):
    """The words of a text field as they were written (but folded).

    Where a stem has more than 255 surfaces, those after the first 255 are not told apart: each is found with all of
    them.
    """

    def __init__(self, segment: Segment, field: str) -> None:
        super().__init__(segment, field)
        surfaces = SortedStrings(self._whole("surfaces.bytes"), self._whole("surfaces.offsets"))
        self._surface_starts = self._whole("surfaces.starts")
        self._variants = Variants(self._arrays, field)
        # A surface may stand under several stems, one for each language.
        grouped: dict[bytes, list[int]] = {}
        for number in self._whole("surfaces.sorted").tolist():
            if (word := surfaces[number]) and not word.startswith(STACKED.encode()):
                grouped.setdefault(word, []).append(number)
        self._numbers = list(grouped.values())
        words = list(grouped)
        offsets = np.cumsum([0, *map(len, words)])
        self.strings = SortedStrings(np.frombuffer(b"".join(words), np.uint8), offsets)

    def postings(self, number: int) -> TermPostings:
        """See `Terms`."""
        found = [self._surface(surface) for surface in self._numbers[number]]
        docs = np.concatenate([docs for docs, _ in found])
        positions = np.concatenate([positions for _, positions in found])
        order = np.argsort(docs, kind="stable")
        docs, positions = docs[order], positions[order]
        first = np.flatnonzero(np.concatenate([[True], docs[1:] != docs[:-1]])) if len(docs) else np.zeros(0, np.int64)
        starts = np.append(first, len(docs))
        codes = encode(np.diff(starts), self._whole("lengths")[docs[first]])
        return TermPostings(docs[first], codes, starts, positions)

    def _surface(self, surface: int) -> tuple[Array, Array]:
        """Document and position of every token of a surface."""
        term = int(np.searchsorted(self._surface_starts, surface, "right")) - 1
        start, stop, first, last = self._extent(term)
        docs = np.repeat(self._part("docs", start, stop), self._frequencies(start, stop))
        positions = self._part("positions", first, last)
        mask = self._variants.having(term, [surface - int(self._surface_starts[term])])
        if not len(mask):  # it is the term's only surface
            return docs, positions
        return docs[mask], positions[mask]


class LabelTerms:
    """The values of a keyword field."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._arrays = segment.arrays
        self._field = field
        self.strings = SortedStrings(
            self._arrays.whole(f"{field}.values.bytes"), self._arrays.whole(f"{field}.values.offsets")
        )

    @cached_property
    def _ords(self) -> Array:
        return self._arrays.whole(f"{self._field}.ords")

    def postings(self, number: int) -> TermPostings:
        """See `Terms`."""
        if self._field in SINGLES:
            docs = np.flatnonzero(self._ords == number + 1)
        else:
            start, stop = self._arrays.part(f"{self._field}.postings", number, number + 2).tolist()
            docs = self._arrays.part(f"{self._field}.docs", start, stop)
        return _once(docs)


class IdTerms:
    """The ids."""

    def __init__(self, segment: Segment) -> None:
        self._arrays = segment.arrays
        self.strings = SortedStrings(self._arrays.whole("id.bytes"), self._arrays.whole("id.offsets"))

    def postings(self, number: int) -> TermPostings:
        """See `Terms`."""
        return _once(self._arrays.part("id.docs", number, number + 1))


def _once(docs: Array) -> TermPostings:
    """Postings of a term that each document has once, without a length."""
    once = np.ones(len(docs), np.uint8)
    return TermPostings(docs, encode(once, once))


def open_terms(segment: Segment, exact_suffix: str) -> dict[str, Terms]:
    """The terms of every field that is indexed, by field name, in order of the names."""
    found: dict[str, Terms] = {"id": IdTerms(segment)}
    found |= {field: TextTerms(segment, field) for field in INVERTED}
    found |= {field + exact_suffix: ExactTerms(segment, field) for field in TEXTS}
    found |= {field: LabelTerms(segment, field) for field in (*SINGLES, *MANIES)}
    return dict(sorted(found.items()))
