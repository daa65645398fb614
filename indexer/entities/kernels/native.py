"""The compiled tagger; `library` is None where there is none.

Installing the package compiles it if the machine has a C compiler; without one everything works in Python, slower.
`BROADSHEET_KERNELS=numpy` in the environment leaves the library alone. Called by `crf`.
"""

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import compiled
from indexer.entities.kernels import settings, sources
from indexer.entities.lexicon import Lexicon
from indexer.entities.packed import Weights

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int64
_FIELDS = [_POINTER, _POINTER, _POINTER, _INT, _INT, _INT]
_FUNCTIONS: dict[str, tuple[list[Any], Any]] = {
    "tagger_new": ([_POINTER], _POINTER),
    "tagger_learn": ([_POINTER, _INT, _POINTER, _INT, _POINTER], _INT),
    "tagger_cut": (_FIELDS, _INT),
    "tagger_tag": (_FIELDS, _INT),
    "tagger_tag_words": ([_POINTER, _POINTER, _POINTER, _POINTER, _INT], _INT),
    "tagger_found": ([_POINTER], _POINTER),
    "tagger_scores": ([_POINTER, _POINTER], _POINTER),
    "tagger_free": ([_POINTER], None),
}
MOST_LETTERS = 1 << 30  # of one document; places in it are 32-bit numbers


def load() -> ctypes.PyDLL | None:
    """The library, if it is there, of this source and wanted."""
    # A tagger is not for two threads at a time: a call keeps the interpreter to itself, a millisecond or so.
    return compiled.load(ctypes.PyDLL, sources.LIBRARY, sources.checksum(), _FUNCTIONS)


library = load()


class NativeTagger:
    """A tagger in C. What it is made of is copied; the lexicon and the weights can go."""

    def __init__(
        self,
        weights: Weights,
        lexicon: Lexicon,
        transition: NDArray[np.float32],
        start: NDArray[np.float32],
        end: NDArray[np.float32],
        kinds: Mapping[str, str],
        max_forms: int,
    ) -> None:
        assert library is not None
        self._library = library
        built, tables = settings.build(weights, lexicon, transition, start, end, kinds, max_forms)
        self._handle = library.tagger_new(ctypes.addressof(built.settings))
        if not self._handle:
            raise MemoryError
        # All but the largest, which is copied, are read where they are.
        self._kept = [array for array in built.arrays if array.ctypes.data != built.settings.emission]
        for table in tables:
            text = settings.lines(table.words)
            values = np.ascontiguousarray(table.values, np.int32)
            learnt = self._call("tagger_learn", table.what, text.ctypes.data, len(text), values.ctypes.data)
            assert learnt == len(table.words)

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.tagger_free(self._handle)

    def cut(self, texts: Sequence[str], eliding: bool, most: int) -> list[list[int]]:
        """Words of texts: text, sentence, start and length of each."""
        return self._read(self._call("tagger_cut", *self._texts(texts), eliding, most))

    def tag(self, texts: Sequence[str], eliding: bool, most: int) -> list[list[int]]:
        """Names in texts, of which no more than `most` words are read: text, start, end and kind of each."""
        return self._read(self._call("tagger_tag", *self._texts(texts), eliding, most))

    def tag_words(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """Names in sentences of words: sentence, first word, end and kind of each."""
        words = [word for sentence in sentences for word in sentence]
        text = "".join(words).encode("utf-32-le", "surrogatepass")
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        counts = np.fromiter(map(len, sentences), np.int64, len(sentences))
        found = self._call("tagger_tag_words", text, lengths.ctypes.data, counts.ctypes.data, len(counts))
        return self._read(found)

    def scores(self) -> NDArray[np.float32]:
        """Scores of the words near capitals of what was tagged last, one behind the other, rows filled up to four."""
        count = _INT()
        at = self._library.tagger_scores(self._handle, ctypes.addressof(count))
        return np.frombuffer(ctypes.string_at(at, 4 * count.value), np.float32)

    def _texts(self, texts: Sequence[str]) -> tuple[bytes, Any, int]:
        lengths = (_INT * len(texts))(*map(len, texts))
        return "".join(texts).encode("utf-32-le", "surrogatepass"), lengths, len(texts)

    def _call(self, name: str, *arguments: Any) -> int:
        found: int = getattr(self._library, name)(self._handle, *arguments)
        if found < 0:
            raise MemoryError
        return found

    def _read(self, count: int) -> list[list[int]]:
        if not count:
            return []
        at = self._library.tagger_found(self._handle)
        rows: list[list[int]] = np.frombuffer(ctypes.string_at(at, 16 * count), np.int32).reshape(count, 4).tolist()
        return rows
