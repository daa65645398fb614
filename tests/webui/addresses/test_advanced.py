"""The form of advanced search: the query that its fields write, and the fields of a query."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fields import BY_NAME, Kind
from indexer.search import composing
from indexer.search.parser import conjunction, disjunction, negation, parse
from indexer.search.printer import clauses
from indexer.search.query import EVERYTHING, NOTHING, Node
from indexer.search.request import Filter, SearchRequest, Sort
from webui.addresses import params
from webui.addresses.advanced import BOXES, NAMES, Form, compose, take_apart

ODD = st.text(st.characters(), max_size=30) | st.text("abZ\"“«()|-+=*?~:/.'’ ANDORNOTEAR5 中ن\u200f", max_size=30)
DATES = st.sampled_from(["", "2021", "2021-10", "14.10.2021", "2019–2021", "2026-11-03", "0001", "9999"])


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ({}, ""),
        ({"words": "lavrov biden"}, "lavrov AND biden"),
        ({"words": "what OR not"}, "what AND +OR AND not"),
        ({"words": 'minist* "g7 summit"'}, 'minist* AND "g7 summit"'),
        ({"phrase": "normandy group"}, '"normandy group"'),
        ({"phrase": 'he said "no" (twice)'}, '"he said no (twice)"'),
        ({"any": "syria iran"}, "syria OR iran"),
        ({"any": "syria"}, "syria"),
        ({"none": "rome paris"}, "-rome AND -paris"),
        ({"near": "lavrov biden", "within": "5"}, "lavrov NEAR/5 biden"),
        ({"near": "lavrov biden"}, "lavrov NEAR/10 biden"),
        ({"near": "a b c", "within": "٣"}, "a NEAR/3 b AND b NEAR/3 c"),
        ({"with_title": "peace talks"}, "title:peace AND title:talks"),
        ({"with_title": '"peace talks"'}, 'title:"peace talks"'),
        ({"with_body": "summit"}, "body:summit"),
        ({"with_author": "Clara Voss"}, 'author:"Clara Voss"'),
        ({"with_topic": "climate"}, "topic:climate"),
        ({"with_person": "Joe Biden"}, 'person:"Joe Biden"'),
        ({"with_organisation": "NATO"}, "organisation:NATO"),
        ({"with_place": "Kyiv"}, "place:Kyiv"),
        ({"with_source": "SANA"}, "source:SANA"),
        ({"with_category": "News/World"}, "category:News/World"),
        ({"with_language": "en"}, "language:en"),
        ({"with_translated_from": "ar"}, "translated_from:ar"),
        ({"from": "2021-10", "to": "2021-10"}, "published:2021-10"),
        ({"from": "2021"}, "published:2021.."),
        ({"to": "14.10.2021"}, "published:..2021-10-14"),
        ({"from": "2022", "to": "2021-10"}, "published:2021-10..2022-12"),
        ({"added_from": "2026-11-03T14:00"}, "added:2026-11-03T14:00.."),
        ({"added_to": "2026-11"}, "added:..2026-11"),
        ({"rest": "on:10-14 (a OR b)"}, "on:10-14 AND (a OR b)"),
        ({"words": "قمة المناخ", "with_place": "القاهرة"}, "قمة AND المناخ AND place:القاهرة"),
        ({"words": "气候 峰会", "with_person": "习近平"}, "气候 AND 峰会 AND person:习近平"),
        ({"phrase": "«саммит» в Женеве", "none": "футбол"}, '"саммит в Женеве" AND -футбол'),
        ({"words": "l’Élysée", "with_person": "Emmanuel Macron"}, "l'Élysée AND person:\"Emmanuel Macron\""),
        ({"any": "Straße Brücke", "from": "2021"}, "(Straße OR Brücke) AND published:2021.."),
        ({"phrase": "¿qué pasa?", "with_source": "El País"}, '"qué pasa?" AND source:"El País"'),
        (
            {"words": "summit", "any": "a b", "none": "c", "near": "d e", "within": "2", "rest": "f OR g"},
            "summit AND (a OR b) AND -c AND d NEAR/2 e AND (f OR g)",
        ),
    ],
)  # fmt: skip
def test_each_field_writes_its_part(typed: dict[str, str], query: str) -> None:
    composed = compose(typed)
    assert (composed.query, dict(composed.problems)) == (query, {})


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"from": "soon"}, {"from": "no-date"}),
        ({"to": "2021-02-30", "from": "2021"}, {"to": "no-date"}),
        ({"from": ">2021"}, {"from": "no-date"}),
        ({"added_from": "yesterday"}, {"added_from": "no-arrival"}),
        ({"near": "a b", "within": "many"}, {"within": "no-distance"}),
        ({"near": "a b", "within": "1001"}, {"within": "no-distance"}),
        ({"within": "many"}, {}),
        ({"rest": "*ing"}, {"rest": "leading-wildcard"}),
        ({"rest": "()"}, {"rest": "nothing-to-search"}),
        ({"words": "x" * 1001}, {"": "too-long"}),
        ({"any": " ".join(map(str, range(65)))}, {"": "too-many-clauses"}),
    ],
)
def test_what_cannot_be_written_is_told_beside_its_field(typed: dict[str, str], problems: dict[str, str]) -> None:
    assert {name: each.code for name, each in compose(typed).problems.items()} == problems


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("", {}),
        ("lavrov biden", {"words": "lavrov biden"}),
        ('lavrov -rome "normandy group"', {"words": "lavrov", "none": "rome", "phrase": "normandy group"}),
        ('"one two" "three four"', {"phrase": "one two", "words": '"three four"'}),
        ("(syria OR iran) summit", {"any": "syria iran", "words": "summit"}),
        ("(a OR b) (c OR d)", {"any": "a b", "rest": "c OR d"}),
        ("lavrov NEAR/5 biden", {"near": "lavrov biden", "within": "5"}),
        ("lavrov NEAR/5 biden NEAR/5 minsk", {"near": "lavrov biden", "within": "5", "rest": "biden NEAR/5 minsk"}),
        ("title:(peace talks)", {"with_title": "peace talks"}),
        ('person:"Joe Biden" source:SANA', {"with_person": "Joe Biden", "with_source": "SANA"}),
        ('org:"NATO" org:EU', {"with_organisation": "NATO", "rest": "organisation:EU"}),
        ('source:="Al Jazeera"', {"rest": 'source:="Al Jazeera"'}),
        ("lang:en date:2021", {"with_language": "en", "from": "2021", "to": "2021"}),
        ("after:2021 before:2022-03", {"from": "2021-01", "to": "2022-02"}),
        ("after:2022 before:2021", {"from": "2022", "rest": "published:..2020"}),
        ("added:2026-11-03..", {"added_from": "2026-11-03"}),
        ("minist* lavrof~ =ministers", {"words": "minist* lavrof~2 =ministers"}),
        ("-source:* on:10-14 x", {"words": "x", "rest": "-source:* AND on:10-14"}),
        ("-(a OR b)", {"rest": "-(a OR b)"}),
        ('"a b"~5', {"rest": '"a b"~5'}),
        ("summary:x", {"rest": "summary:x"}),
        ("colour:red (", {"rest": "colour:red ("}),
        ("*ing", {"rest": "*ing"}),
        ("قمة place:بيروت", {"words": "قمة", "with_place": "بيروت"}),
    ],
)
def test_a_query_fills_the_fields_that_can_hold_it(query: str, typed: dict[str, str]) -> None:
    assert take_apart(query) == typed


def test_of_a_question_that_some_words_answer_the_words_are_alternatives() -> None:
    assert take_apart("what did the president promise", some=True) == {"any": "president promise"}
    assert take_apart("what did the president promise") == {"words": "what did the president promise"}
    assert take_apart("lavrov AND biden", some=True) == {"words": "lavrov biden"}


def test_what_is_in_the_fields_already_stays() -> None:
    assert take_apart("date:2021 x", {"from": "2019"}) == {"from": "2019", "words": "x", "rest": "published:2021"}


@given(typed=st.dictionaries(st.sampled_from(NAMES[:4] + tuple(BOXES)), ODD, max_size=5), start=DATES, end=DATES)
def test_whatever_is_typed_the_query_is_read_as_what_is_meant(typed: dict[str, str], start: str, end: str) -> None:
    composed = compose(typed | {"from": start, "to": end})
    assert not composed.problems
    parsed = parse(composed.query)
    assert not parsed.warnings
    meant: list[Node] = [*composing.words(typed.get("words", ""))]
    meant += filter(None, [composing.phrase(typed.get("phrase", ""))])
    if either := composing.words(typed.get("any", "")):
        meant.append(disjunction(*either))
    meant += map(negation, composing.words(typed.get("none", "")))
    for name, field in BOXES.items():
        text = typed.get(name, "")
        if BY_NAME[field].kind is Kind.TEXT:
            meant += composing.words(text, field)
        else:
            meant += filter(None, [composing.value(text, field)])
    if days := compose({"from": start, "to": end}).query:
        meant.append(parse(days).tree)
    assert parsed.tree == (conjunction(*meant) if meant else EVERYTHING)


PARTS = [
    *("a", "b*", '"c d"', "-e", "(f OR g)", "(h OR i)", "j NEAR/3 k", "title:l", 'person:"M N"', "source:o"),
    *("-source:*", "date:2021", "added:2026", "=p", "-(q r)", "lang:en", '"s t"~3', "on:10-14"),
]


@given(query=ODD | st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join))
def test_a_query_taken_apart_is_written_again_with_the_same_parts(query: str) -> None:
    typed = take_apart(query)
    asked = parse(query)
    if asked.refused or asked.warnings or asked.tree == NOTHING:
        assert typed == {"rest": query}
    else:
        assert essence(parse(compose(typed).query).tree) == essence(asked.tree)


def essence(tree: Node) -> list[str]:
    """The parts of a query in whatever order; but for dates, which are joined, and quotes around a word of a name."""
    return sorted(text.replace('"', "") for text, _ in clauses(tree) if not text.startswith("published:"))


def test_the_address_of_a_search_fills_the_form_and_goes_along() -> None:
    asked = parse_qsl("q=lavrov&from=2021&sort=newest&source=SANA&-place=Kyiv&group=0&page=3&match=all")
    form = Form.read(asked, SearchRequest(group=True))
    assert form.typed == {"words": "lavrov", "from": "2021"}
    assert form.request.filters == (Filter("place", (), ("Kyiv",)), Filter("source", ("SANA",)))
    assert (form.request.sort, form.request.page, form.request.query) == (Sort.NEWEST, 1, "")
    assert form.kept(SearchRequest(group=True)) == [("group", "0")]


def test_no_field_has_the_name_of_a_filter() -> None:
    assert not {*NAMES} & {*params.FILTER_PARAMETERS.values(), "all", "q", "ui"}
