"""An article and its other languages: the original of a translation, the translations of an original."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from indexer.article import Article
from indexer.errors import UserError
from indexer.reading import Reading
from indexer.search.request import DateRange, Filter, Period, SearchRequest, Sort
from indexer.search.results import outline

# Translations appear within days; those of one language in so many days are few enough to look at.
BEFORE, AFTER = timedelta(days=3), timedelta(days=30)
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Languages:
    """An article in other languages: of a translation the `original`, where the archive holds it, else translations."""

    article: Article
    original: Article | None = None
    translations: tuple[Article, ...] = ()

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
    article = archive.get(id)
    found = tuple(other_languages(archive, article))
    if article.original_url:
        return Languages(article, original=found[0] if found else None)
    return Languages(article, translations=found)


def other_languages(archive: Reading, article: Article) -> list[Article]:
    """The article's original first, then translations of it; without itself."""
    found = _original(archive, article) if article.original_url else _translations(archive, article)
    return [each for each in found if each.id != article.id]


def _original(archive: Reading, article: Article) -> list[Article]:
    url = article.original_url or ""
    by_id = archive.get_many([url])[0]
    if by_id is not None:
        return [by_id]
    with suppress(UserError):  # an address of thousands of characters is no query
        asked = SearchRequest(query=f'url:"{url.replace(chr(34), "")}"', size=5, facets=(), snippets=False)
        return [hit.article for hit in archive.search(asked).hits if hit.article.url == url][:1]
    return []


def _translations(archive: Reading, article: Article) -> list[Article]:
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
    addresses = {address for address in (article.id, article.url) if address}
    return [hit.article for hit in archive.search(asked).hits if hit.article.original_url in addresses]


def _period(day: object) -> Period:
    return Period.parse(str(day))
