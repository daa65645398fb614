"""The order of hits and where a page begins: sorts of the cluster, and cursors as what a search goes on after.

Called by the search.
"""

from typing import Any

from indexer.engines.shared.search.cursor import read_cursor, write_cursor
from indexer.engines.shared.search.ranking import FUTURE_BACK, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS, latest_second
from indexer.search.request import SearchRequest, Sort

Dsl = dict[str, Any]
_RECENCY = (
    "_score * (floor + (1 - floor) * (doc['seconds'].empty || doc['seconds'].value > latest ? 0"
    " : pow(0.5, (newest - doc['seconds'].value) / life)))"
)
# Undated articles are older than all; those of the future are older than all others that are dated.
_BELIEVED = (
    "doc['seconds'].empty ? -2 * back"
    " : (doc['seconds'].value > latest ? doc['seconds'].value - back : doc['seconds'].value)"
)


def sorts(sort: Sort, *, future: bool = False) -> list[Dsl]:
    """The sort of a request; its last key is the id, so that the order is total.

    Args:
        sort: the order asked for.
        future: whether any articles are of the future. A sort by a field alone is faster.
    """
    by_date: Dsl = {"seconds": {"order": "asc" if sort is Sort.OLDEST else "desc", "missing": "_last"}}
    if future and sort is not Sort.OLDEST:
        params = {"back": FUTURE_BACK, "latest": latest_second()}
        script = {"lang": "expression", "source": _BELIEVED, "params": params}
        by_date = {"_script": {"type": "number", "order": "desc", "script": script}}
    keys: list[Dsl] = [by_date, {"id": {"order": "asc"}}]
    first: dict[Sort, Dsl] = {
        Sort.RELEVANCE: {"_score": {"order": "desc"}},
        Sort.ADDED: {"added": {"order": "desc", "missing": "_last"}},
    }
    return [first[sort], *keys] if sort in first else keys


def with_recency(query: Dsl, newest: int | None) -> Dsl:
    """A query whose scores fade with age."""
    params = {
        "floor": RECENCY_FLOOR,
        "newest": newest or 0,
        "latest": latest_second(),
        "life": RECENCY_HALF_LIFE_DAYS * 86_400,
    }
    return {"script_score": {"query": query, "script": {"lang": "expression", "source": _RECENCY, "params": params}}}


def cursor_after(request: SearchRequest, hit: Any) -> str:
    """The cursor of a hit."""
    *keys, id = hit["sort"]
    return write_cursor(request, tuple(keys), id)


def after(request: SearchRequest) -> list[Any] | None:
    """What the request's cursor goes on after.

    Raises:
        UsageError: the text is no cursor, or is that of another search.
    """
    if not request.cursor:
        return None
    cursor = read_cursor(request, request.cursor, len(sorts(request.sort)) - 1)
    return [*cursor.keys, cursor.id]
