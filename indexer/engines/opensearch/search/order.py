"""The order of hits and where a page begins: sorts of the cluster, and cursors as what a search goes on after.

Called by the search.
"""

from typing import Any

from indexer.engines.shared.search.cursor import read_cursor, write_cursor
from indexer.engines.shared.search.ranking import RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS
from indexer.search.request import SearchRequest, Sort

Dsl = dict[str, Any]
_RECENCY = (
    "_score * (floor + (1 - floor) * (doc['seconds'].empty ? 0 : pow(0.5, (newest - doc['seconds'].value) / life)))"
)


def sorts(sort: Sort) -> list[Dsl]:
    """The sort of a request; its last key is the id, so that the order is total."""
    seconds = {"order": "asc" if sort is Sort.OLDEST else "desc", "missing": "_last"}
    keys: list[Dsl] = [{"seconds": seconds}, {"id": {"order": "asc"}}]
    first: dict[Sort, Dsl] = {Sort.RELEVANCE: {"_score": {"order": "desc"}}, Sort.ADDED: {"added": seconds}}
    return [first[sort], *keys] if sort in first else keys


def with_recency(query: Dsl, newest: int | None) -> Dsl:
    """A query whose scores fade with age."""
    params = {"floor": RECENCY_FLOOR, "newest": newest or 0, "life": RECENCY_HALF_LIFE_DAYS * 86_400}
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
