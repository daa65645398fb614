"""The parts of a query that speak of words: what is looked for in texts and in the values of keyword fields."""

from collections.abc import Iterator, Sequence

from indexer import analysis
from indexer.search import query as q
from indexer.search.query import Node

WordNode = q.Term | q.Phrase | q.Near | q.Prefix | q.Wildcard | q.Fuzzy | q.Exact


def leaves(tree: Node) -> Iterator[WordNode]:
    """The parts of a query that text can match; not those that are excluded."""
    match tree:
        case q.And(children) | q.Or(children):
            for child in children:
                yield from leaves(child)
        case q.Term() | q.Phrase() | q.Near() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Exact():
            yield tree


def solids(node: Node) -> Sequence[str]:
    """What a word and a neighbour of it may be written as."""
    return node.solids if isinstance(node, q.Term) else ()


def is_character(node: Node) -> bool:
    """Whether a node is a single character of a script that is cut into pairs of them."""
    return isinstance(node, q.Term) and len(node.text) == 1 and analysis.is_unspaced(analysis.fold(node.text))


def is_pattern(node: Node) -> bool:
    """Whether a node stands for words it does not spell out."""
    return isinstance(node, q.Prefix | q.Wildcard | q.Fuzzy) or is_character(node)
