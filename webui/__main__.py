"""`python -m webui`: serve the archive on this machine, and say where."""

import socket
import sys

from gunicorn.app.base import BaseApplication

from indexer.config import Config, WebConfig, load_config
from indexer.errors import BroadsheetError, StateError
from webui import create_app

LONGEST_LINE = 8190  # bytes, the most that gunicorn knows: many chosen filters make a long address
THREADS = 8  # searches are short and release the interpreter's lock in numpy


def main() -> int:
    """Serve until interrupted; returns the exit code."""
    try:
        config = load_config()
        _check_address(config.web)
        server = _Server(config)
    except BroadsheetError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    host = f"[{config.web.host}]" if ":" in config.web.host else config.web.host
    print(f"{config.archive.name} is at http://{host}:{config.web.port}/ (Ctrl-C ends it)", flush=True)
    server.run()
    return 0


def _check_address(web: WebConfig) -> None:
    """Say at once, and once, that the address cannot be had.

    Raises:
        StateError: another program has the port, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((web.host, web.port))
        except OSError as error:
            raise StateError(
                f"{web.host}:{web.port} cannot be served: {error.strerror}. Choose another port with "
                f"BROADSHEET_WEB__PORT={web.port + 1}, or web.port in config.toml."
            ) from None


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn with one process and some threads."""

    def __init__(self, config: Config) -> None:
        self.settings = config
        self.app = create_app(config)
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        self.cfg.set("bind", f"{self.settings.web.host}:{self.settings.web.port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", THREADS)
        self.cfg.set("limit_request_line", LONGEST_LINE)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("proc_name", "broadsheet")

    def load(self) -> object:
        """The application to serve."""
        return self.app


if __name__ == "__main__":
    sys.exit(main())
