"""An article keeps its machine translation wherever it is written down, and is the same article with it or without."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Translation
from indexer.engines.shared.search.cursor import read_cursor, write_cursor
from indexer.engines.shared.stored_article import article_to_record, pack_record, record_to_article, unpack_record
from indexer.errors import UsageError, WrongType, WrongValue
from indexer.interchange import from_record, to_record
from indexer.receipts import pairs as search_pairs
from indexer.search.request import SearchRequest
from tests.engines.memory import make_archive

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
instants = st.none() | st.datetimes(min_value=datetime(1, 1, 1), timezones=st.just(UTC))
translations = st.builds(Translation, text, text, text, text, text, text, instants)

WHOLE = Article("a", "Título", body="Uno\n\nDos", language="es").with_hash()
ENGLISH = Translation("en", "Title", "", "One\n\nTwo", "apertium", "3.8.3", datetime(2026, 12, 1, 9, 30, tzinfo=UTC))


@given(translations)
def test_a_stored_translation_survives(translation: Translation) -> None:
    stored = unpack_record(pack_record(article_to_record(WHOLE.with_translation(translation))))
    assert record_to_article(stored).translation == translation


@given(translations)
def test_a_translation_survives_its_json_line_and_a_program(translation: Translation) -> None:
    article = WHOLE.with_translation(translation)
    line = from_record(orjson.loads(orjson.dumps(to_record(article))))
    assert line == article
    assert line.translation == translation
    assert Article.from_dict(article.to_dict()).translation == translation


def test_the_record_names_the_parts_of_a_translation() -> None:
    assert to_record(WHOLE.with_translation(ENGLISH))["translation"] == {
        "language": "en",
        "title": "Title",
        "summary": "",
        "body": "One\n\nTwo",
        "engine": "apertium",
        "version": "3.8.3",
        "made": "2026-12-01T09:30:00Z",
    }
    assert "translation" not in to_record(WHOLE)
    assert "translation" not in article_to_record(WHOLE)


def test_a_translation_is_no_part_of_what_the_article_says() -> None:
    article = WHOLE.with_translation(ENGLISH)
    assert article == WHOLE
    assert article.with_hash().content_hash == WHOLE.content_hash


def test_an_article_keeps_its_translation_when_it_is_filed_tagged_and_hashed() -> None:
    article = replace(WHOLE, partial=True).with_translation(ENGLISH)
    for copied in (article.taken_in(datetime.now(UTC)), article.with_entities(()), article.with_hash()):
        assert copied.translation == ENGLISH
    assert article.with_hash().partial
    assert article.with_entities(()).partial


@pytest.mark.parametrize(
    ("translation", "error"),
    [("Title", WrongType), ({"title": "Title"}, WrongValue), ({"language": "en", "title": 5}, WrongValue)],
)
def test_a_wrong_translation_is_refused(translation: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        Article.from_dict({"id": "a", "translation": translation})


def test_a_program_that_changes_the_text_drops_the_translation_and_one_that_changes_facts_keeps_it() -> None:
    archive = make_archive([replace(WHOLE, url="https://a.example/1").with_hash().with_translation(ENGLISH)])
    archive.update("a", category="Mundo")
    kept = archive.get("a")
    assert (kept.translation, [version.translation for version in kept.earlier]) == (ENGLISH, [None])
    archive.update("a", body="Uno\n\nTres")
    assert archive.get("a").translation is None
    assert archive.search("translation:two").total == 0


def test_a_search_without_translations_is_another_one_for_receipts_and_cursors() -> None:
    without = SearchRequest(query="war", translation=False)
    assert search_pairs.read(search_pairs.write(without)) == without
    assert search_pairs.read(search_pairs.write(SearchRequest(query="war"))).translation
    cursor = write_cursor(replace(without, translation=True), (1.0,), "a")
    with pytest.raises(UsageError):
        read_cursor(without, cursor, 1)


def test_files_and_scans_without_translations_have_none() -> None:
    archive = make_archive([WHOLE.with_translation(ENGLISH)])
    assert [article.translation for article in archive.scan()] == [ENGLISH]
    assert [article.translation for article in archive.scan(translation=False)] == [None]
