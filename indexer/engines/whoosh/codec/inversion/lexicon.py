"""Words to numbers, one dictionary per process that stays warm from segment to segment.

In: texts and their languages. Out: arrays of *piece* numbers. A piece is what lies between spaces and punctuation; it
stands for the terms that `analysis` makes of it, usually one. A term is known as a *form*: the pair of a folded surface
and an index term. Most forms take a position of their own; *stacked* ones share that of the form before them: other
spellings of a word, and compounds. Their surfaces begin with a separator, so that nobody takes them for words of the
text; a compound has that of its first part. Analysis is asked once for each distinct piece; pieces become forms,
positions and lengths in numpy when a segment is inverted (`forms`). Called by the segment builder.
"""

import re
from array import array
from collections.abc import Sequence
from operator import sub

import numpy as np

from indexer import analysis
from indexer.analysis import IndexTerm, Token
from indexer.analysis.tokens import ACRONYM_QUOTE
from indexer.engines.whoosh.codec.inversion.pieces import PieceTable
from indexer.engines.whoosh.codec.layout import MAX_TERM_BYTES, STACKED, Array, term_bytes
from indexer.near_duplicates.signatures import word_hash

_STACKED = STACKED.encode()
# Stands in a piece for the end of a line behind a hyphen.
_LINE_END = "\x1e"
# ASCII letters in lower case; digits, signs that words may hold or be joined by, and all bytes of other characters as
# they are; the rest spaces. What lies between spaces can be analysed by itself: no term reaches across a separator.
_SEPARATE = bytes(
    byte if byte >= 0x80 or chr(byte) in ".'`-&+#" + _LINE_END or chr(byte).isalnum() else 0x20 for byte in range(256)
).lower()
_HYPHEN_AT_LINE_END = re.compile(rb"-[ \t]*\r?\n[ \t]*")
# Begins with a letter, for which it is looked very fast: searching for two takes six times as long.
_LOOSE_HYPHEN = re.compile(rb"-(?:(?=[ -])|(?<=[ -]-))")
_HYPHENS = (b"\xe2\x80\x90", b"\xe2\x80\x91")
# Text with so many bytes for each piece is of a script without spaces: its pieces would hardly come again.
_BYTES_PER_PIECE = 40
# Pieces that are turned into forms at a time: what is made on the way stays in the processor's cache.
_STRETCH = 1 << 16
# A form with its strings, its places in two dictionaries and its piece.
BYTES_PER_FORM = 400
# Stands in the place of a language for text that is not stemmed.
URL_LANGUAGE = "\0url"


def _words(raw: bytes) -> bytes:
    """A text of a script without spaces, its words apart."""
    found = analysis.cut(raw.decode("utf-8").replace(_LINE_END, "\n"))
    words = ((token.text if analysis.is_unspaced(token.text) else token.light, token.joint or " ") for token in found)
    return "".join(part for word in words for part in word).encode()


def _bare(piece: bytes) -> bytes:
    """A piece without a full stop, quotes and the possessive around its word, which cutting it would take off too."""
    word = piece.rstrip(b".'").lstrip(b"'")
    return word[:-2] if word.endswith(b"'s") else word


def _plain_terms(pieces: Sequence[bytes], language: str | None) -> list[bytes]:
    """The term of each of some words that are ASCII letters and digits alone: each has one term."""
    if language == URL_LANGUAGE:
        return list(map(_shortened, pieces))
    return list(map(term_bytes, analysis.plain_terms([piece.decode() for piece in pieces], language)))


def _shortened(piece: bytes) -> bytes:
    return piece[:MAX_TERM_BYTES]


def _terms(tokens: list[Token], language: str | None) -> list[tuple[IndexTerm, ...]]:
    if language == URL_LANGUAGE:
        return [(IndexTerm(token.text),) for token in tokens]
    return analysis.index_terms(tokens, language)


class Lexicon:
    """All words met so far."""

    def __init__(self) -> None:
        self.surfaces: list[bytes] = []
        self.form_terms = array("I")
        self.form_hashes = array("Q")
        self.form_steps = array("B")  # by how many positions a form goes on: 0 for a stacked one
        self.terms: list[bytes] = []
        self._term_numbers: dict[bytes, int] = {}
        self._forms: dict[tuple[bytes, int], int] = {}
        self._tokens = array("I")
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
        if not text:
            return b""
        # A lone surrogate is no letter; it separates.
        raw = text.encode("utf-8", "replace")
        if b"\xd7" in raw and b'"' in raw:
            raw = ACRONYM_QUOTE.sub("\u05f4", text).encode("utf-8", "replace")
        if len(raw) > len(text):
            for hyphen in _HYPHENS:
                raw = raw.replace(hyphen, b"-")
        if b"-" in raw and b"\n" in raw:
            raw = _HYPHEN_AT_LINE_END.sub(b"-" + _LINE_END.encode(), raw)
        if b"&" in raw:
            raw = raw.replace(b" &", b"&").replace(b"& ", b"&")
        raw = raw.translate(_SEPARATE)
        if b"-" in raw:  # one that joins nothing is no part of a piece
            raw = _LOOSE_HYPHEN.sub(b" ", raw)
        if len(raw) > len(text) and len(raw) > _BYTES_PER_PIECE * (raw.count(b" ") + 1):
            return _words(raw)
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
        words = [piece if piece.isalnum() else _bare(piece) for piece in pieces]
        is_plain = [word.isalnum() for word in words]
        plain = iter(_plain_terms([word for word, alone in zip(words, is_plain, strict=True) if alone], language))
        others = [piece for piece, alone in zip(pieces, is_plain, strict=True) if not alone]
        cut = [analysis.cut(piece.decode("utf-8").replace(_LINE_END, "\n")) for piece in others]
        tokens_of = iter(cut)
        terms_of = iter(_terms([token for tokens in cut for token in tokens], language))
        surfaces: list[bytes] = []
        terms: list[bytes] = []
        token_counts: list[int] = []
        starts: list[int] = []
        for word, alone in zip(words, is_plain, strict=True):
            starts.append(len(surfaces))
            if alone:
                surfaces.append(_shortened(word))
                terms.append(next(plain))
                token_counts.append(1)
                continue
            tokens = next(tokens_of)
            token_counts.append(len(tokens))
            for token, found in zip(tokens, terms_of, strict=False):
                surfaces += [term_bytes(token.text), *[term_bytes(STACKED + token.text)] * (len(found) - 1)]
                terms += [term_bytes(term.text) for term in found]
        forms = self._number_forms(surfaces, terms)
        counts = list(map(sub, [*starts[1:], len(forms)], starts))
        first, base = len(self._counts), len(self._expansion)
        self._expansion.extend(forms)
        self._tokens.extend(token_counts)
        self._counts.extend(counts)
        self._starts.extend([base + start for start in starts])
        self._firsts.extend([forms[start] if count else 0 for start, count in zip(starts, counts, strict=True)])
        return list(range(first, len(self._counts)))

    def _number_forms(self, surfaces: Sequence[bytes], terms: Sequence[bytes]) -> list[int]:
        """The number of each pair of surface and term."""
        term_numbers, form_numbers, found = self._term_numbers, self._forms, []
        first = len(self.surfaces)
        for surface, term in zip(surfaces, terms, strict=True):
            number = term_numbers.get(term)
            if number is None:
                number = term_numbers[term] = len(self.terms)
                self.terms.append(term)
            form = form_numbers.get((surface, number))
            if form is None:
                form = form_numbers[surface, number] = len(self.surfaces)
                self.surfaces.append(surface)
                self.form_terms.append(number)
            found.append(form)
        fresh = self.surfaces[first:]
        self.form_hashes.extend(map(word_hash, fresh))
        self.form_steps.extend([not surface.startswith(_STACKED) for surface in fresh])
        return found

    def token_count(self, pieces: Array) -> int:
        """How many tokens the pieces stand for."""
        return int(np.frombuffer(self._tokens, np.uint32)[pieces].sum())

    def forms(self, pieces: Array, lengths: Array) -> tuple[Array, Array]:
        """Piece numbers, and how many of them each document has -> form numbers, stacked ones among them, and how many
        each document has."""
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
