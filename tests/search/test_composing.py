"""What is typed into the fields of a form, as parts of a query."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search import composing
from indexer.search.parser import parse
from indexer.search.printer import to_text
from indexer.search.query import Added, Exact, Fuzzy, Near, Node, Phrase, Prefix, Range, Term, Wildcard

ANY_TEXT = st.text(st.characters(), max_size=60) | st.text("ab\"“«()|-+=*?~:/.'’ ANDORNOTEAR5 中ن\u200f", max_size=40)
FIELDS = st.sampled_from([None, "title", "body", "person", "source", "category", "language"])


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("lavrov biden", [Term("lavrov"), Term("biden")]),
        ('"normandy group" putin', [Phrase("normandy group"), Term("putin")]),
        ("«группа семи» путин", [Phrase("группа семи"), Term("путин")]),
        ("「東京 五輪」 選手", [Phrase("東京 五輪"), Term("選手")]),
        ("OR", [Term("OR")]),
        ("AND NOT NEAR/5", [Term("AND"), Term("NOT"), Term("NEAR/5")]),
        ("-lavrov (biden)", [Term("lavrov"), Term("biden")]),
        ("title:summit", [Phrase("title:summit")]),
        ("colour:red", [Phrase("colour:red")]),
        ("12:30 U.S. C++ AT&T", [Term("12:30"), Term("U.S."), Term("C++"), Term("AT&T")]),
        ('say "cheese', [Term("say"), Term("cheese")]),
        ("minist* k?ev lavrof~1", [Prefix("minist"), Wildcard("k?ev"), Fuzzy("lavrof", 1)]),
        ("=ministers", [Exact("ministers")]),
        ("mi* *ing", [Phrase("mi"), Phrase("ing")]),
        ("* ? ... --", []),
        ("لافروف، بايدن", [Term("لافروف"), Term("بايدن")]),
        ("北京 习近平", [Term("北京"), Term("习近平")]),
        ("2019–2021", [Term("2019"), Term("2021")]),
    ],
)
def test_words_are_taken_as_typed(typed: str, parts: list[Node]) -> None:
    assert list(composing.words(typed)) == parts


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("normandy group", Phrase("normandy group")),
        ('the "normandy" (group) OR b*', Phrase("the normandy (group) OR b")),
        ("قمة المناخ", Phrase("قمة المناخ")),
        ("气候峰会", Phrase("气候峰会")),
        ("!?", None),
    ],
)
def test_a_phrase_is_all_of_its_text(typed: str, part: Node | None) -> None:
    assert composing.phrase(typed) == part


@pytest.mark.parametrize(
    ("field", "typed", "part"),
    [
        ("person", "Joe Biden", Phrase("Joe Biden", 0, "person")),
        ("person", "Biden", Term("Biden", "person")),
        ("person", 'Dwayne "The Rock" Johnson', Phrase("Dwayne The Rock Johnson", 0, "person")),
        ("source", "OR", Term("OR", "source")),
        ("source", "SANA (English)", Phrase("SANA (English)", 0, "source")),
        ("source", "al*", Phrase("al", 0, "source")),  # too short to be a pattern
        ("source", "halya*", Prefix("halya", "source")),
        ("category", "News/World", Term("News/World", "category")),
        ("category", "World News/Asia", Phrase("World News/Asia", 0, "category")),
        ("language", "zh-Hans", Term("zh-Hans", "language")),
        ("place", "بيروت", Term("بيروت", "place")),
        ("place", "", None),
        ("place", "*", None),
    ],
)
def test_a_value_is_one_part(field: str, typed: str, part: Node | None) -> None:
    assert composing.value(typed, field) == part


def test_each_word_is_near_the_next() -> None:
    assert composing.near('lavrov "joe biden" minsk', 5) == (
        Near(Term("lavrov"), Phrase("joe biden"), 5),
        Near(Phrase("joe biden"), Term("minsk"), 5),
    )
    assert composing.near("lavrov", 5) == (Term("lavrov"),)
    assert composing.near("minist* NEAR", 3) == (Near(Phrase("minist"), Term("NEAR"), 3),)


def test_the_ends_of_a_range_are_written_as_short_as_they_can_be() -> None:
    assert composing.ends(Range(date(2021, 1, 1), date(2021, 12, 31))) == ("2021", "2021")
    assert composing.ends(Range(date(2021, 3, 1))) == ("2021-03", "")
    assert composing.ends(Added(None, date(2026, 11, 3))) == ("", "2026-11-03")
    assert composing.ends(Added()) == ("", "")


@given(text=ANY_TEXT, field=FIELDS)
def test_every_part_is_read_again_as_it_was_written(text: str, field: str | None) -> None:
    found = [*composing.words(text, field), composing.phrase(text, field)]
    if field:
        found.append(composing.value(text, field))
    for part in (each for each in found if each):
        parsed = parse(to_text(part))
        assert (parsed.tree, parsed.warnings) == (part, ())


@pytest.mark.parametrize(
    "typed",
    ['"UN SECURITY COUNCIL MEETS TODAY" AND NATO', "A NEAR/5 B AND C NEAR/5 D AND E", '"A B C D E" -"F G" AND H'],
)
def test_capitals_beside_signs_are_no_sentence(typed: str) -> None:
    tree = parse(typed).tree
    assert Term("AND") not in getattr(tree, "children", ())
    assert parse(to_text(tree)).tree == tree
