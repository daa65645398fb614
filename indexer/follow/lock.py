"""One process follows an archive at a time: two would ask every host twice as often as it wants to be asked."""

from pathlib import Path
from typing import Any

from indexer.process_lock import ProcessLock, who

NAME = "follow"


class FollowLock(ProcessLock):
    """The right to follow; taken when it is made, given back by `release` or at the end of a `with` block.

    Raises:
        IndexLocked: another process has it.
        StateError: the folder of the index cannot be written.
    """

    def __init__(self, index: str | Path) -> None:
        super().__init__(Path(index), NAME, _refusal, make=True)


def _refusal(folder: Path, holder: dict[str, Any]) -> str:
    return (
        f"{who(holder)} follows the sources of the archive in {folder} already. Let it do so, or stop it first; with "
        "--wait this one begins when that one has ended."
    )
