"""What all XML readers share: which document it is, and its bytes made safe to parse. No entity is ever expanded."""

import re

from indexer.ingest.charset import decode
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
