"""An article survives its record; a record that was edited is no longer taken at its word."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import ENTITY_KINDS, Article, Entity, Mention, Precision, Published
from indexer.interchange import from_record, to_record

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe = st.none() | text
instants = st.datetimes(min_value=datetime(1, 1, 1), timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))


def _floor(published: Published) -> Published:
    day = {"day": published.instant.day, "month": published.instant.month}
    match published.precision:
        case Precision.YEAR:
            day = {"day": 1, "month": 1}
        case Precision.MONTH:
            day["day"] = 1
        case Precision.SECOND:
            return published
    return replace(published, instant=published.instant.replace(hour=0, minute=0, second=0, **day))  # type: ignore[arg-type]  # by name


published = st.builds(Published, instants, st.sampled_from(Precision), maybe).map(_floor)
mentions = st.builds(Mention, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["title", "summary", "body"]))
entities = st.builds(
    Entity,
    st.sampled_from(ENTITY_KINDS),
    text,
    st.lists(mentions, max_size=2).map(tuple),
    st.booleans(),
    st.lists(text, max_size=2).map(tuple),
)
json_values = st.none() | st.booleans() | st.integers(-1000, 1000) | text | st.lists(text, max_size=2)
articles = st.builds(
    Article,
    id=text,
    title=text,
    summary=text,
    body=text,
    published=st.none() | published,
    source=maybe,
    category=maybe,
    language=maybe,
    translated_from=maybe,
    author=st.lists(text, max_size=2).map(tuple),
    topic=st.lists(text, max_size=2).map(tuple),
    url=maybe,
    archived_url=maybe,
    original_url=maybe,
    dateline=maybe,
    entities=st.lists(entities, max_size=2).map(tuple),
    extra=st.dictionaries(text, json_values, max_size=2),
).map(Article.with_hash)


@given(articles)
def test_an_article_survives_its_json_line(article: Article) -> None:
    assert from_record(orjson.loads(orjson.dumps(to_record(article)))) == article


WHOLE = Article("a", "Title", body="Text", published=Published(datetime(2021, 10, 14, tzinfo=UTC))).with_hash()


def test_the_record_reads_like_other_records() -> None:
    assert to_record(WHOLE) == {
        "id": "a",
        "title": "Title",
        "summary": "",
        "body": "Text",
        "published": "2021-10-14T00:00:00Z",
        "precision": "second",
        "zone": None,
        "source": None,
        "category": None,
        "language": None,
        "translated_from": None,
        "url": None,
        "archived_url": None,
        "original_url": None,
        "dateline": None,
        "author": [],
        "topic": [],
        "entities": [],
        "extra": {},
        "added": None,
        "changed": None,
        "content_hash": WHOLE.content_hash,
    }


def test_a_given_name_that_was_made_canonical_is_no_edit_and_another_one_is() -> None:
    named = replace(WHOLE, entities=(Entity("person", "Zelensky", given=True),)).with_hash()
    filed = replace(named, entities=(Entity("person", "Volodymyr Zelenskyy", given=True, variants=("Zelensky",)),))
    record = to_record(filed)
    assert (record["content_hash"], from_record(record)) == (named.content_hash, filed)
    record["entities"][0]["name"] = "Somebody Else"
    assert from_record(record) is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Edited"},
        {"title": None},
        {"content_hash": ""},
        {"content_hash": 5},
        {"precision": "minute"},
        {"published": "last week"},
        {"author": 7},
        {"topic": [7]},
        {"entities": [{"kind": "animal", "name": "cat", "mentions": [], "given": False, "variants": []}]},
        {"entities": ["x"]},
        {"extra": 3},
    ],
    ids=str,
)
def test_an_edited_record_is_a_strangers(change: dict[str, Any]) -> None:
    assert from_record({**to_record(WHOLE), **change}) is None


def test_a_strangers_record_is_a_strangers() -> None:
    assert from_record({"headline": "x"}) is None
    assert from_record({"content_hash": "0" * 32}) is None
