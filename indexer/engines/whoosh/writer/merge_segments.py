"""The merge of several segments into one. `merge_policy` says which; called by the writer's workers."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFileWriter
from indexer.engines.whoosh.codec.columns import narrow, write_id_tables
from indexer.engines.whoosh.codec.hashing import KEY_VERSION, key_version, keys_name, keys_of
from indexer.engines.whoosh.codec.layout import (
    ARRAYS_SUFFIX,
    COLUMNS_OF_MANY,
    ENTITIES,
    INVERTED,
    SIGNATURES,
    SINGLES,
    STORED_SUFFIX,
    TRANSLATED,
    TRANSLATION,
    URL,
    Array,
    pack_strings,
    unpack_strings,
)
from indexer.engines.whoosh.codec.merge_postings import FieldMerger, Source
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo
from indexer.engines.whoosh.codec.stored import StoredWriter
from indexer.engines.whoosh.codec.strings import SortedStrings, walk
from indexer.engines.whoosh.writer.merge_policy import MergeInput
from indexer.near_duplicates.signatures import WIDTH


def merge_segments(directory: Path, inputs: Sequence[MergeInput], name: str) -> SegmentInfo:
    """Write the live documents of several segments, in their order, as the segment `name`.

    Memory stays near 100 MB however large and many the segments are, but for what grows with the number of distinct
    words, labels and ids (about 100 bytes each).

    Raises:
        IndexCorrupt: a file that is read is damaged.
        OSError: the disk is full or cannot be written; nothing is left behind.
    """
    stored = StoredWriter(directory / (name + STORED_SUFFIX))
    try:
        with ArrayFileWriter(directory / (name + ARRAYS_SUFFIX)) as writer:
            merger = _Merger(writer, [_open(directory, one) for one in inputs])
            merger.merge()
            for segment in merger.segments:
                stored.copy(segment.stored, segment.live)
                segment.stored.file.release()
            stored.close()
    except BaseException:
        stored.discard()
        raise
    return SegmentInfo(name, merger.documents, merger.lengths, merger.languages)


def _open(directory: Path, one: MergeInput) -> Segment:
    segment = Segment.open(directory, one.info)
    segment.deleted = one.deleted
    return segment


class _Merger:
    """The arrays of one merge."""

    def __init__(self, writer: ArrayFileWriter, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.documents = 0
        self.lengths: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self._writer = writer
        self._sources = []
        for segment in segments:
            source = Source(segment.arrays, segment.live, self.documents, segment.doc_count)
            self._sources.append(source)
            self.documents += source.kept

    def merge(self) -> None:
        """Write everything but the stored articles."""
        nonempty = {}
        translated: Counter[str] = Counter()
        for segment in self.segments:
            translated.update(segment.translated)
        for field in INVERTED:
            if field == TRANSLATION and not translated:
                continue
            merger = FieldMerger(self._writer, self._sources, field, "terms")
            merger.merge()
            self.lengths[field] = merger.tokens
            self._release()
            nonempty[field] = self._column(f"{field}.lengths")
            if field != URL:
                self._column(f"{field}.words")
                self.lengths[field] = self._sum(f"{field}.words")  # terms that share a position are no words
        for field in SINGLES:
            self._single(field)
        for field in COLUMNS_OF_MANY:
            self._many(field)
        for name in ("published.seconds", "published.day", "published.precision", "added.seconds", "withdrawn"):
            self._column(name)
        self._ids()
        self._rows("hash", 16)
        self._rows(SIGNATURES, WIDTH)
        self._writer.metadata = {
            "documents": self.documents,
            "lengths": self.lengths,
            "nonempty": nonempty,
            KEY_VERSION: key_version(),
        }
        if translated:
            self._writer.metadata[TRANSLATED] = dict(sorted(translated.items()))

    def _release(self) -> None:
        for source in self._sources:
            source.arrays.release()

    def _column(self, name: str) -> int:
        """Copy a column of one value for each document; returns how many are not 0."""
        stream = self._writer.begin(name, self._sources[0].arrays[name].dtype)
        filled = 0
        for source in self._sources:
            values = source.arrays.whole(name)
            kept = values if source.live is None else values[source.live]
            stream.append(kept)
            filled += int(np.count_nonzero(kept))
        self._writer.end()
        return filled

    def _sum(self, name: str) -> int:
        columns = [(source.arrays.whole(name), source.live) for source in self._sources]
        return sum(int((values if live is None else values[live]).sum(dtype=np.int64)) for values, live in columns)

    def _single(self, field: str) -> None:
        columns = []
        for source in self._sources:
            ords = source.arrays.whole(f"{field}.ords")
            columns.append(ords if source.live is None else ords[source.live])
        used = []
        for source, ords in zip(self._sources, columns, strict=True):
            labels = len(source.arrays.whole(f"{field}.values.offsets")) - 1
            used.append(np.bincount(ords, minlength=labels + 1)[1:] > 0)
        strings, numbers = self._labels(field, used)
        if field == "language":
            self._count_languages(columns)
        stream = self._writer.begin(f"{field}.ords", narrow(np.zeros(0), strings).dtype)
        for ords, table in zip(columns, numbers, strict=True):
            stream.append(np.concatenate([[0], table + 1])[ords])
        self._writer.end()

    def _count_languages(self, columns: Sequence[Array]) -> None:
        """Articles of each language, "" for those of none."""
        total: Counter[str] = Counter()
        for source, ords in zip(self._sources, columns, strict=True):
            table = unpack_strings(
                source.arrays.whole("language.values.bytes"), source.arrays.whole("language.values.offsets")
            )
            names = ["", *(label.decode("utf-8") for label in table)]
            total.update(dict(zip(names, np.bincount(ords, minlength=len(names)).tolist(), strict=True)))
        self.languages = {name: count for name, count in sorted(total.items()) if count}

    def _labels(self, field: str, used: Sequence[Array]) -> tuple[int, list[Array]]:
        """Write the union of the labels in use; returns how many, and where each source's labels went."""
        tables = [
            SortedStrings(s.arrays.whole(f"{field}.values.bytes"), s.arrays.whole(f"{field}.values.offsets"))
            for s in self._sources
        ]
        numbers = [np.zeros(len(table), np.int64) for table in tables]
        kept: list[bytes] = []
        for run in walk(tables):
            alive = np.zeros(len(run.strings), np.bool_)
            for mask, terms, found in zip(used, run.ranges, run.numbers, strict=True):
                alive[found[mask[slice(*terms)]]] = True
            places = np.cumsum(alive) - 1 + len(kept)
            for target, terms, found in zip(numbers, run.ranges, run.numbers, strict=True):
                target[slice(*terms)] = places[found]
            kept += [run.strings[at] for at in np.flatnonzero(alive).tolist()]
        data, offsets = pack_strings(kept)
        self._writer.put(f"{field}.values.bytes", data)
        self._writer.put(f"{field}.values.offsets", offsets)
        return len(kept), numbers

    def _many(self, field: str) -> None:
        merger = FieldMerger(self._writer, self._sources, field, "values")
        merger.merge()
        starts = np.zeros(self.documents + 1, np.uint32)
        ords = self._writer.begin(f"{field}.ords", np.uint32)
        passing = []
        keys = np.zeros(merger.terms, np.uint64)
        at = 0
        for source, numbers in zip(self._sources, merger.numbers, strict=True):
            old = source.arrays.whole(f"{field}.starts").astype(np.int64)
            counts = np.diff(old)
            flat = source.arrays.part(f"{field}.ords", 0, int(old[-1]))
            keep: slice | Array = slice(None)
            if source.live is not None:
                keep = np.repeat(source.live, counts)
                counts = counts[source.live]
            kept = flat[keep]
            ords.append(numbers[kept])
            if field in ENTITIES:
                passing.append(source.arrays.whole(f"{field}.weak")[keep])
                used = np.zeros(len(numbers), np.bool_)
                used[kept] = True
                keys[numbers[used]] = keys_of(source.arrays.metadata, source.arrays.whole, field)[used]
            starts[at + 1 : at + 1 + len(counts)] = int(starts[at]) + np.cumsum(counts)
            at += len(counts)
        self._writer.end()
        self._writer.put(f"{field}.starts", starts)
        if field in ENTITIES:
            self._writer.put(f"{field}.weak", np.concatenate(passing))
            self._writer.put(keys_name(field), keys)

    def _ids(self) -> None:
        tables = [SortedStrings(s.arrays.whole("id.bytes"), s.arrays.whole("id.offsets")) for s in self._sources]
        documents = []
        for source in self._sources:
            numbers = source.renumbering()
            docs = source.arrays.whole("id.docs")
            documents.append(docs + np.uint32(source.base) if numbers is None else numbers[docs])
        order = np.empty(self.documents, np.uint32)
        lengths = np.empty(self.documents, np.uint32)
        stream = self._writer.begin("id.bytes", np.uint8)
        at = 0
        for run in walk(tables):
            # An id may stand in several segments, but lives in one.
            alive = np.zeros(len(run.strings), np.bool_)
            place = np.zeros(len(run.strings), np.uint32)
            for source, terms, found, docs in zip(self._sources, run.ranges, run.numbers, documents, strict=True):
                old = source.arrays.whole("id.docs")[slice(*terms)]
                lives: slice | Array = slice(None) if source.live is None else source.live[old]
                alive[found[lives]] = True
                place[found[lives]] = docs[slice(*terms)][lives]
            kept = np.flatnonzero(alive)
            strings = [run.strings[number] for number in kept.tolist()]
            order[at : at + len(kept)] = place[kept]
            lengths[at : at + len(kept)] = np.fromiter(map(len, strings), np.int64, len(strings))
            at += len(kept)
            stream.append(b"".join(strings))
        self._writer.end()
        self._writer.put("id.offsets", np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.uint32))
        write_id_tables(self._writer, order, self._keys())

    def _keys(self) -> Array:
        """The key of each document's id, in document order."""
        keys = np.empty(self.documents, np.uint64)
        for source in self._sources:
            docs = source.arrays.whole("id.keydocs")
            by_document = np.empty(source.documents, np.uint64)
            by_document[docs] = source.arrays.whole("id.keys")
            kept = by_document if source.live is None else by_document[source.live]
            keys[source.base : source.base + len(kept)] = kept
        return keys

    def _rows(self, name: str, width: int) -> None:
        """Copy a column of `width` values for each document."""
        stream = self._writer.begin(name, self._sources[0].arrays[name].dtype)
        for source in self._sources:
            values = source.arrays.whole(name)
            stream.append(values if source.live is None else values.reshape(-1, width)[source.live].ravel())
        self._writer.end()
