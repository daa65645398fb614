"""tantivy through its Python package: stemmed text, fast fields, aggregations, its own snippet generator."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Best, Page
from benchmarks.queries import Query

FACETS = ("source", "category", "month", "person")
# `segment_size` is what makes its counts exact: by default each segment forgets its less frequent values.
SEGMENT_SIZE = 65_000
AGGREGATIONS = {
    name: {"terms": {"field": name, "size": PERSON_BUCKETS if name == "person" else 1000, "segment_size": SEGMENT_SIZE}}
    for name in FACETS
}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
    builder.add_date_field("day", stored=True, indexed=True, fast=True)
    return builder.build()


class Tantivy:
    """The Rust engine."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        index = tantivy.Index(_schema(), path=str(directory))
        writer = index.writer(heap_size=512_000_000, num_threads=processes)
        for r in records:
            document = tantivy.Document(
                id=r.id, title=r.title, body=r.body, source=r.source, category=r.category, month=r.month
            )
            for person in r.persons:
                document.add_text("person", person)
            document.add_date("day", datetime.combine(r.day, time(), UTC))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> Any:
        index = tantivy.Index.open(str(directory))
        return index, index.searcher()

    def page(self, handle: Any, query: Query) -> Page | None:
        index, searcher = handle
        parsed = self._query(index, query)
        found = searcher.search(parsed, TOP, count=True)
        buckets = searcher.aggregate(parsed, AGGREGATIONS)
        facets = {name: {b["key"]: int(b["doc_count"]) for b in buckets[name]["buckets"]} for name in FACETS}
        documents = [searcher.doc(address) for _, address in found.hits]
        if query.kind in ("everything", "prefix"):  # its generator knows no expanded terms: the lead, as elsewhere
            snippets = tuple(d["body"][0][:240] for d in documents)
        else:
            generator = tantivy.SnippetGenerator.create(searcher, parsed, index.schema, "body")
            generator.set_max_num_chars(240) if hasattr(generator, "set_max_num_chars") else None
            snippets = tuple(generator.snippet_from_doc(d).to_html() for d in documents)
        return Page(found.count or 0, facets, tuple(d["id"][0] for d in documents), snippets)

    def top(self, handle: Any, query: Query) -> Best | None:
        index, searcher = handle
        # Without the count it skips blocks that cannot matter.
        found = searcher.search(self._query(index, query), TOP, count=False)
        documents = [searcher.doc(address) for _, address in found.hits]
        return tuple((d["id"][0], d["title"][0]) for d in documents)

    def _query(self, index: Any, query: Query) -> Any:
        fields = ["title", "body"]
        boosts = {"title": 3.0}
        if query.kind == "everything":
            return tantivy.Query.all_query()
        if query.kind == "prefix":
            patterns = [
                (tantivy.Occur.Should, tantivy.Query.regex_query(index.schema, name, f"{query.words[0]}.*"))
                for name in fields
            ]
            return tantivy.Query.boolean_query(patterns)
        text = f'"{" ".join(query.words)}"' if query.kind == "phrase" else " ".join(query.words)
        parsed = index.parse_query(text, fields, field_boosts=boosts, conjunction_by_default=query.kind != "any")
        if query.start and query.end:
            start, end = (datetime.combine(day, time(), UTC) for day in (query.start, query.end))
            dates = tantivy.Query.range_query(index.schema, "day", tantivy.FieldType.Date, start, end)
            parsed = tantivy.Query.boolean_query([(tantivy.Occur.Must, parsed), (tantivy.Occur.Must, dates)])
        return parsed


PEER = Tantivy()
