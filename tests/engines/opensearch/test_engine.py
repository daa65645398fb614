"""What the engine on a cluster does beyond the contract: corrections, rebuilds, parts, large facets, far pages."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.article import Article, EntityKind
from indexer.config import Config
from indexer.engines.base import Engine
from indexer.engines.opensearch import engine as engines
from indexer.engines.opensearch.cluster import bulk_requests, indices, spellings, state
from indexer.engines.opensearch.cluster.index_names import state_index
from indexer.engines.opensearch.search import collapse, facets, searcher
from indexer.engines.opensearch.writer import rebuilding, writer
from indexer.engines.registry import open_engine
from indexer.entities import corrections_file
from indexer.entities.keys import key_rules
from indexer.errors import ConfigError, EngineUnavailable, IndexFormatMismatch, IndexLocked, NoIndex, StateError
from indexer.rejection import Origin
from indexer.search.request import SearchRequest
from tests.cluster.running import on_cluster
from tests.engines import generated
from tests.engines.asking import ask, counts, found, order
from tests.engines.asking import search as answer
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES, IDS, LAVROV, addressed, article, prepare
from tests.engines.memory import MemoryEngine
from tests.engines.test_contract_stories import ARTICLES as STORIES

HERE = Origin("tests", 1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(on_cluster(tmp_path_factory.mktemp("shared")))
    fill(engine, ARTICLES)
    yield engine
    engine.close()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return on_cluster(tmp_path / "index")


def opened(config: Config) -> engines.OpenSearchEngine:
    found = open_engine(config)
    assert isinstance(found, engines.OpenSearchEngine)
    return found


def documents_by_index(engine: engines.OpenSearchEngine) -> dict[str, int]:
    stats = engine.connection.client.indices.stats(index=f"{engine.alias}.*", metric="docs")["indices"]
    return {name.removeprefix(f"{engine.alias}."): each["primaries"]["docs"]["count"] for name, each in stats.items()}


def test_optimize_gives_back_what_replaced_articles_took(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "LET_GO_SECONDS", 40)
    engine = opened(config)
    for n in range(4):
        fill(engine, [replace(each, title=f"{each.title} {n}").with_hash() for each in addressed(ARTICLES)])
    before = documents_by_index(engine)["1.all"]
    engine.optimize()
    stats = engine.connection.client.indices.stats(index=f"{engine.alias}.1.*")["_all"]["primaries"]
    assert (before, stats["docs"]) == (4 * len(ARTICLES), {"count": len(ARTICLES), "deleted": 0})
    assert stats["segments"]["count"] == len(
        [s for s in engine.connection.client.cat.shards(index=f"{engine.alias}.1.*", format="json") if int(s["docs"])]
    )
    assert found(engine) == " ".join(IDS)
    engine.close()


def test_a_facet_of_many_values_has_exact_counts_and_says_what_is_estimated(
    shared: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answer(shared, "", facets="source,category", facet_size=3)
    monkeypatch.setattr(facets, "ALL", 7)
    part = answer(shared, "", facets="source,category", facet_size=3)
    assert not whole.facets["source"].estimated
    assert part.facets["source"].estimated
    record = part.facets["source"].to_dict()
    assert (record["estimated"], record["margin"]) == (True, 1)
    assert replace(part.facets["source"], margin=0) == whole.facets["source"]
    chosen = answer(shared, "", source=["Bote", "nowhere"], facets="source", facet_size=3).facets["source"]
    assert list(counts(chosen).items())[:2] == [("Gazette", 6), ("Order", 6)]
    assert {b.value: b.count for b in chosen.buckets if b.selected} == {"Bote": 2, "nowhere": 0}


@pytest.mark.parametrize(
    ("estimate", "margin"), [(0, 0), (1_000, 0), (1_001, 2), (40_000, 40), (40_001, 421), (2_000_000, 21_000)]
)
def test_an_estimate_has_a_margin(estimate: int, margin: int) -> None:
    assert facets.margin(estimate) == margin


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_beyond_the_clusters_window_are_walked_to(
    shared: Engine, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    everything = order(shared, "lavrov OR saffron OR minister", sort=sort)
    monkeypatch.setattr(searcher, "WINDOW", 5)
    pages = [answer(shared, "lavrov OR saffron OR minister", sort=sort, size=3, page=n) for n in range(1, 7)]
    assert [hit.id for page in pages for hit in page.hits] == everything
    assert {page.total for page in pages} == {len(everything)}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_folded_hits_are_the_same_by_page_by_cursor_and_far_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    engine = opened(on_cluster(tmp_path / "index"))
    fill(engine, STORIES)
    oracle = MemoryEngine()
    fill(oracle, STORIES)
    whole = [hit.id for hit in oracle.search(ask("", sort=sort, group=True)).hits]
    monkeypatch.setattr(collapse, "CHUNK", 2)
    for window in (10_000, 1):
        monkeypatch.setattr(searcher, "WINDOW", window)
        paged = [engine.search(ask("", sort=sort, group=True, size=1, page=n)) for n in range(1, len(whole) + 2)]
        assert [hit.id for page in paged for hit in page.hits] == whole
        assert {page.stories for page in paged} == {len(whole)}
    visited, cursor = [], None
    while True:
        page = engine.search(ask("", sort=sort, group=True, size=2, cursor=cursor))
        visited += [hit.id for hit in page.hits]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert visited == whole
    engine.close()


def test_corrections_beside_the_index_reach_the_documents_and_are_undone(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES)
    archive = Archive(config, engine)
    before = engine.generation
    corrections_file.merge(archive.corrections, "person", "Joe Biden", LAVROV)
    corrections_file.retype(archive.corrections, "organisation", "White House", "place")
    assert engine.refresh()
    assert engine.generation > before
    assert counts(answer(engine, "", facets="person").facets["person"])[LAVROV] == 6
    # As in the embedded engine the other name finds what it is shown by.
    for query in ("person:lavrov", "person:biden", 'person:"joe biden"', 'person:="Joe Biden"', "person:bid*"):
        assert found(engine, query) == "a1 a2 a3 a4 a5 a6"
    assert found(engine, person="Joe Biden") == found(engine, person=LAVROV) == "a1 a2 a3 a4 a5 a6"
    assert found(engine, exclude={"person": "Joe Biden"}) == found(engine, exclude={"person": LAVROV})
    assert found(engine, place="White House") == "a3"
    assert names(engine, "a3", "person") == (LAVROV,)
    assert names(engine, "a3", "place") == ("White House",)
    # What is added later follows the rules too, and another reader sees them without the file.
    fill(engine, [article("n1", "t", "b", None, people=("Joe Biden",))])
    elsewhere = opened(replace(config, archive=replace(config.archive, index="nowhere")))
    assert found(elsewhere, person=LAVROV) == "a1 a2 a3 a4 a5 a6 n1"
    assert names(elsewhere, "n1", "person") == (LAVROV,)
    corrections_file.remove(archive.corrections, "person", "Joe Biden")
    corrections_file.remove(archive.corrections, "organisation", "White House")
    assert engine.refresh()
    assert not engine.refresh()
    assert (found(engine, person="Joe Biden"), found(engine, organisation="White House")) == ("a3 n1", "a3")
    assert found(engine, person=LAVROV) == "a1 a2 a3 a4 a6"
    assert list(engine.check().problems) == []
    for each in (engine, elsewhere):
        each.close()


def names(engine: Engine, id: str, kind: EntityKind) -> tuple[str, ...]:
    (one,) = engine.get([id])
    assert one is not None
    return one.names(kind)


def people(engine: Engine) -> dict[str, int]:
    return counts(answer(engine, "", facets="person").facets["person"])


def talks(*names: tuple[str, str]) -> list[Article]:
    return [article(id, id, "Talks.", "2021", people=(name,)) for id, name in names]


def test_a_spelling_that_comes_later_joins_and_the_name_shown_follows_what_is_there(config: Config) -> None:
    engine, reader = opened(config), opened(config)
    fill(engine, talks(("s1", "Sergei Lavrov"), ("x", "Joe Biden")))
    assert people(engine) == {"Sergei Lavrov": 1, "Joe Biden": 1}
    fill(engine, talks(("s2", "SERGEI LAVROV")))
    assert people(engine) == {"Sergei Lavrov": 2, "Joe Biden": 1}
    # The more frequent spelling takes over: the documents before are renamed, and only those.
    reader.refresh()
    fill(engine, talks(("s3", "Sergey Lavrov"), ("s4", "Sergey Lavrov")))
    assert people(engine) == {"Sergey Lavrov": 4, "Joe Biden": 1}
    assert names(engine, "s2", "person") == ("Sergey Lavrov",)
    written = engine.connection.client.count(
        index=f"{engine.alias}.1.*", body={"query": {"term": {"born": engine.generation}}}
    )
    assert written["count"] == 4
    # A reader of the generation before sees what it saw.
    assert people(reader) == {"Sergei Lavrov": 2, "Joe Biden": 1}
    assert found(reader, person="Sergei Lavrov") == "s1 s2"
    with engine.writer(prepare) as removing:
        removing.remove(["s1", "s3", "s4"])
        removing.commit()
    engine.refresh()
    assert people(engine) == {"SERGEI LAVROV": 1, "Joe Biden": 1}
    assert engine.snapshot.shown_names.spellings.groups == {}
    assert list(engine.check().problems) == []
    for each in (engine, reader):
        each.close()


def test_names_that_a_killed_commit_has_changed_are_as_they_were(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(config)
    fill(engine, talks(("s1", "Sergei Lavrov")))
    monkeypatch.setattr(writer, "write_state", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with engine.writer(prepare) as dying:
        for each in talks(("s2", "Sergey Lavrov"), ("s3", "Sergey Lavrov")):
            dying.add(each, HERE)
        with pytest.raises(KeyboardInterrupt):
            dying.commit()
    monkeypatch.undo()
    assert people(engine) == people(opened(config)) == {"Sergei Lavrov": 1}
    fill(engine, talks(("x", "Joe Biden")))
    assert people(engine) == {"Sergei Lavrov": 1, "Joe Biden": 1}
    assert documents_by_index(engine)["1.all"] == 2
    monkeypatch.setattr(writer, "GRACE_SECONDS", -1)
    fill(engine, talks(("y", "Joe Biden")))
    # The table of spellings that was never committed is gone; what is there is the state.
    client, index = engine.connection.client, state_index(engine.alias)
    client.indices.refresh(index=index)
    assert [hit["_id"] for hit in client.search(index=index)["hits"]["hits"]] == [state.STATE]
    engine.close()


def test_spellings_part_and_meet_when_the_configuration_says_so(config: Config) -> None:
    apart = replace(config, entities=replace(config.entities, join_spellings=False))
    engine = opened(apart)
    fill(engine, talks(("s1", "Sergei Lavrov"), ("s2", "Sergey Lavrov"), ("s3", "Sergey Lavrov"), ("k", "Kyiv")))
    assert people(engine) == {"Sergey Lavrov": 2, "Sergei Lavrov": 1, "Kyiv": 1}
    assert found(engine, person="Sergei Lavrov") == "s1"
    joining = opened(config)
    joining.optimize()
    assert people(joining) == {"Sergey Lavrov": 3, "Kyiv": 1}
    with opened(apart).writer(prepare) as one:
        one.commit()
    joining.refresh()
    assert people(joining) == {"Sergey Lavrov": 2, "Sergei Lavrov": 1, "Kyiv": 1}
    for each in (engine, joining):
        each.close()


def test_a_rule_goes_before_the_spelling_and_takes_the_others_along(config: Config) -> None:
    engine = opened(config)
    fill(
        engine, talks(("s1", "Sergei Lavrov"), ("s2", "Sergey Lavrov"), ("s3", "Sergey Lavrov"), ("x", "S. V. Lavrov"))
    )
    file = Archive(config, engine).corrections
    corrections_file.merge(file, "person", "S. V. Lavrov", "Sergei Lavrov")
    engine.refresh()
    assert people(engine) == {"Sergei Lavrov": 4}
    assert found(engine, "person:sergey") == found(engine, 'person:"s v lavrov"') == "s1 s2 s3 x"
    corrections_file.remove(file, "person", "S. V. Lavrov")
    engine.refresh()
    assert people(engine) == {"Sergey Lavrov": 3, "S. V. Lavrov": 1}
    corrections_file.ignore(file, "person", "Sergey Lavrov")
    engine.refresh()
    assert people(engine) == {"Sergei Lavrov": 1, "S. V. Lavrov": 1}
    engine.close()


def test_keys_that_other_rules_made_are_made_anew_by_optimize(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    engine = opened(config)
    fill(engine, talks(("s1", "Sergei Lavrov"), ("s2", "Sergey Lavrov"), ("s3", "Sergey Lavrov")))
    client, index = engine.connection.client, state_index(engine.alias)
    client.update(index=index, id=state.STATE, body={"doc": {"keys": "0-other"}})
    fill(engine, talks(("s4", "SERGEY LAVROV")))
    assert "indexer optimize" in caplog.text
    engine.optimize()
    assert set(documents_by_index(engine)) == {"1.all", "2.all", "state"}
    assert engine.snapshot.state.keys == key_rules()
    assert people(engine) == {"Sergey Lavrov": 4}
    caplog.clear()
    fill(engine, talks(("s5", "Joe Biden")))
    assert "indexer optimize" not in caplog.text
    engine.close()


def test_names_are_changed_even_if_the_cluster_is_busy_for_a_while(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(config)
    fill(engine, talks(("s1", "Sergei Lavrov"), ("s2", "Joe Biden")))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    really = engine.connection.search
    refused: list[str] = []

    def busy(body: dict[str, Any], index: str, *rest: Any) -> Any:
        if "pit" in body and len(refused) < 3:
            refused.append(body["pit"]["id"])
            raise EngineUnavailable("busy")
        return really(body, index, *rest)

    monkeypatch.setattr(engine.connection, "search", busy)
    corrections_file.merge(Archive(config, engine).corrections, "person", "Joe Biden", "Sergei Lavrov")
    assert engine.refresh()
    assert people(engine) == {"Sergei Lavrov": 2}
    assert len(set(refused)) == 3  # each time with a new view
    engine.close()


def test_a_large_table_of_spellings_is_written_in_parts_and_only_what_has_changed(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spellings, "GROUPS_IN_PART", 2)
    engine = opened(config)
    names = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Karen Jones", "Edsger Dijkstra"]
    both = [(f"{n}{way.__name__}", way(name)) for n, name in enumerate(names) for way in (str.upper, str.title)]
    fill(engine, talks(*both))
    before = engine.snapshot.shown_names.spellings
    assert (len(before.groups), people(engine)) == (5, dict.fromkeys(names, 2))
    fill(engine, talks(("k1", "karen jones"), ("z", "Nobody Else")))
    after = engine.snapshot.shown_names.spellings
    assert len(before.parts) > 1
    assert len(set(after.parts) - set(before.parts)) == 1
    assert people(opened(config)) == dict.fromkeys(names, 2) | {"Karen Jones": 3, "Nobody Else": 1}
    engine.close()


def test_corrections_wait_for_the_writer(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:3])
    with engine.writer(prepare):
        corrections_file.ignore(Archive(config, engine).corrections, "person", "Joe Biden")
        assert not engine.refresh()
        assert found(engine, person="Joe Biden") == "a3"
    assert engine.refresh()
    assert found(engine, person="Joe Biden") == ""
    engine.close()


def test_another_number_of_shards_and_parts_by_year_come_with_optimize(config: Config) -> None:
    engine = opened(config)
    fill(engine, addressed(ARTICLES), commits=2)
    fill(engine, addressed(STORIES))
    corrections_file.ignore(Archive(config, engine).corrections, "person", "Joe Biden")
    engine.refresh()
    before = answer(engine, "", facets="all", sort="oldest")
    reader = opened(config)
    parted = opened(replace(config, engine=replace(config.engine, shards=1, partition="year")))
    parted.optimize()
    assert parted.generation > before.generation
    after = answer(parted, "", facets="all", sort="oldest")
    assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
    assert after.facets == before.facets
    assert [hit.id for hit in parted.copies("a1")] == ["a2", "a3", "a4"]
    # Searches that began before go on in what there was.
    assert found(reader) == found(parted)
    laid_out = documents_by_index(parted)
    assert laid_out["2.2022"] == 6
    assert laid_out["2.undated"] == sum(each.published is None for each in (*ARTICLES[5:], *STORIES[1:]))
    alias = parted.connection.client.indices.get_alias(name=parted.alias)
    assert {name.split(".")[1] for name in alias} == {"2"}
    # A new year gets an index of its own, and an article that moves leaves its old one.
    fill(parted, [article("y1", "t", "b", "2030-05-05"), replace(addressed(ARTICLES)[6], published=None).with_hash()])
    assert documents_by_index(parted)["2.2030"] == 1
    assert found(parted, published="2030") == "y1"
    assert found(parted, "resign* -date:*") == ARTICLES[6].id
    assert list(parted.check().problems) == []
    for each in (engine, reader, parted):
        each.close()


@pytest.mark.parametrize(("partition", "period", "limit"), [("", "all", 20), ("year", "2020", 40)])
def test_an_index_that_is_full_is_rolled_over_and_nothing_is_doubled(
    config: Config, monkeypatch: pytest.MonkeyPatch, partition: str, period: str, limit: int
) -> None:
    monkeypatch.setattr(indices, "MB", 1_000)
    many = addressed(generated.articles(seed=3, count=120))
    rolling = replace(config, engine=replace(config.engine, partition=partition, roll_over_mb=limit, shards=1))
    engine, oracle = opened(rolling), MemoryEngine()
    changed = addressed(generated.changed(each, 2) for each in many[:40:2])
    moved = [replace(each, published=ARTICLES[6].published, title="Moved").with_hash() for each in many[1:40:8]]
    for each in (engine, oracle):
        fill(each, many, commits=4)
        fill(each, [*changed, *moved], commits=2)
        with each.writer(prepare) as removing:
            assert removing.remove([article.id for article in many[50:60]]) == 10
            removing.commit()
        each.refresh()
    laid_out = documents_by_index(engine)
    assert {f"1.{period}", f"1.{period}-000002"} <= set(laid_out)
    assert_same_answers(engine, oracle)
    assert list(engine.check().problems) == []
    assert engine.stats().articles == 110
    # What did not change stays where it is, in whatever index.
    with engine.writer(prepare) as again:
        for kept in (*many[60:], *changed, *moved):
            again.add(kept, HERE)
        assert again.commit().unchanged == 60 + 20 + 5
    alias = engine.connection.client.indices.get_alias(name=engine.alias)
    assert {name.removeprefix(f"{engine.alias}.") for name in alias} == set(documents_by_index(engine)) - {"state"}
    # A rebuild rolls over as well.
    monkeypatch.setattr(rebuilding, "ROLL_EVERY", 40)
    monkeypatch.setattr(bulk_requests, "REQUEST_BYTES", 10_000)
    rebuilt = opened(replace(rolling, engine=replace(rolling.engine, shards=2)))
    rebuilt.optimize()
    assert f"2.{period}-000002" in documents_by_index(rebuilt)
    assert_same_answers(rebuilt, oracle)
    for opened_engine in (engine, rebuilt):
        opened_engine.close()


def assert_same_answers(engine: Engine, oracle: Engine) -> None:
    for query in ("", "lavrov", "talks OR gas", "moved", "date:2021"):
        mine, theirs = (answer(each, query, facets="all", sort="oldest", size=100) for each in (engine, oracle))
        assert [hit.id for hit in mine.hits] == [hit.id for hit in theirs.hits]
        assert (mine.total, mine.facets) == (theirs.total, theirs.facets)


def test_documents_of_another_format_are_refused_until_they_are_rebuilt(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(config)
    fill(engine, ARTICLES)
    client = engine.connection.client
    client.update(index=state_index(engine.alias), id=state.STATE, body={"doc": {"format": 0}})
    old = opened(config)
    with pytest.raises(IndexFormatMismatch, match="indexer rebuild"):
        old.search(SearchRequest())
    with pytest.raises(IndexFormatMismatch), old.writer(prepare):
        pass
    old.optimize()
    assert found(old) == " ".join(IDS)
    monkeypatch.setattr(writer, "GRACE_SECONDS", -1)
    fill(old, [article("n", "t", "b", None)])
    assert set(documents_by_index(old)) == {"2.all", "state"}
    assert engine.refresh()
    assert found(engine, "t") == "n"
    for each in (engine, old):
        each.close()


def test_what_a_dead_writer_left_is_cleared_and_what_it_marked_lives(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:3])
    # It dies in the middle of a commit: documents are there, old ones are marked, the state is not written.
    monkeypatch.setattr(writer, "write_state", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with engine.writer(prepare) as dying:
        dying.add(replace(ARTICLES[0], body="changed").with_hash(), HERE)
        dying.add(ARTICLES[5], HERE)
        dying.remove(["a2"])
        with pytest.raises(KeyboardInterrupt):
            dying.commit()
    monkeypatch.undo()
    assert found(engine) == found(opened(config)) == "a1 a2 a3"
    assert documents_by_index(engine)["1.all"] == 5
    fill(engine, ARTICLES[3:4])
    assert found(engine) == "a1 a2 a3 a4"
    assert engine.get(["a1"]) == [ARTICLES[0]]
    assert documents_by_index(engine)["1.all"] == 4
    assert list(engine.check().problems) == []
    engine.close()


def test_the_lock_of_a_dead_process_is_taken_over_and_that_of_a_living_one_named(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:1])
    client, index = engine.connection.client, state_index(engine.alias)
    with engine.writer(prepare), pytest.raises(IndexLocked, match=r"process \d+ on .*less than a second"):
        engine.writer(prepare)
    held = {"token": "x", "pid": 1, "host": "elsewhere", "started": 0, "renewed": 4e9}
    client.index(index=index, id=state.LOCK, body=held)
    with pytest.raises(IndexLocked, match=r"process 1 on elsewhere, for \d+ days"):
        engine.writer(prepare)
    client.index(index=index, id=state.LOCK, body=held | {"renewed": 0})
    fill(engine, ARTICLES[1:2])
    assert found(engine) == "a1 a2"
    engine.close()


def test_a_writer_whose_lock_was_taken_commits_nothing(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:1])
    client, index = engine.connection.client, state_index(engine.alias)
    with engine.writer(prepare) as slow:
        slow.add(ARTICLES[1], HERE)
        client.delete(index=index, id=state.LOCK)
        fill(engine, ARTICLES[2:3])
        with pytest.raises(StateError, match="taken the lock over"):
            slow.commit()
    engine.refresh()
    assert found(engine) == "a1 a3"
    engine.close()


def test_check_finds_what_is_not_as_it_was_written(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:4])
    client = engine.connection.client
    hits = client.search(index=f"{engine.alias}.1.*")["hits"]["hits"]
    places = {hit["_source"]["id"]: hit for hit in hits}
    record = places["a1"]["_source"]["record"].replace("Damascus", "Damaskus")
    client.update(index=places["a1"]["_index"], id=places["a1"]["_id"], body={"doc": {"record": record}}, refresh=True)
    client.delete(index=places["a2"]["_index"], id=places["a2"]["_id"], refresh=True)
    problems = engine.check().problems
    assert len(problems) == 2
    assert "'a1' is not what was written" in problems[0]
    assert problems[1] == "4 articles were committed, 3 are there"
    engine.close()


def test_an_article_the_cluster_refuses_is_rejected_with_the_reason_and_the_others_stay(config: Config) -> None:
    engine = opened(config)
    with engine.writer(prepare) as one:
        one.add(article("long", "t", "b", None, "x" * 40_000), HERE)
        one.add(ARTICLES[0], HERE)
        counted = one.commit()
    engine.refresh()
    assert (counted.new, len(counted.rejected)) == (1, 1)
    assert counted.rejected[0].reason == "refused-by-engine"
    assert "immense term" in counted.rejected[0].detail
    assert found(engine) == "a1"
    engine.close()


def test_nothing_is_there_before_the_first_build(config: Config) -> None:
    engine = opened(config)
    with pytest.raises(NoIndex, match="indexer build"):
        engine.search(SearchRequest())
    with pytest.raises(NoIndex):
        engine.optimize()
    engine.close()


def test_an_index_that_was_deleted_is_missed(config: Config) -> None:
    engine = opened(config)
    fill(engine, ARTICLES[:2])
    engine.connection.client.indices.delete(index=f"{engine.alias}.1.*")
    with pytest.raises(EngineUnavailable, match="not on"):
        engine.search(SearchRequest())
    engine.close()


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "indexer.engines.opensearch.engine", None)
    with pytest.raises(ConfigError):
        open_engine(Config(engine=replace(Config().engine, name="opensearch")))
