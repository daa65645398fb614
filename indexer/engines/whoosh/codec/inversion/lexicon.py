"""Words to numbers, one dictionary per process that stays warm from segment to segment.

In: texts and their languages. Out: arrays of *piece* numbers. A piece is what lies between spaces and punctuation; it
stands for the tokens that `analysis` makes of it, usually one. A token is known as a *form*: the pair of its folded
surface and its index term. Analysis is asked once for each distinct piece; pieces become forms, positions and lengths
in numpy when a segment is inverted (`forms`). Called by the segment builder.
"""

from array import array
from collections.abc import Sequence

import numpy as np

from indexer import analysis
from indexer.engines.whoosh.codec.inversion.pieces import PieceTable
from indexer.engines.whoosh.codec.layout import Array, term_bytes
from indexer.near_duplicates.signatures import word_hash

# ASCII letters in lower case; digits, dots, apostrophes and all bytes of other characters as they are; the rest spaces.
# What lies between spaces can be analysed by itself: no token reaches across an ASCII separator.
_SEPARATE = bytes(
    byte if byte >= 0x80 or chr(byte) in ".'" or chr(byte).isalnum() else 0x20 for byte in range(256)
).lower()
# Text with so many bytes for each piece is of a script without spaces: its pieces would hardly come again.
_BYTES_PER_PIECE = 40
# Pieces that are turned into forms at a time: what is made on the way stays in the processor's cache.
_STRETCH = 1 << 16
# A form with its strings, its places in two dictionaries and its piece.
BYTES_PER_FORM = 400
# Stands in the place of a language for text that is not stemmed.
URL_LANGUAGE = "\0url"


class Lexicon:
    """All words met so far."""

    def __init__(self) -> None:
        self.surfaces: list[bytes] = []
        self.form_terms = array("I")
        self.form_hashes = array("Q")
        self.terms: list[bytes] = []
        self._term_numbers: dict[bytes, int] = {}
        self._forms: dict[tuple[bytes, int], int] = {}
        self._counts = array("I")
        self._firsts = array("I")
        self._starts = array("I")
        self._expansion = array("I")
        self._tables: dict[str | None, PieceTable] = {}

    @property
    def memory(self) -> int:
        """About how many bytes it takes."""
        return len(self.surfaces) * BYTES_PER_FORM

    @staticmethod
    def separated(text: str) -> bytes:
        """A text as `number` wants it: pieces between spaces, ASCII letters in lower case."""
        # A lone surrogate is no letter; it separates.
        raw = text.encode("utf-8", "replace").translate(_SEPARATE)
        if len(raw) == len(text):
            return raw
        if len(raw) > _BYTES_PER_PIECE * (raw.count(b" ") + 1):
            return " ".join(analysis.tokens(raw.decode("utf-8"))).encode()
        return raw

    def number(self, texts: Sequence[bytes], language: str | None) -> tuple[Array, Array]:
        """The piece numbers of separated texts, one after the other, and how many there are of each text."""
        table = self._tables.get(language)
        if table is None:
            table = self._tables[language] = PieceTable(lambda pieces: self._add_pieces(pieces, language))
        numbers, starts = table.numbers(b" ".join(texts))
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        return numbers, np.diff(np.searchsorted(starts, ends), prepend=0)

    def _add_pieces(self, pieces: list[bytes], language: str | None) -> list[int]:
        """Number new pieces."""
        # ASCII letters and digits alone are a token as they are.
        cut = [[piece.decode()] if piece.isalnum() else analysis.tokens(piece.decode("utf-8")) for piece in pieces]
        words = [word for tokens in cut for word in tokens]
        terms = words if language == URL_LANGUAGE else analysis.stem_all(words, language)
        forms = self._number_forms(words, terms)
        first = len(self._counts)
        at = len(self._expansion)
        self._expansion.extend(forms)
        for tokens in cut:
            self._counts.append(len(tokens))
            self._starts.append(at)
            self._firsts.append(self._expansion[at] if tokens else 0)
            at += len(tokens)
        return list(range(first, len(self._counts)))

    def _number_forms(self, words: list[str], terms: list[str]) -> list[int]:
        """The number of each pair of surface and term."""
        term_numbers, forms, numbers = self._term_numbers, self._forms, []
        for word, stem in zip(words, terms, strict=True):
            surface = term_bytes(word)
            term = surface if stem == word else term_bytes(stem)
            number = term_numbers.get(term)
            if number is None:
                number = term_numbers[term] = len(self.terms)
                self.terms.append(term)
            form = forms.get((surface, number))
            if form is None:
                form = forms[surface, number] = len(self.surfaces)
                self.surfaces.append(surface)
                self.form_terms.append(number)
                self.form_hashes.append(word_hash(surface))
            numbers.append(form)
        return numbers

    def token_count(self, pieces: Array) -> int:
        """How many tokens the pieces stand for."""
        return int(np.frombuffer(self._counts, np.uint32)[pieces].sum())

    def forms(self, pieces: Array, lengths: Array) -> tuple[Array, Array]:
        """Piece numbers, and how many of them each document has -> form numbers, and how many each document has."""
        counts = np.frombuffer(self._counts, np.uint32)
        firsts = np.frombuffer(self._firsts, np.uint32)
        bounds = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        lengths = lengths.astype(np.int64)
        parts = []
        for start in range(0, len(pieces), _STRETCH):
            part = pieces[start : start + _STRETCH]
            found = firsts[part]
            of_piece = counts[part]
            odd = np.flatnonzero(of_piece != 1)
            if len(odd):
                documents = np.searchsorted(bounds, start + odd, "right") - 1
                np.add.at(lengths, documents, of_piece[odd].astype(np.int64) - 1)
                found = self._expanded(part, found, of_piece, odd)
            parts.append(found)
        return (np.concatenate(parts) if parts else np.zeros(0, np.uint32)), lengths

    def _expanded(self, pieces: Array, firsts: Array, counts: Array, odd: Array) -> Array:
        """The first forms of some pieces, with those that stand for no token or for several put right."""
        found = np.repeat(firsts, counts)
        many = odd[counts[odd] > 1]
        if len(many):
            shift = np.zeros(len(pieces) + 1, np.int64)
            shift[odd + 1] = counts[odd].astype(np.int64) - 1
            at = many + np.cumsum(shift)[many]
            size = counts[many].astype(np.int64)
            within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
            starts = np.frombuffer(self._starts, np.uint32)[pieces[many]]
            expansion = np.frombuffer(self._expansion, np.uint32)
            found[np.repeat(at, size) + within] = expansion[np.repeat(starts, size) + within]
        return found
