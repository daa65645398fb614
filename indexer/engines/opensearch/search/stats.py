"""What an archive holds, counted; and whether it is sound. Called by the engine for `stats` and `check`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.document import checksum
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.term_statistics import MOST_LANGUAGES
from indexer.engines.opensearch.search.facets import PRECISION
from indexer.engines.shared.days import day_number, day_of
from indexer.fields import KEYWORD_FIELDS
from indexer.search.results import ArchiveStats, CheckReport
from indexer.zones import latest_day

# Problems named one by one; the rest are counted.
NAMED = 20


def archive_stats(snapshot: Snapshot) -> ArchiveStats:
    """Counts over the articles of a snapshot; sizes of its primary shards."""
    latest = day_number(latest_day())
    parts: dict[str, Any] = {
        "undated": {"filter": {"bool": {"must_not": [{"term": {"has": "published"}}]}}},
        "first": {"min": {"field": "day"}},
        "last": {"max": {"field": "day"}},
        "believed": {"filter": {"range": {"day": {"lte": latest}}}, "aggs": {"last": {"max": {"field": "day"}}}},
        "future": {"filter": {"range": {"day": {"gt": latest}}}},
        "languages": {"terms": {"field": "language", "size": MOST_LANGUAGES}},
    }
    for field in KEYWORD_FIELDS:
        cardinality = {"field": mapping.facet(field.name), "precision_threshold": PRECISION}
        parts[f"distinct {field.name}"] = {"cardinality": cardinality}
    answer = snapshot.search({"size": 0, "track_total_hits": True, "query": snapshot.whole(), "aggs": parts})
    found = answer["aggregations"]
    believed = found["believed"]["last"]["value"]
    last = found["last"]["value"] if believed is None else believed
    sizes = snapshot.connection.call(
        lambda client: client.indices.stats(index=snapshot.indices, metric="store,segments")
    )
    primaries = sizes["_all"]["primaries"]
    return ArchiveStats(
        articles=answer["hits"]["total"]["value"],
        undated=found["undated"]["doc_count"],
        first_day=_iso(found["first"]["value"]),
        last_day=_iso(last),
        generation=snapshot.generation,
        segments=primaries["segments"]["count"],
        bytes=primaries["store"]["size_in_bytes"],
        distinct={field.name: found[f"distinct {field.name}"]["value"] for field in KEYWORD_FIELDS},
        languages={bucket["key"]: bucket["doc_count"] for bucket in found["languages"]["buckets"]},
        engine="opensearch",
        future=found["future"]["doc_count"],
    )


def _iso(day: float | None) -> str | None:
    return None if day is None else day_of(int(day)).isoformat()


def check(snapshot: Snapshot) -> CheckReport:
    """Read every article and compare it with its checksum; compare their number with what was committed."""
    call = snapshot.connection.call
    shards = call(lambda client: client.cat.shards(index=snapshot.indices, params={"format": "json"}))
    problems = without_copy(shards)
    if problems:
        return CheckReport(len(shards), 0, tuple(problems))
    articles = 0
    damaged: list[str] = []
    for problem in _each(snapshot):
        articles += 1
        if problem:
            damaged.append(problem)
    problems += damaged[:NAMED]
    if len(damaged) > NAMED:
        problems.append(f"{len(damaged) - NAMED} more articles are not what was written")
    if articles != snapshot.state.articles:
        problems.append(f"{snapshot.state.articles} articles were committed, {articles} are there")
    return CheckReport(len(shards), articles, tuple(problems))


def without_copy(shards: Iterable[Mapping[str, Any]]) -> list[str]:
    """Which shards of the cluster's list cannot be read. One that moves to another node is read where it is."""
    return [
        f"{shard['index']} shard {shard['shard']} has no copy"
        for shard in shards
        if shard["prirep"] == "p" and shard["state"] not in ("STARTED", "RELOCATING")
    ]


def _each(snapshot: Snapshot) -> Iterator[str]:
    """For each article, what is wrong with it; nothing where it is sound."""
    last = None
    for hit in snapshot.scan(snapshot.whole(), ["id", "checksum", "record"]):
        source = hit["_source"]
        place = f"{hit['_index']} document {hit['_id']}"
        sound = checksum(source.get("record", "")) == source.get("checksum")
        if source["id"] == last:
            yield f"{place}: article {source['id']!r} is there twice"
        else:
            yield "" if sound else f"{place}: article {source['id']!r} is not what was written"
        last = source["id"]
