"""An article survives its record; a record that was edited is no longer taken at its word."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import ENTITY_KINDS, Addition, Article, Entity, Mention, Precision, Published, Revision
from indexer.errors import WrongType, WrongValue
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
    st.none() | st.builds(Addition, text, text),
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
        "collection": [],
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


# What programs use: `to_dict` and `from_dict`

EAST = timezone(timedelta(hours=1))
instants_of_any_kind = st.datetimes(
    min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.just(UTC)
)
zones = st.none() | st.sampled_from(["EST", "+03:00", "Europe/Paris", "nowhere"])
exact = st.builds(
    Published, instants_of_any_kind, st.sampled_from(Precision), zones, st.integers(-720, 720)
).map(_floor)  # fmt: skip
moments = st.none() | st.datetimes(
    min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.just(UTC)
)
revisions = st.none() | st.builds(Revision, st.integers(0, 9), moments, moments)
single = st.builds(
    replace, articles, published=st.none() | exact, revision=revisions, added=moments, changed=moments,
    withdrawn=st.booleans(), partial=st.booleans(), content_hash=text,
)  # fmt: skip
programs_articles = st.builds(replace, single, earlier=st.lists(single, max_size=2).map(tuple))


def _everything(article: Article) -> list[object]:
    """All values of an article, those that play no part in comparisons too."""
    values = [getattr(article, name) for name in Article.__dataclass_fields__ if name != "earlier"]
    offset = article.published.offset if article.published else None
    return [*values, offset, [_everything(version) for version in article.earlier]]


@given(programs_articles)
def test_nothing_of_an_article_is_lost_in_its_dictionary(article: Article) -> None:
    read = Article.from_dict(json.loads(json.dumps(article.to_dict())))
    assert read == article
    assert _everything(read) == _everything(article)


def test_a_dictionary_may_be_changed() -> None:
    record = {**WHOLE.to_dict(), "title": "Edited", "published": "2021-11", "precision": None, "author": ["Ann"]}
    assert Article.from_dict(record) == replace(
        WHOLE, title="Edited", author=("Ann",), published=Published(datetime(2021, 11, 1, tzinfo=UTC), Precision.MONTH)
    )
    finer = replace(WHOLE, published=Published(datetime(2021, 10, 14, 1, 2, 3, 4, tzinfo=UTC)))
    changed = Article.from_dict(finer.to_dict() | {"published": "2022-01-02T03:04:05Z"})
    assert changed.published == Published(datetime(2022, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        (date(2021, 10, 14), Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY)),
        (datetime(2021, 10, 14, 1, tzinfo=EAST), Published(datetime(2021, 10, 14, tzinfo=UTC), zone="+01:00")),
        (WHOLE.published, WHOLE.published),
        ("2021", Published(datetime(2021, 1, 1, tzinfo=UTC), Precision.YEAR)),
        (None, None),
    ],
    ids=str,
)  # fmt: skip
def test_a_little_is_an_article_too(stated: object, published: Published | None) -> None:
    assert Article.from_dict({"id": "a", "published": stated}) == Article("a", published=published)


@pytest.mark.parametrize(
    ("record", "error", "message"),
    [
        (17, WrongType, "An article is made of a mapping, not of int."),
        ({"title": "x"}, WrongValue, "The record of an article has no 'id'."),
        ({"id": 5}, WrongType, "'id' is text, not int."),
        ({"id": "a", "titel": "x"}, WrongValue, "The record of an article has no 'titel'. Perhaps you meant 'title'?"),
        ({"id": "a", "zzz": 1}, WrongValue, "has no 'zzz'. What no field holds belongs into 'extra'."),
        ({"id": "a", "author": "Ann"}, WrongType, "'author' is a list, not str."),
        ({"id": "a", "source": 5}, WrongType, "'source' is text or None, not int."),
        (
            {"id": "a", "published": "soon"},
            WrongValue,
            "article 'a' cannot be read: published 'soon' is no date to the",
        ),
        ({"id": "a", "topic": [5]}, WrongValue, "The record of article 'a' cannot be read: 5."),
        ({"id": "a", "earlier": [{"id": "b", "x": 1}]}, WrongValue, "The record of an article has no 'x'."),
    ],
    ids=str,
)
def test_what_is_no_dictionary_of_an_article_is_refused(record: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as why:
        Article.from_dict(record)
    assert message in str(why.value)


def test_the_record_of_a_partial_article_says_so() -> None:
    assert "partial" not in to_record(WHOLE)
    assert to_record(WHOLE.without_body())["partial"] is True
