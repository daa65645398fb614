"""An index that the release before wrote is refused with the command that builds it again; stock Whoosh reads a new
one.

`earlier_index/` was made by that release. Its terms are not those that a query looks for today.
"""

import shutil
from pathlib import Path

import pytest
from whoosh import index
from whoosh.qparser import QueryParser
from whoosh.query import Term

from indexer import open_archive
from indexer.config import Config, EngineConfig
from indexer.engines.registry import open_engine
from indexer.errors import IndexFormatMismatch
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES

HERE = Path(__file__).parent / "earlier_index"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A copy of the index, so that nothing a test does reaches the one that is kept."""
    return Path(shutil.copytree(HERE, tmp_path / "index"))


def test_an_earlier_index_is_refused_with_what_to_do(earlier: Path) -> None:
    before = sorted(path.name for path in earlier.iterdir())
    with pytest.raises(IndexFormatMismatch, match=r"another version of Broadsheet.*`indexer build`"):
        open_archive(earlier)
    assert sorted(path.name for path in earlier.iterdir()) == before


def test_stock_whoosh_finds_a_plain_word_in_a_new_index(tmp_path: Path) -> None:
    config = Config(engine=EngineConfig(name="whoosh", processes=1)).with_index(tmp_path / "index")
    engine = open_engine(config)
    fill(engine, ARTICLES)
    engine.close()
    opened = index.open_dir(str(tmp_path / "index"))
    with opened.searcher() as searcher, open_archive(tmp_path / "index") as archive:
        expected = {hit.id for hit in archive.search("title:minister", size=100).hits}
        assert expected
        for query in (Term("title", "minist\x1fen"), QueryParser("title", opened.schema).parse("ministers")):
            assert {hit["id"] for hit in searcher.search(query, limit=None)} == expected
