"""One file -> its items: opened, recognised, read, with every fault turned into a reject. Called by the pipeline."""

import sys
from collections.abc import Iterator
from typing import BinaryIO

from indexer.config import IngestConfig
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.registry import choose
from indexer.ingest.streams import Input
from indexer.ingest.walk import STANDARD_INPUT, Skipped, SourceFile
from indexer.rejection import Origin, Reject, Rejected

NOT_AN_ARTICLE_FORMAT = "not an article format"


class FileReading:
    """The reading of one file: iterate over it once; `consumed` tells how many of its bytes were read so far."""

    def __init__(self, file: SourceFile, limits: IngestConfig) -> None:
        self._file = file
        self._limits = limits
        self._input: Input | None = None

    @property
    def consumed(self) -> int:
        """Bytes read from the file, before decompression."""
        return self._input.consumed if self._input is not None else 0

    def __iter__(self) -> Iterator[Item | Skipped]:
        """Items and rejects in the file's order; a single `Skipped` when there is nothing in it for us."""
        path = self._file.path
        try:
            if path == STANDARD_INPUT:
                yield from self._items(sys.stdin.buffer)
            else:
                with open(path, "rb", buffering=0) as raw:  # noqa: PTH123  # paths stay text, as given
                    yield from self._items(raw)
        except NotArticles as skipped:
            yield Skipped(path, skipped.what)
        except Rejected as fault:
            yield Reject(Origin(path), fault.reason, fault.detail, fault.excerpt)
        except OSError as error:
            yield Reject(Origin(path), "unreadable", f"{error.strerror or error}.")
        except Exception as error:  # a library met what it did not expect: the file is named, the build goes on
            yield Reject(Origin(path), "reader_failed", f"{type(error).__name__}: {error}")

    def _items(self, raw: BinaryIO) -> Iterator[Item | Skipped]:
        self._input = Input(self._file.path, raw, self._limits)
        if not self._input.head and not self._file.named:
            # Raises when what is empty is so because it is damaged.
            self._input.stream.read(1)
            raise NotArticles("an empty file")
        found = choose(self._input, named=self._file.named)
        if found is None:
            if self._file.named:
                detail = "Known are JSON, CSV, HTML, text, feeds, NewsML, WARC and WACZ, also compressed."
                raise Rejected("not_an_article_format", detail)
            raise NotArticles(NOT_AN_ARTICLE_FORMAT)
        yield from found.read(self._input)
