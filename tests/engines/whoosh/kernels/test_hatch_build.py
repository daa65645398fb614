"""The build hook: a library where there is a compiler, a pure package where there is none, no binary among sources."""

import runpy
import shutil
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from indexer.engines.whoosh.kernels import sources

HOOK = sources.FOLDER / "hatch_build.py"


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The hook's names, with a stand-in for hatchling's own class."""
    interface = types.ModuleType("hatchling.builders.hooks.plugin.interface")

    class BuildHookInterface:
        def __class_getitem__(cls, _: object) -> type:
            return cls

    interface.BuildHookInterface = BuildHookInterface  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    return runpy.run_path(str(HOOK))


def test_without_a_compiler_that_works_there_is_no_library(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "false")
    kernels = hook["made_of"][0]
    assert not hook["compile_library"](kernels, tmp_path / "libkernels.so")
    assert "stay in Python" in capsys.readouterr().err
    monkeypatch.setenv("CC", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not hook["compile_library"](kernels, tmp_path / "libkernels.so")
    assert capsys.readouterr().err == "No C compiler: searching and tagging stay in Python.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler here")
def test_a_wheel_has_the_libraries_and_a_source_archive_has_not(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = [parts["LIBRARY"].name for parts in hook["made_of"]]
    assert libraries == ["libkernels.so", "libtagger.so"]
    for parts in hook["made_of"]:
        monkeypatch.setitem(parts, "LIBRARY", tmp_path / parts["LIBRARY"].name)
    built = hook["CustomBuildHook"]()
    built.root = tmp_path
    for target, artifacts in (("sdist", []), ("wheel", libraries)):
        built.target_name = target
        data: dict[str, Any] = {"artifacts": []}
        built.initialize("standard", data)
        assert data["artifacts"] == artifacts
        assert sorted(path.name for path in tmp_path.iterdir()) == artifacts
    assert data["pure_python"] is False
    assert data["tag"].startswith("py3-none-")
