"""Compiles the kernels when the package is built or installed, if the machine has a C compiler. Called by hatchling.

There are two libraries: the kernels of the search, beside this file, and the tagger of `indexer/entities`. Without a
compiler the package is pure Python. `CC` in the environment names the compiler, `CFLAGS` are added to its options. As a
program it compiles both again, for `make sanitize`.
"""

import os
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path(__file__).parents[3]
FOLDERS = ("engines/whoosh/kernels", "entities/kernels")
# What each library is made of: the names of its `sources.py`.
made_of = [runpy.run_path(str(PACKAGE / folder / "sources.py")) for folder in FOLDERS]


class CustomBuildHook(BuildHookInterface[Any]):  # type: ignore[misc]  # hatchling is not there to be checked against
    """Adds the libraries to a wheel, or leaves them beside their sources for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See hatchling."""
        if self.target_name != "wheel" or not all(compile_library(parts, parts["LIBRARY"]) for parts in made_of):
            return
        if version != "editable":
            build_data["artifacts"] += [parts["LIBRARY"].relative_to(self.root).as_posix() for parts in made_of]
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"


def compile_library(parts: dict[str, Any], library: Path) -> bool:
    """Compile one library of its parts; says on standard error why it could not."""
    named = shlex.split(os.environ.get("CC", "")) or [c for c in ("cc", "gcc", "clang") if shutil.which(c)][:1]
    if not named:
        print("No C compiler: searching and tagging stay in Python.", file=sys.stderr)
        return False
    fresh = library.with_suffix(".new")  # renamed when whole: a process may have the old one open
    source = f"-DSOURCE_CRC={parts['checksum']()}L"
    added = shlex.split(os.environ.get("CFLAGS", ""))
    command = [*named, *parts["FLAGS"], *added, source, *map(str, parts["SOURCES"]), "-o", str(fresh)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # the compiler of this machine
        fresh.replace(library)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{shlex.join(command)} failed: {getattr(error, 'stderr', '') or error}", file=sys.stderr)
        print("Searching and tagging stay in Python.", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(not all(compile_library(parts, parts["LIBRARY"]) for parts in made_of))
