import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Precision, Published
from tests.engines.corpus import article
from tests.engines.memory import MemoryEngine, make_archive
from tests.webui.site import BASE, make_client
from webui.addresses import downloads, urls
from webui.formats import exports
from webui.formats.exports import ABOUT, COLUMNS, END, FORMATS, About, Options

ABOUT_THIS = About(
    archive="Broadsheet",
    query="lavrov",
    understood="lavrov",
    search=f"{BASE}/search?q=lavrov",
    generation=7,
    time=datetime(2024, 5, 1, 12, 0, tzinfo=UTC),
    total=2,
)
ARTICLES = [
    article("a", "Lavrov, \"on\" time", "One.\n\nTwo.", "2021-10-14T11:15:48", people=("Sergei Lavrov", "Joe Biden"),
            author=("Jane Doe", "John Roe"), topic=("Ferries", "Harbour"), url="https://sana.sy/a"),
    article("b//c", "=HYPERLINK(1)", "@sum", None, source=None, category=None),
]  # fmt: skip


def _permalink(id: str) -> str:
    return f"{BASE}/article/{id}"


def _written(suffix: str, articles: list[Article], options: Options = Options()) -> str:  # noqa: B008  # a frozen value
    return "".join(FORMATS[suffix].write(articles, ABOUT_THIS, _permalink, options))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_article_and_says_in_its_last_heading_what_it_is() -> None:
    rows = _rows(_written("csv", ARTICLES))
    about = next(name for name in rows[0] if name.startswith(ABOUT))
    assert json.loads(about.removeprefix(ABOUT)) == {
        "archive": "Broadsheet",
        "query": "lavrov",
        "understood": "lavrov",
        "search": "https://archive.example/search?q=lavrov",
        "generation": 7,
        "time": "2024-05-01T12:00:00Z",
        "total": 2,
    }
    assert rows[0] == {
        "id": "a",
        "title": 'Lavrov, "on" time',
        "published": "2021-10-14T11:15:48Z",
        "precision": "second",
        "zone": "",
        "source": "SANA",
        "category": "News/Politics",
        "language": "en",
        "translated_from": "",
        "author": "Jane Doe; John Roe",
        "topic": "Ferries; Harbour",
        "collection": "",
        "person": "Sergei Lavrov; Joe Biden",
        "organisation": "",
        "place": "",
        "permalink": "https://archive.example/article/a",
        "url": "https://sana.sy/a",
        "archived_url": "",
        "original_url": "",
        "dateline": "",
        "summary": "",
        "body": "One.\n\nTwo.",
        **dict.fromkeys((f"translation_{name}" for name in ("language", "engine", "title", "summary", "body")), ""),
        about: "",
    }
    assert (rows[1]["title"], rows[1]["body"], rows[1]["published"]) == ("'=HYPERLINK(1)", "'@sum", "")


@pytest.mark.parametrize("zone", ["+03:00", "-05:00", "+0530"])
def test_offsets_and_numbers_are_no_formulas(zone: str) -> None:
    published = Published(datetime(2021, 10, 14, 8, 15, tzinfo=UTC), Precision.SECOND, zone)
    title = "-5.3"
    rows = _rows(_written("csv", [Article("z", title, "", "+1-2", published)]))
    assert (rows[0]["zone"], rows[0]["title"], rows[0]["body"]) == (zone, "-5.3", "'+1-2")


def test_csv_without_the_guard_is_what_the_articles_say() -> None:
    rows = _rows(_written("csv", ARTICLES, Options(guard=False)))
    assert (rows[1]["title"], rows[1]["body"]) == ("=HYPERLINK(1)", "@sum")


def test_csv_with_a_byte_order_mark() -> None:
    text = _written("csv", ARTICLES, Options(bom=True))
    assert text.startswith("\ufeffid,title,published")
    assert text.count("\ufeff") == 1


def test_json_lines_begin_with_what_they_are_and_end_with_their_number() -> None:
    first, one, two, last = map(json.loads, _written("jsonl", ARTICLES).splitlines())
    assert first == {ABOUT: ABOUT_THIS.to_dict()}
    assert (one["id"], one["entities"][0]["name"], one["permalink"]) == ("a", "Sergei Lavrov", f"{BASE}/article/a")
    assert (two["id"], two["published"]) == ("b//c", None)
    assert last == {END: {"count": 2}}


def test_ris_has_a_record_for_each_article_and_nothing_else() -> None:
    text = _written("ris", ARTICLES)
    assert [line for line in text.split("\r\n") if line.startswith(("TY", "AN", "DP"))] == [
        "TY  - NEWS",
        "AN  - a",
        "DP  - Broadsheet, export of 2 for lavrov, generation 7, 2024-05-01T12:00:00Z, " + ABOUT_THIS.search,
        "TY  - NEWS",
        "AN  - b//c",
        "DP  - Broadsheet, export of 2 for lavrov, generation 7, 2024-05-01T12:00:00Z, " + ABOUT_THIS.search,
    ]


def test_nothing_found_is_a_file_too() -> None:
    assert _rows(_written("csv", [])) == []
    assert len(_written("jsonl", []).splitlines()) == 2
    assert _written("ris", []) == ""


@pytest.mark.parametrize("suffix", FORMATS)
def test_articles_are_read_as_the_file_is_written(suffix: str) -> None:
    read = 0

    def many() -> Iterator[Article]:
        nonlocal read
        for number in range(3_000):
            read += 1
            yield Article(id=f"a{number}", title="A title", summary="x" * 500, body="x" * 500)

    pieces = FORMATS[suffix].write(many(), ABOUT_THIS, _permalink, Options())
    sizes = []
    for piece in pieces:
        sizes.append(len(piece))
        if len(sizes) == 3:
            assert read < 1_500
            break
    assert max(sizes) < 2 * exports.CHUNK
    assert sum(sizes) + sum(map(len, pieces)) > 3_000 * 500
    assert read == 3_000


TEXT = st.text(st.one_of(st.characters(), st.sampled_from('=+-@\t\r\n",;\x00\ud800＝')), max_size=30)


@given(st.lists(st.builds(Article, id=TEXT, title=TEXT, body=TEXT, source=st.none() | TEXT), max_size=4))
def test_no_article_breaks_csv_and_no_cell_is_a_formula(articles: list[Article]) -> None:
    text = b"".join(exports.encoded([_written("csv", articles)])).decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header[:-1] == list(COLUMNS)
    assert len(rows) == len(articles)
    assert all(len(row) == len(header) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for row in rows for cell in row)


MANY = [
    article(f"n{number}", "Rain in Homs" if number % 3 else "Lavrov", "Text.", f"2021-10-{number % 28 + 1:02d}")
    for number in range(90)
]


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("jsonl", "application/jsonl; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
    ],
)
def test_an_export_has_every_hit_of_the_page(suffix: str, content_type: str) -> None:
    client = make_client(MANY, page_size=5)
    total = client.get("/api/v1/search?q=lavrov&to=2021-10-20").get_json()["total"]
    answer = client.get(f"/export.{suffix}?q=lavrov&to=2021-10-20&page=2&sort=oldest&group=1")
    counts: dict[str, Callable[[str], int]] = {
        "csv": lambda text: len(_rows(text)),
        "jsonl": lambda text: json.loads(text.splitlines()[-1])[END]["count"],
        "ris": lambda text: len(re.findall("^TY  - ", text, re.MULTILINE)),
    }
    assert total == 22
    assert counts[suffix](answer.text) == total
    assert answer.headers["X-Broadsheet-Total"] == "22"
    assert answer.headers["X-Broadsheet-Generation"] == "1"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.content_type == content_type
    assert re.fullmatch(
        rf'attachment; filename="broadsheet-\d{{4}}-\d\d-\d\d-lavrov\.{suffix}"', answer.headers["Content-Disposition"]
    )


def test_an_export_keeps_to_how_the_words_were_matched() -> None:
    client = make_client(MANY)
    some = client.get("/export.jsonl?q=lavrov+rain")
    about = json.loads(some.text.splitlines()[0])[ABOUT]
    assert (about["total"], about["understood"]) == (90, "lavrov OR rain")
    assert about["search"] == f"{BASE}/search?q=lavrov+rain&match=best"
    assert len(some.text.splitlines()) == 92
    assert client.get("/export.jsonl?q=lavrov+rain&match=all").headers["X-Broadsheet-Total"] == "0"


def test_an_export_says_which_search_it_is_and_what_was_ignored() -> None:
    answer = make_client(MANY).get("/export.jsonl?q=лавров&source=SANA&frm=2021&from=2021-13")
    about = json.loads(answer.text.splitlines()[0])[ABOUT]
    assert about["search"] == f"{BASE}/search?q=%D0%BB%D0%B0%D0%B2%D1%80%D0%BE%D0%B2&source=SANA"
    assert about["total"] == 0
    assert [text.split(";")[0].split(" and ")[0] for text in about["warnings"]] == [
        "The address has a part “frm” that means nothing here",
        "“2021-13” is not a date",
    ]
    assert unquote(answer.headers["X-Broadsheet-Query"]) == "лавров"


def test_a_refused_query_is_a_bad_request() -> None:
    assert make_client(MANY).get("/export.csv?q=*ministers").status_code == 400


def test_there_is_no_other_format() -> None:
    assert make_client(MANY).get("/export.exe?q=lavrov").status_code == 404


def test_count_and_articles_are_of_one_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = make_archive(MANY[:2])
    plain = MemoryEngine.scan

    def scan_after_a_commit(engine: MemoryEngine, request: object) -> Iterator[Article]:
        monkeypatch.setattr(MemoryEngine, "scan", plain)
        archive.add([MANY[2]])
        return plain(engine, request)  # type: ignore[arg-type]

    monkeypatch.setattr(MemoryEngine, "scan", scan_after_a_commit)
    answer = make_client(archive=archive).get("/export.jsonl")
    first, *_, last = map(json.loads, answer.text.splitlines())
    assert (first[ABOUT]["total"], first[ABOUT]["generation"], last[END]["count"]) == (3, 2, 3)


@pytest.mark.parametrize(
    ("name", "content_type", "ending", "start"),
    [
        ("plain", "text/plain; charset=utf-8", "txt", "Doe, Jane; Roe, John. “Lavrov"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib", "@article{doe2021-lavrov-on-time-"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "ris", "TY  - NEWS\r\nAU  - Doe, Jane\r\n"),
        ("csl-json", "application/vnd.citationstyles.csl+json; charset=utf-8", "csl.json", '[\n  {\n    "id": "a",'),
    ],
)
def test_the_citation_of_an_article(name: str, content_type: str, ending: str, start: str) -> None:
    answer = make_client(ARTICLES).get(f"/cite/{name}/a")
    assert answer.text.startswith(start)
    assert f"{BASE}/article/a" in answer.text
    assert answer.content_type == content_type
    assert re.fullmatch(
        rf'attachment; filename="doe2021-lavrov-on-time-[0-9a-f]{{4}}\.{re.escape(ending)}"',
        answer.headers["Content-Disposition"],
    )


def test_ids_that_are_addresses_or_cannot_stand_in_a_path() -> None:
    hard = [article(id, "T", "b", None) for id in ("https://sana.sy/x.bib?y=1&z=ü", "../up", "a.ris")]
    client = make_client(hard)
    with client.application.test_request_context():
        paths = [downloads.citation("ris", each.id) for each in hard]
        permalinks = downloads.permalinks()
        assert [permalinks(each.id) for each in hard] == [urls.absolute(urls.article(each.id)) for each in hard]
    assert paths == ["/cite/ris/https://sana.sy/x.bib%3Fy=1&z=%C3%BC", "/cite/ris?id=../up", "/cite/ris/a.ris"]
    for each, path in zip(hard, paths, strict=True):
        assert f"AN  - {each.id}\r\n" in client.get(path).text


def test_no_such_article_and_no_such_format() -> None:
    client = make_client(ARTICLES)
    assert client.get("/cite/ris/zzz").status_code == 404
    assert client.get("/cite/ris").status_code == 404
    assert client.get("/cite/docx/a").status_code == 404
