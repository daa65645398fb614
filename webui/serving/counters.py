"""Where the processes of a server count together, for `/metrics`: a folder of files that are mapped into memory.

The folder is named after the server and goes with it; that of a server that was killed goes with the next one.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.config import WebConfig
from indexer.leftovers import hold, sweep
from webui.http.metrics import FOLDER_VARIABLE

PREFIX = "broadsheet-metrics-"


@contextmanager
def together(web: WebConfig) -> Iterator[None]:
    """Have processes that are started in the block counted together; a folder that the environment names is kept."""
    if not web.metrics_from or sys.platform == "win32" or FOLDER_VARIABLE in os.environ:
        yield
        return
    sweep(Path(tempfile.gettempdir()), f"{PREFIX}*")
    folder = tempfile.mkdtemp(prefix=PREFIX)
    descriptor = os.open(folder, os.O_RDONLY)
    hold(descriptor)
    os.environ[FOLDER_VARIABLE] = folder
    try:
        yield
    finally:
        del os.environ[FOLDER_VARIABLE]
        os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)
