"""The term dictionary of one text field in one segment: terms (stems) and the surface forms under each.

Both are sorted in UTF-8 byte order, so a word is found by bisection and a prefix is a range. Called by whatever turns
words of a query into postings, and by the snippets for the forms to look for.
"""

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import STACKED, term_bytes
from indexer.engines.whoosh.codec.strings import SortedStrings
from indexer.engines.whoosh.kernels import Array, expand

# The look-ups of terms that a dictionary remembers: some hundred KB.
_REMEMBERED = 2_000
# Sorts after every UTF-8 byte.
_AFTER = b"\xff"


class Dictionary:
    """Look-ups in one field's dictionary. Terms and surfaces are named by their numbers."""

    def __init__(self, arrays: ArrayFile, field: str) -> None:
        def whole(name: str) -> Array:
            return arrays.part(f"{field}.{name}", 0, len(arrays[f"{field}.{name}"]))

        self._term_strings = SortedStrings(whole("terms.bytes"), whole("terms.offsets"))
        self.terms = len(self._term_strings)
        # A query looks for the same terms several times: to find articles, for the marks in them, for its advice.
        self._found: dict[str, int | None] = {}
        if f"{field}.surfaces.starts" in arrays:
            self._surface_array = whole("surfaces.bytes")
            self._offset_array = whole("surfaces.offsets")
            self.starts = whole("surfaces.starts")
            self.order = whole("surfaces.sorted")
        else:  # a field without stemming: each term is its only form
            self._surface_array = whole("terms.bytes")
            self._offset_array = whole("terms.offsets")
            self.starts = np.arange(self.terms + 1, dtype=np.uint32)
            self.order = self.starts[:-1]
        self._surface_strings = SortedStrings(self._surface_array, self._offset_array, self.order)
        self.postings = whole("postings")
        self.surfaces = len(self.order)

    def term(self, text: str) -> int | None:
        """The number of a term."""
        found = self._found.get(text, -1)
        if found == -1:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._term_strings.find(term_bytes(text))
        return found

    def term_text(self, term: int) -> bytes:
        """The text of a term, in UTF-8."""
        return self._term_strings[term]

    def count(self, term: int) -> int:
        """In how many documents a term is, deleted ones included."""
        return int(self.postings[term + 1] - self.postings[term])

    @property
    def first_word(self) -> int:
        """The offset in `order` of the first surface that is a word of the text; those of stacked terms lie before."""
        return self._surface_strings.at_least(STACKED.encode() + _AFTER)

    def surface_text(self, surface: int) -> str:
        """The text of a surface form."""
        return self._surface_strings[surface].decode()

    def forms(self, term: int) -> list[str]:
        """The surface forms of a term, of a compound those of its first part."""
        numbers = range(int(self.starts[term]), int(self.starts[term + 1]))
        return [self.surface_text(number).removeprefix(STACKED) for number in numbers]

    def term_of(self, surfaces: Array) -> Array:
        """The term of each surface form."""
        return np.searchsorted(self.starts, surfaces, side="right") - 1

    def range_of(self, start: str) -> tuple[int, int]:
        """The range of offsets in `order` whose surfaces begin with `start`."""
        key = start.encode("utf-8", "replace")
        low = self._surface_strings.at_least(key)
        return low, self._surface_strings.at_least(key + _AFTER, low)

    def exactly(self, text: str) -> list[int]:
        """The numbers of a surface form: one for each term that has it."""
        equal = self._surface_strings.equal(term_bytes(text))
        found: list[int] = self.order[equal.start : equal.stop].tolist()
        return found

    def texts(self, low: int, high: int) -> list[str]:
        """The surfaces at the offsets `low` to `high` of `order`."""
        return self.texts_of(self.order[low:high])

    def texts_of(self, numbers: Array) -> list[str]:
        """The texts of surfaces, by number."""
        if not len(numbers):
            return []
        starts = self._offset_array[numbers].astype(np.int64)
        counts = self._offset_array[numbers.astype(np.int64) + 1] - starts
        data = self._surface_array[expand(starts, counts)].tobytes()
        if data.isascii():
            text, ends = data.decode("ascii"), np.cumsum(counts).tolist()
            return [text[a:z] for a, z in zip([0, *ends[:-1]], ends, strict=True)]
        ends = np.cumsum(counts).tolist()
        return [data[a:z].decode() for a, z in zip([0, *ends[:-1]], ends, strict=True)]

    def holding(self, key: bytes) -> Array:
        """The numbers of the surfaces that contain some bytes."""
        data, found, at = self._surface_array.tobytes(), [], 0
        while (at := data.find(key, at)) >= 0:
            found.append(at)
            at += len(key)
        numbers = np.searchsorted(self._offset_array, np.array(found, np.int64), side="right") - 1
        return np.unique(numbers)
