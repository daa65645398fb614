"""The page of many searches at once, two receipts beside each other, and the line that tells what narrows."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article
from indexer.browsing import narrowing
from indexer.config import Config
from indexer.receipts.checking import issue
from indexer.search.request import SearchRequest
from tests.engines.memory import make_archive
from tests.webui.page import arguments, get
from webui import create_app

MARCH, APRIL, JUNE = (datetime(2024, month, 1, 12, tzinfo=UTC) for month in (3, 4, 6))
MORE = "The port was closed on Monday, and ships lay at anchor for two days before it opened again."


def _oil(number: int, added: datetime = MARCH, body: str = "Oil is dear.") -> Article:
    made = Article(f"n{number}", f"Oil {number}", body=f"{body} {MORE}", source="A", language="en")
    return replace(made, added=added, changed=added).with_hash()


def _site(archive: Archive) -> FlaskClient:
    return create_app(Config(), archive).test_client()


def test_what_is_sent_goes_into_the_address(client: FlaskClient) -> None:
    answer = client.post("/batch?source=SANA", data={"lines": "lavrov\r\nbiden"})
    assert answer.status_code == 303
    assert arguments(answer.headers["Location"]) == [("source", "SANA"), ("lines", "lavrov\r\nbiden")]


def test_each_row_leads_to_the_search_that_it_counts(client: FlaskClient) -> None:
    page = get(client, f"/batch?lines={quote('lavrov biden' + chr(10) + '***' + chr(10) + 'lavrvo')}")
    rows = page.texts("//tbody/tr/td[1]")
    assert rows[1:] == ["***This line names nothing to search for.", "lavrvoTry also: lavrov (6 articles)"]
    count = page.texts("//tbody/tr/td[2]")[0]
    results = get(client, page.link("lavrov biden"))
    assert results.one("//h1").startswith(f"{count} article")
    assert page.one("//textarea").split() == ["lavrov", "biden", "***", "lavrvo"]


def test_a_batch_without_lines_is_a_form(client: FlaskClient) -> None:
    page = get(client, "/batch")
    assert (page.status, page.all("//tbody")) == (200, [])
    assert get(client, "/advanced").link("Many searches at once") == "/batch"
    assert get(client, "/help").link("Many searches at once") == "/batch"


def test_more_lines_than_may_be_are_told(client: FlaskClient) -> None:
    answer = client.post(
        "/batch", data={"lines": "\n".join(f"a word of line {at} and more words" for at in range(150))}
    )
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "Only the first 100 lines were searched." in text
    assert text.count("<tr>") == 101


def test_the_table_is_a_file_too(client: FlaskClient) -> None:
    answer = client.post("/batch.csv", data={"lines": "lavrov\r\n=biden"})
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert [row["query"] for row in rows] == ["lavrov", "'=biden"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="batch.csv"'


def test_the_api_answers_a_batch_from_its_address_and_from_a_body(client: FlaskClient, corpus: Archive) -> None:
    asked = client.get("/api/v1/batch?q=lavrov&q=***&source=SANA&colour=red").get_json()
    assert [warning["code"] for warning in asked["warnings"]] == ["unknown-parameter"]
    assert asked["rows"] == [row.to_dict() for row in corpus.search_batch(["lavrov", "***"], source="SANA")]
    sent = client.post("/api/v1/batch?source=SANA", data="lavrov\n***").get_json()
    assert sent["rows"] == asked["rows"]
    many = client.post("/api/v1/batch", data="\n".join("abc" for _ in range(101)))
    assert (many.status_code, "at most 100 lines" in many.get_json()["detail"]) == (400, True)


def test_two_receipts_stand_beside_each_other() -> None:
    archive = make_archive([_oil(number) for number in range(30)])
    client = _site(archive)
    older = issue(archive, SearchRequest("oil"), MARCH).token
    archive.add([_oil(number, APRIL) for number in range(100, 125)])
    archive.add([replace(_oil(3, body="Oil is dearer."), added=None, changed=APRIL)])
    archive.remove(["n7"])
    archive.update("n9", title="Gas", body=f"It is cheap. {MORE}")
    newer = issue(archive, SearchRequest("oil"), JUNE.replace(year=2099)).token
    first = get(client, f"/receipt/{older}")
    assert first.one("//p[@class='deck']") == "Since then: 25 new, 2 gone, 1 changed."
    assert first.texts("//form[@class='queries']/label/span") == ["Compare with another receipt: paste its address"]
    page = get(client, f"/receipt/{newer}?with={quote(f'http://localhost/receipt/{older}', safe='')}")
    assert page.one("//p[@class='deck']") == "From the first to the second: 25 new, 2 gone, 1 changed."
    assert "1 of those gone is not in the archive any more." in page.text
    assert page.texts("//h2[@class='rule']") == ["New articles 1 to 20 of 25", "Not found any more", "Changed articles"]
    assert len(page.texts("//section[@aria-labelledby='new-title']//li//h3")) == 20
    beside = page.link("Compare the two versions")
    assert arguments(beside) == [("version", "1"), ("against", "2")]
    assert get(client, beside).status == 200
    record = client.get(f"/api/v1/receipts/{older}?with={newer}").get_json()
    assert (record["new"], record["gone"], record["edited"], record["lost"]) == (25, 2, 1, 1)


def test_receipts_of_two_searches_say_so() -> None:
    archive = make_archive([_oil(number) for number in range(3)])
    older, newer = (issue(archive, SearchRequest(query), MARCH).token for query in ("oil", "port"))
    page = get(_site(archive), f"/receipt/{older}?with={newer}")
    assert page.one("//p[@class='deck']") == "Both found the same articles."
    assert "These are receipts of two searches." in page.text
    assert page.texts("//table[2]//tbody/tr/*") == ["Query", "oil", "port"]


def test_what_is_no_receipt_is_refused(client: FlaskClient, corpus: Archive) -> None:
    token = corpus.receipt("lavrov").token
    assert get(client, f"/receipt/{token}?with=nonsense").status == 400
    assert client.get(f"/api/v1/receipts/{token}?with=nonsense").status_code == 400


def test_too_many_hits_have_one_line_of_what_narrows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _site(make_archive([*(_oil(number) for number in range(30)), replace(_oil(50), source="B").with_hash()]))
    assert "Too many?" not in get(client, "/search?q=oil").text
    monkeypatch.setattr(narrowing, "TOO_MANY", 5)
    page = get(client, "/search?q=oil+dear")
    line = page.one("//p[@class='ways'][contains(., 'Too many?')]")
    assert line == "Too many? Narrow to: Source: B 1"
    assert get(client, page.link("Source: B")).one("//h1").startswith("1 article")
    assert "Too many?" not in get(client, "/search?q=oil&page=2").text
    record = client.get("/api/v1/search?q=oil+dear").get_json()
    assert record["narrowing"]["choices"][0]["value"] == "B"
