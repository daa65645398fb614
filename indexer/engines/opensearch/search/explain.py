"""Why a hit has its score: each clause's share in each field, computed from the article as `query.compile` has it.

Called by the search for the hits of a page, when asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from indexer import analysis
from indexer.article import Article
from indexer.engines.opensearch.cluster.document import positions_of
from indexer.engines.opensearch.cluster.mapping import OWN_TEXTS, TEXTS, exact
from indexer.engines.opensearch.cluster.mapping import term as cut
from indexer.engines.opensearch.query.compile import Compiler
from indexer.engines.opensearch.reader.term_statistics import Pool
from indexer.engines.shared.search.ranking import K1, MOST, B
from indexer.engines.shared.search.shares import shares_of
from indexer.fields import BY_NAME, Kind
from indexer.highlight.matches import matchers, text_clauses, whole_text
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_pattern
from indexer.search.printer import to_text
from indexer.search.query import Node
from indexer.search.results import Share

# Below this a difference between the cluster's score and the sum is rounding (it has 24 bits).
ROUNDING = 1e-5


def parts(tree: Node) -> list[Node]:
    """The parts of a query that may or may not match a hit: the cluster says of each page's hits which do."""
    found: list[Node] = []
    _collect(tree, found)
    return found


def _collect(node: Node, found: list[Node]) -> None:
    found.append(node)
    if isinstance(node, q.And | q.Or):
        for child in node.children:
            if not isinstance(child, q.Not):
                _collect(child, found)


def named_parts(compiler: Compiler, tree: Node) -> list[dict[str, Any]]:
    """A query for each part, and for each field of a part in words, that comes back by name where it matches."""
    queries = []
    for number, node in enumerate(parts(tree)):
        queries.append({"bool": {"filter": [compiler.compile(node)], "_name": str(number)}})
        if isinstance(node, WordNode):
            for field in compiler.text_fields(node):
                one = compiler.compile(replace(node, field=field))
                queries.append({"bool": {"filter": [one], "_name": f"{number} {field}"}})
    return queries


def explain(
    compiler: Compiler, tree: Node, article: Article, matched: Sequence[str], score: float
) -> tuple[Share, ...]:
    """The shares of one hit. What the recency option took from the score is a share of its own."""
    names = set(matched)
    numbers = {id(node): number for number, node in enumerate(parts(tree))}
    shares = [
        share
        for node in _speaking(tree, numbers, names)
        for share in _by_field(compiler, node, numbers, names, article)
    ]
    rest = score - sum(share.score for share in shares)
    if abs(rest) > ROUNDING * max(1.0, abs(score)):
        shares.append(Share("recency", "published", rest))
    return tuple(shares)


def _speaking(node: Node, numbers: dict[int, int], names: set[str]) -> Iterator[WordNode]:
    """The parts of a query that speak for the article: of alternatives only those that match."""
    if id(node) not in numbers or str(numbers[id(node)]) not in names:
        return
    if isinstance(node, q.And | q.Or):
        for child in node.children:
            yield from _speaking(child, numbers, names)
    elif isinstance(node, WordNode):
        yield node


def _by_field(
    compiler: Compiler, node: WordNode, numbers: dict[int, int], names: set[str], article: Article
) -> Iterator[Share]:
    if node.field is not None and BY_NAME[node.field].kind is not Kind.TEXT:
        return
    found = text_clauses(node, compiler.statistics.languages)
    counts = {
        field: len(whole_text(matchers(found, article.language_of(field))[field], article.text_of(field)))
        for field in compiler.text_fields(node)
        if f"{numbers[id(node)]} {field}" in names
    }
    if not counts:
        return
    pattern = is_pattern(node)
    score = max(float(BY_NAME[field].weight) for field in counts) if pattern else _score(compiler, node, article)
    yield from shares_of(to_text(node), score, counts, pattern)


def _score(compiler: Compiler, node: WordNode, article: Article) -> float:
    texts = {field: analysis.cut(article.text_of(field)) for field in TEXTS}
    positions: dict[str, Sequence[Sequence[str]]] = {}
    for field, tokens in texts.items():
        positions[field] = positions_of(analysis.index_terms(tokens, article.language_of(field)))
        positions[exact(field)] = [[cut(token.text)] for token in tokens]
    length = sum(BY_NAME[field].weight * len(texts[field]) for field in OWN_TEXTS)
    norm = K1 * ((1 - B) + B * length / compiler.statistics.totals.average_length)
    total = 0.0
    for word in compiler.words(node):
        often = 0
        for pool in word:
            weight = BY_NAME[pool.field.removesuffix("_exact")].weight
            often += weight * min(_frequency(pool, positions[pool.field]), MOST)
        rarity = compiler.statistics.rarity(compiler.statistics.count([word])[word])
        total += rarity * often * (K1 + 1) / (often + norm)
    return total


def _frequency(pool: Pool, positions: Sequence[Sequence[str]]) -> int:
    """How often a text has a word, as the cluster counts it."""
    plain = sum(term in pool.terms for terms in positions for term in terms)
    wide = sum(term == other for terms in positions for term in terms for _, other in pool.wide)
    width = len(pool.row)
    row = sum(
        all(not set(terms).isdisjoint(wanted) for terms, wanted in zip(positions[at:], pool.row, strict=False))
        for at in range(len(positions) - width + 1)
        if width
    )
    return plain + max(wide, row)
