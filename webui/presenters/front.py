"""The newest articles and the archive's facets -> the front page."""

from dataclasses import dataclass

from indexer.search.request import Period, SearchRequest, Sort
from indexer.search.results import Facet, SearchResults
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.article import Group
from webui.presenters.lines import Line, articles, line
from webui.presenters.links import Link
from webui.presenters.time import calendar
from webui.presenters.time.histogram import Bar, by_period

SECONDS = 4  # articles with their first lines, after the lead
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
    years: tuple[Bar, ...]
    groups: tuple[Group, ...]


def front_page(latest: SearchResults) -> FrontPage:
    """Present the newest articles with the facets of the whole archive."""
    lines = [line(hit) for hit in latest.hits]
    years = calendar.by_year(by_period(latest.facets.get("published")))
    return FrontPage(
        size=articles(latest.total),
        span=_span(list(years)),
        lead=lines[0] if lines else None,
        seconds=tuple(lines[1 : 1 + SECONDS]),
        rest=tuple(lines[1 + SECONDS :]),
        all_url=urls.page("/search", [("sort", Sort.NEWEST)]),
        years=calendar.periods(dict(sorted(years.items(), reverse=True))),
        groups=tuple(
            group(latest.facets[field], TALLY)
            for field in GROUPS
            if field in latest.facets and latest.facets[field].buckets
        ),
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


def _span(years: list[Period]) -> str:
    if not years:
        return ""
    first, last = min(years), max(years)
    if first == last:
        return i18n.period(first)
    return gettext("%(first)s–%(last)s", first=i18n.period(first), last=i18n.period(last))
