"""TEI documents and corpora: one article for each division that is one, else one for the document."""

from collections.abc import Iterator, Set
from typing import Any

from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.xml import all_of, children, first, local, text, texts, tree_of, xml_bytes
from indexer.ingest.streams import Input
from indexer.rejection import Origin

ROOTS = ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")
_ARTICLES = frozenset("article newsarticle news item letter obituary review advert advertisement column".split())
_BLOCKS = frozenset("p ab l item row head opener closer signed byline dateline salute".split())
_LEFT_OUT = frozenset("note fw figDesc orig sic abbr".split())
_XML = "{http://www.w3.org/XML/1998/namespace}"


def read_tei(source: Input) -> Iterator[Item]:
    """The articles of a document or a corpus."""
    root = tree_of(xml_bytes(source)[0])
    documents = all_of(root, "TEI", "TEI.2")
    number = 0
    for document in documents:
        shared = _facts(first(document, "teiHeader"), document)
        whole = first(document, "text")
        parts = _parts(whole)
        for place, part in enumerate((*parts, whole), 1):
            own = _part(part, place, shared) if part is not whole else {}
            left_out = set(children(part, "head")) if own else set(parts)
            if part is not None and (body := _prose(part, left_out)):
                number += 1
                yield RawArticle(Origin(source.path, number), fields={**shared, **own, "body": body})
    if not number:
        raise NotArticles("a TEI document without text")


def _parts(whole: Any) -> list[Any]:
    """The divisions that are articles, none within another; one that only gathers others is none."""
    named = [div for div in all_of(whole, "div", "div1", "div2", "div3") if _is_article(div)]
    gathering = {above for div in named for above in div.iterancestors() if not children(above, *_BLOCKS - {"head"})}
    found = [div for div in named if div not in gathering]
    return [div for div in found if not any(above in found for above in div.iterancestors())]


def _is_article(div: Any) -> bool:
    return (div.get("type") or div.get("subtype") or "").lower() in _ARTICLES


def _facts(header: Any, document: Any) -> dict[str, Any]:
    """What the header says: of the printed source first, then of the file."""
    title = first(header, "titleStmt")
    printed = first(header, "sourceDesc")
    date = first(printed, "date")
    date = date if date is not None else first(first(header, "publicationStmt"), "date")
    host = next((each for each in all_of(printed, "title") if each.get("level") in ("j", "m", "s")), None)
    language = next((each.get("ident") for each in all_of(header, "language") if each.get("ident")), None)
    fields = {
        "title": text(first(title, "title")),
        "author": texts(all_of(title, "author")) or texts(all_of(printed, "author")),
        "published": _date(date),
        "source": text(host) or text(first(first(header, "publicationStmt"), "publisher")),
        "language": language or document.get(f"{_XML}lang"),
        "topics": texts(all_of(first(header, "textClass"), "term")),
        "identifier": text(first(first(header, "publicationStmt"), "idno")) or document.get(f"{_XML}id"),
        "licence": text(first(header, "licence")),
    }
    return {key: value for key, value in fields.items() if value}


def _part(div: Any, place: int, shared: dict[str, Any]) -> dict[str, Any]:
    """What one article of several says of itself; by its place in the document where it has no name of its own."""
    whole = shared.get("identifier")
    fields = {
        "title": text(next(iter(children(div, "head")), None)) or f"{shared.get('title', '')}, {place}".lstrip(", "),
        "author": texts(all_of(div, "byline")),
        "dateline": text(first(div, "dateline")),
        "published": _date(first(first(div, "dateline", "head"), "date")),
        "identifier": f"{whole}#{div.get(f'{_XML}id') or place}" if whole else None,
    }
    return {key: value for key, value in fields.items() if value}


def _date(element: Any) -> str:
    if element is None:
        return ""
    return next(
        (element.get(name) for name in ("when", "when-iso", "from", "notBefore") if element.get(name)), text(element)
    )


def _prose(part: Any, left_out: Set[Any]) -> str:
    """The paragraphs; of what is given twice the corrected reading, and no notes."""
    paragraphs: list[str] = []
    previous = None
    for element in part.iter():
        if local(element) not in _BLOCKS or _is_inside(element, part, left_out):
            continue
        if words := " ".join("".join(_words(element)).split()):
            parent = element.getparent()
            if local(element) == "l" and previous is parent:
                paragraphs[-1] += "\n" + words
            else:
                paragraphs.append(words)
            previous = parent if local(element) == "l" else None
    return "\n\n".join(paragraphs)


def _is_inside(element: Any, part: Any, left_out: Set[Any]) -> bool:
    """Whether an element is left out, or is part of a block that is read as a whole."""
    if element in left_out:
        return True
    for above in element.iterancestors():
        if above is part:
            return False
        if above in left_out or local(above) in _BLOCKS or local(above) in _LEFT_OUT:
            return True
    return False


def _words(element: Any) -> Iterator[str]:
    from lxml import etree

    if isinstance(element, etree._Comment | etree._ProcessingInstruction):
        return
    if local(element) in ("lb", "pb", "cb"):
        if element.get("break") != "no":
            yield " "
    elif local(element) not in _LEFT_OUT:
        yield element.text or ""
        for inner in element:
            yield from _words(inner)
            yield inner.tail or ""
