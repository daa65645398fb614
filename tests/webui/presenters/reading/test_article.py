"""The page of an article is made of what it is given, whatever the day and the site's settings are."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from indexer.article import Article, Published
from indexer.zones import filed
from webui.presenters.reading.article import article_page


def test_the_citation_names_the_archive_and_the_day_it_is_given(app: Flask) -> None:
    with app.test_request_context():
        page = article_page(Article("a", title="Fig"), {}, archive_name="The Morgue", today=date(2001, 2, 3))
    assert "The Morgue" in page.citation
    assert "2001-02-03" in page.citation
    assert "The Morgue" in page.data


def test_topics_and_the_picture_are_linked(app: Flask) -> None:
    image = {"url": "https://kna.example/a.jpg", "caption": "A <ferry>", "credit": "Bo Chen"}
    article = Article("a", title="Fig", topic=("Ferries",), extra={"image": image})
    with app.test_request_context():
        page = article_page(article, {}, archive_name="A", today=date(2001, 2, 3))
    assert [(link.text, link.url) for link in page.topics] == [("Ferries", "/search?topic=Ferries")]
    assert page.picture is not None
    assert (page.picture.link.url, page.picture.link.count) == ("https://kna.example/a.jpg", "kna.example")
    assert page.picture.words == "A <ferry> · Bo Chen"


@pytest.mark.parametrize(
    "stated", [None, "https://kna.example/a.jpg", {"url": "javascript:alert(1)"}, {"url": 7}, {"caption": "x"}, []]
)
def test_a_picture_without_an_address_is_none(app: Flask, stated: object) -> None:
    with app.test_request_context():
        page = article_page(Article("a", extra={"image": stated}), {}, archive_name="A", today=date(2001, 2, 3))
    assert page.picture is None


@pytest.mark.parametrize(
    ("zone", "time_zone", "shown", "aside"),
    [
        ("-04:00", "stated", "October 14, 2021 11:30\u202fPM UTC-04:00", "October 15, 2021, 3:30\u202fAM UTC"),
        ("Z", "stated", "October 15, 2021 3:30\u202fAM UTC", ""),
        (None, "stated", "October 15, 2021 3:30\u202fAM UTC", ""),
        ("+01:00", "UTC", "October 15, 2021 3:30\u202fAM UTC", "4:30\u202fAM as stated (+01:00)"),
        (
            "-04:00",
            "Asia/Tokyo",
            "October 15, 2021 12:30\u202fPM UTC+09:00",
            "3:30\u202fAM UTC · October 14, 2021, 11:30\u202fPM as stated (-04:00)",
        ),
        ("XYZT", "stated", "October 15, 2021 3:30\u202fAM UTC", "zone as stated: XYZT"),
    ],
)
def test_day_and_time_are_those_under_which_it_is_filed(
    app: Flask, zone: str | None, time_zone: str, shown: str, aside: str
) -> None:
    published = filed(Published(datetime(2021, 10, 15, 3, 30, tzinfo=UTC), zone=zone), time_zone)
    with app.test_request_context():
        page = article_page(
            Article("a", published=published), {}, archive_name="A", today=date(2022, 1, 1), zone=time_zone
        )
    assert page.stamp is not None
    assert (f"{page.stamp.day} {page.stamp.time} {page.stamp.zone}", page.stated) == (shown, aside)
    assert page.stamp.url.endswith(f"/archive/{published.day:%Y/%m/%d}")
