"""The archive's corrections of entities: their file, watched, and articles with entities under the names it gives them;
also which entities of an article count.

Called for every article that is read from an index.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from indexer.article import Article, Entity
from indexer.entities.corrections import Corrections, Named, read_corrections

# When a file was last changed, and its size: what tells a new version of it from the old.
Stamp = tuple[int, int]


def is_passing(entity: Entity, min_mentions: int) -> bool:
    """Whether an article names an entity in passing: rarely and only in its body. Searchable, not in the facets."""
    if entity.given or len(entity.mentions) >= min_mentions:
        return False
    return all(mention.field == "body" for mention in entity.mentions)


def corrected_article(corrections: Corrections, article: Article) -> Article:
    """An article with its entities under the names they are shown by."""
    if not corrections or all(corrections.apply(e.kind, e.name) == (e.kind, e.name) for e in article.entities):
        return article
    return replace(article, entities=tuple(_corrected(corrections, article.entities)))


def _corrected(corrections: Corrections, entities: Iterable[Entity]) -> Iterable[Entity]:
    merged: dict[Named, Entity] = {}
    for entity in entities:
        named = corrections.apply(entity.kind, entity.name)
        if named is None:
            continue
        variants = {*entity.variants, entity.name} - {named[1]} if named[1] != entity.name else set(entity.variants)
        one = replace(entity, kind=named[0], name=named[1], variants=tuple(sorted(variants)))
        merged[named] = _joined(merged[named], one) if named in merged else one
    return merged.values()


def _joined(one: Entity, other: Entity) -> Entity:
    return replace(
        one,
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
        given=one.given or other.given,
        variants=tuple(sorted({*one.variants, *other.variants})),
    )


class CorrectionsFile:
    """The corrections beside an index, read again when the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None
        self.value = Corrections()

    def refresh(self) -> bool:
        """Read the file if it is not the one last read; returns whether it was.

        Raises:
            ConfigError: it cannot be understood; until it is mended the old corrections stand.
        """
        try:
            status = self._path.stat()
            stamp = status.st_mtime_ns, status.st_size
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self.value = read_corrections(self._path)
        return True
