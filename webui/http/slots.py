"""How many files are made at once: half of a process's threads, so that pages go on whoever downloads what.

An export takes a thread until the last article is written. Who comes when all places are taken is told to ask again.
"""

import threading

from flask import Flask, Response, g, request

from indexer.errors import UserError

_SLOW = ("exports.export", "machine.sitemap_file")
_HELD = "slot_held"


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
            g.slot_held = True

    @app.after_request
    def _give_back_at_the_end(response: Response) -> Response:
        if g.pop(_HELD, False):
            response.call_on_close(places.release)
        return response

    @app.teardown_request
    def _give_back(_error: BaseException | None) -> None:
        if g.pop(_HELD, False):  # nothing was answered
            places.release()
