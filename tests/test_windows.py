"""What Windows lacks is not asked for: every module loads, and an archive is built and searched, without it.

No Windows is at hand: a process of this machine gives up what is missing there, once the libraries are loaded.
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the other tests say it")

PROGRAM = """
import importlib, os, pkgutil, signal, sys
import indexer, webui

def load():
    for package in (indexer, webui):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not any(part in module.name for part in ("__main__", "hatch_build", "training", ".lib")):
                importlib.import_module(module.name)

load()  # and with them the libraries, which have Windows in mind already
for name in [name for name in sys.modules if name.partition(".")[0] in ("indexer", "webui")]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
    sys.modules[name] = None
for module, names in {
    signal: "SIGPROF SIGKILL SIGHUP SIGUSR1 SIGUSR2 setitimer ITIMER_PROF",
    os: "O_CLOEXEC O_NOFOLLOW O_DIRECTORY sched_getaffinity getuid getgid chown fchmod fork pread pwrite",
}.items():
    for name in names.split():
        delattr(module, name)
os.O_BINARY = os.O_NOINHERIT = 0
sys.platform = "win32"
import indexer, webui
load()

from indexer import open_archive
folder = sys.argv[1]
with open(f"{folder}/a.jsonl", "w", encoding="utf-8") as file:
    file.write('{"id": "1", "title": "Grain talks", "text": "They met.", "date": "2021-10-14", "source": "AP"}\\n')
with open_archive(f"{folder}/index") as archive:
    print(archive.build([f"{folder}/a.jsonl"], entities=False).new, archive.search("grain source:ap").total)

from pathlib import Path
from datetime import date
from indexer.accounts.users import User
from indexer.accounts.users_file import change_users, read_users
users = Path(folder) / "users.toml"
change_users(users, lambda known: {"ann": User("ann", "hash", "stamp", date(2026, 1, 1), ())})
print(*read_users(users))
"""


def test_an_archive_is_built_and_searched_without_what_windows_lacks(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["1", "1", "ann"], "")
