"""Plain text files: saved pages in the layout of `seed`, or a title line followed by the text."""

import re
from collections.abc import Iterator

from indexer.ingest.charset import decode
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item
from indexer.ingest.readers.seed import is_seed_page, seed_fields
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin

_HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{1,30})\s*[:=]\s*(\S.*)")
_FENCES = ("---", "+++")
_UNDERLINE = re.compile(r"[=-]{3,}")
MOST_HEADERS = 60


def read_text(source: Input) -> Iterator[Item]:
    """The one article of a text file."""
    data = source.read_all(source.limits.max_article_mb * MEGABYTE, "too_large", "max_article_mb")
    text, replaced = decode(data, languages=source.languages)
    fields = seed_fields(text) if is_seed_page(text) else _titled(text)
    yield RawArticle(Origin(source.path), fields=fields, replaced=replaced)


def _titled(text: str) -> dict[str, object]:
    """First line title, rest body; a block of `key: value` lines between fences at the top gives fields."""
    rows = text.lstrip("\ufeff\r\n ").splitlines()
    fields: dict[str, object] = {}
    if rows and rows[0].strip() in _FENCES:
        fence = rows[0].strip()
        end = next((i for i, row in enumerate(rows[1:MOST_HEADERS], 1) if row.strip() == fence), 0)
        for row in rows[1:end]:
            if found := _HEADER.fullmatch(row.strip()):
                fields[found[1]] = found[2].strip("\"'")
        rows = rows[end + 1 :] if end else rows
    while rows and not rows[0].strip():
        rows.pop(0)
    if rows and not any(name.lower() in ("title", "headline") for name in fields):
        fields["title"] = rows.pop(0).strip().lstrip("#").strip()
        if rows and _UNDERLINE.fullmatch(rows[0].strip()):
            rows.pop(0)
    fields["body"] = "\n".join(rows).strip()
    return fields
