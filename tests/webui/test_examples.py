"""The examples of the help page: of this archive, in the reader's script, each with its number of articles."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article, Published
from indexer.search.parser import parse
from tests.webui.page import arguments, get
from tests.webui.site import make_client, make_site
from webui import examples, frequent
from webui.headlines import Headlines, is_written_in
from webui.i18n import INTERFACE_LANGUAGES
from webui.presenters.help import KINDS

LANGUAGES = tuple(INTERFACE_LANGUAGES)


def article(id: str, title: str, language: str = "en", **more: object) -> Article:
    return Article(id, title, language=language, published=Published(datetime(2021, 10, 14, tzinfo=UTC)), **more)  # type: ignore[arg-type]


def of(archive: Archive, language: str) -> tuple[Mapping[str, str], Mapping[str, int]]:
    app = make_site(archive=archive)
    with app.test_request_context("/"):
        made = examples.queries(frequent.readable(), language)
        return made, examples.counts(frequent.readable(), made, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_finds_something_and_means_itself(corpus: Archive, language: str) -> None:
    made, counts = of(corpus, language)
    assert made is not examples.STATIC
    assert set(counts) == set(made)
    assert [kind for kind, count in counts.items() if not count] in ([], ["not"])
    for query in made.values():
        assert not parse(query).warnings, query


def test_the_static_examples_are_read_without_warnings() -> None:
    for query in examples.STATIC.values():
        assert not parse(query).warnings, query


def test_examples_are_of_the_readers_script_where_the_archive_has_it() -> None:
    archive = [
        article("a", "Summit in Geneva ends", source='Daily "Star" (London)'),
        article("b", "Geneva without heating"),
        article("c", "قمة المناخ تختتم أعمالها", "ar", source="بريد الواحة"),
        article("d", "قمة المناخ تبدأ أعمالها", "ar", source="بريد الواحة"),
    ]  # fmt: skip
    client = make_client(archive)
    arabic = get(client, "/help?ui=ar").texts("//table//code")
    assert {'source:"بريد الواحة"', "lang:ar", "title:أعمالها"} <= set(arabic)
    english = get(client, "/help?ui=en").texts("//table//code")
    assert "title:geneva" in english
    assert 'source:"Daily Star (London)"' in english
    assert get(client, "/help?ui=ru").texts("//table//code")[0] != "lavrov biden"


def test_each_example_leads_to_as_many_articles_as_stand_beside_it(client: FlaskClient) -> None:
    page = get(client, "/help?ui=en")
    rows = page.all("//table//tr[td]")
    assert len(rows) > 25
    for row in rows[::5]:
        (address,) = row.xpath(".//a/@href")
        assert get(client, address + "&ui=en").one("//h1").startswith(row.xpath("./td[3]/text()")[0].strip())
        assert arguments(address)[0][0] == "q"


def test_an_empty_archive_and_none_show_examples_without_counts(unbuilt: FlaskClient, tmp_path: Path) -> None:
    for client in (make_client(), unbuilt):
        page = get(client, "/help?ui=en")
        assert page.status == 200
        assert page.texts("//table//code")[0] == "lavrov biden"
        assert page.texts("//thead//th") == ["Write", "to find"]


def test_tips_stand_at_the_box_of_the_front_page_and_where_nothing_was_found(client: FlaskClient) -> None:
    for path in ("/?ui=en", "/search?q=nosuchword+AND+lavrov&ui=en"):
        page = get(client, path)
        assert page.texts("//details[@class='tips']/summary") == ["Search tips"]
        assert len(page.all("//details[@class='tips']//dt/a")) == 5
    assert not get(client, "/search?q=lavrov").all("//details[@class='tips']")


def test_examples_are_made_once_for_a_commit(corpus: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_site(archive=corpus).test_client()
    first = get(client, "/help").texts("//table//code")
    monkeypatch.setattr(Headlines, "of", lambda *_: pytest.fail("made anew"))
    assert get(client, "/help").texts("//table//code") == first


def test_counting_stops_when_its_time_is_over(corpus: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "COUNTING_SECONDS", 0.0)
    made, counts = of(corpus, "en")
    assert len(made) > 25
    assert counts == {}


# Headlines


def test_words_of_names_come_first_and_function_words_never() -> None:
    found = Headlines.of(
        [article("a", "The first summit with Biden in Geneva"), article("b", "Biden and the first spring"),
         article("c", "What the first spring brings"), article("d", "Another story"), article("e", "Yet more news")],
        ["Joe Biden"],
    )  # fmt: skip
    assert found.words == ("biden", "first", "spring")
    assert found.phrase == "first spring"
    assert (found.long, found.spaced) == ("spring", True)


def test_in_a_script_without_spaces_words_are_names() -> None:
    found = Headlines.of(
        [article("a", "北京双奥之城开幕", "zh"), article("b", "北京冬奥会", "zh")], ["北京", "双奥之城"]
    )
    assert (found.words, found.phrase, found.long, found.spaced) == (("北京", "双奥之城", ""), "北京", "", False)


def test_nothing_comes_of_nothing() -> None:
    assert Headlines.of([], ["x"]) == Headlines(("", "", ""), True, "", "", False)


@pytest.mark.parametrize(
    ("text", "language", "whether"),
    [
        ("Beirut", "en", True),
        ("بيروت", "ar", True),
        ("Beirut", "ar", False),
        ("Москва", "ru", True),
        ("北京", "zh-Hans", True),
        ("Москва", "fr", False),
        ("123", "de", True),
    ],
)
def test_scripts_are_told_apart(text: str, language: str, whether: bool) -> None:
    assert is_written_in(text, language) is whether


def test_the_page_has_a_row_for_all_kinds_of_examples() -> None:
    assert sorted(KINDS) == sorted(examples.STATIC)
