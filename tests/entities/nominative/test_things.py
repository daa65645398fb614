"""Places and organisations in the nominative."""

import pytest

from indexer.entities.nominative.names import names_file, read_names
from indexer.entities.nominative.tagger import grammar_of
from indexer.entities.nominative.things import Things


def settled(language: str, *names: str) -> list[str]:
    """The nominatives of the names of one document, in their order."""
    words = [tuple(name.split()) for name in names]
    found = Things(read_names(names_file(language)), grammar_of(language)).settle(words)
    return [" ".join(found[each]) for each in words]


@pytest.mark.parametrize(
    ("language", "form", "nominative"),
    [
        ("ru", "Верховного суда", "Верховный суд"),
        ("ru", "Верховным судом Пакистана", "Верховный суд Пакистана"),
        ("ru", "Палаты представителей", "Палата представителей"),
        ("ru", "Министерству обороны США", "Министерство обороны США"),
        ("ru", "Пенсильвании", "Пенсильвания"),
        ("ru", "Свердловской области", "Свердловская область"),
        ("ru", "Балтийском море", "Балтийское море"),
        ("ru", "Басманного суда", "Басманный суд"),
        ("ru", "Городского суда", "Городской суд"),
        ("ru", "МИДа", "МИД"),
        ("ru", "МИД", "МИД"),
        ("ru", "Верховный суд", "Верховный суд"),
        ("ru", "Газпрома", "Газпром"),
        ("ru", "Зюзюкино", "Зюзюкино"),
        ("pl", "Sądu Najwyższego", "Sąd Najwyższy"),
        ("pl", "Sejmie", "Sejm"),
        ("pl", "Uniwersytetu Warszawskiego", "Uniwersytet Warszawski"),
        ("pl", "Ministerstwem Finansów", "Ministerstwo Finansów"),
        ("pl", "Partii Demokratycznej w USA", "Partia Demokratyczna w USA"),
        ("pl", "Warszawie", "Warszawa"),
        ("pl", "Wielkiej Brytanii", "Wielka Brytania"),
        ("pl", "Polsce", "Polska"),
    ],
)
def test_listed_names_and_head_words(language: str, form: str, nominative: str) -> None:
    assert settled(language, form) == [nominative]


def test_a_name_that_nobody_listed_takes_the_nominative_of_the_document() -> None:
    assert settled("ru", "Нафтогаза") == ["Нафтогаза"]
    assert settled("ru", "Нафтогаза", "Нафтогаз") == ["Нафтогаз", "Нафтогаз"]
