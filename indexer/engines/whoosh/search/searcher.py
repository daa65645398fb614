"""One search: request -> plan, matches, order, hits, facets. The engine makes one for each request.

Reads like its result: parse, decide, match, filter, sort, show, count.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import repeat

import numpy as np

from indexer.config import Config
from indexer.engines.shared.search.cursor import read_cursor, write_cursor
from indexer.engines.shared.search.filter_values import advice, by_labels
from indexer.engines.shared.search.matching import Decision, decide, diagnosis_of, suggested
from indexer.engines.shared.search.parsing import check_facet, parse_or_refuse
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.kernels import Docs, Scores
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.filters import Matches, field_tests, tests_and_days
from indexer.engines.whoosh.query.plan import Context, Plan
from indexer.engines.whoosh.query.vocabulary import SnapshotVocabulary
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.collapse import Collapsed
from indexer.engines.whoosh.search.explain import explain
from indexer.engines.whoosh.search.facets import facet
from indexer.engines.whoosh.search.filter_labels import SnapshotLabels
from indexer.engines.whoosh.search.hits import Hits
from indexer.engines.whoosh.search.order import Key, after, first, sort_keys, with_recency
from indexer.engines.whoosh.search.passages.snippets import Highlighter
from indexer.engines.whoosh.search.top.best import Found, first_of
from indexer.search.notices import notice
from indexer.search.printer import to_text
from indexer.search.query import Node, Parsed, QueryWarning
from indexer.search.request import Match, SearchRequest, Sort
from indexer.search.results import Facet, Hit, SearchResults
from indexer.zones import clocks

# Scoring fewer matches than this takes no longer than looking for the best among them.
_MANY = 10_000


class Search:
    """A request on a snapshot. What is asked of it is computed when it is first asked for."""

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
        for name in request.facets:
            check_facet(name)
        self.context = Context(
            snapshot,
            budget or TimeBudget.start(config.search.budget_ms if request.budget_ms is None else request.budget_ms),
        )
        self.compiler = Compiler(
            self.context, self.limits.max_expansions, self._clocks, translation=request.translation
        )
        self.labels = SnapshotLabels(snapshot, self.context.budget, self.compiler.names)
        self.request = by_labels(request, self.labels)
        self._found: dict[Node, tuple[Plan, Docs]] = {}

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
        return decide(self.parsed, self.request.match, self.limits.page_size, self._languages, self._counts)

    @property
    def _languages(self) -> Mapping[str, int]:
        """In how many texts that are searched there is each language."""
        return self.snapshot.searched_languages(translation=self.request.translation)

    @property
    def tree(self) -> Node:
        """The query as it is run."""
        return self.decision.tree

    @property
    def plan(self) -> Plan:
        """How the query finds its documents."""
        return self._find(self.tree)[0]

    @cached_property
    def matches(self) -> Matches:
        """What the query and the filters match."""
        tests = field_tests(self.snapshot, self.request, self._clocks)
        return Matches(self._find(self.tree)[1], tests)

    def _find(self, tree: Node) -> tuple[Plan, Docs]:
        """The plan of a tree and all documents it matches, filters aside; found once."""
        if tree not in self._found:
            plan = self.compiler.compile(tree)
            docs = plan.docs()
            live = self.snapshot.live
            if live is not None and docs is not self.snapshot.everything:
                docs = docs[live[docs]]
            self._found[tree] = plan, docs
        return self._found[tree]

    def _counts(self, trees: Sequence[Node]) -> list[int]:
        return [len(self._find(tree)[1]) for tree in trees]

    def score(self, docs: Docs) -> Scores:
        """The final scores of matching documents."""
        scores = self.plan.score(docs)
        return with_recency(self.snapshot, docs, scores) if self.request.recency else scores

    def total(self, request: SearchRequest, tree: Node) -> int:
        """How many articles another tree matches under a request's filters and dates, in the time that is left."""
        other = Search(self.snapshot, replace(request, facets=()), self._config, self.context.budget, Parsed(tree))
        return len(other.matches.docs)

    def hits(self, query: str, match: Match | None = None) -> int:
        """How many hits another query has under the same filters, in the time that is left."""
        request = replace(self.request, query=query, facets=(), match=match or self.request.match)
        return len(Search(self.snapshot, request, self._config, self.context.budget).matches.docs)

    def results(self) -> SearchResults:
        """The answer."""
        docs = self.matches.docs
        vocabulary, decision = SnapshotVocabulary(self.compiler), self.decision
        hits, listed, cursor = self._page(docs)
        facets = {name: self._facet(name) for name in self.request.facets}
        return SearchResults(
            query=self.request.query,
            understood=to_text(decision.tree),
            total=len(docs),
            stories=listed if self.request.group else None,
            hits=hits,
            facets=facets,
            warnings=tuple(dict.fromkeys((*self.parsed.warnings, *self.compiler.warnings, *self.advice()))),
            generation=self.snapshot.generation,
            page=1 if self.request.cursor else self.request.page,
            size=self.request.size,
            next_cursor=cursor,
            did_you_mean=suggested(vocabulary, self.request, decision, len(docs), self.total, self.hits),
            diagnosis=None
            if len(docs)
            else diagnosis_of(self.request, decision, self._languages, self.total, self.hits),
            matching=decision.matching,
            tree=decision.tree,
            request=self.request,
            took_ms=(time.perf_counter() - self._started) * 1000,
        )

    def advice(self) -> Iterator[QueryWarning]:
        """What may have been meant by values of filters that are no labels, and that the archive was newer."""
        if self.snapshot.lost:
            yield notice("older-state", 0, 0)
        yield from advice(self.request, self.parsed.tree, self.labels)

    def _page(self, docs: Docs) -> tuple[tuple[Hit, ...], int, str | None]:
        """The hits of the page, how many there are on all pages, and the cursor behind the last."""
        request = self.decision.settled(self.request)
        if (best := self._best(docs)) is not None:
            keys = sort_keys(self.snapshot, request.sort, *best)
            hits = self._hits(*best, None)
            more = hits and request.page * request.size < len(docs)
            return hits, len(docs), write_cursor(request, _values(keys, -1), hits[-1].id) if more else None
        scored = self.plan.scored and request.sort is Sort.RELEVANCE
        scores = self.score(docs) if scored else None
        keys = sort_keys(self.snapshot, request.sort, docs, scores)
        collapsed = shown = Collapsed(self.snapshot, docs) if request.group else None
        listed = left = collapsed.count() if collapsed else len(docs)
        start = (request.page - 1) * request.size
        if request.cursor:
            cursor = read_cursor(request, request.cursor, len(keys))
            later = after(self.snapshot, docs, keys, cursor.keys, cursor.id)
            if collapsed:
                later = collapsed.unseen(later)
            docs, keys = docs[later], [key[later] for key in keys]
            scores = None if scores is None else scores[later]
            shown = Collapsed(self.snapshot, docs) if request.group else None
            left = shown.count() if shown else len(docs)
            start = 0
        self.context.budget.check()
        stop = start + request.size
        offsets: list[int] = []
        if start < left:
            ordered = shown.first(keys, stop) if shown else first(self.snapshot, docs, keys, stop)
            offsets = ordered[start:]
        page = docs[offsets]
        shown_scores = self._page_scores(page) if scores is None else scores[offsets]
        hits = self._hits(page, shown_scores, collapsed.copies(page) if collapsed else None)
        if not offsets or stop >= left:
            return hits, listed, None
        return hits, listed, write_cursor(request, _values(keys, offsets[-1]), hits[-1].id)

    def _best(self, docs: Docs) -> Found | None:
        """The documents of a page and their scores, found without scoring all; None where there are too few matches for
        that, or more is asked than the best."""
        request = self.request
        if len(docs) < _MANY or request.sort is not Sort.RELEVANCE or not self.plan.scored:
            return None
        if request.cursor or request.group or request.recency:
            return None
        stop = request.page * request.size
        tests, days = tests_and_days(self.snapshot, request, self._clocks)
        found = first_of(self.context, self.plan, stop, tests, days) if request.size else None
        return None if found is None else (found[0][stop - request.size :], found[1][stop - request.size :])

    def _page_scores(self, docs: Docs) -> Scores:
        if not self.plan.scored:
            return np.zeros(len(docs))
        order = np.argsort(docs)
        scores = np.zeros(len(docs))
        scores[order] = self.score(docs[order])
        return scores

    def _hits(self, docs: Docs, scores: Scores, copies: Sequence[tuple[int, int]] | None) -> tuple[Hit, ...]:
        numbers, given = docs.tolist(), scores.tolist()
        highlighter = Highlighter.of(self.context, self.tree) if self.request.snippets else None
        explained = explain(self.compiler, self.tree, numbers, given) if self.request.explain else [()] * len(numbers)
        make = Hits(self.snapshot, highlighter, self.request.translation, self.context.budget.check).hit
        found = tuple(map(make, numbers, given, explained, copies or repeat((0, 0))))
        if highlighter:
            highlighter.untimed()
        return found

    def _facet(self, name: str) -> Facet:
        self.context.budget.check()
        return facet(self.snapshot, name, self.matches.ignoring(name), self.request)


def found_by(config: Config, snapshot: Snapshot, tree: Node) -> Docs:
    """The documents that a query finds, as its words stand and whatever time it takes: one of the corrections."""
    search = Search(snapshot, SearchRequest(facets=()), config, TimeBudget.start(None), Parsed(tree))
    return search.matches.docs


def _values(keys: Sequence[Key], offset: int) -> tuple[float, ...]:
    return tuple(key[offset].item() for key in keys)
