"""What to offer while a person types: people, organisations, places, sources and titles.

Values are kept behind their folded words (` sergey lavrov \\tSergey Lavrov`), so that a pattern on those chooses which
values the cluster counts. Called by the engine for `suggest`.
"""

import re
from collections.abc import Sequence

from indexer import analysis
from indexer.engines.opensearch.cluster.mapping import label, words
from indexer.engines.opensearch.query.compile import Compiler, Dsl
from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.search.order import sorts
from indexer.engines.shared.search.suggestions import (
    FIELDS,
    MOST_TITLES,
    most_frequent_first,
    otherwise_named,
    title_suggestions,
    titles_with,
)
from indexer.search.request import Sort
from indexer.search.results import Suggestion

# Values looked at for each field, the most frequent first.
MOST_VALUES = 200
_RESERVED = re.compile(r"([.?+*|{}\[\]()\"\\#@&<>~^$-])")


def suggestions(snapshot: Snapshot, text: str, size: int) -> list[Suggestion]:
    """Values, most frequent first, then titles, newest first, that hold the typed words."""
    typed = analysis.tokens(text)
    if not typed or size <= 0:
        return []
    found = most_frequent_first(_values(snapshot, typed))
    compiler = Compiler(snapshot.statistics, snapshot.search, snapshot)
    if len(found) < size and snapshot.names.joined and compiler.names:
        found += otherwise_named(typed, compiler.names, found)
    if len(found) < size:
        found += _titles(compiler, snapshot, typed, size - len(found))
    return found[:size]


def _values(snapshot: Snapshot, typed: Sequence[str]) -> list[Suggestion]:
    *whole, start = typed
    # The longest word chooses the values, the others are looked for in what comes back.
    anchor = max([*(f"{word} " for word in whole), start], key=len)
    escaped = _RESERVED.sub(r"\\\1", anchor)
    pattern = f".* {escaped}.*\t.*"
    body: Dsl = {"size": 0, "query": snapshot.whole(), "track_total_hits": False, "aggs": {}}
    for field in FIELDS:
        has: list[Dsl] = [{"term": {words(field): word}} for word in whole] + [{"prefix": {words(field): start}}]
        terms = {"field": label(field), "include": pattern, "size": MOST_VALUES, "shard_size": 5 * MOST_VALUES}
        body["aggs"][field] = {"filter": {"bool": {"filter": has}}, "aggs": {"values": {"terms": terms}}}
    answer = snapshot.search(body)["aggregations"]
    found = []
    for field in FIELDS:
        for bucket in answer[field]["values"]["buckets"]:
            line, _, value = bucket["key"].partition("\t")
            if f" {start}" in line and all(f" {word} " in line for word in whole):
                found.append(Suggestion(field, value, bucket["doc_count"]))
    return found


def _titles(compiler: Compiler, snapshot: Snapshot, typed: Sequence[str], size: int) -> list[Suggestion]:
    tree = titles_with(typed)
    if tree is None:
        return []
    body = {
        "size": MOST_TITLES,
        "query": snapshot.whole(filters=[compiler.compile(tree)]),
        "sort": sorts(Sort.NEWEST, future=snapshot.statistics.totals.future),
        "_source": RECORD,
        "track_total_hits": False,
    }
    return title_suggestions((snapshot.article(hit).title for hit in snapshot.search(body)["hits"]["hits"]), size)
