"""The log of the server: lines on standard error, which systemd, a container or a terminal keeps."""

import logging
import sys
import time

from indexer.config import WebConfig

_OURS = "broadsheet."


class _Formatter(logging.Formatter):
    """`[2026-11-30T20:09:11Z] INFO requests: ...`: in UTC, and our own loggers without their first name."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        record.name = record.name.removeprefix(_OURS)
        return super().format(record)


def configure(web: WebConfig) -> None:
    """Write what is said about the work to standard error, and a line for each request if that is wanted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("[%(asctime)s] %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    level = logging.WARNING if web.access_log == "off" else logging.INFO
    logging.getLogger(f"{_OURS}requests").setLevel(level)
