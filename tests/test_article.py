"""What identifies an article, what counts as a change of it, and how its date reads."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from indexer.article import Article, Entity, Mention, Precision, Published, content_hash, derive_id

MOMENT = datetime(2021, 10, 14, 11, 15, 48, tzinfo=UTC)
ARTICLE = Article(
    id="a",
    title="Lavrov meets Biden",
    body="Moscow-SANA, Lavrov met Biden.",
    published=Published(MOMENT, zone="+00:00"),
    source="SANA",
    author=("A. Writer",),
    topic=("Ferries",),
    entities=(Entity("person", "Sergey Lavrov", (Mention(13, 19),)), Entity("place", "Moscow", given=True)),
    extra={"topics": ["diplomacy"]},
)


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (Precision.SECOND, "2021-10-14T11:15:48Z"),
        (Precision.DAY, "2021-10-14"),
        (Precision.MONTH, "2021-10"),
        (Precision.YEAR, "2021"),
    ],
)
def test_a_date_reads_as_precisely_as_it_was_stated(precision: Precision, text: str) -> None:
    assert Published(MOMENT, precision).isoformat() == text


def test_a_date_is_written_in_utc_with_four_digits_for_the_year() -> None:
    east = datetime(987, 6, 5, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert Published(east).isoformat() == "0987-06-04T22:00:00Z"


def test_the_day_is_the_utc_day() -> None:
    assert Published(MOMENT).day == date(2021, 10, 14)


def test_names_lists_one_kind_in_order() -> None:
    assert ARTICLE.names("person") == ("Sergey Lavrov",)
    assert ARTICLE.names("place") == ("Moscow",)
    assert ARTICLE.names("organisation") == ()


def test_the_hash_is_128_bits_and_stable() -> None:
    assert content_hash(ARTICLE) == content_hash(replace(ARTICLE))
    assert len(content_hash(ARTICLE)) == 32
    assert ARTICLE.with_hash().content_hash == content_hash(ARTICLE)
    assert content_hash(ARTICLE.with_hash()) == content_hash(ARTICLE)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"summary": "New"},
        {"body": "Other"},
        {"published": None},
        {"published": Published(MOMENT, Precision.DAY)},
        {"published": Published(MOMENT, zone="EST")},
        {"source": "TASS"},
        {"author": ()},
        {"topic": ()},
        {"extra": {}},
        {"entities": (Entity("place", "Rome", given=True),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_the_source_says_differently_changes_the_hash(change: dict[str, Any]) -> None:
    assert content_hash(replace(ARTICLE, **change)) != content_hash(ARTICLE)


def test_a_better_tagger_does_not_change_the_hash() -> None:
    given = tuple(entity for entity in ARTICLE.entities if entity.given)
    assert content_hash(replace(ARTICLE, entities=given)) == content_hash(ARTICLE)


def test_an_id_is_derived_from_source_date_and_title() -> None:
    published = Published(MOMENT)
    first = derive_id("SANA", published, "Title", "one body")
    assert first == derive_id("SANA", published, "Title", "another body")
    assert first.startswith("h-")
    assert len(first) == 26
    others = {
        derive_id("TASS", published, "Title"),
        derive_id("SANA", None, "Title"),
        derive_id("SANA", published, "Other"),
        derive_id(None, published, "Title"),
    }
    assert len(others | {first}) == 5


def test_untitled_notes_of_one_day_stay_apart_by_their_text() -> None:
    assert derive_id("SANA", None, "", "first note") != derive_id("SANA", None, "", "second note")


def test_an_id_can_be_derived_from_text_that_is_no_unicode() -> None:
    assert derive_id("\ud800", None, "x") != derive_id("\ud801", None, "x")


@pytest.mark.parametrize(
    ("moment", "published", "day"),
    [
        (date(2021, 10, 14), Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY), date(2021, 10, 14)),
        (datetime(2021, 10, 14, 11, 15, 48), Published(MOMENT), date(2021, 10, 14)),
        (MOMENT, Published(MOMENT, zone="+00:00"), date(2021, 10, 14)),
        (
            datetime(2021, 10, 14, 20, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
            Published(datetime(2021, 10, 15, 5, 30, tzinfo=UTC), zone="-09:30"),
            date(2021, 10, 14),
        ),
    ],
    ids=str,
)
def test_a_moment_of_python_is_a_date(moment: date, published: Published, day: date) -> None:
    assert (Published.of(moment), Published.of(moment).day) == (published, day)


def test_an_article_is_shown_in_a_line() -> None:
    assert repr(ARTICLE) == "<Article 'a': 'Lavrov meets Biden', SANA, 2021-10-14T11:15:48Z>"
    assert repr(Article("b", "x" * 100, body="y" * 9_000)) == f"<Article 'b': '{'x' * 59}…'>"
