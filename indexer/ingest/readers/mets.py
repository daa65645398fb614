"""METS files with ALTO pages beside them: a scanned issue, one article for each that its logical structure names.

What no article claims is kept page by page, and so is an issue that nobody has parted into articles.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.alto import ROOTS as ALTO
from indexer.ingest.readers.alto import Block, ScannedPage, scanned_pages
from indexer.ingest.readers.base import Item, NotArticles, bad
from indexer.ingest.readers.xml import all_of, attribute, children, first, local, text, texts, tree_of, xml_bytes
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin, Rejected

ROOTS = ("mets",)
_HEADINGS = frozenset("heading headline title subheadline overline head".split())
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(slots=True)
class _Issue:
    """What is known of an issue: its pages by the id of their file, their blocks by any id, descriptions by theirs."""

    pages: dict[str, ScannedPage]
    blocks: dict[str, dict[str, list[Block]]]
    numbers: dict[str, str]
    facts: dict[str, Any]
    descriptions: dict[str, Any]
    claimed: set[int] = field(default_factory=set)

    def number(self, file: str) -> str:
        """How a page is called: as the issue says, else as the page itself does."""
        return self.numbers.get(file) or self.pages[file].number or ""

    def take(self, div: Any, heading: bool = False) -> Iterator[tuple[bool, str, Block]]:
        """(in a heading?, file, block) for all that a division names and nothing before it did."""
        heading = heading or (div.get("TYPE") or "").lower() in _HEADINGS
        for element in div:
            if local(element) == "div":
                yield from self.take(element, heading)
            elif local(element) == "fptr":
                for area in (element, *all_of(element, "area")):
                    file, begin = area.get("FILEID"), area.get("BEGIN")
                    for block in self.blocks.get(file, {}).get(begin, ()):
                        if id(block) not in self.claimed:
                            self.claimed.add(id(block))
                            yield heading, file, block


def read_mets(source: Input) -> Iterator[Item]:
    """The articles of an issue, then what is left of its pages."""
    root = tree_of(xml_bytes(source)[0])
    files = dict(_files(root))
    if not files:
        raise NotArticles("a METS file that names no files")
    missing = {}
    pages: dict[str, ScannedPage] = {}
    for key, path in files.items():
        found = _read(source, path)
        if isinstance(found, str):
            missing[path] = found
        elif found is not None:
            pages[key] = found
    if not pages:
        if missing:
            raise Rejected("bad_record", f"None of the pages that it names is beside it: {', '.join(missing)}"[:400])
        raise NotArticles("a METS file without pages of text")
    blocks = {file: _by_id(page) for file, page in pages.items()}
    issue = _Issue(pages, blocks, dict(_page_numbers(root)), _facts(root), _descriptions(root))
    number = 0
    for div in _articles(root):
        if fields := _article(issue, div):
            number += 1
            yield RawArticle(Origin(source.path, number), fields=fields)
    for file, page in pages.items():
        rest = "\n\n".join(block.text for block in page.blocks if id(block) not in issue.claimed)
        if rest:
            number += 1
            yield RawArticle(Origin(source.path, number), fields=_rest(issue, file, rest))
    for path, why in missing.items():
        number += 1
        yield bad(source, number, "bad_record", f"The page {path} {why}.")


def _files(root: Any) -> Iterator[tuple[str, str]]:
    """(id, path) of each file that may be a page of text: one below the folder of the issue."""
    for file in all_of(root, "file"):
        stated = attribute(first(file, "FLocat"), _HREF) or ""
        path = posixpath.normpath(unquote(stated.removeprefix("file:").lstrip("/")))
        if path.lower().endswith(".xml") and ":" not in path and not path.startswith(".."):
            yield file.get("ID") or "", path


def _read(source: Input, path: str) -> ScannedPage | str | None:
    """A page; why it cannot be read; or None where the file is no page of text."""
    data = source.beside.read(path, source.limits.max_line_mb * MEGABYTE)
    if data is None:
        return "is not beside it, or too large"
    try:
        root = tree_of(data)
    except Rejected as fault:
        return f"cannot be read: {fault.detail}"
    found = scanned_pages(root) if local(root).lower() in ALTO else []
    return ScannedPage(tuple(block for page in found for block in page.blocks), found[0].number) if found else None


def _by_id(page: ScannedPage) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for block in page.blocks:
        for name in block.ids:
            found.setdefault(name, []).append(block)
    return found


def _page_numbers(root: Any) -> Iterator[tuple[str, str]]:
    """The number that the physical structure gives the page of each file."""
    for structure in all_of(root, "structMap"):
        if (structure.get("TYPE") or "").upper() == "PHYSICAL":
            for div in all_of(structure, "div"):
                label = div.get("ORDERLABEL") or div.get("ORDER")
                for pointer in children(div, "fptr"):
                    for area in all_of(pointer, "fptr", "area"):
                        if label and area.get("FILEID"):
                            yield area.get("FILEID"), label


def _articles(root: Any) -> list[Any]:
    structures = [each for each in all_of(root, "structMap") if (each.get("TYPE") or "").upper() != "PHYSICAL"]
    return [div for structure in structures for div in all_of(structure, "div") if _is_article(div)]


def _is_article(div: Any) -> bool:
    return (div.get("TYPE") or "").lower() in ("article", "newspaperarticle", "contribution", "obituary", "review")


def _descriptions(root: Any) -> dict[str, Any]:
    return {section.get("ID"): section for section in all_of(root, "dmdSec")}


def _facts(root: Any) -> dict[str, Any]:
    """What the issue says of all its articles, in MODS or Dublin Core."""
    sections = all_of(root, "dmdSec")
    dated = [each for each in sections if first(each, "dateIssued", "date") is not None]
    section = (dated or sections or [None])[0]
    host = next((each for each in all_of(section, "relatedItem") if each.get("type") == "host"), None)
    parts = {part.get("type"): text(first(part, "number")) for part in all_of(section, "detail")}
    fields = {
        "published": text(first(section, "dateIssued", "date")),
        "source": text(first(first(host, "titleInfo"), "title")) or text(first(section, "title")) or root.get("LABEL"),
        "language": text(first(section, "languageTerm", "language")),
        "volume": parts.get("volume"),
        "issue": parts.get("issue") or parts.get("number"),
        "issue_id": root.get("OBJID"),
    }
    return {key: value for key, value in fields.items() if value}


def _article(issue: _Issue, div: Any) -> dict[str, Any] | None:
    taken = list(issue.take(div))
    headed = [block.text.replace("\n", " ") for heading, _, block in taken if heading]
    body = "\n\n".join(block.text for heading, _, block in taken if not heading)
    if not taken:
        return None
    described = issue.descriptions.get((div.get("DMDID") or "").partition(" ")[0])
    title = text(first(first(described, "titleInfo"), "title")) or text(first(described, "title"))
    title = title or (div.get("LABEL") or "").strip() or " ".join(headed)
    printed = " ".join(headed)
    fields = {
        **issue.facts,
        "id": f"{issue.facts['issue_id']}#{div.get('ID')}" if "issue_id" in issue.facts and div.get("ID") else None,
        "title": title,
        "body": body,
        "author": texts(_names(described)),
        "language": text(first(described, "languageTerm", "language")) or issue.facts.get("language"),
        "heading_printed": printed if printed != title else None,
        "page": ", ".join(dict.fromkeys(filter(None, (issue.number(file) for _, file, _ in taken)))),
    }
    return {key: value for key, value in fields.items() if value}


def _names(described: Any) -> list[Any]:
    return [first(name, "displayForm", "namePart") for name in all_of(described, "name")] or all_of(
        described, "creator"
    )


def _rest(issue: _Issue, file: str, body: str) -> dict[str, Any]:
    """What no article claims on a page."""
    number = issue.number(file)
    name = " ".join(filter(None, (issue.facts.get("source"), issue.facts.get("published"))))
    fields = {**issue.facts, "title": ", ".join(filter(None, (name or file, number))), "body": body, "page": number}
    if "issue_id" in issue.facts:
        fields["id"] = f"{issue.facts['issue_id']}#{file}"
    return {key: value for key, value in fields.items() if value}
