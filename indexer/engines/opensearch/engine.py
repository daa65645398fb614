"""The scale-out engine: the Engine protocol over an archive on a cluster.

Holds one immutable `Snapshot`; `refresh` asks the cluster for the newest generation and swaps it, while running
searches keep theirs. Called through `indexer.archive`.
"""

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from indexer.article import Article, EntityKind
from indexer.config import Config
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.document import stored_article
from indexer.engines.opensearch.cluster.index_names import alias_of
from indexer.engines.opensearch.cluster.spellings import read_shown_names
from indexer.engines.opensearch.cluster.state import read_state
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.word_counts import word_counts
from indexer.engines.opensearch.search.collapse import copies
from indexer.engines.opensearch.search.facet_page import facet_page
from indexer.engines.opensearch.search.joined_names import joined_names
from indexer.engines.opensearch.search.percolate import percolate
from indexer.engines.opensearch.search.related import related_hits
from indexer.engines.opensearch.search.searcher import Search, found_by
from indexer.engines.opensearch.search.significant import significant_terms
from indexer.engines.opensearch.search.stats import archive_stats, check
from indexer.engines.opensearch.search.suggest import suggestions
from indexer.engines.opensearch.writer import correcting, rebuilding
from indexer.engines.opensearch.writer.conditions import check_queries
from indexer.engines.opensearch.writer.writer import ClusterWriter
from indexer.engines.shared.entity_corrections import CorrectionsFile
from indexer.engines.shared.search.parsing import check_facet
from indexer.entities.corrections import Corrections
from indexer.errors import ConfigError, IndexLocked, NoIndex
from indexer.search.request import SearchRequest, Sort
from indexer.search.results import (
    ArchiveStats,
    CheckReport,
    FacetPage,
    Hit,
    JoinedName,
    SearchResults,
    Suggestion,
    WordCounts,
)
from indexer.search.significance import SignificantTerms
from indexer.writing import Enrich, Prepare

_LOG = logging.getLogger(__name__)


class OpenSearchEngine:
    """One open archive. Safe to share between threads for reading."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.alias = alias_of(config)
        self.connection = Connection(config.engine)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._path = Path(config.archive.index) / config.entities.corrections
        self._corrections = CorrectionsFile(self._path, check_queries)
        self._find = partial(found_by, config)
        self._corrections.refresh()
        self._pending = True  # whether the corrections may differ from those the documents follow
        self.refresh()

    @property
    def generation(self) -> int:
        """See `Engine`; 0 while there is no archive."""
        return self._snapshot.generation if self._snapshot else 0

    @property
    def identity(self) -> str:
        """See `Engine`."""
        return self._snapshot.identity if self._snapshot else ""

    @property
    def lost(self) -> str:
        """See `Engine`; the cluster keeps one state, and copies of it."""
        return ""

    @property
    def rules(self) -> Corrections:
        """See `Engine`."""
        return self._snapshot.shown_names.rules if self._snapshot else self._corrections.value

    def check_rules(self, rules: Corrections) -> None:
        """See `Engine`."""
        check_queries(rules)

    def check_format(self) -> None:
        """See `Engine`."""
        if self._snapshot is not None:
            self._snapshot.state.check(self.alias)

    def refresh(self) -> bool:
        """See `Engine`."""
        moved = self._move()
        if self._changed_corrections():
            moved = self._correct() or moved
        return moved

    def _move(self) -> bool:
        stored = read_state(self.connection, self.alias)
        with self._lock:
            before = self._snapshot
            if before is not None and (stored is None or stored.state.generation < before.generation):
                stored = read_state(self.connection, self.alias)  # or another thread was quicker
            if stored is None:
                self._snapshot = None
                if before is not None:
                    raise NoIndex(
                        f"The archive {self.alias} on {self.connection.place} is gone. Restore it, or build one with: "
                        "indexer build <files>"
                    )
                return False
            if before is not None and before.identity == stored.state.name:
                return False
            known = before.shown_names.spellings if before is not None else None
            shown_names = read_shown_names(self.connection, self.alias, stored.state, self._path, known)
            self._snapshot = Snapshot(self.connection, self.alias, stored.state, shown_names)
            return True

    def _changed_corrections(self) -> bool:
        try:
            self._pending = self._corrections.refresh() or self._pending
        except ConfigError as error:
            # A file that cannot be read must not stop a running site.
            _LOG.warning("The corrections stay as they were: %s", error)
            return False
        if not self._pending or self._snapshot is None:
            return False
        text = correcting.text_of(self._path)
        if text is None or text == self._snapshot.state.corrections:
            self._pending = False
            return False
        return True

    def _correct(self) -> bool:
        """Have the documents follow the corrections beside the index."""
        try:
            text = correcting.text_of(self._path) or ""
            correcting.correct(self.connection, self.alias, self._config, self._find, text)
        except IndexLocked as error:
            _LOG.info("The corrections wait: %s", error)
            return False
        self._pending = False
        return self._move()

    @property
    def snapshot(self) -> Snapshot:
        """The generation this engine reads.

        Raises:
            NoIndex: nothing was built yet.
            IndexFormatMismatch: another version built it.
        """
        found = self._any_snapshot()
        found.state.check(self.alias)
        return found

    def _any_snapshot(self) -> Snapshot:
        """The same, whichever version built it."""
        found = self._snapshot
        if found is None:
            self.refresh()
            found = self._snapshot
        if found is None:
            raise NoIndex(
                f"There is no archive {self.alias} on {self.connection.place}. Build one with: indexer build <files>"
            )
        return found

    def search(self, request: SearchRequest) -> SearchResults:
        """See `Engine`."""
        return self._search(request).results()

    def top(self, request: SearchRequest) -> tuple[Hit, ...]:
        """See `Engine`."""
        return self._search(replace(request, facets=(), snippets=False)).top()

    def _search(self, request: SearchRequest) -> Search:
        return Search(self.snapshot, request, self._config)

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """See `Engine`."""
        snapshot = self.snapshot
        found = snapshot.find(ids)
        return [snapshot.article(found[id]) if id in found else None for id in ids]

    def as_stored(self, id: str) -> Article | None:
        """See `Engine`."""
        found = self.snapshot.find([id])
        return stored_article(found[id]["_source"]) if id in found else None

    def facet_values(
        self,
        request: SearchRequest,
        field: str,
        *,
        contains: str = "",
        order: Literal["count", "name"] = "count",
        offset: int = 0,
        limit: int = 50,
    ) -> FacetPage:
        """See `Engine`."""
        check_facet(field)
        return facet_page(self._search(replace(request, facets=())), field, contains, order, offset, limit)

    def significant_terms(self, request: SearchRequest, size: int) -> SignificantTerms:
        """See `Engine`."""
        by_relevance = replace(request, facets=(), sort=Sort.RELEVANCE, cursor=None)
        found = significant_terms(self._search(by_relevance), size)
        asked = found.request
        return replace(found, request=replace(request, query=asked.query, filters=asked.filters))

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """See `Engine`."""
        search = self._search(replace(request, facets=(), budget_ms=None))
        return (search.snapshot.article(hit) for hit in search.snapshot.scan(search.everything()))

    def percolate(self, requests: Sequence[SearchRequest], ids: Sequence[str]) -> list[tuple[str, ...]]:
        """See `Engine`."""
        return percolate(self.snapshot, self._config, requests, ids)

    def stored(self) -> Iterator[Article]:
        """See `Engine`."""
        snapshot = self._any_snapshot()
        return (stored_article(hit["_source"]) for hit in snapshot.scan(snapshot.held()))

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """See `Engine`."""
        return suggestions(self.snapshot, text, size)

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        """See `Engine`."""
        return joined_names(self.snapshot, kind, name)

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """See `Engine`."""
        return related_hits(self.snapshot, id, size)

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        """See `Engine`."""
        search = self._search(replace(request, facets=()))
        return word_counts(search.snapshot, terms, search.everything())

    def copies(self, id: str) -> list[Hit]:
        """See `Engine`."""
        return copies(self.snapshot, id)

    def stats(self) -> ArchiveStats:
        """See `Engine`."""
        return archive_stats(self.snapshot)

    def check(self) -> CheckReport:
        """See `Engine`."""
        return check(self.snapshot)

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> ClusterWriter:
        """See `Engine`."""
        # Corrections, the report of rejects and the like lie beside the index, which here is a folder of such files.
        Path(self._config.archive.index).mkdir(parents=True, exist_ok=True)
        return ClusterWriter(self.connection, self.alias, self._config, self._find, prepare, enrich)

    def optimize(self) -> None:
        """See `Engine`."""
        rebuilding.optimize(self.connection, self.alias, self._config, self._find)
        self.refresh()

    def rebuild(self, enrich: Enrich | None = None) -> int:
        """See `Engine`."""
        articles = rebuilding.rebuild_whole(self.connection, self.alias, self._config, self._find, enrich)
        self.refresh()
        return articles

    def close(self) -> None:
        """See `Engine`."""
        self._snapshot = None
        self.connection.close()
