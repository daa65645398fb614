"""Why a search has no hits: what each clause matches by itself, what each filter keeps out, what finds something.

Called by the search when nothing matched.
"""

from collections.abc import Callable, Mapping

from indexer.engines.shared.search.loosening import plain_words, together
from indexer.errors import SearchTimeout
from indexer.search.printer import clauses
from indexer.search.query import Node
from indexer.search.request import Arrival, DateRange, SearchRequest
from indexer.search.results import ClauseCount, Diagnosis

# Counts what a tree matches under the filters and dates of a request, whatever query the request has.
Count = Callable[[SearchRequest, Node], int]


# How many hits the same search has with another query of plain words, some of which suffice.
HavingSome = Callable[[str], int]


def diagnose(
    request: SearchRequest,
    tree: Node,
    whole: Node,
    languages: Mapping[str, int],
    count: Count,
    having_some: HavingSome | None,
) -> Diagnosis:
    """The diagnosis of a request without hits.

    Args:
        request: the search.
        tree: what was run.
        whole: the query whose parts are counted.
        languages: how many articles the archive has in each language.
        count: see `Count`.
        having_some: see `HavingSome`; None of a query that was one of plain words.
    """
    bare = request.widened()
    parts = tuple(ClauseCount(text, count(bare, part)) for text, part in clauses(whole))
    dropped = []
    if request.dates:
        dates = f"{request.dates.start or ''}..{request.dates.end or ''}"
        without = request.with_dates(DateRange())
        dropped.append(ClauseCount(f"published: {dates}", count(without, tree), "published", dates))
    if request.added:
        added, without = str(request.added), request.with_added(Arrival())
        dropped.append(ClauseCount(f"added: {added}", count(without, tree), "added", added))
    for chosen in request.filters:
        for value in (*chosen.values, *chosen.excluded):
            without = request.without_filter(chosen.field, value)
            dropped.append(ClauseCount(f"{chosen.field}: {value}", count(without, tree), chosen.field, value))
    return Diagnosis(
        parts,
        tuple(dropped),
        together(whole, [part.count for part in parts], languages, lambda part: count(request, part)),
        _some(whole, having_some) if having_some else None,
    )


def _some(whole: Node, having_some: HavingSome) -> ClauseCount | None:
    """The words of a query that was not one of words alone, where some of them are found."""
    words = plain_words(whole)
    try:
        found = having_some(words) if words else 0
    except SearchTimeout:  # it is an offer, not the answer
        return None
    return ClauseCount(words, found) if found else None
