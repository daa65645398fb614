"""Whatever stands in an address, no page fails: it answers, or says what is wrong with what was asked."""

from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.archive import Archive
from tests.webui.site import UNLIMITED, make_site
from webui.addresses import advanced, params

PATHS = (
    "/", "/search", "/facet/source", "/facet/published", "/facet/category", "/archive/", "/archive/2021",
    "/archive/2021/10", "/archive/2021/10/14", "/trends", "/compare", "/compare.csv", "/feed.atom", "/export.csv",
    "/export.jsonl", "/export.ris", "/suggest", "/receipt", "/help", "/article/a1", "/cite/bibtex/a1",
    "/person/Sergey%20Lavrov", "/source/SANA", "/opensearch.xml", "/api/v1/search", "/api/v1/facets/person",
    "/api/v1/suggest", "/api/v1/stats", "/api/v1/sources/status", "/api/v1/articles", "/advanced", "/advanced/query",
    "/clippings", "/clippings.csv", "/clippings.csl.json",
)  # fmt: skip
NAMES = (
    "q", "from", "to", "sort", "page", "size", "cursor", "facets", "facet_size", "snippets", "explain", "group",
    "recency", "ui", "pos", "id", "beside", "contains", "order", "part", "offset", "limit", "fields", "as",
    "bom", "guard", "org", "site", "utm_source", "-", "q[]", *params.FILTER_PARAMETERS.values(),
    advanced.GO, *advanced.NAMES,
    *(f"-{name}" for name in params.FILTER_PARAMETERS.values()),
)  # fmt: skip
TRICKY = (
    "", "0", "-1", "1", "2", "9" * 30, "1e9", "NaN", "٣", "²", "2021", "2021-10", "2021-02-30", "0000",
    "9999-12-31", "0001", "\x00", "a\x00b", "\udcff", "\u202e", "a" * 1001, "a " * 400, "(" * 300, '"', '""',
    "*", "?", "a*", "*a", "<script>", "'", "\\", "AND", "OR", "NOT", "-", "--a", "a OR", "NEAR/5",
    "a NEAR/99999999 b", '"a b"~99999999999', "a~9", "title:", "title:()", "date:9999..0001", "on:02-29",
    'person:""', "=", "中国", "محمد", "Halyard Wire", "/", "..", "en", "xx", "newest", "all", "none", "source,,",
    "name", "share", "ar", "\r\nSet-Cookie: x=1", "a:" * 100, "(a OR b) " * 30, "b?d?n~ " * 20, "[a TO b]",
    "lavrov", "SANA", "{0}", "%s", "%(count)s",
)  # fmt: skip
VALUES = st.sampled_from(TRICKY) | st.text(max_size=30)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), VALUES), max_size=6)
REFUSED = {400, 404, 409}


@pytest.fixture(scope="module")
def app(corpus: Archive) -> Flask:
    return make_site(archive=corpus, **UNLIMITED)


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=25)
@given(pairs=PAIRS)
def test_no_parameter_breaks_a_page(app: Flask, path: str, pairs: list[tuple[str, str]]) -> None:
    answer = app.test_client().get(f"{path}?{urlencode(pairs, errors='surrogatepass')}")
    assert answer.status_code in {200, 303} | REFUSED, answer.get_data(as_text=True)
    assert answer.status_code not in REFUSED or len(answer.data) > 60


@settings(max_examples=200)
@given(text=VALUES)
def test_no_query_breaks_the_results(app: Flask, text: str) -> None:
    """A query is answered with a page of results, or refused with the reason."""
    answer = app.test_client().get("/search?" + urlencode({"q": text}, errors="surrogatepass"))
    assert answer.status_code == 200 or (answer.status_code == 400 and text.strip())


@pytest.mark.parametrize(
    "start", ["/person/", "/article/", "/facet/", "/archive/", "/receipt/", "/cite/ris/", "/sitemap/", "/"]
)
@settings(max_examples=30)
@given(text=VALUES)
def test_no_path_breaks_a_page(app: Flask, start: str, text: str) -> None:
    answer = app.test_client().get(start + quote(text, errors="surrogatepass"), follow_redirects=False)
    assert answer.status_code in {200, 303, 308} | REFUSED, answer.get_data(as_text=True)
