"""The saved searches of the benchmark: the same ones for the same archive, and all of them can be asked."""

from pathlib import Path

import pytest

from benchmarks import percolate
from indexer.archive import Archive
from indexer.engines.shared.search.parsing import check_request
from tests.engines.corpus import addressed, article
from tests.engines.memory import make_archive

ARTICLES = addressed(
    article(
        f"n{number}",
        f"Talks {number}",
        f"Governor Anna Berg met Minister Karl Lind in harbour number {number} of Upper Valley. They signed a treaty.",
        "2021-05-01",
        people=("Anna Berg",),
    )
    for number in range(12)
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(ARTICLES)


def test_an_archive_always_gives_the_same_searches(archive: Archive) -> None:
    made = percolate.alerts(archive, 200)
    assert made == percolate.alerts(archive, 200)
    assert made != percolate.alerts(archive, 200, seed=2)
    assert len(set(made)) > 20
    for each in made:
        check_request(each)


def test_what_came_last_is_taken_page_by_page(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(percolate, "MAX_SIZE", 5)
    assert len({each.id for each in percolate.newest(archive, 12)}) == 12
    assert [each.id for each in percolate.newest(archive, 3)] == [each.id for each in percolate.newest(archive, 12)][:3]


def test_the_table_says_what_was_found(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(percolate, "open_archive", lambda place: archive)
    monkeypatch.setattr("sys.argv", ["percolate", str(tmp_path), "--alerts", "30", "--articles", "4", "--repeat", "1"])
    percolate.main()
    printed = capsys.readouterr().out
    assert printed.startswith("12 articles, of which the last 4;")
    assert "| together | 30 |" in printed
    assert "| each alone | 30 |" in printed
