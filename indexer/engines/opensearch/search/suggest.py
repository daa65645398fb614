"""What to offer while a person types: people, organisations, places, sources and titles.

Values are kept behind their folded words (` sergey lavrov \\tSergey Lavrov`), so that a pattern on those chooses which
values the cluster counts. Called by the engine for `suggest`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from indexer import analysis
from indexer.article import ENTITY_KINDS
from indexer.engines.opensearch.cluster.mapping import label, words
from indexer.engines.opensearch.query.compile import Compiler, Dsl
from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.search.order import sorts
from indexer.search.query import And, Node, Prefix, Term
from indexer.search.request import Sort
from indexer.search.results import Suggestion

FIELDS = (*ENTITY_KINDS, "source")
# Values looked at for each field, the most frequent first, and titles, newest first.
MOST_VALUES = 200
MOST_TITLES = 40
# A single letter begins too many words of titles.
LETTERS_FOR_TITLES = 2
_RESERVED = re.compile(r"([.?+*|{}\[\]()\"\\#@&<>~^$-])")


def suggestions(snapshot: Snapshot, text: str, size: int) -> list[Suggestion]:
    """Values, most frequent first, then titles, newest first, that hold the typed words."""
    typed = analysis.tokens(text)
    if not typed or size <= 0:
        return []
    found = _values(snapshot, typed)
    found.sort(key=lambda suggestion: (-suggestion.count, suggestion.kind, suggestion.text))
    if len(found) < size:
        found += _titles(snapshot, typed, size - len(found))
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


def _titles(snapshot: Snapshot, typed: Sequence[str], size: int) -> list[Suggestion]:
    if len(typed) == 1 and len(typed[0]) < LETTERS_FOR_TITLES and not analysis.is_unspaced(typed[0]):
        return []
    nodes: list[Node] = [*(Term(word, "title") for word in typed[:-1]), Prefix(typed[-1], "title")]
    body = {
        "size": MOST_TITLES,
        "query": snapshot.whole(filters=[Compiler(snapshot.statistics).compile(And(tuple(nodes)))]),
        "sort": sorts(Sort.NEWEST),
        "_source": RECORD,
        "track_total_hits": False,
    }
    titles = Counter(snapshot.article(hit).title for hit in snapshot.search(body)["hits"]["hits"])
    return [Suggestion("title", title, count) for title, count in list(titles.items())[:size]]
