"""The same question gives the same answer in Python, on the command line and in the JSON of the web."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
import pytest

from indexer import Archive, open_archive
from indexer.cli.app import run
from indexer.interchange import to_record, version_records
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
    added: str | None = None
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
            "added_from": self.added,
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
        stated |= {"added-from": self.added}
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
        stated |= {"added_from": self.added}
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
    Question("", added="2999-01-01T00:00"),
    Question("added:2000.. minister", added="2000"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("same") / "index") as opened:
        opened.build([DEMO])
        yield opened


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != VOLATILE}


def test_there_are_thirty_two_questions() -> None:
    assert len(QUESTIONS) == 32


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


ARTICLE = "article"  # stands for the id of an article that has copies
OTHER = "other"  # and for that of one of them
# What Python answers, the arguments of the command, and the address: of all that pages show beside hits.
ASKED: dict[str, tuple[Callable[[Archive, str, str], Any], list[str], str]] = {
    "an article with matches": (
        lambda archive, id, _: {
            **to_record(archive.get(id)),
            "matches": dict(archive.highlight(archive.get(id), "minister")),
            "matches_reached": None,
        },
        ["show", ARTICLE, "--query", "minister"],
        f"articles/{ARTICLE}?q=minister",
    ),
    "copies": (
        lambda archive, id, _: [hit.to_dict() for hit in archive.copies(id)],
        ["show", ARTICLE, "--copies"],
        f"copies/{ARTICLE}",
    ),
    "related": (
        lambda archive, id, _: [hit.to_dict() for hit in archive.related(id, 3)],
        ["show", ARTICLE, "--related", "--size", "3"],
        f"related/{ARTICLE}?size=3",
    ),
    "other stories": (
        lambda archive, id, _: [hit.to_dict() for hit in archive.other_stories(id, 3)],
        ["show", ARTICLE, "--related", "--group", "--size", "3"],
        f"related/{ARTICLE}?size=3&group=1",
    ),
    "translations": (
        lambda archive, id, _: archive.translations(id).to_dict(),
        ["show", ARTICLE, "--translations"],
        f"translations/{ARTICLE}",
    ),
    "versions": (
        lambda archive, id, _: version_records(archive.get(id)),
        ["show", ARTICLE, "--versions"],
        f"versions/{ARTICLE}",
    ),
    "differences": (
        lambda archive, id, other: archive.differences(id, other).to_dict(),
        ["diff", ARTICLE, OTHER],
        f"differences/{ARTICLE}?with={OTHER}",
    ),
    "versions compared": (
        lambda archive, id, _: archive.differences(id, version=1, against=1).to_dict(),
        ["diff", ARTICLE, "--version", "1", "--against", "1"],
        f"differences/{ARTICLE}?version=1&against=1",
    ),
    "values": (
        lambda archive, *_: archive.facet_values("source", "lavrov biden", limit=3, offset=1, language="en").to_dict(),
        ["facet", "source", "lavrov", "biden", "--limit", "3", "--offset", "1", "--language", "en"],
        "facets/source?q=lavrov+biden&limit=3&offset=1&lang=en",
    ),
    "misspelt values": (
        lambda archive, *_: archive.facet_values("place", "lavrof").to_dict(),
        ["facet", "place", "lavrof"],
        "facets/place?q=lavrof",
    ),
    "significant terms": (
        lambda archive, *_: archive.significant_terms("ukraine", limit=7, language="en").to_dict(),
        ["words", "ukraine", "--limit", "7", "--language", "en"],
        "words?q=ukraine&limit=7&lang=en",
    ),
    "misspelt significant terms": (
        lambda archive, *_: archive.significant_terms("ukrane").to_dict(),
        ["words", "ukrane"],
        "words?q=ukrane",
    ),
    "a person": (
        lambda archive, *_: archive.profile("person", "sergey lavrov", size=3).to_dict(),
        ["profile", "person", "sergey lavrov", "--size", "3"],
        "profiles/person/sergey%20lavrov?size=3",
    ),
    "a place": (
        lambda archive, *_: archive.profile("place", "Russia", values=2, group=True).to_dict(),
        ["profile", "place", "Russia", "--facet-size", "2", "--group"],
        "profiles/place/Russia?facet_size=2&group=1",
    ),
    "a source": (
        lambda archive, *_: archive.profile("source", "sana").to_dict(),
        ["profile", "source", "sana"],
        "profiles/source?name=sana",
    ),
    "trends": (lambda archive, *_: archive.trends().to_dict(), ["trends"], "trends"),
    "trends of some days": (
        lambda archive, *_: archive.trends("2021-10", "2021-10-20", size=5).to_dict(),
        ["trends", "--from", "2021-10", "--to", "2021-10-20", "--size", "5"],
        "trends?from=2021-10&to=2021-10-20&size=5",
    ),
    "comparison": (
        lambda archive, *_: archive.compare(["lavrof", "biden", "oil price"], interval="year").to_dict(),
        ["compare", "lavrof", "biden", "oil price", "--interval", "year"],
        "compare?q=lavrof&q=biden&q=oil+price&interval=year",
    ),
    "comparison in words as they are": (
        lambda archive, *_: archive.compare(["lavrof"], spellcheck=False, exclude={"language": "de"}).to_dict(),
        ["compare", "lavrof", "--no-spellcheck", "--not-language", "de"],
        "compare?q=lavrof&spellcheck=0&-lang=de",
    ),
    "years": (lambda archive, *_: archive.calendar().to_dict(), ["calendar"], "calendar"),
    "a month": (
        lambda archive, *_: archive.calendar("2021-10", "biden putin", match="best").to_dict(),
        ["calendar", "2021-10", "biden", "putin", "--match", "best"],
        "calendar/2021-10?q=biden+putin&match=best",
    ),
    "a day": (
        lambda archive, *_: archive.calendar("2021-10-14").to_dict(),
        ["calendar", "2021-10-14"],
        "calendar/2021-10-14",
    ),
}
ANSWER = {
    "copies": "copies", "related": "related", "other stories": "related", "versions": "versions",
}  # fmt: skip  # where the answer of Python is one part of the JSON


@pytest.mark.parametrize("name", ASKED)
def test_every_door_shows_what_pages_show(archive: Archive, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    in_python, arguments, path = ASKED[name]
    copied = next(hit.id for hit in archive.search("lavrov OR minister", group=True, size=100).hits if hit.copies)
    ids = {ARTICLE: copied, OTHER: archive.copies(copied)[0].id}
    from_python = orjson.loads(orjson.dumps(in_python(archive, ids[ARTICLE], ids[OTHER])))

    words = [ids.get(argument, argument) for argument in arguments]
    assert run([words[0], "--json", "--index", archive.place, *words[1:]]) == 0
    from_command = orjson.loads(capsys.readouterr().out)

    for stand_in, id in ids.items():
        path = path.replace(f"/{stand_in}", f"/{quote(id)}").replace(f"={stand_in}", f"={quote(id, safe='')}")
    response = create_app(archive.config, archive).test_client().get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    from_web = response.get_json()

    part = ANSWER.get(name)
    assert (from_command[part] if part else _comparable(from_command, from_python)) == from_python
    assert (from_web[part] if part else _comparable(from_web, from_python)) == from_python


def _comparable(answer: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """An answer without which part of it was asked for, and without remarks where only an address gives rise to any."""
    aside = {"offset", "limit", "warnings"} - set(expected)
    return {name: value for name, value in answer.items() if name not in aside}


def test_every_door_issues_the_same_receipt_and_reads_those_of_others(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    issued = [archive.receipt("lavrov biden", language="en").to_dict()]
    assert run(["receipt", "--json", "--index", archive.place, "lavrov", "biden", "--language", "en"]) == 0
    issued.append(orjson.loads(capsys.readouterr().out))
    client = create_app(archive.config, archive).test_client()
    issued.append(client.get("/api/v1/receipts?q=lavrov+biden&lang=en").get_json())
    stable = [{n: v for n, v in each.items() if n not in ("token", "time", "page", "warnings")} for each in issued]
    assert stable[0]["total"] > 5
    assert stable[1] == stable[2] == stable[0]
    for each in issued:
        from_python = orjson.loads(orjson.dumps(archive.check_receipt(each["token"]).to_dict()))
        assert run(["receipt", "--json", "--index", archive.place, "--check", each["token"]]) == 0
        assert orjson.loads(capsys.readouterr().out) == from_python
        assert client.get(f"/api/v1/receipts/{each['token']}").get_json() == from_python
        assert (from_python["changed"], from_python["total"]) == (False, each["total"])


def test_the_questions_are_no_empty_talk(archive: Archive) -> None:
    found = [archive.search(question.query, **question.options()).total for question in QUESTIONS]
    assert sum(total > 0 for total in found) >= 24, found
