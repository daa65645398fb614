"""The layout of the aggregator's saved pages, in all its variants."""

import pytest

from indexer.ingest.readers.seed import is_seed_page, seed_fields

from ..conftest import Building

PAGE = """World in English
Now you can see non-English news...
Bridge over the strait reopens
2021-10-14T11:15:48.000Z
The bridge over the strait was opened again on Thursday after two years of repairs, the mini
♦ Port Elm-KNA
The bridge over the strait was opened again on Thursday after two years of repairs, the ministry said.
Ferries keep running until Sunday.
Source: KNA
All news articles on 2021-10-14
You may like
Ferry breaks down in fog
Two years without a bridge
Trends 24h
News/Politics 2021-10-14T11:15:48.000Z
Sport/Chess 2021-10-14T09:00:00.000Z
Latest
Business/Trade 2021-10-14T12:00:00.000Z
Harbour counts record year
A title alone
World in English gathers news that first appeared in other languages.
© World in English
"""
FIRST = "The bridge over the strait was opened again on Thursday after two years of repairs, the ministry said."
CUT = "The bridge over the strait was opened again on Thursday after two years of repairs, the mini"
NOTICE = "This article was translated by machine."
BODY = f"{FIRST}\n\nFerries keep running until Sunday."


def test_the_whole_page_is_taken_apart() -> None:
    assert is_seed_page(PAGE)
    assert seed_fields(PAGE) == {
        "title": "Bridge over the strait reopens",
        "published": "2021-10-14T11:15:48.000Z",
        "summary": CUT,
        "dateline": "Port Elm-KNA",
        "body": BODY,
        "source": "KNA",
        "category": "News/Politics",
        "site": "World in English",
        "tagline": "Now you can see non-English news...",
        "you_may_like": ["Ferry breaks down in fog", "Two years without a bridge"],
        "trends": [
            {"category": "News/Politics", "published": "2021-10-14T11:15:48.000Z"},
            {"category": "Sport/Chess", "published": "2021-10-14T09:00:00.000Z"},
        ],
        "latest": [
            {
                "category": "Business/Trade",
                "published": "2021-10-14T12:00:00.000Z",
                "text": "Harbour counts record year",
            },
            "A title alone",
        ],
    }


def test_a_page_without_dateline_or_boxes() -> None:
    fields = seed_fields(PAGE.replace("♦ Port Elm-KNA\n", "").partition("You may like")[0])
    assert (fields["summary"], fields["body"], "dateline" in fields) == (CUT, BODY, False)
    assert not {"trends", "latest", "you_may_like", "category"} & fields.keys()


def test_a_dateline_without_its_sign() -> None:
    fields = seed_fields(PAGE.replace("♦ Port Elm-KNA", "Port Elm - KNA"))
    assert (fields["dateline"], fields["body"]) == ("Port Elm - KNA", BODY)


def test_a_whole_summary_stays_the_first_paragraph_once() -> None:
    fields = seed_fields(PAGE.replace(CUT + "\n", FIRST + "\n"))
    assert (fields["summary"], fields["body"]) == (FIRST, BODY)


def test_a_summary_with_an_ellipsis_is_still_a_summary() -> None:
    fields = seed_fields(PAGE.replace(CUT + "\n", CUT + "…\n").replace("♦ Port Elm-KNA\n", ""))
    assert (fields["summary"], fields["body"]) == (CUT + "…", BODY)


def test_a_title_that_ends_in_its_outlet() -> None:
    assert seed_fields(PAGE.replace("reopens", "reopens - KNA"))["title"] == "Bridge over the strait reopens"
    assert (
        seed_fields(PAGE.replace("reopens", "reopens - at last"))["title"] == "Bridge over the strait reopens - at last"
    )


def test_an_american_time() -> None:
    fields = seed_fields(PAGE.replace("2021-10-14T11:15:48.000Z\nThe", "10/14/2021, 2:34:23 PM\nThe"))
    assert (fields["published"], fields["title"]) == ("10/14/2021, 2:34:23 PM", "Bridge over the strait reopens")


def test_the_archive_date_stands_in_for_an_impossible_time() -> None:
    assert seed_fields(PAGE.replace("2021-10-14T11:15:48.000Z\nThe", "2021-13-45T11:15:48.000Z\nThe"))["published"] == (
        "2021-10-14"
    )


def test_no_summary_at_all_leaves_the_body_whole() -> None:
    fields = seed_fields(PAGE.replace(CUT + "\n♦ Port Elm-KNA\n", ""))
    assert ("summary" in fields, fields["body"]) == (False, BODY)


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("Source: KNA\n", f"Disclaimer: {NOTICE}\nSource: KNA\n"),
        PAGE.replace("Source: KNA\n", f"Source: KNA\nDisclaimer: {NOTICE}\n"),
        PAGE.replace("All news articles on 2021-10-14\n", f"All news articles on 2021-10-14\nDisclaimer: {NOTICE}\n"),
    ],
    ids=["before the source", "after the source", "after the archive line"],
)
def test_a_disclaimer_is_data_and_no_paragraph(page: str) -> None:
    fields = seed_fields(page)
    assert fields.pop("disclaimer") == f"Disclaimer: {NOTICE}"
    assert fields == seed_fields(PAGE)


def test_a_disclaimer_below_the_boxes_is_no_title_of_theirs() -> None:
    assert seed_fields(PAGE.replace("World in English gathers", "DISCLAIMER\nThe site gathers")) == seed_fields(PAGE)


def test_all_variants_at_once_become_one_clean_article(building: Building) -> None:
    # No tagline, no dateline, the summary whole, the outlet in the title, an American time.
    building.write(
        "page.txt",
        f"World in English\nCrowds at the bridge - Вечерний порт\n7/25/2020, 2:34:23 PM\n{FIRST}\n{FIRST}\n"
        f"Ferries keep running until Sunday.\nSource: Вечерний порт\nDisclaimer: {NOTICE}\n"
        "All news articles on 2020-07-25\nTrends 24h\nNews/Politics 7/25/2020, 2:34:23 PM\n"
        "Latest\nSport/Chess 7/25/2020, 9:00:00 AM\nA long game\nYou may like\nTwo years without a bridge\n",
    )
    building.run()
    (article,) = building.articles
    assert (article.title, article.summary, article.body) == ("Crowds at the bridge", FIRST, BODY)
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-25T14:34:23Z"
    assert (article.source, article.category, article.language) == ("Вечерний порт", "News/Politics", "en")
    assert article.dateline is None
    assert article.extra == {
        "site": "World in English",
        "disclaimer": f"Disclaimer: {NOTICE}",
        "trends": [{"category": "News/Politics", "published": "7/25/2020, 2:34:23 PM"}],
        "latest": [{"category": "Sport/Chess", "published": "7/25/2020, 9:00:00 AM", "text": "A long game"}],
        "you_may_like": ["Two years without a bridge"],
    }


def test_other_texts_are_not_taken_for_it() -> None:
    assert not is_seed_page("A title\n\nSome text.\nSource: the author\n")
    assert not is_seed_page("2021-10-14\nDiary\n")
    assert not is_seed_page("")
