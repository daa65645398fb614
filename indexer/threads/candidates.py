"""An article -> the articles of the days around it that share the most of its weightiest words: one bounded search."""

from datetime import timedelta

from indexer.article import Article, Precision
from indexer.reading import Reading
from indexer.search.request import DateRange, Period, SearchRequest
from indexer.threads.likeness import Likeness, Telling, telling_of

AROUND = timedelta(days=30)
ASKED = 16  # words of a query: more make it slower, not better
LOOKED_AT = 12  # stories


def dated(article: Article) -> bool:
    """Whether an article's day is known."""
    return article.published is not None and article.published.precision in (Precision.DAY, Precision.SECOND)


def candidates(archive: Reading, telling: Telling, likeness: Likeness, size: int = LOOKED_AT) -> list[Telling]:
    """So many other stories of the days around an article, those with its weightiest words first."""
    days, weights = days_around(telling.article), likeness.weighed(telling, None).weights
    if days is None or not weights:
        return []
    asked = " OR ".join(telling.asked(term) for term in list(weights)[:ASKED])
    hits = archive.top(
        SearchRequest(
            query=asked, dates=days, size=size + 1, facets=(), snippets=False, group=True,
            translation=False,
        )
    )  # fmt: skip
    ids = [hit.id for hit in hits if hit.id != telling.article.id and dated(hit.article)]
    return [telling_of(article) for article in archive.get_many(ids) if article][:size]


def days_around(article: Article) -> DateRange | None:
    """The days around an article's in which it may be linked; None where its day is not known."""
    if article.published is None or not dated(article):
        return None
    day = article.published.day
    try:
        return DateRange(Period.parse(str(day - AROUND)), Period.parse(str(day + AROUND)))
    except OverflowError:
        return None
