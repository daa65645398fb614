"""What collapsing near-duplicates means on every engine: one hit for a story, nothing lost, nothing counted twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from indexer.errors import NotFound
from tests.engines.asking import ask, counts
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

WIRE = (
    "A container ship the length of four football fields ran aground in the canal on Tuesday morning in a strong wind "
    "and blocked the way between two seas. Tugs pulled at its stern through the night without moving it. More than one "
    "hundred vessels were waiting at both ends by the evening, among them tankers with oil for three continents. The "
    "authority of the canal said that dredgers would dig under the bow and that the passage would be free within days."
)
REWRITE = WIRE.replace("on Tuesday morning in a strong wind", "early on Tuesday") + " Shares of carriers rose."
OTHER = (
    "The parliament elected a speaker in the third round after two candidates had withdrawn, and adjourned until the "
    "autumn. Members of all parties praised the short sitting, and the oldest of them opened the session with a speech "
    "about patience. A vote on the budget was put off until the committee has read it once more and heard its authors."
)
ARTICLES = [
    article("a1", "Ship blocks canal", WIRE, "2021-03-23T08:00:00", "Wire"),
    article("a2", "Canal closed by a ship", REWRITE, "2021-03-23T10:00:00", "Courier"),
    article("a3", "Traffic stops in the canal", WIRE, "2021-03-24T09:00:00", "Tribune"),
    article("a4", "Traffic stops in the canal again", WIRE, None, None),
    article("b1", "Speaker elected", OTHER, "2021-03-25T09:00:00", "Wire"),
    article("c1", "Ship blocks canal", "A ship is in the canal.", "2021-03-23T07:00:00", "Brief"),
    article("c2", "Ship blocks canal", "A ship is in the canal.", "2021-03-23T07:30:00", "Short"),
]


@pytest.fixture(scope="module")
def stories(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = opener(tmp_path_factory.mktemp("stories"))
    fill(opened, ARTICLES)
    yield opened
    opened.close()


def test_copies_are_one_hit_that_says_how_many_others_there_are(stories: Engine) -> None:
    results = stories.search(ask("ship", sort="newest", group=True, facets=["source"]))
    assert [(hit.id, hit.copies, hit.copy_sources) for hit in results.hits] == [
        ("a3", 3, 2),  # four articles, of which one has no source and one is the hit itself
        ("c2", 0, 0),  # too short to be called a copy
        ("c1", 0, 0),
    ]
    assert (results.total, results.stories) == (6, 3)
    assert counts(results.facets["source"]) == {"Brief": 1, "Courier": 1, "Short": 1, "Tribune": 1, "Wire": 1}
    assert results.facets["source"].missing == 1


def test_without_folding_every_article_is_a_hit(stories: Engine) -> None:
    results = stories.search(ask("ship", sort="newest"))
    assert [hit.id for hit in results.hits] == ["a3", "a2", "a1", "c2", "c1", "a4"]
    assert results.stories is None
    assert {hit.copies for hit in results.hits} == {0}


def test_the_first_in_the_order_asked_for_stands_for_its_story(stories: Engine) -> None:
    oldest = stories.search(ask("ship", sort="oldest", group=True))
    assert [hit.id for hit in oldest.hits] == ["c1", "c2", "a1"]
    best = stories.search(ask("again OR speaker", group=True))
    assert [hit.id for hit in best.hits if hit.id.startswith("a")] == ["a4"]


def test_only_copies_that_match_are_counted(stories: Engine) -> None:
    results = stories.search(ask("ship", source=["Courier", "Tribune"], sort="oldest", group=True))
    assert [(hit.id, hit.copies, hit.copy_sources) for hit in results.hits] == [("a2", 1, 1)]
    assert (results.total, results.stories) == (2, 1)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_and_cursors_go_through_the_folded_hits(stories: Engine, sort: str) -> None:
    everything = [hit.id for hit in stories.search(ask("", sort=sort, group=True)).hits]
    assert len(everything) == 4
    by_page = [
        hit.id
        for page in (1, 2, 3, 4)
        for hit in stories.search(ask("", sort=sort, group=True, size=1, page=page)).hits
    ]
    by_cursor, cursor = [], None
    for _ in range(4):
        results = stories.search(ask("", sort=sort, group=True, size=1, cursor=cursor))
        by_cursor += [hit.id for hit in results.hits]
        cursor = results.next_cursor
    assert by_page == by_cursor == everything
    assert cursor is None


def test_the_copies_of_an_article_come_oldest_first(stories: Engine) -> None:
    assert [hit.id for hit in stories.copies("a2")] == ["a1", "a3", "a4"]
    assert stories.copies("b1") == []
    with pytest.raises(NotFound):
        stories.copies("nobody")


@pytest.mark.parametrize("commits", [1, 3])
def test_a_story_is_found_across_commits_and_forgotten_with_its_articles(
    opener: Opener, tmp_path: Path, commits: int
) -> None:
    engine = opener(tmp_path / "index")
    fill(engine, ARTICLES, commits=commits)
    assert [hit.id for hit in engine.copies("a1")] == ["a2", "a3", "a4"]
    with engine.writer(lambda item: item) as writer:
        writer.remove(["a2", "a4"])
        writer.commit()
    engine.refresh()
    assert [hit.id for hit in engine.copies("a1")] == ["a3"]
    engine.optimize()
    engine.refresh()
    assert [hit.id for hit in engine.copies("a1")] == ["a3"]
    engine.close()


FORM = (
    "{}, {}, of Penholt, passed away at home. A service of thanksgiving is to be held in the church of Saint Mark on "
    "Thursday at noon. Relatives would welcome gifts to the lifeboat in place of wreaths. Hollis and Sons have charge "
    "of the arrangements, and callers may pay their respects in Mill Lane between two and six."
)
NOTICE = (
    "You have read all the articles that are free this week. Choose a plan that suits you to go on reading, on paper "
    "or on any screen, and end it whenever you please. If you hold a card of the library, sign in with its number."
)


@pytest.mark.parametrize("commits", [1, 4])
def test_what_shares_a_form_alone_is_no_copy(opener: Opener, tmp_path: Path, commits: int) -> None:
    engine = opener(tmp_path / "index")
    names = [("Edith Marlow", 91), ("Arthur Quill", 68)]
    headlines = ["Ferry runs aground off the cape", "Striker signs for two seasons"]
    articles = [
        *(article(f"d{age}", f"{name}, {age}", FORM.format(name, age), None, None) for name, age in names),
        *(article(f"n{number}", title, NOTICE, None, None) for number, title in enumerate(headlines)),
        article("short", "Ship blocks canal", WIRE[: len(WIRE) // 2], None, None),
        article("whole", "Canal closed by a ship", WIRE, None, None),
    ]
    fill(engine, articles, commits=commits)
    assert [[hit.id for hit in engine.copies(each.id)] for each in articles] == [[], [], [], [], ["whole"], ["short"]]
    engine.close()


def test_the_best_stories_alone_are_those_of_the_search(stories: Engine) -> None:
    for query in ("ship", "canal OR vote", "canal -rose", '"ran aground" tugs', "sea*", "", "parliament speaker canal"):
        for options in ({}, {"size": 1}, {"size": 1, "page": 2}, {"to": "2021-03-23"}, {"source": ["Wire", "Courier"]}):
            asked = ask(query, group=True, facets=[], snippets=False, match="best", **options)
            assert stories.top(asked) == stories.search(asked).hits, asked
