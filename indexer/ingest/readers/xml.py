"""What all XML readers share: which document it is, its bytes made safe to parse, its elements by local name.

No entity is ever expanded. Namespaces are not looked at: those of these formats changed with their versions while their
words did not.
"""

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from indexer.ingest.charset import decode, encoding_of_bom
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
_DECLARATION = re.compile(rb"\s*<\?xml.*?\?>", re.DOTALL)


def root_name(source: Input) -> str | None:
    """The local name of the first element, or None when the input does not begin like markup."""
    head = source.head
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<" and encoding_of_bom(head) is None:
        return None
    found = _PROLOG.match(decode(head)[0].lstrip("\ufeff"))
    return found[2] if found else None


def xml_bytes(source: Input) -> bytes:
    """The whole document.

    Raises:
        Rejected: it is too long, or declares entities.
    """
    data = source.read_all(source.limits.max_line_mb * MEGABYTE, "too_long", "max_line_mb")
    if (encoding_of_bom(data) or "utf-8") != "utf-8":
        # The declared encoding no longer holds once the text is UTF-8.
        data = _DECLARATION.sub(b"", decode(data)[0].encode("utf-8"), count=1)
    if _ENTITY.search(data):
        raise Rejected("xml_entities", "Remove the <!ENTITY> declarations and try again.", excerpt(data))
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")


def tree_of(data: bytes) -> Any:
    """The root of a document whose bytes are safe to parse: `xml_bytes` gave them, or they were checked alike.

    Raises:
        Rejected: it is not well formed, or declares entities.
    """
    if _ENTITY.search(data):
        raise Rejected("xml_entities", "Remove the <!ENTITY> declarations and try again.", excerpt(data))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Rejected("bad_xml", f"{error.msg}.", excerpt(data)) from None


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


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
