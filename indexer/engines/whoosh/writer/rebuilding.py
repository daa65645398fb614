"""An index made anew from the articles that it stores, by which one of an earlier version is brought up to date.

The articles are written into new segments beside the old ones, and become a new generation, as in any other commit:
what is killed before leaves the old generation, and one that is being read is read to its end. All that is beside the
segments stays: corrections, rejects. Called by the engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from indexer.article import Article
from indexer.config import Config
from indexer.engines.shared.writing.batch_writer import prepare_nothing
from indexer.engines.shared.writing.worker_pool import Pool
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.manifest import Manifest, no_index
from indexer.engines.whoosh.directory.stored_articles import stored_articles
from indexer.engines.whoosh.writer.merge_policy import MergeInput
from indexer.engines.whoosh.writer.worker import Done, Flush, Worker
from indexer.engines.whoosh.writer.writer import WhooshWriter
from indexer.writing import Enrich

# With fewer articles, processes take longer to start than to write them.
FEW = 2_000


@dataclass(frozen=True, slots=True)
class Take:
    """Have a worker write articles as they are."""

    articles: Sequence[Article]

    def run(self, worker: Worker) -> Done:
        """See `Request`."""
        return worker.take(self.articles)


class Rebuilder(WhooshWriter):
    """The writer of an index that replaces all of its segments.

    Raises:
        NoIndex: there is nothing to rebuild.
        IndexLocked: another process is writing.
        IndexCorrupt: what is stored cannot be read.
    """

    def __init__(self, directory: Path, config: Config, enrich: Enrich | None = None) -> None:
        if not generations.current_manifest(directory, any_format=True).generation:
            raise no_index(directory)
        super().__init__(directory, config, prepare_nothing, enrich)

    def _begin(self) -> Manifest:
        return generations.manifest_to_extend(self._directory, any_format=True)

    def rebuild(self) -> int:
        """Make the new generation; returns how many articles it has."""
        with self._guarded():
            articles = stored_articles(self._directory, self._manifest)
            if self._processes > 1 and self._manifest.documents > FEW:
                self._pool = Pool(self._processes, self._setup, self._receive)
            for batch in _batches(articles, self.batch_items):
                if self._pool is None:
                    self._receive(self._worker.take(batch))
                else:
                    self._pool.submit(Take(batch))
            if self._pool is not None:
                self._pool.submit_all(Flush())
                self._pool.drain()
            self._receive(self._worker.flush())
            self._publish(self._merged(self._inputs({})))
            return self._manifest.documents

    def _inputs(self, deletes: dict[str, set[int]]) -> list[MergeInput]:  # noqa: ARG002  # nothing is deleted
        """The new segments alone."""
        return [MergeInput(info, np.empty(0, np.uint32)) for info in self._segments]


def _batches(articles: Iterator[Article], size: int) -> Iterator[list[Article]]:
    while batch := list(islice(articles, size)):
        yield batch
