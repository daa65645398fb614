"""The names that are shown under another one, counted. Called by the engine for `joined_names`."""

from collections.abc import Mapping, Sequence

from indexer.article import EntityKind
from indexer.engines.opensearch.cluster.spellings import SPELT, key_of, spelt, unspelt
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.shared import joined_names as shared
from indexer.search.results import JoinedName

# Names counted in one request: far more than any entity has.
MOST_NAMES = 1_000


def joined_names(snapshot: Snapshot, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
    """See `Engine`."""

    def count(names: Sequence[str]) -> Mapping[str, int]:
        values = [spelt(key_of(kind, each), each) for each in names[:MOST_NAMES]]
        terms = {"field": SPELT, "include": values, "size": len(values), "shard_size": len(values)}
        query = snapshot.whole(filters=[{"terms": {SPELT: values}}])
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"names": {"terms": terms}}}
        buckets = snapshot.search(body)["aggregations"]["names"]["buckets"]
        return {unspelt(bucket["key"])[1]: bucket["doc_count"] for bucket in buckets}

    shown = snapshot.names.find(kind, name)
    return shared.joined_names(snapshot.corrections, snapshot.names.by_shown, kind, shown, count)
