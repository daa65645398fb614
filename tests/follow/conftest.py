"""A site on this machine, an archive in memory, and rounds between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.config import Config, FollowConfig
from indexer.follow.report import FollowReport, SourceStatus
from indexer.follow.rounds import Round
from indexer.follow.status import status
from indexer.ingest.rejects import read_rejects
from indexer.sources import Source
from tests.follow.server import Site, serving
from tests.ingest.conftest import MemoryEngine

QUICK = FollowConfig(min_delay_ms=0, connect_seconds=2, read_seconds=1, whole_seconds=2, max_mb=1)


@dataclass
class Following:
    """What a test follows, and where it ends up."""

    site: Site
    index: Path
    engine: MemoryEngine = field(default_factory=MemoryEngine)
    config: Config = field(default_factory=lambda: Config(follow=QUICK))

    def follow(self, *sources: Source) -> None:
        self.config = replace(self.config, sources=sources)

    def feeds(self, *addresses: str, **options: Any) -> None:
        self.follow(Source("Kestrel", feeds=addresses, **{"private": True, **options}))

    def settings(self, **changed: Any) -> None:
        self.config = replace(self.config, follow=replace(self.config.follow, **changed))

    @property
    def here(self) -> Config:
        return self.config.with_index(self.index)

    def round(self, *names: str, now: bool = True) -> FollowReport:
        engine: Any = self.engine  # of an engine a round needs the writer alone
        return Round(self.here, names, now=now).run(engine)

    def reason(self) -> str:
        """Why the only feed failed in one more round."""
        (only,) = self.round().feeds
        assert only.failures
        return only.reason.replace(str(self.site.port), "PORT")

    @property
    def status(self) -> tuple[SourceStatus, ...]:
        return status(self.here)

    @property
    def articles(self) -> list[Article]:
        return list(self.engine.articles.values())

    @property
    def titles(self) -> list[str]:
        return sorted(article.title for article in self.articles)

    @property
    def rejects(self) -> list[dict[str, Any]]:
        return list(read_rejects(self.index))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def following(site: Site, tmp_path: Path) -> Following:
    return Following(site, tmp_path / "index")
