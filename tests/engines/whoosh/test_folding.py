"""Copies that tie across segments: the first by id stands for them, by page and by cursor."""

from datetime import UTC, datetime

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article, Published
from indexer.config import Config, EngineConfig

STORIES = [
    " ".join(f"Sentence {number} tells of {name}, the {word} and the long night." for number, word in enumerate(words))
    for name, words in (
        ("harbour", "crane rope barge pilot lamp wharf tide gull anchor mast cargo storm".split()),
        ("mountain", "ridge hut snow goat cable peak scree lake moss trail eagle thaw".split()),
        ("market", "stall fruit scale cheese bread coin bell cart cloth spice crowd rain".split()),
    )
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three segments; each story is in each, at the same time, the smallest id in another segment each time."""
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("folding") / "index")
    when = Published(datetime(2021, 5, 1, tzinfo=UTC))
    with open_archive(config) as writing:
        for segment in range(3):
            writing.add(
                Article(
                    id=f"{(segment + number) % 3}-{number}", title=f"Story {number}", body=story, published=when
                ).with_hash()
                for number, story in enumerate(STORIES)
            )
    opened = open_archive(config)
    yield opened
    opened.close()


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("query", ["", "night", "sentence"])
def test_the_first_by_id_stands_for_a_story(archive: Archive, query: str, sort: str):
    assert archive.stats().segments == 3
    single = archive.search(query, sort=sort, size=100, facets=[])
    expected = [hit.id for hit in single.hits if hit.id.startswith("0-")]
    folded = archive.search(query, sort=sort, size=100, facets=[], group=True)
    assert [hit.id for hit in folded.hits] == expected
    assert (folded.total, folded.stories, {hit.copies for hit in folded.hits}) == (9, 3, {2})
    pages = [archive.search(query, sort=sort, size=1, page=at, facets=[], group=True) for at in (1, 2, 3, 4)]
    assert [hit.id for page in pages for hit in page.hits] == expected
    walked, cursor = [], None
    for _ in range(3):
        page = archive.search(query, sort=sort, size=1, cursor=cursor, facets=[], group=True)
        walked += [hit.id for hit in page.hits]
        assert page.stories == 3
        cursor = page.next_cursor
    assert walked == expected
    assert cursor is None
