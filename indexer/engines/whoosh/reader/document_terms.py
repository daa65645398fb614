"""Which terms some documents have: their part of a field's postings, found by one walk over all of them.

Looking up a term in a dictionary takes as long as walking over some thousand postings. Who wants to know of thousands
of terms whether any of a few documents has them walks once. Called by `search.percolate`.
"""

from itertools import pairwise

import numpy as np

from indexer.engines.whoosh.codec.layout import term_bytes
from indexer.engines.whoosh.kernels import NO_DOCS, Array, Docs
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot

# Postings walked over at a time: what is made on the way stays in the processor's cache.
_STRETCH = 1 << 18


class DocumentTerms:
    """The terms that ascending documents of a snapshot have in a text field, and which of the documents have each."""

    def __init__(self, snapshot: Snapshot, field: str, docs: Docs) -> None:
        self._rows: dict[bytes, list[Array]] = {}
        for index, where, local in snapshot.split(docs):
            self._add(snapshot.views[index], field, local, where.start)

    def _add(self, view: SegmentView, field: str, docs: Docs, first_row: int) -> None:
        dictionary = view.dictionary(field)
        places, held = _places(view, field, docs)
        rows = np.searchsorted(docs, held) + first_row
        terms = np.searchsorted(dictionary.postings, places, side="right") - 1
        starts = np.flatnonzero(np.diff(terms, prepend=-1)).tolist()
        for start, stop in pairwise([*starts, len(terms)]):
            self._rows.setdefault(dictionary.term_text(int(terms[start])), []).append(rows[start:stop])

    def rows(self, term: str) -> list[Array]:
        """Which of the documents have a term, by their places among them."""
        return self._rows.get(term_bytes(term), [])


def postings_of(snapshot: Snapshot, field: str) -> int:
    """How many postings a walk over a field is."""
    return sum(int(view.dictionary(field).postings[-1]) for view in snapshot.views)


def _places(view: SegmentView, field: str, docs: Docs) -> tuple[Array, Array]:
    """Where among the postings of a segment those of some documents are, and the document of each."""
    wanted = np.zeros(view.arrays.length(f"{field}.lengths"), np.bool_)
    wanted[docs] = True
    name = f"{field}.docs"
    places, held = [NO_DOCS], [NO_DOCS]
    end = view.arrays.length(name)
    for start in range(0, end, _STRETCH):
        stretch = view.arrays.part(name, start, min(start + _STRETCH, end))
        found = np.flatnonzero(wanted[stretch])
        places.append(found + start)
        held.append(stretch[found])
    return np.concatenate(places), np.concatenate(held)
