"""`/archive/...` by date, and the pages about a source, person, organisation or place."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from indexer.browsing.calendar import neighbour
from indexer.errors import NotFound, StateError, UsageError
from indexer.follow.status import status
from indexer.search.request import DateRange, Period, SearchRequest, Sort
from indexer.search.results import SearchResults
from indexer.sources import Source
from webui.addresses import urls
from webui.holder import archive, settings
from webui.holdings import by_day, held
from webui.http import errors
from webui.i18n import gettext
from webui.presenters.browse import COMPANIONS, period_page, profile_page, years_page
from webui.presenters.card import profile_card
from webui.presenters.time.histogram import by_period
from webui.presenters.time.trends import trends_box
from webui.rising import risen

blueprint = Blueprint("browse", __name__)

DAY_ARTICLES = 100  # most days fit on a page; the rest is a search
PERIOD_ARTICLES = 6
DAY_TRENDS = 6
PROFILE_ARTICLES = 10


@blueprint.get("/archive/")
def years() -> str:
    """All years of the archive."""
    return render_template("archive.html", page=years_page(_all()), indexable=True, follow=True)


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


@blueprint.get("/<any(source, person, organisation, place):field>/<path:name>")
def profile(field: str, name: str) -> str | Response:
    """A source, person, organisation or place; other spellings lead to the one that is shown."""
    try:
        found = archive().profile(field, name, size=PROFILE_ARTICLES, values=COMPANIONS, group=True)
    except NotFound:
        raise NotFound(gettext("No article names “%(name)s”.", name=name)) from None
    if found.name != name:
        return redirect(urls.profile(field, found.name))
    seen = _seen(found.source) if found.source else None
    page = profile_page(found, held, seen)
    card = profile_card(page.name, page.kind, page.count, urls.profile(field, name))
    return render_template("profile.html", page=page, indexable=True, follow=True, card=card)


def _seen(source: Source) -> datetime | None:
    """When what is followed of a source last brought something new."""
    try:
        times = [each.seen for each in status(settings()) if each.source == source.name and each.seen]
    except StateError as error:
        errors.log(error)
        return None
    return max(times, default=None)


def _period_page(text: str) -> tuple[str, int]:
    try:
        period = Period.parse(text)
    except UsageError:
        raise NotFound from None
    found = archive().search(_newest(DateRange(period, period), DAY_ARTICLES if period.day else PERIOD_ARTICLES))
    around = period if found.total else _around(period)
    counts = by_day(Period(around.year, around.month)) if around else by_period(_all().facets["published"])
    before, after = (neighbour(archive(), urls.plain_request(), period, later=later) for later in (False, True))
    page = period_page(period, found, around, counts, before, after)
    # A day without articles still shows the way to its neighbours, but is no page that should be kept.
    box = None
    if period.day and found.total:
        box = trends_box(risen(archive(), period.first, period.last, DAY_TRENDS), DAY_TRENDS)
    status = 200 if found.total else 404
    return render_template("archive.html", page=page, trends=box, indexable=bool(found.total), follow=True), status


def _around(period: Period) -> Period | None:
    """The smallest period around one that holds any article; None where that is the whole archive."""
    above = period.parent
    while above and not by_day(above):
        above = above.parent
    return above


def _all() -> SearchResults:
    return archive().search(_newest(DateRange(), 0, facets=("published",)))


def _newest(dates: DateRange, size: int, facets: tuple[str, ...] = ()) -> SearchRequest:
    return replace(urls.plain_request(), dates=dates, sort=Sort.NEWEST, size=size, facets=facets)
