"""A word of a query in one text field: the postings of all its terms, by how many positions they are wide.

A compound is found as it is written solid, joined by a hyphen, or apart: as a term of one position, as a stacked term
as wide as it has parts, and as its parts in a row. Called by `compile`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis import QueryWord
from indexer.analysis.compounds import MOST_PARTS
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.query import positions
from indexer.engines.whoosh.reader.postings import (
    NO_KEYS,
    POSITION_BITS,
    Keys,
    Leaf,
    PlacedRun,
    PooledRun,
    Run,
    TermRun,
)
from indexer.engines.whoosh.reader.recent import Recent
from indexer.engines.whoosh.reader.snapshot import Snapshot

# Per segment that has the word, its postings there.
Runs = dict[int, Run]
# Postings of the words asked for last that are kept at hand: with their frequencies, some 15 MB.
MOST_KEPT = 1 << 20
# What a word costs beside its postings, in postings.
EACH_KEPT = 1 << 10


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The postings of a word: `by_width`, as phrases need them, and `all`, every occurrence once."""

    by_width: dict[int, Runs]
    all: Runs


def recent_runs(snapshot: Snapshot, field: str, word: QueryWord) -> WordRuns:
    """The postings of a word, kept for a while: a page and its counts, and lines of a batch, ask for the same words."""
    kept: Recent[WordRuns] = snapshot.cached("runs of words", lambda: Recent(MOST_KEPT, _weight))
    return kept.get((field, word), lambda: word_runs(snapshot, field, word))


def _weight(word: WordRuns) -> int:
    return EACH_KEPT + sum(len(run.docs) for run in word.all.values())


def word_runs(snapshot: Snapshot, field: str, word: QueryWord) -> WordRuns:
    """The postings of a word."""
    widths = range(1, MOST_PARTS + 1)
    found = {width: runs for width in widths if (runs := _runs(snapshot, field, word.of_width(width)))}
    once = pooled(list(found.values()))
    if word.parts:
        row = _in_a_row(snapshot, field, word.parts)
        width = len(word.parts)
        once = pooled([once, _placed(snapshot, field, *_without(snapshot, field, row, once))])
        apart = _placed(snapshot, field, *_without(snapshot, field, row, found.get(width, {})))
        found[width] = pooled([found.get(width, {}), apart])
    return WordRuns({width: runs for width, runs in found.items() if runs}, once)


def pooled(parts: Sequence[Runs]) -> Runs:
    """Several postings as one."""
    filled = [part for part in parts if part]
    if len(filled) == 1:
        return filled[0]
    segments = {segment for part in filled for segment in part}
    return {segment: _one([part[segment] for part in filled if segment in part]) for segment in segments}


def _one(runs: Sequence[Run]) -> Run:
    return runs[0] if len(runs) == 1 else PooledRun(runs)


def _runs(snapshot: Snapshot, field: str, terms: Sequence[str]) -> Runs:
    runs: Runs = {}
    for segment, view in enumerate(snapshot.views):
        dictionary = view.dictionary(field)
        numbers = [number for term in terms if (number := dictionary.term(term)) is not None]
        if numbers:
            runs[segment] = _one([TermRun(view, field, number) for number in numbers])
    return runs


def _in_a_row(snapshot: Snapshot, field: str, parts: Sequence[Sequence[str]]) -> tuple[Docs, Keys]:
    """Documents, and where in them the parts of a compound stand in a row."""
    leaves = [Leaf(snapshot, field, _runs(snapshot, field, terms)) for terms in parts]
    docs = min(leaves, key=lambda leaf: leaf.count).docs
    for leaf in leaves:
        docs = docs[leaf.codes_at(docs) > 0]
    if not len(docs):
        return docs, NO_KEYS
    starts, _ = positions.in_order([leaf.keys(docs) for leaf in leaves], 0)
    return docs, starts


def _without(snapshot: Snapshot, field: str, row: tuple[Docs, Keys], known: Runs) -> tuple[Docs, Keys]:
    """The same without the places of other postings."""
    docs, starts = row
    if known and len(starts):
        starts = np.setdiff1d(starts, Leaf(snapshot, field, known).keys(docs), assume_unique=True)
    return docs, starts


def _placed(snapshot: Snapshot, field: str, docs: Docs, keys: Keys) -> Runs:
    if not len(keys):
        return {}
    rows, counts = np.unique(keys >> POSITION_BITS, return_counts=True)
    places = keys & ((1 << POSITION_BITS) - 1)
    ends = np.cumsum(counts)
    runs: Runs = {}
    for segment, where, local in snapshot.split(docs[rows]):
        first, last = int(ends[where.start] - counts[where.start]), int(ends[where.stop - 1])
        lengths = snapshot.views[segment].whole(f"{field}.lengths")[local]
        runs[segment] = PlacedRun(local, counts[where], places[first:last], lengths)
    return runs
