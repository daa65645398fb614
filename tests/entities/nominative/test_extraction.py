"""Russian and Polish articles: one man is one entity, whatever the cases he stands in."""

import pytest

from indexer.article import Entity
from indexer.config import EntitiesConfig
from indexer.entities.extract import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(EntitiesConfig(taggers={"ru": "crf", "pl": "crf"}))


def named(entities: tuple[Entity, ...]) -> dict[str, list[str]]:
    """Names by kind, in order."""
    kinds = dict.fromkeys(entity.kind for entity in entities)
    return {kind: [entity.name for entity in entities if entity.kind == kind] for kind in kinds}


def test_a_russian_article(extractor: Extractor) -> None:
    text = (
        "Президент России Владимир Путин встретился в Москве с Ангелой Меркель. Меркель поблагодарила Путина за "
        "встречу. "
        "По словам Путину близких людей, с Владимиром Владимировичем Путиным приедут министры. "
        "Решение Верховного суда Пакистана в Свердловской области не обсуждали."
    )
    found = extractor.extract("", "", text, "ru")
    assert named(found) == {
        "person": ["Владимир Путин", "Ангела Меркель"],
        "organisation": ["Верховный суд Пакистана"],
        "place": ["Russia", "Moscow", "Свердловская область"],
    }
    putin, merkel = found[0], found[1]
    assert [text[m.start : m.end] for m in putin.mentions] == [
        "Владимир Путин", "Путина", "Путину", "Владимиром Владимировичем Путиным",
    ]  # fmt: skip
    assert putin.variants == ("Путина", "Путину", "Владимиром Владимировичем Путиным")
    assert [text[m.start : m.end] for m in merkel.mentions] == ["Ангелой Меркель", "Меркель"]


def test_a_polish_article(extractor: Extractor) -> None:
    text = (
        "Premier Donald Tusk rozmawiał w Warszawie z Andrzejem Dudą. Prezydent Duda podziękował Donaldowi Tuskowi. "
        "O Tusku pisano w Wielkiej Brytanii i w Polsce. Wyrok Sądu Najwyższego zapadł w środę."
    )
    assert named(extractor.extract("", "", text, "pl")) == {
        "person": ["Donald Tusk", "Andrzej Duda"],
        "organisation": ["Sąd Najwyższy"],
        "place": ["Warszawa", "United Kingdom", "Poland"],
    }
