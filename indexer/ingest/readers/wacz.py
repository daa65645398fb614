"""WACZ files (a zip around WARC files): the pages of every WARC inside."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.warc import Numbering, pages
from indexer.ingest.streams import FREE_EXPANSION, Input
from indexer.rejection import Rejected

MAGIC = b"PK\x03\x04"
_INSIDE = (".warc", ".warc.gz", ".arc", ".arc.gz", ".warc.zst")


def read_wacz(source: Input) -> Iterator[Item]:
    """The pages of all WARC files inside, numbered through."""
    try:
        with zipfile.ZipFile(source.seekable()) as archive:
            names = sorted(name for name in archive.namelist() if name.lower().endswith(_INSIDE))
            if not names:
                raise NotArticles("a zip file without WARC files")
            numbering = Numbering()
            for name in names:
                _check_expansion(archive.getinfo(name), source.limits.max_expansion)
                with archive.open(name) as raw:
                    inner = Input(name, cast(BinaryIO, raw), source.limits)
                    yield from pages(source, inner.stream, numbering)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Rejected("broken_stream", f"The zip file cannot be read: {error}.") from None


def _check_expansion(entry: zipfile.ZipInfo, limit: int) -> None:
    if entry.file_size > max(FREE_EXPANSION, entry.compress_size * limit):
        raise Rejected("expansion", f"{entry.filename} grows more than {limit} times.")
