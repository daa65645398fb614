"""The names in a segment: which files it has and which arrays they hold. Both sides of the engine read it off here."""

import re
import secrets
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from indexer.analysis import SEPARATOR
from indexer.fields import BY_NAME, KEYWORD_FIELDS, OWN_TEXT_FIELDS, TEXT_FIELDS

# Raised whenever a file written today could not be read by yesterday's program, or the reverse.
FORMAT_VERSION = 5
# Formats whose stored articles can be read, and so exported or indexed again.
STORED_FORMATS = range(1, FORMAT_VERSION + 1)
# Name of the index inside its directory; stock Whoosh looks for this one.
INDEX_NAME = "MAIN"
ARRAYS_SUFFIX = ".bsx"
STORED_SUFFIX = ".bsd"
DELETES_SUFFIX = ".del"
TOC_FILE = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
SEGMENT_FILE = re.compile(r"(MAIN_[0-9a-z]+)\.(?:bsx|bsd|[0-9]+\.del)")

# Fields with a term dictionary and positions. The words of a URL are found but neither stemmed nor scored.
TEXTS: tuple[str, ...] = tuple(f.name for f in TEXT_FIELDS)
OWN_TEXTS: tuple[str, ...] = tuple(f.name for f in OWN_TEXT_FIELDS)
# A segment in which no article has a translation has no arrays of this field, as segments written before had none.
TRANSLATION = "translation"
URL = "url"
INVERTED: tuple[str, ...] = (*TEXTS, URL)
SINGLES: tuple[str, ...] = tuple(f.name for f in KEYWORD_FIELDS if not f.many)
MANIES: tuple[str, ...] = tuple(f.name for f in KEYWORD_FIELDS if f.many)
# Words under the keys of `extra`: a column with many values that is neither counted nor listed.
EXTRA = "extra"
COLUMNS_OF_MANY: tuple[str, ...] = (*MANIES, EXTRA)
ENTITIES: tuple[str, ...] = ("person", "organisation", "place")

# Near-duplicate signatures (`indexer.near_duplicates.signatures`): 16 bits each, `signatures.WIDTH` for each document.
SIGNATURES = "story.signatures"

# In the metadata of a segment with translations: how many there are in each language.
TRANSLATED = "translated"

# Terms longer than this (bytes of UTF-8) are cut: they are data that lost its spaces, and would swell the dictionary.
MAX_TERM_BYTES = 255

# Begins the surface of a term that shares its position with a word of the text. Sorts before all words.
STACKED = SEPARATOR

UNDATED_SECONDS = np.iinfo(np.int64).min
UNDATED_DAY = np.iinfo(np.int32).min
# Codes of `published.precision`; 0 is undated.
PRECISIONS: tuple[str, ...] = ("", "second", "day", "month", "year")

Array = NDArray[Any]

assert set(INVERTED) <= set(BY_NAME)


def term_bytes(word: str) -> bytes:
    """A word as a term: UTF-8, at most `MAX_TERM_BYTES`, never broken inside a character."""
    term = word.encode("utf-8", "replace")
    if len(term) <= MAX_TERM_BYTES:
        return term
    return term[:MAX_TERM_BYTES].decode("utf-8", "ignore").encode("utf-8")


def toc_name(generation: int) -> str:
    """The file name of a generation's table of contents, which stock Whoosh reads."""
    return f"_{INDEX_NAME}_{generation}.toc"


def new_segment_name() -> str:
    """A file name stem that no segment has."""
    return f"{INDEX_NAME}_{secrets.token_hex(8)}"


def lengths_to_bytes(lengths: Array) -> Array:
    """Whoosh's one-byte approximation of field lengths: the first that stands for at least this length."""
    return np.minimum(np.searchsorted(byte_lengths(), lengths), 255).astype(np.uint8)


@cache
def byte_lengths() -> Array:
    """The length that stands for each length byte, 256 of them."""
    return np.array([byte_to_length(n) for n in range(256)], np.float64)


def pack_strings(strings: Sequence[bytes]) -> tuple[Array, Array]:
    """Byte strings as one array of bytes and one of `len(strings) + 1` offsets into it."""
    offsets = np.zeros(len(strings) + 1, np.uint32)
    offsets[1:] = np.cumsum(np.fromiter(map(len, strings), np.int64, len(strings)))
    return np.frombuffer(b"".join(strings), np.uint8), offsets


def unpack_strings(data: Array, offsets: Array) -> list[bytes]:
    """The byte strings that `offsets`, any contiguous run of them, cut out of `data`."""
    if len(offsets) == 0:
        return []
    ends = offsets.tolist()
    base = ends[0]
    raw = data[base : ends[-1]].tobytes()
    return [raw[a - base : z - base] for a, z in pairwise(ends)]
