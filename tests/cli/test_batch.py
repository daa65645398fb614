"""`indexer search --batch`: a file of names, as people keep them, and how it ends."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from indexer import Config, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from tests.cli.conftest import Indexer
from tests.engines.corpus import article

CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
PEOPLE = (
    article("a", "John Smith spoke", "In Minsk.", "2021-10-14", "SANA"),
    article("b", "Smith rests", "John slept. O'Brien woke.", "2021-09-20", "TASS"),
    article("c", "Müller", "Er ist da.", None, "TASS", language="de"),
)
NAMES = "\ufeff# people\r\nJohn Smith\r\n\r\nSmith, John\r\nO'Brien\r\n***\r\nJohn Smith\r\n"
Batch = Callable[..., object]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("batch") / "index"
    with open_archive(place, config=CONFIG) as archive:
        archive.add(PEOPLE)
    return place


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, in a directory without a configuration."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "names.txt"
    place.write_bytes(NAMES.encode())
    return place


def test_a_table_has_a_row_for_each_name_and_tells_what_cannot_be_answered(
    indexer: Indexer, index: Path, names: Path
) -> None:
    outcome = indexer("search", "--batch", names, "--index", index)
    assert outcome.out.splitlines() == [
        "  line  articles  first       last        query                             top sources",
        "     2         2  2021-09-20  2021-10-14  John Smith                        SANA (1); TASS (1)",
        "     4         2  2021-09-20  2021-10-14  Smith, John                       SANA (1); TASS (1)",
        "     5         1  2021-09-20  2021-09-20  O'Brien                           TASS (1)",
        "     6         -                          ***",
        "                  This line names nothing to search for.",
        "     7         2  2021-09-20  2021-10-14  John Smith                        SANA (1); TASS (1)",
        "                  The same as line 2.",
    ]
    assert (outcome.code, outcome.err) == (2, "Error: 1 line of 5 could not be answered; the rows say why.\n")


def test_csv_and_json_lines_say_the_same(indexer: Indexer, index: Path, names: Path) -> None:
    table = indexer("search", "--batch", names, "--format", "csv", "--index", index)
    rows = list(csv.DictReader(io.StringIO(table.out)))
    lines = [
        orjson.loads(line) for line in indexer("search", "--batch", names, "--json", "--index", index).out.splitlines()
    ]
    assert [row["total"] for row in rows] == ["2", "2", "1", "", "2"]
    assert [line["total"] for line in lines] == [2, 2, 1, None, 2]
    assert [row["query"] for row in rows] == [line["query"] for line in lines]
    assert [row["error"] for row in rows] == [line["error"] or "" for line in lines]
    with open_archive(index, config=CONFIG) as archive:
        assert lines == [orjson.loads(orjson.dumps(row.to_dict())) for row in archive.search_batch(NAMES)]


def test_filters_and_the_way_of_matching_hold_for_each_line(indexer: Indexer, index: Path, names: Path) -> None:
    names.write_text("smith minsk\n")
    for options, total in (((), 1), (("--match", "best"), 2), (("--source", "TASS"), 0)):
        outcome = indexer("search", "--batch", names, "--json", *options, "--index", index)
        assert (outcome.code, outcome.json["total"]) == (0, total)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_may_be_in_any_encoding(indexer: Indexer, index: Path, names: Path, encoding: str) -> None:
    names.write_bytes("Müller\r\n".encode(encoding))
    outcome = indexer("search", "--batch", names, "--json", "--index", index)
    assert (outcome.json["query"], outcome.json["total"], outcome.json["first"]) == ("Müller", 1, None)


def test_a_column_of_a_table(indexer: Indexer, index: Path, names: Path) -> None:
    names.write_text('id,name\n7,"Smith, John"\n')
    outcome = indexer("search", "--batch", names, "--column", "name", "--json", "--index", index)
    assert (outcome.json["line"], outcome.json["query"], outcome.json["total"]) == (2, "Smith, John", 2)
    wrong = indexer("search", "--batch", names, "--column", "nmae", "--index", index)
    assert (wrong.code, wrong.err) == (2, "Error: The table has no column 'nmae'. Perhaps you meant 'name'?\n")


def test_each_row_may_have_a_receipt(indexer: Indexer, index: Path, names: Path) -> None:
    names.write_text("smith\n")
    token = indexer("search", "--batch", names, "--receipts", "--json", "--index", index).json["receipt"]
    assert "Nothing has changed." in indexer("receipt", "--check", token, "--index", index).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--batch", "nowhere.txt"), "nowhere.txt cannot be read: No such file or directory."),
        (("--batch", "names.txt", "--size", "3"), "--size says nothing of a batch, which counts."),
        (("--batch", "names.txt", "--sort", "newest"), "--sort says nothing of a batch, which counts."),
        (("--batch", "names.txt", "smith"), "The queries are in the file."),
        (("--column", "name", "smith"), "--column goes with --batch alone."),
        (("--format", "csv", "smith"), "--format goes with --batch alone."),
    ],
)
def test_what_does_not_go_together_is_refused(
    indexer: Indexer, index: Path, names: Path, arguments: tuple[str, ...], says: str
) -> None:
    outcome = indexer("search", *arguments, "--index", index)
    assert names.exists()
    assert (outcome.code, says in outcome.err, outcome.out) == (2, True, "")


def test_a_file_without_names_says_so(indexer: Indexer, index: Path, names: Path) -> None:
    names.write_text("# nobody\n\n")
    outcome = indexer("search", "--batch", names, "--index", index)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"{names} has no line to search for.\n")


def test_two_receipts_are_compared(indexer: Indexer, index: Path) -> None:
    tokens = [indexer("receipt", query, "--json", "--index", index).json["token"] for query in ("smith", "smith john")]
    outcome = indexer("receipt", "--check", tokens[0], "--with", tokens[1], "--index", index)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert [line.rpartition(" for ")[2] for line in lines[:2]] == ["smith", "smith john"]
    assert lines[2:] == [
        "These are receipts of two searches, and what is new or gone may be so because of that:",
        "  query: smith / smith john",
        "Both found the same articles.",
    ]
    record = indexer("receipt", "--check", tokens[0], "--with", tokens[1], "--json", "--index", index).json
    assert (record["same_search"], record["new"], record["gone"]) == (False, 0, 0)
    alone = indexer("receipt", "--with", tokens[1], "--index", index)
    assert (alone.code, "--with goes with --check" in alone.err) == (2, True)
