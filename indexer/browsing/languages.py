"""An article and its other languages: the original of a translation, the translations of an original."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from indexer.article import Article
from indexer.filing import is_in
from indexer.reading import Reading
from indexer.same_work import KEY, Ties, links_of, mark, name_of, ties_of
from indexer.search.request import DateRange, Filter, Period, SearchRequest, Sort
from indexer.search.results import outline

LOOKED_AT = 100
# Marks that one query asks for: more would be too long for a query.
MARKS = 24
# Archives that were built before there were marks are searched by date: translations appear within days, and those of
# one language in so many days are few enough to look at.
BEFORE, AFTER = timedelta(days=3), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Languages:
    """An article in other languages: of a translation the `original`, where the archive holds it, and other
    `translations`, the oldest first; of an original its translations.

    Where nobody says which was first, all others are translations.
    """

    article: Article
    original: Article | None = None
    translations: tuple[Article, ...] = ()

    @property
    def others(self) -> tuple[Article, ...]:
        """All others, the original first."""
        return (self.original, *self.translations) if self.original else self.translations

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.article.id,
            "language": self.article.language,
            "translated_from": self.article.translated_from,
            "original_url": self.article.original_url,
            "original": outline(self.original) if self.original else None,
            "translations": [outline(each) for each in self.translations],
        }


def languages_of(archive: Reading, id: str) -> Languages:
    """An article in other languages.

    Raises:
        NotFound: there is no such article.
    """
    return in_other_languages(archive, archive.get(id))


def other_languages(archive: Reading, article: Article) -> list[Article]:
    """The article's original first, then translations of it; without itself."""
    return list(in_other_languages(archive, article).others)


def in_other_languages(archive: Reading, article: Article) -> Languages:
    """An article, or a version of one, in other languages: two searches at most."""
    ties = ties_of(article)
    near = {each.id: each for each in _near(archive, article, ties) if each.id != article.id}
    original: Article | None = None
    translations: dict[str, Article] = {}
    for each in sorted(near.values(), key=_age):
        match _relation(article, ties, each):
            case "original" if original is None:
                original = each
            case "translation" | "alternate":
                translations[each.id] = each
    if original is not None:
        # What translates it may name it otherwise than this article does.
        theirs = ties_of(original)
        for each in _near(archive, original, theirs):
            if each.id not in (article.id, original.id) and _relation(original, theirs, each) == "translation":
                translations.setdefault(each.id, each)
    elif not translations and not ties.originals:
        translations = {each.id: each for each in _by_date(archive, article, ties)}
    return Languages(article, original, tuple(sorted(translations.values(), key=_age)))


def _near(archive: Reading, article: Article, ties: Ties) -> list[Article]:
    """Articles that may be the same work: those that this one names, and those that an index finds by marks."""
    stated = links_of(article)
    ids = list(dict.fromkeys(name for each in stated for name in (each, name_of(each))))
    held = archive.get_many(ids) if ids else []
    return [each for each in (*held, *_marked(archive, _asked(ties))) if each and not each.withdrawn]


def _asked(ties: Ties) -> list[str]:
    """The marks of what refers to an article, of what it refers to, and of what refers to that too."""
    asked = [mark(kind, name) for kind in ("of", "to") for name in sorted(ties.own)]
    asked += [mark("in", name) for name in sorted(ties.groups)]
    asked += [mark(kind, name) for kind in ("is", "of") for name in sorted(ties.originals)]
    asked += [mark("is", name) for name in sorted(ties.translations | ties.alternates)]
    return asked[:MARKS]


def _marked(archive: Reading, marks: list[str]) -> list[Article]:
    """The articles that have any of some marks."""
    query = " OR ".join(f"extra.{KEY}:{each}" for each in marks)
    asked = SearchRequest(query=query, sort=Sort.OLDEST, size=LOOKED_AT, facets=(), snippets=False)
    return [hit.article for hit in archive.search(asked).hits] if marks else []


def _relation(article: Article, ties: Ties, other: Article) -> str:
    """What another article is to one: its "original", a "translation" of it or of what it translates, an "alternate" of
    unknown order; "" where they have nothing to do with each other."""
    theirs = ties_of(other)
    if theirs.own & ties.originals or ties.own & theirs.translations:
        return "original"
    if ties.own & theirs.originals or theirs.own & ties.translations or ties.originals & theirs.originals:
        return "translation"
    linked = ties.own & theirs.alternates or theirs.own & ties.alternates
    if not linked and not (ties.groups & theirs.groups and article.language != other.language):
        return ""
    if article.translated_from and is_in(other, article.translated_from):
        return "original"
    return "alternate"


def _by_date(archive: Reading, article: Article, ties: Ties) -> Iterable[Article]:
    if article.published is None or not article.language:
        return []
    day = article.published.day
    try:
        dates = DateRange(_period(day - BEFORE), _period(day + AFTER))
    except OverflowError:
        return []
    language = article.language.partition("-")[0]
    asked = SearchRequest(
        filters=(Filter("translated_from", tuple(dict.fromkeys((language, article.language)))),),
        dates=dates, sort=Sort.OLDEST, size=LOOKED_AT, facets=(), snippets=False,
    )  # fmt: skip
    found = (hit.article for hit in archive.search(asked).hits if hit.article.id != article.id)
    return [each for each in found if ties.own & ties_of(each).originals]


def _age(article: Article) -> tuple[bool, float, str]:
    published = article.published
    return published is None, published.instant.timestamp() if published else 0.0, article.id


def _period(day: object) -> Period:
    return Period.parse(str(day))
