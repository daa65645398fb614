"""Why each hit of a page has its score: each clause's share in each field, adding up to the score.

A clause is compiled and scored once for all hits, which costs hardly more than for one. Called by the search for the
hits of a page, when asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from indexer.article import Article
from indexer.engines.shared.search.ranking import MOST
from indexer.engines.shared.search.shares import shares_of
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.query.boolean import Positional, ScoredPlaces
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Plan, Word
from indexer.engines.whoosh.search.passages.match_finder import MOST_PLACES, Finder
from indexer.fields import BY_NAME, Kind
from indexer.highlight.matches import matchers, text_clauses, whole_text
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_pattern
from indexer.search.printer import to_text
from indexer.search.query import Node
from indexer.search.results import Share


def explain(compiler: Compiler, tree: Node, docs: Sequence[int], scores: Sequence[float]) -> list[tuple[Share, ...]]:
    """The shares of each hit. What the recency option took from a score is a share of its own."""
    return _Explanation(compiler, docs).of(tree, scores)


class _Explanation:
    """Collects the shares of the hits of a page."""

    def __init__(self, compiler: Compiler, docs: Sequence[int]) -> None:
        self._compiler = compiler
        self._shares: dict[int, list[Share]] = {doc: [] for doc in docs}
        self._articles: dict[int, Article] = {}

    def of(self, tree: Node, scores: Sequence[float]) -> list[tuple[Share, ...]]:
        """The shares of a query in each hit, given their scores."""
        for node, matched in self._matching(tree, np.array(sorted(self._shares), np.intp)):
            self._add(node, matched)
        for shares, score in zip(self._shares.values(), scores, strict=True):
            rest = score - sum(share.score for share in shares)
            if abs(rest) > 1e-9:
                shares.append(Share("recency", "published", rest))
        return [tuple(shares) for shares in self._shares.values()]

    def _matching(self, node: Node, docs: Docs) -> Iterator[tuple[WordNode, Docs]]:
        """The parts of a query that speak for documents, and for which: of alternatives only those that match."""
        match node:
            case q.And(children) | q.Or(children):
                matched = docs[self._compiler.compile(node).mask(docs)]
                for child in children:
                    yield from self._matching(child, matched)
            case q.Term() | q.Phrase() | q.Near() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Exact():
                yield node, docs

    def _add(self, node: WordNode, docs: Docs) -> None:
        if node.field is not None and BY_NAME[node.field].kind is not Kind.TEXT:
            return
        whole = self._compiler.compile(node)
        docs = docs[whole.mask(docs)]
        found: dict[int, dict[str, int]] = {doc: {} for doc in docs.tolist()}
        for field in self._compiler.texts if node.field is None else (node.field,):
            one = replace(node, field=field)
            plan = self._compiler.compile(one)
            matched = docs[plan.mask(docs)]
            if len(matched):
                counts = self._frequencies(one, field, plan, matched)
                for doc, count in zip(matched.tolist(), counts, strict=True):
                    found[doc][field] = count
        clause, pattern = to_text(node), is_pattern(node)
        for (doc, counted), score in zip(found.items(), whole.score(docs).tolist(), strict=True):
            self._shares[doc] += shares_of(clause, score, counted, pattern)

    def _frequencies(self, node: WordNode, field: str, plan: Plan, docs: Docs) -> list[int]:
        """How often a clause matches in a field: as the postings of a word or phrase say, else counted in the text."""
        known: list[int | None] = [None] * len(docs)
        if isinstance(plan, Word):
            counts = plan.word.found(docs).tolist()
            known = [count if count < MOST else None for count in counts]
        elif isinstance(plan, ScoredPlaces) and isinstance(plan.child, Positional):
            known = list(plan.child.occurrences(docs) or known)
        return [
            self._counted(node, field, doc) if count is None else count
            for doc, count in zip(docs.tolist(), known, strict=True)
        ]

    def _counted(self, node: WordNode, field: str, doc: int) -> int:
        self._compiler.context.budget.check()
        snapshot = self._compiler.snapshot
        if doc not in self._articles:
            self._articles[doc] = snapshot.article(doc)
        article = self._articles[doc]
        text = article.text_of(field)
        found = text_clauses(node, snapshot.languages)
        matcher = matchers(found, article.language_of(field), self._compiler.context.budget.check)[field]
        start = found[0].words[0].literal if found and found[0].words else ""
        # Looking only where a word begins as a pattern does saves 12 of the 14 ms that all words of 20 press releases
        # take. Texts that may hold more places than are looked at are read word by word.
        if len(text) <= MOST_PLACES * len(start):
            return len(Finder(matcher, lambda _: None).marks(text))
        return len(whole_text(matcher, text))
