"""The oracle: an engine that keeps articles in a list and looks at every one of them for every question.

Slow, and short enough to be checked by reading. The contract tests run on it first, other engines are compared with it,
and it stands in for an engine in the tests of the command line and the web (`make_archive`).
"""

import base64
import copy
import hashlib
import json
import secrets
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from indexer.analysis import fold, query_words, tokens
from indexer.archive import Archive
from indexer.article import ENTITY_KINDS, Article, EntityKind
from indexer.config import Config, SearchConfig
from indexer.engines.shared.entity_corrections import CorrectionsFile, corrected_article
from indexer.engines.shared.search.loosening import plain_words, together
from indexer.engines.shared.search.matching import Decision, decide
from indexer.engines.shared.search.ranking import RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS
from indexer.engines.shared.significance.choosing import spelt_out
from indexer.engines.shared.writing.versions import Outcome, place
from indexer.entities.corrections import Corrections
from indexer.entities.other_names import other_names
from indexer.entities.romanise import romanised
from indexer.entities.short_names import meant, short_merges
from indexer.entities.variants import safe_merges
from indexer.errors import IndexLocked, ItemsRejected, NoIndex, NotFound, QueryTooExpensive, UsageError
from indexer.fields import FACET_FIELDS
from indexer.rejection import Origin, Reject, Rejected
from indexer.search.parser import parse
from indexer.search.printer import clauses, to_text
from indexer.search.query import And, Exact, Near, Node, Not, Or, Parsed, Phrase, Term
from indexer.search.request import Arrival, DateRange, Match, SearchRequest, Sort
from indexer.search.results import (
    ArchiveStats,
    CheckReport,
    ClauseCount,
    Diagnosis,
    FacetPage,
    Hit,
    JoinedName,
    Matching,
    SearchResults,
    Share,
    Snippet,
    Suggested,
    Suggestion,
    WordCounts,
)
from indexer.search.significance import SignificantTerms
from indexer.writing import Change, Enrich, Prepare, WriteCounts
from indexer.zones import STATED, clocks, latest_day
from tests.engines import counting
from tests.engines.folding import groups
from tests.engines.matching import TEXTS, Corpus, Document, came, edit_distance, explain, leaves, marks, score
from tests.engines.naming import Naming
from tests.engines.significance import significant_terms

PASSAGE = 240
TRIED = 3  # spellings of a word
FUTURE = 1e12
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Store:
    """What the index directory is to other engines: the committed articles, shared by readers and the writer."""

    generation: int = 0
    identity: str = ""
    articles: dict[str, Article] = field(default_factory=dict)
    writing: bool = False


def make_archive(articles: Iterable[Article] = (), config: Config | None = None) -> Archive:
    """An archive over articles in memory, for tests of what lies above the engines."""
    config = config or Config()
    engine = MemoryEngine(page_size=config.search.page_size, time_zone=config.archive.time_zone)
    with engine.writer(lambda article: article) as writer:
        for number, article in enumerate(articles, 1):
            writer.add(article, Origin("memory", number))
        writer.commit()
    engine.refresh()
    return Archive(config, engine)


def _naming(stored: Iterable[Article], rules: Corrections) -> Corrections:
    """Entities under the most frequent of their spellings, short names under whom they mean, and as rules say."""
    counts = Counter(named for article in stored for named in {(each.kind, each.name) for each in article.entities})
    merges = safe_merges(counts, rules)
    return replace(rules, merges={**merges, **short_merges(counts, replace(rules, merges=merges))})


def _corpus(articles: Iterable[Article], clocks: tzinfo, rules: Corrections) -> Corpus:
    """The articles with entities and sources under the names they are shown by."""
    stored = list(articles)
    found: dict[str, set[str]] = {}
    if rules.queries:
        before = _corpus(stored, clocks, rules.without_queries())
        for query, tree in rules.queries.items():
            found[query] = {d.article.id for d in before.documents if score(before, tree, d) is not None}
    merged = _naming(stored, rules)
    spellings: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind, other in dict.fromkeys((each.kind, each.name) for article in stored for each in article.entities):
        shown = merged.apply(kind, other)
        if shown and shown != (kind, other) and shown[0] == kind:
            spellings[shown] = (*spellings.get(shown, ()), other)
    for source in {article.source for article in stored if article.source}:
        if merged.source(source) != source:
            named = "source", merged.source(source)
            spellings[named] = (*spellings.get(named, ()), source)

    def shown_article(article: Article) -> Article:
        return corrected_article(merged, article, lambda query: article.id in found[query])

    corrected = [shown_article(article) for article in stored]
    naming = Naming(corrected, spellings, merged)
    return Corpus(tuple(Document.of(article, naming) for article in corrected), naming, clocks)


class MemoryEngine:
    """See `indexer.engines.base.Engine`."""

    def __init__(
        self,
        store: Store | None = None,
        page_size: int = SearchConfig().page_size,
        time_zone: str = STATED,
        corrections: Path = Path("no corrections"),
    ) -> None:
        self.store = store or Store()
        self.clocks = clocks(time_zone)
        self.page_size = page_size
        self._lock = threading.Lock()
        self._generation = 0
        self._identity = ""
        self._corrections = CorrectionsFile(corrections)
        self._corpus = _corpus((), self.clocks, Corrections())
        self._held: list[Article] = []
        self._groups: dict[str, frozenset[str]] | None = None
        self.refresh()

    @property
    def generation(self) -> int:
        return self._generation

    @property
    def identity(self) -> str:
        return self._identity

    @property
    def lost(self) -> str:
        return ""

    @property
    def rules(self) -> Corrections:
        return self._corrections.value

    def check_rules(self, rules: Corrections) -> None:
        """It applies all."""

    def check_format(self) -> None:
        """There is one version."""

    def refresh(self) -> bool:
        with self._lock:
            if not self._corrections.refresh() and self._identity == self.store.identity:
                return False
            self._generation, self._identity = self.store.generation, self.store.identity
            if not self._identity:
                raise NoIndex("What was built is gone.")
            self._groups = None
            self._held = [article for article in self.store.articles.values() if not article.withdrawn]
            self._corpus = _corpus(self._held, self.clocks, self._corrections.value)
            self._withdrawn = {id: article for id, article in self.store.articles.items() if article.withdrawn}
            return True

    @property
    def corpus(self) -> Corpus:
        if not self._generation:
            raise NoIndex("Nothing was built yet.")
        return self._corpus

    # Searching

    def search(self, request: SearchRequest) -> SearchResults:
        if not request.translation:
            return self._in_originals(request)
        parsed = _parsed(request)
        for name in (*request.facets, *(chosen.field for chosen in request.filters)):
            counting.check_facet(name)
        decision = self._decide(request, parsed)
        request = decision.settled(self._by_labels(request))
        corpus, tree = self.corpus, decision.tree
        scores = {d.article.id: score(corpus, tree, d) for d in corpus.documents}
        matched = [d for d in corpus.documents if scores[d.article.id] is not None]
        if request.recency:
            scores |= {d.article.id: (scores[d.article.id] or 0.0) * _fading(corpus, d) for d in matched}
        passed = [d for d in matched if self._passes(d, request)]
        ordered = sorted(passed, key=lambda d: _key(d, request.sort, scores[d.article.id] or 0.0))
        total = len(ordered)
        if request.group:
            ordered = self._folded(ordered)
        start = _after(ordered, request) if request.cursor else (request.page - 1) * request.size
        shown = ordered[start : start + request.size]
        more = shown and start + request.size < len(ordered)
        return SearchResults(
            query=request.query,
            understood=to_text(tree),
            total=total,
            stories=len(ordered) if request.group else None,
            hits=tuple(
                self._with_copies(request, passed, self._hit(request, tree, d, scores[d.article.id] or 0.0))
                for d in shown
            ),
            facets={
                name: counting.facet([d for d in matched if self._passes(d, request, name)], name, request)
                for name in request.facets
            },
            warnings=(*parsed.warnings, *counting.advice(corpus, request, tree)),
            generation=self.generation,
            page=request.page,
            size=request.size,
            next_cursor=_cursor(request, shown[-1].article.id) if more else None,
            did_you_mean=self._did_you_mean(request, decision.strict, decision.matching),
            diagnosis=None if ordered else self._diagnose(request, decision),
            matching=decision.matching,
            tree=tree,
            request=request,
        )

    def _by_labels(self, request: SearchRequest) -> SearchRequest:
        for chosen in request.filters:
            counting.check_facet(chosen.field)
        return counting.by_labels(self.corpus, request)

    def _decide(self, request: SearchRequest, parsed: Parsed) -> Decision:
        """The decision on a request, for which every article is looked at."""
        bare = request.widened()
        return decide(
            parsed,
            request.match,
            self.page_size,
            self._languages(),
            lambda trees: [self._total(bare, tree) for tree in trees],
        )

    def _languages(self) -> Counter[str]:
        made = (d.article.translation.language for d in self.corpus.documents if d.article.translation)
        own = (d.article.language for d in self.corpus.documents if d.article.language)
        return Counter(own) + Counter(made)

    def _folded(self, ordered: list[Document]) -> list[Document]:
        """The first of each group of near-duplicates."""
        seen: set[str] = set()
        kept = []
        for document in ordered:
            if document.article.id not in seen:
                kept.append(document)
                seen |= self.groups[document.article.id]
        return kept

    @property
    def groups(self) -> dict[str, frozenset[str]]:
        """The near-duplicates of each article."""
        if self._groups is None:
            self._groups = groups([document.article for document in self.corpus.documents])
        return self._groups

    def _with_copies(self, request: SearchRequest, matches: list[Document], hit: Hit) -> Hit:
        if not request.group:
            return hit
        others = [d.article for d in matches if d.article.id in self.groups[hit.id] - {hit.id}]
        return replace(hit, copies=len(others), copy_sources=len({article.source for article in others} - {None}))

    def copies(self, id: str) -> list[Hit]:
        if self.get([id]) == [None]:
            raise NotFound.article(id)
        others = [d for d in self.corpus.documents if d.article.id in self.groups[id] - {id}]
        others.sort(key=lambda d: _key(d, Sort.OLDEST, 0.0))
        return [Hit(d.article.without_body(), 0.0) for d in others]

    def _in_originals(self, request: SearchRequest) -> SearchResults:
        """The answer of an archive of the same articles without translations."""
        found = self._untranslated().search(replace(request, translation=True))
        asked = found.request or request
        return replace(found, request=replace(asked, translation=False))

    def _untranslated(self) -> Self:
        other = copy.copy(self)
        other._corpus = self.corpus.untranslated
        return other

    def _hit(self, request: SearchRequest, tree: Node, document: Document, total: float) -> Hit:
        article = document.article
        snippets: tuple[Snippet, ...] = ()
        title: tuple[tuple[int, int], ...] = ()
        if request.snippets:
            snippets = _snippets(self.corpus, tree, document)
            title = marks(self.corpus, tree, "title", document)
        shares: list[Share] = []
        if request.explain:
            for leaf in leaves(tree):
                shares += explain(self.corpus, leaf, document) or []
        hit = Hit(article.without_body(), total, snippets, title, tuple(shares))
        return _translated(self.corpus, tree, document, hit) if request.snippets and article.translation else hit

    def _did_you_mean(self, request: SearchRequest, tree: Node, matching: Matching | None) -> Suggested | None:
        """The query with the nearest of the words that have hits together."""
        if self._total(request, tree):
            return None
        sure = not any(isinstance(leaf, Exact) and self._nearest_words(leaf.text) for leaf in leaves(tree))
        for rank in range(TRIED):
            corrected = _corrected(tree, lambda word, rank=rank: ([*self._nearest_words(word), word] * TRIED)[rank])
            if corrected != tree and self._total(request, corrected):
                query = to_text(corrected)
                if "AND" not in request.query:  # plain words stay plain
                    query = query.replace(" AND ", " ")
                hits = self.search(replace(request, query=query, facets=(), page=1, cursor=None)).total
                pairs = zip(tokens(to_text(tree)), tokens(to_text(corrected)), strict=True)
                name = any(self._may_be_another(request.query, word, other) for word, other in pairs)
                return Suggested(query, hits, sure and not name)
        if matching and matching.mode is Match.BEST:
            return self._corrected_apart(request, tree)
        return None

    def _corrected_apart(self, request: SearchRequest, tree: Node) -> Suggested | None:
        """The query with each unknown word that is an edit from one of the archive as that."""

        def correct(word: str) -> str:
            return next((o for o in self._nearest_words(word)[:1] if edit_distance(fold(word), o) == 1), word)

        corrected = _corrected(tree, correct)
        if to_text(corrected) == to_text(tree):
            return None
        query = to_text(corrected).replace(" AND ", " ")
        hits = self.search(replace(request, query=query, facets=(), page=1, cursor=None)).total
        return Suggested(query, hits, sure=False) if hits else None

    def _may_be_another(self, query: str, word: str, other: str) -> bool:
        """Whether a word typed as a name is another, rare one with letters in place of others."""
        same_letters = len(word) != len(other) or sorted(word) == sorted(other)
        return word.capitalize() in query and not same_letters and self.corpus.word_frequencies[other] < 5

    def _terms(self, word: str) -> set[str]:
        return {term for each in query_words(word, self.corpus.languages) for term in each.terms}

    def _nearest_words(self, word: str) -> list[str]:
        """The most similar words, for one that the archive has not: first letter kept, then most frequent."""
        frequencies = self.corpus.word_frequencies
        typed = fold(word)
        if frequencies[typed] or len(tokens(word)) != 1:
            return []
        near = {o: edit_distance(typed, o) for o in frequencies}
        near = {o: edits for o, edits in near.items() if edits <= 2}
        most_frequent = sorted(near, key=lambda o: -frequencies[o])

        def is_form(word: str) -> bool:
            """Whether a word is a rare form of another."""
            often = takewhile(lambda o: frequencies[o] >= frequencies[word] * 50, most_frequent)
            return any(self._terms(o) & self._terms(word) for o in often)

        return sorted(near, key=lambda o: (is_form(o), near[o], o[0] != typed[0], -frequencies[o], o))[:TRIED]

    def _diagnose(self, request: SearchRequest, decision: Decision) -> Diagnosis:
        tree, whole = decision.tree, decision.strict
        nothing = request.widened()
        parts = [ClauseCount(text, self._total(nothing, part)) for text, part in clauses(whole)]
        dropped = []
        if request.dates:
            dates = f"{request.dates.start or ''}..{request.dates.end or ''}"
            count = self._total(request.with_dates(DateRange()), tree)
            dropped.append(ClauseCount(f"published: {dates}", count, "published", dates))
        if request.added:
            count = self._total(request.with_added(Arrival()), tree)
            dropped.append(ClauseCount(f"added: {request.added}", count, "added", str(request.added)))
        for chosen in request.filters:
            for value in (*chosen.values, *chosen.excluded):
                count = self._total(request.without_filter(chosen.field, value), tree)
                dropped.append(ClauseCount(f"{chosen.field}: {value}", count, chosen.field, value))
        words = "" if decision.plain else plain_words(whole)
        some = (
            self.search(replace(request, query=words, match=Match.BEST, facets=(), cursor=None)).total if words else 0
        )
        return Diagnosis(
            tuple(parts),
            tuple(dropped),
            together(whole, [part.count for part in parts], self._languages(), lambda part: self._total(request, part)),
            ClauseCount(words, some) if some else None,
        )

    def _matching(self, request: SearchRequest, tree: Node, ignoring: str | None = None) -> list[Document]:
        passed = [d for d in self.corpus.documents if self._passes(d, request, ignoring)]
        return [d for d in passed if score(self.corpus, tree, d) is not None]

    def _passes(self, document: Document, request: SearchRequest, ignoring: str | None = None) -> bool:
        added = request.added
        if added and not came(document.article, added.first, added.last, self.clocks):
            return False
        return counting.passes(document, request, ignoring)

    def _total(self, request: SearchRequest, tree: Node) -> int:
        return len(self._matching(request, tree))

    # Everything else that reads

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        known = {d.article.id: d.article for d in self.corpus.documents} | self._withdrawn
        return [known.get(id) for id in ids]

    def as_stored(self, id: str) -> Article | None:
        return self.store.articles.get(id) if self.get([id]) != [None] else None

    def facet_values(
        self,
        request: SearchRequest,
        field: str,
        *,
        contains: str = "",
        order: Literal["count", "name"] = "count",
        offset: int = 0,
        limit: int = 50,
    ) -> FacetPage:
        counting.check_facet(field)
        request = self._by_labels(request)
        decision = self._decide(request, _parsed(request))
        tree = decision.tree
        found = counting.facet(self._matching(request, tree, field), field, replace(request, facet_size=1 << 30))
        others = self._containing(field, fold(contains)) if contains else set()
        buckets = [b for b in found.buckets if b.count and (b.value in others or fold(contains) in fold(b.value))]
        buckets.sort(key=lambda b: (-b.count if order == "count" else 0, b.value))
        shown = tuple(buckets[offset : offset + limit])
        warnings = tuple(counting.advice(self.corpus, request, tree))
        return FacetPage(
            field, shown, len(buckets), found.missing, tree, request, matching=decision.matching, warnings=warnings
        )

    def _containing(self, field: str, text: str) -> set[str | None]:
        """The labels of which another name holds a text; Latin letters only as a beginning of its words."""
        found: set[str | None] = set()
        if field not in ENTITY_KINDS:
            return found
        for name, others in other_names(field, well_known=text.isascii()).items():
            for other in others:
                begins = len(text) > 2 and f" {text}" in f" {' '.join(tokens(other))}"
                if begins if text.isascii() else text in fold(other):
                    found.add(self.corpus.naming.held(field, name))
        return found

    def significant_terms(self, request: SearchRequest, size: int) -> SignificantTerms:
        if not request.translation:
            other = copy.copy(self)
            other._corpus = self.corpus.untranslated
            found = other.significant_terms(replace(request, translation=True), size)
            return replace(found, request=replace(found.request, translation=False))
        parsed = _parsed(request)
        request = self._by_labels(request)
        decision = self._decide(request, parsed)
        hits = self._matching(request, decision.tree)
        return SignificantTerms(
            terms=significant_terms(self.corpus, request, decision.tree, hits, size) if size > 0 else (),
            total=len(hits),
            foreground=len(hits),
            background=len(self.corpus.documents) - len(hits),
            tree=spelt_out(
                decision.tree,
                len(hits),
                lambda tree: self._total(request, tree),
                lambda word: self.corpus.word_frequencies[word],
            ),
            request=request,
            matching=decision.matching,
            warnings=(*parsed.warnings, *counting.advice(self.corpus, request, decision.tree)),
        )

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        request = self._by_labels(request)
        return iter(
            [document.article for document in self._matching(request, self._decide(request, _parsed(request)).tree)]
        )

    def top(self, request: SearchRequest) -> tuple[Hit, ...]:
        return self.search(replace(request, facets=(), snippets=False)).hits

    def percolate(self, requests: Sequence[SearchRequest], ids: Sequence[str]) -> list[tuple[str, ...]]:
        self.corpus  # noqa: B018  # raises if there is none
        return [self._percolated(request, tuple(dict.fromkeys(ids))) for request in requests]

    def _percolated(self, request: SearchRequest, ids: tuple[str, ...]) -> tuple[str, ...]:
        if not request.translation:
            return self._untranslated()._percolated(replace(request, translation=True), ids)
        if request.match is Match.AUTO:
            request = replace(request, match=Match.ALL)
        try:
            found = {article.id for article in self.scan(request)}
        except (QueryTooExpensive, UsageError):
            return ()
        return tuple(id for id in ids if id in found)

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        typed = tokens(text)
        if not typed:
            return []
        counts: Counter[tuple[str, str]] = Counter()
        for document in self.corpus.documents:
            values = {("source", value) for value in document.labels("source")} | {("title", document.article.title)}
            for kind in ENTITY_KINDS:
                values |= {(kind, name) for name in counting.facet_values(document, kind)}
            counts.update((kind, value) for kind, value in values if _begins(tokens(value), typed))
        ordered = sorted(counts.items(), key=lambda item: (item[0][0] == "title", -item[1], item[0]))
        found = [Suggestion(kind, value, n) for (kind, value), n in ordered]
        labels = [each for each in found if each.kind != "title"]
        others = [] if len(labels) >= size else self._otherwise_named(typed, labels)
        return [*labels, *others, *found[len(labels) :]][:size]

    def _otherwise_named(self, typed: list[str], offered: list[Suggestion]) -> list[Suggestion]:
        """Entities by their names in other languages, then people by how their names may be romanised."""
        if len(typed[-1]) < 3 and typed[-1].isascii():
            return []
        found: dict[tuple[str, str], Suggestion] = {}
        counts = {kind: counting.count(self.corpus.documents, kind) for kind in ENTITY_KINDS}
        for kind in ENTITY_KINDS:
            for name, others in other_names(kind, well_known="".join(typed).isascii()).items():
                matched = next((other for other in others if _begins(tokens(other), typed)), None)
                label = self.corpus.naming.held(kind, name) if matched else None
                if label and matched and counts[kind][label]:
                    found.setdefault((kind, label), Suggestion(kind, label, counts[kind][label], matched))
        rows = sorted(found.values(), key=lambda each: (-each.count, each.kind, each.text))
        wanted = romanised(" ".join(typed)) if len(typed[-1]) > 3 else None
        fits = [(-n, label) for label, n in counts["person"].items() if wanted and wanted.begun().fits(label)]
        rows += [Suggestion("person", label, -n) for n, label in sorted(fits) if ("person", label) not in found]
        known = {(each.kind, each.text) for each in offered}
        return [each for each in rows if (each.kind, each.text) not in known]

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        naming = _naming(self._held, self._corrections.value)
        into = self.corpus.naming.shown(kind, name) or name
        others = [each for (of, each), shown in naming.merges.items() if (of, shown) == (kind, (kind, into))]
        having = Counter(n for article in self._held for n in set(article.names(kind)))
        rows = [JoinedName(each, having[each], meant(naming, kind, each) == each) for each in others]
        return tuple(sorted(rows, key=lambda row: (-row.articles, row.name)))

    def related(self, id: str, size: int = 5) -> list[Hit]:
        known = {d.article.id: d for d in self.corpus.documents}
        if id not in known:
            raise NotFound.article(id)
        frequencies = Counter(w for d in known.values() for w in _words(d))
        rare = {word for word in _words(known.pop(id)) if frequencies[word] <= max(2, len(known) // 4)}
        likeness = {d.article.id: sum(1 / frequencies[word] for word in rare & _words(d)) for d in known.values()}
        ordered = sorted((other for other in known if likeness[other]), key=lambda other: (-likeness[other], other))
        return [Hit(known[other].article.without_body(), likeness[other]) for other in ordered[:size]]

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        request = self._by_labels(request)
        found = self._matching(request, self._decide(request, _parsed(request)).tree)
        held = [Counter(term for d in found for term in _terms_in(d, name)) for name in ("title", "body")]
        return WordCounts(len(found), {term: max(counts[term] for counts in held) for term in terms})

    def stats(self) -> ArchiveStats:
        documents = self.corpus.documents
        days = sorted(d.article.published.day for d in documents if d.article.published)
        believed = [day for day in days if day <= latest_day()]
        return ArchiveStats(
            articles=len(documents),
            undated=len(documents) - len(days),
            first_day=days[0].isoformat() if days else None,
            last_day=(believed or days)[-1].isoformat() if days else None,
            generation=self.generation,
            segments=1,
            bytes=0,
            distinct={f.name: len(counting.count(documents, f.name)) for f in FACET_FIELDS if f.name != "published"},
            languages=dict(Counter(d.article.language for d in documents if d.article.language)),
            engine="memory",
            future=len(days) - len(believed),
        )

    def check(self) -> CheckReport:
        return CheckReport(files=0, articles=len(self.corpus.documents))

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> "MemoryWriter":
        return MemoryWriter(self.store, prepare, enrich)

    def stored(self) -> Iterator[Article]:
        if not self.store.identity:
            raise NoIndex("Nothing was built yet.")
        return iter(list(self.store.articles.values()))

    def rebuild(self, enrich: Enrich | None = None) -> int:
        articles = list(self.stored())
        with self.writer(lambda article: article) as writer:
            if enrich:
                writer._articles = {article.id: enrich(article) for article in articles}
            writer.commit()
        self.refresh()
        return len(articles)

    def optimize(self) -> None:
        """There are no parts to merge."""

    def close(self) -> None:
        """There is nothing to release."""


class MemoryWriter:
    """See `indexer.writing.IndexWriter`."""

    def __init__(self, store: Store, prepare: Prepare, enrich: Enrich | None = None) -> None:
        if store.writing:
            raise IndexLocked("Another writer is at work.")
        store.writing = True
        self._store = store
        self._prepare = prepare
        self._enrich = enrich
        self._articles = dict(store.articles)
        self._counts = WriteCounts()
        self._now = datetime.now(UTC)

    def add(self, item: Any, origin: Origin) -> None:
        try:
            article: Article = self._prepare(item)
        except Rejected as why:
            reject = Reject(origin, why.reason, why.detail, why.excerpt)
            self._counts += WriteCounts(rejected=(reject,))
            return
        placed = place(article, self._articles.get, self._now, keep=True)
        apart = ((article.id, placed.id),) if placed.id != article.id else ()
        match placed.outcome:
            case Outcome.UNCHANGED:
                self._counts += WriteCounts(unchanged=1, apart=apart)
                return
            case Outcome.CHANGED if placed.came.content_hash == self._articles[placed.id].content_hash:
                self._counts += WriteCounts(unchanged=1, apart=apart)  # but for its translation
            case Outcome.CHANGED:
                self._counts += WriteCounts(replaced=1, apart=apart)
            case Outcome.NEW:
                self._counts += WriteCounts(new=1, apart=apart)
        came = placed.article.content_hash == placed.came.content_hash
        self._articles[placed.id] = self._enrich(placed.article) if self._enrich and came else placed.article

    def remove(self, ids: Iterable[str]) -> int:
        return sum(self._articles.pop(id, None) is not None for id in set(ids))

    def amend(self, ids: Iterable[str], change: Change) -> int:
        amended = 0
        for id in set(ids) & self._store.articles.keys():
            before = self._store.articles[id]
            if self._articles.get(id) is before and (after := change(before)) is not before:
                self._articles[id] = after
                self._counts += WriteCounts(unchanged=1)
                amended += 1
        return amended

    def commit(self, *, strict: bool = False) -> WriteCounts:
        if strict and self._counts.rejected:
            raise ItemsRejected(self._counts.rejected)
        self._store.articles = dict(self._articles)
        self._store.generation += 1
        self._store.identity = secrets.token_hex(8)
        counts, self._counts = self._counts, WriteCounts()
        return counts

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.writing = False


def _parsed(request: SearchRequest) -> Parsed:
    parsed = parse(request.query)
    if parsed.refused:
        raise QueryTooExpensive(parsed.warnings[-1].message)
    return parsed


# Order and pages


def _key(document: Document, sort: Sort, total: float) -> tuple[float, float, str]:
    published = document.article.published
    seconds = (published.instant - EPOCH).total_seconds() // 1 if published else None
    newer = float("inf") if seconds is None else -seconds
    if published and published.instant.date() > latest_day():
        newer += FUTURE  # after all that is believed, before the undated
    older = float("inf") if seconds is None else seconds
    match sort:
        case Sort.RELEVANCE:
            return -round(total, 9), newer, document.article.id
        case Sort.NEWEST:
            return newer, 0.0, document.article.id
        case Sort.OLDEST:
            return older, 0.0, document.article.id
        case Sort.ADDED:
            added = document.article.added
            return -(added.timestamp() // 1) if added else float("inf"), newer, document.article.id


def _fading(corpus: Corpus, document: Document) -> float:
    """What is left of a score at an article's age, which counts from the newest that is believed."""
    dates = [d.article.published.instant for d in corpus.documents if d.article.published]
    believed = [instant for instant in dates if instant.date() <= latest_day()]
    published = document.article.published
    if published is None or published.instant not in believed:
        return RECENCY_FLOOR
    days = (max(believed) - published.instant).total_seconds() / 86_400
    kept: float = 0.5 ** (days / RECENCY_HALF_LIFE_DAYS)
    return RECENCY_FLOOR + (1 - RECENCY_FLOOR) * kept


def _cursor(request: SearchRequest, id: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([_fingerprint(request), id]).encode()).decode()


def _after(ordered: Sequence[Document], request: SearchRequest) -> int:
    """The place after the hit a cursor names."""
    try:
        fingerprint, id = json.loads(base64.b64decode(request.cursor or "", b"-_", validate=True))
    except (ValueError, TypeError):
        raise UsageError(f"{request.cursor!r} is not a cursor.") from None
    if fingerprint != _fingerprint(request):
        raise UsageError("The cursor belongs to another search.")
    return [d.article.id for d in ordered].index(id) + 1


def _fingerprint(request: SearchRequest) -> str:
    same = (request.query, request.match, request.filters, request.dates, request.added, request.sort)
    return hashlib.blake2b(repr(same).encode(), digest_size=8).hexdigest()


# Words shown and words corrected


def _snippets(corpus: Corpus, tree: Node, document: Document) -> tuple[Snippet, ...]:
    for name in ("body", "summary"):
        spans = marks(corpus, tree, name, document)
        if spans:
            return (_passage(name, getattr(document.article, name), spans[0][0], spans),)
    for name in ("summary", "body"):
        text = getattr(document.article, name)
        if text.strip():
            return (_passage(name, text, 0, ()),)
    return ()


def _translated(corpus: Corpus, tree: Node, document: Document, hit: Hit) -> Hit:
    """The hit with what it shows of the translation, and with that alone where nothing else matches."""
    made = document.article.translation
    assert made is not None
    spans = marks(corpus, tree, "translation", document)
    at, parts = 0, {}
    for name in ("title", "summary", "body"):
        text = getattr(made, name)
        parts[name] = [(a - at, z - at) for a, z in spans if at <= a and z <= at + len(text)]
        at += len(text) + 2 if text else 0
    matching = next((name for name in ("body", "summary") if parts[name]), None)
    shown: tuple[Snippet, ...] = ()
    if matching:
        shown = (_passage("translation", getattr(made, matching), parts[matching][0][0], parts[matching]),)
    elif text := made.summary.strip() or made.body.strip():
        shown = (_passage("translation", text, 0, ()),)
    hit = replace(hit, translation_snippets=shown, translation_title_spans=tuple(parts["title"]))
    own = hit.title_spans or any(snippet.spans for snippet in hit.snippets)
    return replace(hit, snippets=shown or hit.snippets) if spans and not own else hit


def _passage(name: str, text: str, first: int, spans: Iterable[tuple[int, int]]) -> Snippet:
    start = 0 if len(text) <= PASSAGE else max(text.rfind(" ", 0, max(first - PASSAGE // 3, 0)) + 1, 0)
    end = min(start + PASSAGE, len(text))
    inside = tuple((a - start, min(z, end) - start) for a, z in spans if a >= start and a < end)
    return Snippet(name, text[start:end], inside, leading=start > 0, trailing=end < len(text))


def _corrected(node: Node, correct: Any) -> Node:
    """The query with each unknown word replaced."""
    match node:
        case And(children):
            return And(tuple(_corrected(child, correct) for child in children))
        case Or(children):
            return Or(tuple(_corrected(child, correct) for child in children))
        case Term(text, None | "title" | "summary" | "body" as name):
            return Term(correct(text), name)
        case Exact(text, None | "title" | "summary" | "body" as name):
            return Exact(correct(text), name)
        case Phrase(text, slop, None | "title" | "summary" | "body" as name):
            return Phrase(" ".join(map(correct, text.split())), slop, name)
        case Near(left, right, distance, name):
            # A word or phrase stays one.
            return Near(_corrected(left, correct), _corrected(right, correct), distance, name)  # type: ignore[arg-type]
        case Not():
            return node
        case _:
            return node


def _begins(words: list[str], typed: list[str]) -> bool:
    """Whether words hold all that was typed, the last of it perhaps not to its end."""
    *whole, start = typed
    return set(whole) <= set(words) and any(word.startswith(start) for word in words)


def _words(document: Document) -> set[str]:
    return {terms[0].text for name in TEXTS for terms in document.terms[name]}


def _terms_in(document: Document, field: str) -> set[str]:
    return {term.text for terms in document.terms[field] for term in terms}
