"""What was measured, a line of JSON for each size, so that a run may end between two sizes and go on later."""

from pathlib import Path
from typing import Any

import orjson

CONDITIONS = ("articles", "when", "load", "processes", "releases MB")
Measured = dict[str, Any]  # of one size: the conditions, and its costs by name


def recorded(file: Path) -> list[Measured]:
    """What was measured before, by size; of a size that was measured again, the last."""
    if not file.is_file():
        return []
    lines = [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
    return sorted({line["articles"]: line for line in lines}.values(), key=lambda each: each["articles"])


def record(file: Path, measured: Measured) -> None:
    """Append one size."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as lines:
        lines.write(orjson.dumps(measured) + b"\n")
