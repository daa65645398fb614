"""What killed processes leave, and who removes it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.config import Config, EngineConfig
from indexer.entities import corrections_file
from indexer.ingest.rejects import FILE_NAME
from indexer.leftovers import GRACE, sweep

# Makes each kind of temporary file as its maker does, holds it, and waits.
MAKER = """
import os, sys, tempfile, time
from pathlib import Path
from indexer.leftovers import hold
from indexer.ingest.rejects import RejectLog
from indexer.rejection import Origin, Reject

folder = Path(sys.argv[1])
log = RejectLog(folder)
log.add([Reject(Origin("f", "1"), "empty")])
handle, _ = tempfile.mkstemp(prefix="broadsheet-notes-", dir=folder)
hold(handle)
handle, _ = tempfile.mkstemp(prefix=".entities.toml.", suffix=".part", dir=folder)
hold(handle)
inside = tempfile.mkdtemp(prefix="broadsheet-metrics-", dir=folder)
(Path(inside) / "counter.db").write_bytes(b"x")
hold(os.open(inside, os.O_RDONLY))
print("made", flush=True)
time.sleep(600)
"""
PATTERNS = (
    "broadsheet-notes-*",
    f"{FILE_NAME}.*.part",
    f"{FILE_NAME}.*.new",
    ".entities.toml.*.part",
    "broadsheet-metrics-*",
)


def _age(folder: Path) -> None:
    old = time.time() - 2 * GRACE
    for path in folder.iterdir():
        os.utime(path, (old, old))


def test_files_are_kept_while_their_maker_lives_and_swept_when_it_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", MAKER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as maker:
        assert maker.stdout is not None
        assert maker.stdout.readline() == "made\n"
        made = sorted(tmp_path.iterdir())
        assert len(made) == 4
        _age(tmp_path)
        assert sweep(tmp_path, *PATTERNS) == []
        assert sorted(tmp_path.iterdir()) == made
        maker.send_signal(signal.SIGKILL)
    assert sorted(sweep(tmp_path, *PATTERNS)) == made
    assert list(tmp_path.iterdir()) == []


def test_what_is_fresh_foreign_or_a_link_stays(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("x")
    for name in ("rejects.jsonl", "entities.toml", "entities.toml.20211014", "rejects.jsonl.bak"):
        (tmp_path / name).write_text("x")
    (tmp_path / "rejects.jsonl.7.part").symlink_to(target)
    _age(tmp_path)
    (tmp_path / "rejects.jsonl.8.part").write_text("x")
    before = sorted(tmp_path.iterdir())
    assert sweep(tmp_path, *PATTERNS) == []
    assert sorted(tmp_path.iterdir()) == before


def test_the_next_writer_sweeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, temporary = tmp_path / "index", tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "a", "title": "A", "text": "b"}\n{"broken\n')
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(index)) as archive:
        archive.build([str(source)], entities=False)
        corrections_file.rename(index / "entities.toml", "person", "A B", "A C")
        left = [temporary / "broadsheet-notes-x", index / "rejects.jsonl.99.part", index / "rejects.jsonl.99.new"]
        left.append(index / ".entities.toml.abc.part")
        for path in left:
            path.write_text("x")
            os.utime(path, (1, 1))
        archive.build([str(source)], entities=False)
        assert [path.exists() for path in left] == [False, False, False, True]
        corrections_file.rename(index / "entities.toml", "person", "A D", "A C")
        assert [path.exists() for path in left] == [False] * 4
        assert (index / FILE_NAME).read_text().count("bad_json") == 1
    assert list(temporary.iterdir()) == []
