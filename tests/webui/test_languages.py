"""The languages of the interface: whole catalogues, the right one chosen, plurals and directions as they should be."""

import re
from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.config import Config
from tests.webui.page import get
from webui import create_app, translate
from webui.i18n import INTERFACE_LANGUAGES, ngettext

OTHERS = {tag: locale for tag, locale in INTERFACE_LANGUAGES.items() if tag != translate.SOURCE_LANGUAGE}
PAGES = ["/", "/search?q=lavrov", "/search?q=lavrov+tulip&source=Rank&pgae=1", "/article/a1?q=lavrov", "/archive/",
         "/archive/2021/10", "/archive/2021/10/14", "/facet/source", "/person/Sergey%20Lavrov", "/help", "/trends",
         "/advanced", "/compare?q=lavrov&q=biden", "/nope"]  # fmt: skip


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return translate.collected()


@pytest.mark.parametrize("locale", OTHERS.values())
def test_every_message_is_translated_with_its_values(locale: str, wanted: Catalog) -> None:
    assert list(translate.gaps(translate.read(locale), wanted)) == []


@pytest.mark.parametrize("locale", OTHERS.values())
def test_catalogues_are_up_to_date_and_compiled(locale: str, wanted: Catalog) -> None:
    """`make translate` brings them up to date."""
    path = translate.catalogue_path(locale)
    assert path.read_bytes() == translate.po_bytes(translate.updated(locale, wanted))
    with path.open("rb") as file:
        assert path.with_suffix(".mo").read_bytes() == translate.mo_bytes(read_po(file, locale=locale))


def translated(catalogue: Catalog, id: str) -> str:
    message = catalogue.get(id)
    assert message is not None
    return str(message.string)


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left_on_a_page(client: FlaskClient, tag: str, path: str, wanted: Catalog) -> None:
    """Nothing that has a translation stands in English; words that are the same in both languages aside."""
    catalogue = translate.read(INTERFACE_LANGUAGES[tag])
    ours = {
        str(m.id): translated(catalogue, m.id) for m in wanted if isinstance(m.id, str) and m.id and "%" not in m.id
    }
    page = get(client, f"{path}{'&' if '?' in path else '?'}ui={tag}")
    for script in page.all("//script"):
        script.drop_tree()
    texts = {" ".join(text.split()) for text in page.tree.xpath("//body//text()") + page.tree.xpath("//body//@title")}
    texts |= set(page.tree.xpath("//body//@aria-label")) | set(page.tree.xpath("//body//@placeholder"))
    left = {text for text in texts if text in ours and ours[text] != text}
    # Texts of articles may happen to be words of the interface.
    assert left <= {"Order", "Key", "Calendar", "News", "Sport"}


@pytest.mark.parametrize("tag", INTERFACE_LANGUAGES)
def test_a_page_says_its_language_and_direction(client: FlaskClient, tag: str) -> None:
    page = get(client, f"/?ui={tag}")
    (root,) = page.all("/html")
    assert (root.get("lang"), root.get("dir")) == (tag, "rtl" if tag == "ar" else "ltr")
    assert page.headers["Content-Language"] == tag


@pytest.mark.parametrize(
    ("headers", "cookie", "argument", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", None, None, "de"),
        ("zh-CN,zh;q=0.9", None, None, "zh-Hans"),
        ("nl,ja;q=0.8", None, None, "en"),
        ("de", "fr", None, "fr"),
        ("de", "fr", "ru", "ru"),
        ("de", "xx", "yy", "de"),
        ("", None, None, "en"),
    ],
)
def test_the_url_comes_before_the_cookie_before_the_browser(
    app: Flask, headers: str, cookie: str | None, argument: str | None, language: str
) -> None:
    client = app.test_client()
    if cookie:
        client.set_cookie("ui", cookie)
    answer = client.get("/help" + (f"?ui={argument}" if argument else ""), headers={"Accept-Language": headers})
    assert answer.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", answer.headers["Vary"]))


def test_a_chosen_language_is_remembered(app: Flask) -> None:
    client = app.test_client()
    assert "ui=es" in client.get("/help?ui=es").headers["Set-Cookie"]
    assert client.get("/help").headers["Content-Language"] == "es"
    assert "Set-Cookie" not in client.get("/help?ui=xx").headers


def test_the_site_may_prefer_another_language(corpus: Archive) -> None:
    config = Config()
    app = create_app(replace(config, web=replace(config.web, default_language="ru")), corpus)
    assert app.test_client().get("/help", headers={"Accept-Language": "nl"}).headers["Content-Language"] == "ru"


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("en", {1: "1 article", 2: "2 articles", 5: "5 articles"}),
        ("ru", {1: "1 статья", 2: "2 статьи", 5: "5 статей", 21: "21 статья"}),
        ("ar", {0: "لا مقالات", 1: "مقالة واحدة", 2: "مقالتان", 3: "3 مقالات", 11: "11 مقالة", 100: "100 مقالة"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("zh-Hans", {1: "1 篇文章", 5: "5 篇文章"}),
    ],
)
def test_plurals_are_those_of_the_language(app: Flask, tag: str, texts: dict[int, str]) -> None:
    with app.test_request_context(f"/?ui={tag}"):
        found = {n: ngettext("%(count)s article", "%(count)s articles", n, count=n) for n in texts}
    assert found == texts


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "October 14, 2021"),
        ("de", "14. Oktober 2021"),
        ("zh-Hans", "2021年10月14日"),
        ("ru", "14 октября 2021\u202fг."),
    ],
)
def test_dates_are_written_as_the_reader_writes_them(client: FlaskClient, tag: str, day: str) -> None:
    page = get(client, f"/article/a3?ui={tag}")
    assert page.all("//section[h2[@id='day-title']]") == []
    times = [time.text_content() for time in get(client, f"/article/a1?ui={tag}").all("//dl//time")]
    assert times[0].startswith(day)


def test_the_language_menu_keeps_the_page(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&source=TASS")
    links = {a.get("hreflang"): a.get("href") for a in page.all("//nav[@class='tongues']//a")}
    assert links["ar"] == "/search?q=lavrov&source=TASS&ui=ar"
    assert list(links) == list(INTERFACE_LANGUAGES)
