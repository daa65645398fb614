"""What rises: people, organisations, places, categories and articles of some days against the weeks before.

In: an archive and a day, or a range. Out: `Trends`. Called by the front page, the page of a day and `/trends`.

Not counts but shares are compared, so that a day with more news does not make everything rise. A name is in `k` of the
`n` articles of the window and in `K` of the `N` of the history; the score is the log-likelihood ratio G² of that table
of four cells (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993), negative where the
share fell:

    G² = 2 · Σ observed · ln(observed / expected),    expected = row total · column total / (n + N)

Where nothing has changed, G² exceeds 6.63 once in a hundred (chi-squared, one degree of freedom). What is called
*expected* of a name is what its share of the history would give in the window, smoothed by half an article:
n · (K + ½) / (N + 1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from indexer.analysis import fold
from indexer.article import ENTITY_KINDS, Article, Published
from indexer.reading import Reading
from indexer.search.request import DateRange, Filter, SearchRequest, Sort
from indexer.search.results import Bucket, Hit, outline
from indexer.surprise import surprise
from indexer.timeline import counts, days, of_day, periods

CATEGORY = "category"
FIELDS = (*ENTITY_KINDS, CATEGORY)
CANDIDATES = 500  # most frequent values of a field that are looked at
LEAST = 2  # articles of the window; one article is no trend
SIGNIFICANT = 6.63  # G² that chance reaches once in a hundred
SERIES_DAYS = 28
FEW = 50  # articles; a history with fewer says nothing, so everything before the window takes its place
_LOOKED_AT = 20  # newest articles of each rising name, among which those to show are chosen
_CATEGORIES = 10
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trend:
    """A name or category that rises. `series` counts its articles on each of the last `SERIES_DAYS` days of the window.

    `count` of the window's articles name it where `expected` would have been usual. `category` is where most of them
    stand, `published` is when the newest appeared.
    """

    field: str
    value: str
    count: int
    expected: float
    history_count: int
    score: float
    category: str | None = None
    published: Published | None = None
    series: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "field": self.field,
            "value": self.value,
            "count": self.count,
            "expected": round(self.expected, 6),
            "history_count": self.history_count,
            "score": round(self.score, 6),
            "category": self.category,
            "published": self.published.isoformat() if self.published else None,
            "series": list(self.series),
        }


@dataclass(frozen=True, slots=True)
class RisingArticle:
    """An article that stands for what rises: it names `because`."""

    article: Article
    score: float
    because: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the article as a hit, with its own score and what it names."""
        return {**outline(self.article), "score": round(self.score, 6), "because": list(self.because)}


@dataclass(frozen=True, slots=True)
class Trends:
    """What rises in `[start, end]` against `[history_start, start)`, each list with the strongest first.

    `total` and `history_total` count the articles published in the two. Without a history nothing can rise.
    """

    start: date
    end: date
    history_start: date | None
    total: int
    history_total: int
    entities: tuple[Trend, ...] = ()
    categories: tuple[Trend, ...] = ()
    articles: tuple[RisingArticle, ...] = ()
    generation: int = 0

    @property
    def series_start(self) -> date:
        """The first day of each `Trend.series`."""
        return _before(self.end, SERIES_DAYS - 1)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "history_from": self.history_start.isoformat() if self.history_start else None,
            "series_from": self.series_start.isoformat(),
            "total": self.total,
            "history_total": self.history_total,
            "entities": [trend.to_dict() for trend in self.entities],
            "categories": [trend.to_dict() for trend in self.categories],
            "articles": [each.to_dict() for each in self.articles],
            "generation": self.generation,
        }


def trends(archive: Reading, day: date, *, window_days: int = 1, history_weeks: int = 4, size: int = 10) -> Trends:
    """What rises in the `window_days` that end with a day; see `trends_between`."""
    return trends_between(archive, _before(day, window_days - 1), day, history_weeks=history_weeks, size=size)


def trends_between(archive: Reading, start: date, end: date, *, history_weeks: int = 4, size: int = 10) -> Trends:
    """What rises from `start` to `end`, both included, against the weeks before.

    Args:
        archive: the archive.
        start: first day of the window.
        end: last day of the window.
        history_weeks: how many weeks before it are its history.
        size: how many names, categories and articles are wanted at most.
    """
    window = replace(_counting(days(start, end)), facets=FIELDS, facet_size=CANDIDATES)
    found = archive.search(window)
    history, history_total = _history(archive, start, history_weeks)
    nothing = Trends(start, end, history.first, found.total, history_total, generation=found.generation)
    if not found.total or not history_total:
        return nothing
    risen: list[Trend] = []
    for field in FIELDS:
        frequent = [bucket for bucket in found.facets[field].buckets if bucket.count >= LEAST]
        before = _counts_of(archive, history, field, frequent)
        risen += _risen(field, frequent, before, found.total, history_total)
    risen.sort(key=lambda trend: (-trend.score, -trend.count, FIELDS.index(trend.field), trend.value))
    entities = [trend for trend in risen if trend.field != CATEGORY][:size]
    categories = _outer(trend for trend in risen if trend.field == CATEGORY)[:size]
    hits = {(trend.field, trend.value): _newest(archive, trend, nothing) for trend in (*entities, *categories)}
    return replace(
        nothing,
        entities=tuple(_described(archive, trend, hits, nothing) for trend in entities),
        categories=tuple(_described(archive, trend, hits, nothing) for trend in categories),
        articles=tuple(
            _representatives(
                archive, (*entities, *categories), [hit for each in hits.values() for hit in each[0]], size
            )
        ),
    )


def _counting(dates: DateRange) -> SearchRequest:
    return SearchRequest(dates=dates, size=0, facets=(), snippets=False)


def _history(archive: Reading, start: date, weeks: int) -> tuple[DateRange, int]:
    """The weeks before a window and their articles; everything before it, where those are few."""
    last = _before(start, 1)
    if last == start:  # there is nothing before the first day of the calendar
        return DateRange(), 0
    first = _before(start, 7 * weeks)
    dates = days(first, last)
    total = archive.search(_counting(dates)).total
    if total >= FEW:
        return dates, total
    everything = DateRange(None, of_day(last))
    return everything, archive.search(_counting(everything)).total


def _counts_of(archive: Reading, dates: DateRange, field: str, wanted: Sequence[Bucket]) -> Mapping[str, int]:
    """How often each value occurs in a range. Chosen values are always listed, and a facet ignores its own filter."""
    if not wanted:
        return {}
    chosen = Filter(field, tuple(bucket.value for bucket in wanted))
    asked = replace(_counting(dates), filters=(chosen,), facets=(field,), facet_size=1)
    return {bucket.value: bucket.count for bucket in archive.search(asked).facets[field].buckets}


def _risen(
    field: str, frequent: Iterable[Bucket], before: Mapping[str, int], total: int, history_total: int
) -> Iterable[Trend]:
    for bucket in frequent:
        earlier = before.get(bucket.value, 0)
        score = surprise(bucket.count, total, earlier, history_total)
        if score >= SIGNIFICANT:
            expected = total * (earlier + 0.5) / (history_total + 1)
            yield Trend(field, bucket.value, bucket.count, expected, earlier, score)


def _outer(categories: Iterable[Trend]) -> list[Trend]:
    """Without categories above or below one that rises as much: `News` says nothing beside `News/Politics`."""
    kept: list[Trend] = []
    for trend in sorted(categories, key=lambda trend: (-trend.score, -trend.value.count("/"), trend.value)):
        if not any(_holds(trend.value, other.value) or _holds(other.value, trend.value) for other in kept):
            kept.append(trend)
    return kept


def _holds(path: str, other: str) -> bool:
    return other.startswith(f"{path}/")


def _newest(archive: Reading, trend: Trend, about: Trends) -> tuple[tuple[Hit, ...], tuple[Bucket, ...]]:
    """The newest articles of a trend, and the categories of all of them."""
    asked = SearchRequest(
        filters=(Filter(trend.field, (trend.value,)),),
        dates=days(about.start, about.end),
        sort=Sort.NEWEST,
        size=_LOOKED_AT,
        facets=(CATEGORY,),
        facet_size=_CATEGORIES,
        snippets=False,
    )
    found = archive.search(asked)
    return found.hits, found.facets[CATEGORY].buckets


def _described(
    archive: Reading,
    trend: Trend,
    found: Mapping[tuple[str, str], tuple[tuple[Hit, ...], tuple[Bucket, ...]]],
    about: Trends,
) -> Trend:
    hits, categories = found[trend.field, trend.value]
    dates = days(about.series_start, about.end)
    by_day = counts(archive, SearchRequest(filters=(Filter(trend.field, (trend.value,)),), dates=dates), "day")
    return replace(
        trend,
        category=trend.value if trend.field == CATEGORY else _main(categories, trend.count),
        published=hits[0].article.published if hits else None,
        series=tuple(by_day.get(period, 0) for period in periods(about.series_start, about.end, "day")),
    )


def _main(categories: Iterable[Bucket], total: int) -> str | None:
    """The deepest category that holds at least half of the articles."""
    half = [bucket for bucket in categories if 2 * bucket.count >= total]
    best = min(half, key=lambda bucket: (-bucket.value.count("/"), -bucket.count, bucket.value), default=None)
    return best.value if best else None


def _representatives(
    archive: Reading, rising: Sequence[Trend], hits: Iterable[Hit], size: int
) -> Iterable[RisingArticle]:
    """Articles that name what rises, the most telling first; what one has told weighs half for the next.

    A name in the title weighs double. Of copies of a story, and of articles with one title, the first is enough.
    """
    weights = {(trend.field, trend.value): trend.score for trend in rising}
    left = {hit.id: hit.article for hit in hits}
    while size and left:
        scores = {id: _telling(article, weights) for id, article in left.items()}
        best = min(left.values(), key=lambda article: (-scores[article.id], -_seconds(article), article.id))
        if not scores[best.id]:
            return
        told = _told(best)
        named = [key for key in weights if key in told]
        yield RisingArticle(best, scores[best.id], tuple(name for _, name in named))
        size -= 1
        weights |= {key: weights[key] / 2 for key in named}
        title = fold(best.title)
        same = {best.id, *(copy.id for copy in archive.copies(best.id))}
        left = {
            id: article
            for id, article in left.items()
            if id not in same and (fold(article.title) != title or not title)
        }


def _telling(article: Article, weights: Mapping[tuple[str, str], float]) -> float:
    return sum(weights.get(key, 0.0) * times for key, times in _told(article).items())


def _told(article: Article) -> dict[tuple[str, str], int]:
    """What an article names, and how much that weighs: its entities and its category with those above it."""
    steps = article.category.split("/") if article.category else []
    told = {(CATEGORY, "/".join(steps[: depth + 1])): 1 for depth in range(len(steps))}
    for entity in article.entities:
        in_title = any(mention.field == "title" for mention in entity.mentions)
        told[entity.kind, entity.name] = 2 if in_title else 1
    return told


def _seconds(article: Article) -> float:
    return article.published.instant.timestamp() if article.published else float("-inf")


def _before(day: date, number: int) -> date:
    """So many days earlier, or the first day of the calendar."""
    return date.fromordinal(max(day.toordinal() - number, 1))
