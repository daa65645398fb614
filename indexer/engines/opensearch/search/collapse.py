"""Near-duplicates among the hits as one hit, and the articles of one story.

A page asked for by number is collapsed by the cluster. After a cursor it cannot be: there the hits are walked
through, and one is shown if no hit before it, on whatever page, is of the same story.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.search.order import sorts
from indexer.errors import NotFound
from indexer.search.request import Sort
from indexer.search.results import Hit

if TYPE_CHECKING:
    from indexer.engines.opensearch.search.searcher import Search

# Hits walked through at a time, and copies shown of one story.
CHUNK = 500
MOST_COPIES = 1_000

# Of a story: how many further hits are of it, and in how many sources.
Copies = dict[str, tuple[int, int]]


def collapse(search: "Search", found: list[Any], cursor: Sequence[Any] | None) -> tuple[list[Any], Copies]:
    """The hits of a page, collapsed, and what went into each."""
    if cursor:
        found = _firsts(search, cursor, 0)
    return found, _copies(search, found[: search.request.size])


def far(search: "Search", start: int) -> list[Any]:
    """The hits of a page that begins with the so-manyth story."""
    return _firsts(search, None, start)


def _firsts(search: "Search", cursor: Sequence[Any] | None, skip: int) -> list[Any]:
    """One more story than a page has, each by its first hit, after a cursor and so many stories."""
    found: list[Any] = []
    while len(found) <= search.request.size:
        hits = search.ask(search.page_body(CHUNK, cursor, ["story"]))["hits"]["hits"]
        stories = _stories(search, [hit["_source"]["story"] for hit in hits], first=True)
        firsts = [
            hit for hit in hits if stories[hit["_source"]["story"]]["first"]["hits"]["hits"][0]["_id"] == hit["_id"]
        ]
        found += firsts[skip:]
        skip = max(skip - len(firsts), 0)
        if len(hits) < CHUNK:
            break
        cursor = hits[-1]["sort"]
    found = found[: search.request.size + 1]
    records = search.snapshot.find([hit["sort"][-1] for hit in found], RECORD)
    for hit in found:
        hit["_source"] |= records[hit["sort"][-1]]["_source"]
    return found


def _stories(search: "Search", names: Sequence[str], *, first: bool) -> dict[str, Any]:
    """The hits of each story: how many, in which sources, and the first of them in the order asked for."""
    distinct = list(dict.fromkeys(names))
    if not distinct:
        return {}
    parts: dict[str, Any] = {"sources": {"terms": {"field": "source", "size": MOST_COPIES}}}
    if first:
        parts = {"first": {"top_hits": {"size": 1, "sort": search.sorts(), "_source": False}}}
    terms = {"field": "story", "include": distinct, "size": len(distinct), "shard_size": len(distinct)}
    answer = search.ask({"size": 0, "query": search.everything(), "aggs": {"stories": {"terms": terms, "aggs": parts}}})
    return {bucket["key"]: bucket for bucket in answer["aggregations"]["stories"]["buckets"]}


def _copies(search: "Search", shown: Sequence[Any]) -> Copies:
    stories = _stories(search, [hit["_source"]["story"] for hit in shown], first=False)
    found: Copies = {}
    for hit in shown:
        story = hit["_source"]["story"]
        sources = {bucket["key"]: bucket["doc_count"] for bucket in stories[story]["sources"]["buckets"]}
        own = search.snapshot.article(hit).source
        if own in sources:
            sources[own] -= 1
        found[story] = stories[story]["doc_count"] - 1, sum(count > 0 for count in sources.values())
    return found


def copies(snapshot: Snapshot, id: str) -> list[Hit]:
    """The other articles of an article's story, oldest first.

    Raises:
        NotFound: no such article.
    """
    found = snapshot.find([id], ["story"])
    if id not in found:
        raise NotFound.article(id)
    others = {"bool": {"must_not": [{"term": {"id": id}}]}}
    body = {
        "size": MOST_COPIES,
        "query": snapshot.whole(filters=[{"term": {"story": found[id]["_source"]["story"]}}, others]),
        "sort": sorts(Sort.OLDEST),
        "_source": RECORD,
    }
    return [Hit(snapshot.article(hit).without_body(), 0.0) for hit in snapshot.search(body)["hits"]["hits"]]
