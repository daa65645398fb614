"""What the cluster's list of shards says of an archive."""

import pytest

from indexer.engines.opensearch.search.stats import without_copy


@pytest.mark.parametrize(
    ("role", "state", "said"),
    [
        ("p", "STARTED", []),
        ("p", "RELOCATING", []),
        ("p", "INITIALIZING", ["news.1.all shard 1 has no copy"]),
        ("p", "UNASSIGNED", ["news.1.all shard 1 has no copy"]),
        ("r", "UNASSIGNED", []),
    ],
)
def test_a_shard_on_the_move_can_be_read_and_one_without_a_node_cannot(role: str, state: str, said: list[str]) -> None:
    assert without_copy([{"index": "news.1.all", "shard": "1", "prirep": role, "state": state}]) == said
