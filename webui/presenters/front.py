"""The newest articles and the archive's facets -> the front page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.browsing.anniversaries import Anniversary, query
from indexer.search.request import Period, SearchRequest, Sort
from indexer.search.results import Facet, SearchResults
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.edition import FIRST, edition, own_language
from webui.presenters.lines import Line, articles, line
from webui.presenters.links import Link
from webui.presenters.reading.article import Group
from webui.presenters.time import calendar
from webui.presenters.time.histogram import by_period

MOST_LISTED = 8  # years that are a list beside the articles; more are a strip below them
TALLY = 8  # values of each list
GROUPS = ("source", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything that the front template prints."""

    size: str
    span: str
    lead: Line | None
    seconds: tuple[Line, ...]
    rest: tuple[Line, ...]
    all_url: str
    years: tuple[calendar.Row, ...]
    strip: tuple[calendar.Row, ...]
    groups: tuple[Group, ...]
    that_day: tuple[Line, ...] = ()
    that_day_title: str = ""
    that_day_url: str = ""


def front_page(latest: SearchResults, day: date | None = None, earlier: Sequence[Anniversary] = ()) -> FrontPage:
    """Present the newest articles with the facets of the whole archive.

    Args:
        latest: the newest articles, among which those to show are chosen.
        day: the archive's last day that says something.
        earlier: what was published on that day of earlier years.
    """
    language = i18n.interface_language()
    lines = [line(hit) for hit in edition(latest.hits, language)]
    found = by_period(latest.facets.get("published"))
    years = list(calendar.by_year(found))
    many = len(years) > MOST_LISTED
    return FrontPage(
        size=articles(latest.total),
        span=_span(years),
        lead=lines[0] if lines else None,
        seconds=tuple(lines[1:FIRST]),
        rest=tuple(lines[FIRST:]),
        all_url=urls.page("/search", [("sort", Sort.NEWEST)]),
        years=() if many else calendar.years(found),
        strip=calendar.strip(found) if many else (),
        groups=tuple(
            group(latest.facets[field], TALLY)
            for field in GROUPS
            if field in latest.facets and latest.facets[field].buckets
        ),
        that_day=tuple(line(own_language(each.hits, language)) for each in earlier),
        that_day_title=gettext("On this day: %(day)s", day=i18n.day_of_year(day)) if day else "",
        that_day_url=_other_years(day) if day else "",
    )


def group(facet: Facet, size: int, request: SearchRequest | None = None) -> Group:
    """The most frequent values of a facet: leading to their own pages, or narrowing a search."""
    near = urls.nearby(request) if request else None
    return Group(
        facet.field,
        words.fields_label(facet.field),
        tuple(
            Link(
                words.value_label(facet.field, bucket.value),
                near.with_filter(facet.field, bucket.value) if near else urls.profile(facet.field, bucket.value),
                i18n.number(bucket.count),
            )
            for bucket in facet.buckets[:size]
            if bucket.count
        ),
        urls.facet(facet.field, request or urls.base_request()),
    )


def _other_years(day: date) -> str:
    return urls.search(replace(urls.base_request(), query=query(day), sort=Sort.NEWEST))


def _span(years: list[Period]) -> str:
    if not years:
        return ""
    first, last = min(years), max(years)
    if first == last:
        return i18n.period(first)
    return gettext("%(first)s–%(last)s", first=i18n.period(first), last=i18n.period(last))
