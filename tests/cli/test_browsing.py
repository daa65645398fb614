"""The commands that say what pages show beside hits: as text and as JSON, and how they end."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import Config, open_archive
from indexer.article import Article, Revision
from indexer.config import EngineConfig, EntitiesConfig
from tests.browsing.stories import COURIER, STORY, printed
from tests.cli.conftest import Indexer
from tests.engines.corpus import article

TEXT = "The quay is closed to lorries. The crane has to be mended. The market has moved to the customs house."
CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
PEOPLE = (
    article("p1", "Lavrov in Minsk", "He spoke.", "2021-10-14", people=("Sergey Lavrov",), places=("Minsk",)),
    article("p2", "Lavrov again", "He rested.", "2021-10-14", "TASS", people=("Sergey Lavrov",)),
    article("p3", "Rain", "It rained.", "2021-09-20", "TASS", places=("Minsk",)),
    article("p4", "Snow", "It snowed.", "2020-12-24", "TASS"),
    article("p5", "Hail", "It hailed.", None, "TASS"),
)


def _versions() -> list[Article]:
    first = Article("q", "Quay closed", body=TEXT, source="Tern", language="en")
    revisions = [Revision(modified=datetime(2024, 3, day, 10, tzinfo=UTC)) for day in (5, 6)]
    return [
        replace(first, revision=revisions[0]).with_hash(),
        replace(first, body=f"{TEXT} It opens on Monday.", revision=revisions[1]).with_hash(),
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browsing") / "index"
    with open_archive(place, config=CONFIG) as archive:
        archive.add([*PEOPLE, *_versions(), printed("wire", 1, STORY), printed("courier", 2, COURIER)])
    return place


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current directory without a configuration."""
    monkeypatch.chdir(tmp_path)


# show and diff


def test_copies_of_an_article(indexer: Indexer, index: Path) -> None:
    outcome = indexer("show", "wire", "--copies", "--index", index)
    assert (outcome.code, outcome.out.splitlines()) == (
        0,
        ["1 copy", "", "  1. Night in the harbour", "     Courier · 2021-05-02T00:00:00Z · en", "     courier"],
    )
    record = indexer("show", "wire", "--copies", "--json", "--index", index).json
    assert (record["id"], record["total"], [hit["id"] for hit in record["copies"]]) == ("wire", 1, ["courier"])


def test_related_articles(indexer: Indexer, index: Path) -> None:
    record = indexer("show", "wire", "--related", "--size", "9", "--json", "--index", index).json
    assert record["id"] == "wire"
    assert "courier" in [hit["id"] for hit in record["related"]]
    stories = indexer("show", "wire", "--related", "--group", "--json", "--index", index).json
    assert "courier" not in [hit["id"] for hit in stories["related"]]
    assert indexer("show", "wire", "--related", "--size", "1", "--index", index).out.startswith("1 article like it\n")


def test_an_article_without_translations(indexer: Indexer, index: Path) -> None:
    assert indexer("show", "wire", "--translations", "--index", index).out == "0 translations\n"
    assert indexer("show", "wire", "--translations", "--json", "--index", index).json["translations"] == []


def test_versions_of_an_article(indexer: Indexer, index: Path) -> None:
    record = indexer("show", "q", "--versions", "--json", "--index", index).json
    assert [(each["number"], each["since"], each["body"]) for each in record["versions"]] == [
        (1, "2024-03-05T10:00:00Z", TEXT),
        (2, "2024-03-06T10:00:00Z", f"{TEXT} It opens on Monday."),
    ]
    text = indexer("show", "q", "--versions", "--index", index).out
    assert "Version 1 of 2, since 2024-03-05 10:00:00 UTC\nQuay closed" in text


def test_the_matches_of_a_query_in_an_article(indexer: Indexer, index: Path) -> None:
    record = indexer("show", "p1", "--query", "minsk spoke", "--json", "--index", index).json
    assert record["matches"] == {"title": [[10, 15]], "summary": [], "body": [[3, 8]]}
    assert "matches" not in indexer("show", "p1", "--json", "--index", index).json
    assert indexer("show", "p1", "--query", "minsk", "--index", index).out.startswith("Lavrov in Minsk\n\nHe spoke.\n")


def test_what_differs(indexer: Indexer, index: Path) -> None:
    outcome = indexer("diff", "q", "--index", index)
    assert (outcome.code, outcome.out.splitlines()) == (
        0,
        [
            "- q · Tern · undated · since 2024-03-05 10:00:00 UTC",
            "+ q · Tern · undated · since 2024-03-06 10:00:00 UTC",
            "",
            "+ It opens on Monday.",
        ],
    )
    assert indexer("diff", "q", "--version", "1", "--against", "1", "--index", index).out.endswith("Nothing differs.\n")
    rows = indexer("diff", "wire", "courier", "--json", "--index", index).json["rows"]
    assert [row["right"] for row in rows if row["differs"]] == ["The Courier adds a line."]
    missing = indexer("diff", "q", "--version", "3", "--index", index)
    assert (missing.code, missing.err) == (2, "Error: There is no version 3 of 'q'; it has 2, from 1.\n")


# facet and profile


def test_values_of_a_facet(indexer: Indexer, index: Path) -> None:
    outcome = indexer("facet", "place", "--index", index)
    assert (outcome.code, outcome.out) == (0, "2  Minsk\n6 articles without\n")
    outcome = indexer("facet", "source", "lavrov", "--limit", "1", "--index", index)
    assert outcome.out == "1  SANA\n1 more: --offset 1, or --contains\n"
    corrected = indexer("facet", "source", "lavrow", "--order", "name", "--offset", "1", "--index", index)
    assert corrected.out == "Nothing has these words; counted for lavrov.\n1  TASS\n"
    assert indexer("facet", "source", "lavrow", "--limit", "0", "--json", "--index", index).json == {
        "field": "source", "understood": "lavrov", "matching": None, "corrected": {"query": "lavrov", "total": 2},
        "buckets": [], "total": 2, "missing": 0, "warnings": [], "offset": 0, "limit": 0,
    }  # fmt: skip


def test_all_about_a_name(indexer: Indexer, index: Path) -> None:
    outcome = indexer("profile", "person", "SERGEY LAVROV", "--size", "1", "--index", index)
    lines = [line.rstrip() for line in outcome.out.splitlines()]
    assert (outcome.code, lines[:3]) == (
        0,
        ["Sergey Lavrov", "person · 2 articles", "published  2021-10-14 ▆ 2021-10-14  by day, most in 2021-10-14: 2"],
    )
    assert lines[-4:] == [
        "  1. Lavrov in Minsk",
        "     SANA · 2021-10-14 · News/Politics · en",
        "     He spoke.",
        "     p1",
    ]
    record = indexer("profile", "source", "tass", "--facet-size", "1", "--json", "--index", index).json
    assert (record["name"], record["total"], record["published"]["missing"]) == ("TASS", 4, 1)
    missing = indexer("profile", "person", "Lavrov", "--index", index)
    assert (missing.code, missing.err) == (
        2,
        "Error: No article has the person 'Lavrov'. Perhaps you meant 'Sergey Lavrov'?\n",
    )


# trends, compare, calendar


def test_what_rises(indexer: Indexer, index: Path) -> None:
    outcome = indexer("trends", "--to", "2021-10-14", "--size", "1", "--index", index)
    lines = outcome.out.splitlines()
    assert (outcome.code, lines[:2]) == (0, ["2021-10-14 · 2 articles", "compared with 4 articles before"])
    assert lines[2].split("  ")[0:2] == ["person", "Sergey Lavrov"]
    assert "2 articles, usually 0.2" in lines[2]
    record = indexer("trends", "--to", "2021-10-14", "--json", "--index", index).json
    assert [(each["value"], each["count"]) for each in record["entities"]] == [("Sergey Lavrov", 2)]
    quiet = indexer("trends", "--from", "2020-12-24", "--to", "2020-12-24", "--index", index)
    assert quiet.out == "2020-12-24 · 1 article\ncompared with 0 articles before\nNothing rises.\n"


def test_queries_over_time(indexer: Indexer, index: Path) -> None:
    options = ("--from", "2020", "--to", "2021", "--interval", "year", "--index", index)
    outcome = indexer("compare", "lavrow", "rain", *options)
    assert outcome.err == "Nothing has 'lavrow'; the numbers are those of 'lavrov'. Or add --no-spellcheck.\n"
    assert [line.split() for line in outcome.out.splitlines()] == [
        ["year", "published", "lavrov", "rain"],
        ["2020", "1", "0", "0.0%", "0", "0.0%"],
        ["2021", "5", "2", "40.0%", "1", "20.0%"],
        ["undated", "0", "0"],
    ]
    csv = indexer("compare", "rain", "--csv", *options)
    assert csv.out.split() == ["period,published,rain", "count,rain", "share", "2020,1,0,0.000000", "2021,5,1,0.200000"]
    assert indexer("compare", "--json", *options).json["series"][0]["counts"] == [1, 5]
    many = indexer("compare", *"abcdefg", "--index", index)
    assert (many.code, many.err) == (2, "Error: 7 queries cannot be compared. Give 1 to 6.\n")


def test_a_search_by_periods(indexer: Indexer, index: Path) -> None:
    outcome = indexer("calendar", "--index", index)
    assert outcome.out.splitlines() == [
        "8 articles",
        "2020     1  ██████",
        "2021     5  ██████████████████████████████",
        "undated  2",
    ]
    october = indexer("calendar", "2021-10", "lavrow", "--source", "TASS", "--index", index)
    assert october.out.splitlines() == ["2021-10 · 1 article", "2021-10-14  1  ██████████████████████████████"]
    assert october.err.startswith("Nothing has 'lavrow'; the numbers are those of 'lavrov'.")
    day = indexer("calendar", "2021-09-20", "--index", index)
    assert day.out.splitlines() == ["2021-09-20 · 1 article", "before  2021-05-02", "after   2021-10-14"]
    assert indexer("calendar", "all", "rain", "--json", "--index", index).json["buckets"] == [
        {"value": "2021", "count": 1}
    ]
    wrong = indexer("calendar", "2021-13", "--index", index)
    assert (wrong.code, wrong.err) == (2, "Error: '2021-13' is not a date. Write 2021, 2021-10 or 2021-10-14.\n")


# receipt


def test_a_receipt_says_what_is_new_and_gone(indexer: Indexer, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with open_archive(index, config=CONFIG) as archive:
        archive.add(PEOPLE)
    found, token = indexer("receipt", "lavrov", "--index", index).out.splitlines()
    assert found.startswith("2 articles on ")
    assert found.endswith(" UTC, generation 1")
    same = indexer("receipt", "--check", token, "--index", index)
    assert same.out.splitlines() == [f"{found} for lavrov", "2 articles now, generation 1", "Nothing has changed."]
    with open_archive(index, config=CONFIG) as archive:
        archive.add([article("p9", "Lavrov in Vienna", "He came.", "2022")])
        archive.remove(["p1", "p2"])
    later = indexer("receipt", "--check", token, "--index", index)
    assert later.out.splitlines() == [
        f"{found} for lavrov",
        "1 article now, generation 3",
        "1 new, 2 gone.",
        "Of those gone, the archive has 2 no more.",
        "",
        "New:",
        "",
        "  1. Lavrov in Vienna",
        "     SANA · 2022 · News/Politics · en",
        "     p9",
    ]
    record = indexer("receipt", "--check", token, "--json", "--index", index).json
    assert (record["receipt"]["token"], record["new"], record["gone"]) == (token, 1, 2)


def test_what_is_no_receipt(indexer: Indexer, index: Path) -> None:
    outcome = indexer("receipt", "--check", "xyz", "--index", index)
    assert (outcome.code, "not the address of a search receipt" in outcome.err) == (2, True)
    both = indexer("receipt", "lavrov", "--check", "xyz", "--index", index)
    assert (both.code, "A receipt holds its search" in both.err) == (2, True)
