"""Names in Latin letters and how they are spelt in other scripts."""

import pytest

from indexer.entities.other_scripts import in_other_scripts, respellings

FITS = [
    ("Lavrov", "Лавров|Сергей Лавров"),
    ("Sergey Lavrov", "Сергей Лавров"),
    ("Zelensky", "Зеленский|Зеленський"),
    ("Zhukov", "Георгий Жуков"),
    ("Shchukin", "Щукин"),
    ("Natalia Poklonskaya", "Наталья Поклонская"),
    ("Yushchenko", "Ющенко"),
    ("Schukow", "Щуков"),
    ("Mahmoud Abbas", "محمود عباس"),
    ("al-Kadhimi", "مصطفى الكاظمي"),
    ("Najib Mikati", "نجيب ميقاتي"),
]


@pytest.mark.parametrize(("name", "labels"), FITS)
def test_a_name_fits_its_spellings(name: str, labels: str) -> None:
    wanted = in_other_scripts(name)
    assert [each for each in labels.split("|") if not any(one.means(each) for one in wanted)] == []


@pytest.mark.parametrize(
    ("name", "label"),
    [("Sergey", "Сергей Лавров"), ("Lavrov", "Лаврова"), ("Hassan", "حسين"), ("Mohammed Abbas", "محمود عباس")],
)
def test_a_name_fits_no_other(name: str, label: str) -> None:
    assert not any(one.means(label) for one in in_other_scripts(name))


@pytest.mark.parametrize("name", ["", "U2", "Лавров", "a" * 16])
def test_what_is_no_name_in_latin_letters_has_no_spellings(name: str) -> None:
    assert in_other_scripts(name) == ()


def test_a_name_in_another_script_is_respelt_in_latin_letters() -> None:
    [wanted] = respellings("Лавров")
    assert wanted.means("Sergey Lavrov")
