"""Where options may stand: which archive, before a command or behind it; `-h` everywhere, and words with hyphens."""

from pathlib import Path

import pytest

from docs.generate import contexts
from indexer import Article, Config, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from tests.cli.conftest import Indexer

CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
COMMANDS = [context.command_path.split()[1:] for context in contexts()]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """An archive of one article and one of two, named from the current directory, which has no configuration."""
    monkeypatch.chdir(tmp_path)
    for place, ids in (("one", "a"), ("two", "bh")):
        with open_archive(place, config=CONFIG) as archive:
            archive.add([Article(id, f"Title {id}", body="Words of hamas.").with_hash() for id in ids])
    return "one", "two"


def _articles(indexer: Indexer, *arguments: str) -> int:
    found: int = indexer(*arguments, "--json").json["articles"]
    return found


def test_which_archive_may_be_said_before_and_behind_the_command(indexer: Indexer, places: tuple[str, str]) -> None:
    one, two = places
    assert _articles(indexer, "--index", two, "stats") == _articles(indexer, "stats", "--index", two) == 2
    # What stands nearest to the command holds.
    assert _articles(indexer, "--index", one, "stats", "--index", two) == 2
    Path("other.toml").write_text('[archive]\nindex = "one"\n')
    assert _articles(indexer, "--config", "other.toml", "stats") == 1
    assert _articles(indexer, "--config", "other.toml", "stats", "--index", two) == 2
    assert indexer("--engine", "whoosh", "stats", "--index", one).code == 0


def test_and_of_a_group_at_every_level(indexer: Indexer, places: tuple[str, str]) -> None:
    for arguments in (
        ["--index", places[1], "entities", "list", "person"],
        ["entities", "--index", places[1], "list", "person"],
        ["--index", "nowhere", "entities", "--index", places[1], "list", "person"],
        ["--index", "nowhere", "entities", "list", "person", "--index", places[1]],
    ):
        outcome = indexer(*arguments)
        assert (outcome.code, outcome.err) == (0, "No person to list.\n"), arguments
    assert indexer("--index", "nowhere", "entities", "list", "person").code == 3


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_h_is_help_of_every_command(indexer: Indexer, words: list[str]) -> None:
    short, long = indexer(*words, "-h"), indexer(*words, "--help")
    assert (short.code, short.out) == (0, long.out)
    assert short.out.startswith(f"Usage: indexer {' '.join(words)}".rstrip())
    assert "-h, --help" in short.out


def test_a_word_that_begins_with_h_is_left_out_and_no_help(indexer: Indexer, places: tuple[str, str]) -> None:
    assert indexer("search", "words", "-hamas", "--index", places[1], "--json").json["understood"] == "words AND -hamas"
    assert indexer("search", "-hamas", "--index", places[1], "--json").json["total"] == 0
    assert indexer("export", "words", "-hezbollah", "--index", places[1]).out.count("\n") == 2
    assert indexer("search", "--index", places[1], "--", "words", "-h").out.startswith("1 article for words AND -h")


def test_users_are_those_of_the_configuration_named_before_the_command(
    indexer: Indexer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("closed.toml").write_text('[access]\nusers = "none.toml"\nmode = "odd"\n')
    for arguments in (["--config", "closed.toml", "user", "list"], ["user", "list", "--config", "closed.toml"]):
        outcome = indexer(*arguments)
        assert (outcome.code, outcome.err.partition(" is not a way")[0]) == (
            2,
            "Error: closed.toml: [access] mode: 'odd'",
        )
