"""A writer that keeps articles in a dict, so that the write path is tested without an engine."""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.config import Config
from indexer.ingest.pipeline import BuildReport, build
from indexer.rejection import Origin, Reject, Rejected
from indexer.writing import Change, Enrich, Prepare, WriteCounts


@dataclass
class MemoryWriter:
    engine: "MemoryEngine"
    prepare: Prepare
    enrich: Enrich | None
    pending: dict[str, Article] = field(default_factory=dict)
    counts: WriteCounts = field(default_factory=WriteCounts)

    def add(self, item: Any, origin: Origin) -> None:
        prepare, item = pickle.loads(pickle.dumps((self.prepare, item)))
        try:
            article = prepare(item)
        except Rejected as fault:
            reject = Reject(origin, fault.reason, fault.detail, fault.excerpt)
            self.counts += WriteCounts(rejected=(reject,))
            return
        held = self.pending.get(article.id) or self.engine.articles.get(article.id)
        if held is not None and held.content_hash == article.content_hash:
            self.counts += WriteCounts(unchanged=1)
            return
        self.counts += WriteCounts(new=held is None, replaced=held is not None)
        self.pending[article.id] = self.enrich(article) if self.enrich else article

    def remove(self, ids: Iterable[str]) -> int:
        return sum(self.engine.articles.pop(id, None) is not None for id in ids)

    def amend(self, ids: Iterable[str], change: Change) -> int:
        raise NotImplementedError  # no build does

    def commit(self, *, strict: bool = False) -> WriteCounts:
        self.engine.articles |= self.pending
        self.engine.commits += 1
        counts, self.counts, self.pending = self.counts, WriteCounts(), {}
        return counts

    def __enter__(self) -> "MemoryWriter":
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass
class MemoryEngine:
    articles: dict[str, Article] = field(default_factory=dict)
    commits: int = 0

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> MemoryWriter:
        return MemoryWriter(self, prepare, enrich)


@dataclass
class Building:
    """A folder to build from, an index beside it, and the engine that remembers."""

    root: Path
    engine: MemoryEngine = field(default_factory=MemoryEngine)
    config: Config = field(default_factory=Config)

    @property
    def folder(self) -> Path:
        return self.root / "in"

    @property
    def index(self) -> Path:
        return self.root / "index"

    def write(self, name: str, data: bytes | str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def run(self, *sources: str | Path, **options: Any) -> BuildReport:
        config = self.config.with_index(self.index)
        engine: Any = self.engine  # of an engine a build needs the writer alone
        report = build([str(source) for source in sources or (self.folder,)], engine, config, **options)
        assert report.read == report.new + report.replaced + report.unchanged + report.rejected
        assert report.rejected == sum(report.rejected_by_reason.values())
        return report

    def limits(self, **limits: Any) -> None:
        self.config = replace(self.config, ingest=replace(self.config.ingest, **limits))

    @property
    def articles(self) -> list[Article]:
        return list(self.engine.articles.values())

    def titles(self) -> list[str]:
        return [article.title for article in self.articles]


@pytest.fixture
def building(tmp_path: Path) -> Building:
    building = Building(tmp_path)
    building.folder.mkdir()
    return building


@pytest.fixture
def rejects(building: Building) -> Callable[[], list[dict[str, Any]]]:
    from indexer.ingest.rejects import read_rejects

    return lambda: list(read_rejects(building.index))
