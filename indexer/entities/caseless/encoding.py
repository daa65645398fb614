"""From what is seen of words to keys of features, for languages without capitals.

In: sentences of one document and a `Reading`. Out: one row of 32-bit keys for each word; the model gives each key a
row of weights. A `Reading` states views of a word (its form, its ending, the lists that hold it) as numbers, and
templates say which views of which neighbours make a feature together. The same at training and at run time.
"""

from collections.abc import Sequence
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.entities.tagger import Span

Template = tuple[tuple[str, int], ...]

NOTHING = 0  # a view that says nothing of a word: no feature is made of it
BOUNDARY = 1  # every view of what stands before and after a sentence
PADDING = 3  # boundaries between sentences, so that no template sees across one
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Reading(Protocol):
    """What is seen of the words of one language."""

    views: tuple[str, ...]
    templates: tuple[Template, ...]
    # The views that spell a word, which training hides at times so that the others must learn.
    spelling: frozenset[str]

    def look(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """The views of each word of a sentence, one row a word, one column for each of `views`."""
        ...

    def mend(self, words: Sequence[str], span: Span) -> Sequence[Span]:
        """A decoded span as the names it is made of; empty where it holds none."""
        ...

    def form(self, words: Sequence[str], span: Span) -> str:
        """What kind of name a span is made like: the less its making says, the more the model has to be sure."""
        ...

    def name(self, words: Sequence[str], span: Span) -> str:
        """The name as it stands by itself; what compares equal is one name in a document."""
        ...


def number(text: str) -> int:
    """The number of a view's value."""
    return crc32(text.encode("utf-8", "surrogatepass")) | 1 << 32


def feature_keys(sentences: Sequence[Sequence[str]], reading: Reading) -> NDArray[np.uint32]:
    """Keys of all templates for every word of a document, one row a word; 0 where a template says nothing."""
    blocks: list[NDArray[np.uint64]] = []
    edge = np.full((PADDING, len(reading.views)), BOUNDARY, np.uint64)
    at: list[NDArray[np.int64]] = []
    place = PADDING
    for words in sentences:
        blocks += (edge, reading.look(words))
        at.append(np.arange(place, place + len(words)))
        place += len(words) + PADDING
    blocks.append(edge)
    seen = np.ascontiguousarray(np.concatenate(blocks).T)
    return _mix(seen, np.concatenate(at), reading)


def _mix(seen: NDArray[np.uint64], at: NDArray[np.int64], reading: Reading) -> NDArray[np.uint32]:
    column_of = {name: column for column, name in enumerate(reading.views)}
    parts = {
        (name, offset): seen[column_of[name], at + offset]
        for name, offset in sorted({part for template in reading.templates for part in template})
    }
    keys = np.empty((len(reading.templates), len(at)), np.uint32)
    for row, template in enumerate(reading.templates):
        mixed = np.full(len(at), row * 7919 + 1, np.uint64)
        silent = np.zeros(len(at), np.bool_)
        for part in template:
            value = parts[part]
            silent |= value == NOTHING
            mixed = (mixed ^ value) * _MULTIPLIER
            mixed ^= mixed >> np.uint64(29)
        keys[row] = (mixed >> np.uint64(16)).astype(np.uint32)
        keys[row, silent] = 0
    return np.ascontiguousarray(keys.T)
