"""The engines that the contract is held on. A further one is a further line in `ENGINES`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import pytest

from indexer.article import Article
from indexer.config import Config, EngineConfig
from indexer.engines.base import Engine
from indexer.engines.registry import open_engine
from indexer.rejection import Origin
from indexer.zones import STATED
from tests.cluster.running import on_cluster
from tests.engines.corpus import ARTICLES, prepare
from tests.engines.memory import MemoryEngine, Store


class Opener(Protocol):
    """Opens one more engine on what lies in a directory."""

    def __call__(self, directory: Path, time_zone: str = STATED) -> Engine: ...


_STORES: dict[Path, Store] = {}


def _open_memory(directory: Path, time_zone: str = STATED) -> Engine:
    corrections = directory / "entities.toml"
    return MemoryEngine(_STORES.setdefault(directory, Store()), time_zone=time_zone, corrections=corrections)


def _open_whoosh(directory: Path, time_zone: str = STATED) -> Engine:
    config = Config(engine=EngineConfig(name="whoosh", processes=1)).with_index(directory)
    return open_engine(_in_zone(config, time_zone))


def _open_opensearch(directory: Path, time_zone: str = STATED) -> Engine:
    return open_engine(_in_zone(on_cluster(directory), time_zone))


def _in_zone(config: Config, time_zone: str) -> Config:
    return replace(config, archive=replace(config.archive, time_zone=time_zone))


ENGINES: dict[str, Opener] = {"memory": _open_memory, "whoosh": _open_whoosh, "opensearch": _open_opensearch}


def fill(engine: Engine, articles: Iterable[Article], *, commits: int = 1) -> None:
    """Add articles in so many commits, and move the engine to the last."""
    listed = list(articles)
    for part in range(commits):
        with engine.writer(prepare) as writer:
            for number, article in enumerate(listed[part::commits], 1):
                writer.add(article, Origin("tests", number))
            writer.commit()
    engine.refresh()


@pytest.fixture(autouse=True)
def soon_optimized(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `optimize` on a cluster not wait half a minute for the room of what was deleted."""
    if find_spec("opensearchpy"):
        monkeypatch.setattr("indexer.engines.opensearch.writer.rebuilding.LET_GO_SECONDS", 0.0)


@pytest.fixture(scope="session", params=list(ENGINES))
def opener(request: pytest.FixtureRequest) -> Opener:
    """How to open one of the engines."""
    return ENGINES[request.param]


@pytest.fixture(scope="session")
def engine(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that holds `ARTICLES`. Not to be written to."""
    opened = opener(tmp_path_factory.mktemp("corpus"))
    fill(opened, ARTICLES)
    yield opened
    opened.close()


@pytest.fixture
def empty(opener: Opener, tmp_path: Path) -> Iterator[Engine]:
    """An engine on which nothing was built."""
    opened = opener(tmp_path / "index")
    yield opened
    opened.close()
