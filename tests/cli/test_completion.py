"""What the shell is offered, as it asks; and that nothing ever goes wrong in sight."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import Article, Config, Entity, open_archive
from indexer.article import EntityKind
from indexer.config import EngineConfig, EntitiesConfig

CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
SOURCES = ("Al Jazeera", "al-Akhbar", "Ledger & Quay", "SANA", "SANA", "\x1bodd")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive in `news`."""
    place = tmp_path_factory.mktemp("completion")
    kind: EntityKind = "person"
    with open_archive(place / "news", config=CONFIG) as archive:
        archive.add(
            [
                Article(
                    f"a{number}", "T", body="Words.", source=source, entities=(Entity(kind, "Joe Biden", given=True),)
                ).with_hash()
                for number, source in enumerate(SOURCES)
            ]
        )
    return place


def asked(folder: Path, line: str, shell: str = "bash", **more: str) -> list[str]:
    """The answer to the shell that asks at the end of a line."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "_INDEXER_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-m", "indexer"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("indexer sta", ["plain,stats"]),
        ("indexer search --sort o", ["plain,oldest"]),
        ("indexer search --index news --source S", ["plain,SANA"]),
        ("indexer --index news search --source AL", [r"plain,al-Akhbar", r"plain,Al\\ Jazeera"]),
        ("indexer export --index news --not-source le", [r"plain,Ledger\\ \\&\\ Quay"]),
        ('indexer search --index news --source "Al', ["plain,Al Jazeera", "plain,al-Akhbar"]),
        ("indexer search --index news --source zz", []),
        ("indexer entities --index news merge person j", [r"plain,Joe\\ Biden"]),
        ("indexer entities --index news merge place j", []),
        ("indexer search --missing tr", ["plain,translated_from"]),
        ("indexer rejects --reason bad_j", ["plain,bad_json"]),
        ("indexer build ", ["file,"]),
        ("indexer stats --index n", ["dir,n"]),
        ("indexer stats --config n", ["file,n"]),
        ("indexer search --index news --facets non", ["plain,none"]),
    ],
)
def test_what_bash_is_offered(folder: Path, line: str, offered: list[str]) -> None:
    assert sorted(asked(folder, line)) == sorted(offered)


def test_the_most_frequent_come_first_and_nothing_steers_the_terminal(folder: Path) -> None:
    assert asked(folder, "indexer search --index news --source ") == [
        "plain,SANA",
        r"plain,Al\\ Jazeera",
        r"plain,Ledger\\ \\&\\ Quay",
        "plain,al-Akhbar",
    ]


def test_other_shells_are_told_how_many_articles_have_a_value(folder: Path) -> None:
    assert asked(folder, "indexer search --index news --source S", "zsh") == ["plain", "SANA", "2 articles"]
    assert asked(folder, "indexer search --index news --source A", "fish")[0] == "plain,Al Jazeera\t1 article"


@pytest.mark.parametrize(
    ("line", "environment"),
    [
        ("indexer search --index nowhere --source S", {}),
        ("indexer search --config nowhere.toml --source S", {}),
        ("indexer search --engine opensearch --source S", {"BROADSHEET_ENGINE__HOSTS": "http://127.0.0.1:9"}),
        ("indexer search --index news --source S", {"BROADSHEET_WEB__PORT": "99999"}),
    ],
)
def test_where_there_is_nothing_to_read_nothing_is_offered_and_nothing_said(
    folder: Path, line: str, environment: dict[str, str]
) -> None:
    assert asked(folder, line, **environment) == []


def test_a_damaged_archive_is_no_trouble(folder: Path) -> None:
    broken = folder / "broken"
    broken.mkdir(exist_ok=True)
    for file in (folder / "news").iterdir():
        (broken / file.name).write_bytes(b"\0" * 10 if file.is_file() else b"")
    assert asked(folder, "indexer search --index broken --source S") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(folder: Path, shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer"],
        env={**os.environ, "_INDEXER_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert f"_INDEXER_COMPLETE={shell}_complete" in done.stdout
    if shell == "fish":  # a value may have commas
        assert 'string split --max 1 "," $completion' in done.stdout
