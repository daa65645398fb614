"""Xapian through Debian's binding: stemmed terms, values for facets, its own snippets. It has no stemmed prefixes."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Page
from benchmarks.queries import Query

DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"  # where `apt-get install python3-xapian` puts the binding
if DEBIAN_PACKAGES not in sys.path:
    sys.path.append(DEBIAN_PACKAGES)
import xapian  # noqa: E402  # found only after the line above

SLOTS = {"source": 0, "category": 1, "month": 2, "day": 3, "person": 4}
SEPARATOR = "\x1f"


class Xapian:
    """The C++ library."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        base = xapian.WritableDatabase(str(directory), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("english"))
        generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for r in records:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(r.title, 3)
            generator.increase_termpos(1000)
            generator.index_text(r.body)
            document.set_data("\n".join((r.id, r.title, r.body)))
            for name, slot in SLOTS.items():
                value = SEPARATOR.join(r.persons) if name == "person" else str(getattr(r, name))
                document.add_value(slot, value)
            base.add_document(document)
        base.commit()
        base.close()

    def open(self, directory: Path) -> Any:
        return xapian.Database(str(directory))

    def page(self, handle: Any, query: Query) -> Page | None:
        if query.kind == "prefix":
            return None
        enquire = xapian.Enquire(handle)
        enquire.set_query(_query(query))
        spies = {name: xapian.ValueCountMatchSpy(slot) for name, slot in SLOTS.items() if name != "day"}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, handle.get_doccount())
        facets: dict[str, dict[str, int]] = {}
        for name in ("source", "category", "month"):
            facets[name] = {item.term.decode(): item.termfreq for item in spies[name].values()}
        persons: dict[str, int] = {}
        for item in spies["person"].values():
            for person in item.term.decode().split(SEPARATOR):
                persons[person] = persons.get(person, 0) + item.termfreq
        persons.pop("", None)
        best = sorted(persons.items(), key=lambda pair: (-pair[1], pair[0]))[:PERSON_BUCKETS]
        facets["person"] = dict(best)
        stemmer = xapian.Stem("english")
        ids, snippets = [], []
        for match in found:
            identity, _, body = match.document.get_data().decode().split("\n", 2)
            ids.append(identity)
            snippets.append(found.snippet(body, 240, stemmer).decode())
        return Page(found.get_matches_estimated(), facets, tuple(ids), tuple(snippets))


def _query(query: Query) -> Any:
    if query.kind == "everything":
        return xapian.Query.MatchAll
    stem = xapian.Stem("english")
    words = ["Z" + stem(w).decode() if query.kind != "phrase" else stem(w).decode() for w in query.words]
    words = [w.removeprefix("Z") for w in words]  # STEM_ALL indexes bare stems, with positions
    operator = {"all": xapian.Query.OP_AND, "any": xapian.Query.OP_OR, "phrase": xapian.Query.OP_PHRASE}[query.kind]
    built = xapian.Query(operator, words)
    if query.start and query.end:
        dates = xapian.Query(xapian.Query.OP_VALUE_RANGE, SLOTS["day"], query.start.isoformat(), query.end.isoformat())
        built = xapian.Query(xapian.Query.OP_FILTER, built, dates)
    return built


PEER = Xapian()
