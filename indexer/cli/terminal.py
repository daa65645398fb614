"""What `console` prints to: a terminal of any width, or a pipe. Here is the library that lays text out, loaded when
something is printed."""

import io
import re
from typing import IO, NoReturn

from rich.cells import cell_len
from rich.console import Console

_FILLING = re.compile(r"[ \t]+\n")
PIPED_WIDTH = 100  # columns laid out where no terminal states its width


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


class _Trimmed(io.StringIO):
    """Passes text on without the blanks that fill lines up to the width of a layout."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__()
        self._file = file

    def write(self, text: str) -> int:
        self._file.write(_FILLING.sub("\n", text))
        return len(text)

    def flush(self) -> None:
        self._file.flush()


def console(file: IO[str]) -> Console:
    """Where text for a file goes, laid out for it."""
    if file.isatty():
        return _Console(file=file, highlight=False, markup=False, emoji=False)
    return _Console(file=_Trimmed(file), highlight=False, markup=False, emoji=False, width=PIPED_WIDTH)


def padded(text: str, width: int) -> str:
    """Text with blanks up to so many columns of a terminal; a longer one whole."""
    return text + " " * (width - cell_len(text))
