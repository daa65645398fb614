import pickle
import re

import pytest

from indexer.article import Article, Entity, Mention
from indexer.config import EntitiesConfig
from indexer.entities.enrich import EntityEnrich
from indexer.entities.extract import Extractor

TITLE = "Lavrov: Russia and US both want more contacts"
# Lines stand for one paragraph each in articles, so the breaks of this page are taken out.
BODY = re.sub(
    r"(?<!\n)\n(?!\n)",
    " ",
    """\
Sergey Lavrov, the Russian foreign minister, said that Russia and the United States both wished to talk at several
levels, though no date had been set for Presidents Vladimir Putin and Joe Biden to meet.

Asked whether Russians and Americans might meet beside the G-20 summit in Rome, Lavrov answered, as the 'Interfax'
agency reported: 'With US Secretary of State Antony Blinken, and among our deputies, we look at when the two presidents
could talk again.'

Lavrov added that the Central Asian countries had told Russia many times they did not want US forces on their soil,
and that he knew of no US plan to station troops in Uzbekistan.

On new talks of the Normandy Group (Russia, Germany, France and Ukraine) about the settlement in eastern Ukraine,
Lavrov said that earlier decisions had to be carried out. The Russian Foreign Minister also pointed to the joint
statement of the European-Ukrainian summit in Kiev.
""",
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def names(entities: tuple[Entity, ...], kind: str) -> list[str]:
    return [entity.name for entity in entities if entity.kind == kind]


def test_the_entities_of_a_whole_story(extractor: Extractor) -> None:
    found = extractor.extract(TITLE, "", BODY, "en", dateline="Moscow-Sana", source="SANA")
    assert names(found, "person") == ["Sergey Lavrov", "Vladimir Putin", "Joe Biden", "Antony Blinken"]
    assert names(found, "organisation") == ["Interfax", "Normandy Group"]
    assert names(found, "place") == [
        "Russia", "United States", "Rome", "Uzbekistan", "Germany", "France", "Ukraine", "Kyiv",
    ]  # fmt: skip


def test_every_mention_shows_its_place(extractor: Extractor) -> None:
    found = {entity.name: entity for entity in extractor.extract(TITLE, "", BODY, "en")}
    texts = {"title": TITLE, "body": BODY}
    shown = [texts[m.field][m.start : m.end] for m in found["Sergey Lavrov"].mentions]
    assert shown == ["Lavrov", "Sergey Lavrov", "Lavrov", "Lavrov", "Lavrov"]
    assert found["Sergey Lavrov"].variants == ("Lavrov",)
    assert found["Kyiv"].variants == ("Kiev",)
    assert [texts[m.field][m.start : m.end] for m in found["United States"].mentions] == [
        "US", "United States", "US", "US", "US",
    ]  # fmt: skip


def test_the_same_article_gives_the_same_entities(extractor: Extractor) -> None:
    first = extractor.extract(TITLE, "", BODY, "en")
    extractor.extract("Other words", "", "Something about Boeing and Airbus in Paris.", "en")
    assert extractor.extract(TITLE, "", BODY, "en") == first == Extractor().extract(TITLE, "", BODY, "en")


def test_family_names_side_by_side_are_parted(extractor: Extractor) -> None:
    title = "Alexander Frist Applaud Grants"
    body = "Senators Lamar Alexander and Bill Frist praised the grants. Alexander said so, and Frist agreed."
    found = {entity.name: entity for entity in extractor.extract(title, "", body, "en")}
    texts = {"title": title, "body": body}
    shown = {name: [texts[m.field][m.start : m.end] for m in entity.mentions] for name, entity in found.items()}
    assert shown == {
        "Lamar Alexander": ["Alexander", "Lamar Alexander", "Alexander"],
        "Bill Frist": ["Frist", "Bill Frist", "Frist"],
    }


def test_a_short_form_is_what_the_document_spells_out(extractor: Extractor) -> None:
    body = "The Department of Veterans Affairs (VA) closed a clinic. The VA said it would open another."
    assert names(extractor.extract("", "", body, "en"), "place") == []
    assert names(extractor.extract("", "", body, "en"), "organisation") == ["Department of Veterans Affairs"]
    assert names(extractor.extract("", "", "She was born in Norfolk, Va., in 1950.", "en"), "place") == [
        "Norfolk", "Virginia",
    ]  # fmt: skip


def test_a_headline_in_capitals_gives_no_name_of_its_own(extractor: Extractor) -> None:
    found = extractor.extract("SENATE PASSES BILL", "", "The Senate passed a bill in Washington, D.C. on Monday.", "en")
    assert names(found, "organisation") == ["Senate"]
    assert names(found, "place") == ["Washington"]


def test_given_entities_win(extractor: Extractor) -> None:
    given = (Entity("person", "Sergei Viktorovich Lavrov", given=True), Entity("organisation", "Rome", given=True))
    found = extractor.extract(TITLE, "", BODY, "en", given)
    assert found[0].name == "Sergei Viktorovich Lavrov"
    assert found[0].given is True
    assert [BODY[m.start : m.end] for m in found[0].mentions if m.field == "body"].count("Lavrov") == 3
    assert "Rome" in names(found, "organisation")
    assert "Rome" not in names(found, "place")


def test_given_entities_are_normalised_and_kept_without_a_mention(extractor: Extractor) -> None:
    given = (Entity("place", "Kiev", given=True), Entity("person", "President Jane Doe", given=True))
    found = extractor.extract("", "", "Nothing is named here.", "en", given)
    assert found == (
        Entity("person", "Jane Doe", (), True, ("President Jane Doe",)),
        Entity("place", "Kyiv", (), True, ("Kiev",)),
    )


def test_a_dateline_in_the_text_is_place_and_agency(extractor: Extractor) -> None:
    body = "WASHINGTON (AP) - Lawmakers met on Monday. They will meet again."
    assert extractor.extract("", "", body, "en") == (
        Entity("organisation", "Associated Press", (Mention(12, 14),), False, ("AP",)),
        Entity("place", "Washington", (Mention(0, 10),), False, ("WASHINGTON",)),
    )


def test_the_source_is_not_an_entity_of_its_own_dateline(extractor: Extractor) -> None:
    body = "Damascus, SANA- The weather stays warm. Nothing else is new."
    assert extractor.extract("", "", body, "en", source="SANA") == (Entity("place", "Damascus", (Mention(0, 8),)),)


def test_handles_and_addresses_are_no_names(extractor: Extractor) -> None:
    assert extractor.extract("", "", "Follow @JohnSmith or write to desk@example.com for more.", "en") == ()


def test_other_languages_get_names_of_places_and_bodies(extractor: Extractor) -> None:
    found = extractor.extract("La ONU se reúne en Ginebra", "", "España y la ONU hablan.", "es")
    assert [(entity.kind, entity.name, len(entity.mentions), entity.variants) for entity in found] == [
        ("organisation", "United Nations", 2, ("ONU",)),
        ("place", "Geneva", 1, ("Ginebra",)),
        ("place", "Spain", 1, ("España",)),
    ]


@pytest.mark.parametrize("text", ["", " \n", "1234 5678 .,;:", "\x00\ufffd\u200b", "é" * 5000, "A" * 5000, "." * 500])
def test_strange_texts_give_nothing_and_break_nothing(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text, text, text, None) in ((), extractor.extract(text, text, text, "en"))


def test_enrich_keeps_given_and_adds_found_entities() -> None:
    article = Article("a", title=TITLE, body=BODY, language="en", entities=(Entity("place", "Kiev", given=True),))
    step = pickle.loads(pickle.dumps(EntityEnrich(EntitiesConfig())))
    enriched = step(article)
    assert enriched.names("place")[0] == "Kyiv"
    assert enriched.names("person") == ("Sergey Lavrov", "Vladimir Putin", "Joe Biden", "Antony Blinken")
    assert step(enriched).entities == enriched.entities


def test_two_people_side_by_side_are_two(extractor: Extractor) -> None:
    found = extractor.extract("", "", "Contact: Laura Capps Melissa Wagoner (202) 224-2633", "en")
    assert names(found, "person") == ["Laura Capps", "Melissa Wagoner"]


def test_a_text_in_capitals_has_names_as_they_are_written(extractor: Extractor) -> None:
    body = "THE TORIES AND PRESIDENT TITO MET IN LAOS . HASSAN II SPOKE TO TITO ABOUT NATO ."
    found = extractor.extract("", "", body, "en")
    assert names(found, "person") == ["Tito", "Hassan II"]
    assert names(found, "organisation") == ["Conservative Party", "NATO"]
    assert names(found, "place") == ["Laos"]


def test_given_names_are_kept_whatever_the_rules_say(extractor: Extractor) -> None:
    given = (Entity("organisation", "Advertisement", given=True), Entity("person", "Obamacare", given=True))
    found = extractor.extract("", "", "Nothing.", "en", given)
    assert [(entity.kind, entity.name) for entity in found] == [
        ("person", "Obamacare"),
        ("organisation", "Advertisement"),
    ]
