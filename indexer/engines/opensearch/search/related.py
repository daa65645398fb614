"""Articles like another: those that share its most interesting terms. Called by the engine for `related`."""

from collections.abc import Collection

from indexer.engines.opensearch.cluster.mapping import term as cut
from indexer.engines.opensearch.query.compile import Compiler
from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.reader.term_statistics import Pool
from indexer.engines.opensearch.search.order import sorts
from indexer.engines.shared.search.more_like_this import FIELDS, Stems
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
        raise NotFound.article(id)
    compiler = Compiler(snapshot.statistics)
    stems = Stems(snapshot.article(found[id]))
    articles = snapshot.statistics.totals.articles
    counted = _held(snapshot, {cut(stem) for stem in stems.frequencies})
    interesting = stems.interesting({stem: counted.get(cut(stem), 0) for stem in stems.frequencies}, articles)
    words = [(compiler.word(FIELDS, word), weight) for weight, form in interesting for word in compiler.asked(form)]
    counts = snapshot.statistics.count(word for word, _ in words)
    scores = [compiler.frequency_score(word, counts[word], weight) for word, weight in words if counts[word]]
    if not scores:
        return []
    likeness = {"bool": {"should": scores, "minimum_should_match": 1}}
    body = {
        "size": size,
        "query": snapshot.whole(likeness, [{"bool": {"must_not": [{"term": {"id": id}}]}}]),
        "sort": sorts(Sort.RELEVANCE, future=snapshot.statistics.totals.future),
        "_source": RECORD,
        "track_total_hits": False,
    }
    hits = snapshot.search(body)["hits"]["hits"]
    return [Hit(snapshot.article(hit).without_body(), float(hit["_score"])) for hit in hits]


def _held(snapshot: Snapshot, stems: Collection[str]) -> dict[str, int]:
    """In how many articles each stem is, in the field that has it most."""
    held: dict[str, int] = {}
    if snapshot.statistics.totals.articles <= COUNTED:
        counts = snapshot.statistics.count((Pool(field, (stem,)),) for stem in stems for field in FIELDS)
        for (pool,), count in counts.items():
            held[pool.terms[0]] = max(held.get(pool.terms[0], 0), count)
        return held
    # A made-up article is looked at by one shard of one index; its share of the archive is the measure.
    index = snapshot.largest_index()
    body = {
        "doc": dict.fromkeys(FIELDS, " ".join(stems)),
        "fields": list(FIELDS),
        "term_statistics": True,
        "field_statistics": True,
        "positions": False,
        "offsets": False,
    }
    answer = snapshot.connection.call(lambda client: client.termvectors(index=index, body=body))
    for field in answer["term_vectors"].values():
        there = max(field.get("field_statistics", {}).get("doc_count", 0), 1)
        scale = snapshot.statistics.totals.articles / there
        for stem, found in field.get("terms", {}).items():
            held[stem] = max(held.get(stem, 0), round(found.get("doc_freq", 0) * scale))
    return held
