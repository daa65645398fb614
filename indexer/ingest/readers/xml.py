"""What all XML readers share: which document it is, and its bytes made safe to parse. No entity is ever expanded."""

import re

from indexer.ingest.charset import decode, encoding_of_bom
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
