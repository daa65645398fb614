"""The tests on every interpreter that is here: `python -m tests.versions`, which `make versions` calls.

Each gets a virtual environment with this package and what its tests need, in `.versions/`; what takes a cluster or a
browser is left out, since neither depends on the interpreter. Ends with 1 if the tests fail on one.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".versions"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PATHS = (
    "tests/analysis", "tests/search", "tests/ingest", "tests/near_duplicates", "tests/entities", "tests/engines/shared",
    "tests/engines/whoosh", "tests/cli", "tests/demo", "tests/webui", "tests/test_archive.py", "tests/test_patience.py",
)  # fmt: skip
WITHOUT = ("-k", "not opensearch", "--ignore", "tests/engines/opensearch", "--ignore", "tests/browser")


def found(version: str) -> str | None:
    """The interpreter of a version: on the path, or among those of pyenv."""
    if there := shutil.which(f"python{version}"):
        answered = subprocess.run([there, "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
        if answered.stdout.startswith(version + "."):  # a shim may be there without its interpreter
            return there
    installed = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"))
    return str(installed[-1]) if installed else None


def environment(version: str, interpreter: str) -> Path:
    """The virtual environment of a version, made anew where the list of dependencies changed; its interpreter."""
    place = HOME / version
    python = place / "bin" / "python"
    made, wanted = place / "made-of.toml", (ROOT / "pyproject.toml").read_bytes()
    if made.exists() and made.read_bytes() == wanted:
        return python
    subprocess.run([interpreter, "-m", "venv", "--clear", place], check=True)
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--upgrade", "pip"], check=True)
    whoosh = ROOT / "requirements" / "whoosh.txt"
    subprocess.run([*pip, "--no-deps", "--require-hashes", "--requirement", whoosh], check=True)
    subprocess.run([*pip, "--editable", f"{ROOT}[dev]"], check=True)
    made.write_bytes(wanted)
    return python


def main(arguments: list[str]) -> int:
    """Run the tests, or those that are named, on each version; say what became of them."""
    outcomes: dict[str, str] = {}
    for version in VERSIONS:
        interpreter = found(version)
        if interpreter is None:
            outcomes[version] = "not here"
            continue
        print(f"== Python {version} ({interpreter})", flush=True)
        python = environment(version, interpreter)
        tests = [python, "-m", "pytest", "-q", "--numprocesses=logical", *WITHOUT, *(arguments or PATHS)]
        done = subprocess.run(tests, cwd=ROOT, check=False)
        outcomes[version] = "failed" if done.returncode else "passed"
    for version, outcome in outcomes.items():
        print(f"Python {version}: {outcome}")
    return 1 if "failed" in outcomes.values() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
