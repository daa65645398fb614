"""The work of a build, done alike in the writer's own process and in its worker processes.

In: items with their origins. Out: what became of each (`Event` or `Reject`), and finished segments. An item is
prepared, compared with the committed index, enriched, analysed and put into the segment under construction, which is
written out when it has filled its share of memory. Called by `writer`, and in a process of its own by
`shared.writing.worker_process`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indexer.article import Article
from indexer.engines.shared.stored_article import record_to_article
from indexer.engines.shared.writing.items import Item, prepared, rejection
from indexer.engines.shared.writing.ledger import DocumentRef, Event
from indexer.engines.shared.writing.versions import Outcome, place
from indexer.engines.shared.writing.worker import holding
from indexer.engines.whoosh.codec.builder import SegmentBuilder
from indexer.engines.whoosh.codec.inversion.lexicon import Lexicon
from indexer.engines.whoosh.codec.layout import STORED_SUFFIX, new_segment_name
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo
from indexer.engines.whoosh.codec.stored import StoredReader
from indexer.engines.whoosh.directory.generations import open_segment
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.writer.merge_policy import MergeInput
from indexer.engines.whoosh.writer.merge_segments import merge_segments
from indexer.rejection import Reject
from indexer.writing import Enrich, Prepare

# A lexicon with a larger share of a worker's memory starts afresh after a segment.
LEXICON_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once. `memory` is in bytes; `min_mentions` as in the configuration; `keep_versions`
    says whether earlier versions of articles are kept.
    """

    directory: Path
    prepare: Prepare
    enrich: Enrich | None
    memory: int
    min_mentions: int = 2
    keep_versions: bool = True

    def make(self) -> "Worker":
        """A worker that knows this."""
        return Worker(self)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch or of a flush."""

    events: list[Event] = field(default_factory=list)
    rejects: list[tuple[int, Reject]] = field(default_factory=list)
    segments: list[SegmentInfo] = field(default_factory=list)


class Worker:
    """Turns items into segments."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lexicon = Lexicon()
        self._builder: SegmentBuilder | None = None
        self._committed: list[Segment] = []
        self._now = datetime.min

    def follow(self, manifest: Manifest) -> None:
        """Compare with this generation from now on."""
        known = {segment.info.files: segment for segment in self._committed}
        directory = self._setup.directory
        self._committed = [
            known.get(info.files) or open_segment(directory, manifest, info) for info in manifest.segments
        ]

    def process(self, items: Iterable[Item], now: datetime) -> Done:
        """Work off a batch, whose articles are added at a time."""
        self._now = now
        done = Done()
        articles = prepared(items, self._setup.prepare, done.rejects)
        known = self._known([article.id for _, article in articles])
        for (item, article), (ref, old) in zip(articles, known, strict=True):
            try:
                done.events.append(self._take(item, article, ref, old, done))
            except (OSError, MemoryError):
                raise
            except Exception as error:
                done.rejects.append((item.sequence, rejection(item.origin, article, error)))
        return done

    def _take(self, item: Item, article: Article, ref: DocumentRef | None, old: bytes | None, done: Done) -> Event:
        asked, hash = article.id, bytes.fromhex(article.content_hash)
        if hash == old and article.translation is None:
            return Event(item.sequence, asked, asked, hash, None, ref, old)
        placed = place(article, holding(self, asked, ref), self._now, keep=self._setup.keep_versions)
        if placed.id != asked:
            ((ref, old),) = self._known([placed.id])
            hash = bytes.fromhex(placed.came.content_hash)
        if placed.outcome is Outcome.UNCHANGED:
            return Event(item.sequence, placed.id, asked, old, None, ref, old)
        article = placed.article
        if self._setup.enrich is not None and article.content_hash == placed.came.content_hash:
            article = self._setup.enrich(article)
        return Event(item.sequence, placed.id, asked, hash, self._add(article, done), ref, old)

    def _add(self, article: Article, done: Done) -> DocumentRef:
        """Put an article into the segment under construction."""
        if self._builder is None:
            self._builder = SegmentBuilder(
                self._setup.directory, new_segment_name(), self._lexicon, self._setup.min_mentions
            )
        builder = self._builder
        written = (builder.name, builder.add(article))
        if builder.memory + self._lexicon.memory >= self._setup.memory:
            done.segments.extend(self.flush().segments)
        return written

    def read(self, refs: Sequence[DocumentRef]) -> list[Article]:
        """The articles of documents, committed or in segments that were written since."""
        known = {segment.info.name: segment.stored for segment in self._committed}
        for name in {name for name, _ in refs} - known.keys():
            known[name] = StoredReader(self._setup.directory / (name + STORED_SUFFIX))
        return [record_to_article(known[name].record(document)) for name, document in refs]

    def write(self, articles: Sequence[Article]) -> tuple[list[DocumentRef], Done]:
        """Write articles as they are, and say where."""
        done = Done()
        return [self._add(article, done) for article in articles], done

    def take(self, articles: Sequence[Article]) -> Done:
        """Write articles as they are, but for their entities where these are to be found anew."""
        done, enrich = Done(), self._setup.enrich
        for article in articles:
            self._add(article if enrich is None else enrich(article), done)
        return done

    def _known(self, ids: Sequence[str]) -> list[tuple[DocumentRef | None, bytes | None]]:
        """Where the committed index holds each id, and the hash it has there."""
        known: list[tuple[DocumentRef | None, bytes | None]] = [(None, None)] * len(ids)
        for segment in self._committed:
            for at, document in enumerate(segment.find_ids(ids)):
                if document is not None:
                    known[at] = ((segment.info.name, document), segment.hash(document))
        return known

    def find(self, ids: Sequence[str]) -> list[tuple[DocumentRef | None, bytes | None]]:
        """Where the committed index holds each id, and the hash it has there."""
        return self._known(ids)

    def flush(self) -> Done:
        """Write out the segment under construction, if there is one."""
        builder, self._builder = self._builder, None
        done = Done()
        if builder is not None:
            done.segments.append(builder.flush())
            if self._lexicon.memory > self._setup.memory * LEXICON_SHARE:
                self._lexicon = Lexicon()
        return done

    def merge(self, inputs: Sequence[MergeInput], name: str) -> Done:
        """Merge segments into one."""
        return Done(segments=[merge_segments(self._setup.directory, inputs, name)])

    def discard(self) -> None:
        """Drop what was not flushed."""
        if self._builder is not None:
            self._builder.discard()
            self._builder = None


@dataclass(frozen=True, slots=True)
class Flush:
    """Have a worker write out the segment under construction."""

    def run(self, worker: Worker) -> Done:
        """See `Request`."""
        return worker.flush()


@dataclass(frozen=True, slots=True)
class Merge:
    """Have a worker merge segments into one, called `name`."""

    inputs: Sequence[MergeInput]
    name: str

    def run(self, worker: Worker) -> Done:
        """See `Request`."""
        return worker.merge(self.inputs, self.name)
