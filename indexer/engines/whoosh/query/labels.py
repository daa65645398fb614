"""Which labels of a keyword field a node of a query means: `source:sana`, `person:"joe biden"`, `org:feder*`.

The words of all labels of a segment lie in one text (`shared.search.labels`), so that looking for some is one search.
Called by the compiler.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from indexer import analysis
from indexer.engines.shared.search.labels import LabelText, in_labels
from indexer.engines.shared.search.other_names import KINDS, HeldNames, meant_in_articles, names_with, text_of
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.codec.layout import ENTITIES, unpack_strings
from indexer.engines.whoosh.kernels import NO_DOCS, Array, Docs, Mask
from indexer.engines.whoosh.reader.columns import Column, column
from indexer.engines.whoosh.reader.segment_columns import stored_column
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.entities.spellings_of import Spellings
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.leaves import WordNode


def label_text(view: SegmentView, field: str) -> LabelText:
    """The words of a segment's labels, made when first asked for."""
    return view.cached(("label text", field), lambda: LabelText(_labels(view, field)))


def _labels(view: SegmentView, field: str) -> list[str]:
    strings = unpack_strings(view.whole(f"{field}.values.bytes"), view.whole(f"{field}.values.offsets"))
    return [string.decode() for string in strings]


@dataclass(frozen=True, slots=True)
class WrittenLabels:
    """Labels as they are written in one segment, or were given to it by corrections: `text` numbers them from 0."""

    values: Column
    text: LabelText
    label: Callable[[int], str]
    _index: int
    _start: int
    _moved: Array | None

    def ordinals(self, numbers: Iterable[int]) -> Array:
        """The global ordinals of the labels that some are shown by."""
        found = np.fromiter(numbers, np.intp)
        if self._moved is not None:
            found = self._moved[found]
            found = found[found >= 0]
        return self.values.globally(self._index, found + self._start)


def written_labels(values: Column) -> Iterator[WrittenLabels]:
    """All labels of a field as they are written, segment by segment."""
    for index, (view, part) in enumerate(zip(values.snapshot.views, values.parts, strict=True)):
        yield WrittenLabels(values, label_text(view, values.field), part.table.label, index, 0, part.moved)
        if part.moved is not None:
            extras = part.table.extras
            yield WrittenLabels(values, LabelText(extras), extras.__getitem__, index, part.table.sorted, None)


def matching_labels(snapshot: Snapshot, field: str, node: WordNode, budget: TimeBudget) -> Mask:
    """Which global ordinals of the field a node means."""
    values = column(snapshot, field)
    chosen = np.zeros(values.size, np.bool_)
    for part in written_labels(values):
        budget.check()
        found = in_labels(part.text, field, node)
        if isinstance(node, q.Exact):
            found = _only_whole(part, found, node.text)
        chosen[part.ordinals(found)] = True
    match node:
        case q.Term(text) | q.Exact(text) | q.Phrase(text, 0) if field in ENTITIES:
            alias = values.find(text)  # "Kiev" where the archive shows Kyiv
            if alias is not None:
                chosen[alias] = True
    return chosen


def known_elsewhere(snapshot: Snapshot, field: str, node: WordNode, held: HeldNames) -> Mask:
    """Which global ordinals a node means that no label fits: by parts of names in other languages, by how a name in
    another script is romanised, and by how articles spell it."""
    values = column(snapshot, field)
    kind = KINDS[field]
    numbers = {values.corrected(name) for name in names_with(kind, node)} - {None}
    if not numbers and (text := text_of(node)) is not None:
        numbers = {values.find(name) for name in meant_in_articles(kind, text, held)} - {None}
    chosen = np.zeros(values.size, np.bool_)
    chosen[[number for number in numbers if number is not None]] = True
    return chosen


def fitting_labels(snapshot: Snapshot, field: str, wanted: Spellings, budget: TimeBudget) -> list[int]:
    """The global ordinals of the labels of which a word has one of some spellings."""
    values = column(snapshot, field)
    found: set[int] = set()
    for part in written_labels(values):
        budget.check()
        for word in filter(wanted.fits, set(part.text.text.split())):
            found.update(part.ordinals(part.text.find(f" {word} ")).tolist())
    return sorted(found)


def documents_with(snapshot: Snapshot, field: str, labels: Sequence[str]) -> Docs:
    """The documents that have every one of some labels of a many-valued column, looked up segment by segment."""
    found = [NO_DOCS]
    for base, view in zip(snapshot.bases, snapshot.views, strict=False):
        part = stored_column(view, field)
        numbers = [part.table.find(label) for label in labels]
        lists = [part.docs[part.postings[n] : part.postings[n + 1]] for n in numbers if n is not None]
        if len(lists) == len(labels):
            found.append(reduce(_both, lists).astype(np.intp) + base)
    return np.concatenate(found)


def _both(one: Array, other: Array) -> Array:
    return np.intersect1d(one, other, assume_unique=True)


def _only_whole(part: WrittenLabels, numbers: Iterable[int], text: str) -> list[int]:
    """Of labels with the same words, those that are the text but for case and accents; paths below it stay."""
    path = BY_NAME[part.values.field].kind is Kind.PATH
    wanted = analysis.fold(text).rstrip("/") if path else analysis.fold(text)
    labels = ((number, analysis.fold(part.label(number))) for number in numbers)
    return [number for number, label in labels if label == wanted or (path and label.startswith(wanted + "/"))]
