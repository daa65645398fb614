"""The embedded API as a whole: its signatures, its types, what is exported, and a program that uses all of it."""

import inspect
import subprocess
import sys
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import indexer
import indexer.errors as errors_of_ours
from indexer import (
    Archive,
    ArchiveClosed,
    Article,
    ArticleFields,
    BuildReport,
    Config,
    SearchOptions,
    SearchResults,
    open_archive,
)
from indexer.search.request import SearchRequest
from indexer.search.signature import CONFIGURED

ROOT = Path(__file__).parents[1]
PROGRAM = Path(__file__).parent / "embedded" / "program.py"
OPTIONS = list(SearchOptions.__annotations__)
WITH_OPTIONS = (
    *(Archive.request, Archive.search, Archive.scan, Archive.facet_values, Archive.significant_terms, Archive.remove),
    *(Archive.compare, Archive.calendar, Archive.receipt, Archive.search_batch, Archive.narrowing),
)
# What annotations name that is imported when types are checked alone.
LATER = {"Interrupted": str, "DataFrame": object, "Reading": object, "Rule": object, "Interval": str} | {
    name: getattr(indexer, name) for name in indexer.__all__
}
# What is there for the rest of the product: the engine behind an archive, the tree of a query, what finds a source.
NOT_KEPT = ("engine", "tree", "rules", "catalogue", "word_counts")


# Signatures


@pytest.mark.parametrize("method", WITH_OPTIONS, ids=lambda method: str(method.__name__))
def test_options_are_spelled_out_in_the_signature(method: Callable[..., Any]) -> None:
    parameters = inspect.signature(method).parameters
    assert [name for name in parameters if name in SearchOptions.__annotations__] == OPTIONS
    assert not [each for each in parameters.values() if each.kind is inspect.Parameter.VAR_KEYWORD]
    for name in OPTIONS:
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[name].annotation == SearchOptions.__annotations__[name]


def test_the_defaults_in_the_signature_are_those_of_a_search(tmp_path: Path) -> None:
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(Archive.request).parameters.items()
        if name in SearchOptions.__annotations__ and parameter.default is not CONFIGURED
    }
    with open_archive(tmp_path / "index") as archive:
        assert archive.request("x", **defaults) == archive.request("x")
    assert set(OPTIONS) - defaults.keys() == {"match", "size", "facet_size", "budget_ms"}


def test_what_can_be_changed_is_what_a_source_states() -> None:
    set_by_the_archive = {
        *("id", "content_hash", "revision", "added", "changed", "earlier", "translation", "partial", "collection"),
    }
    assert [field.name for field in fields(Article) if field.name not in set_by_the_archive] == [
        name for name in Article.__dataclass_fields__ if name in ArticleFields.__annotations__
    ]
    assert set(ArticleFields.__annotations__) == Article.__dataclass_fields__.keys() - set_by_the_archive


# What is exported


def _methods(kind: type) -> Iterator[Callable[..., Any]]:
    of_ours = [base for base in reversed(kind.__mro__) if base.__module__.startswith("indexer")]
    for name, member in {name: member for base in of_ours for name, member in vars(base).items()}.items():
        if name.startswith("_") and name not in ("__iter__", "__getitem__"):
            continue
        if name in NOT_KEPT:
            continue
        if isinstance(member, property):
            assert member.fget is not None
            yield member.fget
        elif isinstance(member, classmethod):
            yield member.__func__
        elif isinstance(member, types.FunctionType):
            yield member


def _named(annotation: Any) -> Iterator[Any]:
    """The types in an annotation."""
    if isinstance(annotation, list | tuple):
        for each in annotation:
            yield from _named(each)
    elif typing.get_origin(annotation) is not None:
        yield from _named(typing.get_origin(annotation))
        yield from _named(typing.get_args(annotation))
    elif isinstance(annotation, types.UnionType):
        yield from _named(annotation.__args__)
    else:
        yield annotation


def _ours() -> set[type]:
    """The types of ours that are reached from `open_archive` and `load_config`: by what methods take and return, by the
    fields of what they return, by the methods of that."""
    found: set[type] = set()
    waiting: list[Any] = [indexer.open_archive, indexer.load_config]
    while waiting:
        at = waiting.pop()
        hints = dict(typing.get_type_hints(at, localns=LATER))
        for name, annotation in hints.items():
            if name in NOT_KEPT or name == "self":
                continue
            for kind in _named(annotation):
                if not isinstance(kind, type) or not kind.__module__.startswith("indexer") or kind in found:
                    continue
                found.add(kind)
                waiting += [*_methods(kind), *([kind] if is_dataclass(kind) else [])]
                if typing.is_typeddict(kind):
                    waiting.append(kind)
    return found


def test_every_type_that_is_reached_is_exported() -> None:
    reached = _ours()
    assert {Archive, SearchResults, Article, Config, BuildReport, SearchOptions, ArticleFields} <= reached
    missing = sorted(kind.__name__ for kind in reached if getattr(indexer, kind.__name__, None) is not kind)
    assert missing == []
    assert [kind.__name__ for kind in reached if kind.__name__ not in indexer.__all__] == []


def test_every_error_of_ours_is_exported() -> None:
    errors = [kind for _, kind in inspect.getmembers(errors_of_ours, inspect.isclass)]
    assert [kind.__name__ for kind in errors if kind.__name__ not in indexer.__all__] == []


def test_every_name_that_is_exported_is_there() -> None:
    assert [name for name in indexer.__all__ if not hasattr(indexer, name)] == []


def test_the_version_is_that_of_the_distribution() -> None:
    assert indexer.__version__ == version("broadsheet")
    with pytest.raises(AttributeError, match="module 'indexer' has no attribute 'nothing'"):
        indexer.nothing  # type: ignore[attr-defined]  # noqa: B018


# A closed archive


def _call(name: str, arguments: tuple[object, ...], archive: Archive) -> object:
    return getattr(archive, name)(*arguments)


def _calls() -> dict[str, Callable[[Archive], object]]:
    arguments: dict[str, tuple[object, ...]] = {
        "get": ("a",),
        "get_many": (["a"],),
        "highlight": (Article("a"), "x"),
        "facet_values": ("source",),
        "evidence": ("person", "Ann Lee"),
        "suggest": ("x",),
        "related": ("a",),
        "copies": ("a",),
        "percolate": (["x"], ["a"]),
        "build": (["x"],),
        "add": ([],),
        "remove": (["a"],),
        "__contains__": ("a",),
        "other_stories": ("a",),
        "thread": ("a",),
        "word_counts": (["x"], SearchRequest()),
        "translations": ("a",),
        "differences": ("a",),
        "profile": ("source", "SANA"),
        "joined_names": ("person", "A B"),
        "compare": (["x"],),
        "calendar": ("2021",),
        "search_batch": ("x",),
        "alert": ("a",),
        "alert_messages": ("a",),
        "pause_alert": ("a",),
        "remove_alert": ("a",),
        "test_alert": ("a",),
    }
    names = [name for name in dir(Archive) if isinstance(getattr(Archive, name), types.FunctionType)]
    # These say nothing of what it holds, and a receipt is read before the archive is asked.
    left_out = {"close", "check_receipt", "compare_receipts", "__init__", "__exit__", "__bool__", "__repr__"}
    public = [name for name in names if name not in left_out and (name.startswith("__") or not name.startswith("_"))]
    calls: dict[str, Callable[[Archive], object]] = {}
    for name in public:
        calls[name] = partial(_call, name, arguments.get(name, ()))
    calls["update"] = lambda archive: archive.update("a", title="x")
    calls["follow_on"] = lambda archive: archive.follow_on(finished=print, waits=print)
    calls["generation"] = lambda archive: archive.generation
    calls["engine"] = lambda archive: archive.engine
    return calls


@pytest.mark.parametrize("name", _calls())
def test_a_closed_archive_says_so(name: str, tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "index")
    archive.close()
    archive.close()
    with pytest.raises(
        ArchiveClosed, match=f"The archive {tmp_path / 'index'} was closed. Open it again: open_archive"
    ):
        _calls()[name](archive)
    assert repr(archive) == f"<Archive {tmp_path / 'index'} (closed)>"


# A program


def test_a_program_runs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, PROGRAM, tmp_path], capture_output=True, text=True, check=False, cwd=ROOT,
                          env={"PYTHONPATH": str(ROOT)})  # fmt: skip
    assert (done.stdout, done.stderr) == (f"broadsheet {version('broadsheet')}\n", "")


def test_a_program_is_typed(tmp_path: Path) -> None:
    """As in the project of who embeds it: strict, with nothing of our configuration."""
    strict = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent"]
    cache = ROOT / ".mypy_cache" / "embedded"
    done = subprocess.run([*strict, f"--cache-dir={cache}", PROGRAM], capture_output=True, text=True, check=False,
                          cwd=tmp_path, env={"MYPYPATH": str(ROOT)})  # fmt: skip
    assert done.stdout == "Success: no issues found in 1 source file\n"
