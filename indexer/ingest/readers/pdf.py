"""PDF files: one article each, its text page by page. Read by pypdf, which the extra `documents` installs.

Where each page begins is said in the text, `[p. 2]`, as a paragraph of its own, so that what is found can be cited.
When a document was made is not when it was published: that date is kept as `made`.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

from indexer.ingest.markup import plain_line
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles, bad, library
from indexer.ingest.streams import MEGABYTE, Input
from indexer.ingest.time_limit import restart
from indexer.rejection import Origin, Rejected

MAGIC = b"%PDF-"
MOST_PAGES = 5_000
LONGEST_TITLE = 200
# Titles that programs give of themselves: a file's name, or "Microsoft Word - draft".
_NO_TITLE = re.compile(r"(?i).*\.(?:docx?|indd|pdf|qxp|qxd|rtf|odt|pub|tiff?)$|microsoft \w+ - .*|untitled.*|\W*$")
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def is_pdf(source: Input) -> bool:
    """Whether an input is a PDF file; some have a line before its mark."""
    return source.head.startswith(MAGIC) or (source.suffix == ".pdf" and MAGIC in source.head[:1024])


def read_pdf(source: Input) -> Iterator[Item]:
    """The article of a document; a page that cannot be read is a reject of its own."""
    document, labels, facts = _opened(source)
    count = len(document.pages)
    pages: list[tuple[str, str]] = []
    size, limit = 0, source.limits.max_article_mb * MEGABYTE
    for number in range(count):
        restart()
        try:
            text = document.pages[number].extract_text().strip()
        except Exception as error:
            yield bad(source, number + 1, "extraction_failed", f"Page {number + 1}: {type(error).__name__}: {error}.")
            continue
        size += len(text)
        if size > limit:
            raise Rejected("too_large", f"More than {source.limits.max_article_mb} MB of text.")
        if text:
            pages.append((labels[number] if number < len(labels) else str(number + 1), text))
    if not pages:
        raise NotArticles("a PDF file without text: its pages are pictures")
    yield RawArticle(Origin(source.path), fields=_fields(source.stem, facts, pages, count))


def _opened(source: Input) -> tuple[Any, list[str], dict[str, str]]:
    """The document, what its pages are called, and what it says of itself."""
    pypdf = library("pypdf", "PDF files")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(source.seekable())
        locked = document.is_encrypted and not document.decrypt("")
        count = 0 if locked else len(document.pages)
        labels = document.page_labels if 0 < count <= MOST_PAGES else []
        facts = {} if locked else {key: plain_line(str(each)) for key, each in (document.metadata or {}).items()}
    except Exception as error:  # damaged documents fail in many ways, in pypdf and below it
        raise Rejected("broken_stream", f"The document cannot be read: {type(error).__name__}: {error}.") from None
    if locked:
        raise Rejected("unreadable", "The document is locked with a password.")
    if count > MOST_PAGES:
        raise Rejected("too_large", f"{count:,} pages; the limit is {MOST_PAGES:,}. Split the document.")
    return document, labels, facts


def _fields(stem: str, facts: dict[str, str], pages: list[tuple[str, str]], count: int) -> dict[str, Any]:
    title = facts.get("/Title", "")
    if _NO_TITLE.match(title) or len(title) > LONGEST_TITLE:
        title = next((line.strip() for line in pages[0][1].splitlines() if any(map(str.isalpha, line))), stem)
    fields = {
        "title": title[:LONGEST_TITLE],
        "body": "\n\n".join(text if count == 1 else f"[p. {label}]\n\n{text}" for label, text in pages),
        "published": date_in(stem),
        "author": facts.get("/Author"),
        "topics": facts.get("/Keywords"),
        "summary": facts.get("/Subject"),
        "pages": count,
        "made": facts.get("/CreationDate", "").removeprefix("D:"),
    }
    return {key: value for key, value in fields.items() if value}


def date_in(name: str) -> str | None:
    """The day that the name of a file states: `Bote_1923-11-09_p1`."""
    from indexer.ingest.dates import parse_date

    for found in _DATE_IN_NAME.finditer(name):
        day = "-".join(found.groups())
        if parse_date(day) is not None:
            return day
    return None
