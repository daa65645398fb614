"""The queries of corrections on a cluster: which articles each finds, remembered in their documents.

A document that a query finds has a mark of it (`document.mark`) and shows the names that are added and split for it.
Before a commit each query is asked once more, of the coming generation: what it finds without a mark, and what has the
mark and is not found, gets other names, like all documents whose names change (`renaming`). So the cost of a commit is
that of the queries, and of the documents of which the answer changes. Called by the writer and by rebuilds, after names
alone were brought up to date.

Documents hold the names they show. So a query here cannot ask for people, organisations and places: it would see what
other queries have made of them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from indexer.article import ENTITY_KINDS
from indexer.engines.opensearch.cluster.document import NAMED, mark, marked
from indexer.engines.opensearch.cluster.spellings import ShownNames
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.writer.renaming import Renewal
from indexer.entities.corrections import Corrections, Finds
from indexer.errors import ConfigError
from indexer.search import query as q
from indexer.search.query import Node

Dsl = dict[str, Any]
# What a query is for the cluster.
Find = Callable[[Snapshot, Node], Dsl]


def check_queries(corrections: Corrections) -> None:
    """Refuse rules whose queries ask for names.

    Raises:
        ConfigError: one does.
    """
    for rule in corrections.every():
        for part in rule.parts:
            asked = next((field for field in _fields(part.tree) if field in ENTITY_KINDS), None)
            if asked:
                where = f", as that in line {rule.line} of the corrections does" if rule.line else ""
                raise ConfigError(
                    f"On a cluster the query of a correction cannot ask for a {asked}{where}: {part.query}. Ask for "
                    "words, sources or dates instead."
                )


def ask_again(renewal: Renewal, before: ShownNames, find: Find, settle: Callable[[], None]) -> None:
    """Have the documents of a generation to come remember what the queries of its corrections find.

    Args:
        renewal: of that generation, whose names alone are as its corrections say.
        before: how the documents showed names until now.
        find: makes a query for the cluster of one of corrections.
        settle: makes what was changed visible to searches, and what was copied invisible.
    """
    coming = renewal.coming
    after = coming.shown_names
    for query in {**before.rules.queries, **after.rules.queries}:
        has: Dsl = {"term": {NAMED: mark(query)}}
        tree = after.rules.queries.get(query)
        if tree is None:
            renewal.renew([coming.whole(filters=[has])], _without(query))
        else:
            finds: Dsl = {"bool": {"filter": [find(coming, tree)]}}
            renewal.renew([coming.whole(filters=[finds, _not(has)])], _with(query))
            renewal.renew([coming.whole(filters=[has, _not(finds)])], _without(query))
            if _outcome(before, query) != _outcome(after, query):
                renewal.renew([coming.whole(filters=[has, finds])])
        settle()


def _with(found: str) -> Callable[[Dsl], Finds]:
    """What a document remembers, and one query besides."""

    def finds_of(source: Dsl) -> Finds:
        known = marked(source)
        return lambda query: query == found or known(query)

    return finds_of


def _without(lost: str) -> Callable[[Dsl], Finds]:
    """What a document remembers, but for one query."""

    def finds_of(source: Dsl) -> Finds:
        known = marked(source)
        return lambda query: query != lost and known(query)

    return finds_of


def _outcome(shown_names: ShownNames, query: str) -> list[Any]:
    """What becomes of the articles of a query."""
    corrections = shown_names.corrections
    rules = [rule for rule in corrections.every() if query in {part.query for part in rule.parts}]
    return [
        (rule.action, corrections.apply(*rule.named), part.query, corrections.apply(rule.named[0], part.name))
        for rule in rules
        for part in rule.parts
    ]


def _not(query: Dsl) -> Dsl:
    return {"bool": {"must_not": [query]}}


def _fields(node: Node) -> Iterator[str | None]:
    """The fields that a query names."""
    match node:
        case q.And(children) | q.Or(children):
            for child in children:
                yield from _fields(child)
        case q.Not(child):
            yield from _fields(child)
        case _:
            yield getattr(node, "field", None)
