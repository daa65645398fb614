"""An archive that is translated: what is asked, what is written, and what becomes of failures and kills."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.article import Article, Entity, Mention
from indexer.config import Config
from indexer.errors import ConfigError, IndexLocked, UsageError
from indexer.translation.base import TranslationFailed, Unreachable
from indexer.translation.report import TranslationProgress
from indexer.writing import WriteCounts
from tests.translation.fakes import FakeTranslator, archive_of, spanish, translating

REPLIES = "Todos los derechos reservados."


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeTranslator:
    fake = FakeTranslator()
    monkeypatch.setattr("indexer.translation.kept.open_translator", lambda _: fake)
    return fake


def test_what_readers_do_not_read_is_translated(engine: FakeTranslator, tmp_path: Path) -> None:
    english = Article("en", title="Hello", body="It is read as it is.", language="en-GB")
    unknown = Article("xx", title="?!", body="12", language=None)
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1), english, unknown]) as archive:
        before = archive.get("es1")
        report = archive.translate()
        assert (report.wanted, report.translated, report.failed, report.stopped) == (1, 1, 0, "")
        after = archive.get("es1")
        assert after.translation is not None
        assert after.translation.title == "TÍTULO 1"
        assert after.translation.body == f"ESTE ES EL TEXTO NÚMERO 1 DE LA SERIE.\n\n{REPLIES.upper()}"
        assert (after.translation.engine, after.translation.version, after.translation.language) == ("fake", "1", "en")
        assert after.translation.made is not None
        assert (after, after.added, after.changed, after.earlier) == (before, before.added, before.changed, ())
        assert archive.get("en").translation is None
        assert engine.closed == 1


def test_the_newest_come_first_and_no_text_is_asked_twice(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), map(spanish, range(1, 13))) as archive:
        first = archive.translate(limit=5)
        assert (first.wanted, first.translated) == (5, 5)
        assert [text for text in engine.asked if text.startswith("Título")] == [f"Título {n}" for n in range(12, 7, -1)]
        second = archive.translate()
        assert (second.wanted, second.translated) == (7, 7)
        assert Counter(engine.asked).most_common(1)[0][1] == 1
        assert engine.asked.count(REPLIES) == 1
        assert archive.translate().wanted == 0
        assert archive.translation_stats().to_dict() | {"bytes": 0} == {
            "engines": {"fake": 12}, "wanting": 0, "paragraphs": 25, "bytes": 0
        }  # fmt: skip


def test_languages_sources_and_what_is_translated_are_configured(engine: FakeTranslator, tmp_path: Path) -> None:
    articles = [spanish(1), spanish(2, source="La Hoja"), spanish(3, language="ca"), spanish(4, language="en")]
    config = translating(tmp_path, engine="apertium", languages=("es",), sources=("el diario",), what="title")
    with archive_of(config, articles) as archive:
        assert archive.translate().translated == 1
        one = archive.get("es1").translation
        assert one is not None
        assert (one.title, one.body) == ("TÍTULO 1", "")
    whole = replace(config, translation=replace(config.translation, what="all", into=("ca", "en"), sources=()))
    with open_archive(whole) as archive:
        assert archive.translate().translated == 2
        held = [archive.get(f"es{number}").translation for number in range(1, 5)]
        assert [each.language if each else None for each in held] == ["ca", "ca", None, None]
        assert held[0] is not None
        assert held[0].body.startswith("ESTE ES EL TEXTO")


def test_a_query_and_filters_say_which(engine: FakeTranslator, tmp_path: Path) -> None:
    articles = [spanish(number, language="ca" if number % 2 else "es") for number in range(1, 7)]
    with archive_of(translating(tmp_path, engine="apertium"), articles) as archive:
        assert archive.translate("título:nothing").wanted == 0
        assert archive.translate(language="ca", from_="2024-01-03").translated == 2
        assert archive.translate("título 2").translated == 1
        assert archive.translate(exclude={"language": "ca"}).translated == 2
        assert [one.id for one in archive if one.translation is None] == ["es1"]


def test_paragraphs_and_what_parts_them_are_kept(engine: FakeTranslator, tmp_path: Path) -> None:
    body = "uno\n\ndos\ndos\n\n1 2 3\n\n  tres\n\n" + "cuatro"
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1, body)]) as archive:
        archive.translate()
        article = archive.get("es1")
        assert article.translation is not None
        assert article.translation.body == article.body.upper()


def test_a_withdrawn_article_is_not_translated(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1), spanish(2)]) as archive:
        archive.update("es1", withdrawn=True)
        assert archive.translate().wanted == 1


def test_again_translates_what_another_version_has_translated(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1), spanish(2)]) as archive:
        archive.translate()
        engine.version = "2"
        assert archive.translate().wanted == 0
        assert archive.translate(again=True).translated == 2
        assert archive.translate(again=True).wanted == 0
        again = archive.get("es1").translation
        assert again is not None
        assert again.version == "2"


def test_a_changed_article_is_translated_anew_but_for_what_it_still_says(
    engine: FakeTranslator, tmp_path: Path
) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1)]) as archive:
        archive.translate()
        assert archive.update("es1", title="Otro título").translation is None
        engine.asked.clear()
        assert archive.translate().translated == 1
        assert engine.asked == ["Otro título"]
        assert archive.update("es1", url="https://example.es/").translation is not None


def test_a_language_without_a_pair_is_told_once(engine: FakeTranslator, tmp_path: Path) -> None:
    russian = [spanish(number, language="ru") for number in range(1, 8)]
    with archive_of(translating(tmp_path, engine="apertium"), [*russian, spanish(9)]) as archive:
        report = archive.translate()
        assert (report.wanted, report.translated, report.failed) == (8, 1, 0)
        assert report.without_pair == {"ru-en": 7}
        assert report.advice == {"ru-en": "There is no translation from ru to en. Teach it ru."}


def test_failures_are_counted_and_tried_again(engine: FakeTranslator, tmp_path: Path) -> None:
    def fail(paragraphs: Sequence[str]) -> None:
        if "Título 3" in paragraphs:
            raise TranslationFailed("a bad text")

    engine.fail = fail
    with archive_of(translating(tmp_path, engine="apertium"), map(spanish, range(1, 6))) as archive:
        report = archive.translate()
        assert (report.wanted, report.translated, report.failed, report.stopped) == (5, 4, 1, "")
        assert report.failures == {"a bad text": 1}
        engine.fail = lambda _: None
        assert archive.translate().translated == 1


def test_an_engine_that_is_gone_ends_the_run_and_what_was_done_is_written(
    engine: FakeTranslator, tmp_path: Path
) -> None:
    def fail(_: Sequence[str]) -> None:
        if len(engine.asked) > 8:
            raise Unreachable("nobody there")

    engine.fail = fail
    with archive_of(translating(tmp_path, engine="apertium"), map(spanish, range(1, 29))) as archive:
        report = archive.translate()
        assert report.stopped == "nobody there"
        assert report.failed < 10
        assert report.translated == archive.translation_stats().engines["fake"] > 0


def test_an_engine_that_cannot_say_what_it_has_ends_the_run(
    engine: FakeTranslator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has(*_: str) -> bool:
        raise Unreachable("nobody there")

    monkeypatch.setattr(engine, "has", has)
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1)]) as archive:
        assert archive.translate().stopped == "nobody there"


def test_a_dry_run_only_counts(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1), spanish(2)]) as archive:
        generation = archive.generation
        report = archive.translate(dry_run=True)
        assert (report.wanted, report.translated, report.words) == (2, 0, 2 * 15)
        assert (engine.asked, archive.generation) == ([], generation)


def test_numbers_addresses_and_names_that_are_lost_are_counted(engine: FakeTranslator, tmp_path: Path) -> None:
    body = "Juan Casas pagó 3.500 euros, dice https://example.es/a."
    names = (Entity("person", "Juan Casas", (Mention(0, 10, "body"),), given=True),)
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1, body, entities=names)]) as archive:
        engine.translate = lambda texts, *_: ["John Houses paid three thousand" for _ in texts]  # type: ignore[method-assign]
        report = archive.translate()
        assert (report.numbers_lost, report.addresses_lost, report.names_lost) == (3, 1, 1)


def test_progress_is_told_with_words_and_rate(engine: FakeTranslator, tmp_path: Path) -> None:
    told: list[TranslationProgress] = []
    engine.fail = lambda _: time.sleep(0.1)
    with archive_of(translating(tmp_path, engine="apertium"), map(spanish, range(1, 11))) as archive:
        archive.translate(progress=told.append)
    assert told
    assert told[-1].total == 10
    assert 0 < told[-1].articles <= 10
    assert told[-1].rate > 0


def test_several_threads_translate_what_one_does(engine: FakeTranslator, tmp_path: Path) -> None:
    articles = [replace(spanish(n % 28 + 1), id=f"n{n}", title=f"Número {n}") for n in range(200)]
    with archive_of(translating(tmp_path, processes=4, engine="apertium"), articles) as archive:
        assert archive.translate().translated == 200
        assert all(one.translation and one.translation.title == one.title.upper() for one in archive)


def test_another_writer_is_not_held_up_and_not_overtaken(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium"), [spanish(1)]) as archive:
        with archive.engine.writer(lambda one: one), pytest.raises(IndexLocked):
            archive.translate()
        asked = list(engine.asked)
        assert archive.translate().translated == 1
        assert engine.asked == asked  # it was kept


def test_two_runs_do_not_ask_for_the_same(engine: FakeTranslator, tmp_path: Path) -> None:
    config = translating(tmp_path, engine="apertium")

    def fail(_: Sequence[str]) -> None:
        with open_archive(config) as other, pytest.raises(IndexLocked, match="Another process is translating"):
            other.translate()
        with open_archive(config) as other:
            assert other.translate(dry_run=True).wanted == 1

    engine.fail = fail
    with archive_of(config, [spanish(1)]) as archive:
        assert archive.translate().translated == 1
        assert archive.translate().wanted == 0


def test_without_a_language_to_translate_into_there_is_nothing_to_do(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path, engine="apertium", into=()), [spanish(1)]) as archive:
        assert archive.translate().wanted == 0


def test_an_article_that_is_changed_meanwhile_waits_for_the_next_run(engine: FakeTranslator, tmp_path: Path) -> None:
    config = translating(tmp_path, engine="apertium")
    with archive_of(config, [spanish(1)]) as archive:

        def fail(_: Sequence[str]) -> None:
            engine.fail = lambda _: None
            with open_archive(config) as other:
                other.update("es1", title="Ya no")

        engine.fail = fail
        report = archive.translate()
        assert (report.translated, report.changed) == (0, 1)
        assert archive.get("es1").translation is None
        assert archive.translate().translated == 1


def test_without_an_engine_the_setting_is_told(tmp_path: Path) -> None:
    with archive_of(translating(tmp_path), [spanish(1)]) as archive, pytest.raises(UsageError, match="engine ="):
        archive.translate()


def test_a_missing_program_is_told_before_a_build_starts(tmp_path: Path) -> None:
    config = translating(tmp_path, engine="command", command="no-such-program", with_build=True)
    with open_archive(config) as archive, pytest.raises(ConfigError, match="no program 'no-such-program'"):
        archive.add([spanish(1)])


def test_a_build_translates_what_is_new_in_it(engine: FakeTranslator, tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(spanish(number).to_dict()) for number in range(1, 5)))
    with open_archive(translating(tmp_path, engine="apertium", with_build=True)) as archive:
        assert archive.build(source).new == 4
        assert archive.translation_stats().engines == {"fake": 4}
        engine.asked.clear()
        assert archive.build(source).unchanged == 4
        assert engine.asked == []


def test_a_build_goes_on_where_translations_fail_and_says_so(engine: FakeTranslator, tmp_path: Path) -> None:
    def fail(paragraphs: Sequence[str]) -> None:
        if "Título 2" in paragraphs:
            raise TranslationFailed("a bad text")
        if "Título 4" in paragraphs:
            raise Unreachable("gone")

    engine.fail = fail
    articles = [spanish(8, language="pt"), *map(spanish, range(1, 7))]
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(one.to_dict()) for one in articles))
    with open_archive(translating(tmp_path, engine="apertium", with_build=True)) as archive:
        report = archive.build(source)
        assert (report.new, report.rejected) == (7, 0)
        # After the engine was gone at the fourth, the fifth and sixth were not held up by it.
        assert report.notes == {"not_translated": 4, "no_translation_pair": 1}
        engine.fail = lambda _: None
        assert archive.translate().translated == 4


SLOW = """
import sys, time
lines = sys.stdin.read().splitlines()
time.sleep(0.02)
with open({log!r}, "a", encoding="utf-8") as log:
    log.write("".join(line + "\\n" for line in lines))
print("\\n".join(line.upper() for line in lines))
"""


def slow_config(tmp_path: Path, log: Path) -> tuple[Config, Path]:
    script = tmp_path / "slow.py"
    script.write_text(SLOW.format(log=str(log)))
    command = f"{sys.executable} {script}"
    config = translating(tmp_path, engine="command", command=command)
    file = tmp_path / "config.toml"
    file.write_text(
        f'[archive]\nindex = "{config.archive.index}"\n[engine]\nprocesses = 1\n[entities]\nenabled = false\n'
        f'[translation]\nengine = "command"\ncommand = "{command}"\n'
    )
    return config, file


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    log = tmp_path / "log"
    config, file = slow_config(tmp_path, log)
    articles = [replace(spanish(n % 28 + 1), id=f"n{n}", title=f"Número {n}", body=f"Texto {n}") for n in range(40)]
    with archive_of(config, articles) as archive:
        command = [sys.executable, "-m", "indexer", "--config", str(file), "translate"]
        for stop in (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM):
            before = log.read_text().count("\n") if log.exists() else 0
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            deadline = time.monotonic() + 60
            while not log.exists() or log.read_text().count("\n") < before + 10:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            os.kill(process.pid, stop)
            process.communicate()
            assert process.returncode == (-stop if stop is signal.SIGKILL else 128 + stop)
        archive.refresh()
        done = sum(one.translation is not None for one in archive)
        assert 0 < done < 40  # SIGTERM wrote what was there
        report = archive.translate()
        assert report.translated == 40 - done
        assert all(one.translation and one.translation.body == one.body.upper() for one in archive)
        assert archive.check().problems == ()
    counts = Counter(log.read_text().splitlines())
    # Asked again is at most the article at which it was killed.
    assert set(counts) == {line for one in articles for line in (one.title, one.body)}
    assert sum(count - 1 for count in counts.values()) <= 2 * 2


def test_what_an_export_says_of_a_translation_is_not_asked_again(engine: FakeTranslator, tmp_path: Path) -> None:
    with archive_of(translating(tmp_path / "a", engine="apertium"), [spanish(1)]) as archive:
        archive.translate()
        record = archive.get("es1").to_dict()
    engine.asked.clear()
    with open_archive(translating(tmp_path / "b", engine="apertium", with_build=True)) as other:
        assert other.add([Article.from_dict(record)]) == WriteCounts(new=1)
        assert other.get("es1").translation is not None
    assert engine.asked == []
