"""Bulk requests against a cluster that cannot keep up, fails, or refuses: what is repeated and what is not."""

import time
from typing import Any

import orjson
import pytest
from opensearchpy.exceptions import ConnectionError, TransportError

from indexer.config import EngineConfig
from indexer.engines.opensearch.cluster import bulk_requests, retry
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.retry import FIRST_WAIT, patiently
from indexer.errors import EngineUnavailable, StateError


class FakeCluster(Connection):
    """Answers each bulk request with the next of the given statuses for each of its items; raises exceptions."""

    def __init__(self, *answers: dict[str, tuple[int, str]] | Exception) -> None:
        super().__init__(EngineConfig())
        self._answers = list(answers)
        self.requests: list[list[str]] = []

    @property
    def client(self) -> Any:
        return self

    def bulk(self, body: bytes, params: dict[str, Any]) -> dict[str, Any]:
        lines = body.splitlines()
        names = [orjson.loads(line)["index"]["_id"] for line in lines[::2]]
        self.requests.append(names)
        answer = self._answers.pop(0) if self._answers else {}
        if isinstance(answer, Exception):
            raise answer
        said = [answer.get(name, (201,)) for name in names]
        return {"items": [{"index": {"status": each[0], "error": _error(*each)}} for each in said]}


def _error(status: int, reason: str = "") -> dict[str, str] | None:
    return {"type": "x", "reason": reason} if status >= 300 else None


def changes(*names: str) -> list[bulk_requests.Change]:
    return [
        bulk_requests.index_change(number, ("index", name), number, b'{"a":1}') for number, name in enumerate(names)
    ]


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def test_only_what_was_not_taken_is_sent_again(waits: list[float]) -> None:
    cluster = FakeCluster({"b": (429, "queue is full")}, {})
    assert bulk_requests.apply(cluster, changes("a", "b", "c")) == []
    assert cluster.requests == [["a", "b", "c"], ["b"]]
    assert len(waits) == 1
    assert 0.5 * FIRST_WAIT <= waits[0] <= 1.5 * FIRST_WAIT


def test_waits_grow_while_nothing_is_taken(waits: list[float]) -> None:
    busy = {"a": (429, "queue is full")}
    assert bulk_requests.apply(FakeCluster(busy, busy, busy, busy), changes("a")) == []
    for number, wait in enumerate(waits):
        assert 0.5 * FIRST_WAIT * 2**number <= wait <= 1.5 * FIRST_WAIT * 2**number


@pytest.mark.parametrize(
    "failure",
    [ConnectionError("N/A", "refused", OSError("refused")), TransportError(503, "no master", {})],
)
def test_a_request_that_failed_as_a_whole_is_sent_again(failure: TransportError) -> None:
    cluster = FakeCluster(failure, {})
    assert bulk_requests.apply(cluster, changes("a", "b")) == []
    assert cluster.requests == [["a", "b"], ["a", "b"]]


def test_what_is_refused_for_good_is_returned_with_the_reason_and_the_rest_is_kept() -> None:
    cluster = FakeCluster({"b": (400, "immense term")})
    assert bulk_requests.apply(cluster, changes("a", "b", "c")) == [bulk_requests.Refusal(1, "x: immense term")]
    assert len(cluster.requests) == 1


def test_a_conflict_with_a_later_write_is_no_failure() -> None:
    assert bulk_requests.apply(FakeCluster({"a": (409, "version conflict")}), changes("a")) == []


def test_patience_ends_with_an_error_that_says_what_to_do() -> None:
    busy = {"a": (429, "queue is full")}
    with pytest.raises(EngineUnavailable, match="queue is full"):
        bulk_requests.apply(FakeCluster(busy, busy, busy), changes("a"), patience=-1)
    full = {"a": (403, "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];")}
    with pytest.raises(StateError, match="disks"):
        bulk_requests.apply(FakeCluster(full, full), changes("a"), patience=-1)
    lost = ConnectionError("N/A", "refused", OSError("refused"))
    with pytest.raises(EngineUnavailable, match="can be reached"):
        bulk_requests.apply(FakeCluster(lost, lost), changes("a"), patience=-1)


def test_requests_are_of_a_size_that_small_nodes_can_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_requests, "REQUEST_BYTES", 250)
    cluster = FakeCluster()
    assert bulk_requests.apply(cluster, changes(*"abcdefgh")) == []
    assert [name for request in cluster.requests for name in request] == list("abcdefgh")
    assert max(map(len, cluster.requests)) == 2


def test_the_writer_can_stop_it() -> None:
    def stop() -> None:
        raise StateError("the lock was lost")

    cluster = FakeCluster()
    with pytest.raises(StateError, match="lock"):
        bulk_requests.apply(cluster, changes("a"), alive=stop)
    assert cluster.requests == []


def test_what_a_writer_must_know_is_asked_again_while_the_cluster_has_no_time(waits: list[float]) -> None:
    answers: list[EngineUnavailable | int] = [EngineUnavailable("busy"), EngineUnavailable("busy"), 7]

    def ask() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patiently(ask) == 7
    assert len(waits) == 2
    assert waits[1] > waits[0] / 3


def test_a_question_that_is_never_answered_ends_with_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "PATIENCE_SECONDS", -1)
    with pytest.raises(EngineUnavailable, match="busy"):
        patiently(lambda: (_ for _ in ()).throw(EngineUnavailable("busy")))
