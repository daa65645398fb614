"""Everything about a name, of the contract's corpus."""

from collections.abc import Mapping

import pytest

from indexer.archive import Archive
from indexer.article import Entity, Mention
from indexer.errors import NotFound, UsageError
from indexer.search.results import Facet
from tests.engines.corpus import ARTICLES, BIDEN, LAVROV, article
from tests.engines.memory import make_archive


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(ARTICLES)


def _values(facets: Mapping[str, Facet]) -> dict[str, list[tuple[str, int]]]:
    return {name: [(bucket.value, bucket.count) for bucket in facet.buckets] for name, facet in facets.items()}


def test_a_person_with_whom_and_what_it_is_named(archive: Archive) -> None:
    found = archive.profile("person", "sergey lavrov")
    assert (found.field, found.name, found.found.total, found.in_passing) == ("person", LAVROV, 5, False)
    assert [hit.id for hit in found.found.hits] == ["a4", "a1", "a2", "a3", "a6"]
    assert dict(found.spellings) == {LAVROV: 6}
    assert found.beside_query == f'person:="{LAVROV}"'
    assert _values(found.named_with) == {
        "person": [(BIDEN, 1)],
        "organisation": [("White House", 1)],
        "place": [("Damascus", 1), ("Minsk", 1)],
        "source": [("TASS", 2), ("Al Jazeera", 1), ("SANA", 1)],
        "category": [("News", 4), ("News/Politics", 4)],
    }
    assert found.named_with["person"].distinct == 1  # itself is none of those beside it
    published = found.to_dict()["published"]
    assert [(each["value"], each["count"]) for each in published["buckets"] if each["count"]] == [
        ("2021-10-13", 1),
        ("2021-10-14", 2),
        ("2021-11-02", 1),
    ]
    assert published["missing"] == 1


def test_a_source_in_the_numbers_that_are_wanted(archive: Archive) -> None:
    found = archive.profile("source", "tass", size=2, values=1)
    assert (found.name, found.found.total, [hit.id for hit in found.found.hits]) == ("TASS", 2, ["a2", "a3"])
    assert _values(found.named_with) == {
        "person": [(LAVROV, 2)],
        "organisation": [("White House", 1)],
        "place": [("Minsk", 1)],
        "category": [("News", 2)],
    }
    record = found.to_dict()
    assert (record["spellings"], record["stories"], "source" in record["named_with"]) == ([], None, False)
    assert archive.profile("source", "tass", group=True).to_dict()["stories"] == 2


def test_sentences_that_name_it_stand_for_passages() -> None:
    body = "It rained. Lavrov came to Minsk, and left. It rained on."
    named = Entity("person", "Lavrov", (Mention(11, 17), Mention(0, 6, "title")))
    archive = make_archive([article("a", "Lavrov travels", body, "2021-10-14", entities=(named,))])
    (hit,) = archive.profile("person", "Lavrov").found.hits
    assert [(each.text, each.spans) for each in hit.snippets] == [("Lavrov came to Minsk, and left.", ((0, 6),))]


def test_a_name_that_is_only_named_in_passing_counts_all_the_same() -> None:
    passing = Entity("place", "Minsk", (Mention(14, 19),))
    archive = make_archive([article("a", "Rain", "Lavrov was in Minsk.", "2021-10-14", entities=(passing,))])
    found = archive.profile("place", "Minsk")
    assert (found.in_passing, found.found.total) == (True, 1)


def test_a_name_with_a_quotation_mark_has_nobody_beside_it() -> None:
    archive = make_archive([article("a", "T", "b", "2021-10-14", people=('Joe "Bo" Doe', BIDEN))])
    found = archive.profile("person", 'Joe "Bo" Doe')
    assert (found.beside, found.beside_query, "person" in found.named_with) == (None, "", False)


def test_what_has_no_profile(archive: Archive) -> None:
    with pytest.raises(NotFound, match=r"No article has the person 'Lavrov'\. Perhaps you meant 'Sergey Lavrov'\?"):
        archive.profile("person", "Lavrov")
    with pytest.raises(NotFound, match="Look for it among the values of the facet place"):
        archive.profile("place", "Qqqqq")
    with pytest.raises(UsageError, match="no profiles of 'category'"):
        archive.profile("category", "News")
    with pytest.raises(UsageError, match="size 101"):
        archive.profile("person", LAVROV, size=101)


def test_short_names_and_names_that_are_probably_the_same() -> None:
    names = [*["Barack Obama"] * 9, "Obama", "Obama", "Joe Biden", "Joe Biden", "Hunter Biden", "Biden", "Biden"]
    archive = make_archive(
        article(f"n{at}", "Talks", "Talks.", "2021", people=(name,)) for at, name in enumerate(names)
    )
    obama = archive.profile("person", "obama")
    assert (obama.name, obama.found.total) == ("Barack Obama", 11)
    assert obama.to_dict()["joined"] == [{"name": "Obama", "articles": 2, "short": True}]
    assert obama.probable == ()
    expected = {
        "kind": "person", "name": "Biden", "count": 2, "into": "Joe Biden", "into_count": 2,
        "reason": "held 66% of 3 articles that give the name in full",
    }  # fmt: skip
    for name in ("Joe Biden", "Biden"):
        assert archive.profile("person", name).to_dict()["probable"] == [expected]
    assert archive.profile("person", "Hunter Biden").probable == ()
