"""The work of a build, done alike in the writer's own process and in its worker processes.

In: items with their origins. Out: what became of each (`Event` or `Reject`), and the near-duplicate signatures of what
was written. An item is prepared, compared with the committed archive, enriched, analysed and sent to the cluster as a
document of the generation to come, which no reader sees before the commit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from indexer.article import Article
from indexer.config import EngineConfig
from indexer.engines.opensearch.cluster import bulk_requests, mapping
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.document import document, stored_article
from indexer.engines.opensearch.cluster.index_names import index_of, key_of, pattern
from indexer.engines.opensearch.cluster.indices import Rolled
from indexer.engines.opensearch.cluster.retry import patiently
from indexer.engines.opensearch.reader.term_statistics import held
from indexer.engines.opensearch.writer.groups import Signed, bands, packed_signature
from indexer.engines.shared.stored_article import pack_record
from indexer.engines.shared.writing.items import Item, prepared, rejection
from indexer.engines.shared.writing.ledger import DocumentRef, Event
from indexer.engines.shared.writing.versions import Outcome, place
from indexer.engines.shared.writing.worker import holding
from indexer.entities.corrections import Corrections
from indexer.near_duplicates import signatures
from indexer.rejection import EXCERPT, Reject
from indexer.writing import Enrich, Prepare

# Ids looked up in one request.
IDS_AT_ONCE = 1_000
# The sequence of what is written in place of several items, which comes after all of them.
REWRITTEN = 1 << 60
_hash = lru_cache(maxsize=200_000)(signatures.word_hash)


@dataclass(frozen=True, slots=True)
class Target:
    """Where and for which commit documents are written, and under which names they show entities. `session` tells this
    writer's documents from a dead one's."""

    alias: str
    version: int
    generation: int
    session: str
    partition: str = ""
    rolled: Rolled = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)

    @property
    def indices(self) -> str:
        """All indices of articles."""
        return pattern(self.alias, self.version)

    def index_of(self, article: Article) -> str:
        """The index that an article is written into."""
        return index_of(self.alias, self.version, self.partition, article, self.rolled)

    def document_id(self, id: str, sequence: int = 0) -> str:
        """The document that the coming generation holds an article in, as the so-manyth item with its id came."""
        return f"{key_of(id)}-{self.generation + 1}-{self.session}-{sequence}"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once."""

    config: EngineConfig
    prepare: Prepare
    enrich: Enrich | None
    min_mentions: int = 2
    keep_versions: bool = True

    def make(self) -> "Worker":
        """A worker that knows this."""
        return Worker(self)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch."""

    events: list[Event] = field(default_factory=list)
    rejects: list[tuple[int, Reject]] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Written:
    item: Item
    event: Event
    body: dict[str, Any]
    signature: Any


class Worker:
    """Turns items into documents of the cluster."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._connection = Connection(setup.config)
        self._target = Target("", 0, 0, "")

    def follow(self, target: Target) -> None:
        """Write for the generation after this one from now on."""
        self._target = target

    def process(self, items: Iterable[Item], now: datetime) -> Done:
        """Work off a batch, whose articles are added at a time."""
        done = Done()
        articles = prepared(items, self._setup.prepare, done.rejects)
        known = self._known([article.id for _, article in articles])
        changed: list[tuple[Item, Article, Event]] = []
        for item, article in articles:
            asked, hash = article.id, bytes.fromhex(article.content_hash)
            ref, old = known.get(asked, (None, None))
            if hash == old and article.translation is None:
                done.events.append(Event(item.sequence, asked, asked, hash, None, ref, old))
                continue
            placed = place(article, holding(self, asked, ref), now, keep=self._setup.keep_versions)
            if placed.id != asked:
                ((ref, old),) = self.find([placed.id])
            if placed.outcome is Outcome.UNCHANGED:
                done.events.append(Event(item.sequence, placed.id, asked, old, None, ref, old))
                continue
            event = Event(item.sequence, placed.id, asked, bytes.fromhex(placed.came.content_hash), None, ref, old)
            changed.append((item, placed.article, event))
        self._write(self._documents(changed, done), done)
        return done

    def read(self, refs: Sequence[DocumentRef]) -> list[Article]:
        """The articles of documents, committed or written since."""
        if not refs:
            return []
        wanted = {"docs": [{"_index": index, "_id": id, "_source": ["record"]} for index, id in refs]}
        answer = patiently(lambda: self._connection.call(lambda client: client.mget(body=wanted)))
        return [stored_article(found["_source"]) for found in answer["docs"]]

    def write(self, articles: Sequence[Article]) -> tuple[list[DocumentRef], Done]:
        """Write articles as they are, and say where."""
        done = Done()
        refs: list[DocumentRef] = []
        made = []
        for article in articles:
            ref = self._target.index_of(article), self._target.document_id(article.id, REWRITTEN)
            event = Event(REWRITTEN, article.id, article.id, bytes.fromhex(article.content_hash), ref, None, None)
            body = document(article, self._target.corrections, self._setup.min_mentions)
            made.append(_Written(Item(REWRITTEN, "", None, article), event, body, None))
            refs.append(ref)
        self._write([replace(each, signature=row) for each, row in zip(made, _signatures(made), strict=True)], done)
        return refs, replace(done, events=[])

    def _documents(self, changed: Sequence[tuple[Item, Article, Event]], done: Done) -> list[_Written]:
        made = []
        for item, article, event in changed:
            try:
                came = event.hash is not None and article.content_hash == event.hash.hex()
                whole = self._setup.enrich(article) if self._setup.enrich and came else article
                body = document(whole, self._target.corrections, self._setup.min_mentions)
                ref = self._target.index_of(whole), self._target.document_id(article.id, item.sequence)
                made.append(_Written(item, event._replace(ref=ref), body, None))
            except Exception as error:
                done.rejects.append((item.sequence, rejection(item.origin, article, error)))
        return [replace(each, signature=row) for each, row in zip(made, _signatures(made), strict=True)]

    def _write(self, made: Sequence[_Written], done: Done) -> None:
        target = self._target
        changes = []
        for number, each in enumerate(made):
            assert each.event.ref is not None
            each.body.update(born=target.generation + 1, session=target.session, story=key_of(each.event.id))
            if each.signature[0] != signatures.EMPTY:
                each.body.update(bands=bands(each.signature), signature=packed_signature(each.signature))
                done.signed.append(Signed(each.event.ref, key_of(each.event.id), each.signature))
            changes.append(
                bulk_requests.index_change(number, each.event.ref, each.item.sequence, pack_record(each.body))
            )
        refused = {refusal.number: refusal.reason for refusal in bulk_requests.apply(self._connection, changes)}
        for number, each in enumerate(made):
            if number in refused:
                reject = Reject(
                    each.item.origin, "refused-by-engine", refused[number][:EXCERPT], each.event.id[:EXCERPT]
                )
                done.rejects.append((each.item.sequence, reject))
            else:
                done.events.append(each.event)

    def discard(self) -> None:
        """What was sent and not committed, the next writer clears away."""

    def find(self, ids: Sequence[str]) -> list[tuple[DocumentRef | None, bytes | None]]:
        """Where the committed archive holds each id, and the hash it has there."""
        found: dict[str, tuple[DocumentRef | None, bytes | None]] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            found |= self._known(ids[start : start + IDS_AT_ONCE])
        return [found.get(id, (None, None)) for id in ids]

    def _known(self, ids: Sequence[str]) -> dict[str, tuple[DocumentRef | None, bytes | None]]:
        if not ids or not self._target.generation:
            return {}
        distinct = list(dict.fromkeys(ids))
        body = {
            "size": len(distinct),
            "query": {"bool": {"filter": [*held(self._target.generation), {"terms": {"id": distinct}}]}},
            "_source": False,
            "docvalue_fields": ["id", "hash"],
            "track_total_hits": False,
        }
        hits = patiently(lambda: self._connection.search(body, self._target.indices))["hits"]["hits"]
        return {
            hit["fields"]["id"][0]: ((hit["_index"], hit["_id"]), bytes.fromhex(hit["fields"]["hash"][0]))
            for hit in hits
        }


def _signatures(made: Sequence[_Written]) -> Any:
    """A near-duplicate signature for each document, from the words of its title and of its body."""
    return signatures.signatures(*(_texts([each.body for each in made], name) for name in ("title", "body")))


def _texts(bodies: Sequence[dict[str, Any]], name: str) -> signatures.Texts:
    words = [body.get(mapping.exact(name), "").split() for body in bodies]
    hashes = np.fromiter((_hash(word.encode()) for text in words for word in text), np.uint64)
    return signatures.Texts(hashes, np.array([len(text) for text in words], np.int64))
