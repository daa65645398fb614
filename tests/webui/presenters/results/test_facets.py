"""Facets as rows: what stands first, what each row can do, and what a search is narrowed by from its hits."""

from flask.testing import FlaskClient

from indexer.article import Article
from tests.webui.page import Page, arguments, get
from tests.webui.site import make_client
from tests.webui.test_pages import count_of, labels, submitted


def acts(page: Page, value: str, parameter: str = "source") -> dict[str, list[tuple[str, str]]]:
    """The whole name of each link of a row, and what its address asks."""
    links = page.all(f"//li[.//input[@name='{parameter}' and @value='{value}']]/span[@class='acts']/a")
    return {link.get("aria-label"): arguments(link.get("href")) for link in links}


def papers(amount: int) -> FlaskClient:
    """A site with so many sources, one of each letter less than of the one before."""
    return make_client(
        Article(f"{n}-{copy}", f"News {n}", "A bridge.", source=f"Paper {n:02}")
        for n in range(amount)
        for copy in range(amount - n)
    )


def test_a_row_is_a_box_with_its_label_in_a_named_group(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    (box,) = page.all("//fieldset[legend='Source']//label/input[@value='TASS']")
    assert " ".join(box.getparent().text_content().split()) == "TASS 2"
    assert page.all("//aside//fieldset[not(legend)]") == []
    assert page.all("//li[contains(@class, 'choice')]//label//a") == []


def test_only_and_exclude_act_at_once_and_say_on_what(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    assert acts(page, "TASS") == {
        "Only TASS": [("q", "lavrov"), ("source", "TASS")],
        "Exclude TASS": [("q", "lavrov"), ("-source", "TASS")],
    }
    page = get(client, "/search?q=lavrov&source=TASS&source=SANA")
    assert acts(page, "TASS") == {
        "Only TASS": [("q", "lavrov"), ("source", "TASS")],
        "Remove TASS": [("q", "lavrov"), ("source", "SANA")],
    }
    assert acts(get(client, "/search?q=lavrov&source=TASS"), "TASS") == {"Remove TASS": [("q", "lavrov")]}


def test_the_box_of_what_is_excluded_is_that_of_its_exclusion(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&-source=TASS")
    assert [box.get("value") for box in page.all("//input[@name='-source'][@checked]")] == ["TASS"]
    assert acts(page, "TASS", "-source") == {"Remove not TASS": [("q", "lavrov")]}
    assert count_of(get(client, submitted(page))) == 4
    (box,) = page.all("//input[@name='-source'][@form='search']")
    del box.attrib["checked"]
    assert count_of(get(client, submitted(page))) == 6


def test_what_is_chosen_comes_first_then_what_is_excluded_then_the_others_by_count() -> None:
    client = papers(12)
    page = get(client, "/search?q=bridge&source=Paper+11&source=Paper+05&-source=Paper+08")
    assert labels(page) == [
        "Paper 05", "Paper 11", "not Paper 08", *(f"Paper {n:02}" for n in (0, 1, 2, 3, 4, 6, 7)),
    ]  # fmt: skip
    page = get(client, "/facet/source?q=bridge&source=Paper+11&-source=Paper+08&order=name&contains=paper+0")
    assert labels(page) == ["Paper 11", "not Paper 08", *(f"Paper {n:02}" for n in (0, 1, 2, 3, 4, 5, 6, 7, 9))]


def test_a_category_comes_first_with_what_stands_above_it() -> None:
    names = ["News/World", "News/World", "News/Home", "Sport/Football", "Sport/Chess"]
    client = make_client(Article(f"{n}", "News", "A bridge.", category=name) for n, name in enumerate(names))
    assert labels(get(client, "/search?q=bridge")) == ["News", "World", "Home", "Sport", "Chess", "Football"]
    page = get(client, "/search?q=bridge&category=Sport/Football")
    assert labels(page) == ["Sport", "Football", "Chess", "News", "World", "Home"]


def test_articles_without_a_value_are_named_in_plain_words(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&-source=")
    assert page.texts("//li[contains(@class, 'chip')]/bdi") == ["With a source"]
    assert page.texts("//li[contains(@class, 'chip')]/span[@class='of']") == []
    assert labels(page)[0] == "With a source"
    nothing = get(client, "/search?q=lavrov&source=&-place=&person=Joe+Biden&-language=en")
    assert nothing.texts("//ul[@class='hints']/li/*[self::a or self::bdi]")[1:] == [
        "Language: not English",
        "Person: Joe Biden",
        "Places named",
        "No source",
    ]


def test_values_are_counted_in_the_word_for_their_kind() -> None:
    client = papers(25)
    page = get(client, "/search?q=bridge")
    assert page.texts("//p[@class='more']") == ["All 25 sources"]
    assert page.all("//form[@class='among']/input[@name='contains']/@placeholder") == ["Search among 25 sources"]
    (form,) = page.all("//form[@class='among']")
    assert form.get("action") == "/facet/source"
    assert [(field.get("name"), field.get("value")) for field in form.xpath("input")] == [
        ("q", "bridge"), ("contains", None),
    ]  # fmt: skip
    values = get(client, "/facet/source?q=bridge")
    assert values.one("//div[@class='found']/p") == "25 sources"
    assert values.one("//label[@for='contains']") == "Search among 25 sources"
    found = get(client, "/facet/source?q=bridge&contains=24")
    assert found.one("//div[@class='found']/p") == "1 source"
    assert found.one("//label[@for='contains']") == "Search among all of them"
    assert get(client, "/facet/source?ui=ru").one("//div[@class='found']/p") == "25 источников"
    assert get(papers(19), "/search?q=bridge").all("//form[@class='among']") == []


def test_a_directory_leads_to_the_pages_of_its_names_and_a_search_does_not(client: FlaskClient) -> None:
    page = get(client, "/facet/source")
    assert page.link("TASS", "//ul[@class='values']") == "/source/TASS"
    assert page.all("//input[@value='TASS']/@aria-label") == ["TASS 2"]
    for address in ("/facet/source?q=lavrov", "/facet/source?beside=1", "/facet/language"):
        assert get(client, address).all("//a[@class='value']") == []


def test_from_a_hit_its_search_is_narrowed(client: FlaskClient) -> None:
    hit = "//li[.//h3='Lavrov meets ministers in Damascus']//p[@class='facts']"
    page = get(client, "/search?q=lavrov&sort=newest&source=SANA&source=TASS&page=1")
    assert arguments(page.link("SANA", hit)) == [("q", "lavrov"), ("source", "SANA"), ("sort", "newest")]
    (day,) = page.all(f"{hit}/a[@class='when']")
    assert arguments(day.get("href")) == [
        ("q", "lavrov"), ("from", "2021-10-14"), ("to", "2021-10-14"),
        ("source", "SANA"), ("source", "TASS"), ("sort", "newest"),
    ]  # fmt: skip
    assert count_of(get(client, day.get("href"))) >= 1
    steps = page.all(f"{hit}/span[@class='category']/a")
    assert [arguments(step.get("href"))[1] for step in steps] == [
        ("category", "News"), ("category", "News/Politics"),
    ]  # fmt: skip


def test_where_nothing_is_asked_a_hit_leads_to_the_pages_of_its_source_and_day(client: FlaskClient) -> None:
    page = get(client, "/search?size=20")
    assert "/source/TASS" in page.all("//p[@class='facts']/a[@class='source']/@href")
    assert "/archive/2021/10/14" in page.all("//p[@class='facts']/a[@class='when']/@href")
    profile = get(client, "/person/Sergey%20Lavrov")
    assert "/source/TASS" in profile.all("//p[@class='facts']/a[@class='source']/@href")


def test_what_somebody_typed_has_one_pair_of_quotation_marks(client: FlaskClient) -> None:
    assert get(client, "/search?q=lavrov").all("//h1/q[not(@class)]") != []
    assert get(client, "/search?q=%22lavrov%22").all("//h1/q[@class='bare']") != []
