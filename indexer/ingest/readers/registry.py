"""Which reader reads a file: a table by content first, and by suffix where content does not tell.

`choose` sniffs an open input; `FORMATS` is the table that docs/formats.md shows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.ingest.charset import encoding_of_bom
from indexer.ingest.readers import (
    alto,
    docx,
    email_message,
    epub,
    feed,
    hocr,
    html_page,
    json_document,
    json_lines,
    mets,
    newsml,
    packed,
    pdf,
    sitemap,
    table,
    tei,
    text,
    wacz,
    warc,
)
from indexer.ingest.readers.base import Item, NotArticles, Reader
from indexer.ingest.readers.xml import root_name
from indexer.ingest.streams import Input

# Files that come along with data and are no articles, by the stem of their names.
_COMPANIONS = {
    "text": re.compile(
        r"(?:readme|licen[cs]es?|copying|notice|changelog|changes|contributing|authors|attribution|robots|humans|"
        r"requirements|manifest|makefile|dockerfile|todo)(?:[._-].*)?",
        re.IGNORECASE,
    ),
    "JSON": re.compile(r"(?:package|package-lock|datapackage|manifest|composer|tsconfig|.*schema)", re.IGNORECASE),
}
# An object at the top of these is the fields of a text.
_MARKDOWN = (".md", ".markdown")
_TEXT_SUFFIXES = frozenset((".txt", ".text", ".rst", ".asc", *_MARKDOWN))
_HTML_ROOTS = frozenset("html head body div article section main p h1 meta title".split())
_OFFICE = (".odt", ".ods", ".odp", ".xlsx", ".pptx", ".jar", ".apk")
_OFFICE_MARK = re.compile(rb"mimetypeapplication/vnd\.oasis|\[Content_Types\]\.xml|META-INF/MANIFEST\.MF")
_BINARY = re.compile(rb"\x00")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the suffixes under which it is usual, what recognises its first bytes, and its reader.

    Of what is a folder in one file, `members` gives the files in it, and nothing else is read."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Input], bool]
    read: Reader
    members: Callable[[Input], Iterator[packed.Member]] | None = None


def choose(source: Input, *, named: bool) -> Format | None:
    """The format of an input, or None when it is none of ours."""
    for candidate in FORMATS:
        if candidate.recognises(source):
            companions = _COMPANIONS.get(candidate.name)
            if companions and not named and companions.fullmatch(source.stem):
                return None
            return candidate
    return None


def _is_json_lines(source: Input) -> bool:
    """The first line is a whole object, or the line is longer than what was looked at and the suffix says so."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return source.suffix in (".jsonl", ".ndjson", ".jl") and not _BINARY.search(head)
    line, found, _ = head.partition(b"\n")
    line = line.rstrip()
    if source.suffix in (".jsonl", ".ndjson", ".jl"):
        return True
    return (
        source.suffix not in _MARKDOWN and bool(found) and line.endswith(b"}") and line.count(b"{") == line.count(b"}")
    )


def _is_json(source: Input) -> bool:
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        source.suffix not in _MARKDOWN
        and head[:1] in (b"{", b"[")
        and (source.suffix == ".json" or re.match(rb'\[\s*[\[{\]]|\{\s*["}]', head) is not None)
    )


def _is_text(source: Input) -> bool:
    if source.suffix not in _TEXT_SUFFIXES and source.suffix != "":
        return False
    return encoding_of_bom(source.head) is not None or not _BINARY.search(source.head)


def _is_xml(*roots: str) -> Callable[[Input], bool]:
    wanted = frozenset(root.lower() for root in roots)
    return lambda source: (root_name(source) or "").lower() in wanted


def _is_html(source: Input) -> bool:
    root = (root_name(source) or "").lower()
    return root in _HTML_ROOTS or (root != "" and source.suffix in (".html", ".htm", ".xhtml"))


def _is_warc(source: Input) -> bool:
    return source.head.lstrip(b"\r\n").startswith((b"WARC/", b"filedesc://"))


def _is_wacz(source: Input) -> bool:
    return packed.is_zip(source) and (source.suffix == ".wacz" or wacz.is_wacz(source))


def _is_office(source: Input) -> bool:
    """Spreadsheets, slides and documents of other programs: zip files that are no folders of articles."""
    return packed.is_zip(source) and (source.suffix in _OFFICE or _OFFICE_MARK.search(source.head[:200]) is not None)


def _is_table(source: Input) -> bool:
    return source.suffix in table.SUFFIXES or table.header(source) is not None


def _no_articles(what: str) -> Reader:
    def read(_: Input) -> Iterator[Item]:
        raise NotArticles(what)

    return read


# In the order in which they are tried.
FORMATS: tuple[Format, ...] = (
    Format("WARC", (".warc", ".arc"), _is_warc, warc.read_warc),
    Format("Word document", (".docx",), docx.is_docx, docx.read_docx),
    Format("EPUB", (".epub",), epub.is_epub, epub.read_epub),
    Format("office file", tuple(_OFFICE), _is_office, _no_articles("an office file of a kind that is not read")),
    Format("WACZ", (".wacz",), _is_wacz, wacz.read_wacz),
    Format("zip", (".zip",), packed.is_zip, _no_articles("a zip file without files"), packed.zip_members),
    Format("tar", (".tar", ".tgz"), packed.is_tar, _no_articles("a tar file without files"), packed.tar_members),
    Format("PDF", (".pdf",), pdf.is_pdf, pdf.read_pdf),
    Format("mailbox", (".mbox",), email_message.is_mailbox, email_message.read_mailbox),
    Format("mail", (".eml",), email_message.is_message, email_message.read_message),
    Format("feed", (".rss", ".atom", ".xml", ".rdf"), _is_xml(*feed.ROOTS), feed.read_feed),
    Format("wire XML", (".xml",), _is_xml(*newsml.ROOTS), newsml.read_newsml),
    Format("METS", (".xml",), _is_xml(*mets.ROOTS), mets.read_mets),
    Format("ALTO", (".xml",), _is_xml(*alto.ROOTS), alto.read_alto),
    Format("TEI", (".xml", ".tei"), _is_xml(*tei.ROOTS), tei.read_tei),
    Format("sitemap", (".xml",), _is_xml(*sitemap.ROOTS), sitemap.read_sitemap),
    Format("wire data", (".xml",), _is_xml(*newsml.OTHER_ROOTS), _no_articles("a wire document without news text")),
    Format("hOCR", (".hocr", ".html"), hocr.is_hocr, hocr.read_hocr),
    Format("HTML", (".html", ".htm", ".xhtml"), _is_html, html_page.read_html),
    Format("JSON lines", (".jsonl", ".ndjson", ".jl", ".json"), _is_json_lines, json_lines.read_json_lines),
    Format("JSON", (".json",), _is_json, json_document.read_json_document),
    Format("table", table.SUFFIXES, _is_table, table.read_table),
    Format("text", (".txt", ".text", ".md", ".markdown"), _is_text, text.read_text),
)
