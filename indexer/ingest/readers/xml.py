"""What all XML readers share: which document it is, its bytes made safe to parse, its elements by local name.

No entity is ever expanded. Namespaces are not looked at: those of these formats changed with their versions while their
words did not.
"""

import re
from collections.abc import Sequence
from typing import Any

from indexer.ingest.charset import decode
from indexer.ingest.html_limits import MOST_ELEMENTS
from indexer.ingest.markup import plain_line
from indexer.ingest.rejects import excerpt
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Rejected

_PROLOG = re.compile(
    # Atomic groups: what was taken for a comment stays one, or hostile input costs exponential time.
    r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*+)*+<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml(?:[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+))?.*?\?>", re.DOTALL)
_BEFORE = b"\xef\xbb\xbf \t\r\n"


def root_name(source: Input) -> str | None:
    """The local name of the first element, or None when the input does not begin like markup."""
    head = source.head.lstrip(_BEFORE)
    found = _PROLOG.match(head.decode("latin-1")) if head.startswith(b"<") else None
    return found[2] if found else None


def xml_bytes(source: Input) -> tuple[bytes, bool]:
    """The whole document as UTF-8, and whether characters were lost on the way.

    Raises:
        Rejected: it is too long, or declares entities.
    """
    data = source.read_all(source.limits.max_line_mb * MEGABYTE, "too_long", "max_line_mb").lstrip(_BEFORE)
    declared = _DECLARATION.match(data)
    stated = declared[1].decode("ascii") if declared and declared[1] else None
    text, replaced = decode(data, stated, languages=source.languages)
    # The declared encoding no longer holds once the text is UTF-8.
    data = text.encode("utf-8")
    if declared:
        data = data[data.index(b"?>") + 2 :]
    if _ENTITY.search(data):
        raise Rejected("xml_entities", "Remove the <!ENTITY> declarations and try again.", excerpt(data))
    return data.lstrip(_BEFORE), replaced


def tree_of(data: bytes) -> Any:
    """The root of a document whose bytes are safe to parse: `xml_bytes` gave them, or they were checked alike.

    Raises:
        Rejected: it is not well formed, declares entities, or has too many elements.
    """
    from lxml import etree

    if data.count(b"<") > MOST_ELEMENTS:
        raise Rejected("too_complex", f"The document has more than {MOST_ELEMENTS:,} tags.", excerpt(data))
    if _ENTITY.search(data):
        raise Rejected("xml_entities", "Remove the <!ENTITY> declarations and try again.", excerpt(data))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Rejected("bad_xml", f"{error.msg}.", excerpt(data)) from None


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def all_of(element: Any, *names: str) -> list[Any]:
    """Descendants (itself included) of these local names, in document order."""
    return [] if element is None else [found for found in element.iter() if local(found) in names]


def children(element: Any, *names: str) -> list[Any]:
    """The elements right below one, of these names or of any."""
    return [] if element is None else [found for found in element if not names or local(found) in names]


def first(element: Any, *names: str) -> Any:
    """The first descendant of the first name that has any."""
    for name in names:
        if found := all_of(element, name):
            return found[0]
    return None


def text(element: Any) -> str:
    """All text in an element, on one line."""
    return "" if element is None else plain_line("".join(element.itertext()))


def texts(elements: Sequence[Any]) -> list[str]:
    """The text of each element that has some."""
    return [found for element in elements if (found := text(element))]


def attribute(element: Any, name: str) -> str | None:
    """An attribute of an element that may be missing."""
    return None if element is None else element.get(name)
