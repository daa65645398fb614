"""What the arrays of a segment must be for each other: how many, of which type, and within which bounds.

Checksums tell that a file is as it was written; this tells that it could have been written at all. How many and of
which type is held when a segment is opened, which reads nothing but the directory of its files (`check_segment`,
`check_stored`); what is in the arrays is held by `indexer check`, and by a reader that has stumbled (`impossible`).
"""

from collections.abc import Iterator

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import (
    COLUMNS_OF_MANY,
    ENTITIES,
    INVERTED,
    PRECISIONS,
    SIGNATURES,
    SINGLES,
    TEXTS,
    TRANSLATION,
    Array,
)
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE, Shape
from indexer.errors import IndexCorrupt
from indexer.fields import LATER_FIELDS
from indexer.near_duplicates.signatures import WIDTH

_BYTES, _SHORT, _WORD, _LONG = ("|u1",), ("<u2",), ("<u4",), ("<i8",)
_NARROW_OR_WIDE = (*_SHORT, *_WORD)
_TEXT = (".terms.bytes", ".surfaces.bytes", ".values.bytes", "id.bytes")
_OF_IDS = ("id.docs", "id.rank", "id.keydocs")


def documents_of(file: ArrayFile) -> int:
    """How many documents a file says that it holds.

    Raises:
        IndexCorrupt: it does not say.
    """
    found = file.metadata.get("documents")
    if type(found) is not int or found < 0:
        raise IndexCorrupt(f"{file.path} does not say how many documents it holds. {ADVICE}")
    return found


def _of_text(field: str) -> Iterator[Shape]:
    terms, postings = f"{field}.terms.offsets", f"{field}.docs"
    yield Shape(terms, _WORD, terms)
    yield Shape(f"{field}.postings", _LONG, terms)
    yield Shape(f"{field}.positions.offsets", _LONG, terms)
    yield Shape(postings, _WORD, postings)
    yield Shape(f"{field}.codes", _SHORT, postings)
    yield Shape(f"{field}.big.index", _LONG, f"{field}.big.tf")
    yield Shape(f"{field}.big.tf", _WORD, f"{field}.big.tf")
    yield Shape(f"{field}.terms.bytes", _BYTES, f"{field}.terms.bytes")
    yield Shape(f"{field}.positions", _NARROW_OR_WIDE, f"{field}.positions")
    yield Shape(f"{field}.lengths", _BYTES)
    if field in TEXTS:
        surfaces = f"{field}.surfaces"
        yield Shape(f"{field}.words", _WORD)
        yield Shape(f"{field}.variants.offsets", _LONG, terms)
        yield Shape(f"{field}.variants", _BYTES, f"{field}.variants")
        yield Shape(f"{surfaces}.starts", _WORD, terms)
        yield Shape(f"{surfaces}.offsets", _WORD, f"{surfaces}.offsets")
        yield Shape(f"{surfaces}.sorted", _WORD, f"{surfaces}.sorted")
        yield Shape(f"{surfaces}.bytes", _BYTES, f"{surfaces}.bytes")


def _of_column(field: str) -> Iterator[Shape]:
    values, docs = f"{field}.values.offsets", f"{field}.docs"
    yield Shape(values, _WORD, values)
    yield Shape(f"{field}.values.bytes", _BYTES, f"{field}.values.bytes")
    if field in SINGLES:
        yield Shape(f"{field}.ords", _NARROW_OR_WIDE)
        return
    yield Shape(docs, _WORD, docs)
    yield Shape(f"{field}.ords", _WORD, docs)
    yield Shape(f"{field}.starts", _WORD, more=1)
    yield Shape(f"{field}.postings", _LONG, values)
    if field in ENTITIES:
        yield Shape(f"{field}.weak", _BYTES, docs)
        yield Shape(f"{field}.values.keys", ("<u8",), values, more=-1)


_TRANSLATION = tuple(_of_text(TRANSLATION))
_SEGMENT = (
    *(shape for field in INVERTED if field != TRANSLATION for shape in _of_text(field)),
    *(shape for field in (*SINGLES, *COLUMNS_OF_MANY) for shape in _of_column(field)),
    Shape("published.seconds", _LONG),
    Shape("published.day", ("<i4",)),
    Shape("published.precision", _BYTES),
    Shape("added.seconds", _LONG),
    Shape("withdrawn", _BYTES),
    *(Shape(name, _WORD) for name in _OF_IDS),
    Shape("id.keys", ("<u8",)),
    Shape("id.offsets", _WORD, more=1),
    Shape("id.bytes", _BYTES, "id.bytes"),
    Shape("hash", _BYTES, times=16),
    Shape(SIGNATURES, _SHORT, times=WIDTH),
)
_CHUNKS = (
    *(Shape(f"chunk.{name}", _WORD, "chunk.start") for name in ("doc", "token", "char", "size")),
    Shape("chunk.start", _LONG, "chunk.start"),
)
# The streams of stored articles.
_STREAMS = ("head", "body")


def _of_dictionaries(name: str) -> Iterator[Shape]:
    yield Shape(f"{name}.bytes", _BYTES, f"{name}.bytes")
    yield Shape(f"{name}.offsets", _WORD, f"{name}.offsets")


def _of_blocks(name: str) -> Iterator[Shape]:
    yield Shape(f"{name}.start", _LONG, f"{name}.start")
    yield Shape(f"{name}.size", _WORD, f"{name}.start")
    yield Shape(f"{name}.dictionary", _BYTES, f"{name}.start")


def _of_stream(name: str) -> Iterator[Shape]:
    yield Shape(f"{name}.block", _WORD)
    yield from (Shape(f"{name}.{table}", _NARROW_OR_WIDE) for table in ("offset", "length"))
    yield from _of_blocks(name)
    yield from _of_dictionaries(f"{name}.dictionaries")


_STORED = (Shape("data", _BYTES, "data"), *_CHUNKS, *(shape for name in _STREAMS for shape in _of_stream(name)))
_STORED_TO_FORMAT_4 = (
    Shape("data", _BYTES, "data"),
    *_CHUNKS,
    Shape("block.doc", _WORD, "block.start"),
    *_of_blocks("block"),
    Shape("record.offset", _WORD),
    Shape("record.length", _WORD),
    *_of_dictionaries("dictionaries"),
)


def check_segment(file: ArrayFile, documents: int) -> None:
    """Raise IndexCorrupt unless the arrays of a segment are as long and of the types that they must be.

    A column that a segment of an earlier version cannot have is read as an empty one from then on.
    """
    absent = [name for name in LATER_FIELDS if f"{name}.ords" not in file]
    shapes = [shape for shape in _SEGMENT if shape.name.partition(".")[0] not in absent] if absent else _SEGMENT
    file.check_shapes(shapes, documents)
    if f"{TRANSLATION}.docs" in file:
        file.check_shapes(_TRANSLATION, documents)
    for name in absent:
        file.stand_in(_empty_column(name, documents))


def _empty_column(field: str, documents: int) -> dict[str, Array]:
    """A column of many values in which no document has any."""
    return {
        f"{field}.values.bytes": np.empty(0, np.uint8),
        f"{field}.values.offsets": np.zeros(1, np.uint32),
        f"{field}.starts": np.zeros(documents + 1, np.uint32),
        f"{field}.ords": np.empty(0, np.uint32),
        f"{field}.postings": np.zeros(1, np.int64),
        f"{field}.docs": np.empty(0, np.uint32),
    }


def check_stored(file: ArrayFile, documents: int) -> None:
    """The same of its stored articles."""
    file.check_shapes(_STORED, documents)


def check_earlier_stored(file: ArrayFile, documents: int) -> None:
    """The same of stored articles of formats up to 4."""
    file.check_shapes(_STORED_TO_FORMAT_4, documents)
    if (file.entry("block.start").length == 0) != (documents == 0):
        raise IndexCorrupt(f"{file.path}: the blocks of articles are not as they must be. {ADVICE}")


def impossible(arrays: ArrayFile, stored: ArrayFile, documents: int) -> Iterator[str]:
    """Read the arrays that lead to others, and name each that leads where nothing is."""
    for file, cuts, bounds in (
        (arrays, _segment_cuts(), _segment_bounds(arrays, documents)),
        (stored, _stored_cuts(), _stored_bounds(stored, documents)),
    ):
        wrong = [cut for cut, into in cuts if not _cuts(file.whole(cut), file.whole(into), text=into.endswith(_TEXT))]
        wrong += [name for name, bound in bounds if not _within(file.whole(name), bound)]
        yield from (f"{file.path}: {name} leads where nothing is" for name in dict.fromkeys(wrong))
    if not _frames_are_possible(stored):
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
        yield f"{field}.big.index", file.length(f"{field}.docs")
        if field in TEXTS:
            surfaces = file.length(f"{field}.surfaces.offsets")
            yield f"{field}.surfaces.sorted", surfaces - 1
            yield f"{field}.surfaces.starts", surfaces
    for field in (*SINGLES, *COLUMNS_OF_MANY):
        values = file.length(f"{field}.values.offsets") - 1
        yield f"{field}.ords", values + 1 if field in SINGLES else values
        if field not in SINGLES:
            yield f"{field}.docs", documents
    yield from ((name, documents) for name in _OF_IDS)
    yield "published.precision", len(PRECISIONS)
    yield "withdrawn", 2


def _stored_cuts() -> Iterator[tuple[str, str]]:
    yield from ((f"{name}.dictionaries.offsets", f"{name}.dictionaries.bytes") for name in _STREAMS)


def _stored_bounds(file: ArrayFile, documents: int) -> Iterator[tuple[str, int]]:
    yield "chunk.doc", documents
    for name in _STREAMS:
        yield f"{name}.block", file.length(f"{name}.start")
        yield f"{name}.dictionary", file.length(f"{name}.dictionaries.offsets")


def _cuts(offsets: Array, into: Array, *, text: bool) -> bool:
    """Whether offsets cut an array into pieces; text, which is UTF-8, between characters."""
    if not len(offsets) or offsets[0] != 0 or offsets[-1] != len(into) or (np.diff(offsets.astype(np.int64)) < 0).any():
        return False
    if not text:
        return True
    try:
        into.tobytes().decode()
    except UnicodeDecodeError:
        return False
    return not (into[offsets[offsets < len(into)]] & 0xC0 == 0x80).any()


def _within(numbers: Array, bound: int) -> bool:
    return not len(numbers) or bool(numbers.min() >= 0 and numbers.max() < bound)


def _frames_are_possible(file: ArrayFile) -> bool:
    data = file.entry("data").length
    for of in (*_STREAMS, "chunk"):
        starts, sizes = file.whole(f"{of}.start"), file.whole(f"{of}.size").astype(np.int64)
        if not _within(starts, data + 1) or not _within(starts + sizes, data + 1):
            return False
    return not (np.diff(file.whole("chunk.doc").astype(np.int64)) < 0).any()
