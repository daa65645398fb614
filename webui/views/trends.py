"""`/trends` what rises over some days, `/compare` queries over time, with its numbers as CSV."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request

from indexer.archive import Archive
from indexer.asking import TRENDS
from indexer.browsing.window import LONGEST, window
from indexer.search.query import QueryWarning
from indexer.search.request import DateRange, Period, SearchRequest
from indexer.volume import MOST_QUERIES, Volume, to_csv, volume
from webui import i18n
from webui.addresses import params, urls
from webui.holder import archive
from webui.holdings import span
from webui.presenters import words
from webui.presenters.compare import compare_page
from webui.presenters.links import Link
from webui.presenters.time import boxes
from webui.presenters.time.trends import trends_box
from webui.rising import risen

blueprint = Blueprint("trends", __name__)

COMPARE_PARAMETERS = ("ui", "as")
SHARE = "share"


@blueprint.get("/trends")
def trends() -> str:
    """What rises from one day to another."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), ("ui",))
    warnings = list(asked.warnings)
    days = window(archive(), asked.request.dates)
    if days is None:
        return render_template("trends.html", box=None, warnings=[], boxes=_boxes(asked))
    if days.cut:
        warnings.append(params.notice("long-window", LONGEST.days))
    found = risen(archive(), days.start, days.end, TRENDS)
    return render_template(
        "trends.html",
        box=trends_box(found, TRENDS),
        warnings=[words.warning_text(each) for each in warnings],
        boxes=_boxes(asked),
        neighbours=_neighbours(days.start, days.end),
    )


@blueprint.get("/compare")
def compare() -> str:
    """Queries over time, in numbers or as shares."""
    queries, read, warnings = _asked()
    asked = read.request
    share = request.args.get("as") == SHARE
    found = _volume(archive(), queries, asked) if queries else None
    rtl = i18n.direction(i18n.interface_language()) == "rtl"
    page = compare_page(queries, found, asked, warnings, share=share, rtl=rtl)
    return render_template("compare.html", page=page, boxes=_boxes(read))


@blueprint.get("/compare.csv")
def compare_csv() -> Response:
    """The numbers of a comparison."""
    queries, read, _ = _asked()
    response = Response(
        to_csv(_volume(archive(), queries or [""], read.request)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="compare.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _neighbours(start: date, end: date) -> tuple[Link | None, Link | None]:
    """The windows of the same length before and after; of a whole month, the months before and after."""
    length = end - start + timedelta(days=1)
    month = Period(start.year, start.month)
    whole = (month.first, month.last) == (start, end)
    try:
        before = _window(start - timedelta(days=1) if whole else start - length, start - timedelta(days=1), whole)
    except OverflowError:
        before = None
    try:
        after = _window(end + timedelta(days=1), end + timedelta(days=1) if whole else end + length, whole)
    except OverflowError:
        after = None
    return before, after


def _window(first: date, last: date, whole: bool) -> Link:
    """The trends from one day to another, or of the month that a day is in."""
    start, end = (Period(day.year, day.month, None if whole else day.day) for day in (first, last))
    pairs = [("from", str(start)), ("to", str(end))]
    return Link(words.dates_label(DateRange(start, end)), urls.page("/trends", pairs))


def _boxes(asked: params.Read) -> tuple[boxes.Box, boxes.Box]:
    return boxes.date_boxes(asked.request.dates, asked.unread, span())


def _asked() -> tuple[list[str], params.Read, list[QueryWarning]]:
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "q"]
    asked = params.read(rest, urls.base_request(), COMPARE_PARAMETERS)
    warnings = list(asked.warnings)
    queries = list(dict.fromkeys(query.strip() for query in request.args.getlist("q") if query.strip()))
    if len(queries) > MOST_QUERIES:
        queries = queries[:MOST_QUERIES]
        warnings.append(params.notice("too-many-queries", MOST_QUERIES))
    return queries, asked, warnings


def _volume(archive: Archive, queries: list[str], asked: SearchRequest) -> Volume:
    return volume(archive, queries, asked)
