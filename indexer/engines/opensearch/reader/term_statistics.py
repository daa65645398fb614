"""What scores and queries need to know of a generation: how many articles, how long, in which languages, and in how
many of them a word is.

Counted by the cluster when first asked for and kept for the generation's life. Called by the compiler of queries.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.mapping import TOGETHER, TRANSLATED
from indexer.engines.shared.search.ranking import latest_second, rarity

# Words whose counts are kept, for each generation.
KEPT = 20_000
# Languages beyond so many are a mistake in the data.
MOST_LANGUAGES = 1_000
# Counts asked for in one request.
IN_ONE_REQUEST = 1_000


class Pool(NamedTuple):
    """What counts as one word in a field of the index: any of some terms, of `wide` ones that stand for a compound, by
    their number of parts, or a `row` of positions, each with any of some terms."""

    field: str
    terms: tuple[str, ...]
    wide: tuple[tuple[int, str], ...] = ()
    row: tuple[tuple[str, ...], ...] = ()

    @property
    def query(self) -> dict[str, Any]:
        """The articles that have it."""
        terms = {"terms": {self.field: [*self.terms, *(term for _, term in self.wide)]}}
        return {"bool": {"should": [terms, self.row_query]}} if self.row else terms

    @property
    def row_query(self) -> dict[str, Any]:
        """The articles that have the row."""
        row = " ".join(map(TOGETHER.join, self.row))
        return {"match_phrase": {self.field: {"query": row, "analyzer": "words"}}}


# A word is what it is in each field it is looked for in.
Word = tuple[Pool, ...]
# Has the cluster answer a body of a search, in time.
Ask = Callable[[dict[str, Any]], Any]


def visible(generation: int) -> list[dict[str, Any]]:
    """The filters that leave the articles of a generation that can be found: those it holds but the withdrawn."""
    return held(generation, {"term": {"withdrawn": True}})


def held(generation: int, *others: dict[str, Any]) -> list[dict[str, Any]]:
    """The filters that leave the articles of a generation: committed by then, and not replaced or removed by then; nor
    any of `others`."""
    alive = {"bool": {"must_not": [{"range": {"died": {"lte": generation}}}, *others]}}
    return [{"range": {"born": {"lte": generation}}}, alive]


def holding(word: Word) -> dict[str, Any]:
    """The articles that have a word."""
    clauses = [pool.query for pool in word]
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}}


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers over all articles: how many, how long on average as scores see it, in which languages. `newest` is in
    seconds since 1970, None where all are undated; `future` says that some are dated later than is believed, which
    `newest` leaves out. `translated` says how many translations by machines there are in each language."""

    articles: int
    average_length: float
    languages: tuple[str | None, ...]
    newest: int | None
    language_counts: Mapping[str, int] = field(default_factory=dict)
    future: bool = False
    translated: Mapping[str, int] = field(default_factory=dict)


class Statistics:
    """The numbers of one generation. Safe to share between threads."""

    def __init__(
        self,
        connection: Connection,
        indices: str,
        generation: int,
        among: Sequence[dict[str, Any]] = (),
        totals: Totals | None = None,
    ) -> None:
        self.connection = connection
        self.indices = indices
        self.generation = generation
        self._among = among
        self._totals = totals
        self._counts: OrderedDict[Word, int] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def totals(self) -> Totals:
        """The sums over all articles."""
        return self._totals or self.load()

    def load(self, ask: Ask | None = None) -> Totals:
        """The sums over all articles, asked for by `ask` if they are not known yet."""
        if self._totals is None:
            self._totals = self._sum(ask)
        return self._totals

    def among(self, filters: Sequence[dict[str, Any]]) -> "Statistics":
        """The same sums over all articles, with words counted in those articles alone that pass some filters."""
        return Statistics(self.connection, self.indices, self.generation, filters, self.totals)

    def _sum(self, ask: Ask | None) -> Totals:
        sums: dict[str, Any] = {"length": {"sum": {"field": "length"}}}
        sums["languages"] = {"terms": {"field": "language", "size": MOST_LANGUAGES}}
        sums["translated"] = {"terms": {"field": TRANSLATED, "size": MOST_LANGUAGES}}
        sums["unstated"] = {"missing": {"field": "language"}}
        believed = {"range": {"seconds": {"lte": latest_second()}}}
        sums["believed"] = {"filter": believed, "aggs": {"newest": {"max": {"field": "seconds"}}}}
        sums["future"] = {"filter": {"range": {"seconds": {"gt": latest_second()}}}}
        answer = self._ask(sums, ask)
        articles, found = answer["hits"]["total"]["value"], answer["aggregations"]
        counts, translated = (
            {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
            for name in ("languages", "translated")
        )
        languages: list[str | None] = list(counts | translated)
        if found["unstated"]["doc_count"]:
            languages.append(None)
        newest = found["believed"]["newest"]["value"]
        return Totals(
            articles=articles,
            average_length=found["length"]["value"] / (articles or 1) or 1.0,
            languages=tuple(languages),
            newest=None if newest is None else int(newest),
            language_counts=counts,
            future=found["future"]["doc_count"] > 0,
            translated=translated,
        )

    @property
    def languages(self) -> tuple[str | None, ...]:
        """The languages of the articles and of their translations; None among them where some have none."""
        return self.totals.languages

    def count(self, words: Iterable[Word], ask: Ask | None = None) -> dict[Word, int]:
        """In how many articles each word is, in whatever field; those not known yet are asked for by `ask`."""
        wanted = list(dict.fromkeys(words))
        with self._lock:
            found = {word: self._counts[word] for word in wanted if word in self._counts}
        unknown = [word for word in wanted if word not in found]
        for start in range(0, len(unknown), IN_ONE_REQUEST):
            part = unknown[start : start + IN_ONE_REQUEST]
            filters = {str(n): {"filter": holding(word)} for n, word in enumerate(part)}
            counted = self._ask(filters, ask)["aggregations"]
            found |= {word: counted[str(n)]["doc_count"] for n, word in enumerate(part)}
        with self._lock:
            self._counts |= found
            while len(self._counts) > KEPT:
                self._counts.popitem(last=False)
        return found

    def held(self, field: str, terms: Iterable[str], ask: Ask | None = None) -> list[str]:
        """Those of some terms that any article has in a field."""
        words = [(Pool(field, (term,)),) for term in terms]
        counts = self.count(words, ask)
        return [word[0].terms[0] for word in words if counts[word]]

    def rarity(self, count: int) -> float:
        """The inverse document frequency of what so many articles have."""
        return rarity(self.totals.articles, count)

    def _ask(self, aggregations: dict[str, Any], ask: Ask | None) -> Any:
        body = {
            "size": 0,
            "track_total_hits": True,
            "query": {"bool": {"filter": [*visible(self.generation), *self._among]}},
            "aggs": aggregations,
        }
        return ask(body) if ask else self.connection.search(body, self.indices)
