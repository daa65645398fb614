"""A page of what a machine translated: which text it shows, who translated it, and the ways to the others."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from indexer.article import Article, Translation
from tests.engines.corpus import article
from tests.webui.page import Page, get, pressed
from tests.webui.site import ask, make_client

MADE = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
SPANISH = article(
    "es-1",
    "Los ministros visitan Kiev",
    "La guerra sigue.\n\nLos soldados esperan.",
    "2026-11-30",
    "EFE",
    language="es",
).with_translation(
    Translation(
        "en", "The ministers visit Kyiv", "", "The war goes on.\n\nThe soldiers wait.", "apertium", "3.8.3", MADE
    )
)
ARABIC = article("ar-1", "الحرب مستمرة", "الجنود ينتظرون.", "2026-11-29", "SANA", language="ar").with_translation(
    Translation("en", "The fighting continues", "", "Troops wait.", "argos", "1.9", MADE)
)
ENGLISH = article("en-1", "Rain in Kyiv", "The war goes on in the rain.", "2026-11-28", "BBC")
ARTICLES = (SPANISH, ARABIC, ENGLISH)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client(ARTICLES)


def shown(page: Page) -> tuple[str, str, list[str]]:
    """The language of the text, its headline and its paragraphs."""
    (story,) = page.all("//article[contains(@class, 'story')]")
    return story.get("lang"), page.one("//h1"), page.texts("//div[@class='text']/p")


def test_who_does_not_read_the_original_gets_the_translation_first(client: FlaskClient) -> None:
    page = get(client, "/article/es-1?ui=en")
    assert shown(page) == ("en", "The ministers visit Kyiv", ["The war goes on.", "The soldiers wait."])
    assert page.one("//header/p[@class='was' and @lang='es' and @dir='ltr']") == "Los ministros visitan Kiev"
    assert page.one("//div[@class='made']/p") == (
        "Translated from Spanish by Apertium, December 1, 2026. "
        "Machines make mistakes: check the original before you quote."
    )
    assert page.one("//nav[@class='texts']//a[@aria-current]") == "Translation"


@pytest.mark.parametrize("language", ["es", "fr"])
def test_who_reads_the_original_or_neither_gets_the_original(client: FlaskClient, language: str) -> None:
    page = get(client, f"/article/es-1?ui={language}")
    assert shown(page) == ("es", "Los ministros visitan Kiev", ["La guerra sigue.", "Los soldados esperan."])
    assert not page.all("//p[@class='was']")


def test_the_switch_leads_to_each_text_and_keeps_the_search(client: FlaskClient) -> None:
    page = get(client, "/article/es-1?ui=en&q=war")
    assert page.link("Original") == "/article/es-1?q=war&text=original"
    original = get(client, page.link("Original") + "&ui=en")
    assert shown(original)[1] == "Los ministros visitan Kiev"
    assert shown(get(client, original.link("Translation") + "&ui=en"))[1] == "The ministers visit Kyiv"


def test_both_texts_stand_paragraph_beside_paragraph_with_the_matches_in_each(client: FlaskClient) -> None:
    page = get(client, "/article/es-1?ui=en&text=both&q=war+OR+guerra")
    rows = page.all("//div[@class='pair text']")
    found = [[(p.get("lang"), p.get("dir"), p.text_content()) for p in row.xpath("p")] for row in rows]
    assert found == [
        [("es", "ltr", "La guerra sigue."), ("en", "ltr", "The war goes on.")],
        [("es", "ltr", "Los soldados esperan."), ("en", "ltr", "The soldiers wait.")],
    ]
    assert page.texts("//div[@class='pair text']//mark") == ["guerra", "war"]
    assert page.one("//p[contains(@class, 'matches')]/a") == "2 matches in this article"
    assert page.texts("//div[@class='pair heads']/h2") == ["Spanish", "English"]


def test_a_text_from_right_to_left_keeps_its_direction(client: FlaskClient) -> None:
    page = get(client, "/article/ar-1?ui=en&text=both")
    (row,) = page.all("//div[@class='pair text']")
    assert [(p.get("lang"), p.get("dir")) for p in row.xpath("p")] == [("ar", "rtl"), ("en", "ltr")]
    assert page.all("//p[@class='was' and @lang='ar' and @dir='rtl']")


def test_matches_in_the_translation_are_marked(client: FlaskClient) -> None:
    page = get(client, "/article/es-1?ui=en&q=ministers+soldiers")
    assert page.texts("//mark") == ["ministers", "soldiers"]


def test_the_citation_names_the_original_and_the_machine_where_the_translation_is_read(client: FlaskClient) -> None:
    read = get(client, "/article/es-1?ui=en").one("//p[@id='citation']")
    assert "Los ministros visitan Kiev" in read
    assert "Machine translation by Apertium." in read
    assert "Machine translation" not in get(client, "/article/es-1?ui=en&text=original").one("//p[@id='citation']")


def test_without_translations_the_original_alone_is_there(client: FlaskClient) -> None:
    page = get(client, "/article/es-1?ui=en&translation=off")
    assert shown(page)[1] == "Los ministros visitan Kiev"
    assert not page.all("//nav[@class='texts']")
    assert "Apertium" not in page.text
    assert "Kyiv" not in page.one("//article[contains(@class, 'story')]")


def test_a_text_that_is_no_choice_is_as_none(client: FlaskClient) -> None:
    assert shown(get(client, "/article/es-1?ui=en&text=nonsense"))[1] == "The ministers visit Kyiv"
    assert shown(get(client, "/article/en-1?ui=en&text=both"))[1] == "Rain in Kyiv"


def test_a_list_shows_the_headline_that_the_reader_can_read_and_the_original_below_it(client: FlaskClient) -> None:
    page = get(client, "/search?q=war+ministers&match=all&ui=en")
    (hit,) = page.all("//article[@class='hit']")
    assert [(h.get("lang"), h.text_content()) for h in hit.xpath("h3")] == [("en", "The ministers visit Kyiv")]
    assert [(p.get("lang"), p.text_content()) for p in hit.xpath("p[@class='was']")] == [
        ("es", "Los ministros visitan Kiev")
    ]
    assert page.one("//article[@class='hit']//span[@class='machine']") == "translated by Apertium"
    assert page.texts("//article[@class='hit']//h3//mark") == ["ministers"]
    assert page.texts("//p[@class='snippet']//mark") == ["war"]
    assert page.one("//article[@class='hit']//span[@class='tongue']") == "Spanish"


def test_a_list_in_the_language_of_the_original_shows_that(client: FlaskClient) -> None:
    page = get(client, "/search?q=guerra&ui=es")
    assert page.texts("//article[@class='hit']/h3") == ["Los ministros visitan Kiev"]
    assert not page.all("//span[@class='machine']")


def test_what_only_the_translation_has_is_shown_in_it_to_everybody(client: FlaskClient) -> None:
    page = get(client, "/search?q=fighting&ui=ar")
    assert page.texts("//article[@class='hit']/h3") == ["The fighting continues"]
    assert page.texts("//article[@class='hit']//mark") == ["fighting"]
    assert page.one("//span[@class='machine']") == "ترجمة Argos Translate"


def test_translations_are_switched_off_and_on_again_from_the_list(client: FlaskClient) -> None:
    page = get(client, "/search?q=war&ui=en")
    assert page.one("//h1").startswith("2 articles")
    off = get(client, pressed(page, "Machine translations") + "&ui=en")
    assert off.texts("//article[@class='hit']/h3") == ["Rain in Kyiv"]
    assert pressed(off, "Machine translations") == "/search?q=war"


def test_switched_off_the_way_to_an_article_and_its_files_keeps_it_off(client: FlaskClient) -> None:
    page = get(client, "/search?q=guerra&translation=off&ui=en")
    assert "translation=off" in page.link("Los ministros visitan Kiev")
    assert "translation=off" in str(page.all("//a[contains(@href, '/export.csv')]")[0].get("href"))


def test_the_front_page_is_in_the_readers_language(client: FlaskClient) -> None:
    page = get(client, "/?ui=en")
    assert page.one("//article[@class='lead']/h3") == "The ministers visit Kyiv"
    assert page.one("//article[@class='lead']/p[@class='was']") == "Los ministros visitan Kiev"
    assert page.one("//article[@class='lead']//span[@class='machine']") == "translated by Apertium"
    assert get(client, "/?ui=es").one("//article[@class='lead']/h3") == "Los ministros visitan Kiev"


def test_the_api_has_both_texts_or_the_original(client: FlaskClient) -> None:
    assert ask(client, "/articles/es-1")["translation"]["title"] == "The ministers visit Kyiv"
    assert "translation" not in ask(client, "/articles/es-1?translation=off")
    marked = ask(client, "/articles/es-1?q=war")["matches"]
    assert (marked["body"], marked["translation.body"]) == ([], [[4, 7]])
    found = ask(client, "/search?q=war&facets=language")
    assert found["total"] == 2
    assert {bucket["value"]: bucket["count"] for bucket in found["facets"]["language"]["buckets"]} == {"en": 1, "es": 1}
    assert ask(client, "/search?q=war&translation=off")["total"] == 1
    assert client.get("/api/v1/articles/es-1?translation=perhaps").status_code == 400


def test_files_carry_both_texts_or_the_original(client: FlaskClient) -> None:
    for form in ("csv", "jsonl", "ris"):
        assert "The ministers visit Kyiv" in client.get(f"/export.{form}?q=guerra").get_data(as_text=True)
        without = client.get(f"/export.{form}?q=guerra&translation=off").get_data(as_text=True)
        assert "Los ministros visitan Kiev" in without
        assert "The ministers visit Kyiv" not in without


def test_citations_note_the_translation(client: FlaskClient) -> None:
    note = "Machine translation into en by apertium: The ministers visit Kyiv"
    assert f"N1  - {note}\r\n" in client.get("/cite/ris/es-1").get_data(as_text=True)
    assert "TT  - The ministers visit Kyiv\r\n" in client.get("/cite/ris/es-1").get_data(as_text=True)
    assert note in client.get("/cite/csl-json/es-1").get_data(as_text=True)
    assert note in client.get("/cite/bibtex/es-1").get_data(as_text=True)


def test_a_feed_has_the_title_of_the_original_and_notes_the_translation(client: FlaskClient) -> None:
    text = client.get("/feed.json?q=guerra").get_json()["items"][0]
    assert text["title"] == "Los ministros visitan Kiev"
    assert "The ministers visit Kyiv (en, machine translation: apertium)" in str(text)


def test_hostile_translations_are_text() -> None:
    bad = Translation("en", "<script>alert(1)</script>", "<b>x</b>", "<img src=x>\n\n\u202eend", "<i>", "", None)
    client = make_client([replace(SPANISH, translation=bad)])
    for path in ("/article/es-1?ui=en", "/article/es-1?ui=en&text=both&q=alert", "/?ui=en", "/search?q=alert&ui=en"):
        text = get(client, path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<i>" not in text


def test_a_translation_with_other_paragraphs_than_the_original_is_shown_to_its_end() -> None:
    made = replace(SPANISH.translation or Translation(""), body="One.\n\nTwo.\n\nThree.")
    page = get(make_client([replace(SPANISH, translation=made)]), "/article/es-1?ui=en&text=both")
    assert [p.text_content() for p in page.all("//div[@class='pair text']/p[2]")] == ["One.", "Two.", "Three."]


def test_an_article_without_translation_says_nothing_of_machines(client: FlaskClient) -> None:
    page = get(client, "/article/en-1?ui=en")
    assert not page.all("//div[@class='made']")
    assert isinstance(ENGLISH, Article)
