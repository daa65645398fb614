"""Corrections of entities on an index as it stands: the same answers as from articles corrected beforehand."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.article import Article, Entity, Mention
from indexer.config import Config, EngineConfig, EntitiesConfig
from indexer.engines.shared.entity_corrections import corrected_article
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.entities.corrections import Corrections
from indexer.entities.corrections_reader import read_corrections
from indexer.search.request import MISSING, Filter, Match, SearchRequest
from tests.engines.whoosh.archives import NAMES, open_engine, random_articles

Engines = tuple[WhooshEngine, WhooshEngine]
RULES = """
[merge]
person."Anna Ruiz" = "Ana Ruiz"
organisation."Joe Biden" = "NATO"
source."sana news" = "SANA"
source."the post" = "The New Post"
[rename]
place."北京市" = "Beijing"
[ignore]
organisation."United Nations" = true
[retype]
person."NATO" = "organisation"
place."Éric" = "person"
"""
# Names that are added and split, in passing and not, beside the rules above.
QUERIES = """
[add]
person."Joe Biden" = 'war OR minister'
organisation."New Body" = 'oil source:sana'
place."United Nations" = 'summit -source:"kyiv post"'
person."Anna Ruiz" = 'iraq'
[split]
person."Joe O'Brien" = { "Joe (oil)" = 'oil', "Joe O'Brien" = 'kyiv', "Joe Biden" = 'war', "Zoe" = 'category:sport' }
person."Éric Zola" = { "Ana Ruiz" = 'war OR oil OR iraq' }
organisation."NATO" = { "Éric Zola" = 'category:news', "NATO (body)" = 'minister' }
"""
ENTITY_FACETS = ("person", "organisation", "place", "source")
RULE_SETS = {"names": RULES, "names and queries": RULES + QUERIES}


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "three segments"])
def segments(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module", params=list(RULE_SETS))
def engines(request: pytest.FixtureRequest, segments: int, tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """One whose index knows nothing of the rules, and one made of corrected articles."""
    directory: Path = tmp_path_factory.mktemp("corrections")
    articles = random_articles(11, 120)
    file = directory / "rules.toml"
    file.write_text(RULE_SETS[request.param])
    rules = read_corrections(file)
    beside = directory / "raw"
    beside.mkdir()
    (beside / "entities.toml").write_text(RULE_SETS[request.param])
    found = _found(rules, open_engine(directory / "before", articles))
    plain: Sequence[Article] = [
        corrected_article(rules, article, lambda query, id=article.id: id in found[query])  # type: ignore[misc]
        for article in articles
    ]
    return open_engine(beside, articles, segments), open_engine(directory / "plain", plain, 2)


def _found(rules: Corrections, engine: WhooshEngine) -> dict[str, set[str]]:
    """The articles that the queries of rules find."""
    requests = {query: SearchRequest(query, match=Match.ALL, size=200) for query in rules.queries}
    return {query: {hit.id for hit in engine.search(asked).hits} for query, asked in requests.items()}


def requests() -> list[SearchRequest]:
    names = (*NAMES, "Beijing", "New Body", "Joe (oil)", "Zoe", "NATO (body)", "SANA", "The New Post", "sana news")
    queries = (
        "",
        "war",
        "person:ruiz",
        "org:nato",
        "place:beijing",
        "place:北京",
        "person:éric",
        "-org:*",
        '="ana"',
        "person:joe",
    )
    chance = random.Random(3)
    found = [SearchRequest(query, facets=ENTITY_FACETS, facet_size=20, size=100) for query in queries]
    for kind in ENTITY_FACETS:
        for name in (*names, MISSING):
            chosen = chance.choice((Filter(kind, (name,)), Filter(kind, (), (name,))))
            found.append(replace(found[chance.randrange(len(queries))], filters=(chosen,)))
    return found


@pytest.mark.parametrize("request_", requests(), ids=lambda r: f"{r.query} {r.filters}")
def test_corrections_answer_like_corrected_articles(engines: Engines, request_: SearchRequest) -> None:
    raw, plain = engines
    # Names that were merged away mean what they were merged into; the other index knows them not.
    asked = replace(
        request_,
        query=request_.query.replace("北京", "beijing"),
        filters=tuple(Filter(f.field, renamed(f, f.values), renamed(f, f.excluded)) for f in request_.filters),
    )
    found, expected = raw.search(request_), plain.search(asked)
    assert found.total == expected.total
    assert [hit.article for hit in found.hits] == [hit.article for hit in expected.hits]
    if asked == request_:
        assert found.facets == expected.facets


RENAMED = {
    ("person", "Anna Ruiz"): "Ana Ruiz",
    ("organisation", "Joe Biden"): "NATO",
    ("place", "北京市"): "Beijing",
    ("source", "sana news"): "SANA",
}


def renamed(chosen: Filter, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(RENAMED.get((chosen.field, name), name) for name in names)


def test_suggestions_and_counts_are_corrected(engines: Engines) -> None:
    raw, plain = engines
    for typed in ("ana", "beij", "北京", "united"):
        assert raw.suggest(typed) == plain.suggest(typed)
    assert raw.stats().distinct == plain.stats().distinct


def test_a_changed_file_is_taken_up_and_a_removed_line_undone(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, random_articles(5, 60), 2)
    everything = SearchRequest(facets=("place",), facet_size=50)
    before = engine.search(everything).facets["place"]
    assert not engine.refresh()
    rules = tmp_path / "entities.toml"
    rules.write_text('[rename]\nplace."NATO" = "Atlantic Pact"\n')
    assert engine.refresh()
    values = {bucket.value: bucket.count for bucket in engine.search(everything).facets["place"].buckets}
    old = {bucket.value: bucket.count for bucket in before.buckets}
    assert values == {("Atlantic Pact" if name == "NATO" else name): count for name, count in old.items()}
    rules.write_text("")
    assert engine.refresh()
    assert engine.search(everything).facets["place"] == before


def test_a_broken_file_does_not_stop_a_running_engine(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = open_engine(tmp_path, random_articles(5, 10))
    (tmp_path / "entities.toml").write_text("[merge\n")
    assert not engine.refresh()
    assert "The corrections stay as they were" in caplog.text
    assert engine.search(SearchRequest()).total == 10


def test_spellings_stay_apart_where_that_is_asked_for(tmp_path: Path) -> None:
    articles = [
        Article(f"a{n}", entities=(Entity("person", name, given=True),)).with_hash()
        for n, name in enumerate(("Sergei Lavrov", "Sergey Lavrov", "Sergey Lavrov"))
    ]
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(join_spellings=False))
    with open_archive(config.with_index(tmp_path / "index")) as archive:
        archive.add(articles)
        facet = archive.search(facets="person").facets["person"]
        assert {bucket.value: bucket.count for bucket in facet.buckets} == {"Sergey Lavrov": 2, "Sergei Lavrov": 1}
        assert archive.search(person="Sergei Lavrov").total == 1


def test_mentions_are_added_up_over_the_names_of_an_entity(tmp_path: Path) -> None:
    """Three of them count: once and twice, or thrice under one name, not once and once."""

    def told(id: str, **mentions: int) -> Article:
        names = {"sergei": "Sergei Lavrov", "sergey": "Sergey Lavrov", "ali": "Ali Khamenei"}
        found = (
            Entity("person", names[name], tuple(Mention(place, place + 3) for place in range(0, 10 * count, 10)))
            for name, count in mentions.items()
        )
        return Article(id, entities=tuple(found)).with_hash()

    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False, min_mentions=3))
    with open_archive(config.with_index(tmp_path / "index")) as archive:
        archive.add([told("a", sergei=1, ali=2, sergey=2), told("b", ali=2, sergey=1, sergei=1), told("c", sergey=3)])
        archive.add([told("d", sergei=300), told("e", sergei=2, sergey=300, ali=3), told("f", ali=1, sergey=2)])
        facet = archive.search(facets="person").facets["person"]
        assert {bucket.value: bucket.count for bucket in facet.buckets} == {"Sergey Lavrov": 4, "Ali Khamenei": 1}
        assert (facet.missing, facet.distinct) == (2, 2)
        assert sorted(hit.id for hit in archive.search(person="Sergei Lavrov").hits) == ["a", "c", "d", "e"]
        (tmp_path / "index" / "entities.toml").write_text('[merge]\nperson."Ali Khamenei" = "Sergey Lavrov"\n')
        archive.refresh()
        facet = archive.search(facets="person").facets["person"]
        assert {bucket.value: bucket.count for bucket in facet.buckets} == {"Sergey Lavrov": 6}


def test_a_commit_changes_whom_a_short_name_means_in_older_segments(tmp_path: Path) -> None:
    def told(*people: str) -> list[Article]:
        named = (
            (f"{name} {at} of {len(people)}", Entity("person", name, given=True)) for at, name in enumerate(people)
        )
        return [Article(id, entities=(entity,)).with_hash() for id, entity in named]

    def listed() -> dict[str, int]:
        return {bucket.value: bucket.count for bucket in archive.search(facets="person").facets["person"].buckets}

    config = Config(engine=EngineConfig(processes=1))
    with open_archive(config.with_index(tmp_path / "index")) as archive:
        archive.add(told("Obama", *["Barack Obama"] * 4))
        assert listed() == {"Barack Obama": 4, "Obama": 1}
        archive.add(told("Barack Obama"))
        assert listed() == {"Barack Obama": 6}
        archive.add(told("Michelle Obama"))
        assert listed() == {"Barack Obama": 5, "Michelle Obama": 1, "Obama": 1}
        (tmp_path / "index" / "entities.toml").write_text('[merge]\nperson."Michelle Obama" = "Barack Obama"\n')
        archive.refresh()
        assert listed() == {"Barack Obama": 7}
        (tmp_path / "index" / "entities.toml").write_text('[keep]\nperson."obama" = true\n')
        archive.refresh()
        assert listed() == {"Barack Obama": 5, "Michelle Obama": 1, "Obama": 1}
