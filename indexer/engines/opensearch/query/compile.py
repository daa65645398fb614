"""Query tree -> query DSL. Golden files in `tests/golden/opensearch` show what each node becomes.

What matches and what scores are two things: a clause is a filter on words in their places, beside it stands for each of
its words a score made of how often the article has it (`_score`, which adds up over fields and terms what `mapping` has
the cluster compute), the article's length and numbers over the archive. So scores are BM25F over the whole archive, on
whatever shard an article is.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, tzinfo
from itertools import product
from typing import Any

from indexer import analysis
from indexer.analysis import QueryWord
from indexer.analysis.compounds import WIDTHS
from indexer.analysis.patterns import in_order
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.mapping import OWN_TEXTS, TEXTS, URL, exact
from indexer.engines.opensearch.cluster.mapping import term as cut
from indexer.engines.opensearch.query.held_names import ClusterNames
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.term_statistics import Ask, Pool, Statistics, Word
from indexer.engines.shared.days import day_number
from indexer.engines.shared.extra_words import asked_words
from indexer.engines.shared.search.labels import LANGUAGE_FIELDS
from indexer.engines.shared.search.paths import path_of
from indexer.engines.shared.search.ranking import K1, B
from indexer.fields import BY_NAME, Kind
from indexer.search import query as q
from indexer.search.leaves import WordNode, is_character, is_pattern, solids
from indexer.search.moments import Moment, seconds_between
from indexer.search.query import Node

Dsl = dict[str, Any]
TextNode = q.Term | q.Phrase | q.Exact

# Compounds of a phrase that are looked for in all ways of writing them; the cluster tries every combination of ways.
MOST_COMPOUNDS = 4
NOTHING: Dsl = {"match_none": {}}
_BM25F = "factor * _score / (_score + base + slope * doc['length'].value)"


class Compiler:
    """Turns nodes into DSL for one generation. Without `translation`, what machines translated is not looked into."""

    def __init__(
        self,
        statistics: Statistics,
        ask: Ask | None = None,
        snapshot: Snapshot | None = None,
        clocks: tzinfo = UTC,
        *,
        translation: bool = True,
    ) -> None:
        self._translation = translation
        self.statistics = statistics
        self.clocks = clocks
        self._ask = ask
        self.names = ClusterNames(snapshot, self.ask, self.compile) if snapshot else None

    @property
    def texts(self) -> tuple[str, ...]:
        """The text fields that are looked into."""
        return TEXTS if self._translation and self.statistics.totals.translated else OWN_TEXTS

    def text_fields(self, node: WordNode) -> Sequence[str]:
        """The text fields a node looks into."""
        if node.field is None:
            return self.texts
        return (node.field,) if node.field in self.texts or node.field == URL else ()

    def ask(self, body: Dsl) -> Any:
        """The cluster's answer to a search, in time."""
        statistics = self.statistics
        return self._ask(body) if self._ask else statistics.connection.search(body, statistics.indices)

    def compile(self, node: Node) -> Dsl:
        """The DSL of a query; its scores are those of the contract."""
        return self.compile_each([node])[0]

    def compile_each(self, nodes: Sequence[Node]) -> list[Dsl]:
        """The same of many queries, whose words are looked up together."""
        self.statistics.load(self._ask)
        spelt_out = [leaf for node in nodes for leaf in _leaves(node) if not is_pattern(leaf)]
        self._look_up(spelt_out)
        words = [word for leaf in spelt_out for word in self.words(leaf)]
        writer = _Writer(self, self.statistics.count(words, self._ask))
        return [writer.write(node) for node in nodes]

    def _look_up(self, leaves: Iterable[WordNode]) -> None:
        """Ask in one request which terms there are of all that the words of queries may stand for."""
        asked = {
            (field, term)
            for leaf in leaves
            for field in self.text_fields(leaf)
            if field != URL
            for part in _text_parts(leaf)
            if not isinstance(part, q.Exact)
            for word in self.asked(part.text, solids(part))
            for term in (*_any_width(word), *(term for terms in word.parts for term in terms))
        }
        self.statistics.count(((Pool(field, (cut(term),)),) for field, term in sorted(asked)), self._ask)

    def asked(self, text: str, solids: Sequence[str] = ()) -> tuple[QueryWord, ...]:
        """The words of a query text, analysed for the languages of the archive."""
        return analysis.query_words(text, self.statistics.languages, solids)

    def pool(self, field: str, word: QueryWord) -> Pool:
        """The index terms that a word of a query stands for in a text field."""
        plain = self._held(field, word.terms)
        wide = [(width, term) for width in WIDTHS for term in self._held(field, word.of_width(width))]
        row = tuple(self._held(field, terms) for terms in word.parts)
        return Pool(field, plain, tuple(wide), row if all(row) else ())

    def _held(self, field: str, terms: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.statistics.held(field, map(cut, terms), self._ask))

    def label_query(self, node: WordNode, field: str) -> Dsl:
        """The articles with a value of a keyword field that a node means, by whatever name an entity has."""
        found = label_query(node, field)
        others = self.names.meant(field, node, found) if self.names else []
        return any_of([found, {"terms": {mapping.facet(field, True): others}}]) if others else found

    def word(self, fields: Sequence[str], word: QueryWord) -> Word:
        """A word of a query in the text fields it is looked for in, as one that scores."""
        return tuple(self.pool(field, word) for field in fields)

    def words(self, node: WordNode) -> Iterator[Word]:
        """The words that make a node's score."""
        if fields := [field for field in self.text_fields(node) if field != URL]:
            yield from zip(*(self.pools(node, field) for field in fields), strict=True)

    def pools(self, node: WordNode, field: str) -> list[Pool]:
        """The words of a node in one field, in order."""
        found: list[Pool] = []
        for part in _text_parts(node):
            if field == URL or isinstance(part, q.Exact):
                found += [Pool(exact(field), (cut(token),)) for token in analysis.tokens(part.text)]
            else:
                found += [self.pool(field, word) for word in self.asked(part.text, solids(part))]
        return found

    def frequency_score(self, word: Word, count: int, times: float = 1.0) -> Dsl:
        """BM25F of a word that so many articles have, for those articles."""
        return {
            "script_score": {
                "query": frequency_query(word),
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
            case q.Added(start, end):
                return silent(added_range(start, end, self._compiler.clocks))
            case q.OnDay(month, day):
                return silent({"term": {"month_day": month * 100 + day}})
            case q.Extra(key, text):
                return silent({"bool": {"filter": [{"term": {mapping.EXTRA: cut(w)}} for w in asked_words(key, text)]}})
            case q.Missing(field):
                return {"bool": {"must_not": [{"term": {"has": field}}]}}
            case _:
                return self._words(node)

    def _words(self, node: WordNode) -> Dsl:
        if node.field is not None and BY_NAME[node.field].kind in (Kind.KEYWORD, Kind.PATH):
            return silent(self._compiler.label_query(node, node.field))
        fields = self._compiler.text_fields(node)
        if not fields:
            return NOTHING
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
        if not all(pool.terms or pool.wide or pool.row for pool in pools):
            return NOTHING
        if len(pools) == 1:
            return pools[0].query
        slop = node.slop if isinstance(node, q.Phrase) else 0
        if not slop and all(len(pool.terms) == 1 and not pool.wide and not pool.row for pool in pools):
            return _phrase(pools[0].field, [pool.terms[0] for pool in pools])
        return _intervals(pools[0].field, _ordered(_occurrences(pools), slop))

    def _intervals(self, node: TextNode, field: str) -> Dsl | None:
        if is_character(node):
            return {"wildcard": {"pattern": f"*{escaped(analysis.fold(node.text))}*", "use_field": exact(field)}}
        pools = self._compiler.pools(node, field)
        if not pools or not all(pool.terms or pool.wide or pool.row for pool in pools):
            return None
        other = None if pools[0].field == _base(field) else pools[0].field
        words = _occurrences(pools, other)
        return words[0] if len(words) == 1 else _ordered(words, node.slop if isinstance(node, q.Phrase) else 0)


def frequency_query(word: Word) -> Dsl:
    """A query whose score is how often an article has a word, each time as often as its field weighs."""
    found = [clause for pool in word for clause in _frequencies(pool)]
    return any_of(found) if found else NOTHING


def _frequencies(pool: Pool) -> list[Dsl]:
    """The clauses of one field. Where hyphened parts stand in a row, both are one occurrence."""
    plain = [_weighed(pool.field, term) for term in pool.terms]
    wide = [_weighed(pool.field, term) for _, term in pool.wide]
    if not pool.row:
        return [*plain, *wide]
    rows = []
    # A shard scores a phrase once for each of its terms that it has. With one term at each place it has all or none.
    for terms in _in_one_language(pool.row):
        rows.append(_phrase(pool.field, terms))
        rows[-1]["match_phrase"][pool.field]["boost"] = _weight(pool.field) / len(terms)
    if not wide:
        return [*plain, *rows]
    return [*plain, {"dis_max": {"queries": [any_of(found) for found in (wide, rows) if found]}}]


def _in_one_language(row: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The terms that an article may have in a row: none of a language beside one of another."""
    for terms in product(*row):
        if len(set(filter(None, map(analysis.tag, terms)))) < 2:
            yield terms


def _any_width(word: QueryWord) -> tuple[str, ...]:
    return tuple(term for width in (1, *WIDTHS) for term in word.of_width(width))


def _text_parts(node: WordNode) -> "Sequence[q.Term | q.Phrase | q.Exact]":
    if isinstance(node, q.Near):
        return node.left, node.right
    return (node,) if isinstance(node, TextNode) else ()


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


def _weight(field: str) -> int:
    return BY_NAME[field.removesuffix("_exact")].weight


def _weighed(field: str, term: str) -> Dsl:
    weight = _weight(field)
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


def added_range(start: date | Moment | None, end: date | Moment | None, clocks: tzinfo) -> Dsl:
    """Articles that the archive first held from one day or moment to another."""
    first, last = seconds_between(start, end, clocks)
    bounds = {name: second for name, second in (("gte", first), ("lte", last)) if second is not None}
    return {"range": {"added": bounds}} if bounds else {"exists": {"field": "added"}}


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
            return {"wildcard": {field: {"value": in_order(analysis.fold(pattern)).replace("\\", "\\\\")}}}
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


def _occurrences(pools: Sequence[Pool], field: str | None = None) -> list[Dsl]:
    """Where the words of a phrase stand, compounds with all their parts."""
    compounds = [at for at, pool in enumerate(pools) if pool.wide or pool.row]
    most = set(compounds[:MOST_COMPOUNDS])
    return [_ways(pool, field) if at in most or not pool.terms else _one_of(pool.terms, field)
            for at, pool in enumerate(pools)]  # fmt: skip


def _ways(pool: Pool, field: str | None) -> Dsl:
    """Where a word stands in any of the ways it is written."""
    rules = [_one_of(pool.terms, field)] if pool.terms else []
    for width in WIDTHS:
        terms = [term for wide, term in pool.wide if wide == width]
        if terms:
            ends = [term + mapping.LAST for term in terms]
            rules.append(_ordered([_one_of(terms, field), _one_of(ends, field)], width - 2))
    if pool.row:
        rules.append(_ordered([_one_of(terms, field) for terms in pool.row], 0))
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": rules}}


def _ordered(rules: Sequence[Dsl], gaps: int) -> Dsl:
    return {"all_of": {"intervals": list(rules), "ordered": True, "max_gaps": gaps}}


def _either(one: Dsl, other: Dsl) -> Dsl:
    return {"any_of": {"intervals": [one, other]}}
