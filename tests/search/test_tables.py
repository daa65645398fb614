"""Results in notebooks: in a line, as a table of HTML, as data frames."""

import builtins
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from indexer.article import Article, Entity, Precision, Published
from indexer.errors import LibraryMissing
from indexer.search.request import SearchRequest
from indexer.search.results import Bucket, Facet, FacetPage, Hit, SearchResults

DAY = Published(datetime(1602, 10, 14, tzinfo=UTC), Precision.DAY)  # before what nanoseconds can count
LINK = "https://x.example/?a=1&b=2"
FIRST = Article("a1", "Lavrov <meets> Biden", source='SA"NA', published=DAY, url=LINK, author=("A",))
SECOND = Article("a2", url="javascript:alert(1)", entities=(Entity("place", "Geneva"),))
HITS = (Hit(FIRST, 9.126, copies=2), Hit(SECOND, 0.5))
SOURCES = Facet("source", (Bucket("SANA", 7),), 1)
RESULTS = SearchResults("<b>", "<b>", 1_234, HITS, page=3, size=2, facets={"source": SOURCES})


def test_results_are_a_sequence_of_their_hits() -> None:
    assert (list(RESULTS), len(RESULTS), bool(RESULTS)) == (list(HITS), 2, True)
    assert (RESULTS[0], RESULTS[-1], RESULTS[1:]) == (HITS[0], HITS[1], HITS[1:])
    nothing = replace(RESULTS, hits=())
    assert (list(nothing), len(nothing), bool(nothing), nothing.total) == ([], 0, False, 1_234)


@pytest.mark.parametrize(
    ("results", "line"),
    [
        (RESULTS, "<SearchResults: 2 of 1,234 articles for '<b>'>"),
        (replace(RESULTS, query="", total=1), "<SearchResults: 2 of 1 article>"),
        (replace(RESULTS, stories=1, query="x"), "<SearchResults: 2 of 1,234 articles in 1 story for 'x'>"),
        (replace(RESULTS, stories=90, query="x"), "<SearchResults: 2 of 1,234 articles in 90 stories for 'x'>"),
    ],
    ids=str,
)
def test_results_are_shown_in_a_line(results: SearchResults, line: str) -> None:
    assert repr(results) == line


def test_a_hit_is_shown_in_a_line() -> None:
    assert repr(HITS[0]) == "<Hit 9.126 <Article 'a1': 'Lavrov <meets> Biden', SA\"NA, 1602-10-14>>"


def test_the_table_of_a_notebook_is_escaped() -> None:
    assert RESULTS._repr_html_() == (
        "<p>2 of 1,234 articles for &#x27;&lt;b&gt;&#x27;</p>"
        "<table><thead><tr><th></th><th>title</th><th>source</th><th>published</th><th>score</th></tr></thead><tbody>"
        '<tr><td>5</td><td><a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">'
        "Lavrov &lt;meets&gt; Biden</a></td><td>SA&quot;NA</td><td>1602-10-14</td><td>9.13</td></tr>"
        "<tr><td>6</td><td>a2</td><td></td><td></td><td>0.50</td></tr></tbody></table>"
    )
    followed = replace(RESULTS, request=SearchRequest(cursor="c"), page=3)
    assert "<tr><td>1</td>" in followed._repr_html_()
    assert replace(RESULTS, hits=(), total=0)._repr_html_() == "<p>0 of 0 articles for &#x27;&lt;b&gt;&#x27;</p>"


def test_hits_are_rows_of_a_data_frame() -> None:
    frame: Any = RESULTS.to_pandas()
    assert list(frame.index) == ["a1", "a2"]
    names = "title source category language author topic url summary person organisation place"
    assert list(frame.columns) == ["published", "score", *names.split(), "copies"]
    assert frame["title"].tolist() == ["Lavrov <meets> Biden", ""]
    assert frame["author"].tolist() == [("A",), ()]
    assert frame["place"].tolist() == [(), ("Geneva",)]
    assert (frame["score"].tolist(), frame["copies"].tolist()) == ([9.126, 0.5], [2, 0])
    assert str(frame["published"].dtype) == "datetime64[s, UTC]"
    assert frame["published"].iloc[0].isoformat() == "1602-10-14T00:00:00+00:00"
    assert frame["published"].isna().tolist() == [False, True]


def test_no_hits_are_a_frame_without_rows() -> None:
    frame: Any = replace(RESULTS, hits=()).to_pandas()
    assert (len(frame), frame.index.name, len(frame.columns)) == (0, "id", 14)


def test_values_of_a_facet_are_rows_of_a_data_frame() -> None:
    buckets = (Bucket("SANA", 7), Bucket("TASS", 2))
    for facet in (Facet("source", buckets, 2), FacetPage("source", buckets, 2)):
        frame: Any = facet.to_pandas()
        assert (frame.index.name, frame.to_dict()) == ("source", {"count": {"SANA": 7, "TASS": 2}})


def test_without_pandas_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def no_pandas(name: str, *rest: Any, **options: Any) -> ModuleType:
        if name == "pandas":
            raise ImportError(name)
        return imported(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", no_pandas)
    for ask in (RESULTS.to_pandas, RESULTS.facets["source"].to_pandas):
        with pytest.raises(LibraryMissing, match=r"pip install 'broadsheet\[pandas\]'") as why:
            ask()
        assert isinstance(why.value, ImportError)
