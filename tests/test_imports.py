"""What is loaded when: who asks for help, or opens an archive to search it, waits for nothing else."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import indexer

# Libraries that take long to load, and parts of our own that most programs have no use for.
HEAVY = (
    "numpy", "whoosh", "opensearchpy", "lxml", "bleach", "babel", "dateparser", "trafilatura", "htmldate", "feedparser",
    "warcio", "yaml", "pypdf", "docx", "chardet", "py3langid", "zstandard", "brotli", "tomlkit", "Stemmer",
    "rich.table", "rich.progress", "indexer.ingest.pipeline", "indexer.engines.whoosh", "indexer.engines.opensearch",
    "indexer.entities", "indexer.highlight", "importlib.metadata", "httpx", "sqlite3", "asyncio", "filelock",
)  # fmt: skip
WEB = ("flask", "werkzeug", "jinja2", "flask_babel", "flask_limiter", "flask_compress", "gunicorn", "webui")
# Only readers of these formats need them.
OF_FORMATS = ("lxml", "bleach", "feedparser", "warcio", "yaml", "pypdf", "docx", "trafilatura", "htmldate", "brotli")


def loaded(code: str, *names: str) -> list[str]:
    """Which of some modules a program has loaded at its end."""
    program = f"import sys\n{code}\nprint(*[name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["build", "--help"], ["search", "--help"], ["entities", "--help"], ["follow", "--help"]],
    ids=" ".join,
)
def test_help_loads_nothing_that_it_does_not_print(arguments: list[str]) -> None:
    code = f"from indexer.cli.app import run; run({arguments})"
    assert loaded(code, *HEAVY, *WEB, "rich") == []


def test_opening_an_archive_to_search_it_loads_what_searching_needs() -> None:
    assert loaded("from indexer import open_archive", *HEAVY, *WEB, "rich", "click") == []


def test_who_only_reads_what_is_remembered_of_feeds_loads_no_client() -> None:
    assert loaded("import indexer.follow.status", "httpx", "asyncio", *OF_FORMATS) == []


def test_the_package_by_itself_loads_nothing_else() -> None:
    code = "import indexer\nassert [name for name in sys.modules if name.startswith('indexer')] == ['indexer']"
    assert loaded(code, *HEAVY, *WEB, "dataclasses", "json", "pathlib", "click") == []


def test_the_names_of_the_package_are_loaded_one_by_one() -> None:
    assert loaded("from indexer import NotFound", "indexer.archive", "indexer.config", "orjson") == []


def test_a_search_needs_neither_the_web_nor_the_readers(tmp_path: Path) -> None:
    code = (
        "from indexer import Article, open_archive\n"
        f"with open_archive({str(tmp_path)!r}) as archive:\n"
        "    archive.add([Article(id='1', title='Words', language='en')])\n"
        "    assert archive.search('words').total == 1"
    )
    assert loaded(code, *WEB, *OF_FORMATS, "click") == []


def test_a_first_page_loads_no_other_questions(tmp_path: Path) -> None:
    asked = ("percolate", "related", "significant", "suggest", "stats", "joined_names")
    code = (
        "from indexer import Article, Entity, open_archive\n"
        f"with open_archive({str(tmp_path)!r}) as archive:\n"
        "    named = (Entity('person', 'Ann Lee', given=True),)\n"
        "    archive.add([Article(id='1', title='Words', language='en', entities=named)])"
    )
    assert loaded(code) == []
    code = (
        "from indexer import open_archive\n"
        f"with open_archive({str(tmp_path)!r}) as archive:\n"
        "    assert archive.search('words', facets=['person']).facets['person'].buckets[0].value == 'Ann Lee'"
    )
    others = [f"indexer.engines.whoosh.search.{name}" for name in asked]
    assert loaded(code, *others, "indexer.engines.whoosh.writer", "numpy.random", *WEB, *OF_FORMATS) == []


def test_a_build_loads_the_libraries_of_the_formats_it_meets(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "Words", "text": "More.", "date": "2021-10-14"}\n')
    code = (
        "from indexer import open_archive\n"
        f"with open_archive({str(tmp_path / 'index')!r}) as archive:\n"
        f"    assert archive.build([{str(tmp_path / 'a.jsonl')!r}], entities=False).new == 1"
    )
    assert loaded(code, *WEB, *OF_FORMATS) == []


def test_what_reads_does_not_load_what_prepares() -> None:
    assert loaded("import indexer.ingest.pipeline", "indexer.ingest.assembly", "indexer.ingest.dates", "numpy") == []


def test_type_checkers_are_told_what_the_package_holds() -> None:
    tree = ast.parse(Path(indexer.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name: node.module for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert told == indexer._HOMES
    assert sorted(told) == sorted(indexer.__all__)
    for name, module in told.items():
        assert getattr(indexer, name) == getattr(import_module(str(module)), name)


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="'indexer' has no attribute 'nothing'"):
        indexer.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_lists_its_names() -> None:
    assert set(indexer.__all__) <= set(dir(indexer))
