"""Libraries in C that are compiled when the package is installed, where the machine has a compiler: loading them.

In: where a library lies, the checksum of the sources it should be of, and its functions. Out: the library, or None, and
everything works in Python, slower. Called by the `native` modules of the search and of the tagger.
"""

import ctypes
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

Library = TypeVar("Library", bound=ctypes.CDLL)

_LOG = logging.getLogger(__name__)


def load(
    kind: type[Library], library: Path, checksum: int, functions: Mapping[str, tuple[Sequence[Any], Any]]
) -> Library | None:
    """The library, if it is there, of these sources and wanted: `BROADSHEET_KERNELS=numpy` leaves all alone.

    Args:
        kind: how it is called, `ctypes.CDLL` or `ctypes.PyDLL`, which keeps the interpreter to itself meanwhile.
        library: the file.
        checksum: what its `broadsheet_source` must return.
        functions: the types of the arguments and of the result of each.
    """
    if os.environ.get("BROADSHEET_KERNELS") == "numpy" or sys.byteorder != "little":
        return None
    try:
        found = kind(str(library))
        found.broadsheet_source.restype = ctypes.c_int64
        if found.broadsheet_source() != checksum:
            _LOG.warning("%s is of other sources and is not used: install the package again.", library)
            return None
        for name, (arguments, result) in functions.items():
            function = getattr(found, name)
            function.argtypes, function.restype = arguments, result
    except (OSError, AttributeError):  # not compiled, or for another machine
        return None
    return found
