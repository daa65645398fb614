"""The comparison is one of equals: every engine that is installed gives the same totals and counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks import corpus, peers
from benchmarks.pages import differences
from benchmarks.peers.base import Elsewhere, Page
from benchmarks.queries import CLASSES, Query
from tests.cluster.running import hosts

ARTICLES = 1_500


@pytest.fixture(scope="module")
def records(data: Path) -> list[corpus.Record]:
    return corpus.load(data / "senate-press-2004-2008.jsonl.gz", ARTICLES)


@pytest.fixture(scope="module")
def ours(records: list[corpus.Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Query, Page]]:
    """Broadsheet's page of every query."""
    peer, directory = peers.load("broadsheet"), tmp_path_factory.mktemp("broadsheet")
    peer.build(records, directory, 1)
    with peer.open(directory) as archive:
        pages = {query: peer.page(archive, query) for queries in CLASSES.values() for query in queries}
        yield {query: page for query, page in pages.items() if page}


@pytest.mark.data
@pytest.mark.parametrize("name", [name for name in peers.PEERS if name not in ("broadsheet", "whoosh")])
def test_a_peer_agrees_on_every_total_and_count(
    name: str,
    records: list[corpus.Record],
    ours: dict[Query, Page],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if name == "opensearch":
        monkeypatch.setenv("BROADSHEET_ENGINE__HOSTS", ",".join(hosts()))
    try:
        peer = peers.load(name)
    except ImportError as error:
        pytest.skip(f"{name} is not installed: {error}")
    directory = tmp_path / name
    directory.mkdir()
    peer.build(records, directory, 1)
    handle = peer.open(directory)
    found = []
    for query, page in ours.items():
        theirs = peer.page(handle, query)
        if theirs is not None:
            found += differences(("broadsheet", page), (name, theirs), str(query))
    if isinstance(peer, Elsewhere):
        peer.peak_mb(handle)  # which ends its process
    assert found == []


def test_resampled_articles_keep_to_the_corpus() -> None:
    words = [f"w{n}" for n in range(40)]
    base = [
        corpus.Record(f"a{n}", f"t{n}", " ".join(words[n:]), date(2006, 1, 1 + n), f"s{n % 3}", "News/A", (f"P {n}",))
        for n in range(10)
    ]
    more = list(corpus.scaled(base, 25))
    assert [r.id for r in more] == [*(f"a{n}" for n in range(10)), *(f"r{n}" for n in range(10, 25))]
    assert more == list(corpus.scaled(base, 25))
    assert {r.source for r in more} == {"s0", "s1", "s2"}
