import pytest

from indexer.entities.gazetteer import GazetteerTagger, listed_countries, listed_places, read_names
from indexer.entities.tokenise import sentences


def found(text: str, language: str) -> list[tuple[str, str, str | None]]:
    tagger = GazetteerTagger(language)
    result: list[tuple[str, str, str | None]] = []
    for sentence, spans in zip(
        sentences(text, language), tagger.tag([s.words for s in sentences(text, language)]), strict=True
    ):
        for span in spans:
            start, end = sentence.span(span.first, span.last)
            result.append((text[start:end], span.kind, span.name))
    return result


P, O = "place", "organisation"  # noqa: E741  # two letters keep the table readable


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ar",
            "قال وزير خارجية روسيا في القاهرة إن الأمم المتحدة ستجتمع بجنيف ودمشق",
            [
                ("روسيا", P, "Russia"),
                ("القاهرة", P, "Cairo"),
                ("الأمم المتحدة", O, "United Nations"),
                ("بجنيف", P, "Geneva"),
                ("ودمشق", P, "Damascus"),
            ],
        ),
        (
            "zh",
            "俄罗斯外长在莫斯科说，美国和联合国安理会将在日内瓦会谈。",
            [
                ("俄罗斯", P, "Russia"),
                ("莫斯科", P, "Moscow"),
                ("美国", P, "United States"),
                ("联合国安理会", O, "UN Security Council"),
                ("日内瓦", P, "Geneva"),
            ],
        ),
        (
            "ru",
            "Министр России сообщил в Москве, что США и Германия обсудят Украину в ООН.",
            [
                ("России", P, "Russia"),
                ("Москве", P, "Moscow"),
                ("США", P, "United States"),
                ("Германия", P, "Germany"),
                ("Украину", P, "Ukraine"),
                ("ООН", O, "United Nations"),
            ],
        ),
        (
            "fr",
            "La ministre a parlé à l'ONU, à Genève, des États-Unis et de l'Allemagne.",
            [
                ("ONU", O, "United Nations"),
                ("Genève", P, "Geneva"),
                ("États-Unis", P, "United States"),
                ("Allemagne", P, "Germany"),
            ],
        ),
        (
            "de",
            "Russlands Minister sprach in Genf über die Vereinten Nationen und die EU.",
            [
                ("Russlands", P, "Russia"),
                ("Genf", P, "Geneva"),
                ("Vereinten Nationen", O, "United Nations"),
                ("EU", O, "European Union"),
            ],
        ),
        (
            "es",
            "El ministro dijo en Nueva York que España y la ONU apoyan a Ucrania.",
            [
                ("Nueva York", P, "New York"),
                ("España", P, "Spain"),
                ("ONU", O, "United Nations"),
                ("Ucrania", P, "Ukraine"),
            ],
        ),
        ("tr", "Türkiye ve Almanya", [("Türkiye", P, "Turkey"), ("Almanya", P, "Germany")]),
        ("ja", "日本とドイツ", [("日本", P, "Japan"), ("ドイツ", P, "Germany")]),
        ("xx", "Nothing is known of this language", []),
        ("fr", "", []),
    ],
)
def test_names_are_found_in_many_scripts(language: str, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize("language", ["ar", "zh", "ru", "fr", "de", "es"])
def test_countries_capitals_and_bodies_are_listed(language: str) -> None:
    listed = {english for _, english in read_names(language).entries.values()}
    wanted = {
        "France", "Germany", "Iraq", "Kenya", "Brazil", "Japan", "New Zealand", "Paris", "Berlin", "Baghdad", "Nairobi",
        "Tokyo", "Buenos Aires", "Shanghai", "New York", "European Union", "NATO", "International Monetary Fund",
        "World Health Organization", "Arab League",
    }  # fmt: skip
    assert wanted <= listed


def test_a_word_in_lower_case_is_no_name_where_case_counts() -> None:
    assert found("le chili con carne et la turquie", "fr") == []


def test_places_and_countries_of_the_list() -> None:
    assert {"new zealand": "New Zealand", "hamilton": "Hamilton"}.items() <= listed_places().items()
    assert {"jordan", "georgia", "new zealand"} <= listed_countries()
    assert "hamilton" not in listed_countries()
