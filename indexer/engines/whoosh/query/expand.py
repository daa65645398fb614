"""Words that a prefix, wildcard or fuzzy word stands for, and the documents that hold any of them.

The dictionary of surface forms is sorted, so a prefix is a range. For fuzzy words a 64-bit signature of each form
(which letters it has) and its length leave few candidates, whose edit distances are computed side by side. Called by
the evaluator, the snippets and "did you mean".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer import analysis
from indexer.analysis.patterns import wildcard_pattern
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.codec.postings import of_terms
from indexer.engines.whoosh.kernels import NO_DOCS, Array, Docs, distinct, union
from indexer.engines.whoosh.query.fuzzy import SurfaceIndex, close_ones
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.engines.whoosh.reader.term_dictionary import Dictionary
from indexer.search.query import Fuzzy, Prefix, Wildcard

# Words compared with a pattern between two looks at the clock: a millisecond.
_BLOCK = 1 << 12

SegmentField = tuple[int, str]  # index of a segment, name of a field


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words, how frequent each is (documents of its stems, over all fields), and where they stand.

    `found` gives, for a segment and field, surface numbers and the index in `words` of each.
    """

    words: tuple[str, ...]
    frequencies: NDArray[np.int64]
    found: dict[SegmentField, tuple[Array, Array]]

    def __len__(self) -> int:
        return len(self.words)


def words(snapshot: Snapshot, fields: Sequence[str], node: Prefix | Wildcard | Fuzzy, budget: TimeBudget) -> Expansion:
    """Every word of the fields that a pattern stands for."""
    found: dict[SegmentField, tuple[Array, list[str]]] = {}
    for index, view in enumerate(snapshot.views):
        for field in fields:
            budget.check()
            surfaces, texts = _in_view(view, field, node, budget)
            if texts:
                found[index, field] = surfaces, texts
    return _gather(snapshot, _close(found, node, budget) if isinstance(node, Fuzzy) else found)


def _close(
    found: dict[SegmentField, tuple[Array, list[str]]], node: Fuzzy, budget: TimeBudget
) -> dict[SegmentField, tuple[Array, list[str]]]:
    """Of what may be near a word what is; each text is measured once, however many fields and segments have it."""
    every = dict.fromkeys(text for _, texts in found.values() for text in texts)
    close = frozenset(close_ones(analysis.fold(node.text), list(every), node.edits, budget))
    kept = {}
    for where, (surfaces, texts) in found.items():
        at = [number for number, text in enumerate(texts) if text in close]
        if at:
            kept[where] = surfaces[at], [texts[number] for number in at]
    return kept


def containing(snapshot: Snapshot, fields: Sequence[str], character: str) -> Expansion:
    """Every word of the fields that holds the character."""
    found: dict[SegmentField, tuple[Array, list[str]]] = {}
    key = character.encode()
    for index, view in enumerate(snapshot.views):
        for field in fields:
            dictionary = view.dictionary(field)
            held = dictionary.holding(key)
            if len(held):
                found[index, field] = held, [dictionary.surface_text(number) for number in held.tolist()]
    return _gather(snapshot, found)


def _in_view(
    view: SegmentView, field: str, node: Prefix | Wildcard | Fuzzy, budget: TimeBudget
) -> tuple[Array, list[str]]:
    """The surfaces that a pattern stands for, or may; their numbers and texts."""
    dictionary = view.dictionary(field)
    match node:
        case Prefix(start):
            low, high = dictionary.range_of(analysis.fold(start))
            return dictionary.order[low:high], dictionary.texts(low, high)
        case Wildcard(pattern):
            return _fitting(dictionary, analysis.fold(pattern), budget)
        case Fuzzy(text, edits):
            return surface_index(view, field).candidates(analysis.fold(text), edits)


def _fitting(dictionary: Dictionary, pattern: str, budget: TimeBudget) -> tuple[Array, list[str]]:
    """The surfaces that fit a folded pattern: their numbers and texts."""
    low, high = dictionary.range_of(re.split(r"[?*]", pattern, maxsplit=1)[0])
    fits = wildcard_pattern(pattern).fullmatch
    offsets: list[int] = []
    found: list[str] = []
    for start in range(low, high, _BLOCK):
        budget.check()
        for offset, text in enumerate(dictionary.texts(start, min(start + _BLOCK, high)), start):
            if fits(text) is not None:
                offsets.append(offset)
                found.append(text)
    return dictionary.order[np.array(offsets, np.intp)], found


def surface_index(view: SegmentView, field: str) -> SurfaceIndex:
    """What fuzzy words of a field are looked up in, made when first asked for."""
    return view.cached(("surface index", field), lambda: SurfaceIndex(view.dictionary(field)))


def _gather(snapshot: Snapshot, found: dict[SegmentField, tuple[Array, list[str]]]) -> Expansion:
    numbers: dict[str, int] = {}
    placed: dict[SegmentField, tuple[Array, Array]] = {}
    for where, (surfaces, texts) in found.items():
        ids = [numbers.setdefault(text, len(numbers)) for text in texts]
        placed[where] = surfaces.astype(np.intp), np.array(ids, np.intp)
    frequencies = np.zeros(len(numbers), np.int64)
    for (index, field), (surfaces, wanted) in placed.items():
        dictionary = snapshot.views[index].dictionary(field)
        terms = dictionary.term_of(surfaces)
        np.add.at(frequencies, wanted, dictionary.postings[terms + 1] - dictionary.postings[terms])
    return Expansion(tuple(numbers), frequencies, placed)


def most_frequent(expansion: Expansion, cap: int) -> Expansion:
    """At most `cap` of the words: the most frequent, then A-Z."""
    if len(expansion) <= cap:
        return expansion
    order = sorted(range(len(expansion)), key=lambda n: (-int(expansion.frequencies[n]), expansion.words[n]))[:cap]
    numbers = np.full(len(expansion), -1, np.intp)
    numbers[order] = np.arange(cap)
    found = {}
    for where, (surfaces, ids) in expansion.found.items():
        kept = numbers[ids] >= 0
        found[where] = surfaces[kept], numbers[ids[kept]]
    return Expansion(tuple(expansion.words[n] for n in order), expansion.frequencies[order], found)


def documents(snapshot: Snapshot, field: str, expansion: Expansion, budget: TimeBudget) -> Docs:
    """Documents that hold any of the words in a field."""
    lists = []
    for index, view in enumerate(snapshot.views):
        if (index, field) not in expansion.found:
            continue
        budget.check()
        surfaces, _ = expansion.found[index, field]
        if len(surfaces):
            docs = _with_surfaces(view, field, surfaces)
            lists.append(docs.astype(np.intp) + snapshot.bases[index])
    if not lists:
        return NO_DOCS
    return union(lists, snapshot.size, snapshot.scratch.flags) if len(lists) > 1 else _sorted(lists[0], snapshot)


def _sorted(docs: Docs, snapshot: Snapshot) -> Docs:
    flags = snapshot.scratch.flags
    if len(docs) * 16 < snapshot.size:
        docs.sort()
        return distinct(docs)
    flags[docs] = True
    merged = np.flatnonzero(flags)
    flags[merged] = False
    return merged


def _with_surfaces(view: SegmentView, field: str, surfaces: Array) -> Array:
    """Documents of a segment with any of the surfaces, unsorted. A term all of whose forms count is taken whole."""
    dictionary = view.dictionary(field)
    allowed = np.zeros(dictionary.surfaces, np.bool_)
    allowed[surfaces] = True
    terms, wanted = np.unique(dictionary.term_of(surfaces), return_counts=True)
    forms = dictionary.starts[terms + 1].astype(np.int64) - dictionary.starts[terms]
    whole, part = terms[wanted == forms], terms[wanted < forms]
    found = [of_terms(view.arrays, f"{field}.docs", dictionary.postings, whole)]
    if len(part):
        found.append(_with_forms(view, field, part, allowed))
    return np.concatenate(found)


def _with_forms(view: SegmentView, field: str, terms: Array, allowed: Array) -> Array:
    dictionary = view.dictionary(field)
    codes = of_terms(view.arrays, f"{field}.codes", dictionary.postings, terms)
    starts = dictionary.postings[terms]
    held_by = dictionary.postings[terms + 1] - starts
    counts = view.overflow(field).exact_of(codes, starts, held_by).astype(np.int64)
    offsets = view.whole(f"{field}.positions.offsets")
    variants = view.variants(field).of_terms(terms)
    surfaces = np.repeat(dictionary.starts[terms].astype(np.int64), offsets[terms + 1] - offsets[terms]) + variants
    before = np.concatenate(([0], np.cumsum(allowed[surfaces])))
    ends = np.cumsum(counts)
    held: Array = before[ends] > before[ends - counts]
    return of_terms(view.arrays, f"{field}.docs", dictionary.postings, terms)[held]
