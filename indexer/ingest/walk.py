"""Sources as the person named them -> files to read, in an order that does not change. Called by the pipeline.

Folders are walked with their files sorted by name. Hidden files, links that lead nowhere or back up, and things that
are not files (pipes, sockets, devices) are left out, and so are the indexes of archives: this one and others.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UsageError
from indexer.rejection import Origin, Reject

STANDARD_INPUT = "-"
INDEX_SUFFIX = ".bsx"  # of files that an index has and nothing else


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `named` says that the person named it, rather than a folder that holds it."""

    path: str
    size: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why that is right."""

    path: str
    reason: str


Found = SourceFile | Skipped | Reject


def check_sources(sources: Sequence[str]) -> None:
    """Raise `UsageError` for a source that does not exist: nothing should be built on a slip of the pen."""
    if not sources:
        raise UsageError("Nothing to build from. Name files or folders, or `-` for standard input.")
    for source in sources:
        if source != STANDARD_INPUT and not os.path.lexists(source):
            raise UsageError(f"There is no file or folder {source}. Check the path, or use `-` for standard input.")


def walk(sources: Sequence[str], index: str | None = None) -> Iterator[Found]:
    """Every file below the sources, each once. `index` is the folder that is built into."""
    walking = _Walk(index)
    for source in sources:
        if source == STANDARD_INPUT:
            yield SourceFile(STANDARD_INPUT, 0, named=True)
        else:
            yield from walking.below(source, named=True)


class _Walk:
    """What has been walked, and what is not to be."""

    def __init__(self, index: str | None) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._index: tuple[int, int] | None = None
        if index is not None:
            with suppress(OSError):
                self._index = _key(os.stat(index))  # noqa: PTH116  # as below

    def below(self, path: str, *, named: bool) -> Iterator[Found]:
        try:
            status = os.stat(path)  # noqa: PTH116  # paths stay text as given: they are shown and compared as such
        except OSError as error:
            if os.path.islink(path):  # noqa: PTH114  # as above
                yield Skipped(path, "a link that leads nowhere")
            else:
                yield Reject(Origin(path), "unreadable", f"{error.strerror}.")
            return
        key = _key(status)
        if stat.S_ISDIR(status.st_mode):
            if key in self._seen:
                yield Skipped(path, "a folder that was walked already")
                return
            self._seen.add(key)
            if key == self._index:
                advice = "; keep articles in another folder" if named else ""
                yield Skipped(path, f"the index of this archive{advice}")
                return
            yield from self._folder(path)
        elif stat.S_ISREG(status.st_mode) or (named and stat.S_ISFIFO(status.st_mode)):
            # A pipe that was named is read like standard input: `indexer build <(zcat dump.gz)`.
            if key in self._seen:
                yield Skipped(path, "a file that was read already")
                return
            self._seen.add(key)
            yield SourceFile(path, status.st_size, named)
        else:
            yield Skipped(path, "not a file")

    def _folder(self, path: str) -> Iterator[Found]:
        try:
            with os.scandir(path) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            yield Reject(Origin(path), "unreadable", f"The folder cannot be opened: {error.strerror}.")
            return
        if any(name.endswith(INDEX_SUFFIX) for name in names):
            yield Skipped(path, "the index of an archive; its articles are had from it by: indexer export")
            return
        for name in names:
            if not name.startswith("."):
                yield from self.below(str(Path(path) / name), named=False)


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def total_bytes(sources: Sequence[str], index: str | None = None) -> int | None:
    """How many bytes of files there are to read, for the progress display; None when nobody can tell."""
    if STANDARD_INPUT in sources:
        return None
    return sum(found.size for found in walk(sources, index) if isinstance(found, SourceFile))
