"""The same question gives the same answer in Python, on the command line and in the JSON of the web."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from indexer import Archive, open_archive
from indexer.cli.app import run
from indexer.interchange import to_record
from webui import create_app

DEMO = Path(__file__).parents[1] / "demo" / "articles"
# Answers may differ in this alone.
VOLATILE = "took_ms"


@dataclass(frozen=True)
class Question:
    """A search in words that each door can be asked in: `exclude` and `values` are lists by field."""

    query: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    exclude: dict[str, list[str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    sort: str | None = None
    size: int | None = None
    page: int | None = None
    facets: str | None = None
    explain: bool = False

    def options(self) -> dict[str, Any]:
        stated = {
            "exclude": self.exclude or None,
            "missing": self.missing or None,
            "from_": self.start,
            "to": self.end,
            "sort": self.sort,
            "size": self.size,
            "page": self.page,
            "facets": self.facets,
            "explain": self.explain or None,
        }
        return {**self.values, **{name: value for name, value in stated.items() if value is not None}}

    def arguments(self) -> list[str]:
        flags = [("--" + name.replace("_", "-"), value) for name, values in self.values.items() for value in values]
        flags += [
            ("--not-" + name.replace("_", "-"), value) for name, values in self.exclude.items() for value in values
        ]
        flags += [("--missing", name) for name in self.missing]
        stated = {"from": self.start, "to": self.end, "sort": self.sort, "size": self.size, "page": self.page}
        flags += [(f"--{name}", str(value)) for name, value in stated.items() if value is not None]
        if self.facets is not None:
            flags.append(("--facets", self.facets))
        words = [part for flag in flags for part in flag]
        return [*words, *(["--explain"] if self.explain else []), "--", self.query]

    def parameters(self) -> str:
        pairs = [("q", self.query)]
        pairs += [(name, value) for name, values in self.values.items() for value in values]
        pairs += [("-" + name, value) for name, values in self.exclude.items() for value in values]
        pairs += [(name, "") for name in self.missing]
        stated = {"from": self.start, "to": self.end, "sort": self.sort, "size": self.size, "page": self.page}
        pairs += [(name, str(value)) for name, value in stated.items() if value is not None]
        if self.facets is not None:
            pairs.append(("facets", self.facets))
        if self.explain:
            pairs.append(("explain", "1"))
        return urlencode(pairs)


QUESTIONS = (
    Question(),
    Question("lavrov"),
    Question("lavrov biden"),
    Question("lavrov OR blinken"),
    Question("russia -ukraine"),
    Question('"united states"'),
    Question('"foreign minister"~3'),
    Question("president NEAR/5 election"),
    Question("minist*"),
    Question("el?ction"),
    Question("lavrof~"),
    Question("=ministers"),
    Question("title:summit"),
    Question("person:biden"),
    Question("place:ukraine (war OR peace)"),
    Question("date:2021-10"),
    Question("after:2023 minister"),
    Question("on:10-14"),
    Question("-category:*"),
    Question("Reuters: oil"),
    Question('"never closed'),
    Question("zzzzqqq lavrov"),
    Question("选举"),
    Question("الرئيس"),
    Question("", values={"language": ["en", "fr"]}, sort="newest"),
    Question("", exclude={"language": ["en"]}, sort="oldest", size=5, page=2),
    Question("minister", start="2020", end="2022-06", facets="source,person"),
    Question("", missing=("category",), facets="all"),
    Question("president", values={"category": ["World"]}, facets="none", explain=True),
    Question("", missing=("published",)),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("same") / "index") as opened:
        opened.build([DEMO])
        yield opened


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != VOLATILE}


def test_there_are_thirty_questions() -> None:
    assert len(QUESTIONS) == 30


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.parameters())
def test_every_door_gives_the_same_answer(
    archive: Archive, question: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    from_python = orjson.loads(orjson.dumps(archive.search(question.query, **question.options()).to_dict()))

    assert run(["search", "--json", "--index", archive.place, *question.arguments()]) == 0
    from_command = orjson.loads(capsys.readouterr().out)

    client = create_app(archive.config, archive).test_client()
    response = client.get(f"/api/v1/search?{question.parameters()}")
    assert response.status_code == 200
    from_web = response.get_json()

    assert _without_time(from_command) == _without_time(from_python)
    assert _without_time(from_web) == _without_time(from_python)


def test_every_door_gives_the_same_article_and_numbers(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    client = create_app(archive.config, archive).test_client()
    for hit in archive.search("lavrov").hits:
        assert run(["show", hit.id, "--json", "--index", archive.place]) == 0
        from_command = orjson.loads(capsys.readouterr().out)
        assert from_command == orjson.loads(orjson.dumps(to_record(archive.get(hit.id))))
        assert client.get(f"/api/v1/articles/{hit.id}").get_json() == from_command
    assert run(["stats", "--json", "--index", archive.place]) == 0
    from_command = orjson.loads(capsys.readouterr().out)
    assert (
        client.get("/api/v1/stats").get_json() == from_command == orjson.loads(orjson.dumps(archive.stats().to_dict()))
    )


def test_the_questions_are_no_empty_talk(archive: Archive) -> None:
    found = [archive.search(question.query, **question.options()).total for question in QUESTIONS]
    assert sum(total > 0 for total in found) >= 24, found
