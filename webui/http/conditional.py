"""Answers that a client may keep: `ETag`, `Last-Modified`, and 304 when what it holds is what it would get.

An ETag is a hash of the answer. `Last-Modified` is since when this process has seen the present commit of the archive:
nothing of it has changed since, and another process that saw it earlier agrees, because each looks for another commit
at every request. An archive that came in the place of another one is another commit, whatever its number.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response, current_app, request

# An HTTP date is cut to a second: two commits within one would look the same.
SETTLED = timedelta(seconds=2)
_EXTENSION = "generation_clock"


@dataclass(frozen=True, slots=True)
class _Seen:
    identity: str
    since: datetime


class GenerationClock:
    """Since when a process has known the commit it serves."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def since(self, identity: str) -> datetime | None:
        """The moment, in whole seconds; None while it is too fresh to be told from the one before."""
        now = self._now()
        with self._lock:
            if self._seen is None or self._seen.identity != identity:
                self._seen = _Seen(identity, now)
            since = self._seen.since
        return since.replace(microsecond=0) if now - since >= SETTLED else None


def init(extensions: dict[str, object]) -> None:
    """Give an application its clock, among its extensions."""
    extensions.setdefault(_EXTENSION, GenerationClock())


def conditional(response: Response, identity: str) -> Response:
    """The answer with its validators, or 304 for a client that has it."""
    clock: GenerationClock = current_app.extensions[_EXTENSION]
    if since := clock.since(identity):
        response.last_modified = since
    response.add_etag()
    response.make_conditional(request)
    return response
