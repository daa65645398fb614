"""Articles that come again: versions of one article, and other articles that happen to have its id."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from indexer.article import Article, Revision
from indexer.engines.base import Engine
from indexer.writing import WriteCounts
from tests.engines.asking import found, order, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article
from tests.engines.test_contract_writing import commit

START = datetime(2024, 3, 5, tzinfo=UTC)
TEXT = "The council decided on Tuesday to build the wooden bridge over the river anew."


def version(number: int, text: str, *, said: str = "number") -> Article:
    """The so-manyth version of one article, which says so by its number, its change or its capture."""
    hour = START + timedelta(hours=number)
    revision = {
        "number": Revision(number=number),
        "modified": Revision(modified=hour),
        "captured": Revision(captured=hour),
    }
    return replace(article("v", "Bridge", f"{TEXT} {text}", "2024-03-05"), revision=revision[said]).with_hash()


VERSIONS = [version(1, "early"), version(2, "later"), version(3, "latest")]


def bodies(engine: Engine) -> list[str]:
    (held,) = engine.get(["v"])
    assert held is not None
    return [each.body.removeprefix(TEXT).strip() for each in held.versions]


@pytest.mark.parametrize("said", ["number", "modified", "captured"])
@pytest.mark.parametrize("together", [True, False])
def test_the_newest_version_is_shown_whatever_comes_first(
    opener: Opener, tmp_path: Path, said: str, together: bool
) -> None:
    ordered = [version(1, "early", said=said), version(2, "later", said=said), version(3, "latest", said=said)]
    for number, arrival in enumerate(permutations(ordered)):
        engine = opener(tmp_path / str(number))
        if together:
            assert commit(engine, *arrival) == WriteCounts(new=1, replaced=2)
        else:
            assert sum((commit(engine, each) for each in arrival), WriteCounts()) == WriteCounts(new=1, replaced=2)
        assert bodies(engine) == ["early", "later", "latest"]
        assert (found(engine, "latest"), found(engine, "early")) == ("v", "")
        assert commit(engine, *arrival) == WriteCounts(unchanged=3)
        assert search(engine, "").total == 1
        engine.close()


def test_another_way_of_linking_a_page_is_no_change(empty: Engine) -> None:
    page = replace(article("https://s.example/a", "Bridge", TEXT, None), url="https://s.example/a").with_hash()
    other = replace(page, url="https://s.example/a/?utm_source=x").with_hash()
    assert commit(empty, page, other) == WriteCounts(new=1, unchanged=1)
    assert commit(empty, other, page) == WriteCounts(unchanged=2)


def test_without_a_statement_the_last_that_came_is_the_newest(empty: Engine) -> None:
    one, two = (replace(each, revision=None) for each in VERSIONS[:2])
    assert commit(empty, two, one) == WriteCounts(new=1, replaced=1)
    assert bodies(empty) == ["later", "early"]
    assert commit(empty, two, one) == WriteCounts(unchanged=2)


def test_an_article_may_say_again_what_it_said_before(empty: Engine) -> None:
    commit(empty, *VERSIONS)
    again = replace(VERSIONS[0], revision=Revision(number=4))
    assert commit(empty, again) == WriteCounts(replaced=1)
    assert bodies(empty) == ["early", "later", "latest", "early"]
    assert commit(empty, *VERSIONS, again) == WriteCounts(unchanged=4)


def test_an_article_keeps_when_it_came_and_when_it_changed(empty: Engine) -> None:
    commit(empty, VERSIONS[0])
    (first,) = empty.get(["v"])
    assert first is not None
    assert first.added == first.changed is not None
    commit(empty, VERSIONS[1])
    (second,) = empty.get(["v"])
    assert second is not None
    assert second.added == first.added
    assert second.changed is not None
    assert second.changed > first.changed


def test_the_last_added_may_come_first_however_old_it_is(empty: Engine) -> None:
    times = {"b": "2024-05-01", "a": "2024-05-02", "d": "2024-05-02", "c": "2024-04-01"}
    fill(
        empty,
        [
            replace(
                article(id, f"Title {id}", "word", f"20{n:02}-01-01"), added=datetime.fromisoformat(f"{day}T00:00:00Z")
            )
            for n, (id, day) in enumerate(times.items())
        ],
    )
    assert order(empty, "word", sort="added") == ["d", "a", "b", "c"]
    page = search(empty, "word", sort="added", size=2)
    rest = search(empty, "word", sort="added", size=2, cursor=page.next_cursor)
    assert [hit.id for hit in (*page.hits, *rest.hits)] == ["d", "a", "b", "c"]


def test_articles_of_two_sources_may_have_one_id(empty: Engine) -> None:
    north, south = (
        article("1", f"{name} news", f"Only the {name} paper says this.", None, name) for name in ("North", "South")
    )
    done = commit(empty, north, south)
    assert (done.new, done.replaced, [id for id, _ in done.apart]) == (2, 0, ["1"])
    other = done.apart[0][1]
    assert [each and each.title for each in empty.get(["1", other])] == ["North news", "South news"]
    assert commit(empty, north, south) == WriteCounts(unchanged=2, apart=(("1", other),))
    changed = replace(south, body=f"{south.body} And more.").with_hash()
    assert commit(empty, changed) == WriteCounts(replaced=1, apart=(("1", other),))
    assert found(empty, "paper") == f"1 {other}"


def test_unlike_texts_of_one_id_are_kept_apart_and_found(empty: Engine) -> None:
    lines = ["A barge ran aground near the lock.", "The library opens an hour later.", "The choir sings on Sunday."]
    brief = [article("b", "News in brief", line, "2024-01-02", "Beacon") for line in lines]
    done = commit(empty, *brief)
    assert (done.new, len(done.apart)) == (3, 2)
    assert search(empty, "").total == 3
    again = commit(empty, *brief)
    assert (again.new, again.replaced, again.unchanged) == (0, 0, 3)
    for line in lines:
        assert search(empty, f'"{line}"').total == 1


def test_what_is_removed_comes_back_as_new(empty: Engine) -> None:
    commit(empty, *VERSIONS)
    with empty.writer(lambda item: item) as writer:
        assert writer.remove(["v"]) == 1
        writer.commit()
    empty.refresh()
    assert commit(empty, VERSIONS[0]) == WriteCounts(new=1)
    assert bodies(empty) == ["early"]


def test_a_withdrawn_article_is_found_by_its_id_alone(empty: Engine) -> None:
    fill(empty, [VERSIONS[0], article("w", "Other", "Another bridge.", None)])
    killed = replace(article("v", "Kill notice", "Do not use.", None), withdrawn=True, revision=Revision(number=9))
    assert commit(empty, killed.with_hash()) == WriteCounts(replaced=1)
    assert found(empty) == found(empty, "bridge") == "w"
    assert found(empty, "notice") == ""
    assert empty.stats().articles == 1
    (held,) = empty.get(["v"])
    assert held is not None
    assert (held.withdrawn, len(held.earlier)) == (True, 1)
    assert commit(empty, VERSIONS[0]) == WriteCounts(unchanged=1)
    assert found(empty) == "w"
    assert commit(empty, replace(VERSIONS[2], revision=Revision(number=10))) == WriteCounts(replaced=1)
    assert found(empty) == "v w"
