"""An index that the release before wrote opens and answers as it did then.

`earlier_index/` holds the index and `answers.json`, what each of `QUERIES` gave. Both were made by that release:
`REFRESH_EARLIER=1` writes the answers anew, after an index in `earlier_index/` was replaced on purpose.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from whoosh import index
from whoosh.query import Term

from indexer import open_archive
from indexer.fields import FACET_FIELDS

HERE = Path(__file__).parent / "earlier_index"
ANSWERS = HERE / "answers.json"
FACETS = [field.name for field in FACET_FIELDS]
QUERIES: dict[str, dict[str, Any]] = {
    "everything": {"query": ""},
    "word": {"query": "harbour"},
    "and-or-not": {"query": "minister (talks OR summit) -football"},
    "phrase": {"query": '"prime minister"'},
    "near": {"query": "president NEAR/5 said"},
    "prefix": {"query": "minist*"},
    "wildcard": {"query": "k?ev OR kyi?"},
    "fuzzy": {"query": "goverment~"},
    "exact": {"query": "=ministers"},
    "field": {"query": "title:minister source:courier"},
    "entity": {"query": 'place:ukraine OR org:"united nations"'},
    "arabic": {"query": "وزير"},
    "russian": {"query": "президент"},
    "chinese": {"query": "北京"},
    "filtered": {"query": "the", "source": ["Harbour Courier"], "from_": "2020", "to": "2023-06"},
    "grouped-newest": {"query": "president", "group": True, "sort": "newest"},
    "explained": {"query": "port workers", "explain": True, "size": 3},
    "misspelt": {"query": "presidnt"},
}


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A copy of the index, so that nothing a test does reaches the one that is kept."""
    return Path(shutil.copytree(HERE, tmp_path / "index"))


def answer(directory: Path, options: dict[str, Any]) -> dict[str, Any]:
    """What a search gives, but for the time it took."""
    given = {key: value for key, value in options.items() if key not in ("query", "size")}
    with open_archive(directory) as archive:
        found = archive.search(
            options["query"], size=options.get("size", 10), facets=FACETS, match="all", **given
        ).to_dict()
    found.pop("took_ms")
    found.pop("matching")  # the release before knew of none
    rounded: dict[str, Any] = json.loads(json.dumps(found), parse_float=lambda text: round(float(text), 9))
    return rounded


@pytest.mark.skipif("REFRESH_EARLIER" not in os.environ, reason="the answers are those of the release before")
def test_refresh_the_answers() -> None:
    found = {name: answer(HERE, options) for name, options in QUERIES.items()}
    ANSWERS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", QUERIES)
def test_it_answers_as_it_did(earlier: Path, name: str) -> None:
    known = json.loads(ANSWERS.read_text(encoding="utf-8"), parse_float=lambda text: round(float(text), 9))
    assert answer(earlier, QUERIES[name]) == known[name]


def test_it_is_added_to(earlier: Path) -> None:
    with open_archive(earlier) as archive:
        counts = archive.add([{"id": "one-more", "title": "Zanzibar ferry sails", "body": "It sailed.", "lang": "en"}])
        assert (counts.new, counts.replaced) == (1, 0)
        assert [hit.id for hit in archive.search("zanzibar ferry").hits] == ["one-more"]
        assert archive.check().problems == ()


def test_stock_whoosh_reads_its_table_of_contents(earlier: Path) -> None:
    """The pickle in it names the schema's and the segment's classes by their modules."""
    known = json.loads(ANSWERS.read_text(encoding="utf-8"))
    with index.open_dir(str(earlier)).searcher() as searcher:
        assert searcher.doc_count() == known["everything"]["total"]
        found = {hit["id"] for hit in searcher.search(Term("title", "minist"), limit=None)}
    with open_archive(earlier) as archive:
        assert found == {hit.id for hit in archive.search("title:minister", size=100).hits}
