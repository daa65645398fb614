"""Whatever stands in the files of an index: the right answer, or an error that says that the index is damaged."""

import itertools
import os
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from indexer.config import Config
from indexer.engines.base import Engine
from indexer.engines.registry import open_engine
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.validity.array_directory import FOOTER
from indexer.engines.whoosh.directory.manifest import Manifest, read_newest
from indexer.errors import BroadsheetError, IndexCorrupt, IndexFormatMismatch
from indexer.search.request import Filter, SearchRequest, Sort
from tests.engines.whoosh import crafted
from tests.engines.whoosh.archives import commit, random_articles
from tests.engines.whoosh.crafted import Craft

ARTICLES = random_articles(7, 60)
QUERIES = ("minister", "the of iraq", '"war oil"', "minist*", "minister~", "lavrov NEAR/3 war", "title:summit")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A small index of two segments, one with deleted documents, and nothing but its newest generation."""
    place = tmp_path / "index"
    place.mkdir()
    infos = [build_segment(part, place) for part in (ARTICLES[:40], ARTICLES[40:])]
    first = commit(place, Manifest(), infos)
    second = commit(place, first, infos, {infos[0].name: [3, 17]})
    for name in {path.name for path in place.iterdir()} - second.files:
        (place / name).unlink()
    return place


def answers(index: Path) -> object:
    """What is said to many questions, or None if it is said that the index is damaged."""
    try:
        return list(_answers(open_engine(Config().with_index(index))))
    except (IndexCorrupt, IndexFormatMismatch):
        return None


def _answers(engine: Engine) -> Iterator[object]:
    facets = ("source", "category", "language", "author", "person", "organisation", "place", "published")
    for query, sort in itertools.product(QUERIES, (Sort.RELEVANCE, Sort.NEWEST)):
        found = engine.search(SearchRequest(query, facets=facets, sort=sort, size=5, group=True, explain=True))
        yield found.total, found.stories, found.hits, found.facets, found.warnings
    chosen = (Filter("source", ("SANA",)), Filter("category", ("News",)))
    yield engine.search(SearchRequest("", filters=chosen, size=100)).hits
    yield list(engine.scan(SearchRequest()))
    yield engine.get([article.id for article in ARTICLES])
    yield engine.suggest("an")
    some = next(iter(engine.scan(SearchRequest("minister")))).id
    yield engine.related(some), engine.copies(some), engine.facet_values(SearchRequest(), "person").buckets
    stats = engine.stats()
    yield stats.articles, stats.first_day, stats.distinct, stats.languages


def test_flipped_bits_give_the_right_answer_or_say_that_the_index_is_damaged(index: Path) -> None:
    truth, chance = answers(index), Random(1)
    assert truth is not None
    refused = 0
    for path in sorted(index.iterdir()):
        whole = path.read_bytes()
        for _ in range(6):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            said = answers(index)
            refused += said is None
            assert said in (truth, None)
        path.write_bytes(whole)
    assert refused > 10


@pytest.mark.parametrize("craft", [crafted.with_a_number, crafted.with_a_claim])
def test_a_crafted_file_is_not_the_one_that_the_manifest_means(index: Path, craft: Craft) -> None:
    chance = Random(2)
    for path in sorted(index.glob("*[lx]")) + sorted(index.glob("*.bsd")):
        whole = path.read_bytes()
        for _ in range(3):
            data, what = craft(whole, chance)
            path.write_bytes(data)
            assert data == whole or answers(index) is None, what
        path.write_bytes(whole)


def test_a_crafted_manifest_gives_the_right_answer_or_is_refused(index: Path) -> None:
    truth, chance = answers(index), Random(3)
    generation = read_newest(index).generation
    content = crafted.read_manifest(index, generation)
    refused = 0
    for _ in range(60):
        changed, what = crafted.changed_somewhere(content, chance)
        crafted.write_manifest(index, generation, changed)
        said = answers(index)
        refused += said is None
        assert said in (truth, None), what
    assert refused > 40
    others: tuple[object, ...] = (None, [], 1, "manifest", {}, [content])
    for nothing in others:
        crafted.write_manifest(index, generation, nothing)
        assert answers(index) is None


@pytest.mark.parametrize("craft", [crafted.with_a_number, crafted.with_a_claim])
def test_what_is_crafted_throughout_never_ends_in_another_error(index: Path, craft: Craft) -> None:
    """With the manifest's sums right too, nothing can tell a plausible number from the one that was written."""
    chance = Random(4)
    generation = read_newest(index).generation
    manifest = crafted.read_manifest(index, generation)
    for path in sorted(index.glob("*[lx]")) + sorted(index.glob("*.bsd")):
        whole = path.read_bytes()
        for _ in range(4):
            data, what = craft(whole, chance)
            path.write_bytes(data)
            sum = FOOTER.unpack_from(data, len(data) - FOOTER.size)[2]
            crafted.write_manifest(index, generation, manifest | {"sums": manifest["sums"] | {path.name: sum}})
            assert survives(index) == "", f"{path.name}: {what}"
        path.write_bytes(whole)


def survives(index: Path) -> str:
    """Ask in another process, which may die of it; what was wrong with the outcome."""
    read_end, write_end = os.pipe()
    with warnings.catch_warnings():
        # The child does nothing with the threads of the parent's numerical library.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            answers(index)
        except BroadsheetError as error:
            os.write(write_end, repr(error).encode())
        except BaseException:
            os.write(write_end, traceback.format_exc().encode()[-1500:])
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as said:
        text = said.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return text or ("" if code == 0 else f"ended with {code}")
