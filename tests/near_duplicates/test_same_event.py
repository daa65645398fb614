"""One event told by two sources of the demonstration archive: a reprint is a copy, what is told anew is none."""

from pathlib import Path

from benchmarks.same_event import pairs, shared
from indexer.archive import open_archive
from indexer.config import Config, EngineConfig

ARTICLES = Path(__file__).parents[2] / "demo" / "articles"


def test_reprints_are_copies_and_what_is_told_anew_is_none(tmp_path: Path) -> None:
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path / "index")
    with open_archive(config) as archive:
        archive.build([ARTICLES])
        told = [
            (shared(first, second), second.id in {hit.id for hit in archive.copies(first.id)})
            for first, second in pairs(archive, drawn=1000, seed=0)
        ]
    anew = [copied for share, copied in told if share < 0.1]
    reprints = [copied for share, copied in told if share >= 0.5]
    assert (len(anew), sum(anew)) == (56, 0)
    assert (len(reprints), sum(reprints)) == (58, 58)
    assert len(told) == len(anew) + len(reprints)
