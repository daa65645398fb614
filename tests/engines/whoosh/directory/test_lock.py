"""One writer at a time; a dead one is no obstacle."""

import errno
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.engines.whoosh.directory.lock import WriteLock
from indexer.errors import IndexLocked, StateError


def test_a_second_writer_of_one_process_is_not_told_to_kill_itself(tmp_path: Path) -> None:
    with WriteLock(tmp_path), pytest.raises(IndexLocked, match="thread or writer of this process itself") as refused:
        WriteLock(tmp_path)
    assert "kill" not in str(refused.value)
    assert "Close that writer first, or wait until it has finished" in str(refused.value)
    WriteLock(tmp_path).release()


def test_another_thread_may_give_the_lock_back(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    WriteLock(tmp_path).release()


def test_whoever_may_only_read_the_folder_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", refuse)  # root may write everywhere
    with pytest.raises(StateError, match=r"cannot be written \(Permission denied\)"):
        WriteLock(tmp_path)


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
        with pytest.raises(IndexLocked, match=rf"process {holder.pid} on .* or stop it with `kill {holder.pid}`"):
            WriteLock(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / "write.holder").stat().st_size > 0
    WriteLock(tmp_path).release()


def test_a_directory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="cannot be written"):
        WriteLock(tmp_path / "nowhere")
