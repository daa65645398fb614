"""Stored articles: what a hit shows apart from what was written, so that ten titles are ten small reads.

In: records in document order. Out: the `.bsd` file of a segment, and any one record, head or body of it. The *head* of
an article is its record without the body, as JSON; the *body* is UTF-8. Each is a stream of compressed blocks
(`blocks`). A long body is cut into chunks that are compressed apart, each with the number of its first token and
character, so that a passage from the middle of a book costs no more than one from a note; its body in the stream is
then empty.

Arrays: `data` (all frames), those of the streams `head` and `body`, and `chunk.doc`, `chunk.token`, `chunk.char`,
`chunk.start`, `chunk.size` for the chunks of long bodies, by document and position.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.shared.stored_article import pack_record, pack_text, unpack_record
from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.blocks import (
    BlockReader,
    BlockWriter,
    Frames,
    damaged,
    dictionaries_of,
    plain_compressor,
    width,
)
from indexer.engines.whoosh.codec.layout import STORED_FORMATS, Array
from indexer.engines.whoosh.codec.validity.structure import check_earlier_stored, check_stored, documents_of

# Documents in a block with a dictionary. Of 10,000 press releases heads take 1.4 MB so, 1.5 by two and 1.8 by one.
HEADS_TOGETHER = 4
BODIES_TOGETHER = 1
# Bodies longer than this (characters) are cut into chunks.
CHUNK_CHARACTERS = 64 << 10
_CHUNKS = {"doc": "I", "token": "I", "char": "I", "start": "q", "size": "I"}
_COPY_BYTES = 4 << 20


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
        self._heads = BlockWriter("head", HEADS_TOGETHER, self._append)
        self._bodies = BlockWriter("body", BODIES_TOGETHER, self._append)
        self._chunks: dict[str, array[int]] = {name: array(code) for name, code in _CHUNKS.items()}
        self._plain = plain_compressor()
        self._documents = 0

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.size

    def add(self, record: dict[str, Any], chunks: Sequence[Chunk] = ()) -> None:
        """Store the next document. With chunks, they hold the body."""
        head = pack_record({name: value for name, value in record.items() if name != "body"})
        body = b"" if chunks else pack_text(record.get("body", ""))
        self._add(head, body, [(c.token, c.char, self._plain.compress(pack_text(c.text))) for c in chunks])

    def _add(self, head: bytes, body: bytes, chunks: Sequence[tuple[int, int, bytes]]) -> None:
        self._heads.add(head)
        self._bodies.add(body)
        for token, char, frame in chunks:
            row = (self._documents, token, char, self._append(frame), len(frame))
            for table, value in zip(self._chunks.values(), row, strict=True):
                table.append(value)
        self._documents += 1

    def _append(self, data: bytes | Array) -> int:
        place = self._stream.bytes
        self._stream.append(data)
        return place

    def copy(self, source: "StoredReader", live: Array | None) -> None:
        """Add the documents of another file, those that `live` does not name left out.

        Without `live` all frames are copied as they are, but for those of files so small that they have no dictionary.
        """
        if live is None and self._heads.can_copy(source.heads) and self._bodies.can_copy(source.bodies):
            self._copy_frames(source)
            return
        for document in range(source.documents) if live is None else np.flatnonzero(live).tolist():
            self._add(source.heads[document], source.bodies[document], source.frames(document))

    def _copy_frames(self, source: "StoredReader") -> None:
        for stream in (self._heads, self._bodies):
            stream.settle()
        shift = self._stream.bytes
        self._heads.copy(source.heads, shift)
        self._bodies.copy(source.bodies, shift)
        moved = {"doc": self._documents, "start": shift}
        for name, table in self._chunks.items():
            old = source.file.whole(f"chunk.{name}")
            table.frombytes((old + moved.get(name, 0)).astype(width(table)).tobytes())
        size = len(source.file["data"])
        for start in range(0, size, _COPY_BYTES):
            self._append(source.file.part("data", start, min(start + _COPY_BYTES, size)))
            source.file.release()
        self._documents += source.documents

    def close(self) -> None:
        """Finish the file and put it on the disk."""
        for stream in (self._heads, self._bodies):
            stream.settle()
        self._file.end()
        for stream in (self._heads, self._bodies):
            stream.write(self._file)
        for name, table in self._chunks.items():
            self._file.put(f"chunk.{name}", np.frombuffer(table, width(table)))
        self._file.metadata = {"documents": self._documents}
        self._file.close()

    def discard(self) -> None:
        """Give the file up and remove it."""
        self._file.discard()


class StoredReader:
    """Reads records of a `.bsd` file by document number. Safe to share between threads.

    Raises:
        IndexCorrupt: the file or the block that is read is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.documents = documents_of(self.file)
        check_stored(self.file, self.documents)
        self.heads = BlockReader(self.file, "head")
        self.bodies = BlockReader(self.file, "body")
        self._chunk_docs = memoryview(self.file.whole("chunk.doc").data)
        self._frames = Frames(self.file, ())

    def record(self, document: int) -> dict[str, Any]:
        """The record of a document, a long body put together again."""
        record = self.head(document)
        if body := "".join(self.texts(document)):
            record["body"] = body
        return record

    def head(self, document: int) -> dict[str, Any]:
        """The record of a document without its body."""
        try:
            return unpack_record(self.heads[document])
        except ValueError as error:
            raise damaged(self.file, error) from None

    def body(self, document: int, piece: int = 0) -> bytes:
        """The body of a document in UTF-8; of one that is cut into chunks (`chunk_count`) that piece of it."""
        if not self.chunk_count(document):
            return self.bodies[document]
        at = bisect_left(self._chunk_docs, document) + piece
        return self._frames.read(self._entry("start", at), self._entry("size", at))

    def texts(self, document: int) -> Iterator[str]:
        """The body of a document in the pieces in which it is stored, each read when it is asked for."""
        return (self._text(document, piece) for piece in range(self.chunk_count(document) or 1))

    def _text(self, document: int, piece: int) -> str:
        try:
            return self.body(document, piece).decode()
        except UnicodeDecodeError as error:
            raise damaged(self.file, error) from None

    def chunk_count(self, document: int) -> int:
        """Into how many chunks the body of a document is cut; 0 where it is whole."""
        if not self._chunk_docs:
            return 0
        return bisect_left(self._chunk_docs, document + 1) - bisect_left(self._chunk_docs, document)

    def chunk(self, document: int, number: int) -> Chunk:
        """One chunk of a long body."""
        at = bisect_left(self._chunk_docs, document) + number
        return Chunk(self._entry("token", at), self._entry("char", at), self._text(document, number))

    def frames(self, document: int) -> list[tuple[int, int, bytes]]:
        """The chunks of a long body as they are stored: first token, first character, compressed text."""
        first = bisect_left(self._chunk_docs, document)
        frames = []
        for at in range(first, first + self.chunk_count(document)):
            start = self._entry("start", at)
            data = self.file["data"][start : start + self._entry("size", at)].tobytes()
            frames.append((self._entry("token", at), self._entry("char", at), data))
        return frames

    def _entry(self, table: str, number: int) -> int:
        return self.file.item(f"chunk.{table}", number)


class EarlierReader:
    """Reads records of `.bsd` files of formats up to 4, in which a body is part of its record.

    `block.doc` is the first document of each block, `record.offset` and `record.length` the place of each record in its
    block.

    Raises:
        IndexCorrupt: the file or the block that is read is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path, STORED_FORMATS)
        self.documents = documents_of(self.file)
        check_earlier_stored(self.file, self.documents)
        self._frames = Frames(self.file, dictionaries_of(self.file, "dictionaries"))
        self._block_docs = memoryview(self.file.whole("block.doc").data)
        self._chunk_docs = memoryview(self.file.whole("chunk.doc").data)

    def record(self, document: int) -> dict[str, Any]:
        """The record of a document, a long body put together again."""
        item = self.file.item
        block = max(bisect_right(self._block_docs, document) - 1, 0)
        raw = self._frames.read(*(item(f"block.{name}", block) for name in ("start", "size", "dictionary")))
        start = item("record.offset", document)
        try:
            record = unpack_record(raw[start : start + item("record.length", document)])
            chunks = range(bisect_left(self._chunk_docs, document), bisect_right(self._chunk_docs, document))
            if chunks:
                pieces = (self._frames.read(item("chunk.start", at), item("chunk.size", at)) for at in chunks)
                record["body"] = b"".join(pieces).decode()
        except ValueError as error:
            raise damaged(self.file, error) from None
        return record
