"""Why a hit has its score: each clause's share in each field, adding up to the score.

Called by the search for the hits of a page, when asked.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from indexer.engines.shared.marks import clauses, matchers, whole_text
from indexer.engines.whoosh.codec.layout import MAX_FREQUENCY, TEXTS
from indexer.engines.whoosh.evaluate import Compiler
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.plan import Plan, Word
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.printer import to_text
from indexer.search.query import Node
from indexer.search.results import Share

TextNode = q.Term | q.Phrase | q.Near | q.Prefix | q.Wildcard | q.Fuzzy | q.Exact


def explain(compiler: Compiler, tree: Node, doc: int, score: float) -> tuple[Share, ...]:
    """The shares of one hit. What the recency option took from the score is a share of its own."""
    here = np.array([doc], np.intp)
    shares = [share for node in _matching(compiler, tree, here) for share in _by_field(compiler, node, here)]
    rest = score - sum(share.score for share in shares)
    if abs(rest) > 1e-9:
        shares.append(Share("recency", "published", rest))
    return tuple(shares)


def _matching(compiler: Compiler, node: Node, here: Docs) -> Iterator[TextNode]:
    """The parts of a query that speak for the document: of alternatives only those that match."""
    match node:
        case q.And(children) | q.Or(children):
            if compiler.compile(node).keep(here)[0]:
                for child in children:
                    yield from _matching(compiler, child, here)
        case q.Term() | q.Phrase() | q.Near() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Exact():
            yield node


def _by_field(compiler: Compiler, node: TextNode, here: Docs) -> Iterator[Share]:
    if node.field is not None and BY_NAME[node.field].kind is not Kind.TEXT:
        return
    for field in TEXTS if node.field is None else (node.field,):
        one = replace(node, field=field)
        plan = compiler.compile(one)
        if plan.keep(here)[0]:
            yield Share(to_text(node), field, float(plan.score(here)[0]), _frequency(compiler, one, field, plan, here))


def _frequency(compiler: Compiler, node: TextNode, field: str, plan: Plan, here: Docs) -> int:
    """How often a clause matches in a field: as the postings of a single word say, else counted in the text."""
    if isinstance(plan, Word) and (known := int(plan.leaf.codes_at(here)[0]) >> 8) < MAX_FREQUENCY:
        return known
    article = compiler.snapshot.article(int(here[0]))
    found = clauses(node, compiler.snapshot.languages)
    return len(whole_text(matchers(found, article.language)[field], getattr(article, field)))
