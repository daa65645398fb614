"""Random queries on one index: the evaluator gives the matches, scores and order of stock Whoosh's BM25F."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from whoosh import index, query, scoring
from whoosh.searching import Searcher

from indexer import analysis
from indexer.config import Config, SearchConfig
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.search.order import first, sort_keys
from indexer.fields import BY_NAME, TEXT_FIELDS
from indexer.search.query import And, Exact, Node, Not, Or, Phrase, Term
from indexer.search.request import Sort
from tests.engines.whoosh.archives import commit, random_articles

TEXTS = [field.name for field in TEXT_FIELDS]
WORDS = "minister ministers iraq war wars oil summit summits kyiv cafe lavrov obrien 2021 the of said a b".split()
TOP = 2  # depth of the outermost node
pytestmark = pytest.mark.usefixtures("kernels")

Both = tuple[WhooshEngine, Searcher]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Three segments, some articles deleted: they count in the scores of both until their segment is merged."""
    directory: Path = tmp_path_factory.mktemp("index")
    articles = [replace(article, language="en") for article in random_articles(19, 400)]
    infos = [build_segment(part, directory) for part in (articles[:250], articles[250:380], articles[380:])]
    manifest = commit(directory, Manifest(), infos)
    commit(directory, manifest, manifest.segments, {infos[0].name: range(0, 60, 7), infos[2].name: [3]})
    searcher = index.open_dir(directory, indexname="MAIN").searcher(weighting=scoring.BM25F(B=0.75, K1=1.2))
    return WhooshEngine(Config().with_index(directory)), searcher


def random_node(chance: random.Random, depth: int = TOP) -> Node:
    field = chance.choice((None, None, *TEXTS))
    match chance.randrange({0: 5, 1: 8, TOP: 9}[depth]):
        case 0 | 1 | 2:
            return Term(chance.choice(WORDS), field)
        case 3:
            return Exact(chance.choice(WORDS), field)
        case 4:
            return Phrase(" ".join(chance.sample(WORDS, chance.choice((2, 2, 3)))), 0, field)
        case 5 | 6:
            return And(tuple(random_node(chance, depth - 1) for _ in range(chance.choice((2, 3)))))
        case 7:
            return Or(tuple(random_node(chance, depth - 1) for _ in range(chance.choice((2, 3)))))
        case _:
            return And((random_node(chance, depth - 1), Not(random_node(chance, depth - 1))))


def stock_scores(searcher: Searcher, node: Node) -> dict[str, float]:
    match node:
        case And((kept, Not(dropped))):
            # Whoosh's AndNotMatcher overlooks what is to be left out in the first document of a segment.
            without = stock_scores(searcher, dropped)
            return {id: score for id, score in stock_scores(searcher, kept).items() if id not in without}
    return {hit["id"]: hit.score for hit in searcher.search(stock(node), limit=None)}


def stock(node: Node) -> query.Query:
    """The same query in Whoosh's classes."""
    match node:
        case And(children):
            return query.And([stock(child) for child in children])
        case Or(children):
            return query.Or([stock(child) for child in children])
        case Term() | Exact() | Phrase():
            return query.Or([in_field(node, field) for field in ([node.field] if node.field else TEXTS)])
        case _:
            raise AssertionError(f"not among the random ones: {node}")


def in_field(node: Term | Exact | Phrase, field: str) -> query.Query:
    boost = BY_NAME[field].boost
    if isinstance(node, Exact):
        return query.Term(f"{field}_exact", node.text, boost=boost)
    stems = [analysis.stem(token, "en") for token in analysis.tokens(node.text)]
    if isinstance(node, Term):
        return query.Term(field, stems[0], boost=boost)
    # Whoosh gives a phrase the score of its words, but forgets the boost on the way.
    return query.Phrase(field, stems, boost=boost)


def ours(engine: WhooshEngine, node: Node) -> list[tuple[str, float]]:
    snapshot = engine.snapshot
    plan = Compiler(Context(snapshot), SearchConfig().max_expansions).compile(node)
    docs = plan.docs()
    assert snapshot.live is not None
    docs = docs[snapshot.live[docs]]
    scores = plan.score(docs)
    order = first(snapshot, docs, sort_keys(snapshot, Sort.RELEVANCE, docs, scores), len(docs))
    return [(snapshot.id_of(int(docs[place])), float(scores[place])) for place in order]


@pytest.mark.parametrize("seed", range(300))
def test_matches_scores_and_order(both: Both, seed: int) -> None:
    engine, searcher = both
    node = random_node(random.Random(seed))
    found = ours(engine, node)
    expected = stock_scores(searcher, node)
    assert {id for id, _ in found} == set(expected)
    for id, score in found:
        assert score == pytest.approx(expected[id], abs=1e-5)
    # Whoosh leaves ties in the order of its documents; ours are newer first, then by id.
    assert descending([expected[id] for id, _ in found])


def descending(scores: Sequence[float]) -> bool:
    return all(one >= other - 1e-9 for one, other in pairwise(scores))
