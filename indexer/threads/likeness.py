"""How much two articles have in common: the cosine of their rare names and words, fading with the days between them.

A word weighs by how rare it is and how often it stands in the title, the summary and the lead; a word of a name more. A
word that many articles of a source have is its form and not the story (the person for enquiries below a press release):
between two articles of one source it weighs by how rare it is in that source.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indexer import analysis
from indexer.analysis.stop_words import primary, stop_words
from indexer.article import Article
from indexer.reading import Reading
from indexer.search.request import DateRange, Filter, SearchRequest

# Of docs/threads.md: chosen on the half of the gold set that is there for it, judged on the other.
LEAD = 1_200  # characters of the body that are compared: what is news stands at the beginning
TITLE_WEIGHT = 2
NAME_WEIGHT = 1.5
WORDS = 64  # of an article, the weightiest
FADING = 60  # days after which a likeness is 1/e of what it was
# So many articles of a source as the whole archive has them are counted to its own: a small source says little.
PRIOR = 20
REASONS = 4
RARE = 0.3  # of which two articles must share something: of 57,000 articles at most 2,100 have it, of 196 at most 40
# Of a term in fewer articles it cannot be told whether it comes again and again; nor of any, where the days are more
# than one part in so many of the archive.
FEW = 20
FEW_TIMES = 4

Scope = str | DateRange | None  # a source, some days, or the whole archive


@dataclass(frozen=True)
class Telling:
    """What is compared of an article: its terms with their frequencies, which stand in the title, the names that some
    are words of, and of each the word that has it first, folded and with its accents."""

    article: Article
    frequencies: Mapping[str, int]
    title: frozenset[str]
    named: Mapping[str, str]
    words: Mapping[str, tuple[str, str]]

    def asked(self, term: str) -> str:
        """As what a term is asked for in a query."""
        text, light = self.words[term]
        return text if analysis.is_unspaced(text) else light

    def written(self, term: str) -> str:
        """How the article writes a term."""
        return self._written[self.words[term]]

    @cached_property
    def _written(self) -> Mapping[tuple[str, str], str]:
        """Few articles are asked: only those that are linked."""
        found = dict[tuple[str, str], str]()
        for text, _ in _compared(self.article):
            for token in analysis.cut(text):
                found.setdefault((token.text, token.light), text[token.start : token.end])
        return found


def telling_of(article: Article) -> Telling:
    """What is compared of a whole article."""
    counts = Counter[tuple[str, str]]()
    for text, weight in _compared(article):
        for word in analysis.spellings(text):
            counts[word] += weight
    left_out = stop_words(primary(article.language or ""))
    kept = {word: count for word, count in counts.items() if _says_something(word[0], left_out)}
    names = {word: entity.name for entity in reversed(article.entities) for word in analysis.tokens(entity.name)}
    terms = analysis.own_terms(list(kept), article.language)
    frequencies, named, words = Counter[str](), dict[str, str](), dict[str, tuple[str, str]]()
    for (word, count), term in zip(kept.items(), terms, strict=True):
        frequencies[term] += count
        words.setdefault(term, word)
        if word[0] in names:
            named.setdefault(term, names[word[0]])
    headline = set(analysis.tokens(article.title))
    title = frozenset(term for (text, _), term in zip(kept, terms, strict=True) if text in headline)
    return Telling(article, frequencies, title, named, words)


def _compared(article: Article) -> tuple[tuple[str, int], ...]:
    """The texts that are compared, and how often each word in them counts."""
    return (article.title, TITLE_WEIGHT), (article.summary, 1), (article.body[:LEAD], 1)


def _says_something(word: str, left_out: frozenset[str]) -> bool:
    """Whether a word may tell stories apart: letters, function words and numbers, as of dates, do not."""
    return word not in left_out and not word.isdigit() and (len(word) > 1 or analysis.is_unspaced(word))


class Rarity:
    """How rare terms are in an archive and in its sources, from 0 to 1; counted when first asked for."""

    def __init__(self, archive: Reading) -> None:
        self._archive = archive
        self._articles: dict[Scope, int] = {}
        self._counts: dict[Scope, dict[str, int]] = {}

    def count(self, terms: Iterable[str], scope: Scope) -> None:
        """Have some terms counted in a source, in some days, or in the whole archive."""
        known = self._counts.setdefault(scope, {})
        unknown = sorted(set(terms).difference(known))
        if not unknown and scope in self._articles:
            return
        asked = SearchRequest(facets=(), snippets=False)
        if isinstance(scope, DateRange):
            asked = replace(asked, dates=scope)
        elif scope:
            asked = replace(asked, filters=(Filter("source", (scope,)),))
        found = self._archive.word_counts(unknown, asked)
        self._articles[scope] = found.articles
        known.update(found.counts)

    def of(self, term: str, source: str | None) -> float:
        """How rare a term is between two articles of a source, or, without one, of two sources.

        The share of articles that have it, as information: 1 for one article of all. In a source the two do not count.
        """
        articles = self._articles[None]
        share = max(1, self._counts[None].get(term, 0)) / max(2, articles)
        if source:
            others = max(0, self._counts[source].get(term, 0) - 2)
            share = max(share, (others + PRIOR * share) / (self._articles[source] + PRIOR))
        return max(0.0, -math.log(min(1.0, share))) / math.log(max(2, articles))

    def news(self, term: str, days: DateRange) -> float:
        """How much a term belongs to some days, from 0 to 1: 0 where it is as frequent at all times, as the words of a
        subject or the name of who speaks every week are; 1 where most of its articles are of these days.

        1 also where that cannot be told: the term is rare, or the days are a large part of the archive.
        """
        whole, within = self._articles[None], self._articles[days]
        count = self._counts[None].get(term, 0)
        if count < FEW or within * FEW_TIMES > whole or not within:
            return 1.0
        lift = (self._counts[days].get(term, 0) / within) / (count / whole)
        return min(1.0, max(0.0, 2 * math.log(max(lift, 1.0)) / math.log(whole / within)))


@dataclass(frozen=True)
class Weighed:
    """The weightiest terms of an article with their weights."""

    weights: Mapping[str, float]

    @cached_property
    def length(self) -> float:
        """The Euclidean length, taken in the order of terms: sums are the same whatever was counted first."""
        return math.sqrt(sum(self.weights[term] ** 2 for term in sorted(self.weights)))


class Likeness:
    """Compares articles of one archive."""

    def __init__(self, archive: Reading) -> None:
        self._rarity = Rarity(archive)
        self._weighed: dict[tuple[str, str | None], Weighed] = {}

    def near_enough(self, centre: Telling, others: Iterable[Telling], days: DateRange, least: float) -> list[Telling]:
        """Of some articles those that may be linked to one, with all that comparing them needs counted at once.

        By the inequality of Cauchy and Schwarz a link is no stronger than the share of the one's length that lies in
        terms that the other has too: most articles are out before their own terms are counted.
        """
        weights = self.weighed(centre, None).weights
        self._rarity.count(weights, days)
        news = {term: self._rarity.news(term, days) for term in weights}
        near = [each for each in others if self._bound(centre, each, news) >= least]
        self._rarity.count((term for each in near for term in each.frequencies), None)
        source = centre.article.source
        own = [each for each in near if source and each.article.source == source]
        if own:
            self._rarity.count((term for each in own for term in self.weighed(each, None).weights), source)
        return near

    def _bound(self, one: Telling, other: Telling, news: Mapping[str, float]) -> float:
        ours = self.weighed(one, _common_source(one, other))
        shared = (weight * news[term] for term, weight in ours.weights.items() if term in other.frequencies)
        return math.sqrt(sum(weight**2 for weight in shared)) / ours.length if ours.length else 0.0

    def weighed(self, telling: Telling, source: str | None) -> Weighed:
        """The terms of an article as they weigh beside one of the same source, or, without one, of another."""
        key = telling.article.id, source
        if key not in self._weighed:
            self._weighed[key] = self._weigh(telling, source)
        return self._weighed[key]

    def _weigh(self, telling: Telling, source: str | None) -> Weighed:
        terms = telling.frequencies if source is None else self.weighed(telling, None).weights
        self._rarity.count(terms, source)
        weights = {}
        for term in terms:
            of_name = NAME_WEIGHT if term in telling.named else 1
            weight = (1 + math.log(telling.frequencies[term])) * self._rarity.of(term, source) * of_name
            if weight > 0:
                weights[term] = weight
        first = sorted(weights, key=lambda term: (-weights[term], term))[:WORDS]
        return Weighed({term: weights[term] for term in first})

    def between(self, one: Telling, other: Telling) -> float:
        """How alike two articles are, from 0 to 1, whenever they came. The same either way round."""
        source = _common_source(one, other)
        ours, theirs = self.weighed(one, source), self.weighed(other, source)
        if not ours.length or not theirs.length:
            return 0.0
        return sum(weight for _, weight in _shared(ours, theirs)) / (ours.length * theirs.length)

    def linked(self, one: Telling, other: Telling, days: DateRange) -> float:
        """How alike two articles are by what belongs to some days, those around the first; 0 where nothing that they
        share is rare."""
        source = _common_source(one, other)
        ours, theirs = (self.weighed(each, source) for each in (one, other))
        self._rarity.count(self.weighed(one, None).weights, days)
        if not ours.length or not theirs.length:
            return 0.0
        shared = _shared(ours, theirs)
        if source and one.title == other.title:  # the head of a series, or of a page for errors
            shared = [each for each in shared if each[0] not in one.title]
        if not any(self._rarity.of(term, source) >= RARE for term, _ in shared):
            return 0.0
        return sum(weight * self._rarity.news(term, days) for term, weight in shared) / (ours.length * theirs.length)

    def reasons(self, one: Telling, other: Telling) -> tuple[str, ...]:
        """The names and words that make two articles alike, the weightiest first, as the second writes them."""
        source = _common_source(one, other)
        shared = _shared(self.weighed(one, source), self.weighed(other, source))
        found = dict[str, None]()
        for term, _ in sorted(shared, key=lambda each: (-each[1], each[0])):
            named = other.named.get(term)
            found.setdefault(named if named and named == one.named.get(term) else other.written(term))
            if len(found) == REASONS:
                break
        return tuple(found)


def faded(likeness: float, days: int) -> float:
    """What is left of a likeness between articles so many days apart."""
    return likeness * math.exp(-abs(days) / FADING)


def _common_source(one: Telling, other: Telling) -> str | None:
    return one.article.source if one.article.source == other.article.source else None


def _shared(ours: Weighed, theirs: Weighed) -> list[tuple[str, float]]:
    """The terms that both have, with the product of their weights, in the order of terms."""
    both = sorted(ours.weights.keys() & theirs.weights.keys())
    return [(term, ours.weights[term] * theirs.weights[term]) for term in both]
