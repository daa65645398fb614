"""What the archive itself adds to an article: written in its place, and no version of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.article import Article, Translation
from indexer.engines.base import Engine
from indexer.rejection import Origin
from indexer.writing import WriteCounts
from tests.engines.asking import found, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article, prepare

TEXT = "El ayuntamiento decidió el martes levantar de nuevo el puente de madera sobre el río."
BRIDGE = replace(article("b", "Puente", TEXT, "2024-03-05"), language="es").with_hash()
BOAT = replace(article("t", "Barca", "La barca cruza el río dos veces cada hora del día.", "2024-03-06"), language="es")
IN_ENGLISH = Translation("en", "Bridge", "", "The council decided.", "apertium", "3", datetime(2024, 4, 1, tzinfo=UTC))


def amend(engine: Engine, *ids: str, change: Callable[[Article], Article]) -> tuple[int, WriteCounts]:
    with engine.writer(prepare) as writer:
        amended = writer.amend(ids, change)
        counts = writer.commit()
    engine.refresh()
    return amended, counts


def translated(one: Article) -> Article:
    return one.with_translation(IN_ENGLISH)


def test_an_amended_article_is_the_version_that_it_was(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE, BOAT.with_hash()])
    (before,) = engine.get(["b"])
    assert before is not None
    assert amend(engine, "b", "nobody", change=translated) == (1, WriteCounts(unchanged=1))
    (after,) = engine.get(["b"])
    assert after is not None
    assert (after, after.translation) == (before, IN_ENGLISH)
    assert (after.added, after.changed, after.content_hash) == (before.added, before.changed, before.content_hash)
    assert after.earlier == ()
    assert search(engine, "").total == 2
    assert found(engine, "puente") == "b"
    engine.close()


def test_what_a_change_leaves_as_it_is_is_not_written(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE])
    generation = engine.generation
    assert amend(engine, "b", change=lambda one: one) == (0, WriteCounts())
    assert engine.generation in (generation, generation + 1)
    (after,) = engine.get(["b"])
    assert after is not None
    assert after.translation is None
    engine.close()


def test_the_same_article_that_comes_again_keeps_what_was_amended(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE])
    amend(engine, "b", change=translated)
    fill(engine, [BRIDGE])
    (after,) = engine.get(["b"])
    assert after is not None
    assert after.translation == IN_ENGLISH
    engine.close()


def test_a_new_version_has_no_translation_of_the_old_one(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE])
    amend(engine, "b", change=translated)
    fill(engine, [replace(BRIDGE, body=f"{TEXT} Costará más.").with_hash()])
    (after,) = engine.get(["b"])
    assert after is not None
    assert (after.translation, len(after.versions)) == (None, 2)
    engine.close()


def test_an_article_that_was_given_since_the_last_commit_is_not_amended(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE])
    with engine.writer(prepare) as writer:
        writer.add(replace(BRIDGE, body=f"{TEXT} Costará más.").with_hash(), Origin("tests", 1))
        assert writer.amend(["b"], translated) == 0
        assert writer.commit() == WriteCounts(replaced=1)
    engine.refresh()
    (after,) = engine.get(["b"])
    assert after is not None
    assert (after.translation, after.body) == (None, f"{TEXT} Costará más.")
    engine.close()


def test_an_amended_article_lasts_through_optimizing_and_rebuilding(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [BRIDGE, BOAT.with_hash()], commits=2)
    amend(engine, "b", "t", change=translated)
    engine.optimize()
    assert [one.translation for one in engine.get(["b", "t"]) if one] == [IN_ENGLISH] * 2
    engine.rebuild(None)
    engine.refresh()
    assert [one.translation for one in engine.get(["b", "t"]) if one] == [IN_ENGLISH] * 2
    engine.close()
