"""gunicorn: several processes on one address, replaced when they die and stopped when they have finished.

The application is loaded once, before the processes part, so that they share its memory. Signals are gunicorn's: TERM
ends when the requests at hand are answered, INT at once, HUP replaces the workers one by one, TTIN and TTOU start and
stop one.
"""

import contextlib
import logging
import os
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.base import Worker

from indexer.config import WebConfig
from webui.serving.connections import Connections

STUCK = 60  # seconds after which a process that does not attend to its clients is replaced


def serve(app: Flask, web: WebConfig) -> int:
    """Serve until told to stop; returns the exit code."""
    parent = os.getpid()
    try:
        _Server(app, web).run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
        if os.getpid() != parent:  # a worker ends here, not in what its parent has yet to do
            logging.shutdown()
            sys.stdout.flush()
            os._exit(code)
        return code
    return 0


class AttendingWorker(Worker):  # type: ignore[misc]  # gunicorn is untyped
    """A process of gunicorn that attends to its clients by waitress."""

    def run(self) -> None:
        """Serve until told to stop, or until the parent is gone."""
        connections = Connections(self.wsgi, [listener.sock for listener in self.sockets], self.cfg.threads)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            connections.attend()
        connections.finish(self.cfg.graceful_timeout)


class _Server(BaseApplication):  # type: ignore[misc]  # as above
    def __init__(self, app: Flask, web: WebConfig) -> None:
        self.app = app
        self.web = web
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        host = f"[{self.web.host}]" if ":" in self.web.host else self.web.host
        chosen: dict[str, Any] = {
            "bind": f"{host}:{self.web.port}",
            "worker_class": AttendingWorker,
            "workers": self.web.workers,
            "threads": self.web.threads,
            "preload_app": True,
            "timeout": STUCK,
            "graceful_timeout": self.web.stop_seconds,
            "loglevel": "warning",
            "proc_name": "broadsheet",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)
        with contextlib.suppress(
            Exception
        ):  # since gunicorn 25 there is a socket to steer it by, in the home directory
            self.cfg.set("control_socket_disable", True)

    def load(self) -> Flask:
        """The application to serve."""
        return self.app
