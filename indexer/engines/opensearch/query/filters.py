"""The filters of a request as DSL, one query for each field, so that a facet can leave its own out.

Called by the search.
"""

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.query.compile import added_range, any_of, day_range, path_filter
from indexer.engines.shared.search.parsing import check_facet
from indexer.fields import BY_NAME, Kind
from indexer.search.request import MISSING, Period, SearchRequest

Dsl = dict[str, Any]
Find = Callable[[str, str], str]


def field_filters(request: SearchRequest, find: Find, clocks: tzinfo) -> dict[str, list[Dsl]]:
    """What the request asks of each field; `find` tells which value of an entity's field a name means, `clocks` are
    those of the archive, by which its days of arrival begin.

    Raises:
        UsageError: a filter on a field that is no facet, or a period that does not exist.
    """
    found: dict[str, list[Dsl]] = {}
    if request.dates:
        found["published"] = [day_range(request.dates.first, request.dates.last)]
    if request.added:
        found["added"] = [added_range(request.added.first, request.added.last, clocks)]
    for chosen in request.filters:
        check_facet(chosen.field)
        parts = found.setdefault(chosen.field, [])
        if chosen.values:
            parts.append(any_of([_filter(chosen.field, value, request, find) for value in chosen.values]))
        for value in chosen.excluded:
            parts.append({"bool": {"must_not": [_filter(chosen.field, value, request, find)]}})
    return {field: parts for field, parts in found.items() if parts}


def _filter(field: str, value: str, request: SearchRequest, find: Find) -> Dsl:
    return value_filter(field, find(field, value), request.all_mentions)


def value_filter(field: str, value: str, all_mentions: bool = False) -> Dsl:
    """The articles that a value of a facet chooses."""
    if BY_NAME[field].kind is Kind.DATE:
        if value == MISSING:
            return {"bool": {"must_not": [{"term": {"has": field}}]}}
        period = Period.parse(value)
        return day_range(period.first, period.last)
    if value == MISSING:
        return {"bool": {"must_not": [{"exists": {"field": mapping.facet(field, all_mentions)}}]}}
    if BY_NAME[field].kind is Kind.PATH:
        return path_filter(field, value)
    return {"term": {mapping.facet(field, all_mentions): value}}
