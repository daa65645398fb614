"""Stock Whoosh's table of contents, written after each commit so that stock Whoosh opens the same generation.

It is a pickle, as Whoosh made it: whoever opens the index with stock Whoosh has to trust it. Broadsheet writes it and
never reads it.
"""

import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engines.whoosh.codec.durable import sync_directory, sync_file
from indexer.engines.whoosh.codec.layout import INDEX_NAME
from indexer.engines.whoosh.codec.whoosh_codec import ColumnarSegment
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.schema import build_schema


class _DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Puts a file on the disk before it is renamed into place: Whoosh's own storage does not."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: ARG002 - as Whoosh calls it
        """Rename, durably."""
        sync_file(Path(self.folder) / oldname)
        os.replace(Path(self.folder) / oldname, Path(self.folder) / newname)  # noqa: PTH105 - names are strings here
        sync_directory(Path(self.folder))


def write_toc(directory: Path, manifest: Manifest) -> None:
    """Write the table of contents of a generation.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    languages: dict[str, int] = {}
    for info in manifest.segments:
        for language, count in info.languages.items():
            languages[language] = languages.get(language, 0) + count
    segments: list[Any] = [ColumnarSegment(info) for info in manifest.segments]
    toc = TOC(build_schema(languages), segments, manifest.generation)
    toc.write(_DurableStorage(str(directory)), INDEX_NAME)
