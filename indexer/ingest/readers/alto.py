"""ALTO files: the text of scanned pages, one article each, unless a METS file beside it says what is on them.

Words that the scanner's program knows to be divided at the end of a line are joined by what it says they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from indexer.ingest.beside import Beside
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.pdf import date_in
from indexer.ingest.readers.xml import all_of, children, first, local, text, tree_of, xml_bytes
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin

ROOTS = ("alto",)
# How far above a page the description of its issue may lie.
_ABOVE = ("", "../", "../../")
LETTERS_OF_NAME = 3  # `0001` and `p1` say nothing
_REFERENCE = re.compile(rb"""href\s*=\s*["']([^"'<>]{1,1000})""")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text on a page: its lines, and the ids by which it and what it lies in are named."""

    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as it was read off a picture. `confidence` is the mean of its words, from 0 to 1."""

    blocks: tuple[Block, ...]
    number: str | None = None
    picture: str | None = None
    confidence: float | None = None

    @property
    def text(self) -> str:
        """All blocks, parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)


def read_alto(source: Input) -> Iterator[Item]:
    """The pages of a file that have text."""
    if issue := _issue_of(source):
        raise NotArticles(f"a page of the issue that {issue} describes")
    pages = scanned_pages(tree_of(xml_bytes(source)[0]))
    if not any(page.blocks for page in pages):
        raise NotArticles("a scanned page without text")
    for number, page in enumerate(pages, 1):
        if page.blocks:
            yield RawArticle(Origin(source.path, number), fields=page_fields(page, source.path))


def page_fields(page: ScannedPage, path: str) -> dict[str, Any]:
    """The article of a page that nobody has parted into articles, called after its file, and its folder if need be."""
    *folders, file = path.split("/")
    stem = file.rpartition(".")[0] or file
    name = stem if sum(map(str.isalpha, stem)) >= LETTERS_OF_NAME else " ".join((*folders[-1:], stem))
    fields = {
        "title": f"{name}, {page.number}" if page.number else name,
        "body": page.text,
        "published": next(filter(None, map(date_in, (stem, *reversed(folders[-2:])))), None),
        "page": page.number,
        "scan": page.picture,
        "ocr_confidence": page.confidence,
    }
    return {key: value for key, value in fields.items() if value}


def one_paragraph(lines: Iterable[str]) -> str:
    """The lines of a block as the one text they are; a line end stays where a word may be divided at it."""
    return "".join(line + ("\n" if line.endswith("-") else " ") for line in lines).rstrip()


def scanned_pages(root: Any) -> list[ScannedPage]:
    """The pages of an ALTO document."""
    picture = text(first(first(root, "sourceImageInformation"), "fileName")) or None
    return [_page(page, picture) for page in all_of(root, "Page")]


def _page(page: Any, picture: str | None) -> ScannedPage:
    blocks = []
    for block in all_of(page, "TextBlock"):
        if lines := [line for each in all_of(block, "TextLine") if (line := _line(each))]:
            around = [element.get("ID") for element in (block, *block.iterancestors())]
            inside = [line.get("ID") for line in all_of(block, "TextLine")]
            blocks.append(Block(tuple(filter(None, (*around, *inside))), one_paragraph(lines)))
    confidences = [float(word.get("WC")) for word in all_of(page, "String") if _is_number(word.get("WC"))]
    mean = round(sum(confidences) / len(confidences), 3) if confidences else None
    return ScannedPage(tuple(blocks), page.get("PHYSICAL_IMG_NR") or page.get("PRINTED_IMG_NR"), picture, mean)


def _line(line: Any) -> str:
    words: list[str] = []
    for element in children(line, "String", "HYP"):
        content = element.get("CONTENT") or ""
        if local(element) == "HYP":
            if words and not words[-1].endswith((content or "-", "\N{WORD JOINER}")):
                words[-1] += content.replace("\N{SOFT HYPHEN}", "-") or "-"
        elif (kind := element.get("SUBS_TYPE")) and (whole := element.get("SUBS_CONTENT")):
            if kind == "HypPart1":
                words.append(whole + "\N{WORD JOINER}")  # stands in for its second part too
        elif content:
            words.append(content)
    return " ".join(words).replace("\N{WORD JOINER}", "")


def _is_number(stated: str | None) -> bool:
    return stated is not None and stated.replace(".", "", 1).isdigit()


def _issue_of(source: Input) -> str | None:
    """The METS file near a page that names it."""
    base = source.path.rpartition("/")[2]
    beside, limit = source.beside, source.limits.max_line_mb * MEGABYTE
    found = (_named(beside, above, beside.version(above), limit).get(base) for above in _ABOVE)
    return next(filter(None, found), None)


@lru_cache(maxsize=8)
def _named(beside: Beside, folder: str, _version: int, limit: int) -> dict[str, str]:
    """The files that the METS files in a folder name, and which of these does. Read once for all pages near it."""
    found: dict[str, str] = {}
    for name in beside.names(folder):
        if name.lower().endswith(".xml") and "mets" in name.lower():
            for reference in _REFERENCE.findall(beside.read(folder + name, limit) or b""):
                found.setdefault(unquote(reference.decode("utf-8", "replace")).rpartition("/")[2], name)
    return found
