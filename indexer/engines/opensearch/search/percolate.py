"""Many requests held against few articles: which of these each finds. Called by the engine.

The cluster is asked for the articles that any of a batch of requests finds, each a query with a name, and tells with
each hit the names of those that found it. Equal requests are asked once; the words of a batch are looked up together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.config import Config
from indexer.engines.opensearch.query.compile import Compiler, Dsl
from indexer.engines.opensearch.query.filters import field_filters
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.search.filter_labels import ClusterLabels
from indexer.engines.shared.search.filter_values import by_labels
from indexer.engines.shared.search.matching import decided_alone
from indexer.engines.shared.search.parsing import REFUSALS, check_filters, parse_or_refuse, refused
from indexer.search.printer import to_text
from indexer.search.query import Node
from indexer.search.request import SearchRequest
from indexer.zones import clocks

# Requests asked together, and articles. A query of the cluster has at most 1,024 clauses in all, a name in three fields
# being nine of them; a batch that has more is asked in halves.
REQUESTS_AT_ONCE = 50
ARTICLES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class _Search:
    """What of a request decides what it finds: its tree, and a request of the rest of it."""

    tree: Node
    request: SearchRequest


def percolate(
    snapshot: Snapshot, config: Config, requests: Sequence[SearchRequest], ids: Sequence[str]
) -> list[tuple[str, ...]]:
    """See `Engine`."""
    wanted = list(dict.fromkeys(ids))
    found: list[list[str]] = [[] for _ in requests]
    for start in range(0, len(wanted), ARTICLES_AT_ONCE):
        part = wanted[start : start + ARTICLES_AT_ONCE]
        for answer, ids_found in zip(found, _Percolator(snapshot, config, part).each(requests), strict=True):
            answer += [id for id in part if id in ids_found]
    return [tuple(answer) for answer in found]


class _Percolator:
    """Some articles of a snapshot. Whether there is a word in a query is asked of these articles alone."""

    def __init__(self, snapshot: Snapshot, config: Config, ids: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._clocks = clocks(config.archive.time_zone)
        self._among = {"terms": {"id": list(ids)}}
        totals = snapshot.statistics.load()
        here = snapshot.statistics.among([self._among])
        self._compilers = {}
        for translation in (True, False):
            whole = Compiler(snapshot.statistics, self._ask, snapshot, self._clocks, translation=translation)
            self._compilers[translation] = Compiler(here, self._ask, None, self._clocks, translation=translation)
            self._compilers[translation].names = whole.names
        languages = Counter(totals.language_counts)
        self._languages = {False: languages, True: languages + Counter(totals.translated)}

    def each(self, requests: Sequence[SearchRequest]) -> Iterator[set[str]]:
        """Which of the articles each request finds; equal ones are asked once."""
        searches = [self.search(request) for request in requests]
        distinct = list(dict.fromkeys(filter(None, searches)))
        found: dict[_Search, set[str]] = {}
        for start in range(0, len(distinct), REQUESTS_AT_ONCE):
            found |= self.found(distinct[start : start + REQUESTS_AT_ONCE])
        return (found[search] if search else set() for search in searches)

    def search(self, request: SearchRequest) -> _Search | None:
        """What of a request decides what it finds; None where it is refused."""
        try:
            check_filters(request)
            parsed = parse_or_refuse(request.query)
            tree = decided_alone(parsed, request.match, self._languages[request.translation])
        except REFUSALS as error:
            refused(request, error)
            return None
        bare = SearchRequest(
            query=to_text(tree),
            filters=request.filters,
            dates=request.dates,
            added=request.added,
            all_mentions=request.all_mentions,
            translation=request.translation,
            budget_ms=request.budget_ms,
        )
        return _Search(tree, bare)

    def found(self, searches: Sequence[_Search]) -> dict[_Search, set[str]]:
        """Which of the articles each search finds. Where the cluster refuses them together, they are asked apart."""
        try:
            return self._found(searches)
        except REFUSALS as error:
            if len(searches) == 1:
                refused(searches[0].request, error)
                return {searches[0]: set()}
        half = len(searches) // 2
        return self.found(searches[:half]) | self.found(searches[half:])

    def _found(self, searches: Sequence[_Search]) -> dict[_Search, set[str]]:
        named = [
            {"bool": {"filter": [query, *filters], "_name": str(number)}}
            for number, (query, filters) in enumerate(self._compiled(searches))
        ]
        any_of_them = {"bool": {"should": named, "minimum_should_match": 1}}
        body = {
            "size": ARTICLES_AT_ONCE,
            "query": self._snapshot.whole(filters=[self._among, any_of_them]),
            "_source": False,
            "docvalue_fields": ["id"],
            "track_total_hits": False,
            "sort": ["_doc"],
        }
        found: dict[_Search, set[str]] = {search: set() for search in searches}
        for hit in self._snapshot.search(body, _budget(searches))["hits"]["hits"]:
            for name in hit["matched_queries"]:
                found[searches[int(name)]].add(hit["fields"]["id"][0])
        return found

    def _compiled(self, searches: Sequence[_Search]) -> Iterator[tuple[Dsl, list[Dsl]]]:
        """The query of each search, and its filters."""
        trees: dict[tuple[bool, Node], Dsl] = {}
        for translation, compiler in self._compilers.items():
            nodes = [search.tree for search in searches if search.request.translation is translation]
            trees |= zip(((translation, node) for node in nodes), compiler.compile_each(nodes), strict=True)
        filters = self._filters_of(searches)
        for search in searches:
            yield trees[search.request.translation, search.tree], filters[search.request]

    def _filters_of(self, searches: Sequence[_Search]) -> dict[SearchRequest, list[Dsl]]:
        """The filters of each search, the labels of all being looked up together."""
        wanted = list(dict.fromkeys(search.request for search in searches))
        together = SearchRequest(filters=tuple(chosen for request in wanted for chosen in request.filters))
        labels = {
            translation: ClusterLabels(self._snapshot, self._ask, together, compiler.names)
            for translation, compiler in self._compilers.items()
        }
        found: dict[SearchRequest, list[Dsl]] = {}
        for request in wanted:
            meant = by_labels(request, labels[request.translation])
            by_field = field_filters(meant, self._label, self._clocks)
            found[request] = [part for parts in by_field.values() for part in parts]
        return found

    def _label(self, field: str, name: str) -> str:
        return self._snapshot.names.find(field, name, self._ask)

    def _ask(self, body: Dsl) -> Any:
        return self._snapshot.search(body)


def _budget(searches: Sequence[_Search]) -> int | None:
    """The milliseconds that searches have together; None for no end."""
    budgets = [search.request.budget_ms for search in searches]
    return None if None in budgets else sum(budget for budget in budgets if budget is not None)
