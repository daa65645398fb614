"""Texts built to make patterns run wild cost time in proportion to their length."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.config import IngestConfig
from indexer.ingest import values
from indexer.ingest.dates import parse_date
from indexer.ingest.json_text import parse_json
from indexer.ingest.markup import plain_line, plain_text
from indexer.ingest.page import page_fields
from indexer.ingest.raw import Page
from indexer.ingest.readers.seed import is_seed_page
from indexer.ingest.readers.warc import _LOOKS_LIKE_HTML
from indexer.ingest.readers.xml import root_name
from indexer.ingest.streams import Input
from indexer.rejection import Rejected

SIZE = 100_000
SECONDS = 3.0

PIECES = [
    "![", "[a](", "![a](", "[a][", "**a ", "__a ", "*a ", "_a ", "`a", "{{< ", "<http://",
    "# " + " " * 50 + "x", "<", "<p", "</p>",
    "<!--", "<script>", "<b>", "&", "&amp", "&#", "\n \n", "\t ", " " * 70 + "x", "\n- ", "> ", "| --- ", "\\", "((",
    "))", "a,b;c and ",
    "\ud800", "\u0301", "<![CDATA[",
]  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("piece", PIECES)
def test_markup(piece: str) -> None:
    text = "](http://a) ** ** \n- a\n- b\n" + piece * (SIZE // len(piece))
    assert timed(lambda: plain_text(text)) < SECONDS
    assert timed(lambda: plain_line(text)) < SECONDS
    assert timed(lambda: values.authors(text)) < 1
    assert timed(lambda: values.category(text)) < 1
    assert timed(lambda: parse_date(text)) < 1
    assert timed(lambda: is_seed_page("A\n2021-10-14\n" + text)) < SECONDS


@pytest.mark.parametrize(
    "data", [b"[" * 200 + b'"' + b'\\"' * (SIZE // 2), b'{"' * SIZE, b'["' + b"\\" * SIZE, b"[" * SIZE, b'"' * SIZE]
)
def test_json(data: bytes) -> None:
    def parse() -> None:
        with pytest.raises(Rejected):
            parse_json(data, 100)

    assert timed(parse) < SECONDS


@pytest.mark.parametrize("piece", [b"<!---->", b" ", b"<?a?>", b"<!DOCTYPE a>", b"<!-- ", b"\n\t"])
def test_the_head_of_a_file(piece: bytes, tmp_path: Path) -> None:
    data = piece * (16_384 // len(piece)) + b"x"
    path = tmp_path / "x.xml"
    path.write_bytes(b"<!---->" + data)
    with path.open("rb", buffering=0) as raw:
        source = Input(str(path), raw, IngestConfig())
        assert timed(lambda: root_name(source)) < 1
    assert timed(lambda: _LOOKS_LIKE_HTML.match(data)) < 1


@pytest.mark.parametrize(
    "piece", ["<div>", "<p>", "<table><tr><td>", "<a href=x>y", "<script type='application/ld+json'>[", "<ul><li>"]
)
def test_pages(piece: str) -> None:
    markup = ("<html><title>T</title>" + piece * 5000 + "text").encode()

    def extract() -> None:
        with suppress(Rejected):
            page_fields(Page(markup))

    assert timed(extract) < 20
