"""Whoosh as it comes: its own codec, writer, collectors, `groupedby` facets and highlighter."""

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, sorting
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Page
from benchmarks.queries import Query

BOOSTS = {"title": 3.0, "body": 1.0}


class StockWhoosh:
    """The pure-Python library."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        words = analysis.StemmingAnalyzer(stoplist=None, minsize=1)
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(stored=True, analyzer=words),
            body=fields.TEXT(stored=True, analyzer=words),
            source=fields.ID(sortable=True),
            category=fields.ID(sortable=True),
            month=fields.ID(sortable=True),
            person=fields.KEYWORD(commas=True),
            day=fields.DATETIME(sortable=True),
        )
        writer = index.create_in(str(directory), schema).writer(
            limitmb=512, procs=processes, multisegment=processes > 1
        )
        for r in records:
            writer.add_document(
                id=r.id,
                title=r.title,
                body=r.body,
                source=r.source,
                category=r.category,
                month=r.month,
                person=",".join(r.persons),
                day=datetime.combine(r.day, time()),
            )
        writer.commit()

    def open(self, directory: Path) -> Any:
        opened = index.open_dir(str(directory))
        return opened, opened.searcher()

    def page(self, handle: Any, query_: Query) -> Page | None:
        opened, searcher = handle
        parsed = _query(opened.schema, query_)
        facets = sorting.Facets()
        for name in ("source", "category", "month"):
            facets.add_field(name)
        facets.add_field("person", allow_overlap=True)
        found = searcher.search(parsed, limit=TOP, groupedby=facets)
        counts: dict[str, dict[str, int]] = {}
        for name in found.facet_names():
            groups = {k: len(v) for k, v in found.groups(name).items() if k}
            counts[name] = dict(sorted(groups.items(), key=lambda p: (-p[1], p[0]))[:PERSON_BUCKETS])
        snippets = tuple(hit.highlights("body") or hit["body"][:240] for hit in found)
        return Page(len(found), counts, tuple(hit["id"] for hit in found), snippets)


def _query(schema: Any, wanted: Query) -> Any:
    names = list(BOOSTS)
    if wanted.kind == "everything":
        return query.Every()
    if wanted.kind == "prefix":
        return query.Or([query.Prefix(name, wanted.words[0]) for name in names])
    group = OrGroup if wanted.kind == "any" else None
    parser = MultifieldParser(names, schema, fieldboosts=BOOSTS, **({"group": group} if group else {}))
    text = f'"{" ".join(wanted.words)}"' if wanted.kind == "phrase" else " ".join(wanted.words)
    parsed = parser.parse(text)
    if wanted.start and wanted.end:
        start, end = (datetime.combine(day, time()) for day in (wanted.start, wanted.end))
        parsed = query.And([parsed, query.DateRange("day", start, end)])
    return parsed


PEER = StockWhoosh()
