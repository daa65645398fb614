"""A followed folder: its files that are new or have changed since they were read."""

import os
from collections.abc import Iterator
from dataclasses import replace

from indexer.config import Config
from indexer.follow.state import Files
from indexer.ingest.files import FileReading
from indexer.ingest.raw import RawArticle
from indexer.ingest.walk import Skipped, SourceFile, walk
from indexer.rejection import Reject
from indexer.sources import Source


class FolderReading:
    """The reading of a folder: iterate over it once; `files` are then those that it holds, as they were."""

    def __init__(self, folder: str, source: Source, config: Config, known: Files) -> None:
        self._folder = folder
        self._source = source
        self._config = config
        self._known = known
        self.files: Files = {}
        self.read: list[str] = []

    def __iter__(self) -> Iterator[RawArticle | Reject]:
        for found in walk([self._folder], self._config.archive.index):
            if isinstance(found, Reject):
                yield found
            elif isinstance(found, SourceFile):
                yield from self._file(found)

    def _file(self, file: SourceFile) -> Iterator[RawArticle | Reject]:
        try:
            status = os.stat(file.path)  # noqa: PTH116  # paths stay text, as given
        except OSError:
            return  # gone since
        now = (status.st_size, status.st_mtime_ns)
        if self._known.get(file.path) != now:
            self.read.append(file.path)
            for item in FileReading(file, self._config.ingest):
                if isinstance(item, RawArticle):
                    yield replace(item, known={"source": self._source.name})
                elif not isinstance(item, Skipped):
                    yield item
        self.files[file.path] = now
