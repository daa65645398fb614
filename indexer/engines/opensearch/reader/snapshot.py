"""One generation of an archive on a cluster, as everything that reads sees it: an immutable value with its statistics.

Made by the engine whenever it moves to a newer generation.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from indexer.article import Article
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.document import NAMED, article_of
from indexer.engines.opensearch.cluster.index_names import pattern
from indexer.engines.opensearch.cluster.retry import Patience, patiently
from indexer.engines.opensearch.cluster.spellings import ShownNames
from indexer.engines.opensearch.cluster.state import State
from indexer.engines.opensearch.reader.entity_names import Names
from indexer.engines.opensearch.reader.term_statistics import Statistics, held, visible
from indexer.entities.corrections import Corrections
from indexer.errors import EngineUnavailable

Dsl = dict[str, Any]
# Articles read in one request, and how long the cluster keeps a scan's view of them between two.
AT_ONCE = 200
KEEP_ALIVE = "5m"
RECORD = ["record", NAMED]


class Snapshot:
    """The articles that were committed by a generation."""

    def __init__(self, connection: Connection, alias: str, state: State, shown_names: ShownNames) -> None:
        self.connection = connection
        self.alias = alias
        self.state = state
        self.shown_names = shown_names
        self.indices = pattern(alias, state.version)
        self.statistics = Statistics(connection, self.indices, state.generation)
        self.names = Names(shown_names, self.statistics)

    @property
    def corrections(self) -> Corrections:
        """Under which names entities are shown."""
        return self.shown_names.corrections

    @property
    def generation(self) -> int:
        """The number of the commit."""
        return self.state.generation

    @property
    def identity(self) -> str:
        """What no other commit has, of this archive or of one that took its place."""
        return self.state.name

    def held(self) -> Dsl:
        """A query for all articles of this generation, withdrawn ones too."""
        return {"bool": {"filter": held(self.generation)}}

    def whole(self, query: Dsl | None = None, filters: Sequence[Dsl] = ()) -> Dsl:
        """A query on the articles of this generation."""
        found: Dsl = {"filter": [*visible(self.generation), *filters]}
        if query is not None:
            found["must"] = [query]
        return {"bool": found}

    def search(self, body: Mapping[str, Any], budget_ms: int | None = None) -> Any:
        """The cluster's answer on the archive's indices."""
        return self.connection.search(body, self.indices, budget_ms)

    def article(self, hit: Mapping[str, Any]) -> Article:
        """The article of a hit, its entities as corrected."""
        return article_of(hit["_source"], self.corrections)

    def find(self, ids: Sequence[str], fields: Sequence[str] = RECORD) -> dict[str, Any]:
        """The hits of articles by id, withdrawn ones too."""
        found: dict[str, Any] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            body = {
                "size": len(part),
                "query": {"bool": {"filter": [*held(self.generation), {"terms": {"id": part}}]}},
                "_source": ["id", *fields],
                "track_total_hits": False,
            }
            found |= {hit["_source"]["id"]: hit for hit in self.search(body)["hits"]["hits"]}
        return found

    def scan(self, query: Dsl, fields: Sequence[str] = RECORD, patience: Patience | None = None) -> Iterator[Any]:
        """All hits of a query, by id, from one view of the archive, whatever is written meanwhile.

        Where the cluster cannot answer, it is asked once more, or as often as `patience` bears.
        """
        view = self._view()
        after: list[Any] | None = None
        renewed: list[Any] | None = []
        try:
            while True:
                body: Dsl = {
                    "size": AT_ONCE,
                    "query": query,
                    "_source": list(fields),
                    "sort": [{"id": "asc"}],
                    "track_total_hits": False,
                }
                if after is not None:
                    body["search_after"] = after
                body["pit"] = {"id": view, "keep_alive": KEEP_ALIVE}
                try:
                    hits = self.connection.search(body, None)["hits"]["hits"]
                except EngineUnavailable as error:
                    if patience is not None:
                        patience.pause(error)
                    elif renewed == after:
                        raise
                    renewed = after
                    self._close(view)
                    # A node that held a part of the view may be gone: the rest has a copy.
                    view = self._view() if patience is None else patiently(self._view)
                    continue
                if patience is not None:
                    patience.progress()
                yield from hits
                if len(hits) < AT_ONCE:
                    return
                after = hits[-1]["sort"]
        finally:
            self._close(view)

    def largest_index(self) -> str:
        """The index with the most documents."""
        answer = self.connection.call(lambda client: client.indices.stats(index=self.indices, metric="docs"))
        sizes = {name: each["primaries"]["docs"]["count"] for name, each in answer["indices"].items()}
        return str(max(sorted(sizes), key=lambda name: sizes[name]))

    def _view(self) -> str:
        answer = self.connection.call(
            lambda client: client.create_pit(index=self.indices, params={"keep_alive": KEEP_ALIVE})
        )
        return str(answer["pit_id"])

    def _close(self, view: str) -> None:
        with suppress(Exception):  # it ends by itself
            self.connection.client.delete_pit(body={"pit_id": [view]})
