"""Compiles the kernels when the package is built or installed, if the machine has a C compiler. Called by hatchling.

Without a compiler the package is pure Python and searches in numpy. `CC` in the environment names the compiler.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path(__file__).parent
SOURCES, LIBRARY = (FOLDER / "search.c", FOLDER / "build.c"), FOLDER / "libkernels.so"
# No contraction: `a * b + c` must round twice, as it does in numpy, so that both ways give the same scores.
FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared")


class CustomBuildHook(BuildHookInterface[Any]):  # type: ignore[misc]  # hatchling is there when it calls this
    """Adds the library to a wheel, or leaves it beside its source for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See hatchling."""
        if not compile_library():
            return
        if version != "editable":
            build_data["artifacts"].append(LIBRARY.relative_to(self.root).as_posix())
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"


def compile_library() -> bool:
    """Compile the kernels; says on standard error why it could not."""
    named = shlex.split(os.environ.get("CC", "")) or [c for c in ("cc", "gcc", "clang") if shutil.which(c)][:1]
    if not named:
        print("No C compiler: the kernels of the search stay in numpy.", file=sys.stderr)
        return False
    fresh = LIBRARY.with_suffix(".new")  # renamed when whole: a process may have the old one open
    source = f"-DSOURCE_CRC={zlib.crc32(b''.join(source.read_bytes() for source in SOURCES))}L"
    command = [*named, *FLAGS, source, *map(str, SOURCES), "-o", str(fresh)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # the compiler of this machine
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{shlex.join(command)} failed: {getattr(error, 'stderr', '') or error}", file=sys.stderr)
        print("The kernels of the search stay in numpy.", file=sys.stderr)
        return False
    fresh.replace(LIBRARY)
    return True
