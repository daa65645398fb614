"""RawArticle -> Article: the `Prepare` that writers run in their worker processes.

`Preparer(config)` is a small picklable callable. It parses what the reader left unparsed, finds the fields by the
alias table, and makes text, dates, language, names and id exact. Raises `Rejected` for what cannot become an article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.article import Article
from indexer.config import Config
from indexer.filing import as_given, is_in, under_its_source
from indexer.ingest import values
from indexer.ingest.json_text import parse_json
from indexer.ingest.listed import joined, stands_alone
from indexer.ingest.notes import Notes
from indexer.ingest.raw import RawArticle
from indexer.ingest.rejects import excerpt
from indexer.ingest.time_limit import within
from indexer.interchange import from_record
from indexer.rejection import Rejected
from indexer.sources import Catalogue
from indexer.zones import filed

_ADDRESSES = ("url", "archived_url", "original_url")
# Bytes of a record that comes without its source's text: so many that what is left over of it is measured.
UNKNOWN_SIZE = 1 << 15


@dataclass(frozen=True, slots=True)
class Preparer:
    """What turns a reader's item, a mapping or an article into an `Article` with its content hash."""

    config: Config
    notes: Notes = field(default_factory=Notes)
    _sources: Catalogue = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sources", Catalogue(self.config.sources))

    def __call__(self, item: RawArticle | Mapping[str, Any] | Article) -> Article:
        """Prepare one item.

        Raises:
            Rejected: the item cannot become an article; the reason is one of `rejects.REASONS`.
        """
        return under_its_source(within(self.config.ingest.max_seconds, self._prepared, item), self._sources)

    def _prepared(self, item: RawArticle | Mapping[str, Any] | Article) -> Article:
        if isinstance(item, Article):
            return self._filed(_web_linked(as_given(item, self._sources))).with_hash()
        try:
            record, size = self._record(item)
        except Rejected as why:
            if not isinstance(item, RawArticle) or not stands_alone(item.known, why.reason):
                raise
            record, size = item.known, UNKNOWN_SIZE  # what lists the page says enough of it
        if "content_hash" in record:
            if record.get("partial") is True:
                raise Rejected("bad_record", "The article of a hit, without its body.", str(record.get("title", "")))
            if (article := from_record(record)) is not None:
                linked = _web_linked(article)
                return self._filed(article if linked is article else linked.with_hash())
        if isinstance(item, RawArticle) and item.known:
            record = joined(item.known, record)
        # Most of what it needs is of no use to the process that only reads.
        from indexer.ingest.assembly import Assembly

        limit = self.config.ingest.max_article_mb << 20
        article = Assembly(self.config, self.notes, record, size, self._sources).article()
        if size > limit and len(article.title + article.summary + article.body) * 4 > limit:
            length = sum(len(text.encode()) for text in (article.title, article.summary, article.body))
            if length > limit:
                detail = f"{length / 1e6:.1f} MB of text; the limit is {self.config.ingest.max_article_mb} MB."
                raise Rejected("too_large", detail, article.title or article.body[:200])
        return self._in_folder(article, item).with_hash()

    def _in_folder(self, article: Article, item: RawArticle | Mapping[str, Any]) -> Article:
        """An article that lies in the folder of a source: it states what the folder says, where it says nothing."""
        source = self._sources.holding(item.origin.path) if isinstance(item, RawArticle) else None
        if source is None:
            return article
        changed: dict[str, Any] = {}
        if not article.source or (article.url and article.source == values.host(article.url)):
            changed["source"] = source.name
        if source.translated_from and not article.translated_from and not is_in(article, source.translated_from):
            changed["translated_from"] = source.translated_from
        return replace(article, **changed) if changed else article

    def _filed(self, article: Article) -> Article:
        """An article that comes whole, under the day that it has in this archive."""
        published = article.published
        if published is None:
            return article
        here = filed(published, self.config.archive.time_zone, counted=published.zone is None and published.offset != 0)
        return article if here is published else replace(article, published=here)

    def _record(self, item: RawArticle | Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
        """The item's fields under the source's names, and the size of what they were read from."""
        if not isinstance(item, RawArticle):
            return item, UNKNOWN_SIZE
        if item.replaced:
            self.notes.add("characters_replaced")
        if item.json:
            record, replaced = parse_json(item.json, self.config.ingest.max_json_depth)
            if replaced:
                self.notes.add("characters_replaced")
            if not isinstance(record, dict):
                kind = "a list" if isinstance(record, list) else "a single value"
                raise Rejected("bad_record", f"A JSON object was expected, not {kind}.", excerpt(item.json))
            return _adapted(record), len(item.json)
        if item.page is not None:
            from indexer.ingest.page import page_fields

            return page_fields(item.page), len(item.page.markup)
        return _adapted(item.fields), UNKNOWN_SIZE


def _web_linked(article: Article) -> Article:
    """An article that comes whole, without addresses that are none of the web, as a file's would be left out."""
    changed: dict[str, Any] = {}
    for name in _ADDRESSES:
        stated = getattr(article, name)
        if stated is not None and values.url(stated) is None:
            changed[name] = None
    if "url" in changed:
        changed["extra"] = {"url_stated": article.url, **article.extra}
    earlier = tuple(map(_web_linked, article.earlier))
    if any(mended is not was for mended, was in zip(earlier, article.earlier, strict=True)):
        changed["earlier"] = earlier
    return replace(article, **changed) if changed else article


def _adapted(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record of a format that needs more than other names, under ours."""
    from indexer.ingest import ninjs, wordpress

    if ninjs.is_ninjs(record):
        return ninjs.fields(record)
    return wordpress.fields(record) if wordpress.is_wordpress(record) else record
