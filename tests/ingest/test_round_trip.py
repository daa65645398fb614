"""What `indexer export` writes, read back, is the same article to the last field."""

from datetime import UTC, datetime, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import ENTITY_KINDS, Article, Entity, Mention, Precision, Published
from indexer.config import Config
from indexer.ingest.normalise import Preparer
from indexer.ingest.raw import RawArticle
from indexer.interchange import to_record
from indexer.rejection import Origin

from .conftest import Building

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SOME = st.none() | TEXT
FIRST = datetime(1000, 1, 1, tzinfo=UTC)


def _published(days: int, seconds: int, precision: Precision, zone: str | None) -> Published:
    instant = FIRST + timedelta(days=days, seconds=seconds if precision is Precision.SECOND else 0)
    if precision in (Precision.MONTH, Precision.YEAR):
        instant = instant.replace(day=1)
    if precision is Precision.YEAR:
        instant = instant.replace(month=1)
    return Published(instant, precision, zone)


PUBLISHED = st.none() | st.builds(
    _published,
    st.integers(0, 400_000),
    st.integers(0, 86_399),
    st.sampled_from(Precision),
    st.sampled_from([None, "+03:00", "EST"]),
)
ENTITIES = st.builds(
    Entity,
    st.sampled_from(ENTITY_KINDS),
    TEXT,
    st.lists(
        st.builds(Mention, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["title", "body"])), max_size=3
    ).map(tuple),
    st.booleans(),
    st.lists(TEXT, max_size=2).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
ADDRESSES = st.none() | st.text(st.sampled_from("abc/?=&%7 é"), max_size=20).map("https://example.org/{}".format)
ARTICLES = st.builds(
    Article,
    id=TEXT.filter(bool),
    title=TEXT,
    summary=TEXT,
    body=TEXT,
    published=PUBLISHED,
    source=SOME,
    category=SOME,
    language=SOME,
    translated_from=SOME,
    author=st.lists(TEXT, max_size=3).map(tuple),
    topic=st.lists(TEXT, max_size=3).map(tuple),
    url=ADDRESSES,
    archived_url=ADDRESSES,
    original_url=ADDRESSES,
    dateline=SOME,
    entities=st.lists(ENTITIES, max_size=3).map(tuple),
    extra=st.dictionaries(TEXT, JSON, max_size=3),
).map(Article.with_hash)


@given(ARTICLES)
def test_any_article_survives(article: Article) -> None:
    line = orjson.dumps(to_record(article))
    assert Preparer(Config())(RawArticle(Origin("x", 1), json=line)) == article


def test_an_export_builds_the_same_archive(building: Building) -> None:
    building.write("a.txt", "Title\n\nA first paragraph about the bridge.\n\nA second one, with more of it.\n")
    building.write(
        "b.jsonl", '{"id": 1, "title": "T", "text": "<p>B</p>", "date": "7/25/2020, 2:34:23 PM", "x": [1]}\n'
    )
    building.run()
    export = b"\n".join(orjson.dumps(to_record(article)) for article in building.articles)
    other = Building(building.root / "other")
    other.folder.mkdir(parents=True)
    other.write("export.jsonl", export)
    assert other.run().new == 2
    assert other.engine.articles == building.engine.articles
    building.write("export.jsonl", export)
    assert building.run().unchanged == 4


def test_an_export_that_was_edited_is_read_like_any_other(building: Building) -> None:
    building.write("b.jsonl", '{"id": 1, "title": "T", "text": "B", "date": "2020-07-25", "x": [1]}\n')
    building.run()
    record = to_record(building.articles[0]) | {"title": "Changed"}
    building.write("b.jsonl", orjson.dumps(record))
    assert building.run().replaced == 1
    (article,) = building.articles
    assert (article.id, article.title, article.extra) == ("1", "Changed", {"x": [1]})
    assert article.published is not None
    assert article.published.precision is Precision.DAY
