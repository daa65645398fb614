"""The pages as a reader without JavaScript meets them: what stands on them, where links lead, what forms send."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article, Entity, Mention, Published
from indexer.config import Config
from indexer.search.request import SearchRequest
from tests.engines.asking import searches_of
from tests.engines.memory import make_archive
from tests.webui.page import Page, arguments, get
from tests.webui.site import make_client
from webui import create_app


def count_of(page: Page) -> int:
    return int(re.sub(r"\D.*", "", page.one("//h1")))


def choices(page: Page, parameter: str) -> dict[str, tuple[int, str]]:
    """Value -> count of a facet, and the address of what has the value alone."""
    found = {}
    for item in page.all(f"//li[contains(@class, 'choice')][.//input/@name='{parameter}']"):
        (box,) = item.xpath(".//input")
        only = item.xpath("span[@class='acts']/a")[0]
        found[box.get("value")] = (int(item.xpath("string(.//span[@class='count'])")), only.get("href"))
    return found


def labels(page: Page) -> list[str]:
    """The values of all facets that a page shows, in their order."""
    return page.texts("//li[contains(@class, 'choice')]//bdi")


def submitted(page: Page, form: str = "search", **typed: str) -> str:
    """The address that pressing the button of a form opens."""
    (element,) = page.all(f"//form[@id='{form}']")
    pairs = []
    for field in page.all(f"//form[@id='{form}']//input | //input[@form='{form}']"):
        name, kind = field.get("name"), field.get("type", "text")
        if kind != "checkbox" or field.get("checked") is not None:
            pairs.append((name, typed.get(name, field.get("value", "on" if kind == "checkbox" else ""))))
    return f"{element.get('action')}?{urlencode(pairs)}"


# Front page


def test_the_front_page_believes_no_date_of_the_future() -> None:
    slip = Article("slip", "An event to come", "To come.", published=Published(datetime(2093, 5, 1, tzinfo=UTC)))
    news = [
        Article(f"n{day}", f"News of the {day}.", "A bridge.", published=Published(datetime(2019, 3, day, tzinfo=UTC)))
        for day in (3, 4)
    ]
    client = create_app(Config(), archive=make_archive([slip, *news])).test_client()
    front = get(client, "/")
    assert front.one("//article[@class='lead']/h3") == "News of the 4."
    assert front.texts("//ol[@class='years']//span[@class='value']") == ["2019"]
    assert get(client, "/trends").texts("//a[@href='/archive/2093/05/01']") == []
    assert get(client, "/archive/2019/03/04").texts("//a[@href='/archive/2093/05/01']") == []
    assert get(client, "/archive/2093/05/01").texts("//a[starts-with(@href, '/article/')]") == ["An event to come"]


def test_the_front_page_shows_the_newest_articles_and_the_ways_in(client: FlaskClient) -> None:
    page = get(client, "/")
    assert page.one("//h1") == "Broadsheet"
    assert page.one("//article[@class='lead']/h3") == "The hotel in Geneva"
    assert page.texts("//article[@class='second']/h3") == [
        "Straße gesperrt",
        "北京大学的新闻",
        "وزير الخارجية يزور دمشق",
        "Переговоры в Женеве",
    ]
    assert [bar.get("title") for bar in page.all("//ol[@class='strip']//a")][-2:] == [
        "2021: 5 articles",
        "2022: 6 articles",
    ]
    assert page.link("Sergey Lavrov") == "/person/Sergey%20Lavrov"
    assert page.link("All articles, newest first") == "/search?sort=newest"


def test_each_headline_is_set_in_its_own_language_and_direction(client: FlaskClient) -> None:
    page = get(client, "/")
    (arabic,) = page.all("//h3[a[contains(., 'الخارجية')]]")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    (german,) = page.all("//h3[a[contains(., 'gesperrt')]]")
    assert (german.get("lang"), german.get("dir")) == ("de", "ltr")


# Results


def test_results_say_how_many_and_show_them_in_order(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    assert page.one("//h1") == "6 articles for lavrov"
    titles = page.texts("//ol[@class='hits']//h3")
    assert sorted(titles) == sorted(
        [
            "Lavrov meets ministers in Damascus",
            "Lavrov: no progress on Minsk",
            "Biden speaks to Lavrov's deputy",
            "A quiet week",
            "Gas prices",
            "Undated talks",
        ]
    )
    assert page.texts("//ol[@class='hits']//mark") == ["Lavrov"] * 7


def test_a_count_beside_a_value_is_what_its_link_finds(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    found = choices(page, "source")
    assert {value: count for value, (count, _) in found.items()} == {
        "TASS": 2, "Al Jazeera": 1, "Al Jazeera English": 1, "SANA": 1, "": 1,
    }  # fmt: skip
    for count, address in found.values():
        assert count_of(get(client, address)) == count


def test_every_exclude_link_takes_its_articles_away(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    address = page.link("Exclude", "//li[.//input/@value='TASS']")
    assert arguments(address) == [("q", "lavrov"), ("-source", "TASS")]
    less = get(client, address)
    assert count_of(less) == 4
    assert less.texts("//li[contains(@class, 'chip out')]") == ["Source not TASSRemove not TASS"]
    again = less.link("Remove", "//li[.//input/@value='TASS']")
    assert count_of(get(client, again)) == 6


def test_missing_values_can_be_chosen_and_excluded(client: FlaskClient) -> None:
    assert count_of(get(client, "/search?q=lavrov&source=")) == 1
    assert count_of(get(client, "/search?q=lavrov&-source=")) == 5


def test_the_form_sends_everything_that_was_chosen(client: FlaskClient) -> None:
    start = "/search?q=lavrov&from=2021&source=TASS&source=SANA&-place=Minsk&sort=newest&published=2021-10"
    page = get(client, start)
    again = get(client, submitted(page))
    assert again.one("//h1") == page.one("//h1") == "2 articles for lavrov"
    assert sorted(again.texts("//li[contains(@class, 'chip')]")) == sorted(page.texts("//li[contains(@class, 'chip')]"))
    assert again.texts("//ol[@class='hits']//h3") == page.texts("//ol[@class='hits']//h3")


def test_typing_another_query_keeps_the_filters(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&source=TASS")
    assert get(client, submitted(page, q="biden")).one("//h1") == "1 article for biden"


def test_every_chip_can_be_taken_off_by_itself(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+biden&source=TASS&from=2021-10&to=2021-10")
    chips = page.texts("//li[@class='chip']/bdi")
    assert chips == ["lavrov", "biden", "October 2021", "TASS"]
    left = [a.get("href") for a in page.all("//li[@class='chip']/a")]
    assert [arguments(address) for address in left] == [
        [("q", "biden"), ("from", "2021-10"), ("to", "2021-10"), ("source", "TASS"), ("match", "best")],
        [("q", "lavrov"), ("from", "2021-10"), ("to", "2021-10"), ("source", "TASS"), ("match", "best")],
        [("q", "lavrov biden"), ("source", "TASS"), ("match", "best")],
        [("q", "lavrov biden"), ("from", "2021-10"), ("to", "2021-10"), ("match", "best")],
    ]
    whole = page.link("Clear all filters", "//ul[@class='chips']")
    assert arguments(whole) == [("q", "lavrov biden"), ("match", "best")]


@pytest.mark.parametrize(
    ("path", "chips", "searches"),
    [
        ("/search?q=lavrov+biden", ["lavrov", "biden"], 1),
        ("/search?q=lavrov+AND+biden&source=TASS", ["lavrov", "biden", "TASS"], 1),
        # Nothing is found, and parts are counted; one search counts all time, two the
        # words as if they had been typed plainly.
        ("/search?q=lavrov+AND+biden&to=2020", ["lavrov", "biden", "up to 2020"], 4),
        # Under filters the other way to match the words is counted by a search of its own.
        ("/search?q=lavrov+biden&source=TASS", ["lavrov", "biden", "TASS"], 2),
        ("/facet/source?q=lavrov+biden", ["lavrov", "biden"], 1),
    ],
)
def test_each_search_of_a_page_parses_its_query_once(
    client: FlaskClient, parsed: list[str], path: str, chips: list[str], searches: int
) -> None:
    page = get(client, path)
    assert page.texts("//ul[@class='chips']/li/bdi") == chips
    assert len([query for query in parsed if query]) == searches


def test_a_question_that_few_articles_answer_in_full_shows_those_with_some_of_its_words(client: FlaskClient) -> None:
    page = get(client, "/search?q=what+did+lavrov+and+biden+say+in+damascus")
    assert page.one("//p[@class='ways']") == "No article has all of these words; 6 have some, best first."
    assert page.texts("//ul[@class='chips']/li/bdi") == ["lavrov", "biden", "damascus"]
    page = get(client, "/search?q=the+lavrov+of+biden")
    assert page.one("//p[@class='ways']") == "2 articles have all of these words; 6 have some, best first."
    assert page.one("//p[@class='ways']/*[@aria-current]") == "6 have some, best first"
    strict = get(client, page.link("2 articles have all of these words", "//p[@class='ways']"))
    assert count_of(strict) == 2
    assert strict.one("//p[@class='ways']/*[@aria-current]") == "2 articles have all of these words"
    assert count_of(get(client, strict.link("6 have some, best first", "//p[@class='ways']"))) == 6


def test_under_filters_the_counts_are_those_that_their_links_give(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+biden&source=TASS&sort=newest")
    assert page.one("//p[@class='ways']") == "1 article has all of these words; 2 have some."
    strict = get(client, page.link("1 article has all of these words", "//p[@class='ways']"))
    assert count_of(strict) == 1
    assert strict.texts("//li[@class='chip']/bdi") == ["lavrov", "biden", "TASS"]


def test_every_link_of_a_page_says_how_the_words_were_matched(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+biden&size=2")
    here = [a.get("href") for a in page.all("//main//a")]
    searches = [address for address in here if "q=lavrov+biden" in address]
    assert len(searches) > 30
    said = {dict(arguments(address)).get("match") for address in searches}
    assert said == {"best", "all"}
    strict = [address for address in searches if "match=all" in address]
    assert strict == [page.link("2 articles have all of these words", "//p[@class='ways']")]


def test_filters_keep_to_what_was_decided_and_other_words_are_decided_anew(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+biden")
    buttons = page.all("//aside//button")
    assert [(each.get("name"), each.get("value")) for each in buttons] == [("match", "best")]
    assert page.all("//form[@id='search']//button")[0].get("name") is None
    assert page.all("//*[@type='hidden'][@form='search'][@name='match']") == []
    assert [each.get("name") for each in get(client, "/search?q=lavrov").all("//aside//button")] == [None]


@pytest.mark.parametrize("query", ["lavrov", "lavrov AND biden", '"lavrov biden"', "pilots pilot", "lavrov lavrov", ""])
def test_where_there_is_nothing_to_choose_nothing_is_said(client: FlaskClient, query: str) -> None:
    page = get(client, "/search?" + urlencode({"q": query}))
    assert page.texts("//p[@class='ways']") == []


def test_a_long_question_is_answered_and_says_that_it_was_cut(client: FlaskClient) -> None:
    page = get(client, "/search?" + urlencode({"q": "lavrov " * 10 + "and so on " * 120}))
    assert page.status == 200
    assert page.texts("//ul[@class='warnings']/li") == [
        "The query is very long: of its 370 words the first 64 were searched."
    ]


def test_what_was_ignored_is_said(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&page=x&Reuters=1")
    assert page.status == 200
    assert page.texts("//ul[@class='warnings']/li") == [
        "The address has a part “Reuters” that means nothing here; it was ignored.",
        "“x” is not a number from 1 to 1000000, so page was ignored.",
    ]


def test_what_of_the_query_was_read_differently_is_said(client: FlaskClient) -> None:
    page = get(client, "/search?" + urlencode({"q": 'colour:red "gas'}))
    assert page.texts("//ul[@class='warnings']/li") == [
        'There is no field "colour"; it was searched as a word.',
        "A quotation mark is not closed; the phrase was taken to reach to the end.",
    ]


def test_the_bars_lead_down_and_up_again(client: FlaskClient) -> None:
    def bar(page: Page, label: str) -> str:
        (found,) = [a for a in page.all("//ol[contains(@class, 'bars')]//a") if a.get("title").startswith(label)]
        return str(found.get("href"))

    whole = get(client, "/search?q=lavrov")
    month = bar(whole, "October 2021")
    assert arguments(month) == [("q", "lavrov"), ("from", "2021-10"), ("to", "2021-10")]
    in_month = get(client, month)
    assert in_month.one("//h1") == "3 articles for lavrov"
    in_day = get(client, bar(in_month, "October 14, 2021"))
    assert in_day.one("//h1") == "2 articles for lavrov"
    up = in_day.all("//a[@class='up']")[0].get("href")
    assert arguments(up) == [("q", "lavrov"), ("from", "2021-10"), ("to", "2021-10")]
    year = get(client, up).all("//a[@class='up']")[0].get("href")
    assert arguments(year) == [("q", "lavrov"), ("from", "2021"), ("to", "2021")]
    assert arguments(get(client, year).all("//a[@class='up']")[0].get("href")) == [("q", "lavrov")]


def test_a_time_from_which_nothing_is_kept_differs_from_a_time_without_hits(client: FlaskClient) -> None:
    page = get(client, "/search?q=fig")
    titles = {span.get("title") for span in page.all("//ol[contains(@class, 'bars')]//span[@title]")}
    assert "2003: nothing archived" in titles
    assert "2004: 0 articles" in titles


@pytest.mark.parametrize("address", [
    "/search?q=fig", "/search?q=fig&from=2004&to=2004", "/search?q=fig&from=2003-11&to=2004-10",
    "/search?q=fig&from=2004-03&to=2004-03", "/search?source=Rare", "/source/Rare",
])  # fmt: skip
def test_gaps_are_the_periods_from_which_no_article_is(address: str) -> None:
    # Eighteen years, so that the whole archive is counted by year; in 2004 something of every other month and day.
    dates = [f"{year}-06-05" for year in range(1990, 2008) if year != 2003]
    dates += [f"2004-{month:02}-{day:02}" for month in range(1, 12, 2) for day in range(1, 28, 2)]
    rare = {"1990-06-05", "2004-03-01", "2004-09-27", "2006-06-05"}
    archive = make_archive(
        Article(
            id=day, title="fig" if day in rare else "plum", body="-", source="Rare" if day in rare else "Often",
            published=Published(datetime.fromisoformat(f"{day}T00:00:00Z")),
        )
        for day in dict.fromkeys(dates)
    )  # fmt: skip
    page = get(create_app(Config(), archive).test_client(), address)
    bars = [bar.get("title").split(": ") for bar in page.all("//ol[contains(@class, 'bars')]//*[@title]")]
    held = {name for day in dates for name in (day[:4], _month(day), _day(day))}
    assert len(bars) > 10
    assert [name for name, said in bars if said == "nothing archived"] == [name for name, _ in bars if name not in held]


def _month(day: str) -> str:
    return datetime.fromisoformat(day).strftime("%B %Y")


def _day(day: str) -> str:
    return f"{datetime.fromisoformat(day):%B} {int(day[8:])}, {day[:4]}"


def test_the_archive_over_time_is_counted_once_for_each_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"a": "2003-05-01", "b": "2005-05-01", "c": "2005-06-01"}
    archive = make_archive(
        Article(id=id, title=f"fig {id}", body="-", published=Published(datetime.fromisoformat(f"{day}T00:00:00Z")))
        for id, day in days.items()
    )
    asked = searches_of(archive, monkeypatch)
    client = create_app(Config(), archive).test_client()

    def gaps(address: str) -> tuple[set[str], int]:
        """Bars of times from which nothing is kept, and how many searches the page made."""
        asked.clear()
        titles = [
            span.get("title") for span in get(client, address).all("//ol[contains(@class, 'bars')]//span[@title]")
        ]
        return {title for title in titles if title.endswith("nothing archived")}, len(asked)

    empty, searches = gaps("/search?q=fig")
    assert "2004: nothing archived" in empty
    assert searches == 2
    assert gaps("/search?q=fig") == (empty, 1)
    archive.add([Article(id="d", title="plum", body="-", published=Published(datetime(2004, 5, 1, tzinfo=UTC)))])
    empty, searches = gaps("/search?q=fig")
    assert "2004: nothing archived" not in empty
    assert searches == 2


def test_undated_articles_can_be_asked_for(client: FlaskClient) -> None:
    page = get(client, "/search?q=saffron")
    address = page.link("2 undated")
    assert arguments(address) == [("q", "saffron"), ("published", "")]
    assert count_of(get(client, address)) == 2


def test_the_order_can_be_changed(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    oldest = get(client, page.link("Oldest first"))
    assert oldest.texts("//ol[@class='hits']//h3")[0] == "Biden speaks to Lavrov's deputy"
    assert oldest.texts("//nav[@class='sorts']//a[@aria-current]") == ["Oldest first"]


def test_pages_lead_to_every_hit_once(client: FlaskClient) -> None:
    seen: list[str] = []
    address: str | None = "/search?size=7"
    while address:
        page = get(client, address)
        seen += [a.get("href") for a in page.all("//ol[@class='hits']//h3/a")]
        following = page.all("//nav[@class='pager']//a[contains(@rel, 'next')]")
        address = following[0].get("href") if following else None
    ids = [address.split("?")[0] for address in seen]
    assert len(ids) == len(set(ids)) == count_of(get(client, "/search"))


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&size=2&page=9")
    assert arguments(page.link("Go to the last page")) == [("q", "lavrov"), ("page", "3"), ("size", "2")]


def test_nothing_found_says_what_would_be(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+tulip&source=Rank&match=all")
    assert page.one("//h1") == "0 articles for lavrov tulip"
    assert page.texts("//ul[@class='hints']/li") == ["lavrov 6 articles", "tulip 4 articles", "Source: Rank 0 articles"]
    assert page.one("//p[@class='ways']") == "No article has all of these words; 4 have some, best first."


def test_a_misspelt_word_gets_a_proposal_that_has_hits(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrof&spellcheck=0")
    assert page.texts("//p[@class='meant']") == ["Did you mean lavrov? 6 articles"]
    assert count_of(get(client, page.link("lavrov", "//p[@class='meant']"))) == 6


def test_each_result_says_why_it_is_there(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov+biden")
    rows = page.all("(//details[@class='why'])[1]//tbody/tr")
    shares = {tuple(" ".join(cell.text_content().split()) for cell in row) for row in rows}
    assert {(clause, field) for clause, field, _ in shares} <= {
        (clause, field) for clause in ("lavrov", "biden") for field in ("Title", "Summary", "Text")
    }
    assert sum(int(share.rstrip("%")) for *_, share in shares) in range(98, 103)


def test_a_refused_query_is_a_page_with_the_reason(client: FlaskClient) -> None:
    typed = "x" * 1001
    page = get(client, "/search?" + urlencode({"q": typed, "source": "AP"}))
    assert (page.status, page.one("//h1")) == (400, "This search cannot be answered")
    assert "at most 1000" in page.one("//ul[@class='warnings']/li")
    assert page.all("//input[@name='q']/@value") == [typed]
    assert page.all("//input[@name='source']/@value") == ["AP"]


# All values of a facet


def test_all_values_of_a_facet_can_be_paged_searched_and_ordered(client: FlaskClient) -> None:
    page = get(client, "/facet/source")
    values = labels(page)
    by_name = get(client, submitted(page, "pick") + "&order=name")
    assert by_name.texts("//div[@class='sorts']//button[@aria-current]") == ["A–Z"]
    assert sorted(values) == sorted(labels(by_name))
    narrowed = get(client, "/facet/source?contains=JAZ")
    assert labels(narrowed) == ["Al Jazeera", "Al Jazeera English", "Jazeera", "al jazeera"]


def test_a_facet_page_keeps_the_search_it_came_from(client: FlaskClient) -> None:
    page = get(client, "/facet/source?q=lavrov&person=Sergey+Lavrov")
    assert choices(page, "source")["TASS"] == (2, "/search?q=lavrov&person=Sergey+Lavrov&source=TASS")
    assert arguments(page.link("Back to the results")) == [("q", "lavrov"), ("person", "Sergey Lavrov")]
    shown = client.get(submitted(page, "pick") + "&show=1")
    assert (shown.status_code, shown.headers["Location"]) == (303, "/search?q=lavrov&person=Sergey+Lavrov")


def test_what_was_ticked_is_kept_on_the_way_through_all_values() -> None:
    client = make_client(Article(f"{n}", f"News {n}", "A bridge.", source=f"Paper {n:03}") for n in range(250))
    first = get(client, "/facet/source?q=bridge")
    assert first.texts("//nav[@class='pager']//button") == ["1", "2", "3", "4", "5", "Next"]
    ticked = get(client, submitted(first, "pick") + "&source=Paper+002&part=2")
    assert ticked.texts("//ul[@class='chips']//bdi") == ["bridge", "Paper 002"]
    assert ticked.texts("//nav[@class='pager']//button[@aria-current]") == ["2"]
    narrowed = get(client, submitted(ticked, "pick", contains="24") + "&source=Paper+100")
    assert labels(narrowed) == [
        "Paper 002",
        "Paper 100",
        "Paper 024",
        "Paper 124",
        "Paper 224",
        *(f"Paper {n}" for n in range(240, 250)),
    ]
    shown = client.get(submitted(narrowed, "pick") + "&source=Paper+240&show=1")
    assert arguments(shown.headers["Location"]) == [
        ("q", "bridge"), *(("source", f"Paper {n}") for n in ("002", "100", "240")),
    ]  # fmt: skip


def test_an_unknown_facet_is_not_found(client: FlaskClient) -> None:
    assert get(client, "/facet/colour").status == 404


# Articles


def test_an_article_stands_whole_with_its_matches(client: FlaskClient) -> None:
    page = get(client, "/article/a3?q=lavrov+biden")
    assert page.one("//h1") == "Biden speaks to Lavrov's deputy"
    assert page.texts("//div[@class='text']/p") == ["President Biden and Lavrov did not meet. Biden left early."]
    assert page.texts("//article//mark") == ["Biden", "Lavrov", "Biden", "Lavrov", "Biden"]
    assert [mark.get("id") for mark in page.all("//article//mark")] == [f"match-{n}" for n in range(1, 6)]
    assert page.link("5 matches in this article") == "#match-1"


def test_an_article_leads_to_its_source_day_people_and_neighbours(client: FlaskClient) -> None:
    page = get(client, "/article/a1")
    assert page.link("SANA", "//dl") == "/source/SANA"
    assert page.link("October 14, 2021, 11:15 AM UTC", "//dl") == "/archive/2021/10/14"
    assert page.link("Sergey Lavrov", "//aside") == "/person/Sergey%20Lavrov"
    assert page.link("Where it was published") == "https://sana.sy/en/lavrov-meets-ministers"
    assert page.texts("//section[h2[@id='day-title']]//h3") == ["Lavrov: no progress on Minsk"]


def test_the_way_through_a_list_goes_with_the_article(client: FlaskClient) -> None:
    results = get(client, "/search?q=lavrov&sort=oldest")
    addresses = [a.get("href") for a in results.all("//ol[@class='hits']//h3/a")]
    page = get(client, addresses[1])
    assert page.one("//nav[@class='way']/span[@class='aside']") == "2 of 6"
    (before,) = [a.get("href") for a in page.all("//nav[@class='way']//a[contains(@rel, 'prev')]")]
    (after,) = [a.get("href") for a in page.all("//nav[@class='way']//a[contains(@rel, 'next')]")]
    assert [before, after] == [addresses[0], addresses[2]]
    assert page.link("Back to the results") == "/search?q=lavrov&sort=oldest#hit-2"
    assert results.texts("//li[@id='hit-2']//h3") == page.texts("//h1")


def test_a_position_that_no_longer_holds_is_left_out(client: FlaskClient) -> None:
    assert not get(client, "/article/a1?q=lavrov&pos=99").all("//nav[@class='way']")
    assert not get(client, "/article/a1?q=tulip&pos=1").all("//nav[@class='way']")
    assert get(client, "/article/a1?q=" + "x" * 2000 + "&pos=1").status == 200


def test_an_article_without_anything_still_has_a_page(client: FlaskClient) -> None:
    page = get(client, "/article/d4")
    assert (page.status, page.one("//h1")) == (200, "Untitled article")


def test_there_is_a_page_for_an_article_that_is_not_there(client: FlaskClient) -> None:
    page = get(client, "/article/none%20such")
    assert (page.status, page.one("//h1")) == (404, "Nothing at this address")


# By date and by name


def test_years_lead_to_months_days_and_articles(client: FlaskClient) -> None:
    years = get(client, "/archive/")
    assert years.link("2021 5") == "/archive/2021"
    year = get(client, "/archive/2021")
    assert year.link("October 3 articles") == "/archive/2021/10"
    month = get(client, "/archive/2021/10")
    assert month.texts("//table[@class='month']//a") == ["13 1", "14 2"]
    assert month.all("//table//a[@href='/archive/2021/10/14']")[0].get("aria-label") == (
        "Thursday, October 14, 2021: 2 articles"
    )
    day = get(client, "/archive/2021/10/14")
    assert day.texts("//ol[@class='hits']//h2") == [
        "Lavrov meets ministers in Damascus",
        "Lavrov: no progress on Minsk",
    ]
    assert day.link("October 13, 2021") == "/archive/2021/10/13"
    assert day.link("November 2, 2021") == "/archive/2021/11/02"


def test_a_day_without_articles_shows_the_way_to_others(client: FlaskClient) -> None:
    page = get(client, "/archive/2021/10/20")
    assert (page.status, page.texts("//h1")) == (404, ["Wednesday, October 20, 2021"])
    assert page.link("October 14, 2021") == "/archive/2021/10/14"


@pytest.mark.parametrize("path", ["/archive/2021/13", "/archive/2021/02/30", "/archive/0000", "/archive/x"])
def test_days_that_do_not_exist_are_not_found(client: FlaskClient, path: str) -> None:
    assert get(client, path).status == 404


@pytest.mark.parametrize("path", ["/archive/0001/01/01", "/archive/9999/12/31", "/archive/9999"])
def test_the_ends_of_the_calendar_are_no_error(client: FlaskClient, path: str) -> None:
    assert get(client, path).status == 404


def test_a_person_has_a_page(client: FlaskClient) -> None:
    page = get(client, "/person/Sergey%20Lavrov")
    assert (page.one("//h1"), page.one("//p[@class='kicker']")) == ("Sergey Lavrov", "Person")
    assert page.texts("//div[@class='found']//p[@class='aside']")[0].startswith("5 articles")
    assert page.link("All: 5 articles") == "/search?person=Sergey+Lavrov&sort=newest"
    assert get(client, "/person/Nobody").status == 404


def test_every_count_agrees_with_the_archive(client: FlaskClient, corpus: Archive) -> None:
    assert count_of(get(client, "/search?q=minist*")) == corpus.search(SearchRequest(query="minist*")).total


# Links


def test_every_link_on_every_page_works(client: FlaskClient) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < 400:
        address = waiting.pop()
        with client.get(address) as answer:
            assert answer.status_code == 200, address
            if answer.mimetype != "text/html":
                continue
        page = get(client, address)
        for a in page.all("//a[@href]"):
            address = a.get("href")
            if address.startswith("/") and address not in seen and "nofollow" not in a.get("rel", ""):
                seen.add(address)
                waiting.append(address)
    assert len(seen) > 100


def test_a_cursor_of_another_search_shows_the_first_page_and_says_so(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&cursor=nonsense")
    assert page.status == 200
    assert page.texts("//ul[@class='warnings']/li")[0].startswith("The place in the list that the address names")
    assert page.texts("//ol[@class='hits']//h3") == get(client, "/search?q=lavrov").texts("//ol[@class='hits']//h3")


# What an archive knows about a person


def spoken(id: str, body: str, *found: tuple[str, str]) -> Article:
    """An article whose people a tagger found: (name, as the text has it)."""
    entities = []
    for name, surface in found:
        starts = [match.start() for match in re.finditer(surface, body)]
        mentions = tuple(Mention(start, start + len(surface)) for start in starts)
        entities.append(Entity("person", name, mentions, False, (surface,) if surface != name else ()))
    return Article(id, id, body=body, language="en", source="SANA", entities=tuple(entities)).with_hash()


@pytest.fixture
def people() -> FlaskClient:
    """A site over articles that spell one name in three ways."""
    talks = "Rain fell. Sergei Lavrov met Antony Blinken. Then Sergei Lavrov left Antony Blinken."
    articles = [
        spoken("one", talks, ("Sergei Lavrov", "Sergei Lavrov"), ("Antony Blinken", "Antony Blinken")),
        spoken("two", "Snow fell. Lavrov slept. Lavrov woke.", ("Sergey Lavrov", "Lavrov")),
        spoken("three", "Sergey Lavrov, Sergey Lavrov.", ("Sergey Lavrov", "Sergey Lavrov")),
        spoken("four", "Once upon a time came Anna Ruiz.", ("Anna Ruiz", "Anna Ruiz")),
    ]
    made = create_app(Config(), make_archive(articles))
    made.testing = True
    return made.test_client()


def test_a_person_is_shown_with_spellings_sentences_and_company(people: FlaskClient) -> None:
    page = get(people, "/person/Sergey%20Lavrov")
    assert page.one("//h1") == "Sergey Lavrov"
    assert "Also written: Lavrov, Sergei Lavrov" in page.texts("//p[@class='aside']")
    assert "Sergei Lavrov met Antony Blinken. Then Sergei Lavrov left Antony Blinken." in page.one("//main")
    assert "Rain fell" not in page.one("//main")
    assert page.texts("//mark")[:2] == ["Sergei Lavrov", "Sergei Lavrov"]
    assert page.link("Antony Blinken", "//aside") == "/search?q=person:%3D%22Sergey+Lavrov%22&person=Antony+Blinken"
    assert count_of(get(people, page.link("Antony Blinken", "//aside"))) == 1


def test_another_spelling_leads_to_the_one_that_is_shown(people: FlaskClient) -> None:
    page = get(people, "/person/Sergei%20Lavrov")
    assert (page.status, page.headers["Location"]) == (302, "/person/Sergey%20Lavrov")


def test_a_person_named_in_passing_alone_has_a_page(people: FlaskClient) -> None:
    page = get(people, "/person/Anna%20Ruiz")
    assert page.status == 200
    assert "Once upon a time came Anna Ruiz." in page.one("//main")
    assert count_of(get(people, page.link("All: 1 article"))) == 1
