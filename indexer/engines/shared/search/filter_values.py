"""Filter values as people type them -> the labels of the archive that they mean.

A value that is a label of its field means that label, and so does another name of an entity. Any other means the labels
that equal it but for case and accents: `sana` chooses SANA; or what is called so in another script or in the text of
articles (`other_names`). What equals none finds nothing, and the person is told the label nearest to it. Called by
the search before anything else is done with a request.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from indexer import analysis
from indexer.analysis.edits import distances
from indexer.article import EntityKind
from indexer.engines.shared.search.labels import label_line
from indexer.engines.shared.search.other_names import KINDS, HeldNames, meant_in_articles, people, spelt, text_of
from indexer.engines.shared.search.parsing import check_facet
from indexer.fields import BY_NAME, Kind
from indexer.search.leaves import leaves
from indexer.search.notices import notice
from indexer.search.query import Node, QueryWarning
from indexer.search.request import MISSING, Filter, SearchRequest

PERSON: EntityKind = "person"
# Labels so short are neighbours of too many others.
SHORTEST = 3
LETTERS_FOR_TWO_EDITS = 5
# A value so long was never typed by hand.
LONGEST = 100


class Labels(Protocol):
    """The labels of an archive's facets, as an engine knows them."""

    @property
    def names(self) -> HeldNames | None:
        """What is known of names that no label has; None where other names are not looked for."""
        ...

    def shown(self, field: str, value: str) -> str | None:
        """The label that a value means as it stands: itself, or what is shown for that name."""
        ...

    def alike(self, field: str, value: str) -> Sequence[str]:
        """The labels that equal a value but for case and accents, A-Z."""
        ...

    def near(self, field: str, value: str, edits: int) -> Iterable[tuple[str, int]]:
        """Labels with their numbers of articles: those within so many edits, those with its words, maybe others."""
        ...


def by_labels(request: SearchRequest, labels: Labels) -> SearchRequest:
    """The request with the labels that its filters mean.

    Raises:
        UsageError: a filter on a field that is no facet.
    """
    filters = tuple(_by_labels(chosen, labels) for chosen in request.filters)
    return request if filters == request.filters else replace(request, filters=filters)


def advice(request: SearchRequest, tree: Node, labels: Labels) -> Iterator[QueryWarning]:
    """What may have been meant by values of a request (`by_labels`) that no label equals, and by people whom its query
    names in another script."""
    for chosen in request.filters:
        for value in (*chosen.values, *chosen.excluded):
            if not _is_label(chosen.field, value) or labels.shown(chosen.field, value) is not None:
                continue
            if (label := _nearest(chosen.field, value, labels) or _likely(chosen.field, value, labels)) is not None:
                yield notice("perhaps-value", 0, 0, chosen.field, value, label)
    for leaf in leaves(tree):
        text = text_of(leaf)
        if text is None or leaf.field != PERSON or labels.shown(PERSON, text) is not None:
            continue
        if (label := _likely(PERSON, text, labels)) and not any(labels.near(PERSON, text, 0)):
            yield notice("perhaps-value", 0, 0, PERSON, text, label)


def _likely(field: str, value: str, labels: Labels) -> str | None:
    """Who may be meant by a name in another script that fits several people, or none surely."""
    if field != PERSON or labels.names is None:
        return None
    found = people(value, labels.names)
    if found.meant or found.likely is None or spelt(PERSON, value, labels.names):
        return None
    return found.likely


def edits_for(value: str) -> int:
    """How many edits a folded value may be from the label that was meant."""
    return 0 if len(value) < SHORTEST else 1 if len(value) < LETTERS_FOR_TWO_EDITS else 2


def _by_labels(chosen: Filter, labels: Labels) -> Filter:
    check_facet(chosen.field)
    return Filter(
        chosen.field, _meant(chosen.field, chosen.values, labels), _meant(chosen.field, chosen.excluded, labels)
    )


def _meant(field: str, values: Sequence[str], labels: Labels) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        shown = labels.shown(field, value) if _is_label(field, value) else value
        meant = (shown,) if shown is not None else labels.alike(field, value) or _elsewhere(field, value, labels)
        found |= dict.fromkeys(meant or (value,))
    return tuple(found)


def _elsewhere(field: str, value: str, labels: Labels) -> Sequence[str]:
    """The one entity that a value means by a name that no label has."""
    kind = KINDS.get(field)
    if kind is None or labels.names is None:
        return ()
    found = meant_in_articles(kind, value, labels.names)
    shown = dict.fromkeys(label for name in found if (label := labels.shown(field, name)) is not None)
    return tuple(shown) if kind == PERSON or len(shown) == 1 else ()


def _is_label(field: str, value: str) -> bool:
    return value != MISSING and BY_NAME[field].kind is not Kind.DATE


def _nearest(field: str, value: str, labels: Labels) -> str | None:
    wanted = analysis.fold(value)
    if len(wanted) > LONGEST or not analysis.tokens(wanted):
        return None
    edits = edits_for(wanted)
    words = label_line(value)
    found = [(label, analysis.fold(label), count) for label, count in labels.near(field, value, edits)]
    short = [other for _, other, _ in found if abs(len(other) - len(wanted)) <= edits]
    distance = dict(zip(short, distances(wanted, short).tolist(), strict=True))
    ranked = [
        # What holds the words of the value comes behind what is spelt nearly so.
        (min(distance.get(other, edits + 1), edits + 1), other[:1] != wanted[:1], -count, label)
        for label, other, count in found
        if distance.get(other, edits + 1) <= edits or words in label_line(label)
    ]
    return min(ranked)[-1] if ranked else None
