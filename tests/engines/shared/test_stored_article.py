"""A stored record is the article, whatever it holds."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Addition, Article, Entity, Mention, Precision, Published
from indexer.engines.shared.stored_article import article_to_record, pack_record, record_to_article, unpack_record

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
MAYBE = st.none() | TEXT
MENTIONS = st.builds(Mention, st.integers(0, 9), st.integers(0, 9), st.sampled_from(["title", "body"]))
ENTITIES = st.builds(
    Entity,
    st.sampled_from(["person", "organisation", "place"]),
    TEXT,
    st.lists(MENTIONS, max_size=2).map(tuple),
    st.booleans(),
    st.lists(TEXT, max_size=2).map(tuple),
    st.none() | st.builds(Addition, TEXT, TEXT),
)
ARTICLES = st.builds(
    Article,
    id=TEXT,
    title=TEXT,
    summary=TEXT,
    body=TEXT,
    published=st.none()
    | st.builds(
        Published,
        st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)),
        st.sampled_from(Precision),
        MAYBE,
    ),
    source=MAYBE,
    category=MAYBE,
    language=MAYBE,
    translated_from=MAYBE,
    author=st.lists(TEXT, max_size=3).map(tuple),
    topic=st.lists(TEXT, max_size=3).map(tuple),
    url=MAYBE,
    archived_url=MAYBE,
    original_url=MAYBE,
    dateline=MAYBE,
    entities=st.lists(ENTITIES, max_size=3).map(tuple),
    extra=st.dictionaries(TEXT, st.integers(-5, 5) | TEXT | st.lists(TEXT, max_size=2), max_size=3),
    content_hash=TEXT,
)


@given(ARTICLES)
def test_an_article_survives(article: Article) -> None:
    assert record_to_article(unpack_record(pack_record(article_to_record(article)))) == article


def test_defaults_are_left_out() -> None:
    assert pack_record(article_to_record(Article(id="x", title="T"))) == b'{"id":"x","title":"T"}'


def test_what_json_cannot_hold_is_mended() -> None:
    record = article_to_record(Article(id="x", title="a\ud800b", extra={"n": 2**80, "k": [1, {"\udfff": None}]}))
    assert unpack_record(pack_record(record)) == {
        "id": "x",
        "title": "a�b",
        "extra": {"n": str(2**80), "k": [1, {"�": None}]},
    }
