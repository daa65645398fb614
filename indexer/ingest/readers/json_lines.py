"""JSON lines: one object a line. The lines stay bytes and are parsed in the writer's processes."""

from collections.abc import Iterator

from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.recoding import REPLACED
from indexer.ingest.streams import MEGABYTE, Input, lines
from indexer.rejection import Origin

_BOM = b"\xef\xbb\xbf"


def read_json_lines(source: Input) -> Iterator[Item]:
    """Every line that is not blank; one that is too long becomes a reject and the next is read."""
    limit = source.limits.max_line_mb * MEGABYTE
    path = source.path
    stream, recoding = source.recoded()
    for number, line, whole in lines(stream, limit):
        if not whole:
            yield bad(source, number, "too_long", f"More than {source.limits.max_line_mb} MB in one line.", line)
            continue
        text = line.removeprefix(_BOM) if number == 1 else line
        if text and not text.isspace():
            yield RawArticle(Origin(path, number), json=text, replaced=recoding.replaced and REPLACED in text)
