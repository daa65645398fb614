"""The articles of an archive that may want a translation, the newest first. Called by `running`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from indexer.article import Article
from indexer.config import TranslationConfig
from indexer.reading import Reading
from indexer.search.request import MAX_SIZE, SearchRequest, Sort
from indexer.translation.report import TranslationStats
from indexer.translation.store import kept_in
from indexer.translation.texts import has_translation, target_of, wanted


class Scanning(Protocol):
    """An archive whose articles can be gone through."""

    def scan(self, query: SearchRequest) -> Iterator[Article]:
        """Every matching article, whole."""
        ...


def translated_from(held: Iterable[str], config: TranslationConfig) -> list[str]:
    """Those of the languages of an archive that are to be translated."""
    return [language for language in held if target_of(language, config)]


def newest_first(archive: Reading, request: SearchRequest) -> Iterator[Article]:
    """Whole articles that a request matches, in pages, so that memory stays flat. Articles may be changed meanwhile."""
    cursor: str | None = None
    while True:
        found = archive.search(replace(plain(request), sort=Sort.NEWEST, size=MAX_SIZE, cursor=cursor))
        yield from filter(None, archive.get_many([hit.article.id for hit in found.hits]))
        cursor = found.next_cursor
        if cursor is None:
            return


def chosen(request: SearchRequest, wanted: Sequence[str]) -> list[str]:
    """Those of some languages that a request does not leave out by its filter."""
    asked = request.filter("language")
    return [
        language for language in wanted if language not in asked.excluded and language in (asked.values or (language,))
    ]


def narrowed(request: SearchRequest, languages: Sequence[str]) -> SearchRequest:
    """A request for articles in some languages alone."""
    request = request.without_filter("language")
    for language in languages:
        request = request.with_filter("language", language)
    return request


def count(archive: Reading, request: SearchRequest) -> int:
    """How many articles a request matches."""
    return archive.search(replace(plain(request), size=0)).total


def plain(request: SearchRequest) -> SearchRequest:
    """A request for articles and nothing besides."""
    return replace(request, page=1, cursor=None, facets=(), snippets=False, group=False, spellcheck=False)


def statistics(archive: Scanning, held: Iterable[str], config: TranslationConfig, directory: Path) -> TranslationStats:
    """What an archive has of machine translations, and wants."""
    engines: Counter[str] = Counter()
    wanting = 0
    languages = [language for language in held if language and target_of(language, replace(config, languages=()))]
    if languages:
        for article in archive.scan(narrowed(SearchRequest(), languages)):
            if article.translation is not None:
                engines[article.translation.engine] += 1
            target = wanted(article, config)
            wanting += target is not None and not has_translation(article, target, config)
    return TranslationStats(dict(engines.most_common()), wanting, *kept_in(directory))
