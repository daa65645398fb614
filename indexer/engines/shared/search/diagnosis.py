"""Why a search has no hits: what each clause matches by itself, and what each filter keeps out.

Called by the search when nothing matched.
"""

from collections.abc import Callable

from indexer.search.printer import clauses
from indexer.search.query import Node
from indexer.search.request import Arrival, DateRange, SearchRequest
from indexer.search.results import ClauseCount, Diagnosis

# Counts what a tree matches under the filters and dates of a request, whatever query the request has.
Count = Callable[[SearchRequest, Node], int]


def diagnose(request: SearchRequest, tree: Node, whole: Node, count: Count) -> Diagnosis:
    """The diagnosis of a request without hits: `tree` is what was run, `whole` the query whose parts are counted."""
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
    return Diagnosis(parts, tuple(dropped))
