"""Bounds of names that a tagger drew too wide or too narrow."""

import pytest

from indexer.article import EntityKind
from indexer.entities.nominative.mending import mended
from indexer.entities.nominative.tagger import grammar_of
from indexer.entities.tagger import Span

PERSON: EntityKind = "person"
GIVEN = frozenset({"асия", "владимир", "ангела", "борис"})


def found(sentence: str, *spans: tuple[int, int]) -> list[str]:
    """The names of a sentence after mending, as text."""
    words = sentence.split()
    names = [Span(first, last, PERSON) for first, last in spans]
    return [" ".join(words[span.first : span.last]) for span in mended(words, names, grammar_of("ru"), GIVEN)]


@pytest.mark.parametrize(
    ("sentence", "spans", "names"),
    [
        ("сказал Штефан Кауфман ( Stefan Kaufmann ) .", [(1, 6)], ["Штефан Кауфман", "Stefan Kaufmann"]),
        ("сказал Штефан Кауфман ( Stefan Kaufmann ) .", [(1, 5)], ["Штефан Кауфман", "Stefan"]),
        ("министр Brexit Дэвид Дэвис", [(1, 4)], ["Дэвид Дэвис"]),
        ("глава Урсула фон дер Ляйен прибыла", [(1, 2), (4, 5)], ["Урсула фон дер Ляйен"]),
        ("словам фон дер Ляйен", [(3, 4)], ["фон дер Ляйен"]),
        ("Христианка Асия Биби свободна", [(0, 3)], ["Асия Биби"]),
        ("Садулаев Борис Петрович пришёл", [(0, 3)], ["Садулаев Борис Петрович"]),
        ("Лоукостер Ryanair отменил рейсы", [(0, 2)], []),
        ("Папа Бенедикт XVI", [(1, 3)], ["Бенедикт XVI"]),
        ("Владимир Путин и Ангела Меркель", [(0, 2), (3, 5)], ["Владимир Путин", "Ангела Меркель"]),
    ],
)
def test_bounds(sentence: str, spans: list[tuple[int, int]], names: list[str]) -> None:
    assert found(sentence, *spans) == names


def test_a_name_of_the_list_and_other_kinds_keep_their_bounds() -> None:
    words = "в Brexit Москве ( Moscow".split()
    spans = [Span(1, 3, "organisation"), Span(2, 5, "place", "Moscow")]
    assert mended(words, spans, grammar_of("ru"), GIVEN) == spans
