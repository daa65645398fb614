"""Random searches of random archives: the engine answers as the oracle does, which looks at every article."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.search import searcher
from indexer.search.parser import parse
from indexer.search.printer import to_text
from indexer.search.request import MISSING, DateRange, Filter, Match, Period, SearchRequest, Sort
from indexer.search.results import SearchResults
from tests.engines.memory import MemoryEngine
from tests.engines.whoosh.archives import CATEGORIES, NAMES, SOURCES, WORDS, open_engine, open_oracle, random_articles

pytestmark = pytest.mark.usefixtures("kernels")

Engines = tuple[WhooshEngine, MemoryEngine]

FACETS = (
    "published", "source", "category", "language", "translated_from", "author", "person", "organisation", "place",
)  # fmt: skip
FIELDS = ("title", "summary", "body")


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "three segments"])
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engines:
    articles = random_articles(7, 90)
    directory: Path = tmp_path_factory.mktemp("random")
    return open_engine(directory, articles, request.param), open_oracle(articles)


def word(chance: random.Random) -> str:
    return chance.choice(WORDS).replace('"', "")


PATTERNS = ("min*", "sum*", "sai*", "m?n*", "w?r", "s*t", "كت*", "росс*")
VALUES = (
    "source:post",
    "source:=sana",
    "category:news",
    "category:=News",
    "lang:en",
    "-source:*",
    "url:war",
    "url:exam*",
)
DATES = ("published:2020", "published:2020-03..2020-09", "after:2021-01-15", "before:2020-02", "on:02-29", "on:01-10")


def operand(chance: random.Random) -> str:
    field = chance.choice(("", "", "", "", *(f"{name}:" for name in FIELDS)))
    match chance.randrange(14):
        case 0 | 1 | 2 | 3:
            return field + word(chance)
        case 4:
            return f'{field}"{word(chance)} {word(chance)}"'
        case 5:
            return f'{field}"{word(chance)} {word(chance)} {word(chance)}"~{chance.randrange(6)}'
        case 6:
            return f"{field}={word(chance)}"
        case 7:
            return f"{field}{chance.choice(PATTERNS)}"
        case 8:
            return f"{field}{word(chance)}~{chance.choice((1, 2))}"
        case 9:
            return f"{word(chance)} NEAR/{chance.randrange(6)} " + chance.choice((word(chance), '"the war"'))
        case 10:
            name = chance.choice(("person", "org", "place", "author"))
            value = chance.choice(NAMES)
            first = value.split()[0]
            return f"{name}:" + chance.choice((f'"{value}"', first, f"={first}", "an*", "ana~1", "*"))
        case 11:
            return chance.choice(VALUES)
        case 12:
            return chance.choice((*DATES, "-published:*"))
        case _:
            return f"({operand(chance)} OR {operand(chance)})"


def query(chance: random.Random) -> str:
    parts = [chance.choice(("", "", "", "-")) + operand(chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    return chance.choice((" ", " ", " OR ")).join(parts)


def filters(chance: random.Random) -> tuple[Filter, ...]:
    pools = {
        "source": SOURCES[1:], "category": CATEGORIES[1:], "person": NAMES, "place": NAMES, "author": NAMES,
        "published": ("2020", "2021-02", "2020-01-10"), "language": ("en", "fr", "xx"),
    }  # fmt: skip
    chosen = []
    for field in chance.sample(sorted(pools), chance.choice((0, 0, 1, 2))):
        values = (*pools[field], MISSING)
        kept = tuple(chance.sample(values, chance.choice((0, 1, 2))))
        dropped = tuple(value for value in chance.sample(values, chance.choice((0, 0, 1))) if value not in kept)
        if kept or dropped:
            chosen.append(Filter(field, kept, dropped))
    return tuple(chosen)


def random_request(chance: random.Random) -> SearchRequest:
    ranges = DateRange(Period(2020, 2), Period(2020, 11)), DateRange(None, Period(2020))
    dates = chance.choice((*(DateRange(),) * 4, *ranges))
    sort = chance.choice(tuple(Sort))
    return SearchRequest(
        query(chance),
        filters(chance),
        dates,
        sort,
        size=100,
        facets=FACETS,
        facet_size=chance.choice((3, 20)),
        budget_ms=600_000,  # a hundred explained hits on a machine that does ten other things
    )


def comparable(results: SearchResults) -> object:
    return (
        results.total,
        [(hit.id, round(hit.score, 7), hit.title_spans, hit.article) for hit in results.hits],
        results.facets,
        results.understood,
    )


@pytest.mark.parametrize("seed", range(120))
def test_the_same_hits_scores_order_and_facets(engines: Engines, seed: int) -> None:
    ours, oracle = engines
    request = random_request(random.Random(seed))
    found, expected = ours.search(request), oracle.search(request)
    assert comparable(found) == comparable(expected), request


@pytest.mark.parametrize("seed", range(30))
def test_every_hit_is_reached_once_by_pages_and_by_cursors(
    engines: Engines, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = engines
    request = replace(random_request(random.Random(seed)), facets=(), snippets=False)
    expected = [hit.id for hit in ours.search(request).hits]
    monkeypatch.setattr(searcher, "_MANY", seed % 2)  # pages are looked for among the best however few match
    size = 1 + seed % 7
    by_page: list[str] = []
    page = 1
    while hits := ours.search(replace(request, size=size, page=page)).hits:
        by_page += [hit.id for hit in hits]
        page += 1
    by_cursor: list[str] = []
    cursor = None
    while True:
        results = ours.search(replace(request, size=size, cursor=cursor))
        by_cursor += [hit.id for hit in results.hits]
        cursor = results.next_cursor
        if cursor is None:
            break
    assert by_page == by_cursor == expected


@pytest.mark.parametrize("seed", range(40))
def test_the_best_alone_are_those_of_the_search(engines: Engines, seed: int) -> None:
    ours, _ = engines
    chance = random.Random(seed)
    request = replace(random_request(chance), facets=(), snippets=False)
    request = replace(request, sort=chance.choice((Sort.RELEVANCE, request.sort)), match=chance.choice(tuple(Match)))
    request = replace(request, size=chance.choice((1, 3, 50)), page=chance.choice((1, 2)))
    assert ours.top(request) == ours.search(request).hits, request


@pytest.mark.parametrize("seed", range(40))
def test_explanations_add_up(engines: Engines, seed: int) -> None:
    ours, _ = engines
    request = replace(random_request(random.Random(seed)), facets=(), snippets=False, explain=True)
    understood = to_text(parse(request.query).tree)
    for hit in ours.search(request).hits:
        assert sum(share.score for share in hit.explanation) == pytest.approx(hit.score, abs=1e-9)
        assert all(share.frequency > 0 and share.clause in understood for share in hit.explanation)
