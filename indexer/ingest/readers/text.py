"""Plain text files: saved pages in the layout of `seed`, or a title line followed by the text."""

import re
from collections.abc import Iterator

from indexer.ingest.aliases import ALIASES, folded
from indexer.ingest.charset import decode
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item
from indexer.ingest.readers.front_matter import front_matter
from indexer.ingest.readers.seed import is_seed_page, seed_fields
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin

_UNDERLINE = re.compile(r"[=-]{3,}")
_TITLES = frozenset(map(folded, ("title", *ALIASES["title"])))


def read_text(source: Input) -> Iterator[Item]:
    """The one article of a text file."""
    data = source.read_all(source.limits.max_article_mb * MEGABYTE, "too_large", "max_article_mb")
    text, replaced = decode(data, languages=source.languages)
    fields = seed_fields(text) if is_seed_page(text) else _titled(text)
    yield RawArticle(Origin(source.path), fields=fields, replaced=replaced)


def _titled(text: str) -> dict[str, object]:
    """First line title, rest body; fields at the top say more, and may say the title."""
    fields, text = front_matter(text.lstrip("\ufeff\r\n "))
    rows = text.splitlines()
    while rows and not rows[0].strip():
        rows.pop(0)
    title = next((value for name, value in fields.items() if folded(name) in _TITLES), None)
    first = rows[0].strip().lstrip("#").strip() if rows else ""
    if rows and (title is None or first == title):
        fields.setdefault("title", first)
        rows.pop(0)
        if rows and _UNDERLINE.fullmatch(rows[0].strip()):
            rows.pop(0)
    body = "\n".join(rows).strip()
    return fields | {"body": body} if body else fields
