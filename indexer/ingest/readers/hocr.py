"""hOCR files: the text of scanned pages as HTML, one article for each page."""

import re
from collections.abc import Iterator
from typing import Any

from indexer.ingest.charset import decode
from indexer.ingest.html_limits import MOST_ELEMENTS, check_markup
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.alto import Block, ScannedPage, one_paragraph, page_fields
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin, Rejected

_MARK = re.compile(rb"""class\s*=\s*["']ocr_page|name\s*=\s*["']ocr-system""")
_NUMBER = re.compile(r"\bppageno (\d+)")
_PICTURE = re.compile(r"""\bimage ["']([^"']+)""")
_CONFIDENCE = re.compile(r"\bx_wconf ([\d.]+)")
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_LINES = ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption", "ocrx_line")


def is_hocr(source: Input) -> bool:
    """Whether an HTML file is one: it says so, or has a page."""
    return _MARK.search(source.head) is not None


def read_hocr(source: Input) -> Iterator[Item]:
    """The pages of a file that have text."""
    from lxml import etree
    from lxml import html as lxml_html

    data = source.read_all(source.limits.max_line_mb * MEGABYTE, "too_long", "max_line_mb")
    markup = _DECLARATION.sub("", decode(data)[0].replace("\0", ""), count=1)
    check_markup(markup, MOST_ELEMENTS)
    try:
        tree = lxml_html.document_fromstring(markup)
    except (etree.LxmlError, ValueError) as error:
        raise Rejected("extraction_failed", f"{error}.") from None
    pages = [_page(element) for element in _of_class(tree, "ocr_page")]
    if not any(page.blocks for page in pages):
        raise NotArticles("a scanned page without text")
    for number, page in enumerate(pages, 1):
        if page.blocks:
            yield RawArticle(Origin(source.path, number), fields=page_fields(page, source.path))


def _page(page: Any) -> ScannedPage:
    blocks = _of_class(page, "ocr_par") or _of_class(page, "ocr_carea") or [page]
    found = [Block((), text) for block in blocks if (text := _text(block))]
    stated = page.get("title") or ""
    number, picture = _NUMBER.search(stated), _PICTURE.search(stated)
    confidences = [
        float(mark[1]) for word in _of_class(page, "ocrx_word") if (mark := _CONFIDENCE.search(_title(word)))
    ]
    return ScannedPage(
        tuple(found),
        str(int(number[1]) + 1) if number else None,
        picture[1] if picture else None,
        round(sum(confidences) / len(confidences) / 100, 3) if confidences else None,
    )


def _text(block: Any) -> str:
    lines = _of_class(block, *_LINES) or [block]
    return one_paragraph(line for each in lines if (line := " ".join(each.text_content().split())))


def _of_class(element: Any, *names: str) -> list[Any]:
    return [found for found in element.iter() if (found.get("class") or "").partition(" ")[0] in names]


def _title(element: Any) -> str:
    return element.get("title") or ""
