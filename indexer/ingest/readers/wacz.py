"""WACZ files (a zip around WARC files): the pages of every WARC inside."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.packed import check_document
from indexer.ingest.readers.warc import Numbering, pages
from indexer.ingest.streams import Input
from indexer.rejection import Rejected

_DESCRIPTION = "datapackage.json"
_INSIDE = (".warc", ".warc.gz", ".arc", ".arc.gz", ".warc.zst")


def is_wacz(source: Input) -> bool:
    """Whether a zip file is one by what is in it."""
    try:
        with zipfile.ZipFile(source.seekable()) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    return _DESCRIPTION in names and any(name.lower().endswith(_INSIDE) for name in names)


def read_wacz(source: Input) -> Iterator[Item]:
    """The pages of all WARC files inside, numbered through."""
    try:
        with zipfile.ZipFile(source.seekable()) as archive:
            names = sorted(name for name in archive.namelist() if name.lower().endswith(_INSIDE))
            if not names:
                raise NotArticles("a zip file without WARC files")
            numbering = Numbering()
            for name in names:
                check_document([archive.getinfo(name)], source.limits.max_expansion)
                with archive.open(name) as raw:
                    inner = Input(name, cast(BinaryIO, raw), source.limits)
                    yield from pages(source, inner.stream, numbering)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Rejected("broken_stream", f"The zip file cannot be read: {error}.") from None
