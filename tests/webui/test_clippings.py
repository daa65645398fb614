"""The page of what was clipped, and its files: exactly the articles of the address, in its order."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.article import Article, Revision
from tests.engines.corpus import ARTICLES, article
from tests.webui.closed import Browser, Site
from tests.webui.page import Page, get
from tests.webui.site import BASE, UNLIMITED, make_site
from webui.formats.exports import ABOUT, END

HARD = [
    "https://sana.sy/x?y=1&id=2#z",
    "../up",
    'q"><script>alert(1)</script>',
    "a b+c%2Fd",
    "\u202eعربي\u2028",
    "\x00\r\n",
]
GONE = Article("gone", "Do not use", body="Secret", source="Tern", withdrawn=True,
               revision=Revision(modified=datetime(2024, 3, 7, 10, tzinfo=UTC)))  # fmt: skip
CHOSEN = ("a2", "zzz", "a1", "gone", "h0")


@pytest.fixture(scope="module")
def app() -> Flask:
    hard = [article(id, f"Hard {number}", "Text.", "2021") for number, id in enumerate(HARD)]
    h0 = article("h0", "=A title", "Text.", None, source=None)
    return make_site([*ARTICLES, *hard, h0, GONE], **UNLIMITED)


def page(client: FlaskClient, *ids: str, **more: str) -> Page:
    return get(client, "/clippings?" + urlencode([("id", id) for id in ids] + list(more.items())))


def test_the_articles_of_the_address_stand_in_its_order(client: FlaskClient) -> None:
    found = page(client, "a2", "a1")
    assert (found.status, found.one("//h1")) == (200, "2 clippings")
    assert found.texts("//main//h2/a") == ["Lavrov: no progress on Minsk", "Lavrov meets ministers in Damascus"]
    assert [li.get("data-of") for li in found.all("//ol[@class='hits clips']/li")] == ["a2", "a1"]
    today = datetime.now(UTC).date().isoformat()
    assert found.texts("//p[@class='citation']") == [
        "Zain, Hala. “Lavrov: no progress on Minsk”. TASS. 2021-10-14. "
        f"Broadsheet: {BASE}/article/a2 (accessed {today}).",
        "Jazaeri, Ruaa; Zain, Hala. “Lavrov meets ministers in Damascus”. SANA. 2021-10-14. "
        f"https://sana.sy/en/lavrov-meets-ministers. Broadsheet: {BASE}/article/a1 (accessed {today}).",
    ]
    assert found.one("//*[@id='address']") == f"{BASE}/clippings?id=a2&id=a1"
    assert "noindex" in found.text.partition("</head>")[0]


def test_dates_and_addresses_of_a_citation_keep_their_direction(client: FlaskClient) -> None:
    found = page(client, "a1", ui="ar")
    today = datetime.now(UTC).date().isoformat()
    apart = found.texts("//p[@class='citation']/bdi[@dir='ltr']")
    assert apart == ["2021-10-14", "https://sana.sy/en/lavrov-meets-ministers", f"{BASE}/article/a1", today]


def test_what_is_not_there_is_named_with_the_reason(client: FlaskClient) -> None:
    found = page(client, *CHOSEN)
    assert found.texts("//ol[@class='hits clips']/li//h2") == [
        "Lavrov: no progress on Minsk", "zzz", "Lavrov meets ministers in Damascus", "gone", "=A title",
    ]  # fmt: skip
    assert found.texts("//li//p[@class='aside']") == [
        "The archive has no such article.",
        "The source has taken this article back. It is neither shown nor found here any more. "
        "Tern · March 7, 2024, 10:00 AM UTC",
    ]
    assert "Secret" not in found.text
    assert "Do not use" not in found.text


def test_where_nothing_is_there_no_file_is_offered(client: FlaskClient) -> None:
    found = page(client, "zzz")
    assert (found.status, found.one("//h1")) == (200, "1 clipping")
    assert found.all("//a[contains(@href, '/clippings.')]") == []


def test_without_ids_the_page_says_how_to_fill_it(client: FlaskClient) -> None:
    found = get(client, "/clippings")
    assert (found.status, found.one("//h1")) == (200, "Clippings")
    assert found.texts("//main/p")[0].startswith("There is nothing here yet. The button “Clip” beside a result")


def test_more_than_a_page_holds_is_said(client: FlaskClient) -> None:
    found = page(client, "a1", *(f"x{number}" for number in range(250)))
    assert len(found.all("//ol[@class='hits clips']/li")) == 200
    assert found.texts("//ul[@class='warnings']/li") == [
        "A page holds at most 200 clippings: 51 more of this address are left out."
    ]


@pytest.mark.parametrize("id", HARD, ids=ascii)
def test_hard_ids_are_found_and_harmless(client: FlaskClient, id: str) -> None:
    found = page(client, id, f"{id}?")
    assert found.one("//main//h2/a") == f"Hard {HARD.index(id)}"
    assert "<script>alert" not in found.text
    again = get(client, found.one("//*[@id='address']").removeprefix(BASE))
    assert again.texts("//main//h2") == found.texts("//main//h2")
    (file,) = {a.get("href") for a in found.all("//a[contains(@href, 'clippings.jsonl')]")}
    assert [json.loads(line)["id"] for line in client.get(file).text.split("\n")[1:-2]] == [id]


def answer(client: FlaskClient, suffix: str) -> Any:
    found = client.get(f"/clippings.{suffix}?" + urlencode([("id", id) for id in CHOSEN]))
    assert found.status_code == 200
    assert found.headers["X-Robots-Tag"] == "noindex"
    assert re.fullmatch(
        rf'attachment; filename="broadsheet-\d{{4}}-\d\d-\d\d-clippings\.{re.escape(suffix)}"',
        found.headers["Content-Disposition"],
    )
    return found


ABSENT = ["zzz: the archive has no such article.", "gone: its source has taken it back."]
ADDRESS = f"{BASE}/clippings?id=a2&id=zzz&id=a1&id=gone&id=h0"


def test_the_csv_parses_back_to_the_chosen_articles(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(answer(client, "csv").text, newline="")))
    about = json.loads(next(name for name in rows[0] if name.startswith(ABOUT)).removeprefix(ABOUT))
    assert [(row["id"], row["title"], row["permalink"]) for row in rows] == [
        ("a2", "Lavrov: no progress on Minsk", f"{BASE}/article/a2"),
        ("a1", "Lavrov meets ministers in Damascus", f"{BASE}/article/a1"),
        ("h0", "'=A title", f"{BASE}/article/h0"),
    ]
    assert {name: about[name] for name in about if name not in ("time", "generation")} == {
        "archive": "Broadsheet",
        "clippings": ADDRESS,
        "total": 3,
        "warnings": ABSENT,
    }


def test_the_json_lines_parse_back_to_the_chosen_articles(client: FlaskClient) -> None:
    found = answer(client, "jsonl")
    first, *articles, last = map(json.loads, found.text.splitlines())
    assert (first[ABOUT]["clippings"], first[ABOUT]["warnings"]) == (ADDRESS, ABSENT)
    assert [each["id"] for each in articles] == ["a2", "a1", "h0"]
    assert last == {END: {"count": 3}}
    assert found.headers["X-Broadsheet-Total"] == "3"


def test_the_ris_parses_back_to_the_chosen_articles(client: FlaskClient) -> None:
    records = answer(client, "ris").text.split("ER  - \r\n")
    assert records.pop() == ""
    read = [dict(line.split("  - ", 1) for line in record.splitlines()) for record in records]
    assert [(each["TY"], each["AN"], each["TI"]) for each in read] == [
        ("NEWS", "a2", "Lavrov: no progress on Minsk"),
        ("NEWS", "a1", "Lavrov meets ministers in Damascus"),
        ("NEWS", "h0", "=A title"),
    ]
    assert read[0]["DP"].startswith("Broadsheet, export of 3 clippings, generation 1, ")
    assert read[0]["DP"].endswith(f", {ADDRESS}")


def test_the_citations_are_those_of_each_article(client: FlaskClient) -> None:
    assert [item["id"] for item in answer(client, "csl.json").json] == ["a2", "a1", "h0"]
    for suffix, name in (("bib", "bibtex"), ("txt", "plain")):
        single = [client.get(f"/cite/{name}/{id}").text.rstrip("\n") for id in ("a2", "a1", "h0")]
        assert answer(client, suffix).text == "\n".join(single) + "\n"


def test_the_page_leads_to_each_of_its_files(client: FlaskClient) -> None:
    found = page(client, "a1", "a2")
    links = found.all("//a[contains(@href, '/clippings.')]")
    assert [(a.text, a.get("href")) for a in links] == [
        (text, f"/clippings.{suffix}?id=a1&id=a2")
        for text, suffix in (
            ("Plain text", "txt"), ("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"),
            ("CSV", "csv"), ("JSON lines", "jsonl"),
        )
    ]  # fmt: skip
    assert {client.get(a.get("href")).status_code for a in links} == {200}


def test_there_is_no_other_file(client: FlaskClient) -> None:
    assert client.get("/clippings.exe?id=a1").status_code == 404


def test_a_hit_and_an_article_carry_their_id_as_addresses_have_it(client: FlaskClient) -> None:
    hard = HARD[3]
    hit = get(client, "/search?q=hard&size=50").all(f"//article[h3/a[text()[contains(., '{HARD.index(hard)}')]]]")
    assert [each.get("data-clip") for each in hit] == ["a+b%2Bc%252Fd"]
    assert get(client, "/article/a1").all("//article")[0].get("data-clip") == "a1"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("q=lavrov&page=2&utm_source=x", ("/search?q=lavrov", "lavrov")),
        ("q=lavrov&source=SANA&-category=Sport&from=2021", (
            "/search?q=lavrov&from=2021&-category=Sport&source=SANA", "lavrov · from 2021 · not Sport · SANA")),
        ("source=SANA", ("/search?source=SANA", "SANA")),
        ("q=" + "lavrov+" * 40, ("/search?q=" + "+".join(["lavrov"] * 40), ("lavrov " * 40)[:119] + "…")),
        ("", (None, None)),
        ("sort=newest", (None, None)),
    ],
)  # fmt: skip
def test_a_browser_may_remember_a_search_by_its_words_and_its_first_page(
    client: FlaskClient, asked: str, kept: tuple[str | None, str | None]
) -> None:
    body = get(client, f"/search?{asked}").tree.find("body")
    assert (body.get("data-search"), body.get("data-said")) == kept


def test_what_a_browser_keeps_is_apart_for_each_place_and_each_reader(client: FlaskClient, tmp_path: Path) -> None:
    assert page(client).tree.find("body").get("data-kept-for") == ""
    mounted = get(client, "/clippings", environ_overrides={"SCRIPT_NAME": "/news"})
    assert mounted.tree.find("body").get("data-kept-for") == "/news"
    site = Site(tmp_path)
    site.add("anna")
    anna = Browser(site.app())
    assert "site.js" not in anna.get("/login").text
    anna.login("anna")
    assert 'data-kept-for=" anna"' in anna.get("/clippings").text
    assert "They stay here when you sign out, but for the searches" in anna.get("/clippings").text
    assert (
        "Clippings and notes stay in the browser when you sign out; the searches do not." in anna.get("/privacy").text
    )


def test_a_file_says_how_many_were_beyond_the_most(client: FlaskClient) -> None:
    found = client.get("/clippings.jsonl?" + urlencode([("id", f"a{number}") for number in range(202)]))
    assert json.loads(found.text.splitlines()[0])[ABOUT]["warnings"][-1] == (
        "The address names 2 more; at most 200 are taken."
    )
