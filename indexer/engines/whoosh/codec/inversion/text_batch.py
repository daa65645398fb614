"""Texts of some documents that wait to be numbered together. Called by the segment builder.

All texts of a language go to the lexicon in one go, field after field, so that in an archive of one language the
numbers of a field come back in document order; where languages mix, they are put in order here.
"""

from functools import cached_property

import numpy as np

from indexer.engines.whoosh.codec.inversion.lexicon import Lexicon
from indexer.engines.whoosh.codec.layout import INVERTED, Array


class TextBatch:
    """Texts of consecutive documents, the current one being number `documents`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._texts: dict[str | None, dict[str, list[tuple[int, bytes]]]] = {}
        self.documents = 0
        self.bytes = 0

    def add(self, field: str, language: str | None, text: bytes) -> None:
        """Add a field of the current document."""
        if not text:
            return
        fields = self._texts.get(language)
        if fields is None:
            fields = self._texts[language] = {name: [] for name in INVERTED}
        fields[field].append((self.documents, text))
        self.bytes += len(text)

    @cached_property
    def _numbered(self) -> dict[str, list[tuple[Array, Array, Array]]]:
        """By field, for each language that has it: the documents, how many pieces each has, and all the pieces."""
        found: dict[str, list[tuple[Array, Array, Array]]] = {field: [] for field in INVERTED}
        for language, fields in self._texts.items():
            texts = [text for waiting in fields.values() for _, text in waiting]
            numbers, counts = self._lexicon.number(texts, language)
            first = start = 0
            for field, waiting in fields.items():
                if waiting:
                    of_field = counts[first : first + len(waiting)]
                    stop = start + int(of_field.sum())
                    documents = np.fromiter((document for document, _ in waiting), np.int64, len(waiting))
                    found[field].append((documents, of_field, numbers[start:stop]))
                    first += len(waiting)
                    start = stop
        return found

    def take(self, field: str) -> tuple[Array, Array]:
        """The piece numbers of a field, document after document, and how many each document has."""
        groups = self._numbered[field]
        lengths = np.zeros(self.documents, np.uint32)
        for documents, counts, _ in groups:
            lengths[documents] = counts
        if len(groups) == 1:
            return groups[0][2], lengths
        ends = np.cumsum(lengths, dtype=np.int64)
        merged = np.empty(ends[-1] if len(ends) else 0, np.uint32)
        for documents, counts, numbers in groups:
            shift = (ends - lengths)[documents] - (np.cumsum(counts) - counts)
            merged[np.repeat(shift, counts) + np.arange(len(numbers))] = numbers
        return merged, lengths
