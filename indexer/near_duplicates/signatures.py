"""What is kept of each article to tell whether it is a copy of another: a row of `WIDTH` numbers of 16 bits.

In: the words of titles and bodies as 64-bit hashes. Out: a row for each article, kept in its segment. Pure functions;
called by an engine's writer. `likeness` compares rows, `grouping` finds all groups.

An article's shingles are its runs of four words. The first part of a row is a one-permutation MinHash of them (Li, Owen
and Zhang 2012): the hash of a shingle picks one of 64 bins and each bin keeps 16 bits of its smallest hash; the share
of bins in which two rows agree estimates the Jaccard similarity of the shingle sets, and with the number of shingles of
both, the second part, how much of the shorter one is in the longer. The rest tells a copy from what only shares a form:
which words the body has, some words of the title, and some numbers of the body, each with the word before it. Some are
those with the smallest hashes, so that of two articles the same are kept.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stop_words import LANGUAGES, stop_words

Array = NDArray[Any]

SHINGLE = 4  # words; shorter runs make unrelated press releases of one office alike
BINS = 64
MIN_SHINGLES = 16  # shorter texts carry no evidence: "Photo of the day" is no story
EMPTY = np.uint16(0xFFFF)  # an article without a signature has it everywhere; a title or a list of numbers at its end

WORD_BITS = 512  # one is set for each word of the body; a longer text sets more, and is believed to have more words
TITLE_WORDS = 7
NUMBERS = 12
# The parts of a row.
COUNT = BINS
WORDS = slice(COUNT + 1, COUNT + 1 + WORD_BITS // 16)
TITLE = slice(WORDS.stop, WORDS.stop + TITLE_WORDS)
NUMBER = slice(TITLE.stop, TITLE.stop + NUMBERS)
WIDTH = NUMBER.stop  # a multiple of 4, so that a row can be read as 64-bit numbers

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_BIN_SHIFT = np.uint64(64 - (BINS - 1).bit_length())
_HASH_MASK = np.uint64((1 << int(_BIN_SHIFT)) - 1)
NONE = np.uint64((1 << 64) - 1)
# The last bits of a word's hash say what it is.
_NUMBER = np.uint64(1)
_FUNCTION = np.uint64(2)
_KIND_BITS = 2
_IS_NUMBER, _IS_FUNCTION = int(_NUMBER), int(_FUNCTION)


@dataclass(frozen=True, slots=True)
class Texts:
    """A hash of each word of some texts, one after another (uint64), and how many words each has."""

    words: Array
    lengths: Array


def word_hash(word: bytes) -> int:
    """62 bits of a word that are the same in every process and on every machine, and what kind of word it is."""
    number = int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little") >> _KIND_BITS << _KIND_BITS
    if not word.isalpha() and any(map(str.isdigit, word.decode("utf-8", "replace"))):
        return number | _IS_NUMBER
    return number | _IS_FUNCTION if word in _function_words() else number


@cache
def _function_words() -> frozenset[bytes]:
    return frozenset(word.encode() for language in LANGUAGES for word in stop_words(language))


def signatures(titles: Texts, bodies: Texts) -> Array:
    """Signatures of a batch of articles: uint16[articles, WIDTH]; `EMPTY` where a body is too short."""
    return finished(smallest_shingles(bodies.words, bodies.lengths), titles, bodies)


def smallest_shingles(words: Array, lengths: Array) -> Array:
    """The smallest hash of a shingle in each bin of each article, uint64[articles, BINS]; `NONE` in an empty bin."""
    count = len(lengths)
    smallest = np.full(count * BINS, NONE, np.uint64)
    if len(words) >= SHINGLE:
        lengths = np.asarray(lengths, np.int64)
        shingles = mixed(_rolled(words.astype(np.uint64, copy=False)))
        bins = np.repeat(np.arange(0, count * BINS, BINS), lengths)[: len(shingles)]
        bins += (shingles >> _BIN_SHIFT).astype(np.int64)
        shingles &= _HASH_MASK
        # A shingle that runs into the next article belongs to nobody: the greatest hash is no bin's smallest.
        ends = np.cumsum(lengths)
        for offset in range(1, SHINGLE):
            running = ends - offset
            shingles[running[(running >= 0) & (running < len(shingles))]] = NONE
        np.minimum.at(smallest, bins, shingles)
    return smallest.reshape(count, BINS)


def finished(smallest: Array, titles: Texts, bodies: Texts) -> Array:
    """The signatures of articles, given what `smallest_shingles` found in their bodies."""
    lengths = np.asarray(bodies.lengths, np.int64)
    result = np.full((len(smallest), WIDTH), EMPTY, np.uint16)
    enough = lengths >= MIN_SHINGLES + SHINGLE - 1
    if not enough.any():
        return result
    result[enough, :BINS] = _densified(smallest[enough])
    result[enough, COUNT] = np.minimum(lengths[enough] - SHINGLE + 1, int(EMPTY))
    of_title, of_body = (
        np.repeat(np.arange(len(smallest)), np.asarray(texts.lengths, np.int64)) for texts in (titles, bodies)
    )
    has = np.zeros(len(smallest) * WORD_BITS, np.bool_)
    has[of_body * WORD_BITS + bit_of(_short(bodies.words))] = True
    bits = np.packbits(has, bitorder="little").view("<u2").reshape(len(smallest), -1)
    result[enough, WORDS] = bits[enough]
    said = (titles.words & _FUNCTION) == 0
    result[enough, TITLE] = _first(_short(titles.words[said]), of_title[said], len(smallest), TITLE_WORDS)[enough]
    at = np.flatnonzero(bodies.words & _NUMBER)
    before = bodies.words[np.maximum(at, 1) - 1]
    before[(at == 0) | (of_body[np.maximum(at, 1) - 1] != of_body[at])] = 0

    numbers = _short(mixed(before * _ODD + bodies.words[at]))
    result[enough, NUMBER] = _first(numbers, of_body[at], len(smallest), NUMBERS)[enough]
    return result


def _short(words: Array) -> Array:
    """16 bits of a word's hash, the last of which says whether it is a number."""
    short = (words >> np.uint64(48)).astype(np.uint16)
    short &= ~np.uint16(1)
    short |= words.astype(np.uint16) & np.uint16(1)
    return np.minimum(short, EMPTY - np.uint16(2), out=short)


def bit_of(short: Array) -> Array:
    """The bit that a word sets."""
    bit: Array = (short >> np.uint16(1)) % np.uint16(WORD_BITS)
    return bit


def _first(values: Array, articles: Array, count: int, most: int) -> Array:
    """The smallest distinct values of each article, ascending; `EMPTY` behind them."""
    found = np.full((count, most), EMPTY, np.uint16)
    codes = articles << 16 | values
    codes.sort()
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
    of = codes >> 16
    starts = np.concatenate(([0], np.cumsum(np.bincount(of, minlength=count))))
    place = np.arange(len(codes)) - starts[of]
    kept = place < most
    found[of[kept], place[kept]] = codes[kept] & int(EMPTY)
    return found


def _rolled(words: Array) -> Array:
    """One hash for each run of `SHINGLE` words, by a polynomial in the words' hashes."""
    last = len(words) - SHINGLE + 1
    total = np.zeros(last, np.uint64)
    for offset in range(SHINGLE):
        total = total * _ODD + words[offset : offset + last]
    return total


def mixed(values: Array) -> Array:
    """Hashes of which every bit depends on all bits of the values."""
    values = values ^ (values >> np.uint64(31))
    values = values * _MIX
    mixed: Array = values ^ (values >> np.uint64(29))
    return mixed


def _densified(table: Array) -> Array:
    """16 bits of each bin's minimum; an empty bin takes the next full one to its right, marked by the distance.

    After Shrivastava and Li (2014): keeps the estimate unbiased for short texts that leave bins empty.
    """
    empty = table == NONE
    values = table
    for distance in range(1, BINS):
        if not empty.any():
            break
        borrowed = np.roll(table, -distance, axis=1) + np.uint64(distance << int(_BIN_SHIFT))
        usable = empty & ~np.roll(table == NONE, -distance, axis=1)
        values = np.where(usable, borrowed, values)
        empty &= ~usable
    folded = (mixed(values) >> np.uint64(40)).astype(np.uint16)
    least: Array = np.minimum(folded, EMPTY - np.uint16(1))
    return least


def rows_of(tables: Sequence[Array], numbers: Array) -> Array:
    """The signatures of articles by number, through all tables."""
    rows = np.empty((len(numbers), WIDTH), np.uint16)
    base = 0
    for table in tables:
        mine = (numbers >= base) & (numbers < base + len(table))
        rows[mine] = table[numbers[mine] - base]
        base += len(table)
    return rows
