"""The labels of an archive's facets on a cluster, for filter values typed by hand. Called by the search."""

from collections.abc import Iterable, Sequence

from indexer import analysis
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.query.compile import Dsl, label_query
from indexer.engines.opensearch.query.held_names import MOST
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.term_statistics import Ask, Pool, Word
from indexer.engines.shared.search.labels import label_line
from indexer.engines.shared.search.other_names import HeldNames
from indexer.engines.shared.search.paths import path_of
from indexer.fields import BY_NAME, LATER_FIELDS, Kind
from indexer.search.query import Phrase
from indexer.search.request import MISSING, SearchRequest

# Labels of other spellings that each shard returns.
PER_SHARD = 20


class ClusterLabels:
    """See `indexer.engines.shared.search.filter_values.Labels`."""

    def __init__(self, snapshot: Snapshot, ask: Ask, request: SearchRequest, names: HeldNames | None) -> None:
        self._snapshot = snapshot
        self._ask = ask
        self.names = names if snapshot.names.joined else None
        # One request tells all that are there as they stand.
        snapshot.statistics.count(
            [
                _word(chosen.field, value)
                for chosen in request.filters
                if chosen.field in mapping.KEYWORDS
                for value in (*chosen.values, *chosen.excluded)
                if value != MISSING
            ],
            ask,
        )

    def shown(self, field: str, value: str) -> str | None:
        """The label that a value means as it stands."""
        found = self._snapshot.names.find(field, value, self._ask)
        word = _word(field, found)
        return found if self._snapshot.statistics.count([word], self._ask)[word] > 0 else None

    def alike(self, field: str, value: str) -> Sequence[str]:
        """The labels that equal a value but for case and accents, A-Z."""
        wanted = analysis.fold(_whole(field, value))
        found = {label for label, _ in self._folded(field, [wanted])}
        return sorted(found | set(self._snapshot.names.alike(field, wanted, self._ask)))

    def near(self, field: str, value: str, edits: int) -> Iterable[tuple[str, int]]:
        """Labels within so many edits of a value, or that hold its words, each with its number of articles."""
        words = label_line(value)
        holding = self._counted(field, label_query(Phrase(value, field=field), field))
        found = {label: count for label, count in holding if words in label_line(label)}
        if edits and self._is_held(field) and (spelt := self._spelt(field, value, edits)):
            found |= dict(self._folded(field, spelt))
        return found.items()

    def _is_held(self, field: str) -> bool:
        """Whether indices have a field: those of the days before it was there cannot be asked for its spellings."""
        return field not in LATER_FIELDS or bool(self._counted(field, {"exists": {"field": mapping.facet(field)}}))

    def _spelt(self, field: str, value: str, edits: int) -> list[str]:
        """The folded labels within so many edits."""
        suggester = {
            "field": mapping.folded(field),
            "analyzer": "keyword",
            "max_edits": edits,
            "suggest_mode": "always",
            "prefix_length": 0,
            "min_word_length": 1,
            "accuracy": 0.1,
            "size": PER_SHARD,
            "shard_size": PER_SHARD,
            "string_distance": "damerau_levenshtein",
        }
        body = {"size": 0, "suggest": {"text": analysis.fold(value), "labels": {"term": suggester}}}
        return [option["text"] for entry in self._ask(body)["suggest"]["labels"] for option in entry["options"]]

    def _folded(self, field: str, folded: Sequence[str]) -> list[tuple[str, int]]:
        """The labels with these folded forms."""
        counted = self._counted(field, {"terms": {mapping.folded(field): list(folded)}})
        return [(label, count) for label, count in counted if analysis.fold(label) in folded]

    def _counted(self, field: str, query: Dsl) -> list[tuple[str, int]]:
        """The labels of the articles that a query finds, most frequent first."""
        values = {"terms": {"field": mapping.facet(field, True), "size": MOST, "shard_size": MOST}}
        body = {"size": 0, "query": self._snapshot.whole(filters=[query]), "aggs": {"values": values}}
        buckets = self._ask(body | {"track_total_hits": False})["aggregations"]["values"]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]


def _word(field: str, value: str) -> Word:
    return (Pool(mapping.facet(field, True), (_whole(field, value),)),)


def _whole(field: str, value: str) -> str:
    return path_of(value) if BY_NAME[field].kind is Kind.PATH else value
