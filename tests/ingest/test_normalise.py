"""RawArticle -> Article: fields by alias, ids, extra, given entities, limits."""

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article, derive_id
from indexer.config import ArchiveConfig, Config
from indexer.ingest.aliases import ALIASES
from indexer.ingest.assembly import MOST_EXTRA_BYTES
from indexer.ingest.normalise import Preparer
from indexer.ingest.notes import Notes
from indexer.ingest.raw import RawArticle
from indexer.interchange import to_record
from indexer.rejection import Origin, Rejected

PREPARE = Preparer(Config())


def prepared(record: dict[str, Any], **ingest: Any) -> Article:
    config = Config()
    config = replace(config, ingest=replace(config.ingest, **ingest))
    as_json = Preparer(config)(RawArticle(Origin("x"), json=json.dumps(record).encode()))
    assert as_json == Preparer(config)(record)
    return as_json


def test_a_plain_record() -> None:
    article = prepared(
        {
            "id": 17,
            "Headline": "Bridge <b>reopens</b>",
            "Publish_Date": "2021-10-14T11:15:48+03:00",
            "publisher.name": "KNA",
            "section": "News > Local",
            "inLanguage": "en-GB",
            "byline": "By Ann Lee",
            "text": "<p>One.</p><p>Two.</p>",
            "dc:description": "Short.",
            "link": "https://kna.example/1?utm_source=x",
            "original_language": "deu",
            "originalUrl": "https://kna.example/de/1",
            "wordcount": 2,
            "nothing": None,
        }
    )
    assert article.published is not None
    assert (article.published.isoformat(), article.published.zone) == ("2021-10-14T08:15:48Z", "+03:00")
    expected = Article(
        id="17",
        title="Bridge reopens",
        summary="Short.",
        body="One.\n\nTwo.",
        published=article.published,
        source="KNA",
        category="News/Local",
        language="en",
        translated_from="de",
        author=("Ann Lee",),
        url="https://kna.example/1?utm_source=x",
        original_url="https://kna.example/de/1",
        extra={"wordcount": 2},
    )
    assert article == expected.with_hash()


@pytest.mark.parametrize("field", ["title", "body", "summary", "source", "category", "dateline"])
def test_every_alias_of_a_text_field_is_known(field: str) -> None:
    for name in ALIASES[field]:
        if name == "article" or name in ("meta", "metadata"):
            continue
        for spelling in (name, name.upper(), f"ns:{name}"):
            record = {spelling: "Words"} | ({} if field in ("title", "body") else {"id": "1", "title": "T"})
            assert getattr(prepared(record), field if field != "summary" else "summary") == "Words", spelling


def test_of_two_names_the_better_wins_and_the_other_is_kept() -> None:
    article = prepared({"name": "Worse", "title": "Better", "date": "2021-10-15", "published": "2021-10-14"})
    assert (article.title, article.extra) == ("Better", {"name": "Worse", "date": "2021-10-15"})
    assert article.published is not None
    assert article.published.isoformat() == "2021-10-14"


def test_the_configuration_names_further_fields() -> None:
    article = prepared(
        {"Kop": "Brug open", "title": "x", "tekst": "Lang."}, field_aliases={"kop": "title", "tekst": "body"}
    )
    assert (article.title, article.body, article.extra) == ("Brug open", "Lang.", {"title": "x"})


@pytest.mark.parametrize(
    "record",
    [
        {"_index": "n", "_id": "7", "_source": {"title": "T", "text": "B", "source": {"id": None, "name": "KNA"}}},
        {"id": "7", "webTitle": "T", "fields": {"bodyText": "B"}, "publication": "KNA"},
        {"_id": {"$oid": "7"}, "headline": {"main": "T"}, "body": "B", "source": "KNA"},
        {"uuid": "7", "title": "T", "text": "B", "thread": {"site": "KNA"}},
        {
            "id": "7",
            "title": "T",
            "contents": None,
            "content": [{"type": "byline", "content": "x"}, {"content": "B"}],
            "site": "KNA",
        },
    ],
)
def test_wrapped_and_nested_fields(record: dict[str, Any]) -> None:
    article = prepared(record)
    assert (article.id, article.title, article.body, article.source) == ("7", "T", "B", "KNA")


def test_the_id_is_given_or_the_address_or_derived() -> None:
    assert prepared({"guid": "g", "url": "https://a.example/1", "title": "T"}).id == "g"
    assert prepared({"url": "HTTPS://A.example/1?utm_source=x#top", "title": "T"}).id == "https://a.example/1"
    derived = prepared({"title": "T", "source": "KNA", "date": "2021-10-14", "text": "B"})
    assert derived.id == derive_id("KNA", derived.published, "T")
    assert prepared({"id": "x" * 513, "url": "https://a.example/1", "title": "T"}).id == "https://a.example/1"


def test_the_host_stands_in_for_a_missing_source() -> None:
    assert prepared({"url": "https://www.kna.example/1", "title": "T"}).source == "kna.example"


def test_an_address_that_is_none_never_becomes_a_link() -> None:
    article = prepared(
        {"title": "T", "url": "javascript:alert(1)", "archived_url": "data:x", "original_url": "ftp://x"}
    )
    assert (article.url, article.archived_url, article.original_url) == (None, None, None)
    assert article.extra["url_stated"] == "javascript:alert(1)"


def test_an_archived_address_gives_the_original() -> None:
    article = prepared({"title": "T", "url": "https://web.archive.org/web/2021/https://kna.example/1"})
    assert (article.url, article.archived_url) == (
        "https://kna.example/1",
        "https://web.archive.org/web/2021/https://kna.example/1",
    )


def test_an_impossible_date_leaves_the_article_undated_and_is_kept() -> None:
    article = prepared({"title": "T", "date": "2021-02-30"})
    assert (article.published, article.extra) == (None, {"date": "2021-02-30", "date_stated": "2021-02-30"})


@pytest.mark.parametrize("stated", ["Tue, 14 Feb 121 10:00:00 GMT", "14 February 121", "Mar 3, 20211", "1400-07-22"])
def test_an_odd_year_leaves_the_article_undated(stated: str) -> None:
    article = prepared({"title": "A", "body": "B", "pubDate": stated})
    assert (article.published, article.extra["date_stated"]) == (None, stated)


def test_what_was_stated_before_the_date_that_was_read_is_kept() -> None:
    article = prepared({"title": "A", "body": "B", "date": ["soon", "2021-10-14"]})
    assert article.published is not None
    assert (article.published.isoformat(), article.extra) == ("2021-10-14", {"date_stated": "soon"})


def test_a_second_date_is_used_when_the_first_is_impossible() -> None:
    article = prepared({"title": "T", "published": "soon", "updated": "2021-10-14"})
    assert article.published is not None
    assert (article.published.isoformat(), article.extra) == ("2021-10-14", {"published": "soon"})


def test_a_headline_is_not_repeated_in_the_body_nor_a_body_in_the_summary() -> None:
    assert prepared({"title": "T", "text": "T\n\nBody."}).body == "Body."
    same = prepared({"title": "T", "summary": "Body.", "text": "Body."})
    assert (same.body, same.summary) == ("Body.", "")
    only = prepared({"title": "", "summary": "Only this."})
    assert (only.body, only.summary) == ("Only this.", "")
    assert prepared({"title": "T", "content": "Begins… [+1234 chars]"}).body == "Begins…"


def test_given_entities_are_typed_and_marked() -> None:
    article = prepared(
        {
            "title": "T",
            "persons": ["Ann Lee", {"name": "Bo Chen", "sentiment": "none"}],
            "entities": [
                {"type": "ORG", "text": "Port Authority"},
                {"label": "GPE", "name": "Port Elm"},
                ["Ann Lee", "PER"],
                {"type": "EVENT", "name": "Storm"},
            ],
            "locations": "Narrow Bay; Port Elm",
        }
    )
    assert [(e.kind, e.name) for e in article.entities] == [
        ("person", "Ann Lee"),
        ("person", "Bo Chen"),
        ("place", "Narrow Bay"),
        ("place", "Port Elm"),
        ("organisation", "Port Authority"),
    ]
    assert all(e.given and not e.mentions for e in article.entities)
    assert article.extra == {"entities_stated": [{"type": "EVENT", "name": "Storm"}]}


def test_entities_by_kind_and_with_counts() -> None:
    article = prepared(
        {"title": "T", "entities": {"persons": [{"name": "Ann"}], "organizations": {"KNA": 3}, "dates": ["x"]}}
    )
    assert (article.names("person"), article.names("organisation")) == (("Ann",), ("KNA",))
    assert article.extra == {"entities_stated": [{"dates": ["x"]}]}


def test_the_language_is_stated_detected_or_the_default() -> None:
    french = "Le président a déclaré jeudi que les négociations se poursuivraient la semaine prochaine."
    assert prepared({"title": french}).language == "fr"
    assert prepared({"title": "T", "text": french, "lang": "und"}).language == "fr"
    assert prepared({"title": "T"}).language is None
    assert prepared({"title": "T"}, default_language="nl").language == "nl"


def test_a_language_that_the_script_rules_out_is_not_believed(tmp_path: Path) -> None:
    russian = "Министр транспорта открыл новый мост через реку и поблагодарил строителей за работу."
    article = prepared({"title": "Item 4", "text": russian, "lang": "en-US"})
    assert (article.language, article.extra) == ("ru", {"language_stated": "en-US"})
    assert prepared({"title": russian}, default_language="en").language == "ru"
    notes = Notes(str(tmp_path / "notes"))
    Path(str(notes.path)).touch()
    Preparer(Config(), notes)({"title": russian, "lang": "en"})
    assert notes.counts() == {"language_not_believed": 1}


def test_a_source_is_in_the_language_that_is_said_of_it() -> None:
    said = {"Porto Hoje": "pt", "port.example": "es"}
    assert prepared({"title": "Rio Grande 2024", "source": "Porto Hoje"}, source_languages=said).language == "pt"
    assert prepared({"title": "Casa Rio", "url": "https://www.port.example/1"}, source_languages=said).language == "es"
    assert prepared({"title": "Rio Grande 2024", "source": "Other"}, source_languages=said).language is None


def test_extra_is_bounded() -> None:
    article = prepared({"title": "T", "layout": "x" * 100_000, "small": 1} | {f"k{n}": "y" * 3000 for n in range(20)})
    assert "layout" not in article.extra
    assert article.extra["small"] == 1
    assert len(json.dumps(article.extra)) <= MOST_EXTRA_BYTES


@pytest.mark.parametrize("record", [{}, {"id": 1}, {"title": " ", "text": "<p></p>"}, {"score": 7}])
def test_without_title_and_text_there_is_no_article(record: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as caught:
        PREPARE(record)
    assert caught.value.reason == "empty"


def test_an_article_that_is_too_long_is_rejected() -> None:
    with pytest.raises(Rejected) as caught:
        prepared({"title": "T", "text": "word " * 300_000}, max_article_mb=1)
    assert (caught.value.reason, caught.value.detail) == ("too_large", "1.5 MB of text; the limit is 1 MB.")


def test_a_preparer_travels_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(PREPARE)) == PREPARE


def test_an_article_is_taken_as_it_is() -> None:
    article = Article(id="x", title=" as <it> is ")
    assert PREPARE(article) == article.with_hash()


def test_the_day_is_that_of_the_stated_zone_or_of_the_archive() -> None:
    record = {"title": "T", "date": "2021-10-14T23:30:00-04:00"}

    def day(time_zone: str, item: Any = record) -> str:
        config = Config(archive=ArchiveConfig(time_zone=time_zone))
        published = Preparer(config)(item).published
        assert published is not None
        return published.day.isoformat()

    assert day("stated") == day("America/New_York") == "2021-10-14"
    assert day("UTC") == day("Asia/Tokyo") == "2021-10-15"
    assert day("America/New_York", {"title": "T", "date": 1634268600}) == "2021-10-14"  # an instant
    assert day("America/New_York", {"title": "T", "date": "2021-10-15 03:30"}) == "2021-10-15"  # as printed
    article = Preparer(Config())(record)
    assert day("UTC", article) == "2021-10-15"
    line = json.loads(json.dumps(to_record(article)))
    assert line["published"] == "2021-10-14T23:30:00-04:00"
    for time_zone in ("stated", "UTC", "Asia/Tokyo"):
        assert day(time_zone, line) == day(time_zone, line | {"title": "Edited"}) == day(time_zone)


def test_an_article_given_whole_keeps_no_address_that_a_file_would_not() -> None:
    earlier = Article("a", body="Before.", url="javascript:alert(0)").with_hash()
    given = Article(
        "a",
        body="Text.",
        url="javascript:alert(1)",
        archived_url="https://archive.example/1",
        original_url="data:text/html,x",
        extra={"page": 3},
        earlier=(earlier,),
    )
    article = PREPARE(given)
    assert (article.url, article.archived_url, article.original_url) == (None, "https://archive.example/1", None)
    assert article.extra == {"page": 3, "url_stated": "javascript:alert(1)"}
    assert [version.url for version in article.earlier] == [None]
    assert article.content_hash == article.with_hash().content_hash
    # A record of an export carries a hash, which anybody can compute.
    assert PREPARE(to_record(given.with_hash())).url is None


def test_many_further_fields_are_kept_as_far_as_they_fit_smallest_first() -> None:
    record = {"title": "T", "body": "Text."} | {f"k{number:05}": "x" * (number % 7) + "y" for number in range(9_000)}
    article = prepared(record)
    sizes = sorted(len(json.dumps(value)) for key, value in record.items() if key.startswith("k"))
    assert len(article.extra) < 9_000
    assert sorted(len(json.dumps(value)) for value in article.extra.values()) == sizes[: len(article.extra)]
    assert sum(len(json.dumps(value)) + len(key) + 4 for key, value in article.extra.items()) <= MOST_EXTRA_BYTES
