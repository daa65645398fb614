"""Compiles the kernels when the package is built or installed, if the machine has a C compiler. Called by hatchling.

Without a compiler the package is pure Python and searches in numpy. `CC` in the environment names the compiler.
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

made_of = runpy.run_path(str(Path(__file__).with_name("sources.py")))


class CustomBuildHook(BuildHookInterface[Any]):  # type: ignore[misc]  # hatchling is not there to be checked against
    """Adds the library to a wheel, or leaves it beside its sources for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See hatchling."""
        if self.target_name != "wheel" or not compile_library(made_of["LIBRARY"]):
            return
        if version != "editable":
            build_data["artifacts"].append(made_of["LIBRARY"].relative_to(self.root).as_posix())
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"


def compile_library(library: Path) -> bool:
    """Compile the kernels; says on standard error why it could not."""
    named = shlex.split(os.environ.get("CC", "")) or [c for c in ("cc", "gcc", "clang") if shutil.which(c)][:1]
    if not named:
        print("No C compiler: the kernels of the search stay in numpy.", file=sys.stderr)
        return False
    fresh = library.with_suffix(".new")  # renamed when whole: a process may have the old one open
    source = f"-DSOURCE_CRC={made_of['checksum']()}L"
    command = [*named, *made_of["FLAGS"], source, *map(str, made_of["SOURCES"]), "-o", str(fresh)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # the compiler of this machine
        fresh.replace(library)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{shlex.join(command)} failed: {getattr(error, 'stderr', '') or error}", file=sys.stderr)
        print("The kernels of the search stay in numpy.", file=sys.stderr)
        return False
    return True
