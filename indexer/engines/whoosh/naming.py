"""Articles with their entities under the names that the archive's corrections give them.

Called for every article that is read from an index.
"""

from collections.abc import Iterable
from dataclasses import replace

from indexer.article import Article, Entity
from indexer.entities.corrections import Corrections, Named


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
