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
from indexer.engines.whoosh.codec.layout import TRANSLATION
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.faults import named_faults
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.passages.snippets import Highlighter
from indexer.highlight.matches import Spans
from indexer.highlight.translated import with_translated
from indexer.search.results import Hit, Share, Snippet


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
        self._summarised = snapshot.concatenated("summary.words")
        self._translated = (
            snapshot.concatenated(f"{TRANSLATION}.words") if translation and snapshot.translated else None
        )

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
        if self._translated is None or not self._translated[doc]:
            return hit
        translation = source.whole.translation
        assert translation is not None
        return with_translated(hit, translation, self.highlighter.in_translation(doc, source.whole))

    def _snippets(self, highlighter: Highlighter, source: "_Source") -> tuple[Snippet, ...]:
        doc = source.doc
        number = int(self._language_numbers[doc])
        language = self._languages.label(number - 1) if number else None
        summary = source.summary if self._summarised[doc] else str
        return highlighter.snippets(doc, language, self.snapshot.body(doc), summary)


class _Source:
    """What a hit reads of its document later."""

    __slots__ = ("_hits", "_whole", "doc")

    def __init__(self, hits: Hits, doc: int) -> None:
        self._hits = hits
        self.doc = doc
        self._whole: Article | None = None

    @property
    def whole(self) -> Article:
        """The article without its body."""
        if self._whole is None:
            self._whole = later(Article, _Record(self._hits.snapshot, self.doc), {"body": "", "partial": True})
        return self._whole

    def summary(self) -> str:
        """The article's summary."""
        return self.whole.summary

    def field(self, name: str) -> Any:
        """See `Source`."""
        if name == "id":
            with named_faults(self._hits.snapshot):
                return self._hits.snapshot.id_of(self.doc)
        return self._article() if name == "article" else self._title_spans()

    def _article(self) -> Article:
        if not self._hits.snapshot.translated:
            return self.whole
        return self.whole.without_body() if self._hits.translation else self.whole.with_translation(None)

    def _title_spans(self) -> Spans:
        highlighter = self._hits.highlighter
        assert highlighter is not None
        with named_faults(self._hits.snapshot):
            return highlighter.title_spans(self.doc, self.whole)


class _Record:
    """The stored record of an article, read when a field of it first is."""

    __slots__ = ("_corrected", "_doc", "_record", "_snapshot")

    def __init__(self, snapshot: Snapshot, doc: int) -> None:
        self._snapshot = snapshot
        self._doc = doc
        self._record: Mapping[str, Any] | None = None
        self._corrected: Article | None = None

    def field(self, name: str) -> Any:
        """See `Source`."""
        with named_faults(self._snapshot):
            if self._record is None:
                self._record = self._snapshot.head(self._doc)
            if name not in CORRECTED:
                return field_of_record(self._record, name)
            if self._corrected is None:
                self._corrected = self._snapshot.corrected(self._doc, self._record)
            return getattr(self._corrected, name)
