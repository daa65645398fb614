"""Java programs of the benchmarks: which Java, libraries from Maven, classes in a cache outside the sources."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/usr/lib/jvm")
LUCENE = Path(__file__).parent / "lucene"
LEAST = 21  # the oldest Java that Lucene 10 runs on


class Unavailable(ImportError):
    """What a Java program needs is not on this machine; says what."""


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled classes with the libraries they need."""

    java: Path
    class_path: str

    def command(self, main: str, *arguments: object, flags: Iterable[str] = ()) -> list[str]:
        """The command line that runs a class."""
        return [str(self.java), *flags, "-cp", self.class_path, main, *map(str, arguments)]


def compiled(sources: Path = LUCENE, least: int = LEAST) -> Program:
    """The classes of a folder with a pom.xml: compiled once, and again when a source or the compiler is another.

    Raises:
        Unavailable: there is no such Java or no Maven, a library cannot be fetched, or a source does not compile.
    """
    home = jdk(least)
    files = [sources / "pom.xml", *sorted(sources.glob("*.java"))]
    digest = hashlib.sha256(str(home).encode())
    for file in files:
        digest.update(file.read_bytes())
    made = cache() / f"{sources.name}-{digest.hexdigest()[:16]}"
    if not made.is_dir():
        part = made.with_suffix(f".{os.getpid()}")
        part.mkdir(parents=True)
        try:
            _libraries(files[0], part / "path")
            libraries = (part / "path").read_text()
            _run("javac", home / "bin" / "javac", "-nowarn", "-cp", libraries, "-d", part, *files[1:])
            part.rename(made)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return Program(home / "bin" / "java", f"{made}{os.pathsep}{(made / 'path').read_text()}")


def cache() -> Path:
    """Where classes are kept: `broadsheet-benchmarks` in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "broadsheet-benchmarks"


def jdk(least: int, installed: Path = INSTALLED) -> Path:
    """The folder of JAVA_HOME, or else of the newest Java installed, that has a compiler and is not too old.

    Raises:
        Unavailable: there is none.
    """
    named = os.environ.get("JAVA_HOME")
    homes = [Path(named)] if named else []
    homes += sorted(installed.glob("*"), key=version, reverse=True)
    for home in homes:
        if version(home) >= least and (home / "bin" / "javac").is_file():
            return home
    raise Unavailable(f"there is no Java {least} with a compiler, neither JAVA_HOME nor in {installed}")


def version(home: Path) -> int:
    """The version of the Java in a folder, by its file `release`: 21; 0 where there is none."""
    try:
        found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', (home / "release").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _libraries(pom: Path, listed: Path) -> None:
    if not shutil.which("mvn"):
        raise Unavailable("there is no mvn")
    resolve = ("mvn", "-q", "-B", "-Dstyle.color=never", "-f", pom, "dependency:build-classpath")
    _run("Maven", *resolve, f"-Dmdep.outputFile={listed}")


def _run(name: str, *command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines() or ["it failed"]
        raise Unavailable(f"{name}: {said[0]}")
