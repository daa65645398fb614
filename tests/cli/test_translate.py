"""`indexer translate`, and what `indexer stats` and `indexer build` say of translations."""

import sys
from pathlib import Path

import pytest

from indexer.cli.progress import LINE_EVERY
from indexer.cli.terminal import console
from indexer.cli.translate import facts, print_report
from indexer.translation.report import TranslationProgress, TranslationReport
from tests.cli.conftest import Indexer
from tests.translation.fakes import archive_of, spanish, translating

UPPER = "import sys\nfor line in sys.stdin:\n    if 'malo' in line: sys.exit('no')\n    print(line.strip().upper())"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Three articles in Spanish, one of which cannot be translated, and a configuration."""
    (tmp_path / "upper.py").write_text(UPPER)
    file = tmp_path / "config.toml"
    file.write_text(
        '[archive]\nindex = "index"\n[engine]\nprocesses = 1\n[translation]\nengine = "command"\n'
        f"command = \"'{sys.executable}' '{tmp_path}/upper.py'\"\n"
    )
    articles = [spanish(1), spanish(2, source="La Hoja"), spanish(3, title="Título malo")]
    archive_of(translating(tmp_path), articles).close()
    return file


def test_a_dry_run_counts(indexer: Indexer, config: Path) -> None:
    done = indexer("translate", "--config", config, "--dry-run")
    assert (done.code, done.err) == (0, "")
    assert done.out == "3 articles would be translated into en by upper: 45 words\n"


def test_what_was_done_is_told_and_what_failed(indexer: Indexer, config: Path) -> None:
    done = indexer("translate", "--config", config)
    lines = done.out.splitlines()
    assert done.code == 0
    assert lines[0].startswith("2 articles translated into en by ")
    assert lines[1:] == [
        "  4 of the words had been translated before and were not asked again",
        "  1 failed and are tried again next time:",
        "    1: upper ended with code 1: no",
    ]
    again = indexer("translate", "--config", config, "--json").json
    assert (again["wanted"], again["translated"], again["failed"], again["dry_run"]) == (1, 0, 1, False)


def test_filters_and_a_limit_say_which(indexer: Indexer, config: Path) -> None:
    assert indexer("translate", "--config", config, "--source", "La Hoja", "--json").json["translated"] == 1
    assert indexer("translate", "--config", config, "zzz", "--dry-run", "--json").json["wanted"] == 0
    assert indexer("translate", "--config", config, "número 1", "--limit", "1", "--json").json["translated"] == 1


def test_stats_tell_of_translations(indexer: Indexer, config: Path) -> None:
    indexer("translate", "--config", config)
    told = indexer("stats", "--config", config).out
    assert "translations    2 articles by upper; 1 wanted; 5 paragraphs kept in " in told
    found = indexer("stats", "--config", config, "--json").json["translations"]
    assert (found["engines"], found["wanting"]) == ({"upper": 2}, 1)


def test_stats_of_an_archive_that_is_not_translated_say_nothing_of_it(indexer: Indexer, tmp_path: Path) -> None:
    archive_of(translating(tmp_path), [spanish(1)]).close()
    assert "translations" not in indexer("stats", "--index", tmp_path / "index").out
    assert "translations" not in indexer("stats", "--index", tmp_path / "index", "--json").json


def test_without_an_engine_the_setting_is_told(indexer: Indexer, tmp_path: Path) -> None:
    archive_of(translating(tmp_path), [spanish(1)]).close()
    done = indexer("translate", "--index", tmp_path / "index")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: No translation engine is configured. Write one under [translation]")


def test_an_engine_that_is_gone_ends_the_command_with_3(indexer: Indexer, config: Path) -> None:
    config.write_text(
        config.read_text().partition("[translation]")[0]
        + '[translation]\nengine = "libretranslate"\nurl = "http://127.0.0.1:9"\n'
    )
    done = indexer("translate", "--config", config)
    assert done.code == 3
    assert "Given up: http://127.0.0.1:9 cannot be reached" in done.out


def test_a_report_tells_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    report = TranslationReport(
        wanted=12, translated=2, failed=7, failures={f"reason {n}": 1 for n in range(7)},
        without_pair={"ru-en": 3}, advice={"ru-en": "There is no translation from ru to en. Teach it."}, changed=1,
        words=900, numbers_lost=1, addresses_lost=2, names_lost=1, engine="apertium", into="en", seconds=2.0, signal=2,
    )  # fmt: skip
    print_report(console(sys.stdout), report)
    assert capsys.readouterr().out.splitlines() == [
        "2 articles translated into en by apertium in 2.0 s: 900 words (450 a second)",
        "  7 failed and are tried again next time:",
        *(f"    1: reason {number}" for number in range(5)),
        "    and 2 other reasons",
        "  1 were changed meanwhile and wait for the next run",
        "  not found again in the translations: 1 number, 2 addresses, 1 name of a person",
        "  3 articles: There is no translation from ru to en. Teach it.",
        "Stopped before the end. What was translated is in the archive; run the same command to go on.",
    ]


def test_progress_is_told_in_words() -> None:
    event = TranslationProgress(articles=1_200, total=34_000, words=640_000, seconds=100.0)
    assert facts(event) == "1,200 of 34,000 articles, 6,400 words a second, 45 min 33 s left"
    assert facts(TranslationProgress(0, 1, 0, 0.0)) == "0 of 1 article, 0 words a second"
    assert LINE_EVERY == 10
