"""SQLite FTS5: a full-text table beside a plain one, facets by GROUP BY over the matching rows."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Page
from benchmarks.queries import Query

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE doc (n INTEGER PRIMARY KEY, id TEXT, day TEXT, month TEXT, source TEXT, category TEXT);
CREATE TABLE person (n INTEGER, name TEXT);
CREATE VIRTUAL TABLE text USING fts5 (title, body, tokenize = 'porter unicode61');
"""
INDEXES = "CREATE INDEX person_n ON person (n, name); CREATE INDEX doc_day ON doc (day);"


class Fts5:
    """The full-text index of SQLite."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        base = sqlite3.connect(directory / "index.db")
        base.executescript(SCHEMA)
        for n, r in enumerate(records):
            base.execute(
                "INSERT INTO doc VALUES (?,?,?,?,?,?)", (n, r.id, r.day.isoformat(), r.month, r.source, r.category)
            )
            base.execute("INSERT INTO text (rowid, title, body) VALUES (?,?,?)", (n, r.title, r.body))
            base.executemany("INSERT INTO person VALUES (?,?)", [(n, name) for name in r.persons])
        base.executescript(INDEXES)
        base.commit()
        base.execute("INSERT INTO text (text) VALUES ('optimize')")
        base.commit()
        base.close()

    def open(self, directory: Path) -> Any:
        base = sqlite3.connect(f"file:{directory / 'index.db'}?mode=ro", uri=True)
        base.execute("PRAGMA mmap_size = 4294967296")
        base.execute("PRAGMA temp_store = MEMORY")
        return base

    def page(self, handle: Any, query: Query) -> Page | None:
        base: sqlite3.Connection = handle
        match, values = _match(query)
        base.execute("DROP TABLE IF EXISTS temp.hit")
        base.execute("CREATE TEMP TABLE hit (n INTEGER PRIMARY KEY) WITHOUT ROWID")
        base.execute(f"INSERT INTO hit {match}", values)
        (total,) = base.execute("SELECT count(*) FROM hit").fetchone()
        facets: dict[str, dict[str, int]] = {}
        for name in ("source", "category", "month"):
            rows = base.execute(f"SELECT {name}, count(*) FROM hit JOIN doc USING (n) GROUP BY {name}")
            facets[name] = dict(rows.fetchall())
        rows = base.execute(
            "SELECT name, count(*) AS c FROM hit JOIN person USING (n) GROUP BY name ORDER BY c DESC, name LIMIT ?",
            (PERSON_BUCKETS,),
        )
        facets["person"] = dict(rows.fetchall())
        if query.kind == "everything":
            top = base.execute(f"SELECT id, substr(body, 1, 240) FROM doc JOIN text ON doc.n = text.rowid LIMIT {TOP}")
        else:
            dates = "AND day BETWEEN ? AND ?" if query.start else ""
            top = base.execute(
                "SELECT id, snippet(text, 1, '<b>', '</b>', '…', 40) FROM text JOIN doc ON doc.n = text.rowid "
                f"WHERE text MATCH ? {dates} ORDER BY bm25(text, 3.0, 1.0) LIMIT {TOP}",
                values,
            )
        hits = top.fetchall()
        return Page(total, facets, tuple(h[0] for h in hits), tuple(h[1] for h in hits))


def _match(query: Query) -> tuple[str, tuple[Any, ...]]:
    if query.kind == "everything":
        return "SELECT n FROM doc", ()
    text = {
        "all": " AND ".join(query.words),
        "any": " OR ".join(query.words),
        "phrase": f'"{" ".join(query.words)}"',
        "prefix": f"{query.words[0]}*",
    }[query.kind]
    if query.start and query.end:
        return (
            "SELECT text.rowid FROM text JOIN doc ON doc.n = text.rowid WHERE text MATCH ? AND day BETWEEN ? AND ?",
            (text, query.start.isoformat(), query.end.isoformat()),
        )
    return "SELECT text.rowid FROM text WHERE text MATCH ?", (text,)


PEER = Fts5()
