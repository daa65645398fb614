"""Which articles tell the same story in the same words: wire copies and light rewrites, without comparing all pairs.

In: the words of each article as 64-bit hashes. Out: a signature for each article, kept in its segment, and from all the
signatures the groups of near-duplicates. Pure functions; called by an engine's writer, and by `groups`, which finds
the same groups from those before.

An article's shingles are its runs of four words. A signature is a one-permutation MinHash (Li, Owen and Zhang 2012):
the hash of a shingle picks one of 64 bins and each bin keeps 8 bits of its smallest hash (b-bit minwise hashing, Li and
König 2010); the share of bins in which two signatures agree estimates the Jaccard similarity of the shingle sets. Pairs
worth comparing are those that agree in all four bins of at least one of 16 bands. Nothing depends on the order in which
articles arrive, and the cost grows as N log N.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SHINGLE = 4  # words; shorter runs make unrelated press releases of one office alike
BINS = 64  # one byte each; the estimate's standard error is 0.06 at a similarity of 0.5
ROWS = 4  # bins in a band: a pair with similarity 0.7 is found with probability 0.99, one with 0.3 with 0.12
BANDS = BINS // ROWS
SAME_STORY = 0.5  # share of equal bins from which two articles are one story
MIN_SHINGLES = 16  # shorter texts carry no evidence: "Photo of the day" is no story
EMPTY = np.uint8(0xFF)  # an article without a signature has it in every bin

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_BIN_SHIFT = np.uint64(64 - (BINS - 1).bit_length())
_HASH_MASK = np.uint64((1 << int(_BIN_SHIFT)) - 1)
NONE = np.uint64((1 << 64) - 1)


def word_hash(word: bytes) -> int:
    """64 bits of a word that are the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little")


def signatures(words: Array, lengths: Array) -> Array:
    """Signatures of a batch of articles.

    Args:
        words: uint64[tokens], a hash of each word that is the same in every process, articles one after another.
        lengths: words of each article; sums to `len(words)`.

    Returns:
        uint8[articles, BINS]; all `EMPTY` where an article has fewer than `MIN_SHINGLES` shingles.
    """
    return finished(smallest_shingles(words, lengths), lengths)


def smallest_shingles(words: Array, lengths: Array) -> Array:
    """The smallest hash of a shingle in each bin of each article, uint64[articles, BINS]; `NONE` in an empty bin."""
    count = len(lengths)
    smallest = np.full(count * BINS, NONE, np.uint64)
    if len(words) >= SHINGLE:
        lengths = np.asarray(lengths, np.int64)
        shingles = _mixed(_rolled(words.astype(np.uint64, copy=False)))
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


def finished(smallest: Array, lengths: Array) -> Array:
    """The signatures of articles, given what `smallest_shingles` found."""
    result = np.full(smallest.shape, EMPTY, np.uint8)
    enough = np.asarray(lengths, np.int64) >= MIN_SHINGLES + SHINGLE - 1
    if enough.any():
        result[enough] = _densified(smallest[enough])
    return result


def _rolled(words: Array) -> Array:
    """One hash for each run of `SHINGLE` words, by a polynomial in the words' hashes."""
    last = len(words) - SHINGLE + 1
    total = np.zeros(last, np.uint64)
    for offset in range(SHINGLE):
        total = total * _ODD + words[offset : offset + last]
    return total


def _mixed(values: Array) -> Array:
    values = values ^ (values >> np.uint64(31))
    values = values * _MIX
    mixed: Array = values ^ (values >> np.uint64(29))
    return mixed


def _densified(table: Array) -> Array:
    """8 bits of each bin's minimum; an empty bin takes the next full one to its right, marked by the distance.

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
    folded = (_mixed(values) >> np.uint64(40)).astype(np.uint8)
    least: Array = np.minimum(folded, EMPTY - np.uint8(1))
    return least


def similarity(left: Array, right: Array) -> Array:
    """Estimated Jaccard similarity of the shingles of `left[i]` and `right[i]`, 0 to 1."""
    agree: Array = (left == right).mean(axis=-1)
    return agree


def group(tables: Sequence[Array], gone: Array | None = None) -> Array:
    """For each article the number of its group: the smallest number of an article in it; its own where it is alone.

    Memory: about 50 bytes an article beside the tables, which may lie in memory-mapped files.

    Args:
        tables: uint8[articles, BINS] each, from any number of batches; articles are numbered through all of them.
        gone: numbers of articles to leave out; each stays alone.
    """
    count = sum(len(table) for table in tables)
    labels = np.arange(count, dtype=np.int64)
    present = np.concatenate([(table[:, 0] != EMPTY) for table in tables]) if tables else np.zeros(0, np.bool_)
    if gone is not None:
        present[gone] = False
    kept = np.flatnonzero(present)
    if len(kept) < 2:
        return labels
    identities = np.concatenate([identities_of(table) for table in tables])[kept]
    pairs = [np.zeros(0, np.int64)]
    for column in range(BANDS):
        band = np.concatenate([band_of(table, column) for table in tables])[kept]
        pairs.append(neighbours(band, identities))
    # Sorted by hand: `np.unique` hashes, which takes ten times as long on millions of numbers.
    codes = np.concatenate(pairs)
    codes.sort()
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
    left, right = kept[codes // len(kept)], kept[codes % len(kept)]
    same = agreeing(tables, left, right)
    return components(labels, left[same], right[same])


def band_of(table: Array, column: int) -> Array:
    """Four bins of 8 bits as one number of 32."""
    band: Array = np.ascontiguousarray(table[:, column * ROWS : (column + 1) * ROWS]).view(np.uint32)[:, 0]
    return band


def neighbours(band: Array, identities: Array) -> Array:
    """Pairs of articles that share a band, as `smaller * len(band) + larger`.

    Each with the next two in the order of their signatures and with the first: linear however many share it, and the
    same whatever order they came in.
    """
    order = np.argsort(band)
    ordered = band[order]
    equal = ordered[1:] == ordered[:-1]
    shared = order[np.concatenate(([False], equal)) | np.concatenate((equal, [False]))]
    if not len(shared):
        return np.zeros(0, np.int64)
    shared = shared[np.lexsort((identities[shared], band[shared]))]
    ordered = band[shared]
    starts = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    first = np.maximum.accumulate(np.where(starts, np.arange(len(shared)), 0))
    found = [(shared[first], shared)]
    for step in (1, 2):
        together = np.flatnonzero(ordered[step:] == ordered[:-step])
        found.append((shared[together], shared[together + step]))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    codes: Array = np.minimum(left, right).astype(np.int64) * len(band) + np.maximum(left, right)
    apart: Array = codes[left != right]
    return apart


def identities_of(rows: Array) -> Array:
    """One number for each whole signature."""
    total = np.zeros(len(rows), np.uint64)
    for column in range(BANDS):
        total = _mixed(total * _ODD + band_of(rows, column))
    return total


def rows_of(tables: Sequence[Array], numbers: Array) -> Array:
    """The signatures of articles by number."""
    rows = np.empty((len(numbers), BINS), np.uint8)
    base = 0
    for table in tables:
        mine = (numbers >= base) & (numbers < base + len(table))
        rows[mine] = table[numbers[mine] - base]
        base += len(table)
    return rows


def agreeing(tables: Sequence[Array], left: Array, right: Array, batch: int = 50_000) -> Array:
    """Which pairs of articles, given by number, are one story."""
    same = np.zeros(len(left), np.bool_)
    for start in range(0, len(left), batch):
        part = slice(start, start + batch)
        same[part] = similarity(rows_of(tables, left[part]), rows_of(tables, right[part])) >= SAME_STORY
    return same


def components(labels: Array, left: Array, right: Array) -> Array:
    """Connected components by spreading the smallest label, with pointer jumping."""
    while True:
        smallest = np.minimum(labels[left], labels[right])
        spread = labels.copy()
        for side in (labels[left], labels[right], left, right):
            np.minimum.at(spread, side, smallest)
        spread = spread[spread]
        if np.array_equal(spread, labels):
            return labels
        labels = spread
