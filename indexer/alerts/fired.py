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


class Analysed:
    """One article, to be held against many searches."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.languages = tuple(dict.fromkeys((article.language, article.language_of("translation"))))
        self._labels: dict[str, LabelText] = {}

    @cached_property
    def fields(self) -> Mapping[str, "FieldWords"]:
        """The words of each field that has text."""
        texts = ((name, self.article.text_of(name)) for name in TEXTS)
        return {name: FieldWords(text, self.article.language_of(name)) for name, text in texts if text}

    def labels(self, name: str) -> LabelText:
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
    def places(self) -> Mapping[str, Sequence[int]]:
        """Of each term the words that have it, by number."""
        found: dict[str, list[int]] = {}
        for at, terms in enumerate(analysis.index_terms(self.tokens, self._language)):
            for term in terms:
                found.setdefault(term.text, []).append(at)
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
        """Whether a clause matches. Words in a row are looked for around the rarest of them alone."""
        if clause.character:
            return clause.character in self.folded
        words = _words_of(clause)
        known = [self._places(word) for word in words if word.asked and not word.asked.parts]
        if not all(known):
            return False
        if len(words) == 1 and words[0].asked is None:
            return any(map(words[0].fits, self.distinct))
        if len(words) == 1 == len(known):
            return True
        matcher, reach = Matcher((clause,), self._language), _reach(clause)
        rarest = min(known, key=len, default=None)
        if rarest is None:
            return bool(matcher.find_clause(clause, self.tokens))
        windows = (self.tokens[max(at - reach, 0) : at + reach] for at in rarest)
        return any(matcher.find_clause(clause, window) for window in windows)

    def _places(self, word: Word) -> list[int]:
        return [at for term in word.terms for at in self.places.get(term, ())]


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
    """What a search looks for. Made once, asked of many articles."""

    request: SearchRequest
    _clauses: dict[tuple[str | None, ...], Sequence[tuple[WordNode, Clause | None]]] = field(default_factory=dict)

    def fired(self, article: Analysed) -> tuple[Fired, ...]:
        """The words that an article matches, and of filters those with several values; all where there is no word."""
        words = tuple(self._words(article))
        filters = tuple(_of_filters(self.request.filters, article.article, all_of_them=not words))
        return words + filters

    def _words(self, article: Analysed) -> Iterator[Fired]:
        for node, clause in self._parts(article.languages):
            if clause is not None:
                names = [clause.field] if clause.field else TEXTS
                held = tuple(name for name in names if name in article.fields and article.fields[name].has(clause))
                if held:
                    yield Fired(to_text(node), held)
            elif node.field and list(in_labels(article.labels(node.field), node.field, node)):
                yield Fired(to_text(node), (node.field,))

    def _parts(self, languages: tuple[str | None, ...]) -> Sequence[tuple[WordNode, Clause | None]]:
        """The parts of the query that text can match, each with its clause, or without where it asks for a label."""
        if languages not in self._clauses:
            tree = of_weight(parse(self.request.query), {language: 1 for language in languages if language})
            found: list[tuple[WordNode, Clause | None]] = []
            for node in dict.fromkeys(leaves(tree)):
                if node.field is None or node.field in TEXTS:
                    found += [(node, clause) for clause in text_clauses(node, languages)]
                else:
                    found.append((node, None))
            self._clauses[languages] = found
        return self._clauses[languages]


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
