"""Whether two articles are one story, by their signatures. Pure functions, called by `grouping` and `groups`.

They are if at least half of the shingles of the shorter one are in the longer, unless they only share a form:

- their titles speak of different things: obituaries of two people in the words of one undertaker;
- their titles are not about their texts: two headlines over one notice of a paywall;
- their numbers are others: the market's prices of two days.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.near_duplicates.signatures import (
    BINS,
    COUNT,
    EMPTY,
    NUMBER,
    TITLE,
    WORDS,
    Array,
    bit_of,
    rows_of,
)

MIN_AGREEING = 11  # bins: fewer may be chance, and one long text would join all that it quotes
NOTICE = 80  # shingles; a longer text is more than a notice
MIN_NUMBERS = 3
# Pairs compared at a time; each takes half a kilobyte.
_BATCH = 20_000


def same_story(left: Array, right: Array) -> Array:
    """Whether `left[i]` and `right[i]` are copies of one story."""
    alike = held(left, right)
    at = np.flatnonzero(alike)
    if len(at):
        alike[at] = ~_of_one_form(left[at], right[at])
    return alike


def held(left: Array, right: Array) -> Array:
    """Whether at least half of the shingles of the shorter of `left[i]` and `right[i]` are in the longer.

    Of `s` shingles in both together and `m` in the shorter, a share of `j` agreeing bins says that `s * j / (1 + j)`
    are in both.
    """
    agreeing = np.count_nonzero(left[:, :BINS] == right[:, :BINS], axis=1)
    counts = left[:, COUNT].astype(np.int64), right[:, COUNT].astype(np.int64)
    half = 2 * agreeing * (counts[0] + counts[1]) >= (BINS + agreeing) * np.minimum(*counts)
    found: Array = half & (agreeing >= MIN_AGREEING)
    return found


def _of_one_form(left: Array, right: Array) -> Array:
    """Whether what two articles share is the form alone."""
    ours, theirs = _title(left, right), _title(right, left)
    titled = (ours.words > 0) & (theirs.words > 0)
    unlike = (2 * ours.missing >= ours.words) & (2 * theirs.missing >= theirs.words)
    apart = unlike & ((ours.own > 0) | (theirs.own > 0))
    one_wording = (2 * ours.shared >= ours.words) | (2 * theirs.shared >= theirs.words)
    filled_in = one_wording & (ours.names > 0) & (theirs.names > 0)
    short = np.minimum(left[:, COUNT], right[:, COUNT]) < NOTICE
    beside = short & ~ours.on_text & ~theirs.on_text
    beside &= 3 * np.maximum(ours.shared, theirs.shared) < 2 * np.minimum(ours.words, theirs.words)
    found: Array = titled & (apart | filled_in | beside)
    return found | _other_numbers(left[:, NUMBER], right[:, NUMBER])


@dataclass(frozen=True, slots=True)
class _Title:
    """What the titles of some articles say beside others: how many words they have (of those that are kept), how many
    of them are in the other's title, how many nowhere in the other article, how many of these are in the own text, and
    of these how many are no numbers; whether at least half of the words are in the own text."""

    words: Array
    shared: Array
    missing: Array
    own: Array
    names: Array
    on_text: Array


def _title(rows: Array, others: Array) -> _Title:
    title, other = rows[:, TITLE], others[:, TITLE]
    known = title != EMPTY
    shared = known & (title[:, :, None] == other[:, None, :]).any(axis=2)
    # Of a long title the words with greater hashes are not kept, so that it may have them.
    missing = known & ~shared & (title <= other[:, -1:]) & ~_has(others, title)
    on_text = known & _has(rows, title)
    own = missing & on_text
    words = known.sum(axis=1)
    return _Title(
        words=words,
        shared=shared.sum(axis=1),
        missing=missing.sum(axis=1),
        own=own.sum(axis=1),
        names=(own & (title & 1 == 0)).sum(axis=1),
        on_text=2 * on_text.sum(axis=1) >= words,
    )


def _has(rows: Array, words: Array) -> Array:
    """Whether the texts of articles have words, some for each."""
    bits = bit_of(words).astype(np.int64)
    found: Array = np.take_along_axis(rows[:, WORDS], bits // 16, axis=1) >> (bits % 16).astype(np.uint16) & 1 == 1
    return found


def _other_numbers(left: Array, right: Array) -> Array:
    """Whether at most a third of the fewer of two articles' numbers are in the other.

    Of many numbers those with greater hashes are not kept: compared is up to where the first of the two lists ends.
    """
    end = np.minimum(left[:, -1:], right[:, -1:])
    ours, theirs = ((each <= end) & (each != EMPTY) for each in (left, right))
    both = (ours[:, :, None] & (left[:, :, None] == right[:, None, :])).any(axis=2).sum(axis=1)
    fewer = np.minimum(ours.sum(axis=1), theirs.sum(axis=1))
    found: Array = (fewer >= MIN_NUMBERS) & (3 * both <= fewer)
    return found


def same_stories(tables: Sequence[Array], left: Array, right: Array) -> Array:
    """Which pairs of articles, given by number, are one story."""
    same = np.zeros(len(left), np.bool_)
    for start in range(0, len(left), _BATCH):
        part = slice(start, start + _BATCH)
        same[part] = same_story(rows_of(tables, left[part]), rows_of(tables, right[part]))
    return same
