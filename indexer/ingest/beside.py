"""The files that lie beside one that is being read: a METS file names the pages of its issue.

On disk and in a zip or tar file alike. A path is relative to the folder of the file, with `/`. Out of a packed file no
path leads.
"""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class Beside(Protocol):
    """The folder of a file."""

    def __hash__(self) -> int:
        """A folder is a key of what was found out about it."""
        ...

    def version(self, folder: str, /) -> int:
        """Another number when files have come to a folder or gone."""
        ...

    def names(self, folder: str) -> list[str]:
        """The files in a folder, in order; none where there is none."""
        ...

    def read(self, path: str, limit: int) -> bytes | None:
        """A file's content; None where there is none, or it is longer than the limit."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk."""

    place: str

    def version(self, folder: str, /) -> int:
        """See `Beside`."""
        try:
            return (Path(self.place) / folder).stat().st_mtime_ns
        except OSError:
            return 0

    def names(self, folder: str) -> list[str]:
        """See `Beside`."""
        try:
            return sorted(entry.name for entry in (Path(self.place) / folder).iterdir())
        except OSError:
            return []

    def read(self, path: str, limit: int) -> bytes | None:
        """See `Beside`."""
        try:
            with (Path(self.place) / path).open("rb") as file:
                data = file.read(limit + 1)
        except OSError:
            return None
        return data if len(data) <= limit else None


@dataclass(frozen=True, eq=False)
class Packed:
    """A folder in a zip or tar file, one value for each. `members` opens each file by its whole path."""

    place: str
    members: Mapping[str, Callable[[], BinaryIO]]

    def version(self, _: str, /) -> int:
        """See `Beside`."""
        return 0

    def names(self, folder: str) -> list[str]:
        """See `Beside`."""
        wanted = self._whole(folder)
        return sorted(name.rpartition("/")[2] for name in self.members if name.rpartition("/")[0] == wanted)

    def read(self, path: str, limit: int) -> bytes | None:
        """See `Beside`."""
        found = self.members.get(self._whole(path))
        if found is None:
            return None
        with found() as file:
            data = file.read(limit + 1)
        return data if len(data) <= limit else None

    def _whole(self, path: str) -> str:
        whole = posixpath.normpath(posixpath.join(self.place, path))
        return "" if whole == "." else whole


NOTHING = Packed("", {})  # beside what comes from a pipe
