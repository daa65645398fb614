"""One segment, open for reading: its arrays, its stored articles and which of its documents are deleted.

Called by the evaluator, the merge, the writer's look-up of known ids and stock Whoosh's codec classes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from indexer.article import Article
from indexer.engines.shared.stored_article import record_to_article
from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import (
    ARRAYS_SUFFIX,
    DELETES_SUFFIX,
    STORED_SUFFIX,
    TRANSLATED,
    TRANSLATION,
    Array,
)
from indexer.engines.whoosh.codec.stored import StoredReader
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.engines.whoosh.codec.validity.structure import check_segment, documents_of, impossible
from indexer.errors import IndexCorrupt


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """What the manifest says of a segment.

    `documents` counts deleted ones too, as do `lengths` (tokens of each text field) and `languages` (documents of each
    language, "" for none). `deletes` is the generation of the file of deleted documents, 0 where there is none.
    """

    name: str
    documents: int
    lengths: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    deleted: int = 0
    deletes: int = 0

    @property
    def live(self) -> int:
        """Documents that are not deleted."""
        return self.documents - self.deleted

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        names = (self.name + ARRAYS_SUFFIX, self.name + STORED_SUFFIX)
        return (*names, deletes_name(self.name, self.deletes)) if self.deletes else names


def empty_text(field: str, documents: int) -> dict[str, Array]:
    """The arrays of a text field that no document has."""
    one, none = np.zeros(1, np.int64), np.zeros(0, np.uint32)
    nothing = np.broadcast_to(np.zeros(1, np.uint8), (documents,))
    arrays: dict[str, Array] = {
        **dict.fromkeys(("postings", "positions.offsets", "variants.offsets"), one),
        **dict.fromkeys(("terms.offsets", "surfaces.offsets", "surfaces.starts"), one.astype(np.uint32)),
        **dict.fromkeys(("docs", "big.tf", "surfaces.sorted"), none),
        **dict.fromkeys(("terms.bytes", "surfaces.bytes", "variants"), none.astype(np.uint8)),
        **{"codes": none.astype(np.uint16), "positions": none.astype(np.uint16), "big.index": none.astype(np.int64)},
        **{"lengths": nothing, "words": np.broadcast_to(np.zeros(1, np.uint32), (documents,))},
    }
    return {f"{field}.{name}": array for name, array in arrays.items()}


def deletes_name(segment: str, generation: int) -> str:
    """The name of the file of deleted documents that a generation wrote."""
    return f"{segment}.{generation}{DELETES_SUFFIX}"


def id_key(id: str | bytes) -> int:
    """64 bits that stand for an id in the sorted `id.keys`."""
    raw = id if isinstance(id, bytes) else id.encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "little")


class Segment:
    """An open segment. Views of `arrays` stay valid after the files are unlinked."""

    def __init__(self, info: SegmentInfo, arrays: ArrayFile, stored: StoredReader, deletes: ArrayFile | None) -> None:
        self.info = info
        self.arrays = arrays
        self.stored = stored
        self.deletes = deletes
        self.deleted: Array = np.empty(0, np.uint32) if deletes is None else read_deleted(deletes, info)

    @classmethod
    def open(cls, directory: Path, info: SegmentInfo) -> "Segment":
        """Map the files of a segment.

        Raises:
            IndexCorrupt: a file is missing or damaged, or does not hold what the manifest says.
        """
        arrays = ArrayFile(directory / (info.name + ARRAYS_SUFFIX))
        stored = StoredReader(directory / (info.name + STORED_SUFFIX))
        for path, count in ((arrays.path, documents_of(arrays)), (stored.file.path, stored.documents)):
            if count != info.documents:
                raise IndexCorrupt(f"{path} holds {count} documents, not {info.documents}. {ADVICE}")
        check_segment(arrays, info.documents)
        if f"{TRANSLATION}.docs" not in arrays:
            arrays.stand_in(empty_text(TRANSLATION, info.documents))
        deletes = ArrayFile(directory / deletes_name(info.name, info.deletes)) if info.deletes else None
        return cls(info, arrays, stored, deletes)

    @property
    def files(self) -> tuple[ArrayFile, ...]:
        """What is open of it."""
        return (self.arrays, self.stored.file, *(() if self.deletes is None else (self.deletes,)))

    @property
    def doc_count(self) -> int:
        """Documents in all, deleted ones included."""
        return self.info.documents

    @cached_property
    def live(self) -> Array | None:
        """A mask of the documents that are not deleted; None where none is."""
        if not len(self.deleted):
            return None
        mask = np.ones(self.doc_count, np.bool_)
        mask[self.deleted] = False
        return mask

    @property
    def translated(self) -> Mapping[str, int]:
        """How many translations there are in each language, those of deleted documents included."""
        found: Mapping[str, int] = self.arrays.metadata.get(TRANSLATED, {})
        return found

    def is_deleted(self, document: int) -> bool:
        """Whether a document is deleted."""
        return self.live is not None and not self.live[document]

    def record(self, document: int) -> dict[str, Any]:
        """The stored record of a document."""
        return self.stored.record(document)

    def article(self, document: int) -> Article:
        """The article of a document."""
        return record_to_article(self.stored.record(document))

    def id(self, document: int) -> str:
        """The id of a document."""
        return self._id_bytes(document).decode("utf-8")

    def _id_bytes(self, document: int) -> bytes:
        rank = self.arrays.item("id.rank", document)
        start, stop = self.arrays.item("id.offsets", rank), self.arrays.item("id.offsets", rank + 1)
        return self.arrays.part("id.bytes", start, stop).tobytes()

    def hash(self, document: int) -> bytes:
        """The content hash of a document, 16 bytes."""
        return self.arrays.part("hash", 16 * document, 16 * document + 16).tobytes()

    def find_id(self, id: str) -> int | None:
        """The live document with this id."""
        return self.find_ids([id])[0]

    def find_ids(self, ids: Sequence[str]) -> list[int | None]:
        """The live document of each id; None where there is none.

        The keys are verified once for each open segment, 8 bytes a document; then a look-up reads a few pages.
        """
        wanted = np.array([id_key(id) for id in ids], np.uint64)
        keys = self.arrays.whole("id.keys")
        at = np.searchsorted(keys, wanted)
        found: list[int | None] = [None] * len(ids)
        hits = np.flatnonzero(keys[np.minimum(at, len(keys) - 1)] == wanted) if len(keys) else ()
        for hit in map(int, hits):
            position = int(at[hit])
            # Two ids may share a key, however unlikely; an id may stand twice if one of them is deleted.
            while position < len(keys) and keys[position] == wanted[hit]:
                document = int(self.arrays.part("id.keydocs", position, position + 1)[0])
                if not self.is_deleted(document) and self._id_bytes(document) == ids[hit].encode("utf-8", "replace"):
                    found[hit] = document
                    break
                position += 1
        return found

    def verify(self) -> list[str]:
        """Read every file of the segment; one line for each thing that is wrong."""
        damaged = [problem for file in self.files for problem in file.verify()]
        return damaged or list(impossible(self.arrays, self.stored.file, self.info.documents))


def read_deleted(file: ArrayFile, info: SegmentInfo) -> Array:
    """The deleted documents of a segment, ascending.

    Raises:
        IndexCorrupt: the file is damaged, or of another segment.
    """
    deleted = file.whole("deleted")
    if len(deleted) != info.deleted:
        raise IndexCorrupt(f"{file.path} lists {len(deleted)} documents, not {info.deleted}. {ADVICE}")
    if deleted.dtype != np.uint32 or (np.diff(deleted.astype(np.int64), append=info.documents) <= 0).any():
        raise IndexCorrupt(f"{file.path} does not list documents of its segment in order. {ADVICE}")
    return deleted
