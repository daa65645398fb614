"""Pages with a chart over time and boxes for dates: searches, profiles, comparisons, trends."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from indexer.article import Article, Published
from tests.webui.page import arguments, get
from tests.webui.site import make_client
from webui import holdings

DAYS = ("1987-05-01", "2004-10-14", "2005-10-14", "2007-10-14", "2007-10-18", "2008-04-24")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client(
        Article(
            id=day, title=f"oil {day}", body="oil", source="A" if day < "2006" else "B",
            published=Published(datetime.fromisoformat(f"{day}T00:00:00Z")),
        )
        for day in DAYS
    )  # fmt: skip


def test_a_month_is_between_the_months_that_hold_something(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&from=2007-10&to=2007-10")
    steps = page.all("//nav[@class='steps']/a")
    assert [" ".join(step.text_content().split()) for step in steps] == ["October 2005", "April 2008"]
    assert arguments(steps[0].get("href")) == [("q", "oil"), ("from", "2005-10"), ("to", "2005-10")]
    assert len(page.all("//ol[contains(@class, 'bars')]/li")) == 31
    assert page.texts("//div[@class='whole']//li[@class='in']//span[@class='unseen']") == ["2007: 2 articles"]
    assert page.one("//*[@id='chart-says']").startswith("From October 1, 2007 to October 31, 2007; 1 article in each.")


def test_the_neighbours_keep_to_the_search(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&source=A&from=2005&to=2005")
    assert page.texts("//nav[@class='steps']/a") == ["2004"]
    assert page.texts("//nav[@class='steps']/span") == [""]


def test_a_search_that_finds_nothing_in_its_dates_shows_where_something_is(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&from=1995&to=1995")
    assert page.texts("//nav[@class='steps']/a") == ["1987", "2004"]
    assert page.all("//ol[contains(@class, 'bars')]") == []


@pytest.mark.parametrize(
    "dates",
    [
        ("2005", "2005"), ("2004", "2007"), ("2005-10", "2005-10"), ("2007-10", "2008-04"), ("1995", "1995"),
        ("2007-10-14", "2007-10-14"), ("2005-10-01", "2005-10-31"), ("2005-10-01", "2005-10-03"), ("2007", "2007-10"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", ["", "&source=A", "&source=B"])
def test_neighbours_read_off_the_counts_are_those_that_a_search_finds(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, dates: tuple[str, str], more: str
) -> None:
    def steps() -> list[tuple[str, str]]:
        page = get(client, f"/search?q=oil&from={dates[0]}&to={dates[1]}{more}")
        return [(" ".join(a.text_content().split()), a.get("href")) for a in page.all("//nav[@class='steps']/a")]

    counted = steps()
    monkeypatch.setattr(holdings, "latest_day", lambda: date.min)
    assert steps() == counted


def test_without_dates_there_is_only_the_chart(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil")
    assert page.all("//nav[@class='steps'] | //div[@class='whole']") == []
    assert page.one("//span[contains(@class, 'most')]") == "5"


def test_the_form_takes_words_and_has_no_pattern(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&from=october+2007&to=14+october+2007")
    assert page.one("//h1") == "1 article for oil"
    (start,), (end,) = page.all("//input[@id='from']"), page.all("//input[@id='to']")
    assert (start.get("value"), end.get("value")) == ("2007-10", "2007-10-14")
    assert (start.get("placeholder"), end.get("placeholder")) == ("May 1987", "April 2008")
    assert (start.get("pattern"), start.get("form")) == (None, "search")
    assert all(("from", "2007-10") in arguments(a.get("href")) for a in page.all("//ol[@class='hits']//h3/a"))


@pytest.mark.parametrize(
    "address", ["/search?q=oil&from=yesterday", "/compare?q=oil&from=yesterday", "/trends?from=yesterday"]
)
def test_what_is_no_date_is_kept_and_named(client: FlaskClient, address: str) -> None:
    page = get(client, address)
    (box,) = page.all("//input[@name='from']")
    assert (box.get("value"), box.get("aria-invalid")) == ("yesterday", "true")
    assert page.texts("//ul[@class='warnings']/li") == [
        "“yesterday” is not a date and was ignored. Write 2021, 2021-10, 2021-10-14 or October 2021."
    ]


def test_arrival_that_is_no_time_is_kept_where_it_is_seen(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&added_from=yesterday")
    assert page.all("//details[@open]//input[@name='added_from'][@value='yesterday'][@aria-invalid='true']")
    assert page.one("//span[@id='added_from-error']") == "This is not a date."


def test_a_day_leads_to_the_same_day_in_every_year(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil&from=2007-10-14&to=2007-10-14")
    every = get(client, page.link("October 14 in every year"))
    assert every.one("//h1") == "3 articles for oil AND on:10-14"
    alone = get(client, "/search?q=oil&from=2007-10-18&to=2007-10-18")
    assert "October 18 in every year" not in alone.texts("//a")


def test_recent_ranges_and_decades_are_offered(client: FlaskClient) -> None:
    page = get(client, "/search?q=oil")
    assert page.texts("//details[@class='offered']//a") == [
        "Last week", "Last month", "Last year", "1980s", "1990s", "2000s",
    ]  # fmt: skip
    assert get(client, page.link("1980s")).one("//h1") == "1 article for oil"


def test_profiles_and_comparisons_are_described_too(client: FlaskClient) -> None:
    assert get(client, "/source/A").one("//*[@id='chart-says']") == (
        "From 1987 to 2005; 1 article in each. Nothing archived from: 1988 to 2003."
    )
    compared = get(client, "/compare?q=oil&q=plum&from=1980&to=2009")
    assert compared.texts("//*[@id='chart-says']/li") == [
        "“oil”: From 1980 to 2009; most in 2007: 2 articles; fewest in 1987: 1 article. "
        "Nothing archived from: 1980 to 1986, 1988 to 2003, 2006, and 2009.",
        "“plum”: From 1980 to 2009; 0 articles in each. "
        "Nothing archived from: 1980 to 1986, 1988 to 2003, 2006, and 2009.",
    ]
