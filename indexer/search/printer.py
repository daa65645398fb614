"""Syntax tree -> canonical query text. `parse(to_text(tree)).tree == tree` for every tree that the parser returns.

Also the parts of a query that a page shows as removable chips, and that a search without hits is explained by.
"""

from indexer.errors import QueryTooExpensive
from indexer.search.dates import print_added, print_range
from indexer.search.operands import EXTRA, is_plain_word
from indexer.search.parser import conjunction, parse
from indexer.search.query import (
    Added,
    And,
    Exact,
    Extra,
    Fuzzy,
    MatchAll,
    Missing,
    Near,
    Node,
    Not,
    OnDay,
    Or,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)


def to_text(node: Node) -> str:
    """The query text of a tree."""
    match node:
        case And(children):
            return " AND ".join(_inside_and(child) for child in children)
        case Or(children):
            return " OR ".join(to_text(child) for child in children)
        case Not(Missing(name)):
            return f"{name}:*"
        case Not(child):
            return f"-{_operand(child)}"
        case Missing(name):
            return f"-{name}:*"
        case MatchAll():
            return "*"
        case Extra(key, text):
            return f'{EXTRA}{key}:"{_unquoted(text)}"' if text else f"{EXTRA}{key}:*"
        case Range():
            return f"published:{print_range(node)}"
        case Added():
            return f"added:{print_added(node)}"
        case OnDay(month, day):
            return f"on:{month:02d}-{day:02d}"
        case Near(left, right, distance):
            return f"{to_text(left)} NEAR/{distance} {to_text(right)}"
        case _:
            name = f"{node.field}:" if node.field else ""
            return name + _word(node)


def every_word(query: str) -> str:
    """A query of which every word must match, function words too; for what must not take more than was named.

    Raises:
        QueryTooExpensive: it is refused, or so long that not all of it would be searched.
    """
    parsed = parse(query)
    if parsed.refused or any(warning.code == "cut-query" for warning in parsed.warnings):
        raise QueryTooExpensive(parsed.warnings[-1 if parsed.refused else 0].message)
    return to_text(parsed.tree) if parsed.plain else query


def clauses(tree: Node) -> list[tuple[str, Node]]:
    """The parts that are ANDed, each with its canonical text; none of the query for everything."""
    return [(to_text(part), part) for part in _parts(tree)]


def without_clause(tree: Node, index: int) -> Node:
    """The query without one of its `clauses`; everything, when none is left."""
    kept = [node for at, node in enumerate(_parts(tree)) if at != index]
    return conjunction(*kept) if kept else MatchAll()


def with_value(tree: Node, field: str, text: str, value: str) -> Node:
    """The query with a value of a field, whole, in the place of what was typed for it."""
    match tree:
        case And(children):
            return And(tuple(with_value(child, field, text, value) for child in children))
        case Or(children):
            return Or(tuple(with_value(child, field, text, value) for child in children))
        case Not(child):
            return Not(with_value(child, field, text, value))
        case Term() | Phrase() | Exact() if tree.field == field and tree.text == text:
            return Exact(value, field)
    return tree


def _parts(tree: Node) -> tuple[Node, ...]:
    if isinstance(tree, MatchAll):
        return ()
    return tree.children if isinstance(tree, And) else (tree,)


def _inside_and(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, Or) else to_text(node)


def _operand(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, And | Or | Near) else to_text(node)


def _word(node: Term | Phrase | Prefix | Wildcard | Fuzzy | Exact) -> str:
    """A leaf without its field, as it is written after `name:`."""
    match node:
        case Phrase(text, slop):
            return f'"{_unquoted(text)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Exact(text):
            return f"={text}" if text.isalnum() else f'="{_unquoted(text)}"'
        case Term(text):
            return _plain_word(text, node.field)


def _plain_word(text: str, name: str | None) -> str:
    """A word; with a plus sign where it would be an operator, in quotation marks where it would be two."""
    for written in (text, f"+{text}"):
        if is_plain_word(written, name):
            return written
    return f'"{_unquoted(text)}"'


def _unquoted(text: str) -> str:
    return " ".join(text.replace('"', " ").split())
