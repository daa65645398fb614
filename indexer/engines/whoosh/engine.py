"""The embedded engine: the Engine protocol over an index directory.

Holds one immutable `Snapshot`; `refresh` swaps it for the newest generation while running searches keep theirs. Called
through `indexer.archive`. What a first page has no use for is imported where it is wanted.
"""

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indexer.article import Article, EntityKind
from indexer.config import Config
from indexer.engines.shared.entity_corrections import CorrectionsFile
from indexer.engines.shared.search.parsing import check_facet
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.generations import current_manifest
from indexer.engines.whoosh.directory.manifest import Stamp, nothing, read_newest, stamp
from indexer.engines.whoosh.directory.stored_articles import stored_articles
from indexer.engines.whoosh.kernels import Docs
from indexer.engines.whoosh.reader.faults import named_faults
from indexer.engines.whoosh.reader.loading import load
from indexer.engines.whoosh.reader.residency import Residency
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.collapse import copies
from indexer.engines.whoosh.search.facets import facet_page
from indexer.engines.whoosh.search.searcher import Search, found_by
from indexer.entities.corrections import Corrections
from indexer.errors import ConfigError, IndexFormatMismatch, NotFound
from indexer.search.request import SearchRequest
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

if TYPE_CHECKING:
    from indexer.engines.whoosh.writer.writer import WhooshWriter

_LOG = logging.getLogger(__name__)
# Articles that a scan reads before it looks at what they occupy.
_ARTICLES_A_TIME = 1_000


class WhooshEngine:
    """One open index. Safe to share between threads for reading."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.directory = Path(config.archive.index)
        self._lock = threading.Lock()
        self._residency = Residency()
        self._snapshot: Snapshot | None = None
        self._stamp: Stamp | None = None
        self._corrections = CorrectionsFile(self.directory / config.entities.corrections)
        self._corrections.refresh()
        with suppress(IndexFormatMismatch):  # said by whatever wants to read
            self.refresh()

    @property
    def generation(self) -> int:
        """See `Engine`; 0 while there is no index."""
        return self._snapshot.generation if self._snapshot else 0

    @property
    def identity(self) -> str:
        """See `Engine`."""
        return self._snapshot.identity if self._snapshot else ""

    @property
    def lost(self) -> str:
        """See `Engine`."""
        return self._snapshot.lost if self._snapshot else ""

    @property
    def rules(self) -> Corrections:
        """See `Engine`."""
        return self._snapshot.rules if self._snapshot else self._corrections.value

    def check_rules(self, rules: Corrections) -> None:
        """See `Engine`; this one applies all."""

    def refresh(self) -> bool:
        """See `Engine`."""
        corrected = self._read_corrections()
        corrected = corrected and self._snapshot is not None
        if stamp(self.directory) == self._stamp and not corrected:
            return False
        with self._lock:
            before, found = self._snapshot, stamp(self.directory)
            if found == self._stamp and not corrected:  # another thread was quicker
                return False
            if found is None:
                self._snapshot = self._stamp = None
                raise nothing(self.directory, was_there=before is not None)
            rules, entities = self._corrections.value, self._config.entities
            now = load(self.directory, before, rules, entities, partial(found_by, self._config))
            if now.lost and now.lost != (before.lost if before else ""):
                _LOG.warning("%s: %s", self.directory, now.lost)
            self._snapshot, self._stamp = now, found
            return before is None or now.identity != before.identity or corrected

    def check_format(self) -> None:
        """See `Engine`."""
        if self._snapshot is None:
            self.refresh()

    def _read_corrections(self) -> bool:
        """Take up changed corrections; a file that cannot be read must not stop a running site."""
        try:
            return self._corrections.refresh()
        except ConfigError as error:
            _LOG.warning("The corrections stay as they were: %s", error)
            return False

    @property
    def snapshot(self) -> Snapshot:
        """The generation this engine reads.

        Raises:
            NoIndex: nothing was built yet.
        """
        found = self._snapshot
        if found is None:
            self.refresh()
            found = self._snapshot
        if found is None:
            raise nothing(self.directory)
        return found

    def search(self, request: SearchRequest) -> SearchResults:
        """See `Engine`."""
        with self._reading() as snapshot:
            found = self._search(snapshot, request).results()
            self._residency.bound(snapshot)
            return found

    def top(self, request: SearchRequest) -> tuple[Hit, ...]:
        """See `Engine`."""
        from indexer.engines.whoosh.search.top.page import top_hits

        with self._reading() as snapshot:
            found = top_hits(snapshot, request, self._config)
            self._residency.bound(snapshot)
            return found

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        snapshot = self.snapshot
        with named_faults(snapshot):
            yield snapshot

    def _search(self, snapshot: Snapshot, request: SearchRequest) -> Search:
        return Search(snapshot, request, self._config)

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """See `Engine`."""
        with self._reading() as snapshot:
            docs = [snapshot.find(id) for id in ids]
            return [None if doc is None else snapshot.article(doc) for doc in docs]

    def as_stored(self, id: str) -> Article | None:
        """See `Engine`."""
        with self._reading() as snapshot:
            doc = snapshot.find(id)
            return None if doc is None else snapshot.as_stored(doc)

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
        with self._reading() as snapshot:
            search = self._search(snapshot, request)
            docs = search.matches.ignoring(field)
            window = slice(max(offset, 0), max(offset, 0) + max(limit, 0))
            page = facet_page(snapshot, field, docs, search.request, contains, order, window)
            return replace(
                page,
                tree=search.tree,
                request=search.request,
                matching=search.decision.matching,
                warnings=tuple(search.advice()),
            )

    def significant_terms(self, request: SearchRequest, size: int) -> SignificantTerms:
        """See `Engine`."""
        from indexer.engines.whoosh.search.significant import significant_terms

        with self._reading() as snapshot:
            found = significant_terms(self._search(snapshot, replace(request, facets=())), size)
            self._residency.bound(snapshot)
            return found

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """See `Engine`."""
        with self._reading() as snapshot:
            docs = self._search(snapshot, replace(request, budget_ms=None)).matches.docs
        return self._articles(snapshot, docs)

    def _articles(self, snapshot: Snapshot, docs: Docs) -> Iterator[Article]:
        for number, doc in enumerate(docs.tolist()):
            if number % _ARTICLES_A_TIME == 0:
                self._residency.bound(snapshot)
            with named_faults(snapshot):
                article = snapshot.article(doc)
            yield article

    def percolate(self, requests: Sequence[SearchRequest], ids: Sequence[str]) -> list[tuple[str, ...]]:
        """See `Engine`."""
        from indexer.engines.whoosh.search.percolate import percolate

        with self._reading() as snapshot:
            return percolate(snapshot, self._config, requests, ids)

    def stored(self) -> Iterator[Article]:
        """See `Engine`."""
        return stored_articles(self.directory, read_newest(self.directory, any_format=True))

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """See `Engine`."""
        from indexer.engines.whoosh.search.suggest import suggestions

        with self._reading() as snapshot:
            return suggestions(snapshot, text, size)

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        """See `Engine`."""
        from indexer.engines.whoosh.search.joined_names import joined_names

        with self._reading() as snapshot:
            return joined_names(snapshot, kind, name)

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """See `Engine`."""
        from indexer.engines.whoosh.search.related import related_hits

        with self._reading() as snapshot:
            return related_hits(snapshot, id, size)

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        """See `Engine`."""
        from indexer.engines.whoosh.reader.word_counts import word_counts

        with self._reading() as snapshot:
            return word_counts(snapshot, terms, self._search(snapshot, request).matches.docs)

    def copies(self, id: str) -> list[Hit]:
        """See `Engine`."""
        with self._reading() as snapshot:
            doc = snapshot.find(id)
            if doc is None:
                raise NotFound.article(id)
            return copies(snapshot, doc)

    def stats(self) -> ArchiveStats:
        """See `Engine`."""
        from indexer.engines.whoosh.search.stats import archive_stats

        with self._reading() as snapshot:
            return archive_stats(snapshot, self.directory)

    def check(self) -> CheckReport:
        """See `Engine`."""
        manifest = current_manifest(self.directory)
        return CheckReport(len(manifest.files), manifest.documents, tuple(generations.check(self.directory)))

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> "WhooshWriter":
        """See `Engine`."""
        from indexer.engines.whoosh.writer.writer import WhooshWriter

        return WhooshWriter(self.directory, self._config, prepare, enrich)

    def optimize(self) -> None:
        """See `Engine`."""
        from indexer.engines.shared.writing.batch_writer import prepare_nothing
        from indexer.engines.whoosh.writer.writer import WhooshWriter

        alone = replace(self._config, engine=replace(self._config.engine, processes=1))
        with WhooshWriter(self.directory, alone, prepare_nothing) as writer:
            writer.optimize()
        self.refresh()

    def rebuild(self, enrich: Enrich | None = None) -> int:
        """See `Engine`."""
        from indexer.engines.whoosh.writer.rebuilding import Rebuilder

        with Rebuilder(self.directory, self._config, enrich) as rebuilder:
            articles = rebuilder.rebuild()
        self.refresh()
        return articles

    def close(self) -> None:
        """See `Engine`."""
        self._snapshot = self._stamp = None
