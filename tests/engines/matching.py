"""What a query matches and how it scores, word by word and article by article: the oracle's reading of the contract.

Slow and plain on purpose. `Corpus` holds the analysed articles; `score(corpus, node, text)` is None where the node does
not match; `marks` are the matches in one field's text.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta, tzinfo
from functools import cached_property
from typing import Any, TypeGuard

from indexer.analysis import IndexTerm, QueryWord, cut, fold, index_terms, is_unspaced, query_words, token_spans, tokens
from indexer.article import ENTITY_KINDS, Article, EntityKind
from indexer.entities.other_names import other_names
from indexer.fields import BY_NAME, KEYWORD_FIELDS, TEXT_FIELDS, Kind
from indexer.same_work import KEY, marks_of
from indexer.search.leaves import solids
from indexer.search.moments import Moment
from indexer.search.printer import to_text
from indexer.search.query import (
    Added,
    And,
    Exact,
    Extra,
    Fuzzy,
    MatchAll,
    Missing,
    Near,
    Node,
    Not,
    OnDay,
    Or,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    folded_key,
)
from indexer.search.results import Share
from tests.engines.naming import Naming

K1, B = 1.2, 0.75
WEIGHTS = {"title": 3, "summary": 1, "body": 1, "translation": 1}
OWN = ("title", "summary", "body")
TEXTS = tuple(field.name for field in TEXT_FIELDS)
KEYWORDS = tuple(field.name for field in KEYWORD_FIELDS)

Leaf = Term | Phrase | Near | Prefix | Wildcard | Fuzzy | Exact
Interval = tuple[int, int]  # first and last word of a match
Word = QueryWord | str  # as it was analysed, or as it must be written


@dataclass(frozen=True)
class Document:
    """An article, and its words: as they stand and stemmed."""

    article: Article
    surfaces: dict[str, list[str]]
    terms: dict[str, list[tuple[IndexTerm, ...]]]
    naming: Naming  # of the archive

    @classmethod
    def of(cls, article: Article, naming: Naming) -> "Document":
        surfaces = {name: tokens(_text(article, name)) for name in (*TEXTS, "url")}
        made = article.translation.language if article.translation else None
        languages = {name: article.language if name in OWN else made for name in TEXTS}
        terms = {name: index_terms(cut(_text(article, name)), languages[name]) for name in TEXTS}
        return cls(article, surfaces, terms, naming)

    @cached_property
    def length(self) -> int:
        """The words of an article, each as often as its field weighs."""
        return sum(WEIGHTS[name] * len(self.surfaces[name]) for name in OWN)

    @cached_property
    def extra(self) -> dict[str, set[str]]:
        """The words under each key of what no field holds, as `to_json` has the values."""
        found: dict[str, set[str]] = {}
        for key, value in self.article.extra.items():
            words = [word for text in _texts_in(value) for word in tokens(text)]
            found.setdefault(folded_key(key), set()).update(words)
        if marks := marks_of(self.article):
            found.setdefault(KEY, set()).update(marks)
        return found

    def labels(self, field: str) -> tuple[str, ...]:
        """All values of a keyword field."""
        article = self.article
        if field in ENTITY_KINDS:
            return tuple(dict.fromkeys(name for name in article.names(field) if name))
        value = getattr(article, field)
        return tuple(dict.fromkeys(filter(None, value))) if isinstance(value, tuple) else (value,) if value else ()

    def spelled(self, field: str) -> Iterator[str]:
        """All values of a keyword field, entities in all spellings of the archive."""
        for label in self.labels(field):
            yield label
            yield from self.naming.spellings.get((field, label), ())


def _text(article: Article, name: str) -> str:
    """A field as one text: of a translation its parts, one after the other."""
    if name != "translation":
        return getattr(article, name) or ""
    made = article.translation
    return "\n\n".join(filter(None, (made.title, made.summary, made.body))) if made else ""


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)
    elif value is not None:
        yield value if isinstance(value, str) else str(value).lower()


@dataclass(frozen=True)
class Corpus:
    """All articles of a generation."""

    documents: tuple[Document, ...]
    naming: Naming
    clocks: tzinfo = UTC  # those of the archive

    @cached_property
    def languages(self) -> tuple[str | None, ...]:
        made = {d.article.translation.language: None for d in self.documents if d.article.translation}
        return tuple({document.article.language: None for document in self.documents} | made)

    @cached_property
    def untranslated(self) -> "Corpus":
        """The same articles without translations."""
        articles = [replace(document.article, translation=None) for document in self.documents]
        return Corpus(tuple(Document.of(article, self.naming) for article in articles), self.naming, self.clocks)

    @cached_property
    def average_length(self) -> float:
        return sum(d.length for d in self.documents) / (len(self.documents) or 1) or 1.0

    @cached_property
    def word_frequencies(self) -> Counter[str]:
        """How many fields of articles hold each word, as it stands."""
        return Counter(word for d in self.documents for name in TEXTS for word in set(d.surfaces[name]))

    @cached_property
    def explained(self) -> dict[tuple[Node, str], list[Share] | None]:
        """What `explain` found out, so that it is found out once."""
        return {}

    @cached_property
    def _postings(self) -> dict[tuple[str, Word], dict[str, list[Interval]]]:
        return {}

    @cached_property
    def _labels_meant(self) -> dict[Node, set[str]]:
        return {}

    @cached_property
    def _words_meant(self) -> dict[Node, set[str]]:
        return {}

    def words_meant(self, pattern: Node, fits: Callable[[str], bool]) -> set[str]:
        """All words of the articles that a pattern stands for."""
        if pattern not in self._words_meant:
            words = {word for d in self.documents for listed in d.surfaces.values() for word in listed}
            self._words_meant[pattern] = set(filter(fits, words))
        return self._words_meant[pattern]

    def labels_meant(self, field: str, leaf: Leaf) -> set[str]:
        """The values of a keyword field that a node means."""
        if leaf not in self._labels_meant:
            self._labels_meant[leaf] = self._find_labels(field, leaf)
        return self._labels_meant[leaf]

    def _find_labels(self, field: str, leaf: Leaf) -> set[str]:
        whole = leaf.text if isinstance(leaf, Term | Exact) or (isinstance(leaf, Phrase) and not leaf.slop) else None
        found = {
            label
            for document in self.documents
            for label in document.labels(field)
            if any(label_matches(field, each, leaf) for each in (label, *self.naming.spellings.get((field, label), ())))
        }
        if whole is not None and (shown := self.naming.shown(field, whole)) is not None:
            found.add(shown)
        held = {label for document in self.documents for label in document.labels(field)}
        if found & held or field not in ENTITY_KINDS:
            return found
        return self._named_elsewhere(field, leaf, whole) & held

    def _named_elsewhere(self, field: EntityKind, leaf: Leaf, whole: str | None) -> set[str]:
        part = leaf.pattern if isinstance(leaf, Wildcard) else whole if not isinstance(leaf, Exact) else None
        part = leaf.text if isinstance(leaf, Prefix | Phrase) else part
        found: set[str | None] = set()
        if part is not None and not fold(part).isascii():
            named = (
                name
                for name, others in other_names(field).items()
                if any(label_matches(field, o, leaf) for o in others)
            )
            found = {self.naming.held(field, name) for name in named}
        known = {label for label in found if label is not None}
        return known or set(self.naming.elsewhere(field, whole) if whole is not None else ())

    def postings(self, field: str, word: Word) -> dict[str, list[Interval]]:
        """Where a word of a query stands in the field of each article that holds it."""
        if (field, word) not in self._postings:
            places = ((document.article.id, _places(document, field, word)) for document in self.documents)
            self._postings[field, word] = {id: found for id, found in places if found}
        return self._postings[field, word]

    def words(self, field: str, part: Term | Phrase | Exact) -> list[Word]:
        """The words of a part of a query as a field has them."""
        if isinstance(part, Exact) or field == "url":
            return list(tokens(part.text))
        return list(query_words(part.text, self.languages, solids(part)))


def _places(document: Document, field: str, word: Word) -> list[Interval]:
    if isinstance(word, str):
        return [(at, at) for at, other in enumerate(document.surfaces[field]) if other == word]
    listed = document.terms[field]
    found = set()
    for at, terms in enumerate(listed):
        for text, width in terms:
            if text in word.of_width(width):
                found.add((at, at + width - 1))
        row = listed[at : at + len(word.parts)]
        if word.parts and len(row) == len(word.parts):
            alone = [{text for text, width in each if width == 1} for each in row]
            if all(texts & set(wanted) for texts, wanted in zip(alone, word.parts, strict=True)):
                found.add((at, at + len(row) - 1))
    return sorted(found)


def score(corpus: Corpus, node: Node, document: Document) -> float | None:
    """The score of a match; None where there is none."""
    match node:
        case MatchAll():
            return 0.0
        case And(children):
            found = [score(corpus, child, document) for child in children]
            return None if None in found else sum(s for s in found if s)
        case Or(children):
            found = [score(corpus, child, document) for child in children]
            return sum(s for s in found if s) if any(s is not None for s in found) else None
        case Not(child):
            return 0.0 if score(corpus, child, document) is None else None
        case Range(start, end):
            published = document.article.published
            inside = published and (start or published.day) <= published.day <= (end or published.day)
            return 0.0 if inside else None
        case Added(start, end):
            return 0.0 if came(document.article, start, end, corpus.clocks) else None
        case OnDay(month, day):
            published = document.article.published
            return 0.0 if published and (published.day.month, published.day.day) == (month, day) else None
        case Extra(key, text):
            words = document.extra.get(key)
            return 0.0 if words is not None and words >= set(tokens(text)) else None
        case Missing(field):
            return 0.0 if is_missing(document, field) else None
        case _:
            shares = explain(corpus, node, document)
            return None if shares is None else sum(share.score for share in shares)


def came(article: Article, start: date | Moment | None, end: date | Moment | None, clocks: tzinfo) -> bool:
    """Whether the archive first held an article from one day or moment to another."""
    if article.added is None:
        return False
    local = article.added.replace(microsecond=0).astimezone(clocks)

    def since(moment: Moment) -> timedelta:
        return local - (moment.at if moment.at.tzinfo else moment.at.replace(tzinfo=clocks))

    begun = start is None or (since(start) >= timedelta(0) if isinstance(start, Moment) else local.date() >= start)
    if end is None:
        return begun
    over = since(end) >= timedelta(seconds=end.lasts) if isinstance(end, Moment) else local.date() > end
    return begun and not over


def is_missing(document: Document, field: str) -> bool:
    """Whether an article has nothing in a field."""
    match BY_NAME[field].kind:
        case Kind.DATE:
            return document.article.published is None
        case Kind.KEYWORD | Kind.PATH:
            return not document.labels(field)
        case _:
            return not document.surfaces[field]


def explain(corpus: Corpus, leaf: Leaf, document: Document) -> list[Share] | None:
    """A leaf's score by field; None where it matches in no field."""
    key = (leaf, document.article.id)
    if key not in corpus.explained:
        corpus.explained[key] = _explain(corpus, leaf, document)
    return corpus.explained[key]


def _explain(corpus: Corpus, leaf: Leaf, document: Document) -> list[Share] | None:
    field = leaf.field
    if field is not None and BY_NAME[field].kind in (Kind.KEYWORD, Kind.PATH):
        return [] if corpus.labels_meant(field, leaf) & set(document.labels(field)) else None
    fields = (field,) if field else TEXTS
    found = {name: len(places) for name in fields if (places := intervals(corpus, leaf, name, document))}
    if not found or field == "url":
        return [] if found else None
    if isinstance(leaf, Prefix | Wildcard | Fuzzy) or _single_character(leaf):
        best = max(WEIGHTS[name] for name in found)
        chosen = next(name for name in found if WEIGHTS[name] == best)
        return [Share(to_text(leaf), name, best if name == chosen else 0.0, n) for name, n in found.items()]
    parts = [leaf.left, leaf.right] if isinstance(leaf, Near) else [leaf]
    total = sum(bm25f(corpus, fields, word, document) for part in parts for word in corpus.words(fields[0], part))
    weighted = sum(WEIGHTS[name] * n for name, n in found.items())
    return [Share(to_text(leaf), name, total * WEIGHTS[name] * n / weighted, n) for name, n in found.items()]


def bm25f(corpus: Corpus, fields: Iterable[str], word: Word, document: Document) -> float:
    """BM25F as Robertson and Zaragoza (2009) have it for several streams: frequencies and lengths are weighed and added
    before they saturate, and the frequency is divided by the length. A word weighs as Robertson and Sparck Jones have
    it without judgements, with 1 added so that it is never negative, over the articles with it in any of the fields.
    """
    postings = {name: corpus.postings(name, word) for name in fields}
    holding = set().union(*postings.values())
    starts = {name: {at for at, _ in found.get(document.article.id, ())} for name, found in postings.items()}
    frequency = sum(WEIGHTS[name] * min(len(found), 255) for name, found in starts.items())
    slowness = (1 - B) + B * document.length / corpus.average_length
    rarity = math.log(1 + (len(corpus.documents) - len(holding) + 0.5) / (len(holding) + 0.5))
    return rarity * (K1 + 1) * (frequency / slowness) / (K1 + frequency / slowness)


# Where a leaf matches


def intervals(corpus: Corpus, leaf: Leaf, field: str, document: Document) -> list[Interval]:
    """All matches of a leaf in one text field, of those that begin at the same word the shortest."""
    if isinstance(leaf, Near):
        first, second = every(corpus, leaf.left, field, document), every(corpus, leaf.right, field, document)
        return shortest([a for a in first if any(_close(a, b, leaf.distance) for b in second)]) + shortest(
            [b for b in second if any(_close(a, b, leaf.distance) for a in first)]
        )
    return shortest(every(corpus, leaf, field, document))


def shortest(found: Iterable[Interval]) -> list[Interval]:
    starts: dict[int, int] = {}
    for start, end in found:
        starts[start] = min(end, starts.get(start, end))
    return list(starts.items())


def every(corpus: Corpus, leaf: Leaf, field: str, document: Document) -> list[Interval]:
    """All matches of a leaf that is not two parts near each other."""
    match leaf:
        case Term(text) if _single_character(leaf):
            meant = corpus.words_meant(leaf, lambda word: fold(text) in word)
        case Prefix(text):
            meant = corpus.words_meant(leaf, lambda word: word.startswith(fold(text)))
        case Wildcard(pattern):
            meant = corpus.words_meant(leaf, lambda word: wildcard_fits(pattern, word))
        case Fuzzy(text, edits):
            meant = corpus.words_meant(leaf, lambda word: edit_distance(fold(text), word) <= edits)
        case Term() | Phrase() | Exact():
            words = [corpus.postings(field, word).get(document.article.id, []) for word in corpus.words(field, leaf)]
            return in_order(words, leaf.slop if isinstance(leaf, Phrase) else 0) if words else []
        case Near():
            raise AssertionError("nearness has no nearness in it")
    return [(at, at) for at, word in enumerate(document.surfaces[field]) if word in meant]


def _single_character(leaf: Leaf) -> TypeGuard[Term]:
    return isinstance(leaf, Term) and len(leaf.text) == 1 and is_unspaced(fold(leaf.text))


def in_order(words: list[list[Interval]], slop: int) -> list[Interval]:
    """From each place of the first word, the nearest places of the others after it, with at most `slop` other words
    between them in all. Of a word that may be several positions wide, the nearest place of each width goes on."""
    first, *others = words
    found: set[Interval] = set()
    for start, end in first:
        chains = {(end, 0)}  # where it ends so far, and how many words were passed over
        for following in others:
            chains = {
                (last, passed + begin - stop - 1)
                for stop, passed in chains
                for begin, last in _nearest(following, stop)
                if passed + begin - stop - 1 <= slop
            }
        found.update((start, stop) for stop, _ in chains)
    return sorted(found)


def _nearest(places: list[Interval], stop: int) -> Iterable[Interval]:
    """The first place of each width behind another word."""
    behind: dict[int, Interval] = {}
    for begin, last in sorted(places, reverse=True):
        if begin > stop:
            behind[last - begin] = begin, last
    return behind.values()


def _close(a: Interval, b: Interval, distance: int) -> bool:
    return 0 <= b[0] - a[1] - 1 <= distance or 0 <= a[0] - b[1] - 1 <= distance


def wildcard_fits(pattern: str, word: str) -> bool:
    """Whether a folded word fits a pattern of ? and *: the last star holds one more when the rest fails."""
    signs = fold(pattern)
    at = done = held = 0
    star: int | None = None
    while done < len(word):
        if at < len(signs) and signs[at] == "*":
            star, held = at, done
            at += 1
        elif at < len(signs) and signs[at] in ("?", word[done]):
            at, done = at + 1, done + 1
        elif star is not None:
            held += 1
            at, done = star + 1, held
        else:
            return False
    return not signs[at:].strip("*")


def edit_distance(one: str, other: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def label_matches(field: str, label: str, leaf: Leaf) -> bool:
    """Whether a node means a value of a keyword field: whole words of it, without regard to case and accents."""
    words = tokens(label)
    at = {word: [(n, n) for n, other in enumerate(words) if other == word] for word in words}

    def runs(text: str, slop: int = 0) -> list[Interval]:
        return in_order([at.get(token, []) for token in tokens(text)], slop) if tokens(text) else []

    match leaf:
        case Exact(text) if BY_NAME[field].kind is Kind.PATH:
            wanted = fold(text).rstrip("/")
            return fold(label) == wanted or fold(label).startswith(wanted + "/")
        case Exact(text):
            return fold(label) == fold(text)
        case Term(text) | Phrase(text, 0) if field in ("language", "translated_from"):
            return words[: len(tokens(text))] == tokens(text)  # lang:en finds en-GB
        case Term(text) if _single_character(leaf):
            return any(fold(text) in word for word in words)
        case Term(text):
            return bool(runs(text))
        case Phrase(text, slop):
            return bool(runs(text, slop))
        case Prefix(text):
            return any(word.startswith(fold(text)) for word in words)
        case Wildcard(pattern):
            return any(wildcard_fits(pattern, word) for word in words)
        case Fuzzy(text, edits):
            return any(edit_distance(fold(text), word) <= edits for word in words)
        case Near(left, right, distance):
            return any(_close(a, b, distance) for a in runs(left.text) for b in runs(right.text))


# What is highlighted


def leaves(node: Node) -> Iterator[Leaf]:
    """The parts of a query that text can match; not those that are excluded."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Term() | Phrase() | Near() | Prefix() | Wildcard() | Fuzzy() | Exact():
            yield node


def marks(corpus: Corpus, tree: Node, field: str, document: Document) -> tuple[tuple[int, int], ...]:
    """The matches in the text of one field as character offsets, in order, overlapping ones as one."""
    text = _text(document.article, field)
    spans = [(start, end) for _, start, end in token_spans(text)]
    found = []
    for leaf in leaves(tree):
        if leaf.field in (None, field):
            if _single_character(leaf):  # of a pair of characters, the one that was asked for
                found += [(at, at + 1) for at, character in enumerate(text) if fold(character) == fold(leaf.text)]
                continue
            for first, last in intervals(corpus, leaf, field, document):
                found.append((spans[first][0], spans[last][1]))
    return merged(found)


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Overlapping spans as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], end)
        else:
            result.append((start, end))
    return tuple(result)
