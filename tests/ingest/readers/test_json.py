"""JSON lines and documents."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest import streams
from indexer.ingest.json_text import depth, parse_json
from indexer.ingest.readers.json_split import split_values
from indexer.rejection import Rejected

from ..conftest import Building

A, B = {"id": "a", "title": "One", "text": "x"}, {"id": "b", "title": "Two", "text": "y"}
DOCUMENTS: dict[str, Any] = {
    "array": [A, B],
    "articles": {"status": "ok", "totalResults": 2, "articles": [A, B]},
    "nested": {"response": {"status": "ok", "results": [A, B]}},
    "elasticsearch": {"took": 3, "hits": {"total": {"value": 2}, "hits": [{"_id": "a", "_source": A}, {"_source": B}]}},
    "json feed": {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [A, B]},
    "keyed": {"a": {"title": "One", "text": "x"}, "b": {"title": "Two", "text": "y"}},
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_gives_its_articles(building: Building, document: Any, indent: int | None) -> None:
    building.write("x.json", json.dumps(document, indent=indent))
    assert building.run().new == 2
    assert [(article.id, article.title) for article in building.articles] == [("a", "One"), ("b", "Two")]


@pytest.mark.parametrize("first", [0, 1])
def test_numbers_that_only_count_the_articles_of_a_file_are_no_ids(building: Building, first: int) -> None:
    for name in ("one", "two"):
        rows = {str(n + first): {"title": f"{name} {n}", "text": f"Text {n} of {name}."} for n in range(2)}
        building.write(f"{name}.json", json.dumps(rows))
    report = building.run()
    assert (report.new, report.replaced) == (4, 0)
    assert building.titles() == ["one 0", "one 1", "two 0", "two 1"]
    assert all(article.id.startswith("h-") for article in building.articles)


def test_one_article_alone_and_several_one_after_the_other(building: Building) -> None:
    building.write("one.json", json.dumps(A, indent=1))
    building.write("several.json", json.dumps(A | {"id": "c"}, indent=1) + "\n" + json.dumps(B, indent=1))
    assert building.run().new == 3
    assert sorted(building.engine.articles) == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.dat", "x"])
def test_json_lines_are_known_by_content(building: Building, name: str) -> None:
    building.write(name, "\ufeff" + json.dumps(A) + "\r\n\r\n" + json.dumps(B))
    assert (building.run().new, building.titles()) == (2, ["One", "Two"])


def test_bad_lines_are_rejected_by_number_and_the_rest_is_read(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.write("x.jsonl", json.dumps(A) + "\n{broken\n[1]\n7\n{}\n" + json.dumps(B) + "\n")
    assert building.run().new == 2
    assert [(r["record"], r["reason"]) for r in rejects()] == [
        (2, "bad_json"), (3, "bad_record"), (4, "bad_record"), (5, "empty"),
    ]  # fmt: skip


def test_rough_json_is_read(building: Building) -> None:
    lines = [
        b'{"id": 1, "title": "Not a number", "text": "x", "score": NaN}',
        b'{"id": 2, "title": "Half a \\ud83d pair", "text": "x"}',
        b'{"id": 3, "title": "A raw\ttab", "text": "x"}',
        b'{"id": 4, "title": "Caf\xe9", "text": "x"}',
        b'{"id": 5, "title": "Caf\xc3\xa9 \xff", "text": "x"}',
    ]
    building.write("x.jsonl", b"\n".join(lines))
    report = building.run()
    assert building.titles() == ["Not a number", "Half a \ufffd pair", "A raw tab", "Café", "Café \ufffd"]
    assert report.notes == {"characters_replaced": 1}
    assert building.articles[0].extra == {}


def test_elements_that_are_no_objects_are_rejected(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.write("x.json", json.dumps([A, [1, 2], B]))
    assert building.run().new == 2
    assert [(r["record"], r["reason"]) for r in rejects()] == [(2, "bad_record")]


def test_depth_counts_brackets_outside_strings() -> None:
    assert depth(b'{"a": [[1, "[[[["], {"b": "\\"["}]}') == 3
    with pytest.raises(Rejected, match="too_deep"):
        parse_json(b"[" * 101 + b"]" * 101, 100)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=3), max_size=5), st.integers(1, 9), st.booleans())
def test_splitting_finds_the_elements_at_any_block_size(items: list[Any], size: int, ascii_only: bool) -> None:
    data = json.dumps(items, ensure_ascii=ascii_only, indent=1).encode("utf-8", "surrogatepass")

    class Trickle(io.BytesIO):
        def read1(self, _: int | None = -1) -> bytes:
            return self.read(size)

    found = list(split_values(Trickle(data), 1 << 20, in_array=True))
    assert [json.loads(value) for value, whole in found if whole] == items


def test_an_overlong_element_is_cut_and_the_next_is_found() -> None:
    long = {"text": "x" * 5000 + '\\"[{', "more": ["y" * 3000]}
    data = json.dumps([A, long, B]).encode()

    class Trickle(io.BytesIO):
        def read1(self, _: int | None = -1) -> bytes:
            return self.read(700)

    found = list(split_values(Trickle(data), 2000, in_array=True))
    assert [whole for _, whole in found] == [True, False, True]
    assert json.loads(found[2][0]) == B


def test_lines_are_split_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BLOCK", 4)
    stream = io.BufferedReader(io.BytesIO(b"ab\n\ncdefghijkl\nm"), 4)
    assert list(streams.lines(stream, 5)) == [
        (1, b"ab", True),
        (2, b"", True),
        (3, b"cdefghij", False),
        (4, b"m", True),
    ]
