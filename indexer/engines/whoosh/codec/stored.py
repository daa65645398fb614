"""Stored articles: JSON records of consecutive documents, compressed together in blocks.

In: records in document order. Out: the `.bsd` file of a segment, and any one record of it. A long body is cut into
chunks that are compressed apart, each with the number of its first token and character, so that a passage from the
middle of a book costs no more than one from a note. The frames carry checksums: damage is found where it is read.

A segment of some size trains a dictionary on its first articles; with it two articles together take less room than
sixteen do without, and are read in a sixth of the time. Merged files keep the dictionaries of their parts.

Arrays: `data` (all frames); `block.doc` first document, `block.start`, `block.size` of each block in `data`, and
`block.dictionary`, 0 for none, else the number from 1 of one in `dictionaries.bytes`, `dictionaries.offsets`;
`record.offset`, `record.length` of each document inside its decompressed block; `chunk.doc`, `chunk.token`,
`chunk.char`, `chunk.start`, `chunk.size` for the chunks of long bodies, by document and position.
"""

import contextlib
import threading
from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

from indexer.engines.shared.stored_article import pack_record, unpack_record
from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, Array, pack_strings, unpack_strings
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.engines.whoosh.codec.validity.structure import check_stored, documents_of
from indexer.errors import IndexCorrupt

# A block closes at this many documents or bytes: without a dictionary, 16 press releases compress 15% better together
# than one by one, and reading one of them costs about 60 microseconds.
BLOCK_DOCUMENTS = 16
BLOCK_BYTES = 64 << 10
# Records on which a dictionary is trained, and its size. With one, 10,000 press releases take 9.9 MB in blocks of two,
# which are read in 10 microseconds, without one 10.7 MB in blocks of 16. Fewer would hardly pay for the dictionary.
SAMPLES = 1000
SAMPLE_BYTES = 8 << 20
DICTIONARY_BYTES = 112 << 10
# What the dictionary is put together from: stretches of this many bytes, compared 8 at a time. Searching for better
# values, as the library does when given none, takes 7 times as long and finds none.
SEGMENT_BYTES = 200
MATCH_BYTES = 8
TRAINED_DOCUMENTS = 2
TRAINED_LEVEL = 3
MOST_DICTIONARIES = 255
# Bodies longer than this (characters) are cut into chunks.
CHUNK_CHARACTERS = 64 << 10
# Without a dictionary, level 3 saves 4% of the space and takes half as long again.
LEVEL = 1

_TABLES: dict[str, str] = {
    "block.doc": "I",
    "block.start": "q",
    "block.size": "I",
    "block.dictionary": "B",
    "record.offset": "I",
    "record.length": "I",
    "chunk.doc": "I",
    "chunk.token": "I",
    "chunk.char": "I",
    "chunk.start": "q",
    "chunk.size": "I",
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Part of a long body: its text, and the numbers of its first token and first character."""

    token: int
    char: int
    text: str


class StoredWriter:
    """Writes a `.bsd` file, record by record or, when segments merge, block by block."""

    def __init__(self, path: Path) -> None:
        self._file = ArrayFileWriter(path)
        self._stream = self._file.begin("data", np.uint8)
        self._tables: dict[str, array[int]] = {name: array(code) for name, code in _TABLES.items()}
        self._plain = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
        # The dictionaries by their bytes, and the one in use: its number and its compressor.
        self._dictionaries: dict[bytes, int] = {}
        self._trained: tuple[int, zstandard.ZstdCompressor] | None = None
        # The first records wait until there are enough to train a dictionary on.
        self._waiting: list[tuple[bytes, Sequence[tuple[int, int, bytes]]]] = []
        self._waiting_bytes = 0
        self._block: list[bytes] = []
        self._block_bytes = 0
        self._data = 0
        self._documents = 0

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.size

    def add(self, record: dict[str, Any], chunks: Sequence[Chunk] = ()) -> None:
        """Store the next document. With chunks, they hold the body and the record goes without."""
        if chunks:
            record = {name: value for name, value in record.items() if name != "body"}
        frames = [self._plain.compress(chunk.text.encode("utf-8", "replace")) for chunk in chunks]
        self._add(pack_record(record), [(c.token, c.char, frame) for c, frame in zip(chunks, frames, strict=True)])

    def _add(self, packed: bytes, frames: Sequence[tuple[int, int, bytes]]) -> None:
        if self._trained is not None:
            self._store(packed, frames)
            return
        self._waiting.append((packed, frames))
        self._waiting_bytes += len(packed) + sum(len(frame) for _, _, frame in frames)
        if len(self._waiting) >= SAMPLES or self._waiting_bytes >= SAMPLE_BYTES:
            self._train()
            self._settle()

    def _train(self) -> None:
        """Make a dictionary of the waiting records; they may be too few or too much alike for one."""
        with contextlib.suppress(zstandard.ZstdError):
            samples: list[bytes | bytearray | memoryview] = [packed for packed, _ in self._waiting]
            trained = zstandard.train_dictionary(DICTIONARY_BYTES, samples, k=SEGMENT_BYTES, d=MATCH_BYTES)
            trained.precompute_compress(level=TRAINED_LEVEL)  # read once, not for each block: an eighth of the time
            number = self._number_of(trained.as_bytes())
            if number is not None:
                compressor = zstandard.ZstdCompressor(level=TRAINED_LEVEL, write_checksum=True, dict_data=trained)
                self._trained = number, compressor

    def _number_of(self, dictionary: bytes) -> int | None:
        """The number of a dictionary, a new one if need be; None when there are too many."""
        known = self._dictionaries.get(dictionary)
        if known is None and len(self._dictionaries) < MOST_DICTIONARIES:
            known = self._dictionaries[dictionary] = len(self._dictionaries) + 1
        return known

    def _settle(self) -> None:
        """Store the waiting records."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        for packed, frames in waiting:
            self._store(packed, frames)
        self._close_block()

    def _store(self, packed: bytes, frames: Sequence[tuple[int, int, bytes]]) -> None:
        tables = self._tables
        if not self._block:
            tables["block.doc"].append(self._documents)
        tables["record.offset"].append(self._block_bytes)
        tables["record.length"].append(len(packed))
        self._block.append(packed)
        self._block_bytes += len(packed)
        for token, char, frame in frames:
            tables["chunk.doc"].append(self._documents)
            tables["chunk.token"].append(token)
            tables["chunk.char"].append(char)
            tables["chunk.start"].append(self._data)
            tables["chunk.size"].append(len(frame))
            self._append(frame)
        self._documents += 1
        enough = TRAINED_DOCUMENTS if self._trained else BLOCK_DOCUMENTS
        if len(self._block) >= enough or self._block_bytes >= BLOCK_BYTES:
            self._close_block()

    def _append(self, data: bytes | Array) -> None:
        self._stream.append(data)
        self._data += len(data)

    def _close_block(self) -> None:
        if not self._block:
            return
        number, compressor = self._trained or (0, self._plain)
        frame = compressor.compress(b"".join(self._block))
        self._tables["block.dictionary"].append(number)
        self._tables["block.start"].append(self._data)
        self._tables["block.size"].append(len(frame))
        self._append(frame)
        self._block = []
        self._block_bytes = 0

    def copy(self, source: "StoredReader", live: Array | None) -> None:
        """Add the documents of another file, those that `live` does not name left out.

        Without `live` all frames are copied as they are, but for those of files so small that they have no dictionary.
        """
        numbers = [0, *map(self._number_of, source.dictionaries)]
        if live is not None or None in numbers or (numbers == [0] and source.documents < SAMPLES):
            documents = range(source.documents) if live is None else np.flatnonzero(live).tolist()
            for document in documents:
                self._add(source.packed(document), source.frames(document))
            return
        self._settle()
        size = len(source.file["data"])
        shifts = {"block.doc": self._documents, "chunk.doc": self._documents}
        shifts |= {"block.start": self._data, "chunk.start": self._data}
        for name, table in self._tables.items():
            old = source.file.whole(name)
            if name == "block.dictionary":
                moved = np.array(numbers, np.uint8)[old]
            else:
                moved = old + old.dtype.type(shifts.get(name, 0))
            table.frombytes(moved.tobytes())
        for start in range(0, size, _COPY_BYTES):
            self._append(source.file.part("data", start, min(start + _COPY_BYTES, size)))
            source.file.release()
        self._documents += source.documents

    def close(self) -> None:
        """Finish the file and put it on the disk."""
        self._settle()
        self._file.end()
        for name, table in self._tables.items():
            self._file.put(name, np.frombuffer(table, np.dtype(f"<{_WIDTHS[table.typecode]}")))
        packed, offsets = pack_strings(list(self._dictionaries))
        self._file.put("dictionaries.bytes", packed)
        self._file.put("dictionaries.offsets", offsets)
        self._file.metadata = {"documents": self._documents}
        self._file.close()

    def discard(self) -> None:
        """Give the file up and remove it."""
        self._file.discard()


_WIDTHS = {"B": "u1", "I": "u4", "q": "i8"}
_COPY_BYTES = 4 << 20


class StoredReader:
    """Reads records of a `.bsd` file by document number. Safe to share between threads.

    Raises:
        IndexCorrupt: the file or the block that is read is damaged.
    """

    def __init__(self, path: Path, formats: Collection[int] = (FORMAT_VERSION,)) -> None:
        self.file = ArrayFile(path, formats)
        self.documents = documents_of(self.file)
        check_stored(self.file, self.documents)
        # The frames check themselves.
        self._data = self.file["data"]
        self._block_doc = memoryview(self.file.whole("block.doc").data)
        packed, offsets = self.file.whole("dictionaries.bytes"), self.file.whole("dictionaries.offsets")
        self.dictionaries = unpack_strings(packed, offsets)
        self._chunk_doc = self.file.whole("chunk.doc")
        self._local = threading.local()

    def record(self, document: int) -> dict[str, Any]:
        """The record of a document, a long body put together again."""
        record = self.unpacked(document)
        if chunks := self.chunk_count(document):
            record["body"] = "".join(self.chunk(document, number).text for number in range(chunks))
        return record

    def unpacked(self, document: int) -> dict[str, Any]:
        """The record of a document; without the body if it is in chunks."""
        try:
            return unpack_record(self.packed(document))
        except ValueError as error:
            raise self._damaged(error) from None

    def head(self, document: int) -> dict[str, Any]:
        """The record of a document without its body."""
        record = self.unpacked(document)
        record.pop("body", None)
        return record

    def body(self, document: int, piece: int = 0) -> bytes:
        """The body of a document in UTF-8, or one piece of it where it is in chunks."""
        if self.chunk_count(document):
            return self.chunk(document, piece).text.encode()
        text: str = self.unpacked(document).get("body", "")
        return text.encode()

    def packed(self, document: int) -> bytes:
        """The JSON bytes of a document; without the body if it is in chunks."""
        block = max(bisect_right(self._block_doc, document) - 1, 0)
        raw = self._unpacked(block)
        start, length = self._entry("record.offset", document), self._entry("record.length", document)
        if start + length > len(raw):
            raise self._damaged("it is shorter than it must be")
        return raw[start : start + length]

    def _entry(self, table: str, number: int) -> int:
        return self.file.item(table, number)

    def chunk_count(self, document: int) -> int:
        """Into how many chunks the body of a document is cut; 0 where it is part of the record."""
        if not len(self._chunk_doc):
            return 0
        first, last = np.searchsorted(self._chunk_doc, [document, document + 1])
        return int(last - first)

    def chunk(self, document: int, number: int) -> Chunk:
        """One chunk of a long body."""
        at = int(np.searchsorted(self._chunk_doc, document)) + number
        text = self._frame(self._entry("chunk.start", at), self._entry("chunk.size", at))
        return Chunk(self._entry("chunk.token", at), self._entry("chunk.char", at), text.decode("utf-8"))

    def frames(self, document: int) -> list[tuple[int, int, bytes]]:
        """The chunks of a long body as they are stored: first token, first character, compressed text."""
        first = int(np.searchsorted(self._chunk_doc, document))
        frames = []
        for at in range(first, first + self.chunk_count(document)):
            start = self._entry("chunk.start", at)
            data = self._data[start : start + self._entry("chunk.size", at)].tobytes()
            frames.append((self._entry("chunk.token", at), self._entry("chunk.char", at), data))
        return frames

    def _unpacked(self, block: int) -> bytes:
        cached: tuple[int, bytes] | None = getattr(self._local, "block", None)
        if cached is not None and cached[0] == block:
            return cached[1]
        dictionary = self._entry("block.dictionary", block)
        raw = self._frame(self._entry("block.start", block), self._entry("block.size", block), dictionary)
        self._local.block = (block, raw)
        return raw

    def _frame(self, start: int, size: int, dictionary: int = 0) -> bytes:
        try:
            raw: bytes = self._decompressor(dictionary).decompress(self._data[start : start + size].data)
        except (zstandard.ZstdError, IndexError, MemoryError) as error:
            raise self._damaged(error) from None
        return raw

    def _damaged(self, how: object) -> IndexCorrupt:
        return IndexCorrupt(f"A stored article in {self.file.path} is damaged ({how}). {ADVICE}")

    def _decompressor(self, dictionary: int) -> zstandard.ZstdDecompressor:
        known: dict[int, zstandard.ZstdDecompressor] | None = getattr(self._local, "decompressors", None)
        if known is None:
            known = self._local.decompressors = {}
        if dictionary not in known:
            data = zstandard.ZstdCompressionDict(self.dictionaries[dictionary - 1]) if dictionary else None
            known[dictionary] = zstandard.ZstdDecompressor(dict_data=data)
        return known[dictionary]
