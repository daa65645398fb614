"""What each node of a query becomes in query DSL: golden files, refreshed with REFRESH_GOLDEN=1."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from indexer.engines.opensearch.cluster.mapping import TAG
from indexer.engines.opensearch.query.compile import Compiler
from indexer.engines.opensearch.reader.term_statistics import Ask, Statistics, Totals, Word
from indexer.search.parser import parse

GOLDEN = Path(__file__).parents[3] / "golden" / "opensearch"
TOTALS = Totals(1_000, 444.0, ("en", "fr", None), 1_700_000_000)


class Counted(Statistics):
    """Numbers of an archive that is nowhere: every word is in nine articles of a thousand, none with an accent;
    `G20` is in some with a hyphen too, and so is `cease-fire`, which stands apart nowhere else."""

    totals = TOTALS

    def __init__(self) -> None:
        pass

    def load(self, ask: Ask | None = None) -> Totals:
        return TOTALS

    def count(self, words: Iterable[Word], ask: Ask | None = None) -> dict[Word, int]:
        return {word: 9 if any(pool.row or any(map(is_there, pool.terms)) for pool in word) else 0 for word in words}


def is_there(term: str) -> bool:
    stem, _, tag = term.partition(TAG)
    return tag[-1:] not in ("'", "2", "3") or (stem in ("g20", "ceasefir", "ceasefire") and tag.endswith("2"))


QUERIES = {
    "everything": "",
    "word": "body:lavrov",
    "word-in-all-fields": "lavrov",
    "stems-of-two-languages": "body:ministers",
    "exact-word": "title:=Ministers",
    "phrase": 'body:"g 20 oil"',
    "phrase-of-pooled-stems": 'body:"foreign ministers"',
    "loose-phrase": 'body:"oil gas"~3',
    "near": 'body:(oil NEAR/5 "gas price")',
    "near-exact": "body:(oil NEAR/5 =prices)",
    "compound": "body:G20",
    "compound-in-phrase": 'body:"the cease-fire held"',
    "compound-near": "body:(ceasefire NEAR/3 held)",
    "prefix": "body:minist*",
    "wildcard": "body:k?ev",
    "fuzzy": "body:lavrof~",
    "character": "body:学",
    "and-not": "body:oil -body:gas",
    "or": "body:oil OR body:gas",
    "source": 'source:"al jazeera"',
    "source-exact": 'source:="Al Jazeera"',
    "category-exact": "category:=News/World",
    "language": "lang:en",
    "url": "url:sana.sy",
    "dates": "date:2021-10-13..2021-11",
    "added": "added:2026-11-01..2026-11-03T14:00Z",
    "day-of-the-year": "on:10-14",
    "extra": 'extra.edition:"late city"',
    "missing": "-source:*",
    "nothing": "-*",
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_becomes_this_dsl(name: str) -> None:
    parsed = parse(QUERIES[name])
    assert not parsed.warnings
    found = json.dumps(Compiler(Counted()).compile(parsed.tree), indent=2, ensure_ascii=False) + "\n"
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("REFRESH_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_query() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == sorted(QUERIES)
