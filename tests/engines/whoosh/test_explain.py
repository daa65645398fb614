"""How often a clause matches, from postings and from the text, is one number."""

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory):
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("explain") / "index")
    with open_archive(config) as opened:
        opened.add(
            Article(id=id, title=f"{id} lavrov", body=body, language="en").with_hash()
            for id, body in (("few", "Lavrov met Lavrov's deputy."), ("many", "lavrov and others " * 400))
        )
    opened = open_archive(config)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lavrov", {("few", "title"): 1, ("few", "body"): 2, ("many", "title"): 1, ("many", "body"): 400}),
        ('"lavrov and others"', {("many", "body"): 400}),
        ("lavr*", {("few", "title"): 1, ("few", "body"): 2, ("many", "title"): 1, ("many", "body"): 400}),
    ],
)
def test_a_frequency_is_that_of_the_text(archive: Archive, query: str, expected: dict[tuple[str, str], int]):
    hits = archive.search(query, explain=True, facets=[]).hits
    found = {(hit.id, share.field): share.frequency for hit in hits for share in hit.explanation}
    assert found == expected
