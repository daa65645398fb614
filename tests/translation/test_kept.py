"""What has been translated once is not asked again."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import StateError
from indexer.translation.base import NoPair, TranslationFailed
from indexer.translation.kept import Kept
from indexer.translation.store import FILE_NAME, TranslationStore, kept_in, key_of
from tests.translation.fakes import FakeTranslator


@pytest.fixture
def engine() -> FakeTranslator:
    return FakeTranslator()


@pytest.fixture
def kept(engine: FakeTranslator, tmp_path: Path) -> Iterator[Kept]:
    opened = Kept(engine, TranslationStore(tmp_path))
    yield opened
    opened.close()


def test_a_text_is_asked_once_whatever_article_has_it(kept: Kept, engine: FakeTranslator) -> None:
    assert kept.translate(["uno", "dos", "uno"], "es", "en") == ["UNO", "DOS", "UNO"]
    assert kept.translate(["dos", "tres"], "es", "en") == ["DOS", "TRES"]
    assert engine.asked == ["uno", "dos", "tres"]
    assert (kept.work.asked, kept.work.known) == (3, 1)


def test_other_languages_engines_and_versions_are_other_texts(engine: FakeTranslator, tmp_path: Path) -> None:
    for name, version, source in (("a", "1", "es"), ("a", "2", "es"), ("b", "1", "es"), ("a", "1", "ca")):
        engine.name, engine.version = name, version
        kept = Kept(engine, TranslationStore(tmp_path))
        kept.translate(["no"], source, "en")
        kept.close()
    assert engine.asked == ["no"] * 4


def test_spaces_around_and_texts_without_letters_stay_out_of_it(kept: Kept, engine: FakeTranslator) -> None:
    texts = ["", "  \n", "1.234,5 %", " uno\t", "— * —"]
    assert kept.translate(texts, "es", "en") == ["", "  \n", "1.234,5 %", " UNO\t", "— * —"]
    assert engine.asked == ["uno"]


def test_what_came_before_a_failure_is_kept(kept: Kept, engine: FakeTranslator) -> None:
    long = ["a" * 5_000, "b" * 5_000]

    def fail(paragraphs: object) -> None:
        if engine.asked:
            raise TranslationFailed("tired")

    engine.fail = fail
    with pytest.raises(TranslationFailed, match="tired"):
        kept.translate(long, "es", "en")
    engine.fail = lambda _: None
    assert kept.translate(long, "es", "en") == ["A" * 5_000, "B" * 5_000]
    assert engine.asked == long


def test_an_answer_stays_one_paragraph(kept: Kept, engine: FakeTranslator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "translate", lambda *_: [" one\n \n\ntwo\0  three "])
    assert kept.translate(["uno"], "es", "en") == ["one\ntwo three"]


def test_no_answer_is_a_failure_and_not_kept(
    kept: Kept, engine: FakeTranslator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "translate", lambda *_: [" "])
    with pytest.raises(TranslationFailed, match="fake answered nothing for a text"):
        kept.translate(["uno"], "es", "en")
    assert kept_in(tmp_path)[0] == 0


def test_a_language_that_the_engine_does_not_have_is_not_asked(kept: Kept, engine: FakeTranslator) -> None:
    with pytest.raises(NoPair, match=r"There is no translation from ru to en\. Teach it ru\."):
        kept.translate(["раз"], "ru", "en")
    assert engine.asked == []


def test_names_are_kept_out_of_the_way_of_engines_that_pass_what_they_do_not_know(
    kept: Kept, engine: FakeTranslator, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"Habla Zqxa": "Zqxa speaks", "Zqxa y Zqxb": "Zqxa and", "Iglesias y Casas": "Churches and Houses"}
    monkeypatch.setattr(engine, "translate", lambda texts, *_: [answers[text] for text in texts])
    engine.passes_unknown = True
    names = ("Iglesias", "Casas")
    assert kept.translate(["Habla Casas", "Habla Iglesias"], "es", "en", names) == ["Casas speaks", "Iglesias speaks"]
    assert kept.translate(["Iglesias y Casas"], "es", "en", names) == ["Churches and Houses"]


def test_several_writers_share_one_file(tmp_path: Path) -> None:
    def write(number: int) -> None:
        store = TranslationStore(tmp_path)
        for text in range(50):
            store.keep({key_of("a", "", "es", "en", f"{number}/{text}"): "x"}, "a")
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert kept_in(tmp_path)[0] == 200


def test_a_file_that_is_no_store_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(StateError, match=f"The translations in .*{FILE_NAME} cannot be used: file is not a database"):
        TranslationStore(tmp_path)
    assert kept_in(tmp_path) == (0, 11_000)


def test_a_disk_that_is_full_fails_the_text_alone(kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocker = sqlite3.connect(tmp_path / FILE_NAME)
    blocker.execute("DROP TABLE paragraphs")
    blocker.close()
    with pytest.raises(TranslationFailed, match="cannot be read"):
        kept.translate(["uno"], "es", "en")
