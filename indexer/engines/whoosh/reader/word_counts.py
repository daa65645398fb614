"""In how many of some articles index terms are. Called by the engine for `word_counts`."""

from collections.abc import Collection

import numpy as np

from indexer.engines.shared.search.more_like_this import FIELDS
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.reader.postings import TermRun
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.results import WordCounts

# Counts of terms in the whole archive that are kept for a generation: words come again.
_REMEMBERED = 50_000


def word_counts(snapshot: Snapshot, terms: Collection[str], docs: Docs) -> WordCounts:
    """Count each term in some documents, in the field that has it in more of them."""
    if not terms:
        return WordCounts(len(docs), {})
    if len(docs) < len(snapshot.everything):
        return WordCounts(len(docs), _counted(snapshot, terms, docs))
    known: dict[str, int] = snapshot.cached("word counts", dict)
    found = {term: count for term in terms if (count := known.get(term)) is not None}
    found |= _counted(snapshot, [term for term in terms if term not in found], docs)
    if len(known) + len(found) <= _REMEMBERED:
        known.update(found)
    return WordCounts(len(docs), found)


def _counted(snapshot: Snapshot, terms: Collection[str], docs: Docs) -> dict[str, int]:
    counts = {field: dict.fromkeys(terms, 0) for field in FIELDS}
    among = np.zeros(snapshot.size, np.bool_)
    among[docs] = True
    whole = len(docs) == snapshot.size
    for view, first in zip(snapshot.views, snapshot.bases, strict=False):
        for field, found in counts.items():
            dictionary = view.dictionary(field)
            for term in terms:
                number = dictionary.term(term)
                if number is None:
                    continue
                if whole:
                    found[term] += dictionary.count(number)
                else:
                    found[term] += int(np.count_nonzero(among[first:][TermRun(view, field, number).docs]))
    return {term: max(found[term] for found in counts.values()) for term in terms}
