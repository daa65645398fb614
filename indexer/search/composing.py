"""Texts typed into the fields of a form -> parts of a query that mean what was typed, and a query -> its parts again.

What the language would read as an operator, a parenthesis or the name of a field is a word here; quotation marks keep
words together, and patterns stay patterns. Every part is read by the parser itself, so that the printer gives a text
which is read as the same part.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.search.dates import print_added, print_range
from indexer.search.lexer import plain_signs
from indexer.search.parser import MAX_READ, parse
from indexer.search.printer import to_text
from indexer.search.query import (
    Added,
    Exact,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

Leaf = Term | Phrase | Prefix | Wildcard | Fuzzy | Exact
_PIECES = re.compile(r'"([^"]*)"|([^\s()"|\u2012-\u2015]+)')


def words(text: str, field: str | None = None) -> tuple[Leaf, ...]:
    """The words, patterns and quoted phrases of a text."""
    return tuple(_words(text, field, (Term, Phrase, Prefix, Wildcard, Fuzzy, Exact)))


def phrase(text: str, field: str | None = None) -> Leaf | None:
    """All of a text as one phrase; None where it holds no letter or digit."""
    plain = plain_signs(text).replace('"', " ").replace("*", " ")
    return _leaf(f'"{plain}"', field, (Phrase,))


def value(text: str, field: str) -> Leaf | None:
    """A text as a value of a keyword field; None where it holds no letter or digit."""
    bare = _leaf(text.strip(), field, (Term, Prefix, Wildcard)) if len(text.split()) == 1 else None
    return bare or phrase(text, field)


def near(text: str, distance: int) -> tuple[Node, ...]:
    """The words and quoted phrases of a text, each at most so many words from the next; a single one by itself."""
    found = list(_words(text, None, (Term, Phrase)))
    pairs = tuple(
        Near(left, right, distance)
        for left, right in pairwise(found)
        if isinstance(left, Term | Phrase) and isinstance(right, Term | Phrase)
    )
    return pairs or tuple(found)


def ends(days: Range | Added) -> tuple[str, str]:
    """The first and the last day or moment of a range, as the query language writes them; "" where it is open."""
    written = print_range(days) if isinstance(days, Range) else print_added(days)
    start, dots, end = written.partition("..")
    return (start, end) if dots else (written.strip("*"), written.strip("*"))


def _words(text: str, field: str | None, kinds: tuple[type[Leaf], ...]) -> Iterator[Leaf]:
    for quoted, bare in _PIECES.findall(plain_signs(text)):
        found = _word(bare.lstrip("-"), field, kinds) if bare else phrase(quoted, field)
        if found:
            yield found


def _word(text: str, field: str | None, kinds: tuple[type[Leaf], ...]) -> Leaf | None:
    """A word as it stands, with a plus sign where it would be an operator, in quotation marks where it is neither."""
    for written in (text, f"+{text}"):
        if found := _leaf(written, field, kinds):
            return found
    return phrase(text, field)


def _leaf(written: str, field: str | None, kinds: tuple[type[Leaf], ...]) -> Leaf | None:
    """What is written, where it is read as one part of these kinds and the printer writes it so that it is so again."""
    parsed = parse(f"{field}:{written}" if field else written, max_characters=MAX_READ)
    tree = parsed.tree
    if parsed.warnings or not isinstance(tree, kinds) or tree.field != field:
        return None
    again = parse(to_text(tree), max_characters=MAX_READ)
    return tree if again.tree == tree and not again.warnings else None
