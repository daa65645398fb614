"""What rises -> lists with a small line of history each, for the front page, the page of a day and `/trends`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.browsing.window import Span, Window
from indexer.search.request import DateRange, Period
from indexer.timeline import of_day
from indexer.trends import Trend, Trends
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import Line, Stamp, article_line, articles, stamp_of
from webui.presenters.links import Link, category_links

SPARK_WIDTH, SPARK_HEIGHT = 84, 20  # the drawing's units


@dataclass(frozen=True, slots=True)
class Riser:
    """A name or category that rises."""

    name: str
    url: str
    count: str
    usual: str
    stamp: Stamp | None
    categories: tuple[Link, ...]
    spark: str
    spark_text: str


@dataclass(frozen=True, slots=True)
class TrendsBox:
    """Everything that the trends templates print."""

    against: str
    entities: tuple[Riser, ...]
    categories: tuple[Riser, ...]
    articles: tuple[Line, ...]
    url: str
    days: str
    count: str

    @property
    def something(self) -> bool:
        """Whether anything rises at all."""
        return bool(self.entities or self.categories or self.articles)


def trends_box(found: Trends, most: int = 10) -> TrendsBox:
    """Present what rises, with at most so many of each kind."""
    dates = _dates(found)
    return TrendsBox(
        against=_against(found),
        entities=tuple(_riser(trend, dates) for trend in found.entities[:most]),
        categories=tuple(_riser(trend, dates) for trend in found.categories[:most]),
        articles=tuple(article_line(each.article) for each in found.articles[:most]),
        url=urls.page("/trends", [("from", found.start.isoformat()), ("to", found.end.isoformat())]),
        days=words.dates_label(dates),
        count=articles(found.total),
    )


def spans(found: Window, asked_end: date | None) -> tuple[Link, ...]:
    """The switch between a day, a week and a month: up to the day that was asked for, else the archive's last ones."""
    names = {Span.DAY: gettext("Day"), Span.WEEK: gettext("Week"), Span.MONTH: gettext("Month")}
    length = (found.end - found.start).days + 1
    to = [("to", asked_end.isoformat())] if asked_end else []
    return tuple(
        Link(names[span], urls.page("/trends", [("by", span.value), *to]), current=span.days == length) for span in Span
    )


def neighbour(days: Window | None) -> Link | None:
    """Where trends of other days are; a whole month is called by its name."""
    if days is None:
        return None
    month = Period(days.start.year, days.start.month)
    whole = (month.first, month.last) == (days.start, days.end)
    start, end = (month, month) if whole else (of_day(days.start), of_day(days.end))
    pairs = [("from", str(start)), ("to", str(end))]
    return Link(words.dates_label(DateRange(start, end)), urls.page("/trends", pairs))


def sparkline(series: Sequence[int]) -> str:
    """Counts as the `points` of an SVG polyline."""
    most = max(series, default=0) or 1
    step = SPARK_WIDTH / max(len(series) - 1, 1)
    return " ".join(
        f"{at * step:.1f},{SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 2) * count / most:.1f}" for at, count in enumerate(series)
    )


def _dates(found: Trends) -> DateRange:
    return DateRange(of_day(found.start), of_day(found.end))


def _against(found: Trends) -> str:
    if not found.history_total:
        return gettext("Nothing older to compare with.")
    if found.history_start is None:
        return gettext("Compared with everything before.")
    since = i18n.period(of_day(found.history_start))
    return gettext("Compared with the weeks since %(date)s.", date=since)


def _riser(trend: Trend, dates: DateRange) -> Riser:
    narrowed = urls.base_request().with_filter(trend.field, trend.value).with_dates(dates)
    usual = trend.expected
    return Riser(
        name=words.value_label(trend.field, trend.value),
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
    )  # fmt: skip
