"""bm25s: scores of every document for a bag of words. Filters and facets are numpy's here; phrases it has none."""

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Page
from benchmarks.queries import Query

PATTERN = r"[A-Za-z0-9]+"


class Bm25s:
    """The scoring library; one bag of words over title and body."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        kept = list(records)
        stemmer = Stemmer.Stemmer("english")
        tokens = bm25s.tokenize(
            [f"{r.title}\n{r.body}" for r in kept],
            token_pattern=PATTERN,
            stopwords=[],
            stemmer=stemmer,
            show_progress=False,
        )
        index = bm25s.BM25(k1=1.2, b=0.75)
        index.index(tokens, show_progress=False)
        index.save(str(directory / "bm25s"), show_progress=False)
        columns: dict[str, Any] = {}
        for name in ("source", "category", "month"):
            labels, ordinals = np.unique([getattr(r, name) for r in kept], return_inverse=True)
            columns[name] = (labels.tolist(), ordinals)
        flat = [p for r in kept for p in r.persons]
        labels, ordinals = np.unique(flat, return_inverse=True)
        owner = np.repeat(np.arange(len(kept)), [len(r.persons) for r in kept])
        columns["person"] = (labels.tolist(), ordinals, owner)
        columns["days"] = np.array([r.day.toordinal() for r in kept])
        columns["text"] = [(r.id, r.body) for r in kept]
        (directory / "columns.pickle").write_bytes(pickle.dumps(columns))

    def open(self, directory: Path) -> Any:
        index = bm25s.BM25.load(str(directory / "bm25s"), mmap=True)
        return index, pickle.loads((directory / "columns.pickle").read_bytes()), Stemmer.Stemmer("english")

    def page(self, handle: Any, query: Query) -> Page | None:
        index, columns, stemmer = handle
        if query.kind not in ("all", "any") or (query.kind == "all" and len(query.words) > 1):
            return None
        words = [w for w in stemmer.stemWords(list(query.words)) if w in index.vocab_dict]
        scores = index.get_scores(words) if words else np.zeros(len(columns["days"]))
        matching = scores > 0
        if query.start and query.end:
            matching &= (columns["days"] >= query.start.toordinal()) & (columns["days"] <= query.end.toordinal())
        documents = np.flatnonzero(matching)
        facets: dict[str, dict[str, int]] = {}
        for name in ("source", "category", "month"):
            labels, ordinals = columns[name]
            counts = np.bincount(ordinals[documents], minlength=len(labels))
            facets[name] = {labels[i]: int(counts[i]) for i in np.flatnonzero(counts)}
        labels, ordinals, owner = columns["person"]
        counts = np.bincount(ordinals[matching[owner]], minlength=len(labels))
        best = np.argsort(-counts, kind="stable")[:PERSON_BUCKETS]
        facets["person"] = {labels[i]: int(counts[i]) for i in best if counts[i]}
        top = documents[np.argsort(-scores[documents], kind="stable")[:TOP]]
        ids, snippets = [], []
        for number in top.tolist():
            identity, body = columns["text"][number]
            at = max(0, min((body.lower().find(w) for w in query.words if w in body.lower()), default=0) - 60)
            ids.append(identity)
            snippets.append(body[at : at + 240])
        return Page(len(documents), facets, tuple(ids), tuple(snippets))


PEER = Bm25s()
