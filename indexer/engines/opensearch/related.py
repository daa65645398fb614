"""Articles like another: those that share its most telling words. Called by the engine for `related`."""

from collections.abc import Collection
from dataclasses import replace

from indexer.engines.opensearch.compiling import Compiler
from indexer.engines.opensearch.document import cut
from indexer.engines.opensearch.ordering import sorts
from indexer.engines.opensearch.snapshot import RECORD, Snapshot
from indexer.engines.shared.telling import FIELDS, Stems
from indexer.errors import NotFound
from indexer.search.request import Sort
from indexer.search.results import Hit

# In an archive of up to so many articles words are counted one by one. In a larger one a shard's own statistics will
# do: they are there for the asking, and decide only which words are compared.
COUNTED = 5_000


def related_hits(snapshot: Snapshot, id: str, size: int) -> list[Hit]:
    """The articles most like one, itself left out, best first.

    Raises:
        NotFound: no such article.
    """
    found = snapshot.find([id])
    if id not in found:
        raise NotFound(f"There is no article {id!r}.")
    compiler = Compiler(snapshot.statistics)
    stems = Stems(snapshot.article(found[id]))
    articles = snapshot.statistics.totals.articles
    telling = stems.telling(_held(snapshot, {cut(stem) for stem in stems.frequencies}), articles)
    pools = [(compiler.pool(field, token, False), weight) for weight, token in telling for field in FIELDS]
    counts = snapshot.statistics.count(pool for pool, _ in pools)
    scores = [compiler.frequency_score(pool, counts[pool], weight) for pool, weight in pools if counts[pool]]
    if not scores:
        return []
    likeness = {"bool": {"should": scores, "minimum_should_match": 1}}
    body = {
        "size": size,
        "query": snapshot.whole(likeness, [{"bool": {"must_not": [{"term": {"id": id}}]}}]),
        "sort": sorts(Sort.RELEVANCE),
        "_source": RECORD,
        "track_total_hits": False,
    }
    hits = snapshot.search(body)["hits"]["hits"]
    return [Hit(replace(snapshot.article(hit), body=""), float(hit["_score"])) for hit in hits]


def _held(snapshot: Snapshot, stems: Collection[str]) -> dict[str, int]:
    """In how many bodies each stem is."""
    if snapshot.statistics.totals.articles <= COUNTED:
        counts = snapshot.statistics.count(("body", (stem,)) for stem in stems)
        return {terms[0]: count for (_, terms), count in counts.items()}
    # A made-up article is looked at by one shard of one index; its share of the archive is the measure.
    index = snapshot.largest_index()
    body = {
        "doc": {"body": " ".join(stems)},
        "fields": ["body"],
        "term_statistics": True,
        "field_statistics": True,
        "positions": False,
        "offsets": False,
    }
    answer = snapshot.connection.call(lambda client: client.termvectors(index=index, body=body))
    field = answer["term_vectors"].get("body", {})
    there = max(field.get("field_statistics", {}).get("doc_count", 0), 1)
    scale = snapshot.statistics.totals.articles / there
    return {stem: round(found.get("doc_freq", 0) * scale) for stem, found in field.get("terms", {}).items()}
