"""What the table of engines says without opening one."""

import pytest

from indexer.engines import registry


def test_engines_say_what_they_run_with() -> None:
    assert registry.runs_with() in (["compiled kernels"], ["numpy kernels"])


def test_an_engine_that_is_not_installed_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "RUNS_WITH", {"other": ("indexer.engines.nosuch", "runs_with")})
    assert registry.runs_with() == []
