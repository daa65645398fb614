"""What names a commit, and what an archive keeps when it is indexed again from its own articles."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.article import Article, Entity
from indexer.engines.base import Engine
from indexer.errors import NoIndex
from tests.engines.asking import found, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

NOTE = replace(article("n", "A note taken back", "It said what was not so.", "2021-10-14"), withdrawn=True).with_hash()
FIRST = article("x", "Harvest festival", "The festival opens with music in the square.", "2021-10-14")
SECOND = replace(FIRST, body="The festival opens with music and dancing in the square.").with_hash()
OTHER = article("y", "Bridge closed", "The old bridge is closed for two weeks.", "2021-10-15", people=("Ana Ruiz",))


def test_every_commit_has_a_name_of_its_own(opener: Opener, tmp_path: Path) -> None:
    engine, seen = opener(tmp_path / "index"), set()
    assert engine.identity == ""
    for each in (FIRST, SECOND, OTHER):
        fill(engine, [each])
        seen.add(engine.identity)
        assert not engine.refresh()
        again = opener(tmp_path / "index")
        assert again.identity == engine.identity
        again.close()
    other = opener(tmp_path / "other")
    fill(other, [FIRST])
    assert other.identity not in seen
    assert (len(seen), "" in seen) == (3, False)
    engine.close()
    other.close()


def test_nothing_is_said_to_be_lost(empty: Engine) -> None:
    fill(empty, [FIRST])
    assert empty.lost == ""
    assert search(empty, "festival").warnings == ()
    empty.check_format()


def test_indexed_again_an_archive_is_what_it_was(empty: Engine) -> None:
    for each in (FIRST, OTHER, NOTE, SECOND):
        fill(empty, [each])
    before = {each.id: each for each in empty.stored()}
    name, generation = empty.identity, empty.generation
    assert sorted(before) == ["n", "x", "y"]
    assert empty.rebuild() == 3
    after = {each.id: each for each in empty.stored()}
    assert after == before
    for id, each in after.items():
        assert (each.added, each.changed, each.withdrawn) == (
            before[id].added,
            before[id].changed,
            before[id].withdrawn,
        )
        assert [version.body for version in each.versions] == [version.body for version in before[id].versions]
    assert [version.body for version in after["x"].versions] == [FIRST.body, SECOND.body]
    assert (found(empty), found(empty, "dancing"), found(empty, "note")) == ("x y", "x", "")
    assert empty.get(["n"]) == [NOTE]
    assert empty.generation > generation
    assert empty.identity != name
    assert empty.check().problems == ()
    fill(empty, [SECOND, OTHER])
    assert {each.id: each.versions for each in empty.stored()} == {id: each.versions for id, each in after.items()}


def test_entities_are_found_anew_when_that_is_asked_for(empty: Engine) -> None:
    def enrich(each: Article) -> Article:
        return replace(each, entities=(*each.entities, Entity("place", "Damascus")))

    fill(empty, [FIRST, OTHER])
    assert empty.rebuild(enrich) == 2
    assert [bucket.value for bucket in search(empty, "", facets=("place",), all_mentions=True).facets["place"].buckets]
    assert {name for each in empty.stored() for name in each.names("place")} == {"Damascus"}
    assert [each.names("person") for each in empty.stored() if each.id == "y"] == [("Ana Ruiz",)]


def test_where_nothing_was_built_nothing_is_indexed_again(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.rebuild()
    with pytest.raises(NoIndex):
        next(iter(empty.stored()))
