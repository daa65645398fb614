"""How many files are made at once: half of a process's threads, so that pages go on whoever downloads what.

An export takes a thread until the last article is written. Who comes when all places are taken is told to ask again.
"""

import threading
from collections.abc import Iterable, Iterator

from flask import Flask, Response, g, request

from indexer.errors import UserError

_SLOW = ("exports.export", "dossiers.dossier", "machine.sitemap_file")
_HELD = "place"


class _Place:
    """One of the places, given back once, whether an answer ends, fails or is left."""

    def __init__(self, places: threading.BoundedSemaphore) -> None:
        self._places: threading.BoundedSemaphore | None = places

    def give_back(self) -> None:
        places, self._places = self._places, None
        if places is not None:
            places.release()

    def until_the_end(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from pieces
        finally:
            self.give_back()


class Busy(UserError):
    """As many files are being made as may be."""

    http_status = 503


def init(app: Flask, threads: int) -> None:
    """Let an application with so many threads make half as many files at once, one at least."""
    places = threading.BoundedSemaphore(max(1, threads // 2))

    @app.before_request
    def _take() -> None:
        if request.endpoint in _SLOW:
            if not places.acquire(blocking=False):
                raise Busy("Other downloads are being made just now. Ask again in a moment.")
            g.place = _Place(places)

    @app.after_request
    def _give_back_at_the_end(response: Response) -> Response:
        place: _Place | None = g.pop(_HELD, None)
        if place is not None:
            response.call_on_close(place.give_back)
            if response.is_streamed:
                response.response = place.until_the_end(response.iter_encoded())
        return response

    @app.teardown_request
    def _give_back(_error: BaseException | None) -> None:
        if (place := g.pop(_HELD, None)) is not None:  # nothing was answered
            place.give_back()
