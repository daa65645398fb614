"""What rises -> lists with a small line of history each, for the front page, the page of a day and `/trends`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from indexer.search.request import DateRange
from indexer.trends import RisingArticle, Trend, Trends
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import Line, Stamp, article_line, articles, stamp_of
from webui.presenters.links import Link, category_links

SPARK_WIDTH, SPARK_HEIGHT = 84, 20  # the drawing's units
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Riser:
    """A name or category that rises."""

    name: str
    kind: str
    url: str
    count: str
    usual: str
    stamp: Stamp | None
    categories: tuple[Link, ...]
    spark: str
    spark_text: str
    score: str


@dataclass(frozen=True, slots=True)
class TrendsBox:
    """Everything that the trends templates print."""

    title: str
    against: str
    entities: tuple[Riser, ...]
    categories: tuple[Riser, ...]
    articles: tuple[Line, ...]
    url: str
    count: str
    previous: Link | None = None
    next: Link | None = None

    @property
    def something(self) -> bool:
        """Whether anything rises at all."""
        return bool(self.entities or self.categories or self.articles)


def trends_box(found: Trends, most: int = 10) -> TrendsBox:
    """Present what rises, with at most so many of each kind."""
    dates = _dates(found)
    one_day = found.start == found.end
    return TrendsBox(
        title=gettext("Trends 24h") if one_day else gettext("Trends"),
        against=_against(found),
        entities=tuple(_riser(trend, dates) for trend in found.entities[:most]),
        categories=tuple(_riser(trend, dates) for trend in found.categories[:most]),
        articles=tuple(_article(each) for each in found.articles[:most]),
        url=urls.page("/trends", [("from", found.start.isoformat()), ("to", found.end.isoformat())]),
        count=f"{words.dates_label(dates)} · {articles(found.total)}",
    )


def sparkline(series: Sequence[int]) -> str:
    """Counts as the `points` of an SVG polyline."""
    most = max(series, default=0) or 1
    step = SPARK_WIDTH / max(len(series) - 1, 1)
    return " ".join(
        f"{at * step:.1f},{SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 2) * count / most:.1f}" for at, count in enumerate(series)
    )


def _dates(found: Trends) -> DateRange:
    return DateRange(i18n.day_period(found.start), i18n.day_period(found.end))


def _against(found: Trends) -> str:
    if not found.history_total:
        return gettext("Nothing older to compare with.")
    if found.history_start is None:
        return gettext("Compared with everything before.")
    since = i18n.period(i18n.day_period(found.history_start))
    return gettext("Compared with the weeks since %(date)s.", date=since)


def _riser(trend: Trend, dates: DateRange) -> Riser:
    narrowed = urls.base_request().with_filter(trend.field, trend.value).with_dates(dates)
    usual = trend.expected
    return Riser(
        name=words.value_label(trend.field, trend.value),
        kind=words.field_label(trend.field),
        url=urls.search(narrowed),
        count=articles(trend.count),
        usual=gettext("usually %(number)s", number=i18n.decimal(usual, 1)),
        stamp=stamp_of(trend.published),
        categories=category_links(trend.category) if trend.field != "category" else (),
        spark=sparkline(trend.series),
        spark_text=ngettext(
            "%(count)s article in the last %(days)s days", "%(count)s articles in the last %(days)s days",
            sum(trend.series), count=i18n.number(sum(trend.series)), days=i18n.number(len(trend.series)),
        ),
        score=i18n.decimal(trend.score, 1),
    )  # fmt: skip


def _article(each: RisingArticle) -> Line:
    return article_line(each.article)


def because(each: RisingArticle) -> str:
    """What an article stands for."""
    return ", ".join(markup.plain(name) for name in each.because)
