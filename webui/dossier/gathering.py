"""A search -> which articles a dossier holds, in their order, and under which values of facets each stands.

All of it is of one commit: who reads the archive while it moves on is told (`Moved`), and begins anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.archive import Archive
from indexer.article import Article, Precision
from indexer.browsing.languages import in_other_languages
from indexer.engines.shared.entity_corrections import is_passing
from indexer.fields import BY_NAME, ENTITY_FIELDS, Kind
from indexer.search.request import MISSING, Period, SearchRequest
from indexer.search.results import Hit, settled
from webui import i18n

# The facets of a dossier, in the order of its pages. Dates have a list of their own form.
FACETS = (
    *("source", "collection", "category", "person", "organisation", "place", "topic", "author", "language"),
    "translated_from",
)
_ENTITIES = {each.name for each in ENTITY_FIELDS}


class Moved(Exception):
    """The archive has moved to another commit."""


class Gathered:
    """Where the articles of a dossier stand.

    `numbers` are their places in its order, from 1, by their ids; `labels` the numbers of articles under each value of
    each facet, `MISSING` among them; `periods` those under each year and month, None being no date; `days` has the day
    of each article, if it has one; `first` and `last` are the first and the last date, as exactly as it is stated.
    """

    def __init__(self, min_mentions: int, *, all_mentions: bool) -> None:
        """Args:
        min_mentions: how often a name must stand in an article to count, of those that a tagger found.
        all_mentions: whether all names count.
        """
        self.numbers: dict[str, int] = {}
        self.labels: dict[str, dict[str, list[int]]] = {name: {} for name in FACETS}
        self.periods: dict[Period | None, list[int]] = {}
        self.days: list[date | None] = []
        self.first: Period | None = None
        self.last: Period | None = None
        self._min_mentions = 0 if all_mentions else min_mentions

    def add(self, article: Article) -> int:
        """Count one article, the next in the order; returns its number."""
        number = len(self.days) + 1
        self.numbers[article.id] = number
        for name, values in self.labels.items():
            for value in _values(article, name, self._min_mentions) or (MISSING,):
                values.setdefault(value, []).append(number)
        self.days.append(article.published.day if article.published else None)
        if article.published:
            stated = i18n.published_period(article.published)
            self.first = min(self.first or stated, stated, key=_first_day)
            self.last = max(self.last or stated, stated, key=_first_day)
        for period in _periods(article):
            self.periods.setdefault(period, []).append(number)
        return number


class Reader:
    """Reads a search in one commit."""

    def __init__(self, archive: Archive, request: SearchRequest, limit: int) -> None:
        """Ask for the number of articles, and settle on the commit and on the spelling of the query.

        Raises:
            QueryTooExpensive, UsageError: the request cannot be answered.
        """
        self._archive = archive
        self.identity = archive.identity
        wanted = replace(request, page=1, cursor=None, facets=(), snippets=False, explain=False, group=False, size=0)
        self.found = archive.search(wanted)
        self._languages = archive.facet_values("language", limit=1).total
        self._check()
        answered = replace(request, query=self.found.request.query, filters=self.found.request.filters)
        self.request = settled(
            replace(answered, spellcheck=False, page=1, cursor=None, facets=(), group=False), self.found.matching
        )
        self.amount = min(self.found.total, limit)

    def pages(self, size: int, *, snippets: bool = True) -> Iterator[tuple[Hit, ...]]:
        """The hits, so many at a time.

        Raises:
            Moved: the archive is not what it was.
        """
        asked = replace(self.request, size=size, snippets=snippets)
        left = self.amount
        while left > 0:
            answer = self._archive.search(asked)
            self._check()
            if not answer.hits:
                return
            yield answer.hits[:left]
            left -= len(answer.hits)
            asked = replace(asked, cursor=answer.next_cursor)
            if answer.next_cursor is None:
                return

    def articles(self, hits: tuple[Hit, ...]) -> list[Article]:
        """The whole articles of hits.

        Raises:
            Moved: the archive is not what it was.
        """
        found = self._archive.get_many([hit.id for hit in hits])
        self._check()
        whole = [article for article in found if article is not None]
        if len(whole) != len(hits):
            raise Moved
        return whole if self.request.translation else [article.with_translation(None) for article in whole]

    def copies(self, id: str) -> list[Hit]:
        """The other prints of an article's story.

        Raises:
            Moved: the archive is not what it was.
        """
        found = self._archive.copies(id)
        self._check()
        return found

    def others(self, article: Article) -> Sequence[Article]:
        """The same article in other languages.

        Raises:
            Moved: the archive is not what it was.
        """
        if self._languages < 2 and not article.translated_from:
            return ()
        found = in_other_languages(self._archive, article).others
        self._check()
        return found

    def _check(self) -> None:
        if self._archive.identity != self.identity:
            raise Moved


def _values(article: Article, name: str, min_mentions: int) -> tuple[str, ...]:
    """The values of a facet that an article counts for, each once."""
    if name in _ENTITIES:
        named = (e.name for e in article.entities if e.kind == name and not is_passing(e, min_mentions))
        return tuple(dict.fromkeys(named))
    stated = getattr(article, name)
    if isinstance(stated, tuple):
        return tuple(dict.fromkeys(stated))
    if not stated or BY_NAME[name].kind is not Kind.PATH:
        return (stated,) if stated else ()
    steps = stated.split("/")
    return tuple("/".join(steps[:end]) for end in range(1, len(steps) + 1))


def _first_day(period: Period) -> date:
    return period.first


def _periods(article: Article) -> tuple[Period | None, ...]:
    """The year and the month of an article; None stands for undated."""
    if article.published is None:
        return (None,)
    known = i18n.published_period(article.published)
    if article.published.precision is Precision.YEAR:
        return (known,)
    return (Period(known.year), Period(known.year, known.month))
