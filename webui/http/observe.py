"""What became of each request: measured once, around everything, and told to who logs and counts it.

`seconds` end when the answer begins and `whole_seconds` when all of it has been handed to the server; an export is
made piece by piece between the two.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_RULE = "broadsheet.rule"
_CONVERTER = re.compile(r"<(?:[^<>]*:)?(\w+)>")  # "<path:name>" is shown as "<name>"
NO_PAGE = "-"  # of an address that leads nowhere


@dataclass(frozen=True, slots=True)
class Answered:
    """A request and what was answered. `page` is the pattern of the address, as in `/article/<id>`, not the address."""

    environ: "WSGIEnvironment"
    page: str
    status: int
    sent: int
    seconds: float
    whole_seconds: float

    @property
    def method(self) -> str:
        """The method of the request; what is none of HTTP's has no name of its own."""
        stated = str(self.environ.get("REQUEST_METHOD", ""))
        return stated if stated in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH") else NO_PAGE


Listener = Callable[[Answered], None]


def init(app: Flask) -> None:
    """Have the application say which page an address leads to. To be called before all that may refuse a request."""

    @app.before_request
    def _note() -> None:
        if request.url_rule is not None:
            request.environ[_RULE] = _CONVERTER.sub(r"<\1>", request.url_rule.rule)


def wrap(app: Flask, listeners: Iterable[Listener]) -> None:
    """Tell listeners of each request. To be called last, so that it stands around everything."""
    if told := tuple(listeners):
        app.wsgi_app = Observed(app.wsgi_app, told)  # type: ignore[method-assign]  # Flask's documented way


class Observed:
    """WSGI middleware that measures."""

    def __init__(self, app: "WSGIApplication", listeners: tuple[Listener, ...]) -> None:
        self._app = app
        self._listeners = listeners

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        watch = _Watch(environ, self._listeners)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            watch.status = int(status.split(" ", 1)[0])
            return start_response(status, headers, exc_info)

        try:
            watch.pieces = self._app(environ, start)
        except BaseException:
            watch.close()
            raise
        watch.began = time.perf_counter()
        return watch


class _Watch:
    """The pieces of one answer, counted as they leave."""

    def __init__(self, environ: "WSGIEnvironment", listeners: tuple[Listener, ...]) -> None:
        self.pieces: Iterable[bytes] = ()
        self.status = 500
        self.started = time.perf_counter()
        self.began: float | None = None
        self._environ = environ
        self._listeners = listeners
        self._sent = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self._sent += len(piece)
            yield piece

    def close(self) -> None:
        """End the answer, as the server does when it has all of it or has lost its client."""
        try:
            if callable(close := getattr(self.pieces, "close", None)):
                close()
        finally:
            now = time.perf_counter()
            answered = Answered(
                self._environ,
                self._environ.get(_RULE, NO_PAGE),
                self.status,
                self._sent,
                (self.began or now) - self.started,
                now - self.started,
            )
            for listener in self._listeners:
                listener(answered)
