"""One process runs the alerts of an archive at a time: two would send everything twice."""

from pathlib import Path
from typing import Any

from indexer.process_lock import ProcessLock, who

NAME = "alerts"


class AlertsLock(ProcessLock):
    """The right to run them; taken when it is made, given back by `release` or at the end of a `with` block.

    Raises:
        IndexLocked: another process has it.
        StateError: the folder of the index cannot be written.
    """

    def __init__(self, index: str | Path) -> None:
        super().__init__(Path(index), NAME, _refusal, make=True)


def _refusal(folder: Path, holder: dict[str, Any]) -> str:
    return f"{who(holder)} runs the alerts of the archive in {folder} already. Wait for it, or add --wait."
