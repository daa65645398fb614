"""What the comparison of engines prints, and what it finds or says is missing of Java."""

from pathlib import Path

import pytest

from benchmarks import java
from benchmarks.peers.base import Taken
from benchmarks.queries import CLASSES, Query
from benchmarks.tables import Times


def test_tables_have_medians_and_quickest_runs_with_ratios_to_the_first_engine() -> None:
    times = Times()
    first, second = CLASSES["rare word"][:2]
    times.add("ours", "rare word", first, [Taken(4, 2), Taken(2, 1)])
    times.add("ours", "rare word", second, [Taken(6, 3)])
    times.add("theirs", "rare word", first, [Taken(1, 1), Taken(3, 1)])
    rows = [line for line in times.report(["ours", "theirs", "absent"]) if line.startswith("| rare word")]
    assert rows == [
        "| rare word | 4.0 (6.0) | 2.0 (3.0) ×0.50 | – |",
        "| rare word | 2.0 (3.0) | 1.0 (1.0) ×0.50 | – |",
        "| rare word | 4.00 | 1.00 ×0.25 | – |",
        "| rare word | 2.00 | 1.00 ×0.50 | – |",
    ]


def test_a_class_that_an_engine_has_no_answers_for_has_no_figure() -> None:
    times = Times()
    times.add("theirs", "everything", Query("everything"), [Taken(1, 1)])
    (line,) = {line for line in times.report(["ours", "theirs"]) if line.startswith("| everything") and "(" in line}
    assert line == "| everything | – | 1.0 (1.0) |"


def _jdk(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "javac").touch()
    (folder / "release").write_text(f'IMPLEMENTOR="X"\nJAVA_VERSION="{version}"\n')
    return folder


def test_the_newest_java_is_found_unless_java_home_names_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    installed = tmp_path / "jvm"
    older, newer = _jdk(installed / "older", "21.0.2"), _jdk(installed / "newer", "25.0.3")
    assert java.jdk(21, installed) == newer
    monkeypatch.setenv("JAVA_HOME", str(older))
    assert java.jdk(21, installed) == older
    assert java.jdk(22, installed) == newer


def test_a_java_that_is_too_old_is_said_to_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert java.version(_jdk(tmp_path / "eight", "1.8.0_402")) == 8
    assert java.version(tmp_path) == 0
    with pytest.raises(java.Unavailable, match="there is no Java 21 with a compiler, neither JAVA_HOME nor in"):
        java.jdk(21, tmp_path)


def test_without_maven_nothing_is_compiled_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(_jdk(tmp_path / "home", "21")))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(java.Unavailable, match="there is no mvn"):
        java.compiled()
    assert list((tmp_path / "cache" / "broadsheet-benchmarks").iterdir()) == []
