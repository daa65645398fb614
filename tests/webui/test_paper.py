"""The archive by date, trends, the front page, comparisons and the page about the API, as a reader meets them."""

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from tests.engines.asking import searches_of
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from tests.webui.page import Page, get
from tests.webui.site import make_client

ONE_DAY = "2021-10-14"


def news(id: str, day: str | None, source: str = "SANA", language: str = "en", *people: str) -> Article:
    return article(id, f"Story {id}", f"Of {id}.", day, source, None, language, people=people)


def links(page: Page, within: str) -> dict[str, str]:
    return {" ".join(a.text_content().split()): a.get("href") for a in page.all(f"{within}//a[@href]")}


# The archive by date


def test_years_are_the_main_column_with_what_is_undated_last() -> None:
    dates = ["2019-03-01", "2021-01-01", "2021-01-01", None, None]
    page = get(make_client(news(f"n{at}", day) for at, day in enumerate(dates)), "/archive/")
    assert page.texts("//main/ol[@class='periods']/li") == ["2021 2", "2020 nothing archived", "2019 1", "Undated 2"]
    assert links(page, "//ol[@class='periods']") == {
        "2021 2": "/archive/2021", "2019 1": "/archive/2019", "Undated 2": "/search?published=",
    }  # fmt: skip
    assert [bar.get("width") for bar in page.all("//ol[@class='periods']//rect")] == ["1000", "500", "1000"]


def test_a_year_is_twelve_months_of_shaded_days(client: FlaskClient) -> None:
    page = get(client, "/archive/2021")
    assert page.texts("//table[@class='heat']/caption")[8:] == [
        "September nothing archived", "October 3 articles", "November 1 article", "December 1 article",
    ]  # fmt: skip
    assert page.link("October 3 articles") == "/archive/2021/10"
    shaded = {a.get("aria-label"): a.getparent().get("class") for a in page.all("//table[@class='heat']//td/a")}
    assert shaded == {
        "Wednesday, October 13, 2021: 1 article": "heat3",
        "Thursday, October 14, 2021: 2 articles": "heat4",
        "Tuesday, November 2, 2021: 1 article": "heat3",
        "Friday, December 31, 2021: 1 article": "heat3",
    }
    assert page.texts("//span[@class='shade']") == ["1", "2"]
    assert page.texts("//section[h2='Latest']//h3") == [
        "Gas prices", "A quiet week", "Lavrov meets ministers in Damascus", "Lavrov: no progress on Minsk",
        "Biden speaks to Lavrov's deputy",
    ]  # fmt: skip


def test_beside_the_articles_of_a_day_stands_its_month(client: FlaskClient) -> None:
    page = get(client, "/archive/2021/10/14")
    assert page.one("//table[@class='heat']/caption") == "October 2021 3 articles"
    assert [a.get("href") for a in page.all("//table[@class='heat']//a[@aria-current='date']")] == [
        "/archive/2021/10/14"
    ]
    assert len(page.texts("//ol[@class='hits']/li")) == 2


@pytest.mark.parametrize(
    ("path", "captions"),
    [
        ("/archive/2021/10/20", ["October 2021"]),
        ("/archive/2021/09/20", ["January nothing archived", "February nothing archived"]),
        ("/archive/2021/09", ["January nothing archived", "February nothing archived"]),
        ("/archive/2008", []),
        ("/archive/2008/10/20", []),
    ],
)
def test_where_nothing_is_archived_what_is_around_it_is_shown(
    client: FlaskClient, path: str, captions: list[str]
) -> None:
    page = get(client, path)
    assert (page.status, page.one("//div[@class='found']/p")) == (404, "Nothing is archived from then.")
    assert page.texts("//caption")[:2] == captions
    assert bool(page.texts("//ol[@class='periods']/li")) == (not captions)
    assert page.texts("//div[@class='rail']/*") == []


def test_the_day_of_the_page_is_marked_in_its_month_though_nothing_is_from_then(client: FlaskClient) -> None:
    assert get(client, "/archive/2021/10/20").texts("//table[@class='month']//*[@aria-current='date']") == ["20"]


# Trends


def rising(day: str, count: int, *people: str) -> list[Article]:
    return [news(f"{day}-{n}", day, "SANA", "en", *people) for n in range(count)]


def history() -> list[Article]:
    return [news(f"h{n}", f"2021-09-{n % 28 + 1:02}", "SANA", "en", "Joe Biden") for n in range(60)]


def test_trends_are_those_of_the_last_day_that_says_something() -> None:
    client = make_client([*history(), *rising("2021-10-12", 6, "Sergey Lavrov"), *rising(ONE_DAY, 1, "Joe Biden")])
    page = get(client, "/trends")
    assert page.one("//p[@class='when-of']") == "October 12, 2021 · 6 articles"
    assert page.one("//title") == "Trends: October 12, 2021 – Broadsheet"
    assert page.texts("//li[@class='riser']/a") == ["Sergey Lavrov"]
    assert page.texts("//nav[@class='switch']//a[@aria-current]") == ["Day"]
    assert links(page, "//nav[@class='neighbours']") == {
        "September 28, 2021": "/trends?from=2021-09-28&to=2021-09-28",
        "October 14, 2021": "/trends?from=2021-10-14&to=2021-10-14",
    }
    last = get(client, "/trends?from=2021-10-14&to=2021-10-14")
    assert list(links(last, "//nav[@class='neighbours']")) == ["October 12, 2021"]
    first = get(client, "/trends?from=2021-09-01&to=2021-09-01")
    assert list(links(first, "//nav[@class='neighbours']")) == ["September 2, 2021"]


@pytest.mark.parametrize(
    ("days", "span", "said"),
    [
        (("2021-10-14", "2021-10-13", "2021-10-12"), "Week", "October 8, 2021 to October 14, 2021 · 6 articles"),
        (("2021-10-14", "2021-10-02", "2021-10-03"), "Month", "September 15, 2021 to October 14, 2021 · 34 articles"),
    ],
)
def test_where_no_day_says_anything_the_week_speaks_and_else_the_month(
    days: tuple[str, ...], span: str, said: str
) -> None:
    client = make_client([*history(), *(each for day in days for each in rising(day, 2, "Sergey Lavrov"))])
    page = get(client, "/trends")
    assert page.texts("//nav[@class='switch']//a[@aria-current]") == [span]
    assert page.one("//p[@class='when-of']") == said
    assert page.texts("//li[@class='riser']/a") == ["Sergey Lavrov"]
    assert get(client, "/").texts("//section[@class='trends']//li[@class='riser']/a") == ["Sergey Lavrov"]


def test_day_week_and_month_are_in_the_address() -> None:
    client = make_client([*history(), *rising("2021-10-12", 6, "Sergey Lavrov"), *rising(ONE_DAY, 1)])
    page = get(client, "/trends")
    assert links(page, "//nav[@class='switch']") == {
        "Day": "/trends?by=day", "Week": "/trends?by=week", "Month": "/trends?by=month",
    }  # fmt: skip
    assert get(client, "/trends?by=day").one("//p[@class='when-of']") == "October 12, 2021 · 6 articles"
    week = get(client, "/trends?by=week")
    assert week.one("//p[@class='when-of']") == "October 8, 2021 to October 14, 2021 · 7 articles"
    assert list(links(week, "//nav[@class='neighbours']")) == ["September 22, 2021 to September 28, 2021"]
    asked = get(client, "/trends?by=week&to=2021-10-12")
    assert asked.one("//p[@class='when-of']") == "October 6, 2021 to October 12, 2021 · 6 articles"
    assert links(asked, "//nav[@class='switch']")["Month"] == "/trends?by=month&to=2021-10-12"
    wrong = get(client, "/trends?by=year")
    assert wrong.texts("//ul[@class='warnings']/li") == [
        "“year” is not possible for by and was ignored. Possible: day, week, month."
    ]
    assert wrong.one("//p[@class='when-of']") == "October 12, 2021 · 6 articles"


def test_where_nothing_rises_the_front_page_says_nothing_of_trends() -> None:
    client = make_client(news(f"n{day}", f"2021-10-{day:02}") for day in range(1, 9))
    assert get(client, "/").texts("//section[@class='trends']") == []
    assert get(client, "/archive/2021/10/08").texts("//section[@class='trends']") == []
    assert get(client, "/trends").one("//p[@class='nothing']") == "Nothing rises out of the ordinary."


def test_without_dates_there_are_no_trends() -> None:
    page = get(make_client([news("a", None)]), "/trends")
    assert page.one("//div[@class='found']/p") == "Nothing here has a date."


# The front page


def test_the_readers_language_stands_first_on_the_front_page(client: FlaskClient) -> None:
    for language, titles in {
        "en": ["The hotel in Geneva", "Straße gesperrt", "北京大学的新闻"],
        "fr": ["Les ministres européens à Genève", "The hotel in Geneva", "Straße gesperrt"],
        "ar": ["وزير الخارجية يزور دمشق", "The hotel in Geneva", "Straße gesperrt"],
    }.items():
        page = get(client, f"/?ui={language}")
        shown = page.texts("//article[@class='lead']/h3 | //article[@class='second']/h3")
        assert shown[:3] == titles
        assert len(shown) == 5


def test_on_this_day_has_the_nearest_years_and_is_hidden_without_any() -> None:
    days = ["2021-10-14", "2020-10-14", "2015-10-14", "2009-10-14", "2001-10-14", "2020-10-13"]
    page = get(make_client(news(day, day) for day in days), "/")
    section = "//section[@class='that-day']"
    assert page.one(f"{section}/h2") == "On this day: October 14"
    assert page.texts(f"{section}//h3") == ["Story 2020-10-14", "Story 2015-10-14", "Story 2009-10-14"]
    assert page.link("All years", section) == "/search?q=on:10-14&sort=newest"
    assert get(make_client([news("a", ONE_DAY)]), "/").texts(section) == []


def test_of_the_same_day_of_another_year_the_readers_language_is_shown() -> None:
    client = make_client([news("now", ONE_DAY), news("a", "2020-10-14", "A", "en"), news("b", "2020-10-14", "B", "fr")])
    assert get(client, "/?ui=fr").texts("//section[@class='that-day']//h3") == ["Story b"]
    assert get(client, "/?ui=en").texts("//section[@class='that-day']//h3") == ["Story a"]


def test_few_years_are_a_list_and_many_a_strip() -> None:
    few = get(make_client(news(str(year), f"{year}-01-05") for year in range(2014, 2022)), "/")
    assert few.texts("//ol[@class='years']/li")[:2] == ["2021 1", "2020 1"]
    assert few.all("//ol[@class='strip']") == []
    many = get(make_client(news(str(year), f"{year}-01-05") for year in [*range(2001, 2005), *range(2006, 2022)]), "/")
    assert many.all("//ol[@class='years']") == []
    titles = [bar.get("title") for bar in many.all("//ol[@class='strip']/li/*")]
    assert titles[3:6] == ["2004: 1 article", "2005: nothing archived", "2006: 1 article"]
    assert len(titles) == 21
    assert many.all("//ol[@class='strip']/li/a")[0].get("href") == "/archive/2001"


def test_the_front_page_is_searched_for_once_for_each_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = make_archive([news("a", ONE_DAY), news("b", "2020-10-14")])
    client = make_client(archive=archive)
    asked = searches_of(archive, monkeypatch)
    first = get(client, "/").text
    assert asked
    asked.clear()
    assert get(client, "/").text == first
    assert asked == []
    archive.add([news("c", "2021-10-15")])
    assert get(client, "/").one("//article[@class='lead']/h3") == "Story c"


# Comparisons


def test_compare_stands_in_the_navigation_and_names_its_empty_fields(client: FlaskClient) -> None:
    assert get(client, "/").link("Compare", "//nav[@aria-label='Sections']") == "/compare"

    def blanks(address: str) -> list[str]:
        fields = get(client, address).all("//form[@class='queries']//input[@name='q'][@placeholder!=' ']")
        return [field.get("placeholder") for field in fields]

    assert blanks("/compare") == ["First query", "Second query"]
    assert blanks("/compare?q=lavrov") == ["Second query"]
    assert blanks("/compare?q=lavrov&q=biden") == ["Another query"]
    assert blanks("/compare?" + "&".join(f"q=w{number}" for number in range(6))) == []


def test_an_empty_comparison_offers_names_of_the_archive(client: FlaskClient) -> None:
    page = get(client, "/compare")
    assert page.link("Sergey Lavrov and Angela Merkel") == "/compare?q=%22Sergey+Lavrov%22&q=%22Angela+Merkel%22"
    assert [field.get("placeholder") for field in page.all("//input[@class='date']")] == ["October 1999", "June 2022"]
    assert get(make_client([]), "/compare").status == 200


def test_each_line_ends_in_its_last_value_and_few_numbers_are_shown_at_once(client: FlaskClient) -> None:
    page = get(client, "/compare?q=lavrov&q=minsk&from=2021-10&to=2021-12")
    assert page.texts("//*[local-name()='text'][@class='end']") == ["1", "0"]
    assert [table.get("open") for table in page.all("//details[@class='numbers']")] == [None]
    years = get(client, "/compare?q=lavrov&from=2021-10-13&to=2021-10-14")
    assert [table.get("open") for table in years.all("//details[@class='numbers']")] == [""]


# The API


def test_the_footer_leads_to_a_page_about_the_api_whose_examples_answer(client: FlaskClient) -> None:
    assert get(client, "/").link("JSON API", "//footer") == "/api"
    page = get(client, "/api")
    assert page.texts("//dl[@class='examples']/dt") == [
        "The newest articles that name Sergey Lavrov",
        "The hotel in Geneva",
        "How many articles there are of each year",
    ]
    addresses = [a.get("href") for a in page.all("//main//a")]
    assert addresses == [
        "/api/v1/openapi.json", "/api/v1/search?person=Sergey+Lavrov&sort=newest", "/api/v1/articles/l6",
        "/api/v1/calendar",
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_an_archive_without_names_has_examples_too() -> None:
    page = get(make_client([Article("../a", "", "Text.", source="SANA")]), "/api")
    assert links(page, "//dl") == {
        each: each
        for each in ("/api/v1/search?source=SANA&sort=newest", "/api/v1/articles?id=../a", "/api/v1/calendar")
    }
    assert page.texts("//dt")[:2] == ["The newest articles of SANA", "Untitled article"]
    assert list(links(get(make_client([]), "/api"), "//dl")) == ["/api/v1/calendar"]
