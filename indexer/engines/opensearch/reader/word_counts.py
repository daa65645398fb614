"""In how many of some articles index terms are. Called by the engine for `word_counts`."""

from collections.abc import Collection
from typing import Any

from indexer.engines.opensearch.cluster.mapping import term as cut
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.term_statistics import IN_ONE_REQUEST
from indexer.engines.shared.search.more_like_this import FIELDS
from indexer.search.results import WordCounts


def word_counts(snapshot: Snapshot, terms: Collection[str], query: dict[str, Any]) -> WordCounts:
    """Count each term in the articles of a query, in the field that has it in more of them."""
    wanted, counts, articles = list(terms), dict[str, int](), 0
    for start in range(0, max(1, len(wanted)), IN_ONE_REQUEST):
        part = wanted[start : start + IN_ONE_REQUEST]
        filters = {field: [{"term": {field: cut(term)}} for term in part] for field in FIELDS}
        answer = snapshot.search(
            {
                "size": 0,
                "track_total_hits": True,
                "query": query,
                "aggs": {field: {"filters": {"filters": each}} for field, each in filters.items() if each},
            }
        )
        articles = int(answer["hits"]["total"]["value"])
        for number, term in enumerate(part):
            found = (answer["aggregations"][field]["buckets"][number]["doc_count"] for field in FIELDS)
            counts[term] = max(found)
    return WordCounts(articles, counts)
