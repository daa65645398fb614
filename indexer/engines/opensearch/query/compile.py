"""Query tree -> query DSL. Golden files in `tests/golden/opensearch` show what each node becomes.

What matches and what scores are two things: a clause is a filter on words in their places, beside it stands for each of
its words a score made of how often the article has it (`_score`, which adds up over fields and terms what `mapping` has
the cluster compute), the article's length and numbers over the archive. So scores are BM25F over the whole archive, on
whatever shard an article is.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from indexer import analysis
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.document import cut
from indexer.engines.opensearch.cluster.mapping import TEXTS, URL, exact
from indexer.engines.opensearch.reader.entity_names import Names
from indexer.engines.opensearch.reader.term_statistics import Ask, Pool, Statistics, Word
from indexer.engines.shared.days import day_number
from indexer.engines.shared.search.labels import LANGUAGE_FIELDS
from indexer.engines.shared.search.paths import path_of
from indexer.engines.shared.search.ranking import K1, B
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_character, is_pattern
from indexer.search.query import Node

Dsl = dict[str, Any]
TextNode = q.Term | q.Phrase | q.Exact

NOTHING: Dsl = {"match_none": {}}
_BM25F = "factor * _score / (_score + base + slope * doc['length'].value)"


class Compiler:
    """Turns nodes into DSL for one generation."""

    def __init__(self, statistics: Statistics, ask: Ask | None = None, names: Names | None = None) -> None:
        self.statistics = statistics
        self._ask = ask
        self._names = names

    def ask(self, body: Dsl) -> Any:
        """The cluster's answer to a search, in time."""
        statistics = self.statistics
        return self._ask(body) if self._ask else statistics.connection.search(body, statistics.indices)

    def compile(self, node: Node) -> Dsl:
        """The DSL of a query; its scores are those of the contract."""
        self.statistics.load(self._ask)
        words = [word for leaf in _leaves(node) if not is_pattern(leaf) for word in self.words(leaf)]
        counts = self.statistics.count(words, self._ask)
        return _Writer(self, counts).write(node)

    def pool(self, field: str, token: str, is_exact: bool) -> Pool:
        """The index terms that a token of a query stands for in a text field."""
        if is_exact or field == URL:
            return exact(field), (cut(token),)
        return field, analysis.stems(cut(token), self.statistics.languages)

    def label_query(self, node: WordNode, field: str) -> Dsl:
        """The articles with a value of a keyword field that a node means, by whatever name an entity has."""
        found = label_query(node, field)
        others = self._names.meant(field, node, self._ask) if self._names else []
        return any_of([found, {"terms": {mapping.facet(field, True): others}}]) if others else found

    def word(self, fields: Sequence[str], token: str, is_exact: bool = False) -> Word:
        """A token of a query in the text fields it is looked for in, as one word that scores."""
        return tuple(self.pool(field, token, is_exact) for field in fields)

    def words(self, node: WordNode) -> Iterator[Word]:
        """The words that make a node's score."""
        if fields := [field for field in text_fields(node) if field != URL]:
            for token, is_exact in _tokens(node):
                yield self.word(fields, token, is_exact)

    def pools(self, node: WordNode, field: str) -> list[Pool]:
        """The words of a node in one field, in order."""
        return [self.pool(field, token, is_exact) for token, is_exact in _tokens(node)]

    def frequency_score(self, word: Word, count: int, times: float = 1.0) -> Dsl:
        """BM25F of a word that so many articles have, for those articles."""
        clauses = [_weighed(field, term) for field, terms in word for term in terms]
        return {
            "script_score": {
                "query": clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}},
                "script": {
                    "lang": "expression",
                    "source": _BM25F,
                    "params": {
                        "factor": times * self.statistics.rarity(count) * (K1 + 1),
                        "base": K1 * (1 - B),
                        "slope": K1 * B / self.statistics.totals.average_length,
                    },
                },
            }
        }


class _Writer:
    """Writes the DSL of a tree whose words are counted."""

    def __init__(self, compiler: Compiler, counts: dict[Word, int]) -> None:
        self._compiler = compiler
        self._counts = counts

    def write(self, node: Node) -> Dsl:
        match node:
            case q.MatchAll():
                return silent({"match_all": {}})
            case q.And(children):
                positive = [self.write(child) for child in children if not isinstance(child, q.Not)]
                negative = [self.write(child.child) for child in children if isinstance(child, q.Not)]
                return {"bool": {"must": positive} | ({"must_not": negative} if negative else {})}
            case q.Or(children):
                return any_of([self.write(child) for child in children])
            case q.Not(child):
                return {"bool": {"must_not": [self.write(child)]}}
            case q.Range(start, end):
                return silent(day_range(start, end))
            case q.OnDay(month, day):
                return silent({"term": {"month_day": month * 100 + day}})
            case q.Missing(field):
                return {"bool": {"must_not": [{"term": {"has": field}}]}}
            case _:
                return self._words(node)

    def _words(self, node: WordNode) -> Dsl:
        if node.field is not None and BY_NAME[node.field].kind in (Kind.KEYWORD, Kind.PATH):
            return silent(self._compiler.label_query(node, node.field))
        fields = text_fields(node)
        if is_pattern(node):
            return _best_of([_in_field(node, field) for field in fields])
        scores = [self._compiler.frequency_score(word, self._counts[word]) for word in self._compiler.words(node)]
        if isinstance(node, TextNode) and len(scores) == 1:
            return scores[0]  # what has a frequency is what matches
        places = any_of([self._places(node, field) for field in fields])
        return {"bool": {"filter": [places], "should": scores}} if scores else silent(places)

    def _places(self, node: WordNode, field: str) -> Dsl:
        """Where the words of a node stand in the right order."""
        if isinstance(node, q.Near):
            left, right = self._intervals(node.left, field), self._intervals(node.right, field)
            if left is None or right is None:
                return NOTHING
            # Which side comes first is open, but they must not overlap.
            return _intervals(
                _base(field), _either(_ordered([left, right], node.distance), _ordered([right, left], node.distance))
            )
        assert isinstance(node, TextNode)
        pools = self._compiler.pools(node, field)
        if not pools:
            return NOTHING
        if len(pools) == 1:
            return {"terms": {pools[0][0]: list(pools[0][1])}}
        slop = node.slop if isinstance(node, q.Phrase) else 0
        if not slop and all(len(terms) == 1 for _, terms in pools):
            return _phrase(pools[0][0], [terms[0] for _, terms in pools])
        return _intervals(pools[0][0], _ordered([_one_of(terms) for _, terms in pools], slop))

    def _intervals(self, node: TextNode, field: str) -> Dsl | None:
        if is_character(node):
            return {"wildcard": {"pattern": f"*{escaped(analysis.fold(node.text))}*", "use_field": exact(field)}}
        pools = self._compiler.pools(node, field)
        if not pools:
            return None
        other = None if pools[0][0] == _base(field) else pools[0][0]
        words = [_one_of(terms, other) for _, terms in pools]
        return words[0] if len(words) == 1 else _ordered(words, node.slop if isinstance(node, q.Phrase) else 0)


def text_fields(node: WordNode) -> Sequence[str]:
    """The text fields a node looks into."""
    if node.field is None:
        return TEXTS
    return (node.field,) if node.field in TEXTS or node.field == URL else ()


def any_of(found: Sequence[Dsl]) -> Dsl:
    """Any of some queries, their scores added up."""
    return found[0] if len(found) == 1 else {"bool": {"should": list(found), "minimum_should_match": 1}}


def _best_of(found: Sequence[Dsl]) -> Dsl:
    """Any of some queries, the best score of which counts."""
    return found[0] if len(found) == 1 else {"dis_max": {"queries": list(found)}}


def _in_field(node: WordNode, field: str) -> Dsl:
    """The articles with a word in one field that a pattern stands for, and what that scores."""
    pattern = pattern_query(node, exact(field))
    if field == URL:
        return silent(pattern)
    return {"constant_score": {"filter": pattern, "boost": BY_NAME[field].weight}}


def _weighed(field: str, term: str) -> Dsl:
    weight = BY_NAME[field.removesuffix("_exact")].weight
    return {"term": {field: term if weight == 1 else {"value": term, "boost": weight}}}


def silent(found: Dsl) -> Dsl:
    """A query that matches and scores nothing."""
    return {"bool": {"filter": [found]}}


def day_range(start: date | None, end: date | None) -> Dsl:
    """Articles published from one day to another; never the undated."""
    bounds = {}
    if start is not None:
        bounds["gte"] = day_number(start)
    if end is not None:
        bounds["lte"] = day_number(end)
    return {"range": {"day": bounds}} if bounds else {"term": {"has": "published"}}


def pattern_query(node: Node, field: str) -> Dsl:
    """The words of a field of words that a pattern stands for."""
    match node:
        case q.Term(text):
            # Words of such scripts have one character or two.
            character = analysis.fold(text)
            return {"regexp": {field: {"value": f".?{character}.?"}}}
        case q.Prefix(text):
            return {"prefix": {field: {"value": analysis.fold(text)}}}
        case q.Wildcard(pattern):
            return {"wildcard": {field: {"value": analysis.fold(pattern).replace("\\", "\\\\")}}}
        case q.Fuzzy(text, edits):
            word = {"value": analysis.fold(text), "fuzziness": edits, "prefix_length": 0, "transpositions": True}
            return {"fuzzy": {field: {**word, "rewrite": "constant_score"}}}
    return NOTHING


def label_query(node: WordNode, field: str) -> Dsl:
    """The articles with a value of a keyword field that a node means; without regard to case and accents."""
    inside = mapping.words(field)
    if is_pattern(node):
        return pattern_query(node, inside)
    match node:
        case q.Exact(text) if BY_NAME[field].kind is Kind.PATH:
            return {"term": {mapping.folded(field): analysis.fold(text).rstrip("/")}}
        case q.Exact(text):
            return {"term": {mapping.folded(field): analysis.fold(text)}}
        case q.Term(text) | q.Phrase(text, 0) if field in LANGUAGE_FIELDS:
            words = _label_words(text)
            return _phrase(inside, [mapping.START, *words]) if words else NOTHING
        case q.Term(text) | q.Phrase(text, 0):
            words = _label_words(text)
            if len(words) == 1:
                return {"term": {inside: words[0]}}
            return _phrase(inside, words) if words else NOTHING
        case q.Phrase(text, slop):
            words = _label_words(text)
            return _intervals(inside, _ordered([_one_of((word,)) for word in words], slop)) if words else NOTHING
        case q.Near(left, right, distance):
            sides = [_label_words(left.text), _label_words(right.text)]
            if not all(sides):
                return NOTHING
            first, second = (_ordered([_one_of((word,)) for word in words], 0) for words in sides)
            return _intervals(inside, _either(_ordered([first, second], distance), _ordered([second, first], distance)))
    return NOTHING


def path_filter(field: str, value: str) -> Dsl:
    """The articles whose path is a value or lies below it."""
    return {"term": {mapping.facet(field): path_of(value)}}


def escaped(text: str) -> str:
    """A text in a wildcard pattern that stands for itself."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?")


def _label_words(text: str) -> list[str]:
    return [cut(token) for token in analysis.tokens(text)]


def _tokens(node: WordNode) -> Iterator[tuple[str, bool]]:
    """The words of a node, and whether they are looked for as they stand."""
    if isinstance(node, q.Near):
        yield from _tokens(node.left)
        yield from _tokens(node.right)
    elif isinstance(node, TextNode):
        yield from ((token, isinstance(node, q.Exact)) for token in analysis.tokens(node.text))


def _leaves(node: Node) -> Iterator[WordNode]:
    match node:
        case q.And(children) | q.Or(children):
            for child in children:
                yield from _leaves(child)
        case q.Not(child):
            yield from _leaves(child)
        case q.Term() | q.Phrase() | q.Near() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Exact():
            yield node


def _base(field: str) -> str:
    """The field whose words are counted through; both of a text field have the same places."""
    return exact(field) if field == URL else field


def _phrase(field: str, words: Sequence[str]) -> Dsl:
    return {"match_phrase": {field: {"query": " ".join(words), "analyzer": "words"}}}


def _intervals(field: str, rule: Dsl) -> Dsl:
    return {"intervals": {field: rule}}


def _one_of(terms: Iterable[str], field: str | None = None) -> Dsl:
    rules = [
        {"match": {"query": term, "analyzer": "words"} | ({"use_field": field} if field else {})} for term in terms
    ]
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": rules}}


def _ordered(rules: Sequence[Dsl], gaps: int) -> Dsl:
    return {"all_of": {"intervals": list(rules), "ordered": True, "max_gaps": gaps}}


def _either(one: Dsl, other: Dsl) -> Dsl:
    return {"any_of": {"intervals": [one, other]}}
