"""The best hits of a request alone: what a search has on its page, without counting, and where its words allow it
without scoring all that match. Called by the engine for `top`.

What `best` cannot find, other orders than by relevance, and constant scores are listed whole, and no more is scored and
ordered of it than the page needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.config import Config
from indexer.engines.shared.search.filter_values import by_labels
from indexer.engines.shared.search.matching import decide
from indexer.engines.shared.search.parsing import parse_or_refuse
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.kernels import NO_DOCS, Docs, Scores, difference
from indexer.engines.whoosh.kernels.top import Words
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.filters import FieldTest, field_tests, tests_and_days
from indexer.engines.whoosh.query.plan import Context, Everything, Listed, Plan
from indexer.engines.whoosh.query.top import tiers, wanted
from indexer.engines.whoosh.reader.recent import Recent
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.collapse import Collapsed
from indexer.engines.whoosh.search.filter_labels import SnapshotLabels
from indexer.engines.whoosh.search.order import first, sort_keys, with_recency
from indexer.engines.whoosh.search.searcher import Search
from indexer.engines.whoosh.search.top.best import Found, first_of, first_with, hits_of, live, newest
from indexer.search.query import Node
from indexer.search.request import MAX_SIZE, Match, SearchRequest, Sort
from indexer.search.results import Hit
from indexer.zones import clocks

# Documents looked at for each story that is wanted, in two rounds.
STORIES = (4, 32)
# Bytes of queries asked for last that a snapshot keeps, and what one takes beside its words.
_KEPT = 8 << 20
_EACH = 4 << 10


@dataclass(frozen=True, slots=True)
class _Known:
    """What a query text means in a snapshot, and its words where they say all."""

    tree: Node
    words: Words | None

    @property
    def nbytes(self) -> int:
        """What it takes, at most: its words may be kept anyway."""
        return _EACH + (self.words.nbytes if self.words else 0)


def top_hits(snapshot: Snapshot, request: SearchRequest, config: Config) -> tuple[Hit, ...]:
    """The hits that a search has on the page that a request asks for.

    Raises:
        QueryTooExpensive, UsageError, SearchTimeout: as a search.
    """
    if not request.cursor and not request.explain:
        search = TopSearch(snapshot, request, config)
        if not request.group:
            docs, scores = search.page()
            return hits_of(snapshot, docs, scores, translation=request.translation)
        if stories := search.stories():
            docs, scores, members = stories
            copies = Collapsed(snapshot, members).copies(docs)
            return hits_of(snapshot, docs, scores, copies, translation=request.translation)
    return Search(snapshot, replace(request, facets=(), snippets=False), config).results().hits


class TopSearch:
    """A request on a snapshot."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, config: Config) -> None:
        self._snapshot = snapshot
        self._config = config
        self._clocks = clocks(config.archive.time_zone)
        budget = config.search.budget_ms if request.budget_ms is None else request.budget_ms
        self._context = Context(snapshot, TimeBudget.start(budget))
        self._request = request
        self._compiled: dict[Node, Plan] = {}
        if request.filters:
            self._request = by_labels(request, SnapshotLabels(snapshot, self._context.budget, self._compiler().names))

    def page(self) -> Found:
        """The documents of the page and their scores."""
        start, stop = (self._request.page - 1) * self._request.size, self._request.page * self._request.size
        found = self._by_maxima(stop)
        if found is None:
            return self._listed(start, stop)
        docs, scores = found
        self._context.budget.check()
        return docs[start:stop], scores[start:stop]

    def stories(self) -> tuple[Docs, Scores, Docs] | None:
        """The first documents of the stories on the page, their scores, and all that match of these stories; None where
        that is better found by listing all."""
        stop = self._request.page * self._request.size
        for spare in STORIES:
            self._context.budget.check()
            found = self._by_maxima(stop * spare)
            if found is None:
                return None
            docs, scores = found
            once = np.sort(np.unique(self._snapshot.groups[docs], return_index=True)[1])
            if len(once) >= stop or len(docs) < stop * spare:
                page = once[stop - self._request.size : stop]
                return docs[page], scores[page], self._members(docs[page])
        return None

    def _members(self, docs: Docs) -> Docs:
        """What matches of the stories of some documents."""
        snapshot = self._snapshot
        if not snapshot.copied[docs].any():
            return np.sort(docs)
        members = np.flatnonzero(np.isin(snapshot.groups, snapshot.groups[docs]))
        members = self._passing(members, field_tests(snapshot, self._request, self._clocks))
        return members[self._plan(self._known.tree).mask(members)]

    def _by_maxima(self, size: int) -> Found | None:
        """The first so many documents; None where they are better found by listing all."""
        known, request = self._known, self._request
        if request.sort is not Sort.RELEVANCE or request.recency or not size:
            return None
        tests, days = tests_and_days(self._snapshot, request, self._clocks)
        if known.words and not tests:
            return first_with(self._snapshot, known.words, size, days)
        return first_of(self._context, self._plan(known.tree), size, tests, days)

    def _listed(self, start: int, stop: int) -> Found:
        """The documents of the page, all that match listed and ordered."""
        snapshot, request = self._snapshot, self._request
        plan = self._plan(self._known.tree)
        tests = field_tests(snapshot, request, self._clocks)
        if request.sort is Sort.RELEVANCE and not request.recency:
            if isinstance(plan, Everything) and not tests and stop <= MAX_SIZE:
                docs = newest(snapshot)[start:stop]
                return docs, np.zeros(len(docs))
            if lists := tiers(plan):
                docs, scores = self._by_tiers(lists, tests, stop)
                return docs[start:], scores[start:]
        docs = self._passing(plan.docs(), tests)
        by_score = plan.scored and request.sort is Sort.RELEVANCE
        keys = sort_keys(snapshot, request.sort, docs, self._score(plan, docs) if by_score else None)
        self._context.budget.check()
        page = docs[first(snapshot, docs, keys, stop)[start:]]
        scores = np.zeros(len(page))
        if plan.scored:
            order = np.argsort(page)
            scores[order] = self._score(plan, page[order])
        return page, scores

    def _by_tiers(
        self, lists: Sequence[tuple[float, Sequence[Listed]]], tests: Sequence[FieldTest], size: int
    ) -> Found:
        """The first documents of lists in turn, those of each by when they were published."""
        snapshot = self._snapshot
        found, scores = NO_DOCS, np.empty(0)
        for given, alike in lists:
            docs = self._passing(self._context.unite([each.docs() for each in alike]), tests)
            docs = difference(docs, np.sort(found), snapshot.scratch.flags)
            more = docs[first(snapshot, docs, sort_keys(snapshot, Sort.NEWEST, docs, None), size - len(found))]
            found, scores = np.concatenate((found, more)), np.concatenate((scores, np.full(len(more), given)))
            if len(found) == size:
                break
        return found, scores

    def _passing(self, docs: Docs, tests: Sequence[FieldTest]) -> Docs:
        docs = live(self._snapshot, docs)
        for each in tests:
            docs = docs[each.test(docs)]
        return docs

    def _score(self, plan: Plan, docs: Docs) -> Scores:
        scores = plan.score(docs)
        return with_recency(self._snapshot, docs, scores) if self._request.recency else scores

    @property
    def _known(self) -> _Known:
        request, limits = self._request, self._config.search
        kept: Recent[_Known] = self._snapshot.cached("known queries", lambda: Recent(_KEPT, lambda query: query.nbytes))
        key = request.query, request.match, request.translation, limits.page_size, limits.max_expansions
        return kept.get(key, self._find_out)

    def _find_out(self) -> _Known:
        tree = decide(
            parse_or_refuse(self._request.query),
            self._request.match,
            self._config.search.page_size,
            self._snapshot.searched_languages(translation=self._request.translation),
            self._counts,
        ).tree
        want = wanted(self._plan(tree))
        return _Known(tree, want.words() if want and want.plain else None)

    def _counts(self, trees: Sequence[Node]) -> list[int]:
        """How many documents each tree matches, as far as the decision depends on it."""
        enough = self._config.search.page_size
        if self._request.match is not Match.AUTO:
            return [0] * len(trees)
        want = wanted(self._plan(trees[0]))
        found = first_with(self._snapshot, want.words(), enough) if want and want.plain else None
        if found and len(found[0]) == enough:
            return [enough] * len(trees)
        return [len(live(self._snapshot, self._plan(tree).docs())) for tree in trees]

    def _plan(self, tree: Node) -> Plan:
        if tree not in self._compiled:
            self._compiled[tree] = self._compiler().compile(tree)
        return self._compiled[tree]

    def _compiler(self) -> Compiler:
        limits = self._config.search
        return Compiler(self._context, limits.max_expansions, self._clocks, translation=self._request.translation)
