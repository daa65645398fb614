"""Misspelt searches are answered as corrected, and whatever follows from the answer is of the correction."""

import pytest

from indexer.archive import Archive
from indexer.errors import UsageError
from indexer.search.request import SearchRequest
from tests.engines.corpus import ARTICLES, article
from tests.engines.memory import make_archive

LAVROV = ["a1", "a2", "a3", "a4", "a5", "a6"]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(ARTICLES)


def test_a_misspelt_query_without_hits_is_answered_as_corrected(archive: Archive) -> None:
    found = archive.search("lavrow", facets="source")
    right = archive.search("lavrov", facets="source")
    assert (found.query, found.understood, found.total) == ("lavrow", right.understood, 6)
    assert found.corrected is not None
    assert (found.corrected.query, found.corrected.total, found.did_you_mean) == ("lavrov", 6, None)
    assert ([hit.id for hit in found.hits], found.facets) == ([hit.id for hit in right.hits], right.facets)
    assert found.request.query == "lavrov"
    assert found.to_dict()["corrected"] == {"query": "lavrov", "total": 6}


def test_a_word_that_nothing_has_is_corrected_beside_words_that_find_much(archive: Archive) -> None:
    """Without it the others would be answered as if it had not been typed."""
    found = archive.search("lavrow biden")
    right = archive.search("lavrov biden")
    assert found.corrected is not None
    assert ([hit.id for hit in found.hits], found.matching) == ([hit.id for hit in right.hits], right.matching)
    assert (
        archive.facet_values("source", "lavrow biden").buckets == archive.facet_values("source", found.request).buckets
    )
    as_typed = archive.search("lavrow biden", spellcheck=False)
    assert as_typed.corrected is None
    assert as_typed.did_you_mean == found.corrected


def test_it_is_answered_as_it_stands_where_that_is_wanted(archive: Archive) -> None:
    for found in (archive.search("lavrow", spellcheck=False), archive.search(SearchRequest("lavrow"))):
        assert (found.total, found.corrected, found.request.query) == (0, None, "lavrow")
        assert found.did_you_mean is not None
        assert found.did_you_mean.query == "lavrov"


def test_what_has_hits_or_was_wanted_just_so_is_not_corrected(archive: Archive) -> None:
    assert archive.search("lavrov").corrected is None
    assert archive.search("lavrov tulip").corrected is None  # no word is misspelt
    exactly = archive.search("=lavrow")
    assert (exactly.total, exactly.corrected) == (0, None)
    assert exactly.did_you_mean is not None


def test_a_name_with_another_letter_is_offered_where_few_articles_have_it() -> None:
    """Quito is no slip for "quits", as "lettr" is for "letter"."""
    archive = make_archive([article("a1", "Biden quits", "He says so in a letter.", "2024-07-21")])
    found = archive.search("Quito")
    assert (found.total, found.corrected) == (0, None)
    assert found.did_you_mean is not None
    assert found.did_you_mean.query == "quits"
    for typed in ("Lettr", "lettor"):
        corrected = archive.search(typed).corrected
        assert corrected is not None
        assert corrected.query == "letter"


def test_a_correction_holds_under_the_filters_only(archive: Archive) -> None:
    found = archive.search("lavrow", source="tass")
    assert (found.total, found.request.filter("source").values) == (2, ("TASS",))
    assert archive.search("lavrow", source="Rank").corrected is None


def test_cursors_of_a_corrected_search_go_on_with_either_query(archive: Archive) -> None:
    for query in ("lavrow", "lavrov"):
        ids: list[str] = []
        cursor = None
        while True:
            found = archive.search("lavrow" if cursor is None else query, size=2, cursor=cursor)
            ids += [hit.id for hit in found.hits]
            cursor = found.next_cursor
            if cursor is None:
                break
        assert sorted(ids) == LAVROV
    first = archive.search("lavrov", size=2).next_cursor
    for other in ("biden", "qqqqqqqqqq"):
        with pytest.raises(UsageError):
            archive.search(other, size=2, cursor=first)


def test_values_of_a_facet_are_those_of_the_correction(archive: Archive) -> None:
    page = archive.facet_values("source", "lavrow")
    assert (page.buckets, page.request.query) == (archive.facet_values("source", "lavrov").buckets, "lavrov")
    assert archive.facet_values("source", "lavrow", contains="nowhere").total == 0
    assert archive.facet_values("source", "lavrow", spellcheck=False).total == 0


def test_a_scan_searches_words_as_they_are(archive: Archive) -> None:
    assert list(archive.scan("lavrow")) == []
    assert sorted(article.id for article in archive.scan(archive.search("lavrow").request)) == LAVROV


def test_nothing_is_removed_that_was_not_named() -> None:
    archive = make_archive(ARTICLES)
    assert archive.remove(query="lavrow") == 0
    assert archive.search("lavrov").total == 6
