"""The words of many labels as one text, and which of those labels a node of a query means.

A word or phrase means the labels that contain it, whole words, without regard to case or accents; `=` the whole label;
a language its regional forms too (`lang:en` finds en-GB). Looking for some of the labels is one search of the text.
Called by the engines for the labels that they hold in memory.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer import analysis
from indexer.analysis.edits import distances
from indexer.analysis.patterns import wildcard_pattern
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.leaves import WordNode

LANGUAGE_FIELDS = frozenset({"language", "translated_from"})


class LabelText:
    """The words of labels: a line ` word word ` for each label, in their order, line breaks between."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = len(labels)
        lines = [label_line(label) for label in labels]
        self.text = "\n" + "\n".join(lines) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def find(self, needle: str) -> list[int]:
        """Labels whose line contains the needle."""
        found, at = [], 0
        while (at := self.text.find(needle, at)) >= 0:
            label = bisect_right(self._starts, at + len(needle) - 1) - 1
            found.append(label)
            at = self._starts[label + 1] - 1
        return found

    def search(self, pattern: re.Pattern[str]) -> list[int]:
        """Labels whose line has a match of the pattern."""
        places = (match.start() for match in pattern.finditer(self.text))
        return [bisect_right(self._starts, place) - 1 for place in places]

    def near(self, words: str, edits: int) -> list[int]:
        """Labels whose line is within so many edits of that of other words."""
        wanted = label_line(words)
        short = np.flatnonzero(np.abs(self._lengths - len(wanted)) <= edits).tolist()
        close = distances(wanted, [self.line(label) for label in short]) <= edits
        return [label for label, kept in zip(short, close.tolist(), strict=True) if kept]

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return np.diff(np.array(self._starts)) - 1

    def line(self, label: int) -> str:
        """The words of a label."""
        return self.text[self._starts[label] : self._starts[label + 1] - 1]


def label_line(label: str) -> str:
    """The words of a label, a space around each."""
    return f" {' '.join(analysis.tokens(label))} "


def in_labels(text: LabelText, field: str, node: WordNode) -> Iterable[int]:
    """The labels of a field, by number, that a node means; some may come twice."""
    match node:
        case q.Term(word) | q.Phrase(word, 0) if field in LANGUAGE_FIELDS:
            return _languages(text, word)
        case q.Term(word) | q.Phrase(word, 0):
            return _containing(text, word)
        case q.Phrase(words, slop):
            tokens = analysis.tokens(words)
            candidates = set.intersection(*(set(text.find(f" {token} ")) for token in tokens)) if tokens else ()
            return [label for label in candidates if in_order(text.line(label).split(), tokens, slop)]
        case q.Exact(whole):
            tokens = analysis.tokens(whole)
            if not tokens and BY_NAME[field].kind is not Kind.PATH:
                return text.find("\n  \n")  # labels without words
            below = "" if BY_NAME[field].kind is Kind.PATH else "\n"
            return text.find(f"\n {' '.join(tokens)} {below}") if tokens else range(text.labels)
        case q.Prefix(start):
            return text.find(f" {analysis.fold(start)}")
        case q.Wildcard(pattern):
            return text.search(re.compile(f" {wildcard_pattern(analysis.fold(pattern)).pattern} "))
        case q.Fuzzy(word, edits):
            return _close(text, analysis.fold(word), edits)
        case q.Near(left, right, distance):
            first, second = analysis.tokens(left.text), analysis.tokens(right.text)
            if not first or not second:
                return ()
            candidates = set(text.find(f" {first[0]} ")) & set(text.find(f" {second[0]} "))
            return [n for n in candidates if _near(text.line(n).split(), first, second, distance)]


def _languages(text: LabelText, tag: str) -> Iterable[int]:
    words = " ".join(analysis.tokens(tag))
    return text.find(f"\n {words} ") if words else ()


def _containing(text: LabelText, words: str) -> Iterable[int]:
    tokens = analysis.tokens(words)
    if not tokens:
        return ()
    if len(tokens) == 1 and len(tokens[0]) == 1 and analysis.is_unspaced(tokens[0]):
        return text.find(tokens[0])
    return text.find(f" {' '.join(tokens)} ")


def _close(text: LabelText, word: str, edits: int) -> Iterable[int]:
    candidates = [other for other in set(text.text.split()) if abs(len(other) - len(word)) <= edits]
    near = distances(word, candidates) <= edits
    found: set[int] = set()
    for other, kept in zip(candidates, near.tolist(), strict=True):
        if kept:
            found.update(text.find(f" {other} "))
    return found


def in_order(words: list[str], wanted: list[str], slop: int) -> bool:
    """Whether the wanted words stand in order with at most `slop` others between them in all."""
    for start, word in enumerate(words):
        if word != wanted[0]:
            continue
        place = start
        for following in wanted[1:]:
            place = next((n for n in range(place + 1, len(words)) if words[n] == following), len(words) + slop)
        if place - start - (len(wanted) - 1) <= slop and place < len(words):
            return True
    return False


def _near(words: list[str], left: list[str], right: list[str], distance: int) -> bool:
    def places(wanted: list[str]) -> list[int]:
        return [n for n in range(len(words)) if words[n : n + len(wanted)] == wanted]

    gaps = [(b - a - len(left), a - b - len(right)) for a in places(left) for b in places(right)]
    return any(0 <= gap <= distance for pair in gaps for gap in pair)
