"""Query tree -> plan: which words, values and days each node stands for in this snapshot.

A word is analysed for every language the archive holds; its terms are one pooled term. A word that is several tokens
(`and/or`) is a phrase. Called by the engine for each search and by whatever asks about a part of a query.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, tzinfo

import numpy as np

from indexer import analysis
from indexer.analysis import QueryWord
from indexer.engines.shared.extra_words import asked_words
from indexer.engines.whoosh.codec.layout import ENTITIES, EXTRA, OWN_TEXTS, TEXTS, UNDATED_DAY, URL
from indexer.engines.whoosh.kernels import Docs, Mask
from indexer.engines.whoosh.query import expand
from indexer.engines.whoosh.query.boolean import AllOf, AnyOf, BestOf, Except, Ordered, Positional, ScoredPlaces
from indexer.engines.whoosh.query.filters import added_test, between_days
from indexer.engines.whoosh.query.held_names import SnapshotNames
from indexer.engines.whoosh.query.labels import documents_with, known_elsewhere, matching_labels
from indexer.engines.whoosh.query.plan import Context, Everything, Listed, Nothing, Plan, Tested, Word
from indexer.engines.whoosh.query.scoring import ScoredWord
from indexer.engines.whoosh.query.words import EACH_KEPT, MOST_KEPT, WordRuns, recent_runs
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.postings import FormRun, Leaf, PooledRun, Run, TermRun
from indexer.engines.whoosh.reader.recent import Recent
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_character, solids
from indexer.search.notices import notice
from indexer.search.query import Node, QueryWarning


class Compiler:
    """Turns nodes into plans on one snapshot and collects the warnings that arise.

    Without `translation`, what machines translated is not looked into. `texts` are the fields that are.
    """

    def __init__(
        self, context: Context, max_expansions: int, clocks: tzinfo = UTC, *, translation: bool = True
    ) -> None:
        self.context = context
        self.snapshot = context.snapshot
        self.max_expansions = max_expansions
        self.texts = TEXTS if translation and self.snapshot.translated else OWN_TEXTS
        self._clocks = clocks
        self._plans: dict[WordNode, Plan] = {}
        self.warnings: list[QueryWarning] = []
        self._leaves: dict[tuple[str, QueryWord | str], Leaf] = {}
        self._runs: dict[tuple[str, QueryWord], WordRuns] = {}
        self.names = SnapshotNames(self.snapshot, context.budget, lambda node: self.compile(node).docs())

    def compile(self, node: Node) -> Plan:
        """The plan of a node."""
        match node:
            case q.MatchAll():
                return Everything(self.context)
            case q.And(children):
                positive = [self.compile(child) for child in children if not isinstance(child, q.Not)]
                negative = [self.compile(child.child) for child in children if isinstance(child, q.Not)]
                if len(positive) == 1 and not negative:
                    return positive[0]
                return AllOf(self.context, positive, negative)
            case q.Or(children):
                return self._any([self.compile(child) for child in children])
            case q.Not(child):
                return Except(self.context, self.compile(child))
            case q.Range(start, end):
                return self._range(start, end)
            case q.Added(start, end):
                return Tested(self.context, self.snapshot.size, added_test(self.snapshot, start, end, self._clocks))
            case q.OnDay(month, day):
                return self._on_day(month, day)
            case q.Missing(field):
                return self._missing(field)
            case q.Extra(key, text):
                return Listed(self.context, documents_with(self.snapshot, EXTRA, asked_words(key, text)))
            case _:
                if node not in self._plans:
                    self._plans[node] = self._words(node)
                return self._plans[node]

    def leaf(self, field: str, word: QueryWord) -> Leaf:
        """A word of a query in one text field."""
        key = (field, word)
        if key not in self._leaves:
            self._leaves[key] = Leaf(self.snapshot, field, self._word_runs(field, word).all)
        return self._leaves[key]

    def word(self, word: QueryWord, fields: Sequence[str]) -> ScoredWord:
        """A word of a query in the fields it is looked for in, as one that scores; kept for a while, as its postings
        are."""
        key = word, tuple(fields)
        kept: Recent[ScoredWord] = self.snapshot.cached("scored words", lambda: Recent(MOST_KEPT, _weight))
        return kept.get(key, lambda: ScoredWord(self.snapshot, [self.leaf(field, word) for field in fields], key))

    def exact_word(self, token: str, fields: Sequence[str]) -> ScoredWord:
        """The same for a word as it is written."""
        return ScoredWord(self.snapshot, [self.exact_leaf(field, token) for field in fields], (token, tuple(fields)))

    def widths(self, field: str, word: QueryWord) -> dict[int, Leaf]:
        """The same word by how many positions it is wide."""
        found = self._word_runs(field, word).by_width
        return {width: Leaf(self.snapshot, field, runs) for width, runs in found.items()}

    def _word_runs(self, field: str, word: QueryWord) -> WordRuns:
        key = (field, word)
        if key not in self._runs:
            self._runs[key] = recent_runs(self.snapshot, field, word)
        return self._runs[key]

    def exact_leaf(self, field: str, token: str) -> Leaf:
        """A word in one text field as it is written."""
        key = (field, token)
        if key not in self._leaves:
            self._leaves[key] = Leaf(self.snapshot, field, self._exact_runs(field, token))
        return self._leaves[key]

    def asked(self, field: str, text: str, solids: Sequence[str] = ()) -> tuple[QueryWord, ...]:
        """The words of a query text as a field has them."""
        if field == URL:
            return tuple(QueryWord(token, (token,)) for token in analysis.tokens(text))
        return analysis.query_words(text, self.snapshot.languages, solids)

    def term_count(self, field: str, term: str) -> int:
        """In how many documents an index term is."""
        dictionaries = [view.dictionary(field) for view in self.snapshot.views]
        numbers = [(dictionary, dictionary.term(term)) for dictionary in dictionaries]
        return sum(dictionary.count(number) for dictionary, number in numbers if number is not None)

    def _exact_runs(self, field: str, token: str) -> dict[int, Run]:
        runs: dict[int, Run] = {}
        for index, view in enumerate(self.snapshot.views):
            parts = list(_surface_runs(view, field, view.dictionary(field).exactly(token)))
            if parts:
                runs[index] = parts[0] if len(parts) == 1 else PooledRun(parts)
        return runs

    def _any(self, plans: Iterable[Plan]) -> Plan:
        useful = [plan for plan in plans if plan.size]
        if len(useful) == 1:
            return useful[0]
        return AnyOf(self.context, useful) if useful else Nothing()

    def _words(self, node: WordNode) -> Plan:
        if node.field is not None and BY_NAME[node.field].kind in (Kind.KEYWORD, Kind.PATH):
            return self._labels(node, node.field)
        fields = self.texts if node.field is None else (node.field,)
        if node.field in TEXTS and node.field not in self.texts:
            return Nothing()
        if isinstance(node, q.Prefix | q.Wildcard | q.Fuzzy):
            return self._expanded(node, fields)
        if isinstance(node, q.Term) and is_character(node):
            return self._listed(expand.containing(self.snapshot, fields, analysis.fold(node.text)), fields)
        words = list(self._scored(node, fields))
        if len(words) == 1 and not isinstance(node, q.Near):
            plan: Plan = Word(self.context, words[0]) if words[0].leaves else Nothing()
        else:
            plan = self._any(self.in_field(node, field) for field in fields)
        if fields == (URL,):
            return Listed(self.context, plan.docs())
        return ScoredPlaces(self.context, plan, words) if plan.size and not isinstance(plan, Word) else plan

    def _scored(self, node: "q.Term | q.Phrase | q.Exact | q.Near", fields: Sequence[str]) -> Iterator[ScoredWord]:
        """The words of a node."""
        if isinstance(node, q.Near):
            yield from self._scored(node.left, fields)
            yield from self._scored(node.right, fields)
        elif isinstance(node, q.Exact):
            yield from (self.exact_word(token, fields) for token in analysis.tokens(node.text))
        else:
            yield from (self.word(word, fields) for word in self.asked(fields[0], node.text, solids(node)))

    def in_field(self, node: "q.Term | q.Phrase | q.Exact | q.Near", field: str) -> Plan:
        """Where the words of a node stand in their places in one field."""
        if isinstance(node, q.Near):
            sides = [self._ordered(node.left, field), self._ordered(node.right, field)]
            if not all(side.words and all(word.count for word in side.words) for side in sides):
                return Nothing()
            return Positional(self.context, sides, node.distance)
        words = self._ordered(node, field)
        if not words.words or not all(word.count for word in words.words):
            return Nothing()
        return Positional(self.context, [words])

    def _ordered(self, node: "q.Term | q.Phrase | q.Exact", field: str) -> Ordered:
        if is_character(node):
            token = analysis.fold(node.text)
            return Ordered((self._character_leaf(token, field),))
        if isinstance(node, q.Exact):
            return Ordered(tuple(self.exact_leaf(field, token) for token in analysis.tokens(node.text)))
        asked = self.asked(field, node.text, solids(node))
        words = tuple(self.leaf(field, word) for word in asked)
        wide = any(width > 1 for word in asked for width in self._word_runs(field, word).by_width)
        widths = tuple(self.widths(field, word) for word in asked) if wide else ()
        return Ordered(words, node.slop if isinstance(node, q.Phrase) else 0, widths=widths)

    def _character_leaf(self, character: str, field: str) -> Leaf:
        """Every word that holds a character as one."""
        chosen = expand.containing(self.snapshot, (field,), character)
        runs: dict[int, Run] = {}
        for (index, _), (surfaces, _) in chosen.found.items():
            runs[index] = PooledRun(list(_surface_runs(self.snapshot.views[index], field, surfaces.tolist())))
        return Leaf(self.snapshot, field, runs)

    def _expanded(self, node: q.Prefix | q.Wildcard | q.Fuzzy, fields: Sequence[str]) -> Plan:
        words = expand.words(self.snapshot, fields, node, self.context.budget)
        if len(words) > self.max_expansions:
            self.warnings.append(_capped(node, len(words), self.max_expansions))
        return self._listed(expand.most_frequent(words, self.max_expansions), fields)

    def _listed(self, words: "expand.Expansion", fields: Sequence[str]) -> Plan:
        plans = []
        for field in fields:
            docs = expand.documents(self.snapshot, field, words, self.context.budget)
            plans.append(Listed(self.context, docs, 0.0 if field == URL else float(BY_NAME[field].weight)))
        useful = [plan for plan in plans if plan.size]
        return BestOf(self.context, useful) if len(useful) > 1 else self._any(useful)

    def _labels(self, node: WordNode, field: str) -> Plan:
        chosen = matching_labels(self.snapshot, field, node, self.context.budget)
        values = column(self.snapshot, field)
        if not chosen.any() and field in ENTITIES and self.snapshot.joins_spellings:
            chosen = known_elsewhere(self.snapshot, field, node, self.names)
        if not chosen.any():
            return Nothing()
        docs = values.docs_with(chosen)
        return Listed(self.context, docs)

    def _range(self, start: date | None, end: date | None) -> Plan:
        low, high = between_days(start, end)
        days = self.snapshot.concatenated("published.day")

        def test(docs: Docs) -> Mask:
            found = days[docs]
            return (found >= low) & (found <= high)

        return Tested(self.context, self.snapshot.size, test)

    def _on_day(self, month: int, day: int) -> Plan:
        days = self.snapshot.concatenated("published.day")
        dated = days[days != UNDATED_DAY]
        if not len(dated):
            return Nothing()
        # Which days of the archive's whole span are that day of the year; the place before them is for "undated".
        first = int(dated.min())
        span = np.arange(first, int(dated.max()) + 1).astype("datetime64[D]")
        months = span.astype("datetime64[M]")
        right = (months.astype(np.int64) % 12 == month - 1) & ((span - months).astype(np.int64) == day - 1)
        table: Mask = np.concatenate(([False], right))
        return Tested(
            self.context, self.snapshot.size, lambda docs: table[np.maximum(days[docs], first - 1) - (first - 1)]
        )

    def _missing(self, field: str) -> Plan:
        kind = BY_NAME[field].kind
        if kind is Kind.DATE:
            days = self.snapshot.concatenated("published.day")
            return Tested(self.context, self.snapshot.size, lambda docs: days[docs] == UNDATED_DAY)
        if kind is Kind.TEXT:
            lengths = self.snapshot.concatenated(f"{field}.lengths")
            return Tested(self.context, self.snapshot.size, lambda docs: lengths[docs] == 0)
        if field == URL:
            empty = self.snapshot.cached("no url", lambda: _without_url(self.snapshot))
            return Tested(self.context, self.snapshot.size, lambda docs: empty[docs])
        missing = column(self.snapshot, field).missing()
        return Tested(self.context, self.snapshot.size, lambda docs: missing[docs])


def _weight(word: ScoredWord) -> int:
    return EACH_KEPT + sum(leaf.count for leaf in word.leaves)


def _surface_runs(view: SegmentView, field: str, surfaces: Sequence[int]) -> Iterator[Run]:
    """A run for each surface form."""
    dictionary = view.dictionary(field)
    for surface in surfaces:
        term = int(dictionary.term_of(np.array([surface]))[0])
        first, last = dictionary.starts[term : term + 2].tolist()
        whole = TermRun(view, field, term)
        yield whole if last - first == 1 else FormRun(whole, [surface - first])


def _without_url(snapshot: Snapshot) -> Mask:
    empty = np.ones(snapshot.size, np.bool_)
    for base, view in zip(snapshot.bases, snapshot.views, strict=False):
        empty[base + view.whole(f"{URL}.docs").astype(np.intp)] = False
    return empty


def _capped(node: q.Prefix | q.Wildcard | q.Fuzzy, found: int, cap: int) -> QueryWarning:
    text = node.pattern if isinstance(node, q.Wildcard) else node.text
    text += {q.Prefix: "*", q.Fuzzy: "~"}.get(type(node), "")
    return notice("too-many-expansions", 0, 0, text, found, cap)
