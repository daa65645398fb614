"""Links of the demonstration archive, judged by its gold set: which pairs of articles tell one story was read there."""

import json
from pathlib import Path

from benchmarks.threads import judge
from indexer.archive import open_archive
from indexer.config import Config, EngineConfig

ROOT = Path(__file__).parents[2]
LUNA, CHANDRAYAAN = "https://world-in-english.example/2023/luna-25-crashes", "halyard-wire-chandrayaan-3-lands"


def test_nine_links_in_ten_are_right(tmp_path: Path) -> None:
    gold = json.loads((ROOT / "tests" / "golden" / "threads.json").read_text(encoding="utf-8"))
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path / "index")
    with open_archive(config) as archive:
        archive.build([ROOT / "demo" / "articles"])
        tune, other = judge(archive, gold, "tune"), judge(archive, gold, "judge")
    assert (tune.right, tune.wrong, tune.found, tune.pairs) == (25, (), 34, 34)
    # The Moon is shared by two landings of one week.
    assert (other.right, other.wrong, other.found, other.pairs) == (12, ((CHANDRAYAAN, LUNA),), 19, 54)
