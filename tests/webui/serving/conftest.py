"""An archive whose export is longer than what sockets hold."""

from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig, EntitiesConfig

ARTICLES = 1500
WORDS = "The harbour was closed after the storm and ferries did not run. " * 120
CONFIG = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False))


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index of `ARTICLES` articles, each of eight kilobytes."""
    directory = tmp_path_factory.mktemp("serving") / "index"
    with open_archive(CONFIG.with_index(directory)) as archive:
        archive.add(
            Article(id=f"n{number}", title=f"Storm {number}", body=WORDS, source="Lamp").with_hash()
            for number in range(ARTICLES)
        )
    return directory
