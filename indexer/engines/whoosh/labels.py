"""Which labels of a keyword field a node of a query means: `source:sana`, `person:"joe biden"`, `org:feder*`.

A word or phrase means the labels that contain it, whole words, without regard to case or accents; `=` the whole label;
a language its regional forms too (`lang:en` finds en-GB). The words of all labels of a segment lie in one text, so that
looking for some is one search. Called by the evaluator.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np

from indexer import analysis
from indexer.engines.shared.edits import distances
from indexer.engines.shared.patterns import wildcard_pattern
from indexer.engines.whoosh.codec.layout import ENTITIES, unpack_strings
from indexer.engines.whoosh.columns import Column, column
from indexer.engines.whoosh.kernels import Mask
from indexer.engines.whoosh.plan import Clock
from indexer.engines.whoosh.snapshot import SegmentView, Snapshot
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q

Words = q.Term | q.Phrase | q.Near | q.Prefix | q.Wildcard | q.Fuzzy | q.Exact
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

    def line(self, label: int) -> str:
        """The words of a label."""
        return self.text[self._starts[label] : self._starts[label + 1] - 1]


def label_line(label: str) -> str:
    """The words of a label, a space around each."""
    return f" {' '.join(analysis.tokens(label))} "


def label_text(view: SegmentView, field: str) -> LabelText:
    """The words of a segment's labels, made when first asked for."""
    return view.keep(("label text", field), lambda: LabelText(_labels(view, field)))


def _labels(view: SegmentView, field: str) -> list[str]:
    strings = unpack_strings(view.whole(f"{field}.values.bytes"), view.whole(f"{field}.values.offsets"))
    return [string.decode() for string in strings]


def matching_labels(snapshot: Snapshot, field: str, node: Words, clock: Clock) -> Mask:
    """Which global ordinals of the field a node means."""
    values = column(snapshot, field)
    chosen = np.zeros(values.size, np.bool_)
    for index, (view, part) in enumerate(zip(snapshot.views, values.parts, strict=True)):
        clock.check()
        found = np.fromiter(_in_labels(label_text(view, field), field, node), np.intp)
        if part.moved is not None:
            found = part.moved[found]
            extras = np.fromiter(_in_labels(LabelText(part.table.extras), field, node), np.intp)
            found = np.concatenate((found[found >= 0], extras + part.table.sorted))
        chosen[values.globally(index, found)] = True
    if isinstance(node, q.Exact):
        _only_whole(values, chosen, node.text)
    match node:
        case q.Term(text) | q.Exact(text) | q.Phrase(text, 0) if field in ENTITIES:
            alias = values.find(text)  # "Kiev" where the archive shows Kyiv
            if alias is not None:
                chosen[alias] = True
    return chosen


def _in_labels(text: LabelText, field: str, node: Words) -> Iterable[int]:
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


def _only_whole(values: Column, chosen: Mask, text: str) -> None:
    """Of labels with the same words, keep those that are the text but for case and accents; paths below it stay."""
    path = BY_NAME[values.field].kind is Kind.PATH
    wanted = analysis.fold(text).rstrip("/") if path else analysis.fold(text)
    for ordinal in np.flatnonzero(chosen).tolist():
        label = analysis.fold(values.label(ordinal))
        chosen[ordinal] = label == wanted or (path and label.startswith(wanted + "/"))
