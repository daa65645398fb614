"""One generation of an index, open for reading: its segments side by side as one space of document numbers.

A document's number here is its segment's base plus its number in the segment. A snapshot never changes; the engine
swaps it for the next one while running searches keep theirs. What does not depend on a query is computed once and kept
here.
"""

import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from indexer.article import Article
from indexer.engines.shared.entity_corrections import corrected_article
from indexer.engines.shared.search.ranking import K1, B
from indexer.engines.shared.stored_article import record_to_article, texts_of
from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.postings import Overflow, Variants
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.directory.groups import read_groups
from indexer.engines.whoosh.kernels import Array, Docs, Mask, Scores, bounds
from indexer.engines.whoosh.reader.term_dictionary import Dictionary
from indexer.entities.corrections import Corrections, Finds
from indexer.fields import OWN_TEXT_FIELDS
from indexer.search.query import Node

T = TypeVar("T")
# Words whose documents are counted are remembered, so many at most.
_MOST_COUNTED = 10_000


class SegmentView:
    """A segment with what was derived from its immutable arrays; shared by all snapshots that hold the segment."""

    def __init__(self, name: str, arrays: ArrayFile) -> None:
        self.name = name
        self.arrays = arrays
        self._lock = threading.Lock()
        self._cache: dict[Hashable, Any] = {}
        self._latest: dict[Hashable, tuple[object, Any]] = {}

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned when `key` was first asked for."""
        if key not in self._cache:
            made = make()
            with self._lock:
                self._cache.setdefault(key, made)
        found: T = self._cache[key]
        return found

    def latest(self, key: Hashable, state: object, make: Callable[[], T]) -> T:
        """What `make` returned when `key` was last asked for, unless it was for another state."""
        held = self._latest.get(key)
        if held is None or held[0] != state:
            held = self._latest[key] = (state, make())
        found: T = held[1]
        return found

    def dictionary(self, field: str) -> Dictionary:
        """The term dictionary of a text field."""
        return self.cached(("dictionary", field), lambda: Dictionary(self.arrays, field))

    def overflow(self, field: str) -> Overflow:
        """The frequencies of a text field that do not fit in codes."""
        return self.cached(("overflow", field), lambda: Overflow.read(self.arrays, field))

    def variants(self, field: str) -> Variants:
        """Which surface of its term each token of a text field has."""
        return self.cached(("variants", field), lambda: Variants(self.arrays, field))

    def whole(self, name: str) -> Array:
        """A whole array, verified when it is first asked for."""
        return self.cached(("array", name), lambda: self.arrays.part(name, 0, len(self.arrays[name])))


class Scratch(threading.local):
    """Arrays as long as the index for each thread: all zero between uses, so that no query has to clear them."""

    def __init__(self, size: int) -> None:
        self.flags: Mask = np.zeros(size, np.bool_)
        self.codes: Array = np.zeros(size, np.uint16)


# Which documents of a snapshot a query finds.
Find = Callable[["Snapshot", Node], Docs]


@dataclass(frozen=True, slots=True)
class Naming:
    """How entities and sources are to be shown: the rules of the archive's owner, what is made of them and of the
    labels of a snapshot, and how the queries of rules are answered."""

    rules: Corrections
    of_snapshot: "Callable[[Corrections, Snapshot], Corrections] | None" = None
    find: Find | None = None

    def before_queries(self) -> "Naming":
        """How the queries of the rules see names."""
        return replace(self, rules=self.rules.without_queries())


def _bits(docs: Docs, size: int) -> Array:
    """Documents as one bit for each of all."""
    found = np.zeros(size, np.bool_)
    found[docs] = True
    return np.packbits(found)


class Snapshot:
    """The segments of one generation as one space of documents."""

    def __init__(
        self,
        generation: int,
        segments: Sequence[Segment],
        before: "Snapshot | None" = None,
        naming: Naming | None = None,
        groups: ArrayFile | None = None,
        joins_spellings: bool = True,
        identity: str = "",
        lost: str = "",
        min_mentions: int = 2,
    ) -> None:
        self.identity = identity
        self.lost = lost
        self.min_mentions = min_mentions
        self.joins_spellings = joins_spellings
        self.groups_file = groups
        self._naming = naming or Naming(Corrections())
        self.rules = self._naming.rules
        self.generation = generation
        self.segments = tuple(segments)
        known = {view.arrays.inode: view for view in before.views} if before else {}
        self.views: tuple[SegmentView, ...] = tuple(
            known.get(s.arrays.inode) or SegmentView(s.info.name, s.arrays) for s in segments
        )
        self.bases: list[int] = [0, *np.cumsum([s.doc_count for s in segments], dtype=np.int64).tolist()]
        self.size = self.bases[-1]
        self.scratch = Scratch(self.size)
        self._lock = threading.RLock()
        self._cache: dict[Hashable, Any] = {}
        self._holding: dict[Hashable, int] = {}

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned when `key` was first asked for in this generation."""
        if key not in self._cache:
            with self._lock:
                if key not in self._cache:
                    self._cache[key] = make()
        found: T = self._cache[key]
        return found

    @property
    def corrections(self) -> Corrections:
        """Under which names entities are shown; made when an entity is first shown."""
        return self.cached("corrections", self._corrections)

    def _corrections(self) -> Corrections:
        naming = self._naming
        return naming.of_snapshot(naming.rules, self) if naming.of_snapshot else naming.rules

    def finding(self, query: str, index: int) -> Mask:
        """Which documents of a segment a query of the corrections finds."""
        base, end = self.bases[index : index + 2]
        bits = self._conditions[query][base // 8 : end // 8 + 1]
        return np.unpackbits(bits, count=base % 8 + end - base)[base % 8 :].astype(np.bool_)

    @property
    def _conditions(self) -> Mapping[str, Array]:
        """Which documents each query of the corrections finds, a bit for each; found when an entity is first shown."""
        return self.cached("conditions", self._find_conditions)

    def _find_conditions(self) -> Mapping[str, Array]:
        queries, find = self.rules.queries, self._naming.find
        if not queries or find is None:
            return {}
        naming = self._naming.before_queries()
        seen = Snapshot(
            self.generation,
            self.segments,
            self,
            naming,
            self.groups_file,
            self.joins_spellings,
            min_mentions=self.min_mentions,
        )
        return {query: _bits(find(seen, tree), self.size) for query, tree in queries.items()}

    @cached_property
    def languages(self) -> tuple[str | None, ...]:
        """The languages of the articles and of their translations; None among them where some articles have none."""
        found = {language or None: None for segment in self.segments for language in segment.info.languages}
        return tuple(found | dict.fromkeys(self.translated))

    @cached_property
    def language_counts(self) -> Mapping[str, int]:
        """How many articles there are in each language that is stated, deleted ones included."""
        found: dict[str, int] = {}
        for segment in self.segments:
            for language, count in segment.info.languages.items():
                if language:
                    found[language] = found.get(language, 0) + count
        return found

    def searched_languages(self, *, translation: bool) -> Mapping[str, int]:
        """In how many texts there is each language; `translation` says whether translations are among them."""
        counts = Counter(self.language_counts)
        return counts + Counter(self.translated) if translation else counts

    @cached_property
    def translated(self) -> Mapping[str, int]:
        """How many translations there are in each language, those of deleted articles included."""
        found: dict[str, int] = {}
        for segment in self.segments:
            for language, count in segment.translated.items():
                found[language] = found.get(language, 0) + count
        return found

    @cached_property
    def live(self) -> Mask | None:
        """Which documents are neither deleted nor withdrawn; None where all are there."""
        withdrawn = self.concatenated("withdrawn")
        if not any(len(segment.deleted) for segment in self.segments) and not withdrawn.any():
            return None
        mask: Mask = withdrawn == 0
        for base, segment in zip(self.bases, self.segments, strict=False):
            mask[base + segment.deleted.astype(np.intp)] = False
        return mask

    @cached_property
    def groups(self) -> Array:
        """The near-duplicate group of each document; a document without copies is a group of its own."""
        return np.arange(self.size) if self.groups_file is None else read_groups(self.groups_file, self.size)

    @cached_property
    def copied(self) -> Mask:
        """Which documents have copies."""
        mask: Mask = np.bincount(self.groups, minlength=self.size)[self.groups] > 1
        return mask

    @cached_property
    def everything(self) -> Docs:
        """All documents that are not deleted."""
        docs = np.arange(self.size) if self.live is None else np.flatnonzero(self.live)
        docs.setflags(write=False)
        return docs

    def parts(self, docs: Docs) -> Iterator[tuple[int, slice]]:
        """Per segment that holds any of `docs`: its index and their slice in `docs`."""
        for index, (low, high) in enumerate(pairwise(bounds(docs, self.bases))):
            if high > low:
                yield index, slice(low, high)

    def split(self, docs: Docs) -> Iterator[tuple[int, slice, Array]]:
        """The same, with the documents' numbers in the segment."""
        for index, where in self.parts(docs):
            yield index, where, docs[where] if index == 0 else docs[where] - self.bases[index]

    def in_segment(self, doc: int) -> tuple[int, int]:
        """Segment index and number in the segment of one document."""
        index = bisect_right(self.bases, doc) - 1
        return index, doc - self.bases[index]

    def article(self, doc: int) -> Article:
        """The stored article, its names as corrected."""
        return corrected_article(self.corrections, self.as_stored(doc), self._finds(doc))

    def as_stored(self, doc: int) -> Article:
        """The stored article."""
        index, local = self.in_segment(doc)
        return self.segments[index].article(local)

    def title_of(self, doc: int) -> str:
        """The title of an article."""
        title: str = self.head(doc).get("title", "")
        return title

    def _finds(self, doc: int) -> Finds:
        """Which queries of the corrections find a document."""
        return lambda query: bool(self._conditions[query][doc // 8] >> (7 - doc % 8) & 1)

    def head(self, doc: int) -> dict[str, Any]:
        """The record of the stored article without its body."""
        index, local = self.in_segment(doc)
        return self.segments[index].stored.head(local)

    def corrected(self, doc: int, record: Mapping[str, Any]) -> Article:
        """The article of a record without its body, its names as corrected."""
        article, finds = record_to_article(record, partial=True), self._finds(doc)
        if any(finds(rule.parts[0].query) for rule in self.rules.additions.values()):
            # What is added may be named in the body.
            whole = replace(article, body="".join(self.body(doc)))
            return replace(corrected_article(self.corrections, whole, finds), body="")
        return corrected_article(self.corrections, article, finds)

    def body(self, doc: int) -> Iterator[str]:
        """The body of an article in pieces, of which a long one has many."""
        index, local = self.in_segment(doc)
        return self.segments[index].stored.texts(local)

    def beginning(self, doc: int, *, translation: bool) -> list[tuple[str, str | None]]:
        """What an article says, of a long body the first piece, and its translation; each with its language."""
        index, local = self.in_segment(doc)
        stored = self.segments[index].stored
        return texts_of(stored.head(local) | {"body": next(stored.texts(local))}, translation=translation)

    def find(self, id: str) -> int | None:
        """The live document with an id."""
        for base, segment in zip(self.bases, self.segments, strict=False):
            local = segment.find_id(id)
            if local is not None:
                return base + local
        return None

    def id_of(self, doc: int) -> str:
        """The id of a document."""
        index, local = self.in_segment(doc)
        return self.segments[index].id(local)

    def concatenated(self, name: str) -> Array:
        """One array over all documents from the arrays of that name in each segment."""

        def make() -> Array:
            parts = [view.whole(name) for view in self.views]
            return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.int64)

        return self.cached(("concatenated", name), make)

    @property
    def norms(self) -> Scores:
        """What the length of each document adds to a word's frequency below the line of its score."""
        return self.cached("norms", self._norms)

    def _norms(self) -> Scores:
        lengths = np.zeros(self.size)
        for view, (low, high) in zip(self.views, pairwise(self.bases), strict=True):
            for field in OWN_TEXT_FIELDS:
                lengths[low:high] += field.weight * view.whole(f"{field.name}.words")
        # Deleted documents count until their segment is merged away, as they do in how many have a word.
        average = float(lengths.mean()) if self.size else 0.0
        lengths *= K1 * B / (average or 1.0)
        lengths += K1 * (1 - B)
        return lengths

    def holding_count(self, word: Hashable, count: Callable[[], int]) -> int:
        """In how many documents a word is, counted when it is first asked for."""
        found = self._holding.get(word)
        if found is None:
            if len(self._holding) >= _MOST_COUNTED:
                self._holding.clear()
            found = self._holding[word] = count()
        return found
