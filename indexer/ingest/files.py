"""One file -> its items: opened, recognised, read, with every fault turned into a reject. Called by the pipeline.

A zip or tar file is a folder: each file in it is read in turn, and a fault in one is not a fault of the others.
"""

import sys
from collections.abc import Iterator
from os.path import dirname

from indexer.config import IngestConfig
from indexer.ingest.beside import Folder
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.packed import DAMAGE, DEEPEST, Member
from indexer.ingest.readers.registry import choose
from indexer.ingest.streams import Input
from indexer.ingest.time_limit import TimeUp, each_within, limit, restart, too_slow
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
        """Items and rejects in the file's order; a `Skipped` for what has nothing for us."""
        yield from each_within(self._limits.max_seconds, _guarded(self._file.path, self._opened()))

    def _opened(self) -> Iterator[Item | Skipped]:
        path = self._file.path
        if path == STANDARD_INPUT:
            self._input = Input(path, sys.stdin.buffer, self._limits)
            yield from _whole(self._input, self._file.named, 0)
            return
        with open(path, "rb", buffering=0) as raw:  # noqa: PTH123  # paths stay text, as given
            self._input = Input(path, raw, self._limits, Folder(dirname(path)))  # noqa: PTH120  # as above
            yield from _whole(self._input, self._file.named, 0)


def _guarded(path: str, items: Iterator[Item | Skipped]) -> Iterator[Item | Skipped]:
    """The items of one file, up to the fault that ends them."""
    try:
        yield from items
    except NotArticles as skipped:
        yield Skipped(path, skipped.what)
    except Rejected as fault:
        yield Reject(Origin(path), fault.reason, fault.detail, fault.excerpt)
    except DAMAGE as error:
        yield Reject(Origin(path), "broken_stream", f"It is damaged: {error}.")
    except TimeUp:
        slow = too_slow(limit())
        restart()
        yield Reject(Origin(path), slow.reason, slow.detail)
    except OSError as error:
        yield Reject(Origin(path), "unreadable", f"{error.strerror or error}.")
    except Exception as error:  # a library met what it did not expect: the file is named, the build goes on
        yield Reject(Origin(path), "reader_failed", f"{type(error).__name__}: {error}")


def _whole(source: Input, named: bool, depth: int) -> Iterator[Item | Skipped]:
    try:
        yield from _items(source, named, depth)
    finally:
        source.close()


def _items(source: Input, named: bool, depth: int) -> Iterator[Item | Skipped]:
    if not source.head and not named:
        # Raises when what is empty is so because it is damaged.
        source.stream.read(1)
        raise NotArticles("an empty file")
    found = choose(source, named=named)
    if found is None:
        if named:
            detail = "Known are JSON, CSV, HTML, text, feeds, NewsML, WARC, PDF, mail and others, also packed."
            raise Rejected("not_an_article_format", detail)
        raise NotArticles(NOT_AN_ARTICLE_FORMAT)
    if found.members is None:
        yield from found.read(source)
        return
    if depth >= DEEPEST:
        raise Rejected("too_deep", f"More than {DEEPEST} packed files within each other; unpack it first.")
    empty = True
    for member in found.members(source):
        empty = False
        yield from _guarded(member.path, _member_items(member, depth + 1))
    if empty:
        yield from found.read(source)  # says what a folder without files is


def _member_items(member: Member, depth: int) -> Iterator[Item | Skipped]:
    yield from _whole(member.open(), False, depth)
