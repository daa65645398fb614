"""Byte strings, one for each document, compressed some together in blocks: the heads of articles, and their bodies.

In: strings in document order. Out: frames of Zstandard in the array `data` of a `.bsd` file, and any string again.
The frames carry checksums: damage is found where it is read. A stream of some size trains a dictionary on its first
strings; with it a few together take less room than sixteen do without, and are read in a sixth of the time. Merged
files keep the dictionaries of their parts.

Arrays of the stream `head`, of others alike: `head.block`, `head.offset`, `head.length` of each document, the number of
its block and the place in it when that is decompressed; `head.start`, `head.size` of each block, its place in `data`,
and `head.dictionary`, 0 for none, else the number from 1 of one in `head.dictionaries.bytes`,
`head.dictionaries.offsets`. Called by `stored`.
"""

import contextlib
import threading
from array import array
from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import zstandard

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.layout import Array, pack_strings, unpack_strings
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.errors import IndexCorrupt

# A block closes at this many documents or bytes: without a dictionary, 16 press releases compress 15% better together
# than one by one, and reading one of them costs about 60 microseconds.
BLOCK_DOCUMENTS = 16
BLOCK_BYTES = 64 << 10
# Strings on which a dictionary is trained, and its size. Fewer would hardly pay for the dictionary.
SAMPLES = 1000
SAMPLE_BYTES = 8 << 20
DICTIONARY_BYTES = 112 << 10
# What the dictionary is put together from: stretches of this many bytes, compared 8 at a time. Searching for better
# values, as the library does when given none, takes 7 times as long and finds none.
SEGMENT_BYTES = 200
MATCH_BYTES = 8
TRAINED_LEVEL = 3
MOST_DICTIONARIES = 255
# Without a dictionary, level 3 saves 4% of the space and takes half as long again.
LEVEL = 1
# Blocks of a stream are compressed and written when there are so many bytes of them, and lie together.
RUN_BYTES = 512 << 10

_OF_DOCUMENTS = {"block": "I", "offset": "I", "length": "I"}
_OF_BLOCKS = {"start": "q", "size": "I", "dictionary": "B"}
_WIDTHS = {"B": "u1", "I": "u4", "q": "i8"}
# Take two bytes where all fit in them.
_MOSTLY_SMALL = ("offset", "length")


def plain_compressor() -> zstandard.ZstdCompressor:
    """What compresses without a dictionary."""
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)


def width(table: "array[int]") -> "np.dtype[Any]":
    """The type that a table has in the file."""
    return np.dtype(f"<{_WIDTHS[table.typecode]}")


class BlockWriter:
    """Writes one stream, of which `together` documents are in a block once there is a dictionary.

    `append` puts bytes into `data` and says where they lie.
    """

    def __init__(self, name: str, together: int, append: Callable[[bytes], int]) -> None:
        self._name = name
        self._together = together
        self._append = append
        self._tables: dict[str, array[int]] = {name: array(code) for name, code in (_OF_DOCUMENTS | _OF_BLOCKS).items()}
        self._plain = plain_compressor()
        # The dictionaries by their bytes, and the one in use: its number and its compressor.
        self._dictionaries: dict[bytes, int] = {}
        self._trained: tuple[int, zstandard.ZstdCompressor] | None = None
        # The first strings wait until there are enough to train a dictionary on.
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._block: list[bytes] = []
        self._block_bytes = 0
        # The blocks that are not compressed yet, how many there are in all, and what compresses those before them.
        self._run: list[bytes] = []
        self._run_bytes = 0
        self._blocks = 0
        self._compressing: _Compressing | None = None

    def add(self, data: bytes) -> None:
        """Store the string of the next document."""
        if self._trained is not None:
            self._store(data)
            return
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if len(self._waiting) >= SAMPLES or self._waiting_bytes >= SAMPLE_BYTES:
            self._train()
            self.settle()

    def _train(self) -> None:
        """Make a dictionary of the waiting strings; they may be too few or too much alike for one."""
        with contextlib.suppress(zstandard.ZstdError):
            samples: list[bytes | bytearray | memoryview] = [data for data in self._waiting if data]
            trained = zstandard.train_dictionary(DICTIONARY_BYTES, samples, k=SEGMENT_BYTES, d=MATCH_BYTES)
            trained.precompute_compress(level=TRAINED_LEVEL)  # read once, not for each block: an eighth of the time
            number = self.number_of(trained.as_bytes())
            if number is not None:
                compressor = zstandard.ZstdCompressor(level=TRAINED_LEVEL, write_checksum=True, dict_data=trained)
                self._trained = number, compressor

    def number_of(self, dictionary: bytes) -> int | None:
        """The number of a dictionary, a new one if need be; None when there are too many."""
        known = self._dictionaries.get(dictionary)
        if known is None and len(self._dictionaries) < MOST_DICTIONARIES:
            known = self._dictionaries[dictionary] = len(self._dictionaries) + 1
        return known

    def settle(self) -> None:
        """Write all that waits."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        for data in waiting:
            self._store(data)
        self._close_block()
        self._close_run()
        self._write_run()

    def _store(self, data: bytes) -> None:
        tables = self._tables
        tables["block"].append(self._blocks)
        tables["offset"].append(self._block_bytes)
        tables["length"].append(len(data))
        self._block.append(data)
        self._block_bytes += len(data)
        enough = self._together if self._trained else BLOCK_DOCUMENTS
        if len(self._block) >= enough or self._block_bytes >= BLOCK_BYTES:
            self._close_block()

    def _close_block(self) -> None:
        if not self._block:
            return
        self._run.append(b"".join(self._block))
        self._run_bytes += self._block_bytes
        self._blocks += 1
        self._block, self._block_bytes = [], 0
        if self._run_bytes >= RUN_BYTES:
            self._close_run()

    def _close_run(self) -> None:
        """Have the blocks that wait compressed, in another thread once there is a dictionary."""
        self._write_run()
        if self._run:
            number, compressor = self._trained or (0, self._plain)
            self._compressing = _Compressing(number, compressor, self._run)
            self._run, self._run_bytes = [], 0

    def _write_run(self) -> None:
        """Write the blocks that have been compressed."""
        run, self._compressing = self._compressing, None
        if run is None:
            return
        frames = run.frames()
        sizes = np.fromiter(map(len, frames), np.uint32, len(frames))
        base = self._append(b"".join(frames))
        tables = self._tables
        tables["start"].frombytes((base + np.cumsum(sizes, dtype=np.int64) - sizes).tobytes())
        tables["size"].frombytes(sizes.tobytes())
        tables["dictionary"].extend([run.dictionary] * len(frames))

    def can_copy(self, source: "BlockReader") -> bool:
        """Whether the blocks of another stream can stay as they are: not without a dictionary in small files, which
        had too few strings for one, nor where there would be too many dictionaries."""
        if not source.dictionaries:
            return source.documents >= SAMPLES
        return None not in map(self.number_of, source.dictionaries)

    def copy(self, source: "BlockReader", shift: int) -> None:
        """Add the documents of another stream, whose `data` will stand `shift` bytes on; all that waits is settled."""
        numbers = np.array([0, *map(self.number_of, source.dictionaries)], np.uint8)
        moved = {"block": self._blocks, "start": shift}
        self._blocks += len(source.whole("start"))
        for name, table in self._tables.items():
            old = source.whole(name)
            new = numbers[old] if name == "dictionary" else old + moved.get(name, 0)
            table.frombytes(new.astype(width(table)).tobytes())

    def write(self, file: ArrayFileWriter) -> None:
        """Put the tables into the file."""
        for name, table in self._tables.items():
            numbers = np.frombuffer(table, width(table))
            narrow = name in _MOSTLY_SMALL and numbers.max(initial=0) < 1 << 16
            file.put(f"{self._name}.{name}", numbers.astype(np.uint16) if narrow else numbers)
        packed, offsets = pack_strings(list(self._dictionaries))
        file.put(f"{self._name}.dictionaries.bytes", packed)
        file.put(f"{self._name}.dictionaries.offsets", offsets)


class _Compressing:
    """Blocks that are being compressed, with a dictionary meanwhile by another thread: the library lets go of the
    interpreter, and a build has nothing that takes longer. `dictionary` is its number, 0 for none."""

    def __init__(self, dictionary: int, compressor: zstandard.ZstdCompressor, blocks: list[bytes]) -> None:
        self.dictionary = dictionary
        self._compressor = compressor
        self._blocks = blocks
        self._frames: list[bytes] | BaseException = []
        self._thread = threading.Thread(target=self._compress, daemon=True) if dictionary else None
        if self._thread:
            self._thread.start()

    def frames(self) -> list[bytes]:
        """The compressed blocks, as soon as they are there."""
        if self._thread:
            self._thread.join()
        else:
            self._compress()
        if isinstance(self._frames, BaseException):
            raise self._frames
        return self._frames

    def _compress(self) -> None:
        compressor = self._compressor
        try:
            if self._thread and all(self._blocks) and hasattr(compressor, "multi_compress_to_buffer"):
                # All at once, so that nobody waits for the interpreter. It takes no empty ones.
                packed = compressor.multi_compress_to_buffer(cast("list[bytes | bytearray | memoryview]", self._blocks))
                self._frames = [packed[at].tobytes() for at in range(len(packed))]
            else:
                self._frames = [compressor.compress(block) for block in self._blocks]
        except BaseException as error:
            self._frames = error


class BlockReader:
    """Reads one stream by document number. Safe to share between threads.

    Raises:
        IndexCorrupt: the file or the block that is read is damaged.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self._block, self._offset, self._length = (f"{name}.{table}" for table in _OF_DOCUMENTS)
        self._start, self._size, self._dictionary = (f"{name}.{table}" for table in _OF_BLOCKS)
        self.documents = file.length(self._block)
        self.dictionaries = dictionaries_of(file, f"{name}.dictionaries")
        self._frames = Frames(file, self.dictionaries)
        self._local = threading.local()

    def whole(self, table: str) -> Array:
        """A table of the stream."""
        return self._file.whole(f"{self._name}.{table}")

    def __getitem__(self, document: int) -> bytes:
        """The string of a document."""
        item = self._file.item
        block, start, length = item(self._block, document), item(self._offset, document), item(self._length, document)
        number, raw = getattr(self._local, "block", (-1, b""))
        if number != block:
            raw = self._frames.read(item(self._start, block), item(self._size, block), item(self._dictionary, block))
            self._local.block = (block, raw)
        if length == len(raw):
            return raw
        if start + length > len(raw):
            raise damaged(self._file, "it is shorter than it must be")
        return raw[start : start + length]


class Frames:
    """Decompresses what lies in `data`, given the dictionaries. Safe to share between threads."""

    def __init__(self, file: ArrayFile, dictionaries: Sequence[bytes]) -> None:
        self._file = file
        self._data = memoryview(file["data"].data)  # the frames check themselves
        self._dictionaries = dictionaries
        self._local = threading.local()

    def read(self, start: int, size: int, dictionary: int = 0) -> bytes:
        """The content of a frame."""
        try:
            found: bytes = self._decompressor(dictionary).decompress(self._data[start : start + size])
        except (zstandard.ZstdError, IndexError, MemoryError) as error:
            raise damaged(self._file, error) from None
        return found

    def _decompressor(self, dictionary: int) -> zstandard.ZstdDecompressor:
        known: dict[int, zstandard.ZstdDecompressor] | None = getattr(self._local, "decompressors", None)
        if known is None:
            known = self._local.decompressors = {}
        if dictionary not in known:
            data = zstandard.ZstdCompressionDict(self._dictionaries[dictionary - 1]) if dictionary else None
            known[dictionary] = zstandard.ZstdDecompressor(dict_data=data)
        return known[dictionary]


def dictionaries_of(file: ArrayFile, name: str) -> list[bytes]:
    """The dictionaries that a file keeps under a name."""
    return unpack_strings(file.whole(f"{name}.bytes"), file.whole(f"{name}.offsets"))


def damaged(file: ArrayFile, how: object) -> IndexCorrupt:
    """The error for an article that cannot be read."""
    return IndexCorrupt(f"A stored article in {file.path} is damaged ({how}). {ADVICE}")
