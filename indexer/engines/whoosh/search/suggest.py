"""What to offer while a person types: people, organisations, places, sources and titles.

The labels of each field stand in one text, the most frequent first, so that the best suggestions are the first finds.
Called by the engine for `suggest`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from indexer import analysis
from indexer.engines.shared.search.labels import label_line
from indexer.engines.shared.search.suggestions import (
    FIELDS,
    MOST_TITLES,
    most_frequent_first,
    otherwise_named,
    title_suggestions,
    titles_with,
)
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.facets import unfiltered_counts
from indexer.engines.whoosh.search.order import first, sort_keys
from indexer.engines.whoosh.search.top.best import live
from indexer.search.request import Sort
from indexer.search.results import Suggestion

# A value that few articles have is found by searching; more labels than this are not kept at hand for each field.
MOST_LABELS = 100_000
_TITLE_EXPANSIONS = 100


class _Frequent:
    """The most frequent labels of a field as lines ` word word `, and their counts."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        counted = unfiltered_counts(snapshot, field)
        order = np.argsort(-counted.counts, kind="stable")[:MOST_LABELS]
        self.labels = column(snapshot, field).labels(counted.numbers[order].tolist())
        self.counts: list[int] = counted.counts[order].tolist()
        lines = [label_line(label) for label in self.labels]
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def beginning(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Labels that hold the words, the last of them perhaps not to its end; most frequent first."""
        *whole, start = (f" {word}" for word in words)
        whole = [f"{word} " for word in whole]
        anchor = max([*whole, start], key=len)
        at = self._text.find(anchor)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            end = self._starts[line + 1] - 1
            text = self._text[self._starts[line] : end]
            if start in text and all(word in text for word in whole):
                yield self.labels[line], self.counts[line]
            at = self._text.find(anchor, end)


def suggestions(snapshot: Snapshot, text: str, size: int) -> list[Suggestion]:
    """Values, most frequent first, then titles, newest first, that hold the typed words."""
    words = analysis.tokens(text)
    if not words or size <= 0:
        return []
    found = []
    for field in FIELDS:
        labels = _frequent(snapshot, field)
        pairs = zip(range(size), labels.beginning(words), strict=False)
        found += [Suggestion(field, label, count) for _, (label, count) in pairs]
    found = most_frequent_first(found)
    compiler = Compiler(Context(snapshot), _TITLE_EXPANSIONS)
    if len(found) < size and snapshot.joins_spellings:
        found += otherwise_named(words, compiler.names, found)
    if len(found) < size:
        found += _titles(compiler, words, size - len(found))
    return found[:size]


def _frequent(snapshot: Snapshot, field: str) -> _Frequent:
    return snapshot.cached(("suggest", field), lambda: _Frequent(snapshot, field))


def _titles(compiler: Compiler, words: Sequence[str], size: int) -> list[Suggestion]:
    tree = titles_with(words)
    if tree is None:
        return []
    snapshot = compiler.snapshot
    docs = live(snapshot, compiler.compile(tree).docs())
    offsets = first(snapshot, docs, sort_keys(snapshot, Sort.NEWEST, docs, None), MOST_TITLES)
    return title_suggestions((snapshot.title_of(int(docs[offset])) for offset in offsets), size)
