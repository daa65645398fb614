"""One name across languages and scripts: what an archive shows in English is found by whatever else it is called."""

import pytest

from indexer.article import Article, Entity, Mention
from indexer.engines.base import Engine
from indexer.search.results import Suggestion
from tests.engines.asking import ask, counts, found, search
from tests.engines.conftest import fill
from tests.engines.corpus import article


def spelt(kind: str, name: str, *variants: str, at: int = 0) -> Entity:
    """An entity that a text names twice, in another form than it is shown by."""
    mentions = (Mention(at, at + 3, "body"), Mention(0, 3, "title"))
    return Entity(kind, name, mentions=mentions, variants=variants)  # type: ignore[arg-type]


ARTICLES: tuple[Article, ...] = (
    article("n1", "One", "Talks in Beirut.", "2021", places=("Beirut", "Russia"), organisations=("NATO",)),
    article("n2", "Two", "Talks in Beijing.", "2021", places=("Beijing", "South Korea"), people=("Nikolai Patrushev",)),
    article("n3", "Three", "Talks.", "2021", places=("North Korea",), people=("Sergei Ivanov", "Hassan Diab")),
    article("n4", "Four", "Talks.", "2021", people=("Igor Ivanov", "Vladimir Putin", "Ivanov")),
    article("n5", "Five", "Der Zar von Kiew spricht.", "2021", entities=(spelt("place", "Kyiv", "Kiew"),)),
    article("n6", "Six", "In Гадюкино again.", "2021", entities=(spelt("place", "Gadyukino", "Гадюкино"),)),
    article("n7", "Seven", "The Gazette asks.", "2021", people=("Patrushev", "Mustafa al-Kadhimi")),
)


@pytest.fixture
def archive(empty: Engine) -> Engine:
    fill(empty, ARTICLES, commits=2)
    return empty


IN_OTHER_LANGUAGES = [
    ("place", "Beirut", "n1", "بيروت Beyrouth Бейрут 贝鲁特 БЕЙРУТ beyrouth"),
    ("place", "Russia", "n1", "Россия روسيا 俄罗斯 Russie Russland Rusia Rusko ロシア רוסיה"),
    ("place", "Beijing", "n2", "北京 Пекин Pékin بكين Peking"),
    ("organisation", "NATO", "n1", "НАТО OTAN Otan الناتو 北约"),
    ("place", "Kyiv", "n5", "Киев Kiev 基辅 كييف"),
    ("person", "Vladimir Putin", "n4", "Путин 普京 بوتين Poutine"),
]


@pytest.mark.parametrize(("kind", "label", "ids", "names"), IN_OTHER_LANGUAGES)
def test_the_tables_know_names_in_other_languages(archive: Engine, kind: str, label: str, ids: str, names: str) -> None:
    for name in names.split():
        assert found(archive, f"{kind}:{name}") == ids
        assert found(archive, f'{kind}:="{name}"') == ids
        results = search(archive, **{kind: name})  # type: ignore[arg-type]
        assert ([hit.id for hit in results.hits], results.request.filter(kind).values) == (ids.split(), (label,))


def test_a_filter_by_another_name_selects_the_value_that_is_shown(archive: Engine) -> None:
    facet = search(archive, place="بيروت", facets="place").facets["place"]
    assert [bucket.value for bucket in facet.buckets if bucket.selected] == ["Beirut"]
    assert found(archive, exclude={"place": "Россия"}) == "n2 n3 n4 n5 n6 n7"
    assert archive.facet_values(ask(place="Бейрут"), "place").request.filter("place").values == ("Beirut",)
    assert [each.id for each in archive.scan(ask(place="Beyrouth"))] == ["n1"]


INFLECTED = [("place:Бейруте", "n1"), ("place:России", "n1"), ("place:لبيروت", "n1"), ("place:Russlands", "n1")]


@pytest.mark.parametrize(("query", "ids"), INFLECTED)
def test_regular_inflections_are_followed(archive: Engine, query: str, ids: str) -> None:
    assert found(archive, query) == ids


PARTS = [
    ("place:korea", "n2 n3"),
    ("place:Корея", "n2 n3"),
    ("place:كوريا", "n2 n3"),
    ("place:Росси*", "n1"),
    ("place:Бей?ут", "n1"),
    ('place:="Корея"', ""),
    ("place:rus*", "n1"),
    ("place:beyr*", ""),
]


@pytest.mark.parametrize(("query", "ids"), PARTS)
def test_parts_of_names_in_other_scripts_are_found_as_parts_of_labels_are(
    archive: Engine, query: str, ids: str
) -> None:
    assert found(archive, query) == ids


PEOPLE = [
    ("person:Патрушев", "n2 n7"),
    ('person:"Николай Патрушев"', "n2"),
    ('person:="Николай Патрушев"', "n2"),
    ('person:"مصطفى الكاظمي"', "n7"),
    ('person:"حسن دياب"', ""),
    ("person:الكاظمي", ""),
    ("person:Иванов", ""),
    ("person:Петров", ""),
    ("person:Николай", ""),
]


@pytest.mark.parametrize(("query", "ids"), PEOPLE)
def test_the_one_person_whose_name_may_be_romanised_so_is_found(archive: Engine, query: str, ids: str) -> None:
    assert found(archive, query) == ids


PERHAPS = [
    ("Иванов", "Igor Ivanov"),
    ("Георгий Иванов", "Igor Ivanov"),
    ("حسن دياب", "Hassan Diab"),
    ("الكاظمي", "Mustafa al-Kadhimi"),
    ("Николай", "Nikolai Patrushev"),
    ("Петров", None),
    ("Патрушев", None),
]


@pytest.mark.parametrize(("name", "label"), PERHAPS)
def test_of_several_people_the_most_frequent_is_named(archive: Engine, name: str, label: str | None) -> None:
    wanted = [("perhaps-value", ("person", name, label))] if label else []
    for results in (search(archive, f'person:"{name}"'), search(archive, person=name)):
        assert [(each.code, each.values) for each in results.warnings] == wanted


IN_LATIN_LETTERS = [
    ("person:patrushev", "l1 l2", None),
    ('person:"Nikolai Patrushev"', "l1 l2", None),
    ('person:"Mustafa Kadhimi"', "l1", None),
    ("person:kadhimi", "", "مصطفى الكاظمي"),
    ("person:Ivanov", "", "Игорь Иванов"),
    ("person:Petrov", "", None),
    ("person:nikolai", "", None),
    ('person:"Vladimir Putin"', "l2", None),
]


@pytest.mark.parametrize(("query", "ids", "label"), IN_LATIN_LETTERS)
def test_people_in_other_scripts_are_found_in_latin_letters(
    empty: Engine, query: str, ids: str, label: str | None
) -> None:
    named = (
        article("l1", "One", "Talks.", "2021", people=("Николай Патрушев", "مصطفى الكاظمي", "Игорь Иванов")),
        article("l2", "Two", "Talks.", "2021", people=("Николай Патрушев", "Сергей Иванов", "Владимир Путин")),
    )
    fill(empty, named)
    results = search(empty, query)
    assert " ".join(sorted(hit.id for hit in results.hits)) == ids
    assert [each.values[-1] for each in results.warnings] == ([label] if label else [])


def test_what_articles_spell_so_is_found(archive: Engine) -> None:
    assert found(archive, "place:Гадюкино") == found(archive, place="гадюкино") == "n6"
    assert found(archive, "place:kiew") == found(archive, place="Kiew") == "n5"
    assert found(archive, "person:Гадюкино") == ""


def test_a_label_of_that_name_comes_before_other_names(empty: Engine) -> None:
    fill(empty, [article("m1", "One", "Talks.", "2021", places=("Mexico City",))])
    assert found(empty, place="Mexico") == ""
    assert found(empty, place="México") == ""
    fill(empty, [article("m2", "Two", "Talks.", "2021", places=("Beyrouth",)), *ARTICLES])
    assert found(empty, place="Beyrouth") == "m2"
    assert counts(search(empty, place="Бейрут", facets="place").facets["place"])["Beirut"] == 1


SUGGESTED = [
    ("بير", [Suggestion("place", "Beirut", 1, "بيروت")]),
    ("Бей", [Suggestion("place", "Beirut", 1, "Бейрут")]),
    ("beyr", [Suggestion("place", "Beirut", 1, "Beyrouth")]),
    ("be", [Suggestion("place", "Beijing", 1), Suggestion("place", "Beirut", 1)]),
    (
        "北",
        [
            Suggestion("organisation", "NATO", 1, "北约"),
            Suggestion("place", "Beijing", 1, "北京"),
            Suggestion("place", "North Korea", 1, "北朝鮮"),
        ],
    ),
    ("пути", [Suggestion("person", "Vladimir Putin", 1, "Владимир Путин")]),
    ("Патр", [Suggestion("person", "Nikolai Patrushev", 1), Suggestion("person", "Patrushev", 1)]),
    ("николай патр", [Suggestion("person", "Nikolai Patrushev", 1)]),
    ("пат", []),
]


@pytest.mark.parametrize(("typed", "offered"), SUGGESTED)
def test_entities_are_suggested_by_other_names(archive: Engine, typed: str, offered: list[Suggestion]) -> None:
    assert [each for each in archive.suggest(typed) if each.kind != "title"] == offered


CONTAINED = [
    ("place", "بيروت", ["Beirut"]),
    ("place", "корея", ["North Korea", "South Korea"]),
    ("place", "ejru", []),
    ("place", "beyr", ["Beirut"]),
    ("place", "cor", ["North Korea", "South Korea"]),
    ("place", "rusko", []),
    ("place", "eij", ["Beijing"]),
    ("organisation", "отан", []),
    ("organisation", "ато", ["NATO"]),
    ("person", "Пути", ["Vladimir Putin"]),
]


@pytest.mark.parametrize(("field", "text", "values"), CONTAINED)
def test_values_of_a_facet_are_found_by_other_names(archive: Engine, field: str, text: str, values: list[str]) -> None:
    page = archive.facet_values(ask(), field, contains=text, order="name")
    assert ([bucket.value for bucket in page.buckets], page.total) == (values, len(values))


def test_a_label_in_another_script_is_found_by_all_other_names(empty: Engine) -> None:
    stated = article("k1", "One", "Talks.", "2021", places=("Москва", "Kiev"), people=("习近平",))
    fill(empty, [stated, article("k2", "Two", "Talks.", "2021")])
    for query in ("place:Moscow", "place:موسكو", "place:Moscou", "place:Kyiv", "place:Киев", 'person:"Xi Jinping"'):
        assert found(empty, query) == "k1"
    results = search(empty, place="Moscow", facets="place")
    assert results.request.filter("place").values == ("Москва",)
    assert counts(results.facets["place"]) == {"Kiev": 1, "Москва": 1}


def test_labels_in_another_script_join_those_that_they_surely_mean(empty: Engine) -> None:
    court = "International Criminal Court"
    named = (
        article("j1", "One", "Talks.", "2021", people=("Сергей Лавров",), places=("Москва",), organisations=("CPI",)),
        article("j2", "Two", "Talks.", "2021", people=("Сергей Лавров", "习近平"), places=("Москва", "Moscow")),
        article("j3", "Three", "Talks.", "2021", people=("Sergei Lavrov",), organisations=(court,)),
        article("j4", "Four", "Talks.", "2021", people=("Xi Jinping", "Путин", "Vladimir Putin", "Андрій Єрмак")),
        article("j5", "Five", "Talks.", "2021", people=("Andriy Yermak", "محمود عباس", "Mohammed Abbas")),
    )
    fill(empty, named, commits=2)
    facets = search(empty, facets=("person", "place", "organisation")).facets
    assert counts(facets["person"]) == {
        "Sergei Lavrov": 3,
        "Andriy Yermak": 2,
        "Xi Jinping": 2,
        "Mohammed Abbas": 1,
        "Vladimir Putin": 1,
        "Путин": 1,
        "محمود عباس": 1,
    }
    assert counts(facets["place"]) == {"Moscow": 2}
    assert counts(facets["organisation"]) == {"CPI": 1, court: 1}
    assert found(empty, "person:лавров") == found(empty, person="Сергей Лавров") == "j1 j2 j3"
    assert found(empty, "person:Єрмак") == found(empty, "person:yermak") == "j4 j5"
    assert found(empty, "organisation:CPI") == "j1"
