"""The arrows between the parts: who may import whom. Read off the sources, so that nothing has to be installed."""

import ast
from collections.abc import Iterator
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
    "whoosh": ("indexer/engines/whoosh/",),
    "opensearchpy": ("indexer/engines/opensearch/",),
    "bleach": ("webui/markup.py", "indexer/ingest/markup.py"),
    "click": ("indexer/cli/",),
    "rich": ("indexer/cli/",),
}
# A part of the product -> the parts it must know nothing of.
DIRECTIONS = {
    "indexer/search": ("indexer.engines", "indexer.ingest", "indexer.archive", "indexer.cli"),
    "indexer/ingest": ("indexer.archive", "indexer.cli"),
    "indexer/entities": ("indexer.archive", "indexer.cli"),
    "indexer/engines": ("indexer.archive", "indexer.cli"),
    "indexer/article.py": ("indexer.engines", "indexer.ingest", "indexer.search", "indexer.archive"),
    "webui": ("indexer.cli", "indexer.engines.whoosh", "indexer.engines.opensearch"),
}
SOURCES = sorted(path.relative_to(ROOT) for part in ("indexer", "webui") for path in (ROOT / part).rglob("*.py"))


def _imports(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / source).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: relative import; write the whole name"
            assert node.module
            yield node.module
            # `from indexer import archive` names a module as much as `import indexer.archive` does.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


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
                assert not wrong, f"{source} must not know {name}"


def test_the_engines_do_not_know_each_other() -> None:
    for source in SOURCES:
        if source.as_posix().startswith("indexer/engines/whoosh/"):
            assert not any(name.startswith("indexer.engines.opensearch") for name in _imports(source)), source
        if source.as_posix().startswith("indexer/engines/opensearch/"):
            assert not any(name.startswith("indexer.engines.whoosh") for name in _imports(source)), source


def test_the_package_only_re_exports() -> None:
    tree = ast.parse((ROOT / "indexer/__init__.py").read_text(encoding="utf-8"))
    docstring, *statements = tree.body
    assert isinstance(docstring, ast.Expr)
    *imports, exported = statements
    assert all(isinstance(statement, ast.ImportFrom) for statement in imports)
    assert isinstance(exported, ast.Assign)
    assert isinstance(exported.targets[0], ast.Name)
    assert exported.targets[0].id == "__all__"
    names = ast.literal_eval(exported.value)
    imported = [
        alias.name for statement in imports if isinstance(statement, ast.ImportFrom) for alias in statement.names
    ]
    assert sorted(names) == sorted(imported)
