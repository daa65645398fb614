"""Documents follow the queries of corrections: those that a change touches are made anew, once, and no others.

The documents lie in a table that knows as much of the query language of a cluster as is asked of it here; the contract
of corrections runs on real nodes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import orjson
import pytest

from indexer.engines.opensearch.cluster.bulk_requests import Change
from indexer.engines.opensearch.cluster.document import document
from indexer.engines.opensearch.cluster.spellings import ShownNames
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.writer.conditions import ask_again
from indexer.engines.opensearch.writer.renaming import Renewal, rename
from indexer.entities.corrections_reader import parse_corrections
from indexer.search.query import Node, Term
from tests.engines.corpus import article

Dsl = dict[str, Any]
ARTICLES = (
    article("a", "Senate", "votes", None, "AP", people=("John Smith",)),
    article("b", "Football", "scored", None, "sena", people=("John Smith",)),
    article("c", "Quiet", "rested", None, "SANA"),
)
SPLIT = "[split]\nperson.'John Smith' = { 'Senator' = 'senate', 'Player' = 'football' }\n"
ADDED = "[add]\nplace.'Rome' = 'football'\nplace.'Oslo' = 'rested'\n"


class Table:
    """Documents of a generation to come."""

    def __init__(self) -> None:
        self.generation = 1
        self.documents = {("i", each.id): document(each, parse_corrections("", Path()), 2) for each in ARTICLES}
        for each in self.documents.values():
            each["born"] = 1
        self.shown_names = ShownNames()
        self.committed = set(self.documents)

    @property
    def corrections(self) -> Any:
        return self.shown_names.corrections

    def whole(self, *, filters: list[Dsl]) -> Dsl:
        return {"bool": {"filter": filters}}

    def scan(self, query: Dsl, _fields: list[str], _patience: object) -> Iterator[Dsl]:
        found = [(ref, dict(source)) for ref, source in self.documents.items() if _fits(source, query)]
        yield from ({"_index": ref[0], "_id": ref[1], "_source": source} for ref, source in found)

    def make(self, changes: Iterable[Change]) -> None:
        for change in list(changes):
            ((action, meta),) = orjson.loads(change.action).items()
            ref, body = (meta["_index"], meta["_id"]), orjson.loads(change.body)
            if action == "update":
                self.documents[ref] |= body["doc"]
            else:
                self.documents[ref] = body

    def follow(self, rules: str) -> list[str]:
        """Show names by other rules, in a further generation; returns the articles that were copied for it."""
        self.generation += 1
        before, self.shown_names = self.shown_names, ShownNames(parse_corrections(rules, Path()))
        renewal = Renewal(cast(Snapshot, self), lambda id: f"{id}{self.generation}", "s", 2, self.make)

        def settle() -> None:
            for ref in renewal.copied:
                self.documents.pop(ref, None)

        rename(renewal, before)
        settle()
        ask_again(renewal, before, _find, settle)
        return sorted(ref[1][0] for ref in renewal.copied)

    def shown(self, field: str) -> dict[str, list[str]]:
        return {source["id"]: source[field] for source in sorted(self.documents.values(), key=lambda each: each["id"])}


def _find(_: Snapshot, tree: Node) -> Dsl:
    assert isinstance(tree, Term)
    return {"term": {"word": tree.text}}


def _fits(source: Dsl, query: Dsl) -> bool:
    ((kind, clause),) = query.items()
    if kind == "bool":
        should = clause.get("should")
        return (
            all(_fits(source, each) for each in clause.get("filter", ()))
            and not any(_fits(source, each) for each in clause.get("must_not", ()))
            and (should is None or any(_fits(source, each) for each in should))
        )
    ((field, wanted),) = clause.items()
    held = f"{source['title_exact']} {source['body_exact']}".split() if field == "word" else source[field]
    return bool(set(held) & set(wanted if kind == "terms" else [wanted]))


@pytest.fixture
def table() -> Table:
    return Table()


def test_names_are_added_and_split_in_the_documents_that_a_query_finds(table: Table) -> None:
    assert table.follow(SPLIT + ADDED) == ["a", "b", "c"]
    assert table.shown("person") == {"a": ["Senator"], "b": ["Player"], "c": []}
    assert table.shown("place") == {"a": [], "b": ["Rome"], "c": ["Oslo"]}
    assert [place for place in table.shown("has").values() if "place" in place] != []
    # What is as it should be stays.
    assert table.follow(SPLIT + ADDED) == []


def test_what_is_undone_is_copied_and_nothing_else(table: Table) -> None:
    before = table.shown("person"), table.shown("named")
    table.follow(SPLIT + ADDED)
    assert table.follow(ADDED) == ["a", "b"]
    assert table.shown("person") == before[0]
    assert table.shown("place") == {"a": [], "b": ["Rome"], "c": ["Oslo"]}
    assert table.follow("") == ["b", "c"]
    assert (table.shown("person"), table.shown("named")) == before


def test_a_name_that_stays_added_may_be_renamed(table: Table) -> None:
    table.follow(ADDED)
    assert table.follow(ADDED + "[rename]\nplace.'Rome' = 'Roma'\n") == ["b"]
    assert table.shown("place") == {"a": [], "b": ["Roma"], "c": ["Oslo"]}
    assert table.follow(ADDED.replace("Oslo", "Bonn") + "[rename]\nplace.'Rome' = 'Roma'\n") == ["c"]
    assert table.shown("place") == {"a": [], "b": ["Roma"], "c": ["Bonn"]}


def test_an_article_that_was_written_anew_is_asked_again(table: Table) -> None:
    table.follow(SPLIT)
    (old,) = (ref for ref, source in table.documents.items() if source["id"] == "a")
    del table.documents[old]
    new = article("a", "Football", "votes", None, "AP", people=("John Smith",))
    table.documents["i", "new"] = document(new, table.corrections, 2) | {"born": table.generation + 1}
    assert table.shown("person")["a"] == ["John Smith"]
    assert table.follow(SPLIT) == []  # it is born with that generation, and changed where it is
    assert table.shown("person") == {"a": ["Player"], "b": ["Player"], "c": []}


def test_sources_are_shown_under_one_name_and_apart_again(table: Table) -> None:
    assert table.follow("[merge]\nsource.'sena' = 'SANA'\n") == ["b"]
    assert table.shown("source") == {"a": ["AP"], "b": ["SANA"], "c": ["SANA"]}
    assert table.follow("") == ["b"]
    assert table.shown("source") == {"a": ["AP"], "b": ["sena"], "c": ["SANA"]}


def test_sources_of_documents_that_do_not_remember_them(table: Table) -> None:
    for source in table.documents.values():
        source["named"] = [name for name in source["named"] if not name.startswith("source")]
    assert table.follow("[merge]\nsource.'Sena' = 'SANA'\n") == ["b"]
    assert table.follow("") == ["b"]
    assert table.shown("source") == {"a": ["AP"], "b": ["sena"], "c": ["SANA"]}


def test_a_split_shows_the_name_of_its_rule(table: Table) -> None:
    assert table.follow("[split]\nperson.'john smith' = { 'Senator' = 'senate' }\n") == ["a", "b"]
    assert table.shown("person") == {"a": ["Senator"], "b": ["john smith"], "c": []}
