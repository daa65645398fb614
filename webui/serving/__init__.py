"""The server of `indexer serve`: processes of gunicorn, in each of which waitress talks to the clients.

`run` serves a configuration until it is told to stop. `connections` is waitress in one process: it reads a request
whole before a thread has it and keeps an answer until its client has taken it, so that slow clients cost no thread.
`processes` is gunicorn around it: several workers, replaced when one dies, stopped when they have finished.
`counters` is where they count together. Where there is no gunicorn, as on Windows, one process serves.
"""

import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from types import FrameType

from flask import Flask

from indexer.config import Config, WebConfig
from indexer.engines.registry import engine_class
from indexer.errors import ConfigError, StateError
from webui import create_app
from webui.serving import counters, logs
from webui.serving.connections import Connections

MOST_WORKERS = 4  # that are started where none are named: more want more memory than they bring


def run(config: Config) -> int:
    """Serve until interrupted; returns the exit code.

    Raises:
        ConfigError: the configuration cannot be used.
        StateError: the address cannot be had.
    """
    web = replace(config.web, workers=workers(config.web))
    config = replace(config, web=web)
    check_address(web)
    logs.configure(web)
    with counters.together(web):
        app = create_app(config)
        print(f"{config.archive.name} is at {address(web)} (Ctrl-C ends it)", flush=True)
        if sys.platform == "win32":
            return _alone(app, web)
        from webui.serving.processes import serve

        with suppress(ConfigError):  # a request says what is wrong
            engine_class(config)  # loaded before the processes part, so that each opens the archive sooner
        return serve(app, web)


def workers(web: WebConfig) -> int:
    """How many processes serve."""
    if sys.platform == "win32":
        return 1
    return web.workers or min(os.cpu_count() or 1, MOST_WORKERS)


def address(web: WebConfig) -> str:
    """Where the site is opened from this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(web.host, web.host)  # noqa: S104  # read, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{web.port}/"


def check_address(web: WebConfig) -> None:
    """Say at once, and once, that the address cannot be had.

    Raises:
        StateError: another program has the port, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((web.host, web.port))
        except OSError as error:
            raise StateError(
                f"{web.host}:{web.port} cannot be served: {error.strerror}. Choose another port: "
                f"--port {web.port + 1 if web.port < 65535 else 8000}, or web.port in config.toml."
            ) from None


def _alone(app: Flask, web: WebConfig) -> int:
    """Serve in this process."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.bind((web.host, web.port))
        connections = Connections(app, [listening], web.threads)
        stopping = False

        def stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal stopping
            stopping = True

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        while not stopping:
            connections.attend()
        connections.finish(web.stop_seconds)
    return 0
