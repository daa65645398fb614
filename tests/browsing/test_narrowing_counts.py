"""What narrows a search is counted, and nothing else is looked for."""

import pytest

from indexer.archive import Archive
from indexer.browsing import narrowing as module
from tests.engines.corpus import article
from tests.engines.memory import make_archive


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive([article(f"a{at}", "Rain", "Heavy it was.", f"2021-0{at + 1}-03") for at in range(6)])


def test_a_phrase_that_nothing_has_sets_off_no_further_search(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOO_MANY", 5)
    found = archive.search("rain heavy")
    monkeypatch.setattr(archive.engine, "search", None)
    narrower = module.narrowing(archive, found, parts=False)
    assert narrower is not None
    assert [each.label for each in narrower.choices] == ["published: 2021-01"]


def test_a_count_is_that_of_the_words_as_they_stand(archive: Archive) -> None:
    assert module.count(archive, archive.request("heavy", page=2, size=1)) == 6
    assert module.count(archive, archive.request("heavvy")) == 0
