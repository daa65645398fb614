"""Each command on a small archive: what it prints, as text and as JSON, and how it ends."""

import csv
import gzip
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from indexer import Article, Config, Entity, Published, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from indexer.interchange import to_record
from indexer.table import COLUMNS
from tests.cli.conftest import Indexer

CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
ARTICLES = tuple(
    article.with_hash()
    for article in (
        Article(
            "a1",
            "Lavrov meets Biden",
            body="They met in Geneva.",
            source="SANA",
            published=Published(datetime(2021, 10, 14, 11, 15, 48, tzinfo=UTC), zone="+03:00"),
            language="en",
            category="News/Politics",
            entities=(Entity("place", "Geneva", given=True),),
        ),
        Article(
            "a2",
            "Biden speaks",
            body="About Geneva and the summit.",
            source="TASS",
            published=Published(datetime(2021, 11, 1, tzinfo=UTC)),
            language="en",
        ),
        Article("a3", "A quiet day", body="Nothing happened.", source="SANA", language="en"),
    )
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of three articles, and a current directory without a configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_ENGINE__PROCESSES", "1")
    monkeypatch.setenv("BROADSHEET_ENTITIES__ENABLED", "false")
    place = tmp_path / "index"
    with open_archive(place, config=CONFIG) as archive:
        archive.add(ARTICLES)
    return place


def _ids(indexer: Indexer, index: Path, *arguments: str) -> list[str]:
    return [hit["id"] for hit in indexer("search", "--index", index, "--json", *arguments).json["hits"]]


# search


def test_a_page_after_the_last_says_which_is_the_last(indexer: Indexer, index: Path) -> None:
    outcome = indexer("search", "biden", "--index", index, "--size", "1", "--page", "9", "--facets", "none")
    assert (outcome.code, "There is no page 9; the last is --page 2.\n" in outcome.out) == (0, True)


def test_a_spelling_for_an_unclosed_quotation_is_closed(indexer: Indexer, index: Path) -> None:
    assert indexer("search", '"genva', "--index", index, "--json").json["corrected"] == {
        "query": '"geneva"',
        "total": 2,
    }


def test_an_export_has_what_a_search_shows_and_says_so(indexer: Indexer, index: Path) -> None:
    outcome = indexer("export", "genva", "--index", index)
    assert len(outcome.out.splitlines()) == 2
    assert outcome.err == "Nothing has 'genva'; these are the articles for 'geneva'. Or add --no-spellcheck.\n"
    outcome = indexer("export", "genva", "--no-spellcheck", "--index", index)
    assert (outcome.out, outcome.err) == ("", "")


def test_nothing_is_removed_in_another_spelling(indexer: Indexer, index: Path) -> None:
    assert indexer("remove", "--query", "genva", "--index", index).out == "0 articles removed\n"


def test_a_filter_that_is_no_label_names_the_nearest(indexer: Indexer, index: Path) -> None:
    outcome = indexer("search", "geneva", "--source", "sanna", "--index", index)
    assert 'Note: source: no value is "sanna". Perhaps you meant "SANA"?\n' in outcome.out


def test_an_option_behind_the_double_dash_is_told_where_to_stand(indexer: Indexer, index: Path) -> None:
    outcome = indexer("search", "--index", index, "--", "-geneva", "--size", "1")
    assert outcome.code == 2
    assert "Error: --size stands behind --, where words of the query are; put it before.\n" in outcome.err


def test_search_prints_hits_and_facets(indexer: Indexer, index: Path) -> None:
    outcome = indexer("search", "--index", index, "lavrov", "--facets", "source")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0].startswith("1 article for lavrov · ")
    assert lines[2:4] == ["  1. Lavrov meets Biden", "     SANA · 2021-10-14T11:15:48Z · News/Politics · en"]
    assert "     a1" in lines
    assert lines[-2:] == ["source 1", "  SANA 1"]


def test_search_without_words_lists_everything(indexer: Indexer, index: Path) -> None:
    assert _ids(indexer, index, "--sort", "oldest") == ["a1", "a2", "a3"]
    assert _ids(indexer, index, "--sort", "newest") == ["a2", "a1", "a3"]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["biden", "-lavrov"], ["a2"]),
        (["biden -lavrov"], ["a2"]),
        (["--source", "SANA", "--sort", "newest"], ["a1", "a3"]),
        (["--source", "SANA", "--source", "TASS", "--not-site", "SANA"], None),
        (["--not-source", "SANA"], ["a2"]),
        (["--site", "TASS"], ["a2"]),
        (["--category", "News"], ["a1"]),
        (["--missing", "category", "--sort", "newest"], ["a2", "a3"]),
        (["--missing", "date"], ["a3"]),
        (["--from", "2021-11"], ["a2"]),
        (["--to", "2021-10-14"], ["a1"]),
        (["--place", "Geneva"], ["a1"]),
        (["--size", "1", "--page", "2", "--sort", "newest"], ["a1"]),
        (["nothing-like-it"], []),
    ],
    ids=lambda value: " ".join(value) if value else "",
)
def test_search_filters(indexer: Indexer, index: Path, arguments: list[str], ids: list[str] | None) -> None:
    if ids is None:
        outcome = indexer("search", "--index", index, *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "both chosen and excluded" in outcome.err
    else:
        assert _ids(indexer, index, *arguments) == ids


def test_search_matches_all_words_or_some(indexer: Indexer, index: Path) -> None:
    some = indexer("search", "--index", index, "who meets in geneva")
    assert some.out.splitlines()[0].startswith("2 articles for meets OR geneva · ")
    assert some.out.splitlines()[1] == (
        "In the whole archive 1 article has all of these words, 2 articles have some; see the others with --match all"
    )
    every = indexer("search", "--index", index, "meets geneva", "--match", "all")
    assert every.out.splitlines()[0].startswith("1 article for meets AND geneva · ")
    assert every.out.splitlines()[1].endswith("with --match best")
    lines = indexer("export", "--index", index, "meets geneva").out.splitlines()
    assert [
        len(lines),
        len(indexer("export", "--index", index, "meets geneva", "--match", "all").out.splitlines()),
    ] == [2, 1]
    assert indexer("search", "--index", index, "biden", "--match", "most").code == 2


def test_search_json_is_what_python_answers(indexer: Indexer, index: Path) -> None:
    answer = indexer("search", "--index", index, "--json", "geneva", "--explain").json
    with open_archive(index, config=CONFIG) as archive:
        expected = orjson.loads(orjson.dumps(archive.search("geneva", explain=True).to_dict()))
    del answer["took_ms"], expected["took_ms"]
    assert answer == expected


def test_search_by_cursor_reaches_every_hit(indexer: Indexer, index: Path) -> None:
    found, cursor = [], None
    for _ in range(3):
        more: list[str] = ["--cursor", cursor] if cursor else []
        answer = indexer("search", "--index", index, "--json", "--sort", "newest", "--size", "1", *more).json
        found += [hit["id"] for hit in answer["hits"]]
        cursor = answer["next_cursor"]
    assert (found, cursor) == (["a2", "a1", "a3"], None)


def test_nothing_found_is_no_failure(indexer: Indexer, index: Path) -> None:
    outcome = indexer("search", "--index", index, "zzzz")
    assert outcome.code == 0
    assert outcome.out.startswith("0 articles for zzzz")


def test_a_warning_is_shown(indexer: Indexer, index: Path) -> None:
    assert indexer("search", "--index", index, '"lavrov').out.startswith("Note: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "soon"], "Error: 'soon' is not a date."),
        (["--size", "1000"], "Error: Size 1000 is out of range"),
        (["--facets", "sauce"], "Error: Unknown facet 'sauce'. Perhaps you meant 'source'?"),
        (["--cursor", "nonsense"], "Error: "),
        (["*ending"], "Error: "),
    ],
    ids=" ".join,
)
def test_search_refuses_what_cannot_be_meant(indexer: Indexer, index: Path, arguments: list[str], message: str) -> None:
    outcome = indexer("search", "--index", index, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(message)


@pytest.mark.parametrize("command", [["search", "x"], ["show", "x"], ["stats"], ["export"], ["check"]], ids=" ".join)
def test_where_nothing_was_built_the_next_command_is_named(
    indexer: Indexer, tmp_path: Path, command: list[str]
) -> None:
    outcome = indexer(*command, "--index", tmp_path / "none")
    assert (outcome.code, outcome.out) == (3, "")
    assert "indexer build" in outcome.err
    assert outcome.err.startswith("Error: ")


# show, stats, check


def test_show(indexer: Indexer, index: Path) -> None:
    outcome = indexer("show", "a1", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Lavrov meets Biden\n\nThey met in Geneva.\n\nid            a1\n")
    assert "published     2021-10-14T11:15:48Z (zone stated: +03:00)\n" in outcome.out
    assert "place         Geneva\n" in outcome.out


def said(record: dict[str, Any]) -> dict[str, Any]:
    """A record as JSON has it, but for when the archive took it in."""
    return {**orjson.loads(orjson.dumps(record)), "added": None, "changed": None}


def test_show_json_is_the_line_of_an_export(indexer: Indexer, index: Path) -> None:
    shown = indexer("show", "a1", "--index", index, "--json").json
    assert shown["added"] == shown["changed"] is not None
    assert said(shown) == said(to_record(ARTICLES[0]))


def test_show_of_nothing(indexer: Indexer, index: Path) -> None:
    outcome = indexer("show", "zz", "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: There is no article 'zz' in ")


def test_stats(indexer: Indexer, index: Path) -> None:
    assert "articles        3 (1 undated)\n" in indexer("stats", "--index", index).out
    answer = indexer("stats", "--index", index, "--json").json
    assert (answer["articles"], answer["undated"], answer["first_day"], answer["last_day"]) == (
        3,
        1,
        "2021-10-14",
        "2021-11-01",
    )


def test_check_of_a_sound_index(indexer: Indexer, index: Path) -> None:
    outcome = indexer("check", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith(" files, 3 articles: no problems\n")
    assert indexer("check", "--index", index, "--json").json["problems"] == []


def test_check_names_the_damaged_file_and_ends_with_3(indexer: Indexer, index: Path) -> None:
    largest = max(index.glob("*.bsx"), key=lambda file: file.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 0xFF
    largest.write_bytes(content)
    outcome = indexer("check", "--index", index)
    assert outcome.code == 3
    assert largest.name in outcome.out + outcome.err
    assert "Traceback" not in outcome.err


# build, export, remove, optimize, rejects


def test_build_reports_in_text_and_json(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"id": "b1", "title": "New", "text": "One."}\nnot json\n', encoding="utf-8")
    outcome = indexer("build", more, "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1:5] == [
        "  1 new",
        "  1 rejected",
        "    1 bad_json: the line or file is not valid JSON",
        (f"Each reject with its place: indexer rejects --index {index}  (or {index}/rejects.jsonl)"),
    ]
    answer = indexer("build", more, "--index", index, "--json").json
    assert {name: answer[name] for name in ("read", "new", "replaced", "unchanged", "rejected")} == {
        "read": 2,
        "new": 0,
        "replaced": 0,
        "unchanged": 1,
        "rejected": 1,
    }


def test_rejects_are_shown_by_reason(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text("not json\n{}\n[[[\n", encoding="utf-8")
    assert indexer("rejects", "--index", index).out == "0 rejects\n"
    indexer("build", more, "--index", index)
    outcome = indexer("rejects", "--index", index)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "3 rejects"
    assert lines[2] == "bad_json  2  the line or file is not valid JSON"
    assert lines[3].startswith(f"  {more}:1")
    answer = indexer("rejects", "--index", index, "--json", "--reason", "empty").json
    assert (answer["total"], answer["reasons"]) == (1, {"empty": 1})


def test_export_writes_what_build_reads_back(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    outcome = indexer("export", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    records = {record["id"]: record for record in map(orjson.loads, outcome.out.splitlines())}
    assert {id: said(record) for id, record in records.items()} == {a.id: said(to_record(a)) for a in ARTICLES}


def test_export_of_a_search_to_a_file(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    outcome = indexer("export", "biden", "--index", index, "--to", "2021-10", "--output", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"1 article written to {target}\n")
    assert [orjson.loads(line)["id"] for line in target.read_bytes().splitlines()] == ["a1"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["index", "out.jsonl"]


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz", "out.jsonl.gz"])
def test_an_export_as_a_web_archive_is_built_from_again(
    indexer: Indexer, index: Path, tmp_path: Path, name: str
) -> None:
    target, again = tmp_path / name, tmp_path / "again"
    form = name.split(".")[1]
    outcome = indexer("export", "--index", index, "--format", form, "--output", target)
    assert (outcome.code, outcome.err) == (0, f"3 articles written to {target}\n")
    assert target.read_bytes().startswith(b"\x1f\x8b" if name.endswith(".gz") else b"WARC/1.1")
    assert indexer("build", target, "--index", again, "--no-entities", "--json").json["new"] == 3
    texts = [sorted(indexer("export", "--index", each).out.splitlines()) for each in (index, again)]
    assert texts[0] == texts[1]


def test_an_export_as_a_table_has_every_field(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv.gz"
    outcome = indexer("export", "--index", index, "--format", "csv", "--output", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"3 articles written to {target}\n")
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(target.read_bytes()).decode(), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    first = {name: value for name, value in rows[0].items() if value and name not in ("added", "changed")}
    assert first == {
        "id": "a1", "title": "Lavrov meets Biden", "published": "2021-10-14T14:15:48+03:00", "precision": "second",
        "zone": "+03:00", "source": "SANA", "category": "News/Politics", "language": "en", "place": "Geneva",
        "body": "They met in Geneva.",
    }  # fmt: skip
    assert rows[0]["added"] == rows[0]["changed"] == indexer("show", "a1", "--json", "--index", index).json["added"]
    assert indexer("build", target, "--index", tmp_path / "again", "--json").json["new"] == 3


def test_an_export_stops_at_its_limit(indexer: Indexer, index: Path) -> None:
    whole = indexer("export", "--index", index).out.splitlines()
    for limit, expected in ((0, whole[:0]), (2, whole[:2]), (7, whole)):
        assert indexer("export", "--limit", str(limit), "--index", index).out.splitlines() == expected
    assert len(indexer("export", "--limit", "1", "--format", "csv", "--index", index).out.splitlines()) == 2
    assert indexer("export", "--limit", "-1", "--index", index).code == 2


def test_a_strict_build_ends_with_1_where_anything_was_rejected(indexer: Indexer, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"id": "g", "title": "Good", "text": "Words."}\n')
    bad.write_text('{"id": "g", "title": "Good", "text": "Words."}\n{"broken\n')
    for file, strict, code in ((good, ["--strict"], 0), (bad, [], 0), (bad, ["--strict"], 1)):
        assert indexer("build", file, *strict, "--index", tmp_path / "new").code == code
    assert indexer("stats", "--json", "--index", tmp_path / "new").json["articles"] == 1


def test_articles_are_found_by_when_they_came(indexer: Indexer, index: Path) -> None:
    assert _ids(indexer, index, "--added-from", "2000") == _ids(indexer, index)
    assert _ids(indexer, index, "--added-to", "2000-01-01T12:00") == []
    outcome = indexer("search", "--added-from", "soon", "--index", index)
    assert (outcome.code, outcome.err) == (2, "Error: 'soon' is not a date. Write 2021, 2021-10 or 2021-10-14.\n")


def test_export_to_a_place_that_cannot_be_written(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    outcome = indexer("export", "--index", index, "--output", tmp_path / "none" / "out.jsonl")
    assert outcome.code == 2
    assert outcome.err.endswith("cannot be written: No such file or directory. Name another file with --output.\n")


def test_remove_by_id(indexer: Indexer, index: Path) -> None:
    outcome = indexer("remove", "a1", "zz", "--index", index)
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 article removed\n", "1 id not in the archive\n")
    assert _ids(indexer, index, "--sort", "newest") == ["a2", "a3"]


def test_remove_by_filter_asks_and_does_nothing_unasked(
    indexer: Indexer, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    outcome = indexer("remove", "--source", "SANA", "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "Error: 2 articles would be removed. Add --yes to do it without being asked.\n"
    assert indexer("remove", "--source", "SANA", "--yes", "--index", index, "--json").json == {"removed": 2}
    assert _ids(indexer, index) == ["a2"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, ["a2"]), ("n\n", 130, ["a2", "a1", "a3"])])
def test_remove_asks_on_a_terminal(
    indexer: Indexer, index: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, left: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(answer))
    outcome = indexer("remove", "--source", "SANA", "--index", index)
    assert outcome.code == code
    assert outcome.err.startswith("Remove 2 articles? [y/N]:")
    assert _ids(indexer, index, "--sort", "newest") == left


def test_remove_by_query(indexer: Indexer, index: Path) -> None:
    assert indexer("remove", "--query", "biden", "--index", index, "--yes").out == "2 articles removed\n"
    assert _ids(indexer, index) == ["a3"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nothing says what to remove."),
        (["a1", "--source", "SANA"], "Name ids, or a query and filters, not both"),
    ],
)
def test_remove_must_be_told_what(indexer: Indexer, index: Path, arguments: list[str], message: str) -> None:
    outcome = indexer("remove", *arguments, "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_optimize(indexer: Indexer, index: Path) -> None:
    with open_archive(index, config=CONFIG) as archive:
        archive.add([replace(ARTICLES[0], id="a4")])
    answer = indexer("optimize", "--index", index, "--json").json
    assert (answer["after"]["segments"], answer["after"]["articles"]) == (1, 4)
    assert "became 1;" in indexer("optimize", "--index", index).out


def test_rebuild(indexer: Indexer, index: Path) -> None:
    assert indexer("rebuild", "--index", index).out.startswith("3 articles indexed again in ")
    assert indexer("rebuild", "--index", index, "--entities", "--json").json["articles"] == 3
    assert indexer("check", "--index", index).code == 0
    assert indexer("search", "--index", index, "--json").json["total"] == 3
    assert "indexer build" in indexer("rebuild", "--index", index.with_name("none")).err


def test_an_older_state_is_said_with_every_answer(indexer: Indexer, index: Path) -> None:
    with open_archive(index, config=CONFIG) as archive:
        archive.add([replace(ARTICLES[0], id="a4")])
        newest = index / f"manifest-{archive.generation}.json"
    newest.write_bytes(newest.read_bytes()[:-9])
    for command in (["search", "x"], ["stats"], ["export"], ["check"]):
        outcome = indexer(*command, "--index", index)
        assert outcome.err.startswith(f"Warning: {newest.name} is damaged, and with it the newest state of the archive")
        assert outcome.code == (3 if command == ["check"] else 0)
    assert f"{newest.name} is damaged" in indexer("check", "--index", index).out
    assert f"{newest.name} is damaged" in indexer("build", str(index.parent), "--index", index).err


# Where the archive is


def test_the_configuration_names_the_index(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('[archive]\nindex = "index"\nname = "The Gazette"\n', encoding="utf-8")
    assert indexer("stats", "--config", tmp_path / "paper.toml").out.startswith("The Gazette\narticles        3")


def test_a_mistake_in_the_configuration_is_named(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[serch]\n", encoding="utf-8")
    outcome = indexer("stats", "--index", index)
    assert (outcome.code, outcome.err) == (
        2,
        "Error: config.toml: unknown section [serch]. Perhaps you meant 'search'?\n",
    )


def test_an_engine_that_is_not_there(indexer: Indexer, index: Path) -> None:
    outcome = indexer("stats", "--index", index, "--engine", "solr")
    assert outcome.code == 2
    assert "'solr' is not one of" in outcome.err


def test_rejects_of_no_archive_and_of_no_known_reason(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    outcome = indexer("rejects", "--index", tmp_path / "none")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Error: There is no index in ")
    outcome = indexer("rejects", "--index", index, "--reason", "ugly")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: There is no reason 'ugly'. Known: bad_json, ")


def test_an_index_that_is_a_file_is_named(indexer: Indexer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text("{broken\n", encoding="utf-8")
    outcome = indexer("build", tmp_path / "bad.jsonl", "--index", tmp_path / "file")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.endswith("Choose another directory with --index.\n")


def test_removing_by_a_filter_that_nothing_passes_asks_nothing(indexer: Indexer, index: Path) -> None:
    outcome = indexer("remove", "--source", "Nowhere", "--index", index)
    assert (outcome.code, outcome.out) == (0, "0 articles removed\n")


def test_an_export_to_a_directory_or_a_pipe(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    for place in (str(tmp_path), "."):
        outcome = indexer("export", "--index", index, "--output", place)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == f"Error: {place} cannot be written: Is a directory. Name another file with --output.\n"
    assert indexer("export", "--index", index, "--output", "/dev/null").err == "3 articles written to /dev/null\n"


def test_an_export_that_is_broken_off_leaves_nothing(
    indexer: Indexer, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.cli.export.write_lines", stop)
    outcome = indexer("export", "--index", index, "--output", tmp_path / "out.jsonl")
    assert (outcome.code, outcome.err.strip()) == (130, "Stopped.")
    assert not list(tmp_path.glob("out.*"))


def test_the_filter_for_no_value_is_named_in_a_diagnosis(indexer: Indexer, index: Path) -> None:
    assert "without the filter source: (none)" in indexer("search", "--missing", "source", "--index", index).out
