"""Which words and filters of a search an article matches, in the spelling in which they were asked for.

Words are looked for as they are for highlighting, but over many alerts: an article is analysed once (`Analysed`), and a
word is first looked up among its terms. Values of keyword fields are matched as engines match labels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indexer import analysis
from indexer.analysis import Token
from indexer.analysis.compounds import MOST_PARTS
from indexer.article import ENTITY_KINDS, Article
from indexer.engines.shared.search.labels import LabelText, in_labels
from indexer.engines.shared.search.matching import of_weight
from indexer.engines.shared.search.paths import upwards
from indexer.fields import BY_NAME, Kind
from indexer.highlight.matches import TEXTS, Clause, Matcher, Word, text_clauses
from indexer.search.leaves import WordNode, leaves
from indexer.search.parser import parse
from indexer.search.printer import to_text
from indexer.search.request import MISSING, Filter, Period, SearchRequest

Languages = tuple[str | None, ...]  # of an article's own text, and of its translation
Place = tuple[int, int]  # the number of a word in a text, and how many words wide a term is there


@dataclass(frozen=True, slots=True)
class Fired:
    """A part of a search that an article matches, and the fields in which it does."""

    text: str
    fields: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"text": self.text, "fields": list(self.fields)}

    def __str__(self) -> str:
        return f"{self.text} ({', '.join(name.replace('_', ' ') for name in self.fields)})"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of queries that text can match: its spelling, and its clause, or none where it asks for a label.

    Alerts that look for the same share it, and so an article is asked once. Parts are told apart by identity.
    """

    node: WordNode
    text: str
    clause: Clause | None


class Parts:
    """The parts of many queries, each made once for the languages that an article is in."""

    def __init__(self) -> None:
        self._of_node: dict[tuple[WordNode, Languages], Sequence[Part]] = {}

    def of(self, query: str, languages: Languages) -> Sequence[Part]:
        """Those of a query, each once."""
        tree = of_weight(parse(query), {language: 1 for language in languages if language})
        return [part for node in dict.fromkeys(leaves(tree)) for part in self._known(node, languages)]

    def _known(self, node: WordNode, languages: Languages) -> Sequence[Part]:
        key = node, languages
        if key not in self._of_node:
            words = node.field is None or node.field in TEXTS
            clauses: Sequence[Clause | None] = text_clauses(node, languages) if words else (None,)
            self._of_node[key] = [Part(node, to_text(node), clause) for clause in clauses]
        return self._of_node[key]


class Analysed:
    """One article, to be held against many searches. What it answered of a part is known from then on."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.languages: Languages = tuple(dict.fromkeys((article.language, article.language_of("translation"))))
        self._labels: dict[str, LabelText] = {}
        self._held: dict[Part, Fired | None] = {}

    @cached_property
    def fields(self) -> Mapping[str, "FieldWords"]:
        """The words of each field that has text."""
        texts = ((name, self.article.text_of(name)) for name in TEXTS)
        return {name: FieldWords(text, self.article.language_of(name)) for name, text in texts if text}

    def fired(self, part: Part) -> Fired | None:
        """A part of a query with the fields in which it matches; None where it does in none."""
        if part not in self._held:
            names = self._fields_of(part)
            self._held[part] = Fired(part.text, names) if names else None
        return self._held[part]

    def _fields_of(self, part: Part) -> tuple[str, ...]:
        clause, name = part.clause, part.node.field
        if clause is not None:
            return tuple(
                each for each, words in self.fields.items() if clause.field in (None, each) and words.has(clause)
            )
        return (name,) if name and list(in_labels(self._label_text(name), name, part.node)) else ()

    def _label_text(self, name: str) -> LabelText:
        """The article's values of a keyword field."""
        if name not in self._labels:
            self._labels[name] = LabelText(values_of(self.article, name))
        return self._labels[name]


class FieldWords:
    """The words of a text and the terms that indexes have of them."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text = text
        self._language = language

    @cached_property
    def tokens(self) -> list[Token]:
        """The words."""
        return analysis.cut(self._text)

    @cached_property
    def places(self) -> Mapping[str, Sequence[Place]]:
        """Of each term the words that have it. Each word is analysed once, however often it is in the text."""
        spelled: dict[tuple[str, str], list[Place]] = {}
        found: dict[str, list[Place]] = {}
        for at, token in enumerate(self.tokens):
            spelled.setdefault((token.text, token.light), []).append((at, 1))
            if token.joint:
                around = analysis.index_terms(self.tokens[at : at + MOST_PARTS], self._language)[0]
                for term in around:
                    if term.width > 1:
                        found.setdefault(term.text, []).append((at, term.width))
        for (text, light), places in spelled.items():
            for alone in analysis.word_terms(text, light, self._language):
                found.setdefault(alone, []).extend(places)
        return found

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(token.text for token in self.tokens)

    @cached_property
    def folded(self) -> str:
        """The text as single characters are looked for in it."""
        return analysis.fold(self._text)

    def has(self, clause: Clause) -> bool:
        """Whether a clause matches. Words right behind one another are looked up, others compared around the rarest."""
        if clause.character:
            return clause.character in self.folded
        words = _words_of(clause)
        if len(words) == 1 and words[0].asked is None:
            return any(map(words[0].fits, self.distinct))
        known = []
        for word in words:
            if word.asked and not word.asked.parts:
                known.append(self._places(word))
                if not known[-1]:
                    return False
        if len(known) == len(words) and not clause.near and not clause.slop:
            return _in_a_row(known)
        return self._compared(clause, min(known, key=len, default=None))

    def _compared(self, clause: Clause, rarest: Sequence[Place] | None) -> bool:
        """Whether words of the text are those of a clause, looked at around the places of the rarest."""
        matcher, reach = Matcher((clause,), self._language), _reach(clause)
        if rarest is None:
            return bool(matcher.find_clause(clause, self.tokens))
        windows = (self.tokens[max(at - reach, 0) : at + reach] for at, _ in rarest)
        return any(matcher.find_clause(clause, window) for window in windows)

    def _places(self, word: Word) -> Sequence[Place]:
        found = [self.places[term] for term in word.terms if term in self.places]
        return found[0] if len(found) == 1 else [place for places in found for place in places]


def _in_a_row(known: Sequence[Sequence[Place]]) -> bool:
    """Whether words stand right behind one another, given the places of each."""
    ends = {at + width for at, width in known[0]}
    for places in known[1:]:
        ends = {at + width for at, width in places if at in ends}
    return bool(ends)


def _words_of(clause: Clause) -> Sequence[Word]:
    """The words that must be there."""
    if clause.near is None:
        return clause.words
    return (*_words_of(clause.near[0]), *_words_of(clause.near[1]))


def _reach(clause: Clause) -> int:
    """How many words a match has at most; a word may be written as several."""
    apart = clause.near[2] if clause.near else clause.slop
    return len(_words_of(clause)) * MOST_PARTS + apart + 1


@dataclass(slots=True)
class Looking:
    """What a search looks for. Made once, asked of many articles; `parts` are shared with other searches."""

    request: SearchRequest
    parts: Parts = field(default_factory=Parts)
    _parts: dict[Languages, Sequence[Part]] = field(default_factory=dict)

    def fired(self, article: Analysed) -> tuple[Fired, ...]:
        """The words that an article matches, and of filters those with several values; all where there is no word."""
        words = tuple(filter(None, map(article.fired, self._parts_in(article.languages))))
        filters = tuple(_of_filters(self.request.filters, article.article, all_of_them=not words))
        return words + filters

    def _parts_in(self, languages: Languages) -> Sequence[Part]:
        if languages not in self._parts:
            self._parts[languages] = self.parts.of(self.request.query, languages)
        return self._parts[languages]


def values_of(article: Article, name: str) -> tuple[str, ...]:
    """What an article has in a keyword field; of people, organisations and places every spelling."""
    if name in ENTITY_KINDS:
        named = (entity for entity in article.entities if entity.kind == name)
        return tuple(dict.fromkeys(text for each in named for text in (each.name, *each.variants, each.short) if text))
    value = getattr(article, name, None)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _of_filters(filters: Sequence[Filter], article: Article, *, all_of_them: bool) -> Iterator[Fired]:
    for chosen in filters:
        if len(chosen.values) == 1 and all_of_them:
            yield Fired(chosen.values[0] or "(none)", (chosen.field,))
        elif len(chosen.values) > 1:
            held = (value for value in chosen.values if _has(article, chosen.field, value))
            yield from (Fired(value or "(none)", (chosen.field,)) for value in held)


def _has(article: Article, name: str, value: str) -> bool:
    """Whether an article has a value of a filter."""
    if BY_NAME[name].kind is Kind.DATE:
        day = article.published.day if article.published else None
        if value == MISSING or day is None:
            return value == MISSING and day is None
        period = Period.parse(value)
        return period.first <= day <= period.last
    held = values_of(article, name)
    if value == MISSING:
        return not held
    if BY_NAME[name].kind is Kind.PATH:
        held = tuple(above for each in held for above in upwards(each))
    return analysis.fold(value) in map(analysis.fold, held)
