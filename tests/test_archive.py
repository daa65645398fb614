"""The facade: opening, asking, writing, and the archive that comes back from its own export."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import orjson
import pytest

from indexer import (
    Archive,
    Article,
    Config,
    ConfigError,
    Entity,
    NoIndex,
    NotFound,
    Precision,
    Published,
    QueryTooExpensive,
    SearchRequest,
    UsageError,
    WrongType,
    WrongValue,
    open_archive,
)
from indexer.config import EngineConfig, EntitiesConfig, SearchConfig
from indexer.interchange import to_record
from indexer.writing import WriteCounts

PLAIN = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))


def _at(day: str) -> Published:
    return Published(datetime.fromisoformat(day).replace(tzinfo=UTC))


ARTICLES = (
    Article(
        "a1",
        "Lavrov meets Biden",
        body="They met in Geneva.",
        source="SANA",
        published=_at("2021-10-14"),
        language="en",
    ),
    Article(
        "a2",
        "Biden speaks",
        body="About Geneva and the summit.",
        source="TASS",
        published=_at("2021-11-01"),
        language="en",
    ),
    Article(
        "a3",
        "A quiet day",
        body="Nothing happened.",
        source="SANA",
        language="en",
        entities=(Entity("place", "Rome", given=True),),
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "index", config=PLAIN) as opened:
        opened.add(ARTICLES)
        yield opened


# Opening


def test_an_index_directory_a_configuration_file_and_a_config_all_open(tmp_path: Path) -> None:
    index = tmp_path / "news"
    file = tmp_path / "paper.toml"
    file.write_text('[archive]\nindex = "news"\nname = "The Gazette"\n', encoding="utf-8")
    with open_archive(index) as one, open_archive(file) as two, open_archive(PLAIN.with_index(index)) as three:
        assert one.place == two.place == three.place == str(index)
        assert two.config.archive.name == "The Gazette"


def test_without_a_word_the_configuration_of_the_current_directory_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('[archive]\nindex = "here"\n', encoding="utf-8")
    with open_archive() as archive:
        assert archive.place == "here"


def test_an_unknown_engine_is_a_mistake_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"there is no engine 'whosh'. Perhaps you meant 'whoosh'"):
        open_archive(replace(PLAIN, engine=EngineConfig(name="whosh")))


def test_searching_where_nothing_was_built_says_so(tmp_path: Path) -> None:
    with open_archive(tmp_path / "empty") as archive, pytest.raises(NoIndex, match="indexer build"):
        archive.search("x")
    assert not (tmp_path / "empty").exists()


def test_closing_twice_is_harmless(archive: Archive) -> None:
    archive.close()
    archive.close()


# Asking


def test_a_search_with_options_and_as_a_request_is_the_same(archive: Archive) -> None:
    options = archive.search("biden", source="SANA", facets="none")
    request = archive.search(SearchRequest("biden", facets=(), budget_ms=10_000).with_filter("source", "SANA"))
    assert options.total == 1
    assert options.hits == request.hits


def test_a_whole_request_takes_no_further_options(archive: Archive) -> None:
    with pytest.raises(UsageError, match="cannot be added to it"):
        archive.search(SearchRequest("biden"), source="SANA")


def test_sizes_come_from_the_configuration(tmp_path: Path) -> None:
    config = replace(PLAIN, search=SearchConfig(page_size=2, facet_size=1, budget_ms=5_000))
    with open_archive(tmp_path / "index", config=config) as archive:
        assert archive.request("q") == SearchRequest("q", size=2, facet_size=1, spellcheck=True, budget_ms=5_000)
        archive.add(ARTICLES)
        results = archive.search()
        assert (len(results.hits), len(results.facets["source"].buckets), results.facets["source"].distinct) == (
            2,
            1,
            2,
        )


def test_an_article_comes_back_whole(archive: Archive) -> None:
    assert archive.get("a3") == ARTICLES[2].with_hash()
    assert archive.get_many(["a2", "zz", "a1"]) == [ARTICLES[1].with_hash(), None, ARTICLES[0].with_hash()]


def test_an_article_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(NotFound, match="There is no article 'zz' in "):
        archive.get("zz")


def test_values_of_a_facet(archive: Archive) -> None:
    page = archive.facet_values("site", order="name")
    assert [(bucket.value, bucket.count) for bucket in page.buckets] == [("SANA", 2), ("TASS", 1)]
    assert archive.facet_values("source", "biden", contains="ta").total == 1
    with pytest.raises(UsageError, match="unknown facet 'title'"):
        archive.facet_values("title")


def test_scanning_gives_whole_articles(archive: Archive) -> None:
    assert {article.id: article for article in archive.scan()} == {a.id: a.with_hash() for a in ARTICLES}
    assert {article.id for article in archive.scan("biden", to="2021-10")} == {"a1"}


def test_suggestions_relatives_and_numbers(archive: Archive) -> None:
    assert "TASS" in [offer.text for offer in archive.suggest("ta")]
    assert [hit.id for hit in archive.related("a1")][:1] == ["a2"]
    stats = archive.stats()
    assert (stats.articles, stats.undated, stats.first_day, stats.last_day) == (3, 1, "2021-10-14", "2021-11-01")
    assert archive.check().problems == ()
    assert archive.check().articles == 3


def test_a_build_and_the_archive_say_what_finds_names_in_each_language(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "Kanzler in Paris", "body": "Olaf Scholz sprach mit Emmanuel Macron.", "language": "de"},
        {"id": "b", "title": "Mkutano", "body": "Rais alikutana na waandishi wa habari.", "language": "sw"},
    ]
    (tmp_path / "news.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    config = replace(PLAIN, entities=EntitiesConfig(taggers={"de": "crf"}))
    with open_archive(tmp_path / "index", config=config) as archive:
        report = archive.build(tmp_path / "news.jsonl")
        assert report.taggers == archive.stats().taggers == {"de": "crf", "sw": "gazetteer"}
        assert report.to_dict()["taggers"] == {"de": "crf", "sw": "gazetteer"}
        assert archive.search("person:scholz", all_mentions=True).total == 1
        assert archive.build(tmp_path / "news.jsonl", entities=False).taggers == {}
    with open_archive(tmp_path / "index", config=PLAIN) as archive:
        assert archive.stats().taggers == {}


# Writing


def test_adding_again_changes_nothing_and_an_edit_replaces(archive: Archive) -> None:
    assert archive.add(ARTICLES) == WriteCounts(unchanged=3)
    assert archive.add([replace(ARTICLES[0], title="Lavrov meets Blinken")]) == WriteCounts(replaced=1)
    assert archive.get("a1").title == "Lavrov meets Blinken"
    assert archive.search("biden").total == 1


def test_records_with_names_as_in_files_are_added_and_bad_ones_counted(archive: Archive) -> None:
    counts = archive.add(
        [{"headline": "Third", "text": "Body.", "publisher": "AP", "date": "2022-01-02"}, {"text": ""}]
    )
    assert (counts.new, len(counts.rejected)) == (1, 1)
    assert (counts.rejected[0].origin.record, counts.rejected[0].reason) == (2, "empty")
    hit = archive.search("third").hits[0].article
    assert (hit.source, hit.published and hit.published.isoformat()) == ("AP", "2022-01-02")


def test_removing_by_id_and_by_filter(archive: Archive) -> None:
    assert archive.remove(["a1", "zz"]) == 1
    assert archive.remove(source="SANA") == 1
    assert archive.stats().articles == 1
    assert archive.remove(query="nothing like it") == 0
    assert archive.search("biden zeppelin").total == 1
    assert archive.remove(query="biden zeppelin") == 0  # what is removed has every word, however few articles have
    assert archive.remove(query=SearchRequest("biden zeppelin")) == 0
    with pytest.raises(QueryTooExpensive):
        archive.remove(query="word " * 70)  # a part of it would remove more than was named
    with pytest.raises(UsageError, match="nothing says what to remove"):
        archive.remove()


def test_another_reader_sees_a_commit_when_it_asks(archive: Archive) -> None:
    with open_archive(archive.config) as reader:
        before = reader.generation
        archive.add([Article("a4", "Fourth")])
        assert (reader.generation, reader.stats().articles) == (before, 3)
        assert reader.refresh() is True
        assert (reader.generation > before, reader.stats().articles) == (True, 4)
        assert reader.refresh() is False


def test_optimizing_leaves_one_part_and_the_same_answers(archive: Archive) -> None:
    archive.add([Article("a4", "Fourth")])
    archive.remove(["a2"])
    before = [hit.id for hit in archive.search(sort="newest").hits]
    archive.optimize()
    assert archive.stats().segments == 1
    assert [hit.id for hit in archive.search(sort="newest").hits] == before


def test_building_and_reading_back_an_export_gives_the_same_articles(archive: Archive, tmp_path: Path) -> None:
    export = tmp_path / "export.jsonl"
    export.write_bytes(b"".join(orjson.dumps(to_record(article)) + b"\n" for article in archive.scan()))
    with open_archive(tmp_path / "copy", config=PLAIN) as copy:
        report = copy.build([export])
        assert (report.read, report.new, report.rejected) == (3, 3, 0)
        assert {article.id: article for article in copy.scan()} == {article.id: article for article in archive.scan()}
        assert copy.build([export]).unchanged == 3


def test_an_export_comes_back_whole_when_given_names_were_made_canonical(tmp_path: Path) -> None:
    source = tmp_path / "source.jsonl"
    named = {
        "title": "Talks in Kyiv",
        "text": "Volodymyr Zelensky spoke of Bali and of Warsaw, and went to Warsaw.",
        "persons": ["Volodymyr Zelensky"],
        "language": "en",
    }
    source.write_bytes(orjson.dumps(named))
    export = tmp_path / "export.jsonl"
    config = replace(PLAIN, entities=EntitiesConfig())
    with open_archive(tmp_path / "index", config=config) as archive:
        archive.build([source])
        (article,) = archive.scan()
        assert article.names("person") == ("Volodymyr Zelenskyy",)
        export.write_bytes(orjson.dumps(to_record(article)) + b"\n")
    with open_archive(tmp_path / "copy", config=config) as copy:
        copy.build([export])
        assert list(copy.scan()) == [article]
        assert copy.build([source]).unchanged == 1


def test_one_path_is_one_source(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "t"
    file.write_text('{"title": "Fourth"}')
    assert archive.build(str(file)).new == 1
    assert archive.build(file).unchanged == 1
    assert archive.build(iter([file])).unchanged == 1
    with pytest.raises(UsageError, match="There is no file or folder /x/f"):
        archive.build("/x/f")
    for wrong in (None, 7, [b"x"], [None]):
        with pytest.raises(WrongType, match=r"is no path\. Name files and folders by text or a Path"):
            archive.build(wrong)  # type: ignore[arg-type]


def test_ctrl_c_ends_a_program_that_builds_and_keeps_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(f'{{"title": "Number {number}"}}\n' for number in range(400_000)))
    code = (
        "import signal, sys; from indexer import open_archive; archive = open_archive(sys.argv[1])\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background may ignore it
        "try:\n    archive.build(sys.argv[2], lambda event: print('event', flush=True), entities=False)\n"
        "except KeyboardInterrupt:\n    print(len(archive), 'articles')"
    )
    program = [sys.executable, "-c", code, str(tmp_path / "index"), str(file)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "event\n"
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=60)
    count, articles = said.splitlines()[-1].split()
    assert (articles, running.returncode) == ("articles", 0)
    assert 0 < int(count) < 400_000


def test_a_source_that_is_not_there_is_a_mistake(archive: Archive) -> None:
    with pytest.raises(UsageError, match="There is no file or folder nowhere"):
        archive.build(["nowhere"])


def test_entities_are_found_when_wanted(tmp_path: Path) -> None:
    text = "Sergei Lavrov met Antony Blinken in Rome. Lavrov spoke of Rome."
    with open_archive(tmp_path / "index", config=replace(PLAIN, entities=EntitiesConfig())) as archive:
        archive.add([Article("a", "Lavrov in Rome", body=text, language="en")])
        assert "Rome" in archive.get("a").names("place")
        assert archive.search(place="Rome").total == 1


def test_arguments_that_cannot_be_are_refused_at_once(archive: Archive) -> None:
    for call in (
        lambda: archive.get(17),  # type: ignore[arg-type]
        lambda: archive.get_many([17]),  # type: ignore[list-item]
        lambda: archive.related(None),  # type: ignore[arg-type]
        lambda: archive.copies(b"a1"),  # type: ignore[arg-type]
        lambda: archive.remove(None),  # type: ignore[arg-type]
        lambda: archive.remove([ARTICLES[0]]),  # type: ignore[list-item]
        lambda: archive.search(None),  # type: ignore[arg-type]
        lambda: archive.scan(size="3"),  # type: ignore[arg-type]
        lambda: archive.suggest(None),  # type: ignore[arg-type]
        lambda: archive.suggest("x", "3"),  # type: ignore[arg-type]
        lambda: archive.highlight(ARTICLES[0], None),  # type: ignore[arg-type]
        lambda: archive.facet_values(17),  # type: ignore[arg-type]
        lambda: archive.facet_values("source", contains=None),  # type: ignore[arg-type]
        lambda: archive.facet_values("source", limit="3"),  # type: ignore[arg-type]
        lambda: 17 in archive,
    ):
        with pytest.raises(WrongType):
            call()
    for wrong in (
        lambda: archive.facet_values("source", order="value"),  # type: ignore[arg-type]
        lambda: archive.facet_values("source", offset=-1),
        lambda: archive.evidence("thing", "x"),  # type: ignore[arg-type]
        lambda: archive.build("x", interrupted="never"),  # type: ignore[arg-type]
    ):
        with pytest.raises(WrongValue):
            wrong()
    assert len(archive) == 3


def test_rejects_are_told_in_the_order_given(archive: Archive) -> None:
    counts = archive.add([{"text": ""}, {"title": b"x"}, {"title": "Good"}, {"text": ""}, {"title": {1: b"x"}}])
    assert [(reject.origin.record, reject.reason) for reject in counts.rejected] == [
        (1, "empty"),
        (2, "bad_record"),
        (4, "empty"),
        (5, "bad_record"),
    ]
    assert counts.new == 1


def test_a_mistake_adds_nothing(archive: Archive) -> None:
    def items() -> Iterator[Article]:
        yield Article("a4", "Fourth")
        yield archive.search("biden")[0].article

    with pytest.raises(WrongValue, match="Item 2 is what a search found"):
        archive.add(items())
    assert "a4" not in archive


def test_dates_of_python_are_dates(archive: Archive) -> None:
    east = datetime(2021, 10, 15, 1, tzinfo=timezone(timedelta(hours=3)))
    archive.add([{"id": "d1", "title": "One", "date": east}, {"id": "d2", "title": "Two", "date": date(2021, 10, 14)}])
    archive.add(Article("d3", "Three", published=east))  # type: ignore[arg-type]
    one, two, three = (archive.get(id).published for id in ("d1", "d2", "d3"))
    assert one == three == Published(datetime(2021, 10, 14, 22, tzinfo=UTC), zone="+03:00")
    assert one is not None
    assert one.day == date(2021, 10, 15)
    assert two == Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY)
    assert [hit.id for hit in archive.search(from_=datetime(2021, 10, 15, 18), to=date(2021, 10, 15))] == ["d1", "d3"]


def test_a_file_of_hits_is_not_taken_for_articles(archive: Archive, tmp_path: Path) -> None:
    export = tmp_path / "hits.jsonl"
    export.write_bytes(b"".join(orjson.dumps(hit.article.to_dict()) + b"\n" for hit in archive.search("biden")))
    report = archive.build(export)
    assert (report.rejected, report.rejected_by_reason) == (2, {"bad_record": 2})
