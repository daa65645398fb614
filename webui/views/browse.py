"""`/archive/...` by date, and the pages about a source, person, organisation or place."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from indexer.article import EntityKind
from indexer.errors import NotFound, UsageError
from indexer.search.request import DateRange, Period, SearchRequest, Sort
from indexer.search.results import Facet, Hit, SearchResults
from indexer.zones import latest_day
from webui.addresses import urls
from webui.holder import archive
from webui.i18n import gettext
from webui.presenters.browse import COMPANIONS, period_page, profile_page, years_page
from webui.presenters.trends import trends_box
from webui.rising import risen

blueprint = Blueprint("browse", __name__)

DAY_ARTICLES = 100  # most days fit on a page; the rest is a search
PERIOD_ARTICLES = 10
DAY_TRENDS = 6
PROFILE_ARTICLES = 10
COMPANION_FIELDS = ("person", "organisation", "place", "source", "category")
ONE_DAY = timedelta(days=1)


@blueprint.get("/archive/")
def years() -> str:
    """All years of the archive."""
    found = archive().search(_newest(DateRange(), 0, facets=("published",)))
    return render_template("archive.html", page=years_page(found), indexable=True, follow=True)


@blueprint.get("/archive/<int(fixed_digits=4):year>")
def year(year: int) -> tuple[str, int]:
    """A year: its months and its last articles."""
    return _period_page(f"{year:04d}")


@blueprint.get("/archive/<int(fixed_digits=4):year>/<int:month>")
def month(year: int, month: int) -> tuple[str, int]:
    """A month: its days and its last articles."""
    return _period_page(f"{year:04d}-{month:02d}")


@blueprint.get("/archive/<int(fixed_digits=4):year>/<int:month>/<int:day>")
def day(year: int, month: int, day: int) -> tuple[str, int]:
    """A day: its articles."""
    return _period_page(f"{year:04d}-{month:02d}-{day:02d}")


@blueprint.get("/source/<path:name>")
def source(name: str) -> str | Response:
    """A source; its name in another case leads to it."""
    narrowed, found = _about("source", name)
    label, *_ = found.request.filter("source").values
    if label != name:
        return redirect(urls.profile("source", label))
    page = profile_page("source", name, found, narrowed)
    return render_template("profile.html", page=page, indexable=True, follow=True)


@blueprint.get("/<any(person, organisation, place):kind>/<path:name>")
def profile(kind: EntityKind, name: str) -> str | Response:
    """A person, organisation or place; other spellings lead to the one that is shown."""
    narrowed, found = _about(kind, name)
    seen = archive().evidence(kind, name)
    if seen.name != name:
        return redirect(urls.profile(kind, seen.name))
    hits = tuple(replace(hit, snippets=seen.sentences.get(hit.article.id) or hit.snippets) for hit in found.hits)
    page = profile_page(kind, name, replace(found, hits=hits), narrowed, tuple(seen.spellings), _beside(kind, name))
    return render_template("profile.html", page=page, indexable=True, follow=True)


def _about(field: str, name: str) -> tuple[SearchRequest, SearchResults]:
    """The articles about a name; where all name it in passing, those count.

    Raises:
        NotFound: there are none.
    """
    narrowed = replace(urls.base_request().with_filter(field, name), sort=Sort.NEWEST)
    facets = ("published", *(each for each in COMPANION_FIELDS if each != field))
    asked = replace(narrowed, size=PROFILE_ARTICLES, facets=facets, facet_size=COMPANIONS)
    found = archive().search(asked)
    if not found.total and field != "source":
        narrowed = replace(narrowed, all_mentions=True)
        found = archive().search(replace(asked, all_mentions=True))
    if not found.total:
        raise NotFound(gettext("No article names “%(name)s”.", name=name))
    return narrowed, found


def _beside(kind: EntityKind, name: str) -> tuple[SearchRequest, Facet] | None:
    """Others of the same kind in the articles that name one, and the search that finds these articles."""
    if '"' in name:
        return None  # the query language has no way to write it
    asked = replace(urls.base_request(), query=f'{kind}:="{name}"', size=0, facets=(kind,), facet_size=COMPANIONS + 1)
    facet = archive().search(asked).facets[kind]
    others = tuple(bucket for bucket in facet.buckets if bucket.value != name)[:COMPANIONS]
    return replace(urls.base_request(), query=asked.query), replace(facet, buckets=others)


def _period_page(text: str) -> tuple[str, int]:
    try:
        period = Period.parse(text)
    except UsageError as error:
        raise NotFound(str(error)) from None
    size, facets = (DAY_ARTICLES, ()) if period.day else (PERIOD_ARTICLES, ("published",))
    found = archive().search(_newest(DateRange(period, period), size, facets))
    page = period_page(period, found, _nearest(period, later=False), _nearest(period, later=True))
    # A day without articles still shows the way to its neighbours, but is no page that should be kept.
    box = None
    if period.day and found.total:
        box = trends_box(risen(archive(), period.first, period.last, DAY_TRENDS), DAY_TRENDS)
    status = 200 if found.total else 404
    return render_template("archive.html", page=page, trends=box, indexable=bool(found.total), follow=True), status


def _newest(dates: DateRange, size: int, facets: tuple[str, ...]) -> SearchRequest:
    return replace(urls.plain_request(), dates=dates, sort=Sort.NEWEST, size=size, facets=facets)


def _nearest(period: Period, *, later: bool) -> Hit | None:
    """The nearest article after or before a period."""
    with suppress(OverflowError):  # the calendar ends there
        edge = _day(period.last + ONE_DAY if later else period.first - ONE_DAY)
        latest = _day(latest_day()) if edge.last <= latest_day() else None  # beside a day of the future are others
        dates = DateRange(edge, latest) if later else DateRange(None, edge)
        asked = replace(_newest(dates, 1, ()), sort=Sort.OLDEST if later else Sort.NEWEST, snippets=False)
        return next(iter(archive().search(asked).hits), None)
    return None


def _day(day: date) -> Period:
    return Period(day.year, day.month, day.day)
