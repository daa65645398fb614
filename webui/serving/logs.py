"""The log of the server: lines on standard error, which systemd, a container or a terminal keeps."""

import logging
import sys

from indexer.config import WebConfig

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(web: WebConfig) -> None:
    """Write what is said about the work to standard error, and a line for each request if that is wanted."""
    logging.basicConfig(stream=sys.stderr, format=FORMAT, level=logging.WARNING)
    logging.getLogger("webui.access").setLevel(logging.WARNING if web.access_log == "off" else logging.INFO)
