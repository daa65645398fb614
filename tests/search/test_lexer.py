"""The lexer knows the grammar, and of fields only the names that it is told."""

from indexer.search.lexer import Kind, Names, lex


def _read(text: str, names: Names) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in lex(text, names)[0]]


def test_names_before_a_colon_are_those_it_is_told() -> None:
    names = Names(frozenset({"colour"}))
    assert _read("Colour:red title:war", names) == [
        (Kind.FIELD, "colour"),
        (Kind.WORD, "red"),
        (Kind.WORD, "title"),
        (Kind.WORD, "war"),
    ]


def test_a_dash_joins_two_dates_after_a_name_that_comes_before_dates() -> None:
    known = frozenset({"when"})
    assert _read("when:2019–2021", Names(known, dated=known)) == [(Kind.FIELD, "when"), (Kind.WORD, "2019–2021")]
    assert [text for _, text in _read("when:2019–2021", Names(known))] == ["when", "2019", "2021"]


def test_an_unknown_name_is_compared_with_the_known_ones() -> None:
    warnings = [lex(text, Names(frozenset({"colour"})))[1][0] for text in ("color:red", "title:war")]
    assert [(warning.code, warning.values) for warning in warnings] == [
        ("perhaps-field", ("color", "colour")),
        ("unknown-field", ("title",)),
    ]
