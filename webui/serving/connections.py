"""The clients of one process, attended to by waitress.

One thread reads and writes whatever sockets are ready; `threads` others work on requests that have arrived whole. An
answer waits in memory, then in a temporary file, until its client has taken it. A client that neither sends nor takes
anything for `SILENCE` seconds is dropped, and so is one that has not finished its request after `ASKING`.
"""

import logging
import socket
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

from webui.http.acceptance import LONGEST_ADDRESS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SILENCE = 30  # seconds
ASKING = 60  # seconds, at most, from the first byte of a request to its last
MOST_CONNECTIONS = 2000  # of a process; further ones wait until one is closed
OTHER_FILES = 200  # that a process has open beside its connections: the index, temporary files
LONGEST_HEADER = 4 * LONGEST_ADDRESS  # bytes of address, cookies and all
LONGEST_BODY = 64 * 1024  # bytes
IN_MEMORY = 256 * 1024  # bytes of an answer; what is longer waits in a temporary file
MOST_WAITING = 64 * 1024 * 1024  # bytes of an answer that wait; then the thread that makes it waits too
TICK = 0.5  # seconds, at most, between two looks at whether to stop


class Connections:
    """The open connections of a process on listening sockets."""

    def __init__(self, app: "WSGIApplication", listening: Sequence[socket.socket], threads: int) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits a moment is no news
        self._map: dict[int, object] = {}
        self._server = create_server(
            app,
            map=self._map,
            sockets=list(listening),
            threads=threads,
            ident="",
            connection_limit=_connections(),
            channel_timeout=SILENCE,
            cleanup_interval=5,
            max_request_header_size=LONGEST_HEADER,
            max_request_body_size=LONGEST_BODY,
            outbuf_overflow=IN_MEMORY,
            outbuf_high_watermark=MOST_WAITING,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # webui.http.proxies decides about them
            expose_tracebacks=False,
        )
        self._looked = time.monotonic()
        self._begun: WeakKeyDictionary[HTTPRequestParser, float] = WeakKeyDictionary()

    def attend(self) -> None:
        """Do what there is to do, for `TICK` seconds at most."""
        wasyncore.loop(timeout=TICK, use_poll=True, map=self._map, count=1)
        if time.monotonic() - self._looked > 1:
            self._looked = time.monotonic()
            self._drop_the_slow()

    def finish(self, seconds: float) -> None:
        """Take no more requests, and end when all that were taken are answered or the time is over."""
        for each in list(self._map.values()):
            if isinstance(each, BaseWSGIServer):
                wasyncore.dispatcher.close(each)  # the socket alone; its own `close` also ends who works on requests
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(_busy(each) for each in self._channels()):
            self.attend()
        self._server.task_dispatcher.shutdown(timeout=max(0.0, min(1.0, until - time.monotonic())))
        wasyncore.close_all(self._map, ignore_all=True)

    def _channels(self) -> list[HTTPChannel]:
        return [each for each in self._map.values() if isinstance(each, HTTPChannel)]

    def _drop_the_slow(self) -> None:
        """Those that do not take their answer or never finish asking; waitress itself drops those that say nothing."""
        before = time.time() - SILENCE
        for channel in self._channels():
            begun = self._begun.setdefault(channel.request, self._looked) if channel.request else self._looked
            silent = channel.total_outbufs_len and channel.last_activity < before
            if silent or self._looked - begun > ASKING:
                channel.handle_close()


def _connections() -> int:
    """How many connections a process may have, of as many open files as it may have at most."""
    if sys.platform == "win32":
        return 400  # its select() takes 512 sockets
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES  # a long answer waits in a file beside its socket
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(16, min(MOST_CONNECTIONS, (soft - OTHER_FILES) // 2))


def _busy(channel: HTTPChannel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len)
