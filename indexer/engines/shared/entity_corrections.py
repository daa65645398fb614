"""The archive's corrections: their file, watched, and articles with entities and sources under the names it gives them;
also which entities of an article count.

Called for every article that is read from an index.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from indexer.article import Article, Entity
from indexer.engines.shared.added_entities import added_entity
from indexer.entities.corrections import Corrections, Finds, Named
from indexer.entities.corrections_reader import read_corrections
from indexer.entities.short_names import meant

# The fields of an article that corrections may change.
CORRECTED = frozenset(("entities", "source", "earlier"))
# When a file was last changed, and its size: what tells a new version of it from the old.
Stamp = tuple[int, int]


def is_passing(entity: Entity, min_mentions: int) -> bool:
    """Whether an article names an entity in passing: rarely and only in its body. Searchable, not in the facets."""
    if entity.given or entity.added is not None or len(entity.mentions) >= min_mentions:
        return False
    return all(mention.field == "body" for mention in entity.mentions)


def nothing_finds(_: str) -> bool:
    """What corrections without queries need not know of an article."""
    return False


def corrected_article(corrections: Corrections, article: Article, finds: Finds = nothing_finds) -> Article:
    """An article with its entities and its source under the names they are shown by.

    `finds` says of the queries of `corrections` whether they find the article, which is whole.
    """
    if corrections.has_sources:
        article = _of_shown_source(corrections, article)
    added = dict(corrections.added(finds)) if corrections.additions else {}
    shown = [_shown(corrections, entity, finds) for entity in article.entities]
    if not added and all(named == (e.kind, e.name) for named, e in zip(shown, article.entities, strict=True)):
        return article
    entities = dict(_corrected(corrections, zip(article.entities, shown, strict=True)))
    for named, rule in added.items():
        one = added_entity(article, named, rule)
        entities[named] = _joined(entities[named], one) if named in entities else one
    return replace(article, entities=tuple(entities.values()))


def _of_shown_source(corrections: Corrections, article: Article) -> Article:
    shown = corrections.source(article.source) if article.source else article.source
    earlier = tuple(_of_shown_source(corrections, version) for version in article.earlier)
    if shown == article.source and earlier == article.earlier:
        return article
    return replace(article, source=shown, earlier=earlier)


def _shown(corrections: Corrections, entity: Entity, finds: Finds) -> Named | None:
    named = corrections.apply(entity.kind, entity.name)
    return corrections.shown(named, finds) if named else None


def _corrected(corrections: Corrections, entities: Iterable[tuple[Entity, Named | None]]) -> Mapping[Named, Entity]:
    merged: dict[Named, Entity] = {}
    for entity, named in entities:
        if named is None:
            continue
        one = entity
        if named != (entity.kind, entity.name):
            variants = {*entity.variants, entity.name} - {named[1]} if named[1] != entity.name else {*entity.variants}
            short = meant(corrections, entity.kind, entity.name)
            one = replace(entity, kind=named[0], name=named[1], variants=tuple(sorted(variants)), short=short)
        merged[named] = _joined(merged[named], one) if named in merged else one
    return merged


def _joined(one: Entity, other: Entity) -> Entity:
    return replace(
        one,
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
        given=one.given or other.given,
        variants=tuple(sorted({*one.variants, *other.variants})),
        added=one.added or other.added,
        short=one.short if other.short else "",
    )


class CorrectionsFile:
    """The corrections beside an index, read again when the file has changed."""

    def __init__(self, path: Path, check: Callable[[Corrections], None] | None = None) -> None:
        self._path = path
        self._check = check
        self._stamp: Stamp | None = None
        self.value = Corrections()

    def refresh(self) -> bool:
        """Read the file if it is not the one last read; returns whether it was.

        Raises:
            ConfigError: it cannot be understood, or `check` refuses it; until it is mended the old corrections stand.
        """
        try:
            status = self._path.stat()
            stamp = status.st_mtime_ns, status.st_size
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        found = read_corrections(self._path)
        if self._check is not None:
            self._check(found)
        self.value = found
        return True
