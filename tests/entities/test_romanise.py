"""People's names in other scripts and their spellings in Latin letters."""

import pytest

from indexer.entities.romanise import in_latin, romanised

FITS = [
    ("Зеленский", "Volodymyr Zelensky|Zelenskyy|Zelenskiy|Zelenskyj|Wolodymyr Selenskyj|Zelenski"),
    ("Лавров", "Sergey Lavrov|Sergej Lawrow|Lavroff"),
    ("Хрущёв", "Nikita Khrushchev|Nikita Khrouchtchev|Nikita Hruŝev"),
    ("Жуков", "Georgy Zhukov|Gueorgui Joukov|Georgi Schukow"),
    ("Ющенко", "Viktor Yushchenko|Viktor Iouchtchenko|Wiktor Juschtschenko"),
    ("Сергей Лавров", "Sergey Lavrov|Sergueï Lavrov|Sergei Viktorovich Lavrov"),
    ("Μητσοτάκης", "Kyriakos Mitsotakis"),
    ("محمود عباس", "Mahmoud Abbas|Mahmud Abbas"),
    ("ميقاتي", "Najib Mikati|Najib Miqati"),
    ("الحريري", "Saad Hariri|Saad al-Hariri"),
    ("عبد الفتاح", "Abdel Fattah|Abdul Fatah"),
    ("נתניהו", "Benjamin Netanyahu"),
]
FITS_NOT = [
    ("Лавров", "Lavrova|Lavrenov|Sergey"),
    ("Сергей Лавров", "Lavrov|Lavrov Sergey"),
    ("الحريري", "Harari|Harry"),
    ("محمود عباس", "Mohammed Abbas|Abbas"),
    ("نتنياهو", "Nathan"),
]


@pytest.mark.parametrize(("name", "spellings"), FITS)
def test_a_name_fits_the_spellings_of_the_usual_systems(name: str, spellings: str) -> None:
    wanted = romanised(name)
    assert wanted is not None
    assert [each for each in spellings.split("|") if not wanted.fits(each)] == []


@pytest.mark.parametrize(("name", "others"), FITS_NOT)
def test_a_name_fits_no_other(name: str, others: str) -> None:
    wanted = romanised(name)
    assert wanted is not None
    assert [each for each in others.split("|") if wanted.fits(each)] == []


@pytest.mark.parametrize("name", ["Lavrov", "习近平", "Лавров Lavrov", "", "阿", "!"])
def test_names_that_are_not_romanised(name: str) -> None:
    assert romanised(name) is None


def test_a_given_name_alone_means_nobody() -> None:
    wanted = romanised("Сергей")
    assert wanted is not None
    assert wanted.fits("Sergey Lavrov")
    assert not wanted.means("Sergey Lavrov")
    assert wanted.means("Esenin Sergey")


TELLING = [
    ("Лавров", True),
    ("Жуков", False),
    ("Ли Пэн", False),
    ("Георгий Жуков", True),
    ("ميقاتي", False),
    ("نجيب ميقاتي", True),
    ("حسن دياب", False),
]


@pytest.mark.parametrize(("name", "telling"), TELLING)
def test_short_names_tell_nobody(name: str, telling: bool) -> None:
    wanted = romanised(name)
    assert wanted is not None
    assert wanted.telling is telling


def test_the_beginning_of_a_name_fits() -> None:
    wanted = romanised("сергей лав")
    assert wanted is not None
    assert wanted.begun().fits("Sergey Lavrov")
    assert not wanted.fits("Sergey Lavrov")


LATIN = [
    ("Сергей Лавров", "sergey lavrov"),
    ("Владимир Зеленский", "vladimir zelensky"),
    ("Володимир Зеленський", "volodymyr zelensky"),
    ("Евгений Примаков", "yevgeny primakov"),
    ("Михаил Горбачёв", "mikhail gorbachev"),
    ("Андрій Єрмак", "andriy yermak"),
    ("Сергій Гайдай", "serhiy hayday"),
    ("Лавров", "Лавров"),
    ("Sergey Lavrov", "Sergey Lavrov"),
    ("محمود عباس", "محمود عباس"),
    ("Александр Вучић", "Александр Вучић"),
]


@pytest.mark.parametrize(("name", "latin"), LATIN)
def test_full_names_in_latin_letters(name: str, latin: str) -> None:
    assert in_latin(name) == latin
