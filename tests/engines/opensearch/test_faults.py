"""Nodes that die, stop and come back, full disks: nothing is lost or doubled, and everything recovers by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from werkzeug.test import TestResponse

from indexer.archive import Archive
from indexer.engines.opensearch.cluster import retry
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.registry import open_engine
from indexer.errors import BroadsheetError, EngineUnavailable, StateError
from indexer.rejection import Origin
from indexer.search.request import SearchRequest
from indexer.writing import WriteCounts
from tests.cluster.launch import Cluster
from tests.cluster.running import on_cluster, own_cluster
from tests.engines.asking import found
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES, article, prepare
from webui import create_app

T = TypeVar("T")
MANY = [article(f"m{n:04d}", f"Title {n}", f"word of article {n}", "2021-10-14") for n in range(1_500)]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """The run's cluster, whole before and after."""
    ours = own_cluster()
    ours.wait("yellow", 3)
    yield ours
    ours.wait("green", 3)


@contextmanager
def without(cluster: Cluster, *nodes: int) -> Iterator[None]:
    """While some nodes are dead."""
    for number in nodes:
        cluster.kill(number)
    try:
        yield
    finally:
        for number in nodes:
            cluster.start(number)
        cluster.wait("green", 3)


def eventually(ask: Callable[[], T], seconds: float = 60.0) -> T:
    """The answer, once there is one."""
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except BroadsheetError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_a_node_that_dies_during_a_build_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    engine = open_engine(on_cluster(tmp_path / "index", replicas=1, shards=3))
    fill(engine, MANY[:100])
    cluster.wait("green", 3)
    with engine.writer(prepare) as writer:
        for number, each in enumerate(MANY):
            if number == 700:
                cluster.kill(2)
            writer.add(each, Origin("tests", number))
        try:
            assert writer.commit() == WriteCounts(new=1_400, unchanged=100)
        finally:
            cluster.start(2)
    cluster.wait("green", 3)
    engine.refresh()
    report = engine.check()
    assert (report.articles, list(report.problems)) == (1_500, [])
    assert sorted(each.id for each in engine.scan(SearchRequest())) == [each.id for each in MANY]
    engine.close()


def test_a_node_that_dies_during_searches_is_replaced_by_the_others(cluster: Cluster, tmp_path: Path) -> None:
    engine = open_engine(on_cluster(tmp_path / "index", replicas=1, shards=3))
    fill(engine, ARTICLES)
    cluster.wait("green", 3)
    ended = threading.Event()
    totals, errors = [], []

    def ask() -> None:
        while not ended.is_set():
            try:
                totals.append(engine.search(SearchRequest("lavrov", facets=("source",))).total)
            except Exception as error:
                errors.append(error)

    searching = threading.Thread(target=ask)
    searching.start()
    try:
        with without(cluster, 1):
            eventually(lambda: engine.search(SearchRequest("lavrov")))
            before = len(totals)
            while len(totals) < before + 5:
                time.sleep(0.05)
    finally:
        ended.set()
        searching.join()
    assert set(totals) == {6}
    assert {type(error) for error in errors} <= {EngineUnavailable}
    assert found(engine, "lavrov") == "a1 a2 a3 a4 a5 a6"
    engine.close()


def test_the_site_says_503_while_the_cluster_is_down_and_recovers_by_itself(cluster: Cluster, tmp_path: Path) -> None:
    config = on_cluster(tmp_path / "index", timeout_seconds=5)
    config = replace(config, search=replace(config.search, budget_ms=5_000))
    engine = open_engine(config)
    fill(engine, ARTICLES)
    archive = Archive(config, engine)
    client = create_app(config, archive).test_client()
    assert client.get("/search?q=lavrov").status_code == 200
    with without(cluster, 0, 1, 2):
        for address in ("/search?q=lavrov", "/api/v1/search?q=lavrov", "/article/a1", "/"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "Traceback" not in answer.text
    again = eventually(lambda: _ok(client.get("/api/v1/search?q=lavrov")))
    assert again.get_json()["total"] == 6
    archive.close()


def _ok(answer: TestResponse) -> TestResponse:
    if answer.status_code == 503:
        raise EngineUnavailable(answer.text)
    return answer


def test_full_disks_stop_a_build_with_advice_and_the_next_goes_on(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "PATIENCE_SECONDS", 0.5)
    engine = open_engine(on_cluster(tmp_path / "index"))
    assert isinstance(engine, OpenSearchEngine)
    fill(engine, ARTICLES[:5])
    client = engine.connection.client
    block = "index.blocks.read_only_allow_delete"  # what a node does to an index at the flood-stage watermark
    client.indices.put_settings(index=f"{engine.alias}.1.*", body={block: True})
    with engine.writer(prepare) as writer:
        writer.add(ARTICLES[5], Origin("tests", 1))
        with pytest.raises(StateError, match=r"disks of .* are nearly full.*run the same command again"):
            writer.commit()
    assert found(engine, "lavrov") == "a1 a2 a3 a4 a5"
    client.indices.put_settings(index=f"{engine.alias}.1.*", body={block: None})
    fill(engine, ARTICLES)
    assert found(engine, "lavrov") == "a1 a2 a3 a4 a5 a6"
    assert list(engine.check().problems) == []
    engine.close()


def test_a_node_that_hangs_delays_a_search_no_longer_than_its_budget(cluster: Cluster, tmp_path: Path) -> None:
    engine = open_engine(on_cluster(tmp_path / "index", replicas=0, shards=3))
    fill(engine, ARTICLES)
    assert found(engine, "lavrov") == "a1 a2 a3 a4 a5 a6"
    cluster.pause(1)
    try:
        start = time.monotonic()
        # Whichever node is asked: a third of the articles is on the one that hangs.
        for _ in range(3):
            with pytest.raises(StateError):
                engine.search(SearchRequest("saffron OR lavrov OR minister", budget_ms=500))
        assert time.monotonic() - start < 15
    finally:
        cluster.pause(1, paused=False)
    cluster.wait("green", 3)
    assert eventually(lambda: found(engine, "lavrov")) == "a1 a2 a3 a4 a5 a6"
    engine.close()
