"""Temporary files of processes that were killed: found by the next one that makes such files, and removed.

Who makes a temporary file holds a lock on it for as long as it is needed (`hold`); the operating system drops the lock
with the process. `sweep` removes what nobody holds. A file of the last minute is left alone, because its maker may be
about to lock it. Where there are no such locks, as on Windows, an open file cannot be removed at all. `replace_text`
writes small files in this way.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from glob import escape
from pathlib import Path

if sys.platform != "win32":
    import fcntl

GRACE = 60  # seconds


def hold(descriptor: int) -> None:
    """Keep an open file or folder from being swept, until its last descriptor is closed."""
    if sys.platform != "win32":
        with suppress(OSError):  # of a file system without locks: then nobody sweeps there either
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path, *patterns: str) -> list[Path]:
    """Remove files and folders whose names match and that no living process holds; returns which."""
    before = time.time() - GRACE
    removed: list[Path] = []
    for pattern in patterns:
        for path in folder.glob(pattern):
            with suppress(OSError):  # somebody else's, or gone already
                if path.lstat().st_mtime < before and not path.is_symlink() and _removed(path):
                    removed.append(path)
    return removed


def replace_text(path: Path, text: str, *, new_mode: int, allowed: int = 0o777, keep_owner: bool = False) -> None:
    """Write a file all at once, so that a reader never sees half of it, in the place of the one that is there.

    Args:
        path: the file; its folder is there.
        text: what it holds from then on.
        new_mode: permissions of a file that was not there.
        allowed: which permissions of the one that was are kept.
        keep_owner: whether the owner is kept too, so that root may change what another user has to read.
    """
    old = path.stat() if path.exists() else None
    sweep(path.parent, f".{escape(path.name)}.*.part")
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    hold(handle)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if sys.platform != "win32" and keep_owner and old is not None:
            if (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
                os.chown(temporary, old.st_uid, old.st_gid)
        Path(temporary).chmod(old.st_mode & allowed if old is not None else new_mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _removed(path: Path) -> bool:
    if sys.platform == "win32":
        path.unlink()
        return True
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
