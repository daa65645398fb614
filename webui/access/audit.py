"""What is written down of logins: what happened and the user's name, the address only with `[access] log_addresses`.

A name that no user has is not written: people type passwords there.
"""

import logging
import time
from typing import Any, cast

from flask import Flask, request
from flask.logging import has_level_handler, wsgi_errors_stream

from webui.holder import settings

LOGGER = logging.getLogger("broadsheet.access")
NOBODY = "-"


class _Formatter(logging.Formatter):
    """Lines with the time in UTC, whatever the zone of the machine."""

    converter = staticmethod(time.gmtime)


def init(_app: Flask) -> None:
    """See that the lines are written somewhere: to the server's error log, unless logging is set up otherwise."""
    LOGGER.setLevel(logging.INFO)
    if not has_level_handler(LOGGER):
        handler = logging.StreamHandler[Any](cast("Any", wsgi_errors_stream))
        handler.setFormatter(_Formatter("[%(asctime)s] %(levelname)s access: %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
        LOGGER.addHandler(handler)


def note(event: str, user: str | None, reason: str = "") -> None:
    """Write a line: `login failed user=- reason=password`."""
    parts = [event, f"user={user or NOBODY}"]
    if reason:
        parts.append(f"reason={reason}")
    if settings().access.log_addresses:
        parts.append(f"address={request.remote_addr or NOBODY}")
    level = logging.WARNING if reason else logging.INFO
    LOGGER.log(level, " ".join(parts))


def failure(text: str) -> None:
    """Write down why nobody can be let in; strangers are not told."""
    LOGGER.error(text)
