"""What the arrays of a segment must be for each other: how many, of which type, and within which bounds.

Checksums tell that a file is as it was written; this tells that it could have been written at all. How many and of
which type is held when a segment is opened, which reads nothing but the directory of its files (`check_segment`,
`check_stored`); what is in the arrays is held by `indexer check`, and by a reader that has stumbled (`impossible`).
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from indexer.engines.whoosh.codec.array_directory import ADVICE
from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import (
    COLUMNS_OF_MANY,
    INVERTED,
    PRECISIONS,
    SIGNATURES,
    SINGLES,
    TEXTS,
    Array,
)
from indexer.errors import IndexCorrupt
from indexer.near_duplicates.signatures import WIDTH

_NARROW_OR_WIDE = ("<u2", "<u4")
# The types of arrays by the ends of their names; whatever is not named is `<u4`.
_TYPES: dict[str, tuple[str, ...]] = {
    "bytes": ("|u1",),
    "postings": ("<i8",),
    "codes": ("<u2",),
    "big.index": ("<i8",),
    "positions": _NARROW_OR_WIDE,
    "positions.offsets": ("<i8",),
    "variants": ("|u1",),
    "variants.offsets": ("<i8",),
    "lengths": ("|u1",),
    "ords": _NARROW_OR_WIDE,
    "weak": ("|u1",),
    "keys": ("<u8",),
    "seconds": ("<i8",),
    "day": ("<i4",),
    "precision": ("|u1",),
    "withdrawn": ("|u1",),
    "hash": ("|u1",),
    "signatures": ("<u2",),
    "data": ("|u1",),
    "start": ("<i8",),
    "dictionary": ("|u1",),
}
_RECORDS = ("record.offset", "record.length")
_BLOCKS = ("block.doc", "block.start", "block.size", "block.dictionary")
_CHUNKS = ("chunk.doc", "chunk.token", "chunk.char", "chunk.start", "chunk.size")
_OF_DOCUMENTS = ("published.seconds", "published.day", "published.precision", "added.seconds", "withdrawn")
_OF_IDS = ("id.docs", "id.rank", "id.keys", "id.keydocs")


def documents_of(file: ArrayFile) -> int:
    """How many documents a file says that it holds.

    Raises:
        IndexCorrupt: it does not say.
    """
    found = file.metadata.get("documents")
    if type(found) is not int or found < 0:
        raise IndexCorrupt(f"{file.path} does not say how many documents it holds. {ADVICE}")
    return found


def check_segment(file: ArrayFile, documents: int) -> None:
    """Raise IndexCorrupt unless the arrays of a segment are as many and of the types that they must be."""
    _check(file, _segment_counts(file, documents))


def check_stored(file: ArrayFile, documents: int) -> None:
    """The same of its stored articles."""
    blocks, chunks = (file.entry(names[0]).length for names in (_BLOCKS, _CHUNKS))
    if (blocks == 0) != (documents == 0) or file.entry("dictionaries.offsets").length < 1:
        raise IndexCorrupt(f"{file.path}: the blocks of articles are not as they must be. {ADVICE}")
    wanted = [(name, documents) for name in _RECORDS]
    wanted += [(name, blocks) for name in _BLOCKS] + [(name, chunks) for name in _CHUNKS]
    _check(file, iter(wanted))


def _check(file: ArrayFile, wanted: Iterator[tuple[str, int]]) -> None:
    for name, count in wanted:
        entry = file.entry(name)
        if entry.length != count or entry.kind not in _types(name):
            raise IndexCorrupt(f"{file.path}: {name} is not as it must be. {ADVICE}")


@cache
def _types(name: str) -> tuple[str, ...]:
    two = ".".join(name.split(".")[-2:])
    return _TYPES.get(two) or _TYPES.get(name.rpartition(".")[2]) or ("<u4",)


def _segment_counts(file: ArrayFile, documents: int) -> Iterator[tuple[str, int]]:
    """Every array with how many numbers it must have; those that give the measure have as many as they have."""

    def count(name: str) -> int:
        return file.entry(name).length

    for field in INVERTED:
        terms, postings = count(f"{field}.terms.offsets"), count(f"{field}.docs")
        yield f"{field}.terms.offsets", max(terms, 1)
        yield from ((f"{field}.{name}", terms) for name in ("postings", "positions.offsets"))
        yield from ((f"{field}.{name}", postings) for name in ("docs", "codes"))
        yield from ((f"{field}.{name}", count(f"{field}.big.tf")) for name in ("big.index", "big.tf"))
        yield from ((f"{field}.{name}", count(f"{field}.{name}")) for name in ("terms.bytes", "positions"))
        yield f"{field}.lengths", documents
        if field in TEXTS:
            yield f"{field}.words", documents
            yield from ((f"{field}.{name}", terms) for name in ("variants.offsets", "surfaces.starts"))
            yield f"{field}.variants", count(f"{field}.variants")
            yield f"{field}.surfaces.bytes", count(f"{field}.surfaces.bytes")
            yield f"{field}.surfaces.offsets", max(count(f"{field}.surfaces.offsets"), 1)
    for field in (*SINGLES, *COLUMNS_OF_MANY):
        values = count(f"{field}.values.offsets")
        yield f"{field}.values.offsets", max(values, 1)
        yield f"{field}.values.bytes", count(f"{field}.values.bytes")
        if field in SINGLES:
            yield f"{field}.ords", documents
            continue
        yield from ((f"{field}.{name}", count(f"{field}.docs")) for name in ("docs", "ords"))
        yield f"{field}.starts", documents + 1
        yield f"{field}.postings", values
        if f"{field}.weak" in file:
            yield f"{field}.weak", count(f"{field}.ords")
        if f"{field}.values.keys" in file:
            yield f"{field}.values.keys", values - 1
    yield from ((name, documents) for name in (*_OF_DOCUMENTS, *_OF_IDS))
    yield "id.offsets", documents + 1
    yield "id.bytes", count("id.bytes")
    yield "hash", 16 * documents
    yield SIGNATURES, WIDTH * documents


def impossible(arrays: ArrayFile, stored: ArrayFile, documents: int) -> Iterator[str]:
    """Read the arrays that lead to others, and name each that leads where nothing is."""
    for file, cuts, bounds in (
        (arrays, _segment_cuts(), _segment_bounds(arrays, documents)),
        (stored, iter([("dictionaries.offsets", "dictionaries.bytes")]), _stored_bounds(stored, documents)),
    ):
        wrong = [cut for cut, into in cuts if not _cuts(file.whole(cut), file.entry(into).length)]
        wrong += [name for name, bound in bounds if not _within(file.whole(name), bound)]
        yield from (f"{file.path}: {name} leads where nothing is" for name in dict.fromkeys(wrong))
    if not _blocks_are_possible(stored, documents):
        yield f"{stored.path}: the places of articles lead where nothing is"


def _segment_cuts() -> Iterator[tuple[str, str]]:
    """Arrays that cut others into pieces, from the first element to the last."""
    for field in INVERTED:
        yield f"{field}.terms.offsets", f"{field}.terms.bytes"
        yield f"{field}.postings", f"{field}.docs"
        yield f"{field}.positions.offsets", f"{field}.positions"
        if field in TEXTS:
            yield f"{field}.variants.offsets", f"{field}.variants"
            yield f"{field}.surfaces.offsets", f"{field}.surfaces.bytes"
    for field in (*SINGLES, *COLUMNS_OF_MANY):
        yield f"{field}.values.offsets", f"{field}.values.bytes"
        if field not in SINGLES:
            yield f"{field}.starts", f"{field}.ords"
            yield f"{field}.postings", f"{field}.docs"
    yield "id.offsets", "id.bytes"


def _segment_bounds(file: ArrayFile, documents: int) -> Iterator[tuple[str, int]]:
    """Arrays of numbers of things, and how many of these there are."""
    for field in INVERTED:
        yield f"{field}.docs", documents
        yield f"{field}.big.index", file.entry(f"{field}.docs").length
        if field in TEXTS:
            surfaces = file.entry(f"{field}.surfaces.offsets").length
            yield f"{field}.surfaces.sorted", surfaces - 1
            yield f"{field}.surfaces.starts", surfaces
    for field in (*SINGLES, *COLUMNS_OF_MANY):
        values = file.entry(f"{field}.values.offsets").length - 1
        yield f"{field}.ords", values + 1 if field in SINGLES else values
        if field not in SINGLES:
            yield f"{field}.docs", documents
    yield from ((name, documents) for name in _OF_IDS if name != "id.keys")
    yield "published.precision", len(PRECISIONS)
    yield "withdrawn", 2


def _stored_bounds(file: ArrayFile, documents: int) -> Iterator[tuple[str, int]]:
    yield from ((name, documents) for name in ("block.doc", "chunk.doc"))
    yield "block.dictionary", file.entry("dictionaries.offsets").length


def _cuts(offsets: Array, length: int) -> bool:
    steps = np.diff(offsets.astype(np.int64))
    return bool(offsets[0] == 0 and offsets[-1] == length and (steps >= 0).all())


def _within(numbers: Array, bound: int) -> bool:
    return not len(numbers) or bool(numbers.min() >= 0 and numbers.max() < bound)


def _blocks_are_possible(file: ArrayFile, documents: int) -> bool:
    data = file.entry("data").length
    for of in ("block", "chunk"):
        starts, sizes = file.whole(f"{of}.start"), file.whole(f"{of}.size").astype(np.int64)
        if not _within(starts, data + 1) or not _within(starts + sizes, data + 1):
            return False
        if (np.diff(file.whole(f"{of}.doc").astype(np.int64)) < (of == "block")).any():
            return False
    return not documents or int(file.whole("block.doc")[0]) == 0
