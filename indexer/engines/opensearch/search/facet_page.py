"""All values of a facet, paged: read from the cluster to the last one, so that order, number and counts are exact.

Called by the engine for `facet_values`.
"""

import heapq
from collections.abc import Iterator
from typing import Any, Literal

from indexer import analysis
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.query.filters import value_filter
from indexer.engines.opensearch.search import facets
from indexer.engines.opensearch.search.searcher import Search
from indexer.engines.shared.search.other_names import KINDS, containing
from indexer.engines.shared.search.parsing import check_facet
from indexer.fields import BY_NAME, Kind
from indexer.search.request import MISSING
from indexer.search.results import Bucket, FacetPage

# Values read in one request.
AT_ONCE = 10_000


def facet_page(
    search: Search, field: str, contains: str, order: Literal["count", "name"], offset: int, limit: int
) -> FacetPage:
    """One page of all values that occur; `contains` is looked for without regard to case and accents,
    and in other names of entities."""
    check_facet(field)
    chosen = search.request.filter(field)
    wanted = analysis.fold(contains)
    others = search.filters_but(field)
    if BY_NAME[field].kind is Kind.DATE:
        body = {"size": 0, "query": search.snapshot.whole(search.query)}
        wanted_facet = facets.aggregation(field, search.request, others, search.find, future=search.future)
        answer = search.ask({**body, "aggs": {"facet": wanted_facet}})
        whole = facets.facet(field, answer["aggregations"]["facet"], search.request, None)
        rows = [(bucket.value, bucket.count) for bucket in whole.buckets if bucket.count]
        missing = whole.missing
    else:
        query = search.snapshot.whole(search.query, others)
        rows = list(_values(search, field, query))
        absent = search.snapshot.whole(
            search.query, [*others, value_filter(field, MISSING, search.request.all_mentions)]
        )
        counted = search.ask({"size": 0, "track_total_hits": True, "query": absent})
        missing = counted["hits"]["total"]["value"]
    if wanted:
        known = _others(search, field, wanted)
        rows = [row for row in rows if row[0] in known or wanted in analysis.fold(row[0])]
    start, stop = max(offset, 0), max(offset, 0) + max(limit, 0)
    key = (lambda row: (-row[1], row[0])) if order == "count" else (lambda row: (0, row[0]))
    page = heapq.nsmallest(stop, rows, key=key)[start:]
    buckets = [Bucket(value, count, value in chosen.values, value in chosen.excluded) for value, count in page]
    return FacetPage(
        field,
        tuple(buckets),
        len(rows),
        missing,
        search.tree,
        search.request,
        search.decision.matching,
        tuple(search.advice()),
    )


def _others(search: Search, field: str, wanted: str) -> set[str]:
    """The values of which another name contains a text."""
    names = search.snapshot.names
    kind = KINDS.get(field)
    return {names.corrected(kind, name) for name in containing(field, wanted)} if kind and names.joined else set()


def _values(search: Search, field: str, query: dict[str, Any]) -> Iterator[tuple[str, int]]:
    after: dict[str, Any] = {}
    while True:
        sources = [{"value": {"terms": {"field": mapping.facet(field, search.request.all_mentions)}}}]
        composite = {"size": AT_ONCE, "sources": sources} | ({"after": after} if after else {})
        answer = search.ask({"size": 0, "query": query, "aggs": {"values": {"composite": composite}}})
        found = answer["aggregations"]["values"]
        for bucket in found["buckets"]:
            yield bucket["key"]["value"], bucket["doc_count"]
        if len(found["buckets"]) < AT_ONCE:
            return
        after = found["after_key"]
