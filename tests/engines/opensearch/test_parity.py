"""The same archive on both engines: the same hits, counts and facets to hundreds of random queries.

Orders may differ where scores are equal to within `TIE`: the cluster's scores have 24 bits.
"""

import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import orjson
import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article, Entity
from indexer.config import Config, EngineConfig
from indexer.fields import FACET_FIELDS
from indexer.search.parser import conjunction, disjunction, negation
from indexer.search.printer import to_text
from indexer.search.query import Exact, Fuzzy, Near, Node, OnDay, Phrase, Prefix, Range, Term, Wildcard
from indexer.search.request import DateRange, Filter, Period, SearchRequest, Sort
from tests.cluster.running import on_cluster
from tests.engines.conftest import fill
from tests.engines.corpus import prepare

DEMO = Path(__file__).parents[3] / "demo" / "articles"
FACETS = tuple(field.name for field in FACET_FIELDS)
QUERIES = 150
SENATE_ARTICLES = 2_500
TIE = 1e-5

# The archives of both engines, and the words of some articles.
Laid = tuple[tuple[Archive, Archive], list[list[str]]]


def both(
    directory: Path, build: Callable[[Archive], object], *, tagged: bool, joined: bool = False
) -> tuple[Archive, Archive]:
    cluster = on_cluster(directory / "cluster", processes=2)
    embedded = Config(engine=EngineConfig(processes=2)).with_index(directory / "whoosh")
    here, there = (
        open_archive(replace(config, entities=replace(config.entities, enabled=tagged, join_spellings=joined)))
        for config in (embedded, cluster)
    )
    for archive in (here, there):
        build(archive)
    return here, there


@pytest.fixture(scope="module", params=[False, True], ids=["apart", "joined"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laid]:
    directory = tmp_path_factory.mktemp("demo")
    build = build_respelt if request.param else lambda archive: archive.build([DEMO])
    archives = both(directory, build, tagged=True, joined=request.param)
    yield archives, _words([each.body for each in archives[0].scan()])
    for archive in archives:
        archive.close()


def build_respelt(archive: Archive) -> None:
    """The demonstration archive, its entities spelt in several ways; some articles come, change and go in between."""
    archive.build([DEMO])
    articles = sorted(archive.scan(), key=lambda each: each.id)
    fill(archive.engine, map(respelt, articles), commits=4)
    with archive.engine.writer(prepare) as writer:
        writer.remove([each.id for each in articles[::9]])
        writer.commit()
    if archive.config.engine.name == "whoosh":
        archive.engine.optimize()  # until then it counts what was removed in its scores
    archive.engine.refresh()


def respelt(article: Article) -> Article:
    chance = random.Random(article.id)
    entities = tuple(replace(entity, name=_respelt(chance, entity)) for entity in article.entities)
    return replace(article, entities=entities, extra={"respelt": "yes"}).with_hash()


def _respelt(chance: random.Random, entity: Entity) -> str:
    first, _, rest = entity.name.partition(" ")
    ways = [entity.name, entity.name, entity.name.upper(), f"{first}. {rest}" if rest else entity.name]
    if entity.kind == "person":
        return chance.choice([*ways, entity.name.replace("ei", "ey"), entity.name.replace("y ", "i ")])
    return chance.choice([*ways, f"The {entity.name}", entity.name.replace(" ", "-")])


@pytest.fixture(scope="module", params=[False, True], ids=["apart", "joined"])
def senate(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laid]:
    with gzip.open(data / "senate-press-2004-2008.jsonl.gz") as lines:
        records = [orjson.loads(line) for line in islice(lines, SENATE_ARTICLES)]
    directory = tmp_path_factory.mktemp("senate")
    archives = both(directory, lambda archive: archive.add(records), tagged=request.param, joined=request.param)
    yield archives, _words([each.body for each in islice(archives[0].scan(), 300)])
    for archive in archives:
        archive.close()


def _words(bodies: list[str]) -> list[list[str]]:
    return [found for body in bodies if len(found := body.split()) > 8]


def test_the_same_spellings_are_joined(demo: Laid) -> None:
    ours, theirs = (_others(archive) for archive in demo[0])
    assert theirs == ours
    assert len(ours) == (236 if demo[0][0].config.entities.join_spellings else 0)


@pytest.mark.data
def test_the_same_spellings_of_the_senates_releases_are_joined(senate: Laid) -> None:
    ours, theirs = (_others(archive) for archive in senate[0])
    assert theirs == ours


@pytest.mark.parametrize("part", range(10))
def test_the_demo_archive_answers_alike(demo: Laid, part: int) -> None:
    archives, words = demo
    for seed in range(part, QUERIES, 10):
        assert_alike(archives, random_request(random.Random(seed), archives[0], words))


@pytest.mark.data
@pytest.mark.parametrize("part", range(10))
def test_the_senates_releases_answer_alike(senate: Laid, part: int) -> None:
    archives, words = senate
    for seed in range(part, QUERIES, 10):
        assert_alike(archives, random_request(random.Random(seed), archives[0], words))


def assert_alike(archives: tuple[Archive, Archive], request: SearchRequest) -> None:
    ours, theirs = (archive.search(request) for archive in archives)
    assert theirs.total == ours.total, request
    for name, facet in ours.facets.items():
        other = theirs.facets[name]
        if other.estimated:
            assert abs(other.distinct - facet.distinct) <= other.margin <= max(facet.distinct * 0.011, 1)
            other = replace(other, margin=0, distinct=facet.distinct)
        assert other == facet, request
    _same_order([(hit.id, hit.score) for hit in ours.hits], [(hit.id, hit.score) for hit in theirs.hits], request)
    snippets = {hit.id: (hit.snippets, hit.title_spans) for hit in theirs.hits}
    for hit in ours.hits:
        if hit.id in snippets:
            assert snippets[hit.id] == (hit.snippets, hit.title_spans), request


def _same_order(ours: list[tuple[str, float]], theirs: list[tuple[str, float]], request: SearchRequest) -> None:
    assert len(ours) == len(theirs)
    scores = dict(ours)
    last = ours[-1][1] if ours else 0.0
    for (id, score), (other, their_score) in zip(ours, theirs, strict=True):
        assert their_score == pytest.approx(score, rel=TIE, abs=TIE), request
        if id != other and request.sort is Sort.RELEVANCE:
            assert scores.get(other, last) == pytest.approx(score, rel=TIE), request
        elif request.sort is not Sort.RELEVANCE:
            assert id == other, request


def random_request(chance: random.Random, archive: Archive, words: list[list[str]]) -> SearchRequest:
    nodes = [_node(chance, words) for _ in range(chance.choice([1, 1, 2, 3]))]
    if len(nodes) > 1 and chance.random() < 0.3:
        nodes[-1] = negation(nodes[-1])
    tree = chance.choice([conjunction, disjunction])(*nodes)
    others = _others(archive)
    filters = []
    if others and chance.random() < 0.5:
        kind, name = chance.choice(others)
        if chance.random() < 0.5:
            values = (name,) if chance.random() < 0.7 else (name, others[0][1])
            filters.append(Filter(kind, values) if chance.random() < 0.7 else Filter(kind, (), values))
        else:
            word = chance.choice(name.split())
            plain = "".join(c for c in word if c.isalnum()) or "news"
            ways: list[Node] = [Term(plain, kind), Phrase(name, 0, kind), Exact(name, kind), Prefix(plain, kind)]
            tree = chance.choice(ways)
    if not filters and chance.random() < 0.4:
        name = chance.choice([name for name in FACETS if name != "published"])
        listed = [bucket.value for bucket in archive.facet_values(name, limit=8).buckets]
        if listed:
            chosen = tuple(sorted(chance.sample(listed, min(len(listed), chance.choice([1, 2])))))
            filters.append(Filter(name, chosen) if chance.random() < 0.7 else Filter(name, (), chosen))
    year = chance.randint(2004, 2023)
    return SearchRequest(
        query=to_text(tree),
        filters=tuple(filters),
        dates=DateRange(Period(year), Period(year + chance.randint(0, 3))) if chance.random() < 0.15 else DateRange(),
        sort=chance.choice([Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST]),
        size=chance.choice([5, 20]),
        facets=FACETS,
        facet_size=chance.choice([3, 10, 50]),
        recency=chance.random() < 0.1,
    )


def _others(archive: Archive) -> list[tuple[str, str]]:
    """The names in an archive that are shown by another one."""
    return sorted(archive.engine.snapshot.corrections.merges)  # type: ignore[attr-defined]


def _node(chance: random.Random, words: list[list[str]]) -> Node:
    text = chance.choice(words)
    at = chance.randrange(len(text) - 4)
    field = chance.choice([None, None, None, "title", "body", "summary"])
    plain = "".join(c for c in text[at] if c.isalnum()) or "news"
    match chance.randrange(11):
        case 0 | 1 | 2 | 3:
            return Term(plain, field)
        case 4:
            return Phrase(" ".join(text[at : at + chance.choice([2, 3])]).replace('"', " "), 0, field)
        case 5:
            return Phrase(f"{text[at]} {text[at + 2]}".replace('"', " "), chance.choice([1, 2, 4]), field)
        case 6:
            other = "".join(c for c in text[at + 3] if c.isalnum()) or "news"
            return Near(Term(plain, field), Term(other, field), chance.choice([2, 5, 10]), field)
        case 7:
            return Prefix(plain[:5], field) if len(plain) > 5 and plain.isascii() else Term(plain, field)
        case 8:
            return Fuzzy(plain, 1, field) if 4 < len(plain) < 12 and plain.isascii() else Exact(plain, field)
        case 9:
            return Wildcard(f"{plain[:3]}*{plain[-1]}", field) if len(plain) > 5 and plain.isascii() else Term(plain)
        case _:
            others: list[Node] = [OnDay(10, 14), Range(), Exact(plain, field), Term(plain, "source")]
            return chance.choice(others)
