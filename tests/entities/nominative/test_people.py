"""People in the nominative: one document of names in Russian or Polish, and what each stands for."""

from collections import Counter

import pytest

from indexer.entities.nominative.names import names_file, read_names
from indexer.entities.nominative.people import People
from indexer.entities.nominative.tagger import grammar_of


def people(language: str) -> People:
    return People(read_names(names_file(language)), grammar_of(language))


@pytest.fixture(scope="module")
def russian() -> People:
    return people("ru")


@pytest.fixture(scope="module")
def polish() -> People:
    return people("pl")


def settled(people: People, *names: str) -> list[str]:
    """The nominatives of the names of one document, in their order."""
    words = [tuple(name.split()) for name in names]
    found = people.settle(Counter(words))
    return [" ".join(found[each]) for each in words]


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Владимира Путина", "Владимир Путин"),
        ("Владимиру Путину", "Владимир Путин"),
        ("Владимиром Путиным", "Владимир Путин"),
        ("Владимире Путине", "Владимир Путин"),
        ("Сергея Лаврова", "Сергей Лавров"),
        ("Марии Захаровой", "Мария Захарова"),
        ("Валентиной Матвиенко", "Валентина Матвиенко"),
        ("Алексея Навального", "Алексей Навальный"),
        ("Михаилом Ходорковским", "Михаил Ходорковский"),
        ("Светлане Тихановской", "Светлана Тихановская"),
        ("Барака Обамы", "Барак Обама"),
        ("Бараком Обамой", "Барак Обама"),
        ("Ангелы Меркель", "Ангела Меркель"),
        ("Дональда Трампа", "Дональд Трамп"),
        ("Эммануэля Макрона", "Эммануэль Макрон"),
        ("Урсулы фон дер Ляйен", "Урсула фон дер Ляйен"),
        ("Владимира Владимировича Путина", "Владимир Владимирович Путин"),
        ("Анны Павловны Шерер", "Анна Павловна Шерер"),
        ("В. Путина", "В. Путин"),
        ("Дмитрий Песков", "Дмитрий Песков"),
        ("Сильвио Берлускони", "Сильвио Берлускони"),
        ("Angela Merkel", "Angela Merkel"),
    ],
)
def test_a_russian_name_alone(russian: People, form: str, nominative: str) -> None:
    assert settled(russian, form) == [nominative]


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Donalda Tuska", "Donald Tusk"),
        ("Donaldem Tuskiem", "Donald Tusk"),
        ("Jarosława Kaczyńskiego", "Jarosław Kaczyński"),
        ("Jarosławowi Kaczyńskiemu", "Jarosław Kaczyński"),
        ("Andrzejem Dudą", "Andrzej Duda"),
        ("Andrzeja Dudy", "Andrzej Duda"),
        ("Beaty Szydło", "Beata Szydło"),
        ("Joe Bidena", "Joe Biden"),
        ("Theresy May", "Theresa May"),
        ("Nigela Farage'a", "Nigel Farage"),
        ("Agnieszce Holland", "Agnieszka Holland"),
        ("Ewa Kopacz", "Ewa Kopacz"),
    ],
)
def test_a_polish_name_alone(polish: People, form: str, nominative: str) -> None:
    assert settled(polish, form) == [nominative]


def test_a_family_name_alone_is_that_of_the_man_or_woman_in_the_document(russian: People) -> None:
    assert settled(russian, "Татьяна Голикова", "Голикову", "Голиковой") == ["Татьяна Голикова", "Голикова", "Голикова"]
    assert settled(russian, "Сергей Голиков", "Голикову", "Голикова") == ["Сергей Голиков", "Голиков", "Голиков"]


def test_two_bearers_of_one_form_are_told_apart_by_the_rest_of_the_document(russian: People) -> None:
    assert settled(russian, "Александра Ильина", "Александру Ильину", "Александр Ильин") == ["Александр Ильин"] * 3


def test_a_case_of_a_man_that_may_be_one_of_a_woman_is_hers_where_the_document_names_her(russian: People) -> None:
    assert settled(russian, "Валентину Матвиенко", "Валентина Матвиенко") == ["Валентина Матвиенко"] * 2


def test_a_name_that_no_list_has_keeps_its_form_unless_the_document_has_the_nominative(russian: People) -> None:
    assert settled(russian, "Гвинплена Фрубера") == ["Гвинплена Фрубера"]
    assert settled(russian, "Гвинплена Фрубера", "Гвинплен Фрубер") == ["Гвинплен Фрубер"] * 2
