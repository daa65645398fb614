"""An article with some of its fields changed: what `Archive.update` writes as the next version of it."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypedDict

from indexer.adding import exact
from indexer.article import SOURCE_STATED, TRANSLATION_DECLARED, Article, Entity, Published
from indexer.errors import WrongType, WrongValue
from indexer.rejection import Rejected
from indexer.search.options import nearest


class ArticleFields(TypedDict, total=False):
    """What `Archive.update` changes: the fields of an `Article` that its source states."""

    title: str
    summary: str
    body: str
    published: Published | date | str | None
    source: str | None
    category: str | None
    language: str | None
    translated_from: str | None
    author: str | Iterable[str]
    topic: str | Iterable[str]
    url: str | None
    archived_url: str | None
    original_url: str | None
    dateline: str | None
    withdrawn: bool
    extra: Mapping[str, Any]
    entities: Iterable[Entity]


_KNOWN = tuple(ArticleFields.__annotations__)
_OWN = {field.name for field in fields(Article)} - {*_KNOWN}
_TEXTS = ("title", "summary", "body")
# What says in `extra` that a field is not as the source stated it.
_CONFIGURED = {"source": SOURCE_STATED, "translated_from": TRANSLATION_DECLARED}


def updated(article: Article, changes: ArticleFields) -> Article:
    """The next version of an article, before it is taken in; the article itself where nothing differs.

    Raises:
        WrongType: nothing is named to be changed, a field that is unknown, or one that no program sets.
        WrongValue: a field cannot have that value.
    """
    _check(changes)
    try:
        after = exact(replace(article, **changes))  # type: ignore[arg-type]  # made exact here
    except Rejected as why:
        raise WrongValue(f"Article {article.id!r} is left as it is: {why.detail}") from None
    if after == article:
        return article
    after = _without_what_was_configured(after, changes)
    moved = {name for name in _TEXTS if getattr(after, name) != getattr(article, name)}
    if moved and "entities" not in changes:
        after = replace(after, entities=tuple(_elsewhere(article.entities, moved)))
    if moved or after.language != article.language:
        after = after.with_translation(None)
    before = replace(article, entities=(), earlier=(), translation=None)
    return replace(after, changed=None, earlier=(*article.earlier, before))


def _without_what_was_configured(article: Article, changes: ArticleFields) -> Article:
    """An article that no longer is what it was before the configuration named its source, where this is changed."""
    gone = {key for name, key in _CONFIGURED.items() if name in changes and key in article.extra}
    if not gone:
        return article
    return replace(article, extra={key: value for key, value in article.extra.items() if key not in gone})


def _check(changes: Mapping[str, object]) -> None:
    if not changes:
        raise WrongType(f"Nothing says what to change. Name a field: {', '.join(_KNOWN)}.")
    for name, value in changes.items():
        if name in _OWN:
            raise WrongType(f"{name!r} cannot be changed: the archive sets it.")
        if name not in _KNOWN:
            raise WrongType(f"An article has no {name!r} to change{nearest(name, _KNOWN)}")
        if name == "withdrawn" and not isinstance(value, bool):
            raise WrongType(f"withdrawn is {value!r}, neither True nor False.")


def _elsewhere(entities: Iterable[Entity], moved: set[str]) -> Iterable[Entity]:
    """Entities without their mentions in texts that were changed; those that are named nowhere else only if given."""
    for entity in entities:
        left = tuple(mention for mention in entity.mentions if mention.field not in moved)
        if left or entity.given or not entity.mentions:
            yield replace(entity, mentions=left)
