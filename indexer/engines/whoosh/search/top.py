"""The best hits of a request alone: what a search has on its page, without counting, and where its words allow it
without scoring all that match. Called by the engine for `top`, and by what wants articles like others.

Words are looked for where they can add most (`query.top`); documents so found that fail what else is asked are replaced
by the next best, so many times more in each round. What asks for more than that is listed, scored and ordered whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.config import Config
from indexer.engines.shared.search.filter_values import by_labels
from indexer.engines.shared.search.matching import decide
from indexer.engines.shared.search.parsing import parse_or_refuse
from indexer.engines.shared.search.ranking import latest_second
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.kernels import Docs, Scores
from indexer.engines.whoosh.kernels.top import Ground, Words
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.filters import FieldTest, between_days, field_tests
from indexer.engines.whoosh.query.plan import Context, Plan
from indexer.engines.whoosh.query.top import Wanted, wanted
from indexer.engines.whoosh.reader.recent import Recent
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.filter_labels import SnapshotLabels
from indexer.engines.whoosh.search.order import believed, first, sort_keys, with_recency
from indexer.engines.whoosh.search.searcher import Search
from indexer.search.query import Node
from indexer.search.request import DateRange, Match, SearchRequest, Sort
from indexer.search.results import Hit
from indexer.zones import clocks

Found = tuple[Docs, Scores]
# Documents looked at in each round where more is asked than words.
ROUNDS = (64, 512, 4096)
# Queries whose trees and words a snapshot keeps.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Known:
    """What a query text means in a snapshot, and its words where they say all."""

    tree: Node
    words: Words | None


def top_hits(snapshot: Snapshot, request: SearchRequest, config: Config) -> tuple[Hit, ...]:
    """The hits that a search has on the page that a request asks for.

    Raises:
        QueryTooExpensive, UsageError, SearchTimeout: as a search.
    """
    if request.group or request.cursor or request.explain:
        return Search(snapshot, replace(request, facets=(), snippets=False), config).results().hits
    docs, scores = _Top(snapshot, request, config).page()
    return hits_of(snapshot, docs, scores, translation=request.translation)


def hits_of(snapshot: Snapshot, docs: Docs, scores: Scores, *, translation: bool = True) -> tuple[Hit, ...]:
    """Hits of documents, in their order."""
    hits = []
    for doc, score in zip(docs.tolist(), scores.tolist(), strict=True):
        article = snapshot.without_body(doc)[0]
        if article.translation:
            article = article.without_body() if translation else article.with_translation(None)
        hits.append(Hit(article, score))
    return tuple(hits)


def best_of(snapshot: Snapshot, plan: Plan, size: int) -> Found:
    """The documents that a plan scores highest, best first, with their scores."""
    want = wanted(plan)
    if want and want.plain and (found := _ordered(snapshot, want.words(), size, None)):
        return found
    docs = _live(snapshot, plan.docs())
    return _first(snapshot, docs, plan.score(docs), size)


def _first(snapshot: Snapshot, docs: Docs, scores: Scores, size: int) -> Found:
    offsets = first(snapshot, docs, sort_keys(snapshot, Sort.RELEVANCE, docs, scores), size)
    return docs[offsets], scores[offsets]


def _live(snapshot: Snapshot, docs: Docs) -> Docs:
    return docs if snapshot.live is None or docs is snapshot.everything else docs[snapshot.live[docs]]


def _ordered(snapshot: Snapshot, words: Words, size: int, days: tuple[int, int] | None) -> Found | None:
    """The first documents with some words that were published on some days; None where too many are alike."""
    ground = snapshot.cached(("ground", latest_second()), lambda: _ground(snapshot))
    found = ground.find(words, size, days)
    if found is None:
        return None
    docs, scores, alike = found
    if alike:
        ascending = np.argsort(docs)
        return _first(snapshot, docs[ascending], scores[ascending], size)
    return docs[:size], scores[:size]


def _ground(snapshot: Snapshot) -> Ground:
    return Ground(snapshot.norms, believed(snapshot), snapshot.live, snapshot.concatenated("published.day"))


class _Top:
    """A request on a snapshot."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, config: Config) -> None:
        self._snapshot = snapshot
        self._config = config
        self._clocks = clocks(config.archive.time_zone)
        budget = config.search.budget_ms if request.budget_ms is None else request.budget_ms
        self._context = Context(snapshot, TimeBudget.start(budget))
        self._request = request
        self._compiled: dict[Node, Plan] = {}

    def page(self) -> Found:
        """The documents of the page and their scores."""
        request = self._request
        if request.filters:
            compiler = self._compiler()
            self._request = request = by_labels(
                request, SnapshotLabels(self._snapshot, self._context.budget, compiler.names)
            )
        start, stop = (request.page - 1) * request.size, request.page * request.size
        found = self._by_maxima(stop) if request.sort is Sort.RELEVANCE and not request.recency and stop else None
        if found is None:
            return self._listed(start, stop)
        docs, scores = found
        self._context.budget.check()
        return docs[start:stop], scores[start:stop]

    def _by_maxima(self, size: int) -> Found | None:
        """The first so many documents; None where they are better found by listing all."""
        known, request = self._known, self._request
        if size > ROUNDS[-1]:
            return None
        days = between_days(request.dates.first, request.dates.last) if request.dates else None
        narrowed = bool(request.filters or request.added)
        if known.words and not narrowed:
            return _ordered(self._snapshot, known.words, size, days)
        want = wanted(self._plan(known.tree))
        if want is None:
            return None
        tests = field_tests(self._snapshot, replace(request, dates=DateRange()), self._clocks) if narrowed else []
        return self._in_rounds(want, tests, size, days)

    def _in_rounds(
        self, want: Wanted, tests: Sequence[FieldTest], size: int, days: tuple[int, int] | None
    ) -> Found | None:
        words = want.words()
        for many in ROUNDS:
            self._context.budget.check()
            if many < size:
                continue
            found = _ordered(self._snapshot, words, many, days)
            if found is None:
                return None
            docs, scores = found
            order = np.argsort(docs)
            ascending = docs[order]
            passing = want.mask(ascending)
            for each in tests:
                passing &= each.test(ascending)
            kept = np.empty(len(docs), np.bool_)
            kept[order] = passing
            if len(docs) < many or np.count_nonzero(kept) >= size:
                return docs[kept][:size], scores[kept][:size]
        return None

    def _listed(self, start: int, stop: int) -> Found:
        """The documents of the page, all that match listed and ordered."""
        snapshot, request = self._snapshot, self._request
        plan = self._plan(self._known.tree)
        docs = _live(snapshot, plan.docs())
        for each in field_tests(snapshot, request, self._clocks):
            docs = docs[each.test(docs)]
        scores = self._score(plan, docs) if plan.scored and request.sort is Sort.RELEVANCE else None
        keys = sort_keys(snapshot, request.sort, docs, scores)
        self._context.budget.check()
        offsets = first(snapshot, docs, keys, stop)[start:] if start < len(docs) else []
        page = docs[offsets]
        if scores is not None:
            return page, scores[offsets]
        if not plan.scored:
            return page, np.zeros(len(page))
        order = np.argsort(page)
        found = np.zeros(len(page))
        found[order] = self._score(plan, page[order])
        return page, found

    def _score(self, plan: Plan, docs: Docs) -> Scores:
        scores = plan.score(docs)
        return with_recency(self._snapshot, docs, scores) if self._request.recency else scores

    @property
    def _known(self) -> _Known:
        request, limits = self._request, self._config.search
        kept: Recent[_Known] = self._snapshot.cached("known queries", lambda: Recent(_KEPT, lambda _: 1))
        key = request.query, request.match, request.translation, limits.page_size, limits.max_expansions
        return kept.get(key, self._find_out)

    def _find_out(self) -> _Known:
        tree = decide(
            parse_or_refuse(self._request.query),
            self._request.match,
            self._config.search.page_size,
            self._languages(),
            self._counts,
        ).tree
        want = wanted(self._plan(tree))
        return _Known(tree, want.words() if want and want.plain else None)

    def _languages(self) -> Mapping[str, int]:
        counts = Counter(self._snapshot.language_counts)
        return counts + Counter(self._snapshot.translated) if self._request.translation else counts

    def _counts(self, trees: Sequence[Node]) -> list[int]:
        """How many documents each tree matches; nothing is counted where nothing depends on it."""
        if self._request.match is not Match.AUTO:
            return [0] * len(trees)
        return [len(_live(self._snapshot, self._plan(tree).docs())) for tree in trees]

    def _plan(self, tree: Node) -> Plan:
        if tree not in self._compiled:
            self._compiled[tree] = self._compiler().compile(tree)
        return self._compiled[tree]

    def _compiler(self) -> Compiler:
        limits = self._config.search
        return Compiler(self._context, limits.max_expansions, self._clocks, translation=self._request.translation)
