from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from indexer.archive import Archive
from indexer.article import Article
from indexer.search.request import Period
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from tests.webui.site import BASE, make_client, make_site
from webui.formats.atom import OPENSEARCH
from webui.formats.opensearch_description import Box, describe
from webui.formats.sitemap import NAMESPACE, File, files, ids

ARTICLES = [
    article("a", "Lavrov & Biden", "b", "2021-10-14", people=("Sergei Lavrov",)),
    article("b", "Talks in Vienna", "b", "2021-10-15", people=("Sergei Lavrov",), places=("Lavrovo",)),
    article("c//<d>", "No date", "b", None, source="Lavender & Sons"),
]


def _urls(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/xml; charset=utf-8"
    return [str(each) for each in etree.fromstring(answer.data).xpath("//s:loc/text()", namespaces={"s": NAMESPACE})]


def test_suggestions_as_browsers_take_them() -> None:
    answer = make_client(ARTICLES).get("/suggest?q=lav")
    assert answer.content_type == "application/x-suggestions+json"
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert answer.get_json(force=True) == [
        "lav",
        ["Sergei Lavrov", "Lavrovo", "Lavender & Sons", "Lavrov & Biden"],
        ["Person · 2 articles", "Place · 1 article", "Source · 1 article", "Title"],
        [
            f"{BASE}/person/Sergei%20Lavrov",
            f"{BASE}/place/Lavrovo",
            f"{BASE}/source/Lavender%20&%20Sons",
            f"{BASE}/search?q=title:%22Lavrov+%26+Biden%22",
        ],
    ]


@pytest.mark.parametrize("query", ["", "?q=", "?q=+%20", "?q=zzz"])
def test_nothing_to_suggest(query: str) -> None:
    answer = make_client(ARTICLES).get(f"/suggest{query}").get_json(force=True)
    assert answer[1:] == [[], [], []]


def test_what_is_offered_is_found() -> None:
    client = make_client(ARTICLES)
    for url in client.get("/suggest?q=lav").get_json(force=True)[3]:
        page = client.get(url.removeprefix(BASE))
        assert page.status_code == 200
        assert "Nothing was found" not in page.text


@pytest.mark.parametrize(
    ("allowed", "origin", "answer"),
    [
        ((), "https://a.example", None),
        (("https://a.example/",), "https://a.example", "https://a.example"),
        (("https://a.example",), "https://b.example", None),
        (("*",), "https://b.example", "*"),
        (("https://a.example",), "", None),
    ],
)
def test_other_sites_may_ask_as_configured(allowed: tuple[str, ...], origin: str, answer: str | None) -> None:
    client = make_client(ARTICLES, cors_origins=allowed)
    headers = client.get("/suggest?q=lav", headers={"Origin": origin} if origin else {}).headers
    assert headers.get("Access-Control-Allow-Origin") == answer
    assert ("Origin" in headers["Vary"]) == (bool(allowed) and "*" not in allowed)


def test_the_description_of_the_search_box() -> None:
    answer = make_client(ARTICLES).get("/opensearch.xml")
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    root = etree.fromstring(answer.data)
    names = {"o": OPENSEARCH}
    assert root.findtext("o:ShortName", "", names) == "Broadsheet"
    assert root.findtext("o:Description", "", names) == "Broadsheet: The news, kept and searchable"
    assert [(each.get("type"), each.get("rel"), each.get("template")) for each in root.findall("o:Url", names)] == [
        ("text/html", "results", f"{BASE}/search?q={{searchTerms}}"),
        ("application/x-suggestions+json", "suggestions", f"{BASE}/suggest?q={{searchTerms}}"),
        ("application/atom+xml", "results", f"{BASE}/feed.atom?q={{searchTerms}}&page={{startPage?}}"),
        ("application/opensearchdescription+xml", "self", f"{BASE}/opensearch.xml"),
    ]
    icon = root.findtext("o:Image", "", names)
    assert urlsplit(icon).path == "/static/icon.svg"
    with make_client(ARTICLES).get(icon.removeprefix(BASE)) as file:
        assert file.status_code == 200


def test_a_hostile_name_does_not_break_the_description() -> None:
    box = Box("</ShortName><x>&\x00 a long name", '"><!--', *(f'{BASE}/"<&>' for _ in range(5)))
    root = etree.fromstring(describe(box).encode())
    assert root.findtext("{*}ShortName") == "</ShortName><x>&"
    assert len(root) == 9


MANY = [
    *(article(f"y{n}", "T", "b", f"1999-0{n % 9 + 1}-01") for n in range(5)),
    *(article(f"m{n}", "T", "b", f"2020-01-{n % 28 + 1:02d}") for n in range(4)),
    *(article(f"n{n}", "T", "b", f"2020-02-{n % 2 + 1:02d}") for n in range(8)),
    *(article(f"o{n}", "T", "b", "2020-03-09") for n in range(11)),
    *(article(f"u{n}", "T", "b", None) for n in range(6)),
]


@pytest.fixture(scope="module")
def many() -> Archive:
    return make_archive(MANY)


def test_files_are_as_coarse_as_they_may_be(many: Archive) -> None:
    assert [str(each) for each in files(many, 5)] == [
        "1999",
        "2020-01",
        "2020-02-01",
        "2020-02-02",
        "2020-03-09",
        "2020-03-09.2",
        "2020-03-09.3",
        "undated",
        "undated.2",
    ]
    assert [str(each) for each in files(many)] == ["1999", "2020", "undated"]


@pytest.mark.parametrize("most", [1, 5, 50_000])
def test_every_article_is_in_one_file(many: Archive, most: int) -> None:
    found = [list(ids(many, each, most)) for each in files(many, most)]
    assert max(map(len, found)) <= most
    assert sorted(id for part in found for id in part) == sorted(each.id for each in MANY)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("2021", File(Period(2021))),
        ("2021-10-14.2", File(Period(2021, 10, 14), 2)),
        ("undated", File(None)),
        ("undated.12", File(None, 12)),
        ("2021-13", None),
        ("2021-1", None),
        ("2021.0", None),
        ("0000", None),
        ("..", None),
        ("2021.", None),
        ("2021-10\n", None),
    ],
)
def test_names_of_files(name: str, file: File | None) -> None:
    assert File.parse(name) == file
    assert file is None or str(file) == name


def test_the_sitemap_leads_to_every_article() -> None:
    client = make_client(ARTICLES, indexable=True)
    found = _urls(client, "/sitemap.xml")
    assert found == [f"{BASE}/sitemap/2021.xml", f"{BASE}/sitemap/undated.xml"]
    articles = [url for each in found for url in _urls(client, each.removeprefix(BASE))]
    assert articles == [f"{BASE}/article/a", f"{BASE}/article/b", f"{BASE}/article/c//%3Cd%3E"]
    assert all(client.get(url.removeprefix(BASE)).status_code == 200 for url in articles)
    assert client.get("/sitemap/2022.xml").status_code == 200
    assert client.get("/sitemap/zz.xml").status_code == 404


def test_a_crawler_that_has_the_index_of_a_generation_is_told_so() -> None:
    archive = make_archive(ARTICLES)
    client = make_site(archive=archive, indexable=True).test_client()
    tag = {"If-None-Match": client.get("/sitemap.xml").headers["ETag"]}
    assert client.get("/sitemap.xml", headers=tag).status_code == 304
    archive.add([Article(id="z", title="T", published=ARTICLES[0].published), article("y", "T", "b", "1999")])
    assert client.get("/sitemap.xml", headers=tag).status_code == 200


def test_an_archive_that_is_not_to_be_indexed_has_no_sitemap() -> None:
    client = make_client(ARTICLES)
    assert client.get("/sitemap.xml").status_code == 404
    assert client.get("/sitemap/2021.xml").status_code == 404
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_what_crawlers_may_read() -> None:
    assert make_client(ARTICLES, indexable=True).get("/robots.txt").text.splitlines() == [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /facet/",
        "Disallow: /api/",
        "Disallow: /compare",
        "Disallow: /export.",
        "Disallow: /feed.",
        "Disallow: /cite/",
        "Disallow: /receipt",
        "Disallow: /suggest",
        "Disallow: /batch",
        "",
        f"Sitemap: {BASE}/sitemap.xml",
    ]
