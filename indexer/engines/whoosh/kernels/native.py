"""The kernels of a search as compiled from `search.c`; `library` is None where they are not.

Installing the package compiles it if the machine has a C compiler (`hatch_build`); without one everything works in
numpy, slower. `BROADSHEET_KERNELS=numpy` in the environment leaves the library alone. Called by the other modules of
this folder, and for phrases by `query.boolean`.

Every function raises IndexCorrupt where arrays or numbers that come from an index cannot be right.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import compiled
from indexer.engines.whoosh.kernels import sources
from indexer.errors import IndexCorrupt

Array = NDArray[Any]

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int64
_COUNT_SINGLE = [_POINTER, _INT, _POINTER, _INT, _POINTER, _INT]
_COUNT_MANY = [_POINTER, _INT, _POINTER, _POINTER, _INT, _POINTER, _INT, _INT, _POINTER, _INT, _POINTER, _INT, _INT]
_FUNCTIONS: dict[str, list[Any]] = {
    "set_bits": [_POINTER, _INT, _POINTER, _INT],
    "list_bits": [_POINTER, _INT, _POINTER, _INT],
    "test_bits": [_POINTER, _INT, _POINTER, _INT, _POINTER],
    "list_others": [_POINTER, _INT, _POINTER, _INT, _POINTER],
    "find_codes": [_POINTER, _POINTER, _INT, _POINTER, _INT, _INT, _POINTER],
    "find_words": [_POINTER, _POINTER, _INT, _POINTER, _INT, _POINTER, _INT],
    "add_word": [_POINTER, _POINTER, _INT, _INT, _POINTER],
    "score_words": [_POINTER, _INT, _POINTER, _INT, _POINTER, _INT, _POINTER, _POINTER],
    "find_first": [_POINTER, _INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER, _INT, _POINTER, _INT],
    "count_others": [_POINTER, _INT, _POINTER, _INT],
    "find_phrase": [_POINTER, _INT, _POINTER, _INT, _INT, _POINTER],
    "count_single_16": _COUNT_SINGLE,
    "count_single_32": _COUNT_SINGLE,
    "count_many_32": _COUNT_MANY,
    "count_many_64": _COUNT_MANY,
    "take_counts": [_POINTER, _INT, _POINTER, _POINTER, _INT],
    "take_most": [_POINTER, _INT, _INT, _POINTER, _POINTER, _INT, _POINTER],
    "find_marks": [_POINTER, _INT, _INT, *[_POINTER] * 2, _INT],
    "choose_passages": [_POINTER, _INT, _INT, _POINTER, _INT, _POINTER, _INT],
    "find_passages": [_POINTER, _INT, _INT, *[_POINTER] * 2, _INT, _POINTER, _INT],
    "match_strings": [_POINTER, _INT, _POINTER, _INT, _POINTER, _INT, _POINTER, _INT, _POINTER],
    "find_pieces": [_POINTER, _INT, _POINTER, _INT, _POINTER, _POINTER, _INT, *[_POINTER] * 4],
    "count_postings": [_POINTER, _INT, _POINTER, _INT, _POINTER, _INT, _POINTER, _INT, _POINTER],
    "find_signatures": [*[_POINTER, _INT, _POINTER, _INT, _POINTER], _POINTER, _INT, _POINTER, _INT, _POINTER],
    "place_tokens": [*[_POINTER] * 4, _INT, *[_POINTER] * 3, _INT, *[_POINTER] * 3],
    "merge_word": [_POINTER, _INT, _POINTER, _INT, _POINTER, _POINTER, _INT, _POINTER, _POINTER],
    "find_top": [_POINTER, _INT, _INT, *[_POINTER] * 3],
}


# What `find_first` returns where it cannot tell.
_UNCOMPARED = -2


def load() -> ctypes.CDLL | None:
    """The library, if it is there, of this source and wanted."""
    if np.intp != np.int64:
        return None
    functions = {name: (arguments, _INT) for name, arguments in _FUNCTIONS.items()}
    return compiled.load(ctypes.CDLL, sources.LIBRARY, sources.checksum(), functions)


library = load()


class _RunStruct(ctypes.Structure):
    """`struct run` of `search.c`."""

    _fields_ = (
        ("held", _POINTER),
        ("counts", _POINTER),
        ("positions", _POINTER),
        *((name, _INT) for name in "held_count positions_count width shift last at place cursor end".split()),
    )


@dataclass(frozen=True, slots=True)
class Posted:
    """Postings of a term: its documents (uint32, ascending), how often it is in each (uint32), and where, the positions
    of all documents one after the other (uint16 or uint32)."""

    docs: Array
    counts: Array
    positions: Array


def union(lists: Sequence[Array], size: int) -> Array:
    """Documents in any of the lists."""
    return _listed(_bits(lists, size), size, sum(map(len, lists)))


def member(docs: Array, within: Array, size: int) -> Array:
    """For each of `docs`, whether it is in `within`."""
    kept = np.empty(len(docs), np.bool_)
    checked("test_bits", docs, len(docs), _bits([within], size), size, kept)
    return kept


def difference(docs: Array, without: Array, size: int) -> Array:
    """Those of `docs` that are not in `without`."""
    left = np.empty(len(docs) + 1, np.int64)  # the function writes each before it knows whether it stays
    return left[: checked("list_others", docs, len(docs), _bits([without], size), size, left)]


def codes_at(held: Array, codes: Array, docs: Array, base: int, out: Array) -> None:
    """The code that a term has in each of `docs`, 0 where it is not."""
    expect(held.dtype == np.uint32 and codes.dtype == np.uint16 and len(held) == len(codes))
    checked("find_codes", held, codes, len(held), docs, len(docs), base, out)


def of_term(held: Array, codes: Array) -> tuple[int, int, int]:
    """Where the documents and codes of a term lie, and how many there are."""
    expect(held.dtype == np.uint32 and codes.dtype == np.uint16 and len(held) == len(codes))
    return at(held), at(codes), len(held)


def first_places(
    docs: Array, scores: Array, seconds: Array, ranks: Array, bases: Sequence[int], most: int
) -> list[int] | None:
    """The places of the first documents by score, then time (int64), then rank of id (uint32) within their segment, of
    which `bases` are the first documents; None where ids of different segments have to be compared."""
    expect(seconds.dtype == np.int64 and ranks.dtype == np.uint32 and len(seconds) == len(ranks))
    places = (_INT * most)()
    starts = (_INT * len(bases))(*bases)
    found = call("find_first", docs, len(docs), scores, seconds, ranks, len(ranks), starts, len(bases), places, most)
    if found == _UNCOMPARED:
        return None
    expect(found >= 0)
    return places[:found]


def count_others(some: Array, held: Array) -> int:
    """How many of the documents in `some` are not in `held`."""
    expect(some.dtype == held.dtype == np.uint32)
    return call("count_others", some, len(some), held, len(held))


def in_phrase(words: Sequence[Sequence[Posted]], docs: Array, base: int) -> Array:
    """Which of `docs` have the words side by side; each word is any of several terms."""
    for part in (part for word in words for part in word):
        expect(part.docs.dtype == part.counts.dtype == np.uint32 and len(part.docs) == len(part.counts))
        expect(part.positions.dtype in (np.uint16, np.uint32))
    runs = [
        _RunStruct(at(part.docs), at(part.counts), at(part.positions), len(part.docs), len(part.positions),
            part.positions.itemsize, shift, part is word[-1])
        for shift, word in enumerate(words)
        for part in word
    ]  # fmt: skip
    table = (_RunStruct * len(runs))(*runs)
    kept = np.empty(len(docs), np.bool_)
    checked("find_phrase", ctypes.addressof(table), len(runs), docs, len(docs), base, kept)
    return kept


def count_single(numbers: Array, docs: Array, kinds: int, counts: Array) -> None:
    """Add to `counts` how many of `docs` have each number below `kinds`, one number a document."""
    expect(numbers.dtype in (np.uint16, np.uint32) and len(counts) >= kinds)
    checked(f"count_single_{numbers.itemsize * 8}", numbers, len(numbers), docs, len(docs), counts, kinds)


def count_many(
    numbers: Array,
    starts: Array,
    ends: Array,
    docs: Array,
    base: int,
    named: Array | None,
    kinds: int,
    counts: Array,
    step: int = 1,
) -> int:
    """Add to `counts` (uint32) `step` times how many of `docs` have each label, a document having
    `numbers[starts[doc]:ends[doc]]`; returns how many have none. Numbers are those of labels, below `kinds`, or where
    there is a list `named`, their places in it."""
    expect(numbers.dtype == np.uint32 and starts.dtype == ends.dtype and starts.dtype in (np.uint32, np.int64))
    expect(len(starts) >= len(ends) and len(counts) >= kinds)
    known, names = (kinds, 0) if named is None else (len(named), at(named))
    name = f"count_many_{starts.itemsize * 8}"
    return checked(
        name, numbers, len(numbers), starts, ends, len(ends), docs, len(docs), base, names, known, counts, kinds, step
    )


def take_counts(counts: Array, kinds: int, most: int) -> tuple[Array, Array]:
    """The numbers below `kinds` that were counted, at most so many, ascending, and how often each was; the counts are
    all 0 afterwards."""
    numbers, often = np.empty(min(kinds, most), np.int64), np.empty(min(kinds, most), np.int64)
    found = checked("take_counts", counts, kinds, numbers, often, len(numbers))
    return numbers[:found], often[:found]


def take_most(counts: Array, kinds: int, size: int) -> tuple[Array, Array, int]:
    """The numbers below `kinds` that were counted most often, at least `size` of them or all, ascending; how often each
    was; and how many there are in all. The counts are all 0 afterwards."""
    numbers, often, found = np.empty(kinds, np.int64), np.empty(kinds, np.int64), np.zeros(1, np.int64)
    kept = checked("take_most", counts, kinds, size, numbers, often, kinds, found)
    return numbers[:kept], often[:kept], int(found[0])


def match_strings(data: Array, offsets: Array, other_data: Array, other_offsets: Array) -> Array:
    """For each of ascending strings its number among others, -1 where it is none of them."""
    expect(data.dtype == other_data.dtype == np.uint8 and offsets.dtype == other_offsets.dtype == np.uint32)
    count, others = max(len(offsets) - 1, 0), max(len(other_offsets) - 1, 0)
    found = np.empty(count, np.int64)
    checked(
        "match_strings", data, len(data), offsets, count,
        other_data, len(other_data), other_offsets, others, found,
    )  # fmt: skip
    return found


def _listed(bits: Array, size: int, most: int) -> Array:
    docs = np.empty(min(most, size), np.int64)
    return docs[: checked("list_bits", bits, size, docs, len(docs))]


def _bits(lists: Sequence[Array], size: int) -> Array:
    bits = np.zeros((size + 63) // 64, np.uint64)
    for docs in lists:
        checked("set_bits", docs, len(docs), bits, size)
    return bits


def expect(sound: bool) -> None:
    """Raise IndexCorrupt unless what an index holds can be."""
    if not sound:
        raise damaged()


def damaged() -> IndexCorrupt:
    """What is raised where arrays cannot be right."""
    return IndexCorrupt("The arrays of the index do not fit each other. Run `indexer check` to see what is damaged.")


def at(array: Array) -> int:
    """Where the elements of an array lie, one after another."""
    if not array.flags.c_contiguous:
        raise ValueError("the compiled kernels read whole arrays only")
    return int(array.ctypes.data)


def call(name: str, *arguments: Any) -> int:
    """Call a function of the library, arrays passed by address; negative where a number points outside an array."""
    found: int = getattr(library, name)(*[at(each) if isinstance(each, np.ndarray) else each for each in arguments])
    return found


def checked(name: str, *arguments: Any) -> int:
    """The same; a negative answer raises."""
    found = call(name, *arguments)
    expect(found >= 0)
    return found
