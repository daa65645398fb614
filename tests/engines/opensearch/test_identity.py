"""How a reader of a cluster tells one commit from another, by what the state document says."""

from dataclasses import replace

import pytest

from indexer.config import Config, EngineConfig
from indexer.engines.opensearch import engine as engines
from indexer.engines.opensearch.cluster.spellings import ShownNames
from indexer.engines.opensearch.cluster.state import State, Stored
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.errors import IndexFormatMismatch, NoIndex

FIRST = State(generation=5, identity="a")


class Cluster:
    """What is read from a cluster, as a test has it."""

    def __init__(self) -> None:
        self.states: list[State | None] = [FIRST]

    def read(self, *_: object) -> Stored | None:
        found = self.states[0] if len(self.states) == 1 else self.states.pop(0)
        return None if found is None else Stored(found)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    made = Cluster()
    monkeypatch.setattr(engines, "read_state", made.read)
    monkeypatch.setattr(engines, "read_shown_names", lambda *_: ShownNames())
    return made


@pytest.fixture
def engine(cluster: Cluster, tmp_path: object) -> OpenSearchEngine:
    assert cluster.states
    return OpenSearchEngine(Config(engine=EngineConfig(name="opensearch")).with_index(f"{tmp_path}/news"))


@pytest.mark.parametrize("generation", [6, 5, 1])
def test_another_commit_is_seen_whatever_its_number(
    engine: OpenSearchEngine, cluster: Cluster, generation: int
) -> None:
    assert (engine.generation, engine.identity) == (5, "a")
    assert not engine.refresh()
    cluster.states = [State(generation=generation, identity="b")]
    assert engine.refresh()
    assert (engine.generation, engine.identity) == (generation, "b")


def test_a_state_that_was_read_too_early_does_not_lead_back(engine: OpenSearchEngine, cluster: Cluster) -> None:
    cluster.states = [State(generation=4, identity="z"), FIRST]
    assert not engine.refresh()
    assert engine.identity == "a"


def test_an_archive_that_is_gone_is_said_to_be(engine: OpenSearchEngine, cluster: Cluster) -> None:
    cluster.states = [None]
    with pytest.raises(NoIndex, match="is gone"):
        engine.refresh()
    assert (engine.generation, engine.identity) == (0, "")
    assert not engine.refresh()
    cluster.states = [FIRST]
    assert engine.refresh()
    assert engine.lost == ""


def test_states_from_before_commits_had_an_identity_have_one(engine: OpenSearchEngine, cluster: Cluster) -> None:
    cluster.states = [State(generation=5, committed=1.5)]
    assert engine.refresh()
    assert engine.identity == "5-1.5"
    cluster.states = [State(generation=5, committed=2.5)]
    assert engine.refresh()


def test_another_format_is_refused_with_what_to_do(engine: OpenSearchEngine, cluster: Cluster) -> None:
    engine.check_format()
    cluster.states = [replace(FIRST, format=0, identity="c")]
    engine.refresh()
    with pytest.raises(IndexFormatMismatch, match="indexer rebuild"):
        engine.check_format()
