"""One writer at a time; a dead one is no obstacle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.engines.whoosh.directory.lock import WriteLock
from indexer.errors import IndexLocked, StateError


def test_the_second_writer_is_told_who_is_first_and_since_when(tmp_path: Path) -> None:
    with WriteLock(tmp_path), pytest.raises(IndexLocked, match=rf"process {os.getpid()} on .*, for (less than )?a? ?"):
        WriteLock(tmp_path)
    WriteLock(tmp_path).release()


def test_the_age_is_given_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with WriteLock(tmp_path):
        later = time.time() + 7300
        monkeypatch.setattr(time, "time", lambda: later)
        with pytest.raises(IndexLocked, match="for 2 hours"):
            WriteLock(tmp_path)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time; from indexer.engines.whoosh.directory.lock import WriteLock; "
        "lock = WriteLock(pathlib.Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(IndexLocked, match=f"process {holder.pid} on"):
            WriteLock(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / "write.lock").stat().st_size > 0
    WriteLock(tmp_path).release()


def test_a_directory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="cannot be written"):
        WriteLock(tmp_path / "nowhere")
