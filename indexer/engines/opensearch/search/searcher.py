"""One search: request -> one request to the cluster for hits and facets, few more where the answer asks for them.

Reads like its result: parse, decide, ask, show, count, advise. The engine makes one for each request.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from indexer.article import Article
from indexer.config import Config
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.query.compile import Compiler, Dsl
from indexer.engines.opensearch.query.filters import field_filters
from indexer.engines.opensearch.query.vocabulary import ClusterVocabulary
from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.search import collapse, facets
from indexer.engines.opensearch.search.explain import explain, named_parts
from indexer.engines.opensearch.search.filter_labels import ClusterLabels
from indexer.engines.opensearch.search.order import after, cursor_after, sorts, with_recency
from indexer.engines.opensearch.search.snippets import Highlighter
from indexer.engines.shared.search.filter_values import advice, by_labels
from indexer.engines.shared.search.matching import Decision, decide, diagnosis_of, suggested
from indexer.engines.shared.search.parsing import check_facet, parse_or_refuse
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.fields import BY_NAME, Kind
from indexer.highlight.translated import with_translated
from indexer.search.printer import to_text
from indexer.search.query import Node, Parsed, QueryWarning
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Diagnosis, Facet, Hit, SearchResults, Suggested
from indexer.zones import clocks

# The cluster finds pages by number so far; beyond it we walk (index.max_result_window).
WINDOW = 10_000


class Search:
    """A request on a snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        request: SearchRequest,
        config: Config,
        budget: TimeBudget | None = None,
        parsed: Parsed | None = None,
    ) -> None:
        self._started = time.perf_counter()
        self.snapshot = snapshot
        self._config = config
        self.limits = config.search
        self._clocks = clocks(config.archive.time_zone)
        self._parsed = parsed
        self._budget = budget or TimeBudget.start(
            config.search.budget_ms if request.budget_ms is None else request.budget_ms
        )
        for name in request.facets:
            check_facet(name)
        self.compiler = Compiler(snapshot.statistics, self.ask, snapshot, self._clocks, translation=request.translation)
        self.labels = ClusterLabels(snapshot, self.ask, request, self.compiler.names)
        self.request = by_labels(request, self.labels)
        self.filters = field_filters(self.request, self.find, self._clocks)

    @cached_property
    def parsed(self) -> Parsed:
        """The query as it was typed.

        Raises:
            QueryTooExpensive: the parser refuses it.
        """
        return self._parsed or parse_or_refuse(self.request.query)

    @cached_property
    def decision(self) -> Decision:
        """Which articles the query finds: those with all of its words, or those with some."""
        languages = self._languages() if self.parsed.plain else {}
        return decide(self.parsed, self.request.match, self.limits.page_size, languages, self._counts)

    def _languages(self) -> Mapping[str, int]:
        """In how many texts that are searched there is each language."""
        totals = self.snapshot.statistics.load(self.ask)
        counts = Counter(totals.language_counts)
        return counts + Counter(totals.translated) if self.request.translation else counts

    def _counts(self, trees: Sequence[Node]) -> list[int]:
        counted = {str(n): {"filter": self.compiler.compile(tree)} for n, tree in enumerate(trees)}
        answer = self.ask({"size": 0, "query": self.snapshot.whole(), "aggs": counted})["aggregations"]
        return [int(answer[name]["doc_count"]) for name in counted]

    @property
    def tree(self) -> Node:
        """The query as it is run."""
        return self.decision.tree

    @cached_property
    def query(self) -> Dsl:
        """What the query matches and how it scores, filters aside."""
        found = self.compiler.compile(self.tree)
        return with_recency(found, self.snapshot.statistics.totals.newest) if self.request.recency else found

    def filters_but(self, field: str | None) -> list[Dsl]:
        """The filters on all fields but one."""
        return [part for name, parts in self.filters.items() if name != field for part in parts]

    def everything(self) -> Dsl:
        """The query with all filters."""
        return self.snapshot.whole(self.query, self.filters_but(None))

    def ask(self, body: Dsl) -> Any:
        """The cluster's answer, in the time that is left."""
        return self.snapshot.search(body, self._budget.left_ms())

    def find(self, field: str, name: str) -> str:
        """The value of a field that a name in a filter means."""
        return self.snapshot.names.find(field, name, self.ask)

    def total(self, request: SearchRequest, tree: Node) -> int:
        """How many articles another tree matches under a request's filters and dates, in the time that is left."""
        bare = replace(request, facets=(), recency=False)
        other = Search(self.snapshot, bare, self._config, self._budget, Parsed(tree))
        answer = other.ask({"size": 0, "track_total_hits": True, "query": other.everything()})
        return int(answer["hits"]["total"]["value"])

    def hits(self, query: str, match: Match | None = None) -> int:
        """How many hits another query has under the same filters, in the time that is left."""
        bare = replace(self.request, query=query, facets=(), recency=False, match=match or self.request.match)
        other = Search(self.snapshot, bare, self._config, self._budget)
        answer = other.ask({"size": 0, "track_total_hits": True, "query": other.everything()})
        return int(answer["hits"]["total"]["value"])

    def results(self) -> SearchResults:
        """The answer."""
        decision = self.decision
        request, tree = decision.settled(self.request), decision.tree
        cursor = after(request)
        start = 0 if cursor else (request.page - 1) * request.size
        answer = self.ask(self._body(start, cursor))
        total = int(answer["hits"]["total"]["value"])
        found = answer["hits"]["hits"]
        if start + request.size >= WINDOW and start < total:
            found = self._far(start)
        stories = int(answer["aggregations"]["stories"]["count"]["value"]) if request.group else None
        copies: collapse.Copies = {}
        if request.group and request.size:
            found, copies = collapse.collapse(self, found, cursor)
        more = len(found) > request.size
        found = found[: request.size]
        return SearchResults(
            query=request.query,
            understood=to_text(tree),
            total=total,
            stories=stories,
            stories_margin=facets.margin(stories) if stories else 0,
            hits=self._hits(found, copies),
            facets=self._facets(answer),
            warnings=(*self.parsed.warnings, *self.advice()),
            generation=self.snapshot.generation,
            page=1 if request.cursor else request.page,
            size=request.size,
            next_cursor=cursor_after(request, found[-1]) if more and found else None,
            did_you_mean=self._suggested(total),
            diagnosis=None if total else self._diagnosis(request, decision),
            matching=decision.matching,
            tree=tree,
            request=request,
            took_ms=(time.perf_counter() - self._started) * 1000,
        )

    def top(self) -> tuple[Hit, ...]:
        """The hits of the answer alone: the cluster need not count them."""
        request = self.request
        start = (request.page - 1) * request.size
        if request.group or request.cursor or request.explain or start + request.size >= WINDOW:
            return self.results().hits
        body = self.page_body(request.size, None, [*RECORD, "story"]) | {"from": start}
        return self._hits(self.ask(body)["hits"]["hits"], {})

    def advice(self) -> Iterator[QueryWarning]:
        """What may have been meant by values of filters that are no labels."""
        return advice(self.request, self.parsed.tree, self.labels)

    def _diagnosis(self, request: SearchRequest, decision: Decision) -> Diagnosis:
        return diagnosis_of(request, decision, self._languages(), self.total, self.hits)

    def _suggested(self, total: int) -> Suggested | None:
        vocabulary = ClusterVocabulary(self.compiler)
        return suggested(vocabulary, self.request, self.decision, total, self.total, self.hits)

    def sorts(self) -> list[Dsl]:
        """The order asked for."""
        return sorts(self.request.sort, future=self.future)

    @property
    def future(self) -> bool:
        """Whether any articles are of the future."""
        return self.snapshot.statistics.totals.future

    def page_body(self, size: int, cursor: Sequence[Any] | None, source: Sequence[str]) -> Dsl:
        """A request for hits in the order asked for, after a cursor."""
        body: Dsl = {
            "size": size,
            "query": self.everything(),
            "sort": self.sorts(),
            "_source": list(source),
            "track_scores": True,
            "track_total_hits": False,
        }
        return body | ({"search_after": list(cursor)} if cursor else {})

    def _body(self, start: int, cursor: Sequence[Any] | None) -> Dsl:
        request = self.request
        apart = [name for name in self.filters if name in request.facets]
        within = [part for name, parts in self.filters.items() if name not in apart for part in parts]
        beside = [part for name in apart for part in self.filters[name]]
        near = start + request.size < WINDOW
        body = self.page_body(request.size + 1 if request.size and near else 0, cursor, [*RECORD, "story"])
        query = self.snapshot.whole(self.query, within)
        if request.explain:
            query["bool"]["should"] = named_parts(self.compiler, self.tree)
        body |= {"query": query, "track_total_hits": True}
        if start and near:
            body["from"] = start
        if beside:
            body["post_filter"] = {"bool": {"filter": beside}}
        body["aggs"] = {
            f"facet {name}": facets.aggregation(
                name, request, [p for f in apart if f != name for p in self.filters[f]], self.find, future=self.future
            )
            for name in request.facets
        }
        if request.group:
            count = {"cardinality": {"field": "story", "precision_threshold": facets.PRECISION}}
            body["aggs"]["stories"] = {"filter": {"bool": {"filter": beside}}, "aggs": {"count": count}}
            if not cursor:
                body["collapse"] = {"field": "story"}
        return body

    def _far(self, start: int) -> list[Any]:
        """The hits of a page that lies too far down to be asked for by number."""
        cursor: list[Any] | None = None
        if self.request.group:
            return collapse.far(self, start)
        while start:
            step = min(start, WINDOW)
            hits = self.ask(self.page_body(step, cursor, []))["hits"]["hits"]
            if len(hits) < step:
                return []
            cursor, start = hits[-1]["sort"], start - step
        body = self.page_body(self.request.size + 1, cursor, [*RECORD, "story"])
        if self.request.explain:
            body["query"]["bool"]["should"] = named_parts(self.compiler, self.tree)
        found: list[Any] = self.ask(body)["hits"]["hits"]
        return found

    def _hits(self, found: Sequence[Any], copies: dict[str, tuple[int, int]]) -> tuple[Hit, ...]:
        tree = self.tree
        languages = self.snapshot.statistics.languages
        highlighter = Highlighter(tree, languages, self._budget) if self.request.snippets and found else None
        hits = []
        for each in found:
            article: Article = self.snapshot.article(each)
            if not self.request.translation:
                article = article.with_translation(None)
            snippets, title = highlighter.show(article) if highlighter else ((), ())
            score = float(each.get("_score") or 0.0)
            shares = (
                explain(self.compiler, tree, article, each.get("matched_queries", ()), score)
                if self.request.explain
                else ()
            )
            others, sources = copies.get(each["_source"]["story"], (0, 0))
            hit = Hit(article.without_body(), score, snippets, title, shares, others, sources)
            if highlighter and (translation := article.translation):
                hit = with_translated(hit, translation, highlighter.in_translation(translation.language))
            hits.append(hit)
        return tuple(hits)

    def _facets(self, answer: Any) -> dict[str, Facet]:
        request = self.request
        given = {name: answer["aggregations"][f"facet {name}"] for name in request.facets}
        large = [n for n in given if BY_NAME[n].kind is not Kind.DATE and not facets.is_whole(given[n])]
        counted: dict[str, Any] = {}
        if large:
            names = {name: facets.candidates(given[name], request) for name in large}
            fields = {name: mapping.facet(name, request.all_mentions) for name in large}
            aggregations = {n: facets.recount(fields[n], self.filters_but(n), names[n]) for n in large}
            counted = self.ask({"size": 0, "query": self.snapshot.whole(self.query), "aggs": aggregations})[
                "aggregations"
            ]
        return {name: facets.facet(name, given[name], request, counted.get(name)) for name in request.facets}


def found_by(config: Config, snapshot: Snapshot, tree: Node) -> Dsl:
    """What a query finds, as its words stand and whatever time it takes: one of the corrections."""
    return Search(snapshot, SearchRequest(facets=()), config, TimeBudget.start(None), Parsed(tree)).query
