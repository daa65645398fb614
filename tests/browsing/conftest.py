"""Archives of a few articles, in memory and of the engine that is shipped."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig
from tests.engines.memory import make_archive

Make = Callable[[Iterable[Article]], Archive]


@pytest.fixture(params=["memory", "whoosh"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """What makes an archive of articles, on each engine."""
    with ExitStack() as opened:

        def whoosh(articles: Iterable[Article]) -> Archive:
            config = Config(engine=EngineConfig(name="whoosh", processes=1)).with_index(tmp_path / "index")
            archive = opened.enter_context(open_archive(config))
            archive.add(list(articles))
            return archive

        yield make_archive if request.param == "memory" else whoosh
