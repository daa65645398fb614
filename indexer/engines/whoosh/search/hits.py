"""Documents -> hits. Called by the search for those of one page.

What most readers of a hit look at is made at once: its passages. The rest is read from the index when it is looked at:
the article, and the matches in its title.
"""

from collections.abc import Callable, Mapping
from typing import Any

from indexer.article import Article
from indexer.deferred import later
from indexer.engines.shared.entity_corrections import CORRECTED
from indexer.engines.shared.stored_article import field_of_record
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.faults import named_faults
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.passages.snippets import Highlighter
from indexer.highlight.matches import Spans
from indexer.highlight.translated import with_translated
from indexer.search.results import Hit, Share, Snippet

# Of a hit's fields, how many are made when they are read: the article and the matches in its title.
_LATER = 2


class Hits:
    """What makes the hits of one search: `highlighter` where they have snippets, `translation` where they have that of
    a machine, `check` raises when the time is up."""

    def __init__(
        self, snapshot: Snapshot, highlighter: Highlighter | None, translation: bool, check: Callable[[], None]
    ) -> None:
        self.snapshot = snapshot
        self.highlighter = highlighter
        self.translation = translation
        self._check = check
        self._languages = column(snapshot, "language")
        self._language_numbers = self._languages.single()
        self._translated = translation and bool(snapshot.translated)

    def hit(self, doc: int, score: float, explanation: tuple[Share, ...] = (), copies: tuple[int, int] = (0, 0)) -> Hit:
        """The hit of a document. `copies` are how many others it stands for, and of how many sources."""
        self._check()
        source = _Source(self, doc)
        known: dict[str, Any] = {
            "score": score,
            "snippets": (),
            "explanation": explanation,
            "copies": copies[0],
            "copy_sources": copies[1],
            "translation_snippets": (),
            "translation_title_spans": (),
        }
        if self.highlighter is None:
            return later(Hit, source, {**known, "title_spans": ()})
        known["snippets"] = self._snippets(self.highlighter, source)
        hit = later(Hit, source, known)
        translation = source.whole.translation if self._translated else None
        if translation is None:
            return hit
        return with_translated(hit, translation, self.highlighter.in_translation(doc, source.whole))

    def _snippets(self, highlighter: Highlighter, source: "_Source") -> tuple[Snippet, ...]:
        doc = source.doc
        number = int(self._language_numbers[doc])
        language = self._languages.label(number - 1) if number else None
        return highlighter.snippets(doc, language, self.snapshot.body(doc), source.summary)


class _Source:
    """What a hit reads of its document later. When there is nothing left to read, it lets go of the snapshot."""

    __slots__ = ("_article", "_hits", "_id", "_made", "doc")

    def __init__(self, hits: Hits, doc: int) -> None:
        self._hits: Hits | None = hits
        self.doc = doc
        self._id: str | None = None
        self._article: Article | None = None
        self._made: dict[str, Any] = {} if hits.highlighter else {"title_spans": ()}

    @property
    def whole(self) -> Article:
        """The article without its body."""
        if self._article is None:
            assert self._hits is not None
            self._article = later(Article, _Record(self._hits.snapshot, self.doc), {"body": "", "partial": True})
        return self._article

    def summary(self) -> str:
        """The article's summary."""
        return self.whole.summary

    def field(self, name: str) -> Any:
        """See `Source`."""
        hits = self._hits
        if hits is None:  # another thread was quicker
            return self._id if name == "id" else self._made[name]
        if name == "id":
            return self._own_id(hits)
        self._made[name] = _shown(self.whole, hits) if name == "article" else self._title_spans(hits)
        if len(self._made) == _LATER:
            self._own_id(hits)
            self._hits = None
        return self._made[name]

    def _own_id(self, hits: Hits) -> str:
        if self._id is None:
            with named_faults(hits.snapshot):
                self._id = hits.snapshot.id_of(self.doc)
        return self._id

    def _title_spans(self, hits: Hits) -> Spans:
        assert hits.highlighter is not None
        with named_faults(hits.snapshot):
            return hits.highlighter.title_spans(self.doc, self.whole)


def _shown(article: Article, hits: Hits) -> Article:
    """An article as a hit has it: without the body of its translation, or without that."""
    if not hits.snapshot.translated:
        return article
    return article.without_body() if hits.translation else article.with_translation(None)


class _Record:
    """The stored record of an article, read when a field of it first is. When the names in it are corrected, it lets go
    of the snapshot."""

    __slots__ = ("_corrected", "_doc", "_record", "_snapshot")

    def __init__(self, snapshot: Snapshot, doc: int) -> None:
        self._snapshot: Snapshot | None = snapshot
        self._doc = doc
        self._record: Mapping[str, Any] | None = None
        self._corrected: Article | None = None

    def field(self, name: str) -> Any:
        """See `Source`."""
        snapshot = self._snapshot
        if snapshot is None:
            return getattr(self._corrected, name)
        with named_faults(snapshot):
            if self._record is None:
                self._record = snapshot.head(self._doc)
            if name not in CORRECTED:
                return field_of_record(self._record, name)
            self._corrected = snapshot.corrected(self._doc, self._record)
            self._snapshot = None
            return getattr(self._corrected, name)
