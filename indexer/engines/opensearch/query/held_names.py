"""What an archive on a cluster shows for names: those at hand (`reader.entity_names`), and those that no value has.

Called by the compiler and for filter values.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indexer import analysis
from indexer.article import Article, EntityKind
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.reader.snapshot import RECORD, Snapshot
from indexer.engines.opensearch.reader.term_statistics import Ask
from indexer.engines.shared.search.other_names import KINDS, READ, meant_in_articles, names_with, text_of
from indexer.entities.spellings_of import Spellings
from indexer.search.leaves import WordNode
from indexer.search.query import Node, Phrase

Dsl = dict[str, Any]
# Values that the cluster counts in the articles that have a value looked for; those of one article are far fewer.
MOST = 1_000
# Signs of a regular expression that a cluster takes.
MOST_SIGNS = 1_000


@dataclass(frozen=True, slots=True)
class ClusterNames:
    """See `indexer.engines.shared.search.suggestions.SuggestedNames`; `query_of` compiles a node."""

    snapshot: Snapshot
    ask: Ask
    query_of: Callable[[Node], Dsl]

    def meant(self, field: str, node: WordNode, found: Dsl) -> list[str]:
        """The values of a field that a node means by names they are not shown by; `found` are the articles with values
        that it means as they are shown."""
        names, kind = self.snapshot.names, KINDS.get(field)
        others = names.meant(field, node, self.ask)
        if others or kind is None or not names.joined:
            return others
        values = names.occurring(kind, {names.corrected(kind, name) for name in names_with(kind, node)}, self.ask)
        text = text_of(node)
        if (not values and text is None) or self._any(found):
            return []
        meant = values or meant_in_articles(kind, text or "", self)
        return sorted({names.find(kind, name, self.ask) for name in meant})

    def fitting(self, kind: EntityKind, wanted: Spellings) -> Iterator[tuple[str, int]]:
        """The values of which a word has one of some spellings, each with its number of articles."""
        if len(wanted.expression) > MOST_SIGNS:
            return
        query = {"regexp": {mapping.words(kind): {"value": wanted.expression, "flags": "NONE"}}}
        values = {"terms": {"field": mapping.facet(kind, True), "size": MOST, "shard_size": MOST}}
        body = {"size": 0, "query": self.snapshot.whole(filters=[query]), "aggs": {"values": values}}
        for bucket in self.ask(body | {"track_total_hits": False})["aggregations"]["values"]["buckets"]:
            if any(map(wanted.fits, analysis.tokens(bucket["key"]))):
                yield bucket["key"], bucket["doc_count"]

    def counted(self, kind: EntityKind, names: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Those of some names that facets count, with the values they are shown by and their numbers of articles."""
        shown = {name: self.snapshot.names.corrected(kind, name) for name in names}
        if not shown:
            return {}
        wanted = sorted(set(shown.values()))
        values = {"terms": {"field": mapping.facet(kind), "include": wanted, "size": len(wanted)}}
        body = {"size": 0, "query": self.snapshot.whole(), "track_total_hits": False, "aggs": {"values": values}}
        buckets = self.ask(body)["aggregations"]["values"]["buckets"]
        counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return {name: (label, counts[label]) for name, label in shown.items() if label in counts}

    def naming(self, text: str) -> Iterator[Article]:
        """Some of the articles that hold a phrase."""
        if analysis.tokens(text):
            query = self.snapshot.whole(filters=[self.query_of(Phrase(text))])
            body = {"size": READ, "query": query, "_source": RECORD, "track_total_hits": False}
            yield from map(self.snapshot.article, self.ask(body)["hits"]["hits"])

    def _any(self, found: Dsl) -> bool:
        """Whether there is an article that a query finds."""
        body = {"size": 0, "query": self.snapshot.whole(filters=[found]), "track_total_hits": 1}
        return bool(self.ask(body)["hits"]["total"]["value"])
