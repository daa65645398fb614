"""What is loaded when: who asks for help, or opens an archive to search it, waits for nothing else."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import indexer

WEB = ("flask", "werkzeug", "jinja2", "flask_babel", "flask_limiter", "flask_compress", "gunicorn", "webui")


def loaded(code: str, *names: str) -> list[str]:
    """Which of some modules a program has loaded at its end."""
    program = f"import sys\n{code}\nprint(*[name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def test_the_names_of_the_package_are_loaded_one_by_one() -> None:
    assert loaded("from indexer import NotFound", "indexer.archive", "indexer.config", "orjson") == []


def test_type_checkers_are_told_what_the_package_holds() -> None:
    tree = ast.parse(Path(indexer.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name: node.module for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert told == indexer._HOMES
    assert sorted(told) == sorted(indexer.__all__)
    for name, module in told.items():
        assert getattr(indexer, name) is getattr(import_module(str(module)), name)


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="'indexer' has no attribute 'nothing'"):
        indexer.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_lists_its_names() -> None:
    assert set(indexer.__all__) <= set(dir(indexer))


def test_the_package_needs_nothing_of_the_web() -> None:
    assert loaded("from indexer import open_archive\nimport indexer.cli, indexer.ingest.pipeline", *WEB) == []
