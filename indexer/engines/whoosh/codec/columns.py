"""The columns of a segment: keyword ordinals, dates, ids and hashes.

In: one row of plain values for each article. Out: the arrays that `layout` and the format's description name. Called by
the segment builder.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from indexer.article import Article, Entity
from indexer.engines.shared.days import day_number
from indexer.engines.shared.entity_corrections import is_passing
from indexer.engines.shared.extra_words import extra_words
from indexer.engines.whoosh.codec.arrayfile import ArrayFileWriter
from indexer.engines.whoosh.codec.hashing import keys_name, label_keys
from indexer.engines.whoosh.codec.layout import (
    COLUMNS_OF_MANY,
    ENTITIES,
    EXTRA,
    PRECISIONS,
    SINGLES,
    UNDATED_DAY,
    UNDATED_SECONDS,
    Array,
    pack_strings,
)
from indexer.engines.whoosh.codec.segment import id_key

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PRECISION_CODES = {name: code for code, name in enumerate(PRECISIONS)}
_single_values = attrgetter(*SINGLES)


# Values of a many-valued field, each once, and how often each is named in passing: 0 for one that counts in facets.
Values = Sequence[str]
Passing = Sequence[int]
_MOST_MENTIONS = 255  # that a byte tells of
_NONE_IN_PASSING: tuple[Passing, ...] = ((),) * len(ENTITIES)
# Rows that are put into columns together, a column at a time: what is done for each value is then done in C.
_ROWS_TOGETHER = 256


class Row(NamedTuple):
    """What the columns hold of one article: `many` the values of each of `COLUMNS_OF_MANY`, `passing` what is known of
    those of each of `ENTITIES`."""

    id: bytes
    hash: bytes
    seconds: int
    day: int
    precision: int
    added: int
    withdrawn: bool
    singles: tuple[str | None, ...]
    many: tuple[Values, ...]
    passing: tuple[Passing, ...]


class ColumnsBuilder:
    """Collects rows; `write` puts their arrays into a segment file."""

    def __init__(self, min_mentions: int) -> None:
        self._min_mentions = min_mentions
        self._ids: list[bytes] = []
        self._hashes = bytearray()
        self._seconds = array("q")
        self._days = array("i")
        self._precisions = array("B")
        self._added = array("q")
        self._withdrawn = bytearray()
        self._rows: list[Row] = []
        self._singles = {name: _Labels({None: 0}) for name in SINGLES}
        self._many = {name: _Labels() for name in COLUMNS_OF_MANY}
        self._counts = {name: array("I") for name in COLUMNS_OF_MANY}
        self._passing = {name: array("B") for name in ENTITIES}

    def row(self, article: Article) -> Row:
        """The values of an article; raises on one that cannot be stored, before anything is changed."""
        published = article.published
        many: dict[str, Iterable[str]] = {}
        passing = _NONE_IN_PASSING
        if article.author:
            many["author"] = list(filter(None, dict.fromkeys(article.author)))
        if article.topic:
            many["topic"] = list(filter(None, dict.fromkeys(article.topic)))
        if article.collection:
            many["collection"] = list(filter(None, dict.fromkeys(article.collection)))
        if words := extra_words(article):
            many[EXTRA] = list(dict.fromkeys(words))
        if article.entities:
            found = self._entity_values(article.entities)
            many |= found
            passing = tuple([tuple(values.values()) for values in found.values()])
        if published is None:
            when = (UNDATED_SECONDS, UNDATED_DAY, 0)
        else:
            seconds = (published.instant - _EPOCH).total_seconds() // 1
            when = (int(seconds), day_number(published.day), _PRECISION_CODES[published.precision.value])
        return Row(
            article.id.encode("utf-8", "replace"),
            bytes.fromhex(article.content_hash).ljust(16, b"\0")[:16],
            *when,
            UNDATED_SECONDS if article.added is None else int(article.added.timestamp()),
            article.withdrawn,
            tuple([value or None for value in _single_values(article)]),
            tuple([tuple(many.get(name, ())) for name in COLUMNS_OF_MANY]),
            passing,
        )

    def _entity_values(self, entities: Iterable[Entity]) -> dict[str, dict[str, int]]:
        """Of each kind each name once, those in passing last, as readers expect."""
        kinds: dict[str, dict[str, int]] = {kind: {} for kind in ENTITIES}
        for entity in entities:
            if entity.name:
                values = kinds[entity.kind]
                if not is_passing(entity, self._min_mentions):
                    values[entity.name] = 0
                elif values.get(entity.name, 1):
                    values[entity.name] = min(max(len(entity.mentions), 1), _MOST_MENTIONS)
        for kind, values in kinds.items():
            if any(values.values()):
                kinds[kind] = dict(sorted(values.items(), key=_in_passing))
        return kinds

    def add(self, row: Row) -> None:
        """Append the values of the next document."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS_TOGETHER:
            self._settle()

    def _settle(self) -> None:
        """Put the rows that wait into the columns."""
        if not self._rows:
            return
        ids, hashes, seconds, days, precisions, added, withdrawn, singles, many, passing = zip(*self._rows, strict=True)
        self._rows = []
        self._ids += ids
        self._hashes += b"".join(hashes)
        self._seconds.extend(seconds)
        self._days.extend(days)
        self._precisions.extend(precisions)
        self._added.extend(added)
        self._withdrawn += bytes(withdrawn)
        for labels, column in zip(self._singles.values(), zip(*singles, strict=True), strict=True):
            labels.ords.extend(map(labels.__getitem__, column))
        for (name, labels), lists in zip(self._many.items(), zip(*many, strict=True), strict=True):
            self._counts[name].extend(map(len, lists))
            labels.ords.extend(map(labels.__getitem__, chain.from_iterable(lists)))
        for mentions, lists in zip(self._passing.values(), zip(*passing, strict=True), strict=True):
            mentions.extend(chain.from_iterable(lists))

    def write(self, writer: ArrayFileWriter) -> None:
        """Write all columns."""
        self._settle()
        for name, labels in self._singles.items():
            ranks = _write_labels(writer, name, labels)
            # Ordinal 0 is "missing", as number 0 is: one more than the rank of the label.
            table = np.zeros(len(ranks) + 1, np.uint32)
            table[1:] = ranks + 1
            writer.put(f"{name}.ords", narrow(table[np.frombuffer(labels.ords, np.uint32)], len(ranks)))
        for name, labels in self._many.items():
            ranks = _write_labels(writer, name, labels)
            ords = ranks[np.frombuffer(labels.ords, np.uint32)]
            passing = np.frombuffer(self._passing[name], np.uint8) if name in self._passing else None
            write_many(writer, name, len(ranks), np.frombuffer(self._counts[name], np.uint32), ords, passing)
        writer.put("published.seconds", np.frombuffer(self._seconds, np.int64))
        writer.put("published.day", np.frombuffer(self._days, np.int32))
        writer.put("published.precision", np.frombuffer(self._precisions, np.uint8))
        writer.put("added.seconds", np.frombuffer(self._added, np.int64))
        writer.put("withdrawn", np.frombuffer(self._withdrawn, np.uint8))
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        packed, offsets = pack_strings([self._ids[at] for at in order])
        writer.put("id.bytes", packed)
        writer.put("id.offsets", offsets)
        keys = np.fromiter(map(id_key, self._ids), np.uint64, len(self._ids))
        write_id_tables(writer, np.array(order, np.uint32), keys)
        writer.put("hash", np.frombuffer(self._hashes, np.uint8))


def _in_passing(value: tuple[str, int]) -> bool:
    return value[1] > 0


class _Labels(dict[str | None, int]):
    """Label -> number in order of appearance, and the numbers the documents have."""

    def __init__(self, known: Mapping[str | None, int] = MappingProxyType({})) -> None:
        super().__init__(known)
        self.ords = array("I")

    def __missing__(self, label: str | None) -> int:
        number = self[label] = len(self)
        return number


def _write_labels(writer: ArrayFileWriter, name: str, labels: _Labels) -> Array:
    """Write the sorted labels; returns the rank of each number."""
    strings = [label.encode("utf-8", "replace") for label in labels if label is not None]
    order = sorted(range(len(strings)), key=strings.__getitem__)
    ranks = np.empty(len(strings), np.uint32)
    ranks[order] = np.arange(len(strings), dtype=np.uint32)
    packed, offsets = pack_strings([strings[at] for at in order])
    writer.put(f"{name}.values.bytes", packed)
    writer.put(f"{name}.values.offsets", offsets)
    if name in ENTITIES:
        writer.put(keys_name(name), label_keys(name, (strings[at] for at in order)))
    return ranks


def narrow(ords: Array, highest: int) -> Array:
    """Ordinals as u2 if they fit, else u4."""
    return ords.astype(np.uint16 if highest < 1 << 16 else np.uint32)


def write_many(
    writer: ArrayFileWriter, name: str, values: int, counts: Array, ords: Array, passing: Array | None
) -> None:
    """Write a many-valued column: ordinals by document, and documents by ordinal."""
    starts = np.zeros(len(counts) + 1, np.uint32)
    starts[1:] = np.cumsum(counts)
    writer.put(f"{name}.starts", starts)
    writer.put(f"{name}.ords", ords.astype(np.uint32))
    if passing is not None:
        writer.put(f"{name}.weak", passing)
    documents = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    postings = np.zeros(values + 1, np.int64)
    np.cumsum(np.bincount(ords, minlength=values), out=postings[1:])
    writer.put(f"{name}.postings", postings)
    writer.put(f"{name}.docs", documents[np.argsort(ords, kind="stable")])


def write_id_tables(writer: ArrayFileWriter, documents: Array, keys: Array) -> None:
    """Write what leads from ids to documents and back: `documents` in id order, `keys` in document order."""
    rank = np.empty(len(documents), np.uint32)
    rank[documents] = np.arange(len(documents), dtype=np.uint32)
    writer.put("id.docs", documents)
    writer.put("id.rank", rank)
    order = np.argsort(keys, kind="stable")
    writer.put("id.keys", keys[order])
    writer.put("id.keydocs", order.astype(np.uint32))
