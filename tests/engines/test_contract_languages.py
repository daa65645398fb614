"""An article in other languages, whichever engine keeps it: originals and translations find each other."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.config import Config, EntitiesConfig
from tests.engines.conftest import Opener

RU, EN, FR, DE = (
    "Министр прибыл в Москву и провёл переговоры о торговле.",
    "The minister arrived in Moscow and held talks about trade.",
    "Le ministre est arrivé à Moscou pour parler de commerce.",
    "Der Minister kam nach Moskau und sprach über den Handel.",
)
ORIGINAL = {"url": "http://www.wire.example/ru/1/?utm_source=feed", "title": "Визит", "body": RU, "language": "ru"}
ENGLISH = {
    **{"id": "en-1", "title": "A visit", "body": EN, "language": "en", "date": "2024-07-20"},
    **{"translated_from": "ru", "original_url": "https://wire.example/ru/1"},
}
FRENCH = {
    **{"id": "fr-1", "title": "Une visite", "body": FR, "language": "fr"},
    "translationOfWork": {"@type": "NewsArticle", "@id": "https://wire.example/ru/1/#share"},
}
GERMAN = {
    **{"id": "de-1", "title": "Ein Besuch", "body": DE, "language": "de"},
    "original_url": "https://web.archive.org/web/20240721101010/http://wire.example/ru/1/",
}
OTHER = {"id": "x-1", "title": "Else", "body": "Of something else.", "original_url": "https://wire.example/ru/11"}


@pytest.fixture
def archive(opener: Opener, tmp_path: Path) -> Iterator[Archive]:
    config = Config(entities=EntitiesConfig(enabled=False)).with_index(tmp_path / "index")
    with Archive(config, opener(tmp_path / "index")) as opened:
        yield opened


def languages(archive: Archive, id: str) -> tuple[str | None, list[str]]:
    found = archive.translations(id)
    return found.original.id if found.original else None, sorted(each.id for each in found.translations)


def test_translations_find_their_original_and_each_other_and_are_found_by_it(archive: Archive) -> None:
    archive.add([ORIGINAL, ENGLISH, FRENCH, GERMAN, OTHER])
    original = "https://wire.example/ru/1"
    assert languages(archive, original) == (None, ["de-1", "en-1", "fr-1"])
    assert languages(archive, "en-1") == (original, ["de-1", "fr-1"])
    assert languages(archive, "fr-1") == (original, ["de-1", "en-1"])
    assert languages(archive, "de-1") == (original, ["en-1", "fr-1"])
    assert languages(archive, "x-1") == (None, [])


@pytest.mark.parametrize("order", list(permutations((ORIGINAL, ENGLISH, FRENCH)))[::2], ids=repr)
def test_which_came_first_does_not_matter(archive: Archive, order: tuple[dict[str, Any], ...]) -> None:
    for each in order:
        archive.add(each)
    assert languages(archive, "https://wire.example/ru/1") == (None, ["en-1", "fr-1"])
    assert languages(archive, "en-1") == ("https://wire.example/ru/1", ["fr-1"])


def test_translations_of_an_original_that_the_archive_has_not(archive: Archive) -> None:
    archive.add([ENGLISH, FRENCH, OTHER])
    assert languages(archive, "en-1") == (None, ["fr-1"])
    assert languages(archive, "fr-1") == (None, ["en-1"])


def test_an_original_under_an_id_of_its_own_is_found_by_its_address(archive: Archive) -> None:
    archive.add([{**ORIGINAL, "id": "4711"}, ENGLISH])
    assert languages(archive, "4711") == (None, ["en-1"])
    assert languages(archive, "en-1") == ("4711", [])


def test_an_original_that_is_named_by_its_id(archive: Archive) -> None:
    named = {"id": "en-2", "title": "A visit", "body": EN, "language": "en", "translation_of": "urn:newsml:wire:4711"}
    archive.add([named, {**ORIGINAL, "id": "urn:newsml:wire:4711"}])
    assert languages(archive, "en-2") == ("urn:newsml:wire:4711", [])
    assert languages(archive, "urn:newsml:wire:4711") == (None, ["en-2"])


def test_an_original_that_says_what_translates_it(archive: Archive) -> None:
    said = {"workTranslation": [{"@id": "https://wire.example/en/1"}, {"url": "https://wire.example/fr/1/"}]}
    english = {"url": "https://wire.example/en/1/", "title": "A visit", "body": EN, "language": "en"}
    french = {"url": "https://www.wire.example/fr/1", "title": "Une visite", "body": FR, "language": "fr"}
    archive.add([english, french, {**ORIGINAL, **said}])
    original = "https://wire.example/ru/1"
    assert languages(archive, original) == (None, ["https://wire.example/en/1", "https://wire.example/fr/1"])
    assert languages(archive, "https://wire.example/en/1") == (original, ["https://wire.example/fr/1"])


def test_pages_that_only_say_that_they_are_the_same(archive: Archive) -> None:
    hreflang = {"ru": "https://wire.example/ru/1", "en": "https://wire.example/en/1", "fr": "https://wire.example/fr/1"}
    english = {"url": "https://wire.example/en/1/", "title": "A visit", "body": EN, "language": "en"}
    french = {"url": "https://www.wire.example/fr/1", "title": "Une visite", "body": FR, "language": "fr"}
    archive.add(
        [{**ORIGINAL, "hreflang": hreflang}, english, {**french, "translated_from": "ru", "hreflang": hreflang}]
    )
    everyone = {f"https://wire.example/{code}/1" for code in hreflang}
    russian, french_id = "https://wire.example/ru/1", "https://wire.example/fr/1"
    assert languages(archive, russian) == (None, sorted(everyone - {russian}))
    assert languages(archive, french_id) == (russian, ["https://wire.example/en/1"])  # it says what it translates
    assert languages(archive, "https://wire.example/en/1") == (None, [french_id, russian])


def test_one_story_of_a_source_in_several_languages(archive: Archive) -> None:
    first = {"id": "1", "title": "Визит", "body": RU, "language": "ru", "source": "Wire", "same_story": "k7"}
    second = {"id": "2", "title": "A visit", "body": EN, "language": "en", "source": "wire", "same_story": "k7"}
    again = {**second, "id": "3", "title": "Another visit to Moscow", "body": EN.replace("trade", "gas and oil")}
    elsewhere = {**second, "id": "4", "source": "Courier", "title": "Sport", "body": "Of sport."}
    archive.add([first, second, again, elsewhere])
    assert languages(archive, "1") == (None, ["2", "3"])
    assert languages(archive, "2") == (None, ["1"])  # what is in one language is an update of the story
    assert languages(archive, "4") == (None, [])


def test_an_article_that_is_withdrawn_is_in_no_language(archive: Archive) -> None:
    archive.add([ORIGINAL, ENGLISH, {**FRENCH, "status": "canceled"}])
    assert languages(archive, "en-1") == ("https://wire.example/ru/1", [])


def test_a_rebuilt_archive_and_a_changed_article(archive: Archive) -> None:
    archive.add([ORIGINAL, ENGLISH, FRENCH])
    archive.update("en-1", original_url="https://wire.example/ru/2")
    assert languages(archive, "https://wire.example/ru/1") == (None, ["fr-1"])
    archive.rebuild()
    archive.refresh()
    assert languages(archive, "https://wire.example/ru/1") == (None, ["fr-1"])
    assert languages(archive, "en-1") == (None, [])
