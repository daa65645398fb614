"""What is said more in the hits than in the rest of the archive. Called by the engine for `significant_terms`.

Which words the hits have is learnt by reading some of them (`shared.significance`); how many hits and articles have
each word and name is counted by the cluster, all of them in one request each. Where there are more hits than are looked
at, the score of the last tells which are: those that tie with it are looked at too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from indexer.article import ENTITY_KINDS
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.document import stored_record
from indexer.engines.opensearch.query.compile import Dsl, any_of
from indexer.engines.opensearch.query.vocabulary import ClusterVocabulary
from indexer.engines.opensearch.reader.term_statistics import Pool, Word
from indexer.engines.opensearch.search import facets
from indexer.engines.opensearch.search.searcher import Search
from indexer.engines.shared.search.ranking import FUTURE_BACK
from indexer.engines.shared.significance.choosing import chosen, spelt_out
from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.sample import SAMPLE, Candidate, Sample, code_of
from indexer.engines.shared.significance.statistics import Counted, Sizes, fewest
from indexer.engines.shared.stored_article import texts_of
from indexer.search.parser import disjunction
from indexer.search.query import Term
from indexer.search.significance import MOST_HITS, SignificantTerm, SignificantTerms

# Names of each kind that are weighed: the most frequent.
_NAMES = 300
# Any number: with it, the same hits are read whenever the same search is asked about.
_SEED = 1993


def significant_terms(search: Search, size: int) -> SignificantTerms:
    """The words and names that set the best hits of a search apart, which is to be by relevance."""
    totals = search.snapshot.statistics.load(search.ask)
    total, hits = _best(search)
    counter = _Counter(search, hits)
    terms: tuple[SignificantTerm, ...] = ()
    if size > 0 and 0 < counter.sizes.hits < counter.sizes.all:
        own = OwnWords(search.request, search.tree, totals.languages)
        words = _words(counter, own, size)
        terms = chosen(words, counter.names(), own, totals.languages, size)
    return SignificantTerms(
        terms=terms,
        total=total,
        foreground=counter.sizes.hits,
        background=counter.sizes.all - counter.sizes.hits,
        tree=spelt_out(
            search.tree, total, partial(search.total, search.request), ClusterVocabulary(search.compiler).held
        ),
        request=search.request,
        matching=search.decision.matching,
        warnings=tuple(dict.fromkeys((*search.parsed.warnings, *search.advice()))),
    )


def _best(search: Search) -> tuple[int, Dsl]:
    """How many hits there are, and a query for the best of them."""
    everything = search.everything()
    total = int(_hits(search, {"size": 0, "query": everything})["total"]["value"])
    if total <= MOST_HITS:
        return total, everything
    body = {**search.page_body(1, None, []), "from": MOST_HITS - 1}
    score, second, _ = search.ask(body)["hits"]["hits"][0]["sort"]
    filters = search.filters_but(None)
    if score:
        least = {"query": search.query, "script": {"source": "_score"}, "min_score": score}
        return total, search.snapshot.whole(None, [*filters, {"script_score": least}])
    if second > -FUTURE_BACK:
        filters.append({"range": {"seconds": {"gte": int(second)}}})
    return total, search.snapshot.whole(search.query, filters)


def _hits(search: Search, body: Dsl) -> Any:
    return search.ask({"track_total_hits": True, **body})["hits"]


def _words(counter: "_Counter", own: OwnWords, size: int) -> Iterator[Counted]:
    """The most promising words of the hits, counted."""
    candidates = counter.sample().candidates(own, counter.languages, counter.held, size)
    return counter.words(candidates)


class _Counter:
    """Counts among the hits that are looked at, and among all articles."""

    def __init__(self, search: Search, hits: Dsl) -> None:
        self._search = search
        self._hits = hits
        self._all = search.snapshot.whole()
        codes = {*map(code_of, search.snapshot.statistics.languages)}
        self._speaking = {code: self._in_language(code) for code in sorted(codes)}
        wanted = {f"language {code}": {"filter": query} for code, query in self._speaking.items()}
        here, everywhere = self._counted(hits, wanted), self._counted(self._all, wanted)
        self.sizes = Sizes(here[""], everywhere[""])
        self.languages = {
            code: Sizes(here[f"language {code}"], everywhere[f"language {code}"]) for code in self._speaking
        }

    def _counted(self, query: Dsl, filters: Mapping[str, Dsl]) -> dict[str, int]:
        """How many articles pass each filter; "" for all."""
        answer = self._search.ask({"size": 0, "track_total_hits": True, "query": query, "aggs": dict(filters)})
        found = {name: int(each["doc_count"]) for name, each in answer.get("aggregations", {}).items()}
        return {**found, "": int(answer["hits"]["total"]["value"])}

    def _in_language(self, code: str) -> Dsl:
        """The articles in a language, or that have a translation, where any is in that."""
        totals = self._search.snapshot.statistics.totals
        if not code:
            return {"bool": {"must_not": [{"term": {"has": "language"}}]}}
        spoken: list[Dsl] = [{"terms": {"language": [tag for tag in totals.languages if tag and code_of(tag) == code]}}]
        if self._search.request.translation and code in map(code_of, totals.translated):
            spoken.append({"term": {"has": mapping.TRANSLATION}})
        return any_of(spoken)

    def sample(self) -> Sample:
        """Some of the hits, drawn by chance, but always the same."""
        query = {"bool": {"filter": [self._hits]}}
        drawn = {"random_score": {"seed": _SEED, "field": "id"}, "boost_mode": "replace"}
        body = {"size": SAMPLE, "query": {"function_score": {"query": query, **drawn}}, "_source": ["record"]}
        found = self._search.ask({**body, "track_total_hits": False})["hits"]["hits"]
        translation = self._search.request.translation
        return Sample([texts_of(stored_record(hit["_source"]), translation=translation) for hit in found])

    def held(self, terms: Collection[str]) -> Mapping[str, int]:
        """In how many articles each index term is, in the field that has it most often."""
        statistics = self._search.snapshot.statistics
        pools: dict[Word, str] = {
            (Pool(field, (mapping.term(term),)),): term for term in terms for field in mapping.OWN_TEXTS
        }
        found: dict[str, int] = {}
        for word, count in statistics.count(pools, self._search.ask).items():
            found[pools[word]] = max(found.get(pools[word], 0), count)
        return found

    def words(self, candidates: Sequence[Candidate]) -> Iterator[Counted]:
        """Words with their numbers."""
        if not candidates:
            return
        compiled = self._search.compiler.compile
        compiled(disjunction(*(Term(each.text) for each in candidates)))  # asks at once what all of them need
        queries = [compiled(Term(each.text)) for each in candidates]
        filters: dict[str, Dsl] = {}
        for at, (each, query) in enumerate(zip(candidates, queries, strict=True)):
            filters[f"any {at}"] = {"filter": query}
            filters[f"own {at}"] = {"filter": {"bool": {"filter": [query, self._speaking[each.language]]}}}
        here, everywhere = self._counted(self._hits, filters), self._counted(self._all, filters)
        for at, each in enumerate(candidates):
            own = f"own {at}"
            yield each.counted(here[f"any {at}"], here[own], everywhere[own], self.languages[each.language])

    def names(self) -> Iterator[Counted]:
        """The names that facets of the hits would list; none of a kind that is filtered, of which a second value would
        widen the search."""
        request = self._search.request
        kinds: list[str] = [kind for kind in ENTITY_KINDS if not request.filter(kind).values]
        where = {kind: mapping.facet(kind, request.all_mentions) for kind in kinds}
        wanted = {kind: facets.most_frequent(where[kind], _NAMES) for kind in kinds}
        here = self._buckets(self._hits, wanted)
        least = fewest(self.sizes.hits)
        names = {kind: [name for name, count in here[kind].items() if count >= least] for kind in kinds}
        recounted = {kind: facets.recount(where[kind], (), names[kind]) for kind in kinds if names[kind]}
        everywhere = self._buckets(self._all, recounted)
        for kind, buckets in everywhere.items():
            for name, count in buckets.items():
                yield Counted(kind, name, here[kind][name], here[kind][name], count, self.sizes)

    def _buckets(self, query: Dsl, wanted: Mapping[str, Dsl]) -> dict[str, dict[str, int]]:
        if not wanted:
            return {}
        answer = self._search.ask({"size": 0, "query": query, "aggs": dict(wanted)})["aggregations"]
        return {
            kind: {bucket["key"]: bucket["doc_count"] for bucket in answer[kind].get("values", answer[kind])["buckets"]}
            for kind in wanted
        }
