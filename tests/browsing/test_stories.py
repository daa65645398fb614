"""Other stories like an article, each told once; its copies; its languages."""

import pytest

from indexer.archive import Archive
from indexer.errors import NotFound
from tests.browsing.stories import stories


@pytest.fixture(scope="module")
def archive() -> Archive:
    return stories()


def test_each_related_story_is_told_once_and_its_own_not_at_all(archive: Archive) -> None:
    assert [hit.id for hit in archive.related("wire", 10)] == ["courier", "post", "herald", "review"]
    assert [hit.id for hit in archive.copies("wire")] == ["courier", "post"]
    assert [hit.id for hit in archive.other_stories("wire", 10)] == ["herald"]
    assert [hit.id for hit in archive.related("herald", 10)] == ["review", "courier", "post", "wire"]
    assert [hit.id for hit in archive.other_stories("herald", 10)] == ["courier"]
    assert archive.other_stories("herald", 0) == []


def test_languages_of_an_original_and_of_a_translation(archive: Archive) -> None:
    original = archive.translations("wire")
    assert (original.original, [each.id for each in original.translations]) == (None, ["anzeiger"])
    translation = archive.translations("anzeiger")
    assert (translation.original and translation.original.id, translation.translations) == ("wire", ())
    assert translation.to_dict() | {"original": None} == {
        "id": "anzeiger",
        "language": "de",
        "translated_from": "en",
        "original_url": "https://wire.example/night",
        "original": None,
        "translations": [],
    }
    assert archive.translations("garden").to_dict()["translations"] == []


def test_an_article_that_is_not_there(archive: Archive) -> None:
    for ask in (archive.other_stories, archive.translations, archive.differences):
        with pytest.raises(NotFound, match="none"):
            ask("none")
