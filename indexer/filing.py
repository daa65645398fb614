"""An article under the source that the configuration knows it by: the source's name, its collections, and from which
language it translates.

In: an article as its source said it. Out: the same as the archive holds it. None of this is part of the content hash: a
source that gets another name or collection changes no article, so that ids and versions stay, and building the same
files again changes nothing. Called when an article is made, and by `rebuild`, which files those that are held under
what the configuration says now.

What the article said before stays in `extra`: `source_stated` the name of its source (or the host of its address, where
it names none), `translated_from_declared` that the source says for it what language it translates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.article import SOURCE_STATED, TRANSLATION_DECLARED, Article, as_stated
from indexer.sources import Catalogue, Source
from indexer.writing import Enrich


def under_its_source(article: Article, sources: Catalogue) -> Article:
    """An article, and its earlier versions, under the source that the configuration knows them by."""
    stated = as_stated(article)
    source = sources.of(stated.source, stated.url) if sources else None
    found = _of(stated, source) if source else stated
    if sources and not found.translated_from:
        found = _translated(found, sources.named(_site(found)))
    if article.earlier:
        earlier = tuple(under_its_source(version, sources) for version in article.earlier)
        if any(one is not other for one, other in zip(earlier, article.earlier, strict=True)):
            found = replace(found, earlier=earlier)
    return found


def as_given(article: Article, sources: Catalogue) -> Article:
    """An article that a program hands over, which may have changed what the configuration had said of it."""
    extra = dict(article.extra)
    if SOURCE_STATED in extra:
        meant = sources.of(str(extra[SOURCE_STATED]), article.url)
        if meant is None or sources.named(article.source) is not meant:
            del extra[SOURCE_STATED]
    if extra.get(TRANSLATION_DECLARED) is True:
        known = sources.of(article.source, article.url), sources.named(_site(article))
        if article.translated_from not in [each.translated_from for each in known if each]:
            del extra[TRANSLATION_DECLARED]
    return article if len(extra) == len(article.extra) else replace(article, extra=extra)


def _of(article: Article, source: Source) -> Article:
    changed: dict[str, Any] = {"collection": source.collections} if source.collections else {}
    extra: Mapping[str, Any] = article.extra
    if article.source != source.name:
        changed["source"] = source.name
        if article.source:
            extra = {**extra, SOURCE_STATED: article.source}
    if extra is not article.extra:
        changed["extra"] = extra
    return _translated(replace(article, **changed) if changed else article, source)


def _translated(article: Article, source: Source | None) -> Article:
    """An article that states no language it translates, as its source declares: but not one in that language."""
    declared = source.translated_from if source else ""
    if not declared or article.translated_from or is_in(article, declared):
        return article
    return replace(article, translated_from=declared, extra={**article.extra, TRANSLATION_DECLARED: True})


def is_in(article: Article, language: str) -> bool:
    """Whether an article is in a language, whatever its region."""
    return (article.language or "").partition("-")[0] == language.partition("-")[0]


def _site(article: Article) -> str:
    """The site that gathers articles of others, as saved pages of one say it."""
    site = article.extra.get("site")
    return site if isinstance(site, str) else ""


@dataclass(frozen=True, slots=True)
class Refiling:
    """What files the articles that an archive holds under what the configuration says now; then `enrich`es them."""

    sources: tuple[Source, ...]
    enrich: Enrich | None = None
    _catalogue: Catalogue = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_catalogue", Catalogue(self.sources))

    def __call__(self, article: Article) -> Article:
        """The article, filed."""
        found = under_its_source(article, self._catalogue)
        return found if self.enrich is None else self.enrich(found)
