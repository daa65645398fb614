"""What programs do with an archive, whichever engine keeps it: hits without bodies, changes of fields, counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.article import Article, Entity, Mention, Published
from indexer.config import Config, EntitiesConfig
from indexer.errors import ArchiveClosed, ItemsRejected, NotFound, WrongType, WrongValue
from indexer.writing import WriteCounts
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

ONE = article("p1", "Bridge", "The council decided to build the wooden bridge anew.", "2024-03-05", "Gazette")
TWO = article("p2", "Council", "The council met on Tuesday.", "2024-03-06", "Gazette")


@pytest.fixture
def archive(opener: Opener, tmp_path: Path) -> Iterator[Archive]:
    engine = opener(tmp_path / "index")
    fill(engine, [ONE, TWO])
    config = Config(entities=EntitiesConfig(enabled=False)).with_index(tmp_path / "index")
    with Archive(config, engine) as opened:
        yield opened


def test_the_article_of_a_hit_is_partial_and_is_not_taken_back(archive: Archive) -> None:
    (hit,) = archive.search("wooden")
    others = (*archive.related("p1"), *archive.copies("p1"))
    assert all(each.article.partial and each.article.body == "" for each in (hit, *others))
    assert not any(each.partial for each in (archive.get("p1"), *archive.scan()))
    for item in (hit, hit.article, replace(hit.article, category="News"), hit.to_dict(), hit.article.to_dict()):
        with pytest.raises(WrongValue, match="article 'p1', without its body"):
            archive.add([TWO, item])
    assert archive.get("p1") == ONE


def test_a_field_is_changed_and_the_rest_kept(archive: Archive) -> None:
    after = archive.update("p1", category="News", published=date(2024, 3, 7))
    assert after == archive.get("p1")
    assert after == replace(
        ONE,
        category="News",
        published=Published.of(date(2024, 3, 7)),
        content_hash=after.content_hash,
    )
    assert [each.category for each in after.versions] == [ONE.category, "News"]
    assert after.added == archive.get("p1").versions[0].added
    assert after.changed is not None
    assert after.added is not None
    assert after.changed > after.added
    assert [hit.id for hit in archive.search("wooden", category="News")] == ["p1"]


def test_a_change_is_one_of_the_article_whatever_it_says(archive: Archive) -> None:
    archive.update("p1", body="Nothing of what stood here is left.", source="Another Paper", title="Else")
    assert (len(archive), archive.get("p1").body) == (2, "Nothing of what stood here is left.")
    archive.update("p1", body=ONE.body, source=ONE.source, title=ONE.title)  # as it was at first
    held = archive.get("p1")
    assert replace(held, earlier=()) == ONE
    assert [each.title for each in held.versions] == ["Bridge", "Else", "Bridge"]


def test_a_change_of_nothing_writes_nothing(archive: Archive) -> None:
    before = archive.generation
    assert archive.update("p1", title=ONE.title) == ONE
    assert archive.generation == before


def test_entities_stay_where_their_text_does(archive: Archive) -> None:
    entities = (
        Entity("place", "Geneva", (Mention(0, 6, "title"), Mention(4, 10))),
        Entity("person", "Ann Lee", (Mention(20, 27),)),
        Entity("organisation", "UN", (Mention(30, 32),), given=True),
    )
    archive.add([Article("p3", "Geneva", body="The Geneva talks of Ann Lee, the UN", entities=entities)])
    archive.update("p3", body="Talks.")
    assert archive.get("p3").entities == (
        Entity("place", "Geneva", (Mention(0, 6, "title"),)),
        Entity("organisation", "UN", (), given=True),
    )


def test_what_cannot_be_changed_is_refused(archive: Archive) -> None:
    with pytest.raises(NotFound, match="There is no article 'zz'"):
        archive.update("zz", title="x")
    for wrong in ({"titel": "x"}, {"id": "p9"}, {"content_hash": "x"}, {}):
        with pytest.raises(WrongType):
            archive.update("p1", **wrong)  # type: ignore[arg-type]
    with pytest.raises(WrongValue, match=r"'published' is 'soon', not a date"):
        archive.update("p1", published="soon")
    assert archive.get("p1") == ONE


def test_all_or_nothing(archive: Archive) -> None:
    with pytest.raises(ItemsRejected, match=r"item 2 \(empty: "):
        archive.add([{"title": "Third"}, {"text": ""}], strict=True)
    assert len(archive) == 2
    assert archive.add([{"title": "Third"}], strict=True) == WriteCounts(new=1)


def test_one_string_is_one_id(archive: Archive) -> None:
    archive.add([Article("p"), Article("1")])
    assert archive.remove("p1") == 1
    assert sorted(each.id for each in archive) == ["1", "p", "p2"]
    assert archive.get_many("p1") == [None]


def test_an_archive_counts_and_holds_articles(archive: Archive) -> None:
    assert len(archive) == 2
    assert {each.id: each for each in archive} == {"p1": ONE, "p2": TWO}
    assert "p1" in archive
    assert "p9" not in archive
    assert bool(archive)


def test_a_closed_archive_answers_nothing(archive: Archive) -> None:
    archive.close()
    with pytest.raises(ArchiveClosed, match="was closed"):
        archive.search("bridge")
