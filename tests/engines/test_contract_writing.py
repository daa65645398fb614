"""What a writer does: counts, replacements, removals, commits, generations."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.article import Article, Entity
from indexer.engines.base import Engine
from indexer.errors import IndexLocked, ItemsRejected, NoIndex
from indexer.rejection import Origin, Reject
from indexer.search.request import SearchRequest
from indexer.writing import WriteCounts
from tests.engines.asking import counts, found, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import ARTICLES, article, prepare

ONE, TWO, THREE = (article(id, f"Title {id}", f"word {id}", "2021-10-14") for id in ("x1", "x2", "x3"))


def changed(before: Article, body: str) -> Article:
    return replace(before, body=body).with_hash()


def commit(engine: Engine, *items: Article | str) -> WriteCounts:
    with engine.writer(prepare) as writer:
        for number, item in enumerate(items, 1):
            writer.add(item, Origin("file.json", number))
        done = writer.commit()
    engine.refresh()
    return done


def remove(engine: Engine, *ids: str) -> int:
    with engine.writer(prepare) as writer:
        removed = writer.remove(ids)
        writer.commit()
    engine.refresh()
    return removed


def test_without_an_index_there_is_nothing_to_search(empty: Engine) -> None:
    assert empty.generation == 0
    assert not empty.refresh()
    for ask in (lambda: empty.search(SearchRequest()), lambda: empty.get(["x"]), empty.stats):
        with pytest.raises(NoIndex):
            ask()


def test_an_empty_commit_is_an_index_without_articles(empty: Engine) -> None:
    assert commit(empty) == WriteCounts()
    if empty.generation:  # an engine may have nothing to commit
        results = search(empty, "x", facets="all")
        assert (results.total, results.hits) == (0, ())
        assert search(empty, "", facets="all").total == 0


def test_every_item_is_counted_once(empty: Engine) -> None:
    assert commit(empty, ONE, TWO) == WriteCounts(new=2)
    assert commit(empty, ONE, changed(TWO, "other"), THREE) == WriteCounts(new=1, replaced=1, unchanged=1)
    assert found(empty) == "x1 x2 x3"
    assert (found(empty, "word"), found(empty, "other")) == ("x1 x3", "x2")
    assert commit(empty, ONE) == WriteCounts(unchanged=1)


def test_what_cannot_be_prepared_is_counted_with_its_origin(empty: Engine) -> None:
    done = commit(empty, ONE, "no article", TWO)
    assert done == WriteCounts(
        new=2, rejected=(Reject(Origin("file.json", 2), "not-an-article", "a text is no article", "no article"),)
    )
    assert found(empty) == "x1 x2"


def test_a_strict_commit_is_refused_whole(empty: Engine) -> None:
    commit(empty, ONE)
    before = empty.generation
    with empty.writer(prepare) as writer:
        for number, item in enumerate((TWO, "no article", changed(ONE, "other")), 1):
            writer.add(item, Origin("file.json", number))
        with pytest.raises(ItemsRejected, match=r"item 2 \(not-an-article: .*\)\. Nothing was added") as why:
            writer.commit(strict=True)
    assert [reject.origin.record for reject in why.value.rejected] == [2]
    assert (empty.refresh(), empty.generation, found(empty)) == (False, before, "x1")
    assert empty.get(["x1"]) == [ONE]
    with empty.writer(prepare) as writer:
        writer.add(TWO, Origin("file.json", 1))
        assert writer.commit(strict=True) == WriteCounts(new=1)
    empty.refresh()
    assert found(empty) == "x1 x2"


def test_the_last_item_of_an_id_wins(empty: Engine) -> None:
    assert commit(empty, ONE, changed(ONE, "second"), changed(ONE, "third")) == WriteCounts(new=1, replaced=2)
    assert empty.get(["x1"]) == [changed(ONE, "third")]
    assert (found(empty, "third"), found(empty, "second"), found(empty)) == ("x1", "", "x1")
    assert commit(empty, ONE, changed(ONE, "third")) == WriteCounts(unchanged=2)
    assert empty.get(["x1"]) == [changed(ONE, "third")]
    assert commit(empty, TWO, TWO) == WriteCounts(new=1, unchanged=1)


def test_a_replaced_article_is_nowhere_found_as_it_was(empty: Engine) -> None:
    before = article("x", "Old title", "old text that goes on", "2001-01-01", None, "Old/Path", people=("Old Name",))
    after = article("x", "New title", "new text that goes on", "2002-02-02", "New", "New/Path", people=("New Name",))
    commit(empty, before, ONE)
    commit(empty, after)
    results = search(empty, "", facets="all")
    assert results.total == 2
    assert found(empty, "old") == found(empty, "source:old") == found(empty, source="Old") == ""
    assert counts(results.facets["source"]) == {"New": 1, "SANA": 1}
    assert counts(results.facets["person"]) == {"New Name": 1}
    assert list(counts(results.facets["published"])) == [str(year) for year in range(2002, 2022)]


def test_derived_entities_do_not_make_an_article_replaced(empty: Engine) -> None:
    with empty.writer(prepare, tag) as writer:
        writer.add(ONE, Origin("file.json", 1))
        assert writer.commit() == WriteCounts(new=1)
    with empty.writer(prepare, tag) as writer:
        writer.add(ONE, Origin("file.json", 1))
        assert writer.commit() == WriteCounts(unchanged=1)
    empty.refresh()
    assert found(empty, person="Somebody") == "x1"


def tag(article: Article) -> Article:
    return replace(article, entities=(Entity("person", "Somebody", given=True),))


def test_removed_articles_are_gone_and_counted(empty: Engine) -> None:
    commit(empty, ONE, TWO, THREE)
    assert remove(empty, "x1", "x3", "nowhere") == 2
    assert found(empty) == found(empty, "word") == "x2"
    assert empty.get(["x1", "x2"]) == [None, TWO]
    assert search(empty, "", facets="source").facets["source"].buckets[0].count == 1
    assert empty.stats().articles == 1
    assert remove(empty, "x1") == 0
    assert commit(empty, ONE) == WriteCounts(new=1)
    assert found(empty, "word") == "x1 x2"


def test_what_was_added_can_be_removed_before_the_commit(empty: Engine) -> None:
    commit(empty, ONE)
    with empty.writer(prepare) as writer:
        writer.add(TWO, Origin("f", 1))
        writer.add(THREE, Origin("f", 2))
        assert writer.remove(["x1", "x3"]) == 2
        writer.commit()
    empty.refresh()
    assert found(empty) == "x2"


def test_everything_can_be_removed(empty: Engine) -> None:
    commit(empty, ONE, TWO)
    assert remove(empty, "x1", "x2") == 2
    assert search(empty, "", facets="all").total == 0
    assert empty.stats().articles == 0
    assert commit(empty, THREE) == WriteCounts(new=1)
    assert found(empty, "word") == "x3"


def test_what_is_not_committed_is_lost(empty: Engine) -> None:
    commit(empty, ONE)
    with empty.writer(prepare) as writer:
        writer.add(TWO, Origin("f", 1))
    empty.refresh()
    assert found(empty) == "x1"
    with pytest.raises(ZeroDivisionError), empty.writer(prepare) as writer:
        writer.add(TWO, Origin("f", 1 // 0))
    empty.refresh()
    assert found(empty) == "x1"
    assert commit(empty, TWO) == WriteCounts(new=1)


def test_one_writer_may_commit_several_times(empty: Engine) -> None:
    with empty.writer(prepare) as writer:
        writer.add(ONE, Origin("f", 1))
        assert writer.commit() == WriteCounts(new=1)
        writer.add(ONE, Origin("f", 2))
        writer.add(TWO, Origin("f", 3))
        assert writer.commit() == WriteCounts(new=1, unchanged=1)
    empty.refresh()
    assert found(empty) == "x1 x2"


def test_a_second_writer_is_locked_out(empty: Engine) -> None:
    with empty.writer(prepare) as writer:
        writer.add(ONE, Origin("f", 1))
        with pytest.raises(IndexLocked), empty.writer(prepare) as second:
            second.commit()
        writer.commit()
    assert commit(empty, TWO) == WriteCounts(new=1)


def test_a_reader_keeps_its_generation_until_it_refreshes(empty: Engine, opener: Opener, tmp_path: Path) -> None:
    commit(empty, ONE)
    reader = opener(tmp_path / "index")
    before = reader.generation
    assert before == empty.generation > 0
    assert not reader.refresh()
    commit(empty, TWO)
    remove(empty, "x1")
    assert reader.generation == before
    assert found(reader) == "x1"
    assert reader.get(["x1"]) == [ONE]
    assert reader.refresh()
    assert reader.generation == empty.generation > before
    assert found(reader) == "x2"
    assert not reader.refresh()
    reader.close()
    reader.close()


def test_a_scan_goes_on_in_its_generation(empty: Engine) -> None:
    commit(empty, ONE, TWO, THREE)
    scanned = iter(empty.scan(SearchRequest()))
    first = next(scanned)
    remove(empty, "x1", "x2", "x3")
    rest = list(scanned)
    assert {each.id for each in (first, *rest)} == {"x1", "x2", "x3"}


@pytest.mark.parametrize("commits", [3, 7])
def test_an_archive_built_in_several_commits_answers_the_same(engine: Engine, empty: Engine, commits: int) -> None:
    fill(empty, ARTICLES, commits=commits)
    for query in ("lavrov", "minister*", '"alpha beta"~3', "", "saffron", "学", "=ministers", "source:jazeera"):
        once, often = (search(each, query, facets="all", sort="newest") for each in (engine, empty))
        assert [hit.id for hit in often.hits] == [hit.id for hit in once.hits]
        assert often.facets == once.facets
        ranked_once, ranked_often = (search(each, query) for each in (engine, empty))
        assert [hit.id for hit in ranked_often.hits] == [hit.id for hit in ranked_once.hits]
        assert [hit.score for hit in ranked_often.hits] == pytest.approx([hit.score for hit in ranked_once.hits])


def test_optimizing_changes_no_answer(empty: Engine) -> None:
    fill(empty, ARTICLES, commits=4)
    remove(empty, "a1", "t3", "d4")
    commit(empty, changed(ONE, "lavrov"))
    before = search(empty, "lavrov", facets="all", sort="newest")
    empty.optimize()
    empty.refresh()
    after = search(empty, "lavrov", facets="all", sort="newest")
    assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
    assert after.facets == before.facets
    assert empty.stats().articles == len(ARTICLES) - 2
    assert list(empty.check().problems) == []
