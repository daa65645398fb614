"""The comparison is one of equals: every engine that is installed gives the same totals and counts."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import corpus, peers
from benchmarks.pages import differences
from benchmarks.queries import CLASSES
from tests.cluster.running import hosts

ARTICLES = 1_500


@pytest.fixture(scope="module")
def records(data: Path) -> list[corpus.Record]:
    return corpus.load(data / "senate-press-2004-2008.jsonl.gz", ARTICLES)


@pytest.mark.data
@pytest.mark.parametrize("name", [name for name in peers.PEERS if name not in ("broadsheet", "whoosh")])
def test_a_peer_agrees_on_every_total_and_count(
    name: str, records: list[corpus.Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "opensearch":
        monkeypatch.setenv("BROADSHEET_ENGINE__HOSTS", ",".join(hosts()))
    try:
        peer = peers.load(name)
    except ImportError as error:
        pytest.skip(f"{name} is not installed: {error}")
    handles = {}
    for engine, label in ((peers.load("broadsheet"), "broadsheet"), (peer, name)):
        (tmp_path / label).mkdir()
        engine.build(records, tmp_path / label, 1)
        handles[label] = engine, engine.open(tmp_path / label)
    found = []
    for label, queries in CLASSES.items():
        for query in queries:
            pages = {key: engine.page(handle, query) for key, (engine, handle) in handles.items()}
            ours, theirs = pages["broadsheet"], pages[name]
            assert ours is not None
            if theirs is not None:
                found += differences(("broadsheet", ours), (name, theirs), f"{label} {query.words}")
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
