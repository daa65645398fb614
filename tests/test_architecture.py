"""The arrows between the parts: who may import whom. Read off the sources, so that nothing has to be installed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A library -> the only places (path prefixes) that may import it.
WALLS = {
    "flask": ("webui/",),
    "flask_babel": ("webui/",),
    "flask_limiter": ("webui/",),
    "werkzeug": ("webui/",),
    "jinja2": ("webui/",),
    "markupsafe": ("webui/",),
    "webui": ("webui/",),
    "prometheus_client": ("webui/http/metrics.py",),
    "gunicorn": ("webui/serving/processes.py",),
    "waitress": ("webui/serving/connections.py",),
    "whoosh": ("indexer/engines/whoosh/",),
    "opensearchpy": ("indexer/engines/opensearch/",),
    "bleach": ("webui/markup.py", "indexer/ingest/markup.py"),
    "click": ("indexer/cli/",),
    "rich": ("indexer/cli/",),
    "argon2": ("indexer/accounts/",),
    "zxcvbn": ("indexer/accounts/",),
    "sqlite3": ("indexer/database.py", "indexer/translation/store.py"),
    "httpx": ("indexer/translation/service.py", "indexer/follow/requests.py", "indexer/network/checked.py"),
    "argostranslate": ("indexer/translation/argos.py",),
}
# A part of the product -> the parts it must know nothing of.
DIRECTIONS = {
    "indexer/analysis": ("indexer.search", "indexer.article", "indexer.ingest", "indexer.engines"),
    "indexer/search": ("indexer.engines", "indexer.ingest", "indexer.archive", "indexer.cli", "indexer.highlight"),
    "indexer/highlight": ("indexer.engines", "indexer.ingest", "indexer.archive", "indexer.cli"),
    "indexer/near_duplicates": ("indexer.engines", "indexer.ingest", "indexer.search", "indexer.archive"),
    "indexer/ingest": ("indexer.engines", "indexer.archive", "indexer.cli"),
    "indexer/follow": ("indexer.engines", "indexer.archive", "indexer.cli"),
    "indexer/network": ("indexer.follow", "indexer.alerts", "indexer.archive", "indexer.cli"),
    "indexer/alerts": ("indexer.ingest", "indexer.follow", "indexer.cli"),
    "indexer/entities": ("indexer.engines", "indexer.ingest", "indexer.archive", "indexer.cli"),
    "indexer/translation": ("indexer.engines", "indexer.archive", "indexer.cli"),
    "indexer/engines": ("indexer.translation", "indexer.ingest", "indexer.archive", "indexer.cli"),
    "indexer/engines/shared": ("indexer.engines.whoosh", "indexer.engines.opensearch", "indexer.engines.registry"),
    "indexer/engines/whoosh": ("indexer.engines.opensearch", "indexer.engines.registry"),
    "indexer/engines/opensearch": ("indexer.engines.whoosh", "indexer.engines.registry"),
    "indexer/cli": ("indexer.engines.whoosh", "indexer.engines.opensearch"),
    "indexer/config.py": ("indexer.search", "indexer.ingest", "indexer.entities", "indexer.engines", "indexer.archive"),
    "indexer/article.py": ("indexer.engines", "indexer.ingest", "indexer.search", "indexer.archive"),
    "indexer/rejection.py": ("indexer",),
    "indexer/compiled.py": ("indexer",),
    "indexer/accounts": ("indexer.engines", "indexer.ingest", "indexer.search", "indexer.archive", "indexer.cli"),
    "webui": ("indexer.cli", "indexer.engines.whoosh", "indexer.engines.opensearch"),
    "webui/addresses": ("webui.formats", "webui.presenters", "webui.views", "webui.http"),
    "webui/formats": ("webui.presenters", "webui.views", "webui.http", "webui.access"),
    "webui/http": ("webui.presenters", "webui.views", "webui.access"),
    "webui/access": ("webui.presenters", "webui.views", "webui.formats"),
    "webui/presenters": ("webui.views", "webui.dossier"),
    "webui/dossier": ("webui.views", "webui.http", "webui.access", "webui.holder"),
    "webui/views": ("webui.serving",),
    "webui/__init__.py": ("webui.serving",),
}
# `python -m webui` is the command `indexer serve`, which looks for the site by its name.
EXCEPTIONS = {"webui/__main__.py": ("indexer.cli",)}
# The rooms of each engine from the ground up: a room may import itself and those of the steps below, none beside it.
FLOORS = {
    "indexer/engines/whoosh": (
        ("kernels", "schema"),
        ("codec",),
        ("directory",),
        ("reader", "writer"),
        ("query",),
        ("search",),
        ("engine",),
    ),
    "indexer/engines/opensearch": (("cluster",), ("reader",), ("query", "writer"), ("search",), ("engine",)),
}
MOST_MODULES = 16
SOURCES = sorted(path.relative_to(ROOT) for part in ("indexer", "webui") for path in (ROOT / part).rglob("*.py"))


@cache
def _tree(source: Path) -> ast.Module:
    return ast.parse((ROOT / source).read_text(encoding="utf-8"))


@cache
def _imports(source: Path) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: relative import; write the whole name"
            assert node.module
            # `from indexer import archive` names a module as much as `import indexer.archive` does.
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def test_there_are_sources_to_read() -> None:
    assert Path("indexer/archive.py") in SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_imports_keep_to_the_walls(source: Path) -> None:
    for name in _imports(source):
        allowed = WALLS.get(name.split(".")[0])
        assert allowed is None or source.as_posix().startswith(allowed), f"{source} must not import {name}"


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_arrows_point_one_way(source: Path) -> None:
    for part, forbidden in DIRECTIONS.items():
        if source.as_posix() == part or source.as_posix().startswith(part + "/"):
            for name in _imports(source):
                wrong = [module for module in forbidden if name == module or name.startswith(module + ".")]
                allowed = EXCEPTIONS.get(source.as_posix(), ())
                assert all(module in allowed for module in wrong), f"{source} must not know {name}"


def test_no_view_knows_another() -> None:
    for source in SOURCES:
        if source.as_posix().startswith("webui/views/"):
            assert not any(name.startswith("webui.views") for name in _imports(source)), source


def test_the_api_has_no_words_of_pages() -> None:
    parts = ("webui.presenters", "webui.i18n", "webui.templating", "webui.markup", "webui.charts")
    views = [source for source in SOURCES if source.as_posix().startswith("webui/views/api")]
    assert len(views) == 6
    for source in (*views, Path("webui/http/answers.py"), *ROOT.joinpath("webui/formats").glob("openapi*.py")):
        for name in _imports(source):
            assert not name.startswith(parts), f"{source} must not import {name}"


def _rooms() -> Iterator[tuple[Path, set[str]]]:
    """Each file of an engine, and the rooms it must not import: those beside it and above."""
    for engine, floors in FLOORS.items():
        for number, floor in enumerate(floors):
            for room in floor:
                above = {other for each in floors[number:] for other in each} - {room}
                barred = {f"{engine.replace('/', '.')}.{other}" for other in above}
                for source in SOURCES:
                    if source.as_posix().startswith((f"{engine}/{room}/", f"{engine}/{room}.py")):
                        yield source, barred


def test_the_rooms_of_an_engine_know_those_below_alone() -> None:
    for source, barred in _rooms():
        for name in _imports(source):
            wrong = [room for room in barred if name == room or name.startswith(room + ".")]
            assert not wrong, f"{source} must not import {name}"


def test_every_file_of_an_engine_is_in_a_room() -> None:
    known = {source for source, _ in _rooms()}
    for source in SOURCES:
        if source.as_posix().startswith(tuple(FLOORS)) and source.name != "__init__.py":
            assert source in known, f"{source} is in no room of FLOORS"


def test_both_engines_have_the_same_rooms() -> None:
    whoosh, opensearch = ({room for floor in floors for room in floor} for floors in FLOORS.values())
    assert whoosh - opensearch == {"kernels", "schema", "codec", "directory"}
    assert opensearch - whoosh == {"cluster"}


def test_no_room_is_too_full() -> None:
    for folder in {source.parent for source in SOURCES}:
        if folder.as_posix().startswith(("indexer/engines", "webui")):
            modules = [source for source in SOURCES if source.parent == folder]
            assert len(modules) <= MOST_MODULES, f"{folder} has {len(modules)} modules"


def _module(source: Path) -> str:
    return ".".join(source.with_suffix("").parts).removesuffix(".__init__")


def _imported_at_once(source: Path) -> set[str]:
    """The modules of the product that a file imports when it is imported itself, not later nor for types alone."""
    modules = {_module(each) for each in SOURCES}
    found: set[str] = set()
    waiting: list[ast.stmt] = list(_tree(source).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            waiting += node.body
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            # `from package import module` needs the module, which imports the package first.
            found.update(names & modules or {node.module})
    return found & modules


def test_there_is_no_circle_of_imports() -> None:
    graph = {_module(source): _imported_at_once(source) for source in SOURCES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail[trail.index(module) :], module))
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())


def test_the_package_only_re_exports() -> None:
    tree = ast.parse((ROOT / "indexer/__init__.py").read_text(encoding="utf-8"))
    assert {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} == {
        "__getattr__",
        "__dir__",
    }
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    assert all(isinstance(statement, ast.ImportFrom) for statement in guarded.body)  # tests/test_imports.py compares
