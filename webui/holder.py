"""The archive of a process: opened at the first request, refreshed at each, opened anew after it was lost or damaged.

Views call `archive()`; it raises a `StateError` while there is nothing to search, and works again by itself.
"""

import threading
from contextlib import suppress

from flask import current_app, g

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config
from indexer.errors import BroadsheetError, StateError, Withdrawn


class ArchiveHolder:
    """Holds one archive open for all threads of a process."""

    def __init__(self, config: Config, archive: Archive | None = None) -> None:
        self.config = config
        self._archive = archive
        self._ours = archive is None
        self._lock = threading.Lock()

    def current(self) -> Archive:
        """The archive as it is now.

        Raises:
            StateError: it cannot be opened or read now.
        """
        archive = self._archive or self._open()
        try:
            archive.refresh()
        except StateError:
            self.forget()
            raise
        return archive

    def _open(self) -> Archive:
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(self.config)
            return self._archive

    def forget(self) -> None:
        """Let the next request open it again: another process may be mending it."""
        with self._lock:
            archive = self._archive
            if self._ours and archive is not None:
                self._archive = None
                with suppress(BroadsheetError):
                    archive.close()


def archive() -> Archive:
    """The archive of this request, pinned for its length.

    Raises:
        StateError: there is none to search now.
    """
    if "archive" not in g:
        holder: ArchiveHolder = current_app.extensions["archive"]
        g.archive = holder.current()
    found: Archive = g.archive
    return found


def settings() -> Config:
    """The configuration of the site."""
    found: Config = current_app.config["BROADSHEET"]
    return found


def shown_article(id: str) -> Article:
    """An article that may be shown.

    Raises:
        NotFound: there is none of that id.
        Withdrawn: its source has taken it back.
    """
    found = archive().get(id)
    if found.withdrawn:
        raise Withdrawn.of(id)
    return found
