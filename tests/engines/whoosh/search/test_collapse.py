"""Copies that tie across segments: the first by id stands for them, by page and by cursor."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.archive import Archive, open_archive
from indexer.article import Article, Published
from indexer.config import Config, EngineConfig
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search import collapse
from indexer.engines.whoosh.search.collapse import Collapsed

STORIES = [
    " ".join(f"Sentence {number} tells of {name}, the {word} and the long night." for number, word in enumerate(words))
    for name, words in (
        ("harbour", "crane rope barge pilot lamp wharf tide gull anchor mast cargo storm".split()),
        ("mountain", "ridge hut snow goat cable peak scree lake moss trail eagle thaw".split()),
        ("market", "stall fruit scale cheese bread coin bell cart cloth spice crowd rain".split()),
    )
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
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
def test_the_first_by_id_stands_for_a_story(archive: Archive, query: str, sort: str) -> None:
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


def grouped(archive: Archive, groups: list[int]) -> Snapshot:
    """The archive's snapshot with other groups, each known by its smallest document."""
    assert isinstance(archive.engine, WhooshEngine)
    found = Snapshot(1, archive.engine.snapshot.segments)
    found.groups = np.array([groups.index(group) for group in groups], np.uint32)
    return found


@given(st.data())
@pytest.mark.parametrize("most", [0, collapse.MOST])
def test_first_stories_are_those_of_all_documents_in_order(archive: Archive, most: int, data: st.DataObject) -> None:
    small = st.lists(st.integers(0, 3), min_size=9, max_size=9)
    snapshot = grouped(archive, data.draw(small))
    docs = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=9, max_size=9)))
    keys = [np.array(data.draw(small))[docs], np.array(data.draw(small))[docs]]
    size = data.draw(st.integers(1, 5))

    def rank(place: int) -> tuple[int, int, str]:
        return -keys[0][place], -keys[1][place], snapshot.id_of(int(docs[place]))

    expected: dict[int, int] = {}
    for place in sorted(range(len(docs)), key=rank):
        expected.setdefault(int(snapshot.groups[docs[place]]), place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collapse, "MOST", most)
        patch.setattr(collapse, "SPARE", 1)
        collapsed = Collapsed(snapshot, docs)
        assert collapsed.first(keys, size) == list(expected.values())[:size]
    assert collapsed.count() == len(expected)
