"""Where the command line prints: answers on standard output, everything said about the work on standard error.

Text of articles comes from strangers; `printable` takes out what a terminal would obey.
"""

import re
import sys
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from rich.console import Console

# C0 and C1 control characters (but for tab and newline) move cursors, set titles and recolour; the bidirectional
# overrides make text read differently from what it is.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def out() -> "Console":
    """For answers a person reads."""
    from indexer.cli.terminal import console  # brings a library that help and JSON have no use for

    return console(sys.stdout)


def err() -> "Console":
    """For progress, remarks and errors."""
    from indexer.cli.terminal import console  # as above

    return console(sys.stderr)


def say(text: str) -> None:
    """One line on standard error, unwrapped."""
    err().print(printable(text), soft_wrap=True)


def emit_json(value: Any) -> None:
    """One JSON document on standard output: indented on a terminal, on one line in a pipe."""
    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if sys.stdout.isatty() else 0)
    sys.stdout.write(orjson.dumps(value, option=option).decode())


def json_line(value: Any) -> str:
    """One line of JSON, with its newline."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE).decode()


def printable(text: str) -> str:
    """The text without characters that steer a terminal; its length is kept, so that spans stay right."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 article`, `1,234 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """Bytes in words: `812 bytes`, `3.4 MB`."""
    if number < 1000:
        return counted(number, "byte")
    value = float(number)
    for unit in ("kB", "MB", "GB"):
        value /= 1000
        if value < 1000:
            return f"{value:.1f} {unit}"
    return f"{value / 1000:.1f} TB"


def duration(seconds: float) -> str:
    """Seconds in words: `4.2 s`, `59 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
