"""Random queries on one index: the evaluator gives the scores of BM25F as the oracle computes them, and the matches of
stock Whoosh."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from whoosh import index, query
from whoosh.searching import Searcher

from indexer import analysis
from indexer.config import Config, SearchConfig
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.search.order import first, sort_keys
from indexer.fields import TEXT_FIELDS
from indexer.search.query import And, Exact, Near, Node, Not, Or, Phrase, Prefix, Term
from indexer.search.request import Sort
from tests.engines.matching import Corpus, Document, score
from tests.engines.naming import Naming
from tests.engines.whoosh.archives import commit, random_articles

TEXTS = [field.name for field in TEXT_FIELDS]
WORDS = "minister ministers iraq war wars oil summit summits kyiv cafe lavrov obrien 2021 the of said a b".split()
TOP = 2  # depth of the outermost node
pytestmark = pytest.mark.usefixtures("kernels")


@dataclass(frozen=True)
class Archive:
    """An index of three segments with some articles deleted, which count in scores until their segment is merged."""

    engine: WhooshEngine
    corpus: Corpus  # of all articles
    deleted: frozenset[str]
    directory: Path


@pytest.fixture(scope="module", params=["english", "mixed"])
def archive(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Archive:
    directory: Path = tmp_path_factory.mktemp("index")
    articles = random_articles(19, 400)
    if request.param == "english":
        articles = [replace(article, language="en") for article in articles]
    parts = [articles[:250], articles[250:380], articles[380:]]
    infos = [build_segment(part, directory) for part in parts]
    manifest = commit(directory, Manifest(), infos)
    gone = {infos[0].name: range(0, 60, 7), infos[2].name: [3]}
    commit(directory, manifest, manifest.segments, gone)
    deleted = {parts[0][number].id for number in range(0, 60, 7)} | {parts[2][3].id}
    naming = Naming(articles, {})
    corpus = Corpus(tuple(Document.of(article, naming) for article in articles), naming)
    return Archive(WhooshEngine(Config().with_index(directory)), corpus, frozenset(deleted), directory)


@pytest.fixture(scope="module")
def searcher(archive: Archive) -> Searcher:
    """Stock Whoosh on the same index."""
    return index.open_dir(archive.directory, indexname="MAIN").searcher()


def random_node(chance: random.Random, depth: int = TOP, stock: bool = False) -> Node:
    field = chance.choice((None, None, *TEXTS))
    match chance.randrange({0: 5, 1: 8, TOP: 9}[depth]):
        case 0 | 1 if not stock and chance.random() < 0.3:
            sides = Term(chance.choice(WORDS), field), Phrase(" ".join(chance.sample(WORDS, 2)), 0, field)
            return chance.choice((Prefix("minist", field), Near(*sides, 6, field)))
        case 0 | 1 | 2:
            return Term(chance.choice(WORDS), field)
        case 3:
            return Exact(chance.choice(WORDS), field)
        case 4:
            return Phrase(" ".join(chance.sample(WORDS, chance.choice((2, 2, 3)))), 0, field)
        case 5 | 6:
            return And(tuple(random_node(chance, depth - 1, stock) for _ in range(chance.choice((2, 3)))))
        case 7:
            return Or(tuple(random_node(chance, depth - 1, stock) for _ in range(chance.choice((2, 3)))))
        case _:
            return And((random_node(chance, depth - 1, stock), Not(random_node(chance, depth - 1, stock))))


def ours(engine: WhooshEngine, node: Node) -> list[tuple[str, float]]:
    snapshot = engine.snapshot
    plan = Compiler(Context(snapshot), SearchConfig().max_expansions).compile(node)
    docs = plan.docs()
    assert snapshot.live is not None
    docs = docs[snapshot.live[docs]]
    scores = plan.score(docs)
    order = first(snapshot, docs, sort_keys(snapshot, Sort.RELEVANCE, docs, scores), len(docs))
    return [(snapshot.id_of(int(docs[place])), float(scores[place])) for place in order]


@pytest.mark.parametrize("seed", range(120))
def test_matches_scores_and_order(archive: Archive, seed: int) -> None:
    node = random_node(random.Random(seed))
    found = ours(archive.engine, node)
    expected = {
        document.article.id: value
        for document in archive.corpus.documents
        if document.article.id not in archive.deleted and (value := score(archive.corpus, node, document)) is not None
    }
    assert {id for id, _ in found} == set(expected)
    for id, value in found:
        assert value == pytest.approx(expected[id], abs=1e-9)
    assert _descending([value for _, value in found])


def _descending(scores: Sequence[float]) -> bool:
    return all(one >= other for one, other in pairwise(scores))


# What stock Whoosh finds


@pytest.mark.parametrize("archive", ["english"], indirect=True)
@pytest.mark.parametrize("seed", range(40))
def test_stock_whoosh_finds_the_same(archive: Archive, searcher: Searcher, seed: int) -> None:
    node = random_node(random.Random(seed), stock=True)
    assert {id for id, _ in ours(archive.engine, node)} == stock_ids(searcher, node)


def stock_ids(searcher: Searcher, node: Node) -> set[str]:
    match node:
        case And((kept, Not(dropped))):
            # Whoosh's AndNotMatcher overlooks what is to be left out in the first document of a segment.
            return stock_ids(searcher, kept) - stock_ids(searcher, dropped)
    return {hit["id"] for hit in searcher.search(stock(node), limit=None)}


def stock(node: Node) -> query.Query:
    """The same query in Whoosh's classes."""
    match node:
        case And(children):
            return query.And([stock(child) for child in children])
        case Or(children):
            return query.Or([stock(child) for child in children])
        case Term() | Exact() | Phrase():
            return query.Or([in_field(node, field) for field in ([node.field] if node.field else TEXTS)])
    raise AssertionError(node)


def in_field(node: Term | Exact | Phrase, field: str) -> query.Query:
    if isinstance(node, Exact):
        return query.Term(f"{field}_exact", node.text)
    stems = [terms[0].text for terms in analysis.index_terms(analysis.cut(node.text), "en")]
    return query.Term(field, stems[0]) if isinstance(node, Term) else query.Phrase(field, stems)
