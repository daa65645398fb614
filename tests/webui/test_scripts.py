import pytest

from webui.scripts import language_of, with_territory


@pytest.mark.parametrize(
    ("name", "languages", "found"),
    [
        ("بريد الواحة", ("ar",), "ar"),
        ("بريد الواحة", ("en",), None),
        ("بريد الواحة", ("ar", "en"), "ar"),
        ("SANA", ("ar", "en-GB"), "en-GB"),
        ("Le Quai", ("fr", "en"), "fr"),
        ("ТАСС", ("sr-Latn",), None),
        ("ТАСС", ("sr",), "sr"),
        ("青石晚报", ("zh-Hant",), "zh-Hant"),
        ("朝日しんぶん", ("ja",), "ja"),
        ("朝日しんぶん", ("zh",), None),
        ("BBC عربي", ("ar", "en"), None),
        ("24", ("en",), None),
        ("Fig", ("xx-nonsense", ""), None),
        ("Fig", (), None),
    ],
)
def test_a_name_is_in_the_first_language_of_its_script(
    name: str, languages: tuple[str, ...], found: str | None
) -> None:
    assert language_of(name, languages) == found


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("fr", "fr_FR"),
        ("fr-CH", "fr_CH"),
        ("zh", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("en-GB", "en_GB"),
        ("", ""),
        ("no such", ""),
    ],
)
def test_a_language_is_named_with_its_territory(tag: str, name: str) -> None:
    assert with_territory(tag) == name
