"""Many small changes in few requests, repeated until each is done or refused for good.

A cluster that cannot keep up says so (429) and is given time: waiting is what slows a build down to what the cluster
takes. Every change may be sent twice: documents are written under ids of their own and with external versions.
Called by the writer and its workers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from opensearchpy.exceptions import ConnectionError, TransportError

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.errors import refused
from indexer.engines.opensearch.cluster.retry import Patience

# A request has about so many bytes: larger ones fill the memory of small nodes, smaller ones cost round trips.
REQUEST_BYTES = 4 << 20
_CONFLICT = 409
_AGAIN = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Change:
    """One line, or two, of a bulk request. `number` tells the caller which of its items it is."""

    number: int
    action: bytes
    body: bytes = b""

    @property
    def size(self) -> int:
        """Bytes it takes in a request."""
        return len(self.action) + len(self.body) + 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that the cluster refuses whatever we do, and why."""

    number: int
    reason: str


def index_change(number: int, ref: tuple[str, str], version: int, body: bytes) -> Change:
    """Write a document; of several with the same id the one with the highest version stays."""
    meta = {"_index": ref[0], "_id": ref[1], "version": version, "version_type": "external_gte"}
    return Change(number, orjson.dumps({"index": meta}), body)


def update_change(number: int, ref: tuple[str, str], fields: dict[str, Any]) -> Change:
    """Change some fields of a document."""
    meta = {"_index": ref[0], "_id": ref[1], "retry_on_conflict": 3}
    return Change(number, orjson.dumps({"update": meta}), orjson.dumps({"doc": fields}))


def delete_change(number: int, ref: tuple[str, str]) -> Change:
    """Delete a document."""
    return Change(number, orjson.dumps({"delete": {"_index": ref[0], "_id": ref[1]}}))


def apply(
    connection: Connection,
    changes: Iterable[Change],
    *,
    alive: Callable[[], None] = lambda: None,
    patience: float | None = None,
) -> list[Refusal]:
    """Make changes; returns those that were refused.

    Args:
        alive: called before each request; raises when the writer should stop.
        patience: seconds without progress after which to give up; None for `PATIENCE_SECONDS`.

    Raises:
        EngineUnavailable: the cluster cannot be reached or takes nothing.
        StateError: its disks are full.
    """
    refusals: list[Refusal] = []
    for part in _requests(changes):
        refusals += _Attempts(connection, alive, Patience(patience)).make(part)
    return refusals


def _requests(changes: Iterable[Change]) -> Iterator[list[Change]]:
    part: list[Change] = []
    size = 0
    for change in changes:
        if part and size + change.size > REQUEST_BYTES:
            yield part
            part, size = [], 0
        part.append(change)
        size += change.size
    if part:
        yield part


class _Attempts:
    """One request and its repetitions."""

    def __init__(self, connection: Connection, alive: Callable[[], None], patience: Patience) -> None:
        self._connection = connection
        self._alive = alive
        self._patience = patience

    def make(self, changes: Sequence[Change]) -> list[Refusal]:
        refusals: list[Refusal] = []
        left = list(changes)
        while left:
            self._alive()
            body = b"".join(c.action + b"\n" + (c.body + b"\n" if c.body else b"") for c in left)
            try:
                answer = self._connection.client.bulk(body=body, params={"require_alias": "false"})
            except (ConnectionError, TransportError) as error:
                if isinstance(error, TransportError) and error.status_code not in (*_AGAIN, "N/A", "TIMEOUT"):
                    raise self._connection.explained(error) from error
                self._patience.pause(self._connection.explained(error))
                continue
            again: list[Change] = []
            reason = ""
            for change, item in zip(left, answer["items"], strict=True):
                (done,) = item.values()
                status = done["status"]
                if status < 300 or status == _CONFLICT or (status == 404 and "delete" in item):
                    continue
                why = _reason(done)
                if status in _AGAIN or "blocked by" in why or "unavailable_shards" in why:
                    again.append(change)
                    reason = why
                else:
                    refusals.append(Refusal(change.number, why))
            if len(again) < len(left):
                self._patience.progress()
            left = again
            if left:
                self._patience.pause(refused(self._connection.place, reason))
        return refusals


def _reason(done: Any) -> str:
    error = done.get("error") or {}
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by") or {}
    return f"{error.get('type', '')}: {error.get('reason', '')} {cause.get('reason', '')}".strip()
