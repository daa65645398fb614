"""Many requests held against few documents: which of these each finds. Called by the engine.

A search lists all documents of a word; here the documents are given, and each part of a query (a word, a phrase, a
name, a filter) is asked once which of them it is in, however many requests have it. Words are looked up in the segments
that hold the documents and in no other, so that a large archive costs little more than a small one; what depends on all
of an archive (which labels a name means, which words a pattern stands for) is asked of all of it.

An answer is a number with bit `n` set where the `n`th document matches.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial, reduce
from operator import and_, or_

import numpy as np

from indexer import analysis
from indexer.analysis import QueryWord
from indexer.analysis.compounds import MOST_PARTS
from indexer.config import Config
from indexer.engines.shared.search.filter_values import by_labels
from indexer.engines.shared.search.matching import decided_alone
from indexer.engines.shared.search.parsing import REFUSALS, check_filters, parse_or_refuse, refused
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.codec.layout import TEXTS
from indexer.engines.whoosh.kernels import Array, Docs, Mask
from indexer.engines.whoosh.query import expand
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.filters import field_tests
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.reader.document_terms import DocumentTerms, postings_of
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.filter_labels import SnapshotLabels
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_character, solids
from indexer.search.query import Node
from indexer.search.request import Filter, Match, SearchRequest
from indexer.zones import clocks

# Documents that requests are held against together: an answer that is kept has at most so many bits.
DOCS_AT_ONCE = 10_000
# Postings that are walked over sooner than the terms of one request are looked up: both take a fifth of a millisecond.
POSTINGS_A_REQUEST = 20_000

Words = q.Term | q.Phrase | q.Exact | q.Near


def percolate(
    snapshot: Snapshot, config: Config, requests: Sequence[SearchRequest], ids: Sequence[str]
) -> list[tuple[str, ...]]:
    """See `Engine`."""
    places = _places(snapshot, ids)
    docs = np.array(sorted(places), np.intp)
    found: list[list[int]] = [[] for _ in requests]
    for start in range(0, len(docs), DOCS_AT_ONCE):
        held = _Held(snapshot, config, docs[start : start + DOCS_AT_ONCE], len(requests))
        for number, request in enumerate(requests):
            found[number] += held.found(request)
    return [tuple(ids[place] for place in sorted(places[doc] for doc in each)) for each in found]


def _places(snapshot: Snapshot, ids: Sequence[str]) -> dict[int, int]:
    """The documents of some ids that searches find, each with the first place of its id."""
    places: dict[int, int] = {}
    for place, id in enumerate(ids):
        doc = snapshot.find(id)
        if doc is not None and (snapshot.live is None or snapshot.live[doc]):
            places.setdefault(doc, place)
    return places


class _Held:
    """Documents that requests are held against, and which of them each part of a request is in."""

    def __init__(self, snapshot: Snapshot, config: Config, docs: Docs, requests: int) -> None:
        self.snapshot = snapshot
        self.config = config
        self.clocks = clocks(config.archive.time_zone)
        self.docs = docs
        self.everything = (1 << len(docs)) - 1
        self.part, self.docs_in_part = _part(snapshot, docs)
        self._walked = POSTINGS_A_REQUEST * requests
        self._terms: dict[str, DocumentTerms | None] = {}
        self._trees: dict[tuple[str, Match, bool], Node] = {}
        self._known: dict[Hashable, int] = {}
        languages = Counter(snapshot.language_counts)
        self._languages = {False: languages, True: languages + Counter(snapshot.translated)}

    def found(self, request: SearchRequest) -> list[int]:
        """The documents that a request finds; none where it is refused."""
        try:
            check_filters(request)
            bits = _Asked(self, request).bits(self._tree(request))
        except REFUSALS as error:
            refused(request, error)
            return []
        found: list[int] = self.docs[_rows(bits)].tolist() if bits else []
        return found

    def _tree(self, request: SearchRequest) -> Node:
        key = request.query, request.match, request.translation
        if key not in self._trees:
            parsed = parse_or_refuse(request.query)
            self._trees[key] = decided_alone(parsed, request.match, self._languages[request.translation])
        return self._trees[key]

    def known(self, part: Hashable, find: Callable[[], int]) -> int:
        """Which of the documents a part of requests is in, found when it is first asked for."""
        bits = self._known.get(part)
        if bits is None:
            bits = self._known[part] = find()
        return bits

    def terms(self, field: str) -> DocumentTerms | None:
        """All terms that the documents have in a field; None where so few are asked for that each is looked up."""
        if field not in self._terms:
            many = postings_of(self.part, field) <= self._walked
            self._terms[field] = DocumentTerms(self.part, field, self.docs_in_part) if many else None
        return self._terms[field]


class _Asked:
    """One request, in its own time."""

    def __init__(self, held: _Held, request: SearchRequest) -> None:
        self._held = held
        self._request = request
        self._budget = TimeBudget.start(request.budget_ms)

    @cached_property
    def _whole(self) -> Compiler:
        """Looks parts of the query up in the whole archive."""
        return self._compiler(self._held.snapshot)

    @cached_property
    def _part(self) -> Compiler:
        """Looks them up in the segments of the documents."""
        return self._compiler(self._held.part)

    def _compiler(self, snapshot: Snapshot) -> Compiler:
        held, limit = self._held, self._held.config.search.max_expansions
        context = Context(snapshot, self._budget)
        return Compiler(context, limit, held.clocks, translation=self._request.translation)

    def bits(self, tree: Node) -> int:
        """Which documents a tree finds under the filters, of which the next is asked where anything is left."""
        bits = self._held.everything
        for narrowed in self._filters():
            if not bits:
                return 0
            bits &= narrowed
        return bits and bits & self._tree(tree)

    def _filters(self) -> Iterator[int]:
        request, held = self._request, self._held
        if request.dates:
            yield held.known(request.dates, partial(self._narrowed, SearchRequest(dates=request.dates)))
        if request.added:
            yield held.known(request.added, partial(self._narrowed, SearchRequest(added=request.added)))
        for chosen in request.filters:
            key = chosen, request.all_mentions, request.translation
            yield held.known(key, partial(self._chosen, chosen))

    def _chosen(self, chosen: Filter) -> int:
        alone = SearchRequest(filters=(chosen,), all_mentions=self._request.all_mentions)
        labels = SnapshotLabels(self._held.snapshot, self._budget, self._whole.names)
        return self._narrowed(by_labels(alone, labels))

    def _narrowed(self, request: SearchRequest) -> int:
        tests = field_tests(self._held.snapshot, request, self._held.clocks)
        return reduce(and_, (_bits(each.test(self._held.docs)) for each in tests), self._held.everything)

    def _tree(self, node: Node) -> int:
        self._budget.check()
        match node:
            case q.And(children):
                bits = self._held.everything
                for child in sorted(children, key=_cost):
                    bits &= self._tree(child)
                    if not bits:
                        break
                return bits
            case q.Or(children):
                return reduce(or_, map(self._tree, children), 0)
            case q.Not(child):
                return self._held.everything & ~self._tree(child)
            case _:
                return self._held.known((node, self._request.translation), partial(self._leaf, node))

    def _leaf(self, node: Node) -> int:
        if isinstance(node, WordNode) and (node.field is None or node.field in TEXTS):
            if isinstance(node, q.Prefix | q.Wildcard | q.Fuzzy):
                return self._pattern(node)
            return self._words(node)
        return _bits(self._whole.compile(node).mask(self._held.docs))

    def _words(self, node: Words) -> int:
        """A word, phrase or nearness: its places are compared only where all of its words are in one field."""
        sides = (node.left, node.right) if isinstance(node, q.Near) else (node,)
        words = [word for side in sides for word in self._words_of(side)]
        found = 0
        for field in self._part.texts:
            if node.field not in (None, field):
                continue
            bits = self._held.everything
            for word in words:
                bits = bits and bits & self._having(field, word)
            found |= bits if len(words) == len(sides) == 1 else self._in_places(node, field, bits)
        return found

    def _in_places(self, node: Words, field: str, candidates: int) -> int:
        """In which of some documents the words of a node stand in their places in a field."""
        if not candidates:
            return 0
        if is_character(node):
            plan = self._part.compile(replace(node, field=field))
        else:
            plan = self._part.in_field(node, field)
        if not plan.size:
            return 0
        rows = _rows(candidates)
        return self._bits_of(rows[plan.mask(self._held.docs_in_part[rows])])

    def _words_of(self, node: q.Term | q.Phrase | q.Exact) -> Sequence[QueryWord | str]:
        """The words of a node in texts, exact ones as they are spelt."""
        if is_character(node):
            return ()
        if isinstance(node, q.Exact):
            return analysis.tokens(node.text)
        return analysis.query_words(node.text, self._held.part.languages, solids(node))

    def _having(self, field: str, word: QueryWord | str) -> int:
        """Which documents have a word in a field."""
        return self._held.known((field, word), partial(self._find_having, field, word))

    def _find_having(self, field: str, word: QueryWord | str) -> int:
        terms = self._held.terms(field)
        if terms is not None and isinstance(word, QueryWord) and not word.parts:
            wanted = (term for width in range(1, MOST_PARTS + 1) for term in word.of_width(width))
            rows = [part for term in wanted for part in terms.rows(term)]
            return self._bits_of(np.concatenate(rows)) if rows else 0
        leaf = self._part.exact_leaf(field, word) if isinstance(word, str) else self._part.leaf(field, word)
        return _bits(leaf.codes_at(self._held.docs_in_part) > 0) if leaf.count else 0

    def _bits_of(self, rows: Array) -> int:
        mask = np.zeros(len(self._held.docs), np.bool_)
        mask[rows] = True
        return _bits(mask)

    def _pattern(self, node: q.Prefix | q.Wildcard | q.Fuzzy) -> int:
        """A pattern stands for the most frequent of its words in the archive; only where they are too many are others
        than those of the documents' segments looked up."""
        plan = self._part.compile(node)
        if not plan.size:
            return 0
        fields = self._whole.texts if node.field is None else (node.field,)
        if len(expand.words(self._held.snapshot, fields, node, self._budget)) <= self._whole.max_expansions:
            return _bits(plan.mask(self._held.docs_in_part))
        return _bits(self._whole.compile(node).mask(self._held.docs))


def _part(snapshot: Snapshot, docs: Docs) -> tuple[Snapshot, Docs]:
    """The segments that hold some documents, for looking up words, and the documents' numbers there."""
    held = list(snapshot.parts(docs))
    part = Snapshot(snapshot.generation, [snapshot.segments[index] for index, _ in held], snapshot)
    numbers = docs.copy()
    for base, (index, where) in zip(part.bases, held, strict=False):
        numbers[where] += base - snapshot.bases[index]
    return part, numbers


# What is asked last, if anything is left by then.
_COSTLY = q.Phrase | q.Near | q.Prefix | q.Wildcard | q.Fuzzy | q.Or | q.Not


def _cost(node: Node) -> bool:
    return isinstance(node, _COSTLY)


def _bits(mask: Mask) -> int:
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _rows(bits: int) -> Docs:
    """The places of the bits that are set, of which there are some, ascending."""
    held = np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(held, bitorder="little"))
