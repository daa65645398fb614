"""How sure the model has to be of a name, by kind and by the way the name is made.

In: gold documents. Out: the least margins with which names are right as often as wanted, measured on parts of the
documents that a model trained on the other parts had not seen. Called by the steps of this package.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from indexer.article import EntityKind
from indexer.entities.caseless.encoding import Reading
from indexer.entities.caseless.tagger import CaselessTagger
from indexer.entities.packed import Weights
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.evaluate import KIND_LABELS
from indexer.entities.training.harmonise import spans

PARTS = 3
FEWEST = 12  # names of a form that must have been seen to judge it
Judged = dict[
    tuple[EntityKind, str], list[tuple[float, bool]]
]  # margins by kind and form, and whether the name was right
Fit = Callable[[Sequence[GoldDocument]], Weights]


def cross_judged(documents: Sequence[GoldDocument], reading: Reading, fit: Fit) -> Judged:
    """Margins of names in each part of the documents, by a model of the other parts.

    A part is a run of documents, as neighbours may be of one article.
    """
    judged: Judged = {}
    size = -(-len(documents) // PARTS)
    for part in range(PARTS):
        held = documents[part * size : (part + 1) * size]
        rest = [*documents[: part * size], *documents[(part + 1) * size :]]
        judge(CaselessTagger(reading, fit(rest), {}), held, judged)
    return judged


def judge(tagger: CaselessTagger, documents: Sequence[GoldDocument], judged: Judged) -> None:
    """Add the names a tagger decodes in documents."""
    for document in documents:
        found = tagger.candidates([words for words, _ in document.sentences])
        for (_, tags), row in zip(document.sentences, found, strict=True):
            gold = set(spans(tags))
            for span, form, margin in row:
                right = (span.first, span.last, KIND_LABELS[span.kind]) in gold
                judged.setdefault((span.kind, form), []).append((margin, right))


def least_margins(judged: Judged, precision: Mapping[EntityKind, float]) -> dict[str, dict[str, float]]:
    """The least margin of each kind and form from which names are right in the kind's share of cases (0 to 1).

    Bodies of the gazetteer count wherever they are decoded, as corpora differ only in where longer names end. A form
    beside a title ("+") that is too rare to judge is treated like the same form elsewhere.
    """
    result: dict[str, dict[str, float]] = {}
    for (kind, form), seen in sorted(judged.items()):
        if form.endswith("+") and len(seen) < FEWEST:
            seen = [*seen, *judged.get((kind, form[:-1]), [])]
        margin = _least(seen, precision[kind])
        if margin is not None:
            result.setdefault(kind, {})[form] = round(margin, 2)
    result.setdefault("organisation", {})["known-body"] = 0.0
    return result


def _least(seen: Sequence[tuple[float, bool]], precision: float) -> float | None:
    if len(seen) < FEWEST:
        return None
    ordered = sorted(seen, reverse=True)
    right = np.cumsum([ok for _, ok in ordered])
    share = right / np.arange(1, len(ordered) + 1)
    good = np.flatnonzero((share >= precision) & (np.arange(1, len(ordered) + 1) >= FEWEST))
    return float(ordered[int(good[-1])][0]) if len(good) else None
