"""What is committed, and who is writing: two documents in an index of their own, read by id and so always up to date.

A commit is one write of the state document, and only if nobody else wrote it since (compare and set): readers see all
of a generation or nothing of it. The lock document names the writer and is renewed while it lives.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from opensearchpy.exceptions import ConflictError, NotFoundError

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.index_names import state_index
from indexer.engines.opensearch.cluster.mapping import FORMAT, state_mapping
from indexer.engines.shared.writing.lock_age import WAIT, lock_age
from indexer.errors import IndexFormatMismatch, IndexLocked, StateError

_LOG = logging.getLogger(__name__)
STATE, LOCK = "archive", "lock"
RENEW_SECONDS = 10.0
# A lock that was not renewed for so long belongs to nobody; its holder gives up well before.
STALE_SECONDS = 90.0
GIVE_UP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class State:
    """What the state document says. `corrections` is the text of the rules that the documents follow,
    `partition` how the articles are parted into indices, `joins` whether spellings of one entity are joined,
    `short_names` whether short names go to whom they mean, `spellings` the documents that know all these names, `keys`
    the rules that made the keys by which they meet. `identity` is random: no other commit has it, of this archive or of
    one that took its place."""

    generation: int = 0
    version: int = 1
    format: int = FORMAT
    articles: int = 0
    corrections: str = ""
    partition: str = ""
    joins: bool = True
    short_names: bool = True
    spellings: list[str] = field(default_factory=list)
    keys: str = ""
    committed: float = 0.0
    identity: str = ""

    @property
    def name(self) -> str:
        """What no other commit has; those that have no identity were written before commits had one."""
        return self.identity or f"{self.generation}-{self.committed}"

    def check(self, alias: str) -> None:
        """Raise IndexFormatMismatch unless this version can read the documents."""
        if self.format != FORMAT:
            raise IndexFormatMismatch(
                f"The archive {alias} on the cluster has format {self.format}; this version reads format {FORMAT}. "
                "Bring it up to date with: indexer rebuild --engine opensearch"
            )


@dataclass(frozen=True, slots=True)
class Stored:
    """A state as it was read: it can be replaced only while it is still the same."""

    state: State
    seq_no: int = -1
    primary_term: int = -1


def read_state(connection: Connection, alias: str) -> Stored | None:
    """The state of an archive; None where there is none."""
    found = connection.call(lambda client: _get(client, alias, STATE))
    if found is None:
        return None
    known = {name: value for name, value in found["_source"].items() if name in State.__slots__}
    return Stored(State(**known), found["_seq_no"], found["_primary_term"])


def write_state(connection: Connection, alias: str, before: Stored | None, state: State) -> Stored:
    """Commit a state in place of the one before.

    Raises:
        IndexLocked: somebody else committed meanwhile.
    """
    options: dict[str, Any] = {"op_type": "create"}
    if before is not None:
        options = {"if_seq_no": before.seq_no, "if_primary_term": before.primary_term}
    stamped = replace(state, committed=time.time(), identity=secrets.token_hex(8))

    def write(client: Any) -> Any:
        try:
            return client.index(index=state_index(alias), id=STATE, body=asdict(stamped), params=options)
        except ConflictError:
            # Our own write, if the answer to it was lost.
            now = _get(client, alias, STATE)
            return now if now and now["_source"] == asdict(stamped) else None

    answer = connection.call(write)
    if answer is None:
        raise IndexLocked(
            f"Another process has committed to the archive {alias} meanwhile; what this one wrote is lost. Run the "
            "same command again."
        )
    return Stored(stamped, answer["_seq_no"], answer["_primary_term"])


def make_state_index(connection: Connection, alias: str) -> None:
    """Make the index of an archive's state if need be."""

    def make(client: Any) -> None:
        if not client.indices.exists(index=state_index(alias)):
            body = state_mapping(connection.config)
            client.indices.create(index=state_index(alias), body=body, params={"wait_for_active_shards": 1}, ignore=400)

    connection.call(make)


class ClusterLock:
    """The right to write an archive, held until `release`; a thread renews it.

    Raises:
        IndexLocked: another writer has it.
    """

    def __init__(self, connection: Connection, alias: str) -> None:
        self._connection = connection
        self._alias = alias
        self._token = secrets.token_hex(8)
        self._started = time.time()
        self._held: tuple[int, int] = connection.call(self._take)
        self._renewed = time.monotonic()
        self._lost = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise StateError if the lock was lost, or could not be renewed for long."""
        if not self._lost and time.monotonic() - self._renewed > GIVE_UP_SECONDS:
            self._lost = "the cluster could not be reached for too long"
        if self._lost:
            raise StateError(
                f"The writing of the archive {self._alias} was given up: {self._lost}. Everything up to the last "
                "commit is safe; run the same command again to continue."
            )

    def confirm(self) -> None:
        """Ask the cluster whether the lock is still ours; raise StateError if it is not."""
        if not self._lost and not self._connection.call(self._is_ours):
            self._lost = "another process has taken the lock over"
        self.check()

    def release(self) -> None:
        """Give the lock back. Calling it twice is harmless."""
        if self._ended.is_set():
            return
        self._ended.set()
        self._thread.join(RENEW_SECONDS)
        if not self._lost:
            self._ignoring(lambda client: client.delete(index=state_index(self._alias), id=LOCK, params=self._fence()))

    def _ignoring(self, ask: Callable[[Any], Any]) -> None:
        try:
            ask(self._connection.client)
        except Exception:  # it goes stale by itself
            return

    def _fence(self) -> dict[str, Any]:
        return {"if_seq_no": self._held[0], "if_primary_term": self._held[1]}

    def _body(self) -> dict[str, Any]:
        return {
            "token": self._token,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "started": self._started,
            "renewed": time.time(),
        }

    def _take(self, client: Any) -> tuple[int, int]:
        index = state_index(self._alias)
        try:
            answer = client.index(index=index, id=LOCK, body=self._body(), params={"op_type": "create"})
        except ConflictError:
            holder = _get(client, self._alias, LOCK)
            if holder is None:
                raise IndexLocked(f"The archive {self._alias} has just been released. Try again.") from None
            if not _is_stale(holder["_source"]):
                raise IndexLocked(_refusal(self._alias, holder["_source"])) from None
            fence = {"if_seq_no": holder["_seq_no"], "if_primary_term": holder["_primary_term"]}
            try:
                answer = client.index(index=index, id=LOCK, body=self._body(), params=fence)
            except ConflictError:
                raise IndexLocked(_refusal(self._alias, holder["_source"])) from None
        return answer["_seq_no"], answer["_primary_term"]

    def _renew(self) -> None:
        while not self._ended.wait(RENEW_SECONDS):
            try:
                answer = self._connection.client.index(
                    index=state_index(self._alias), id=LOCK, body=self._body(), params=self._fence()
                )
                self._held = answer["_seq_no"], answer["_primary_term"]
                self._renewed = time.monotonic()
            except ConflictError:
                # A renewal whose answer was lost conflicts with itself; somebody else's token does not.
                if not self._mine():
                    self._lost = "another process has taken the lock over"
                    return
            except Exception as error:  # tried again, until `check` gives up
                _LOG.warning("The lock on %s was not renewed: %s", self._alias, error)

    def _mine(self) -> bool:
        try:
            return self._is_ours(self._connection.client)
        except Exception:  # not known: the next renewal tells
            return True

    def _is_ours(self, client: Any) -> bool:
        holder = _get(client, self._alias, LOCK)
        if holder is None or holder["_source"].get("token") != self._token:
            return False
        self._held = holder["_seq_no"], holder["_primary_term"]
        self._renewed = time.monotonic()
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _get(client: Any, alias: str, id: str) -> Any:
    try:
        return client.get(index=state_index(alias), id=id)
    except NotFoundError:
        return None


def _is_stale(holder: dict[str, Any]) -> bool:
    """Whether a lock's holder is dead: known to be where it ran here, silent for long elsewhere."""
    if holder.get("host") == socket.gethostname() and holder.get("pid") != os.getpid():
        try:
            os.kill(int(holder["pid"]), 0)
        except ProcessLookupError:
            return True
        except (OSError, ValueError, TypeError):
            pass
    return time.time() - float(holder.get("renewed", 0)) > STALE_SECONDS


def _refusal(alias: str, holder: dict[str, Any]) -> str:
    age = lock_age(time.time() - float(holder.get("started", 0)))
    who = f"process {holder.get('pid')} on {holder.get('host')}, for {age}"
    return f"The archive {alias} is being written by {who}. {WAIT}, or stop it there; searching goes on meanwhile."
