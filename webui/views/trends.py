"""`/trends` what rises over some days, `/compare` queries over time, with its numbers as CSV."""

from flask import Blueprint, Response, render_template, request

from indexer.asking import TRENDS
from indexer.browsing.window import LONGEST, Span, Window, beside, window
from indexer.search.query import QueryWarning
from indexer.search.request import SearchRequest
from indexer.volume import MOST_QUERIES, to_csv, volume
from webui import frequent, i18n
from webui.addresses import params, urls
from webui.holder import archive
from webui.holdings import covered
from webui.presenters import words
from webui.presenters.compare import compare_page, with_examples
from webui.presenters.time import boxes
from webui.presenters.time.trends import neighbour, spans, trends_box
from webui.rising import last_days, risen, risen_last

blueprint = Blueprint("trends", __name__)

TRENDS_PARAMETERS = ("ui", "by")
COMPARE_PARAMETERS = ("ui", "as")
SHARE = "share"


@blueprint.get("/trends")
def trends() -> str:
    """What rises over some days: those asked for, else the last ones that say something."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), TRENDS_PARAMETERS)
    span, misread = _span()
    warnings = [*asked.warnings, *misread]
    dates = asked.request.dates
    days = _days(asked.request, span)
    if days is None:
        return render_template("trends.html", box=None, warnings=[], boxes=_boxes(asked))
    if days.cut:
        warnings.append(params.notice("long-window", LONGEST.days))
    return render_template(
        "trends.html",
        box=trends_box(risen(archive(), days.start, days.end, TRENDS), TRENDS),
        warnings=[words.warning_text(each) for each in warnings],
        boxes=_boxes(asked),
        days=days,
        spans=spans(days, days.end if dates else None),
        neighbours=[neighbour(each) for each in beside(archive(), days)],
    )


@blueprint.get("/compare")
def compare() -> str:
    """Queries over time, in numbers or as shares."""
    queries, read, warnings = _asked()
    asked = read.request
    share = request.args.get("as") == SHARE
    found = volume(archive(), queries, asked) if queries else None
    rtl = i18n.direction(i18n.interface_language()) == "rtl"
    page = compare_page(queries, found, asked, warnings, share=share, rtl=rtl)
    if not queries:
        page = with_examples(page, frequent.facets(archive()))
    return render_template("compare.html", page=page, boxes=_boxes(read))


@blueprint.get("/compare.csv")
def compare_csv() -> Response:
    """The numbers of a comparison."""
    queries, read, _ = _asked()
    response = Response(
        to_csv(volume(archive(), queries or [""], read.request)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="compare.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _span() -> tuple[Span | None, list[QueryWarning]]:
    """How many days the address asks for, and what is wrong with that."""
    text = request.args.get("by", "").strip().lower()
    if not text:
        return None, []
    try:
        return Span(text), []
    except ValueError:
        return None, [params.notice("bad-choice", "by", text, ", ".join(Span))]


def _days(asked: SearchRequest, span: Span | None) -> Window | None:
    """The days of a range, or those that end with its last day; the archive's last ones where it has none."""
    last = asked.dates.last
    if asked.dates.first or (last and span is None):
        return window(archive(), asked.dates)
    if last and span:
        return span.up_to(last)
    if span:
        return last_days(archive(), span)
    found = risen_last(archive(), TRENDS)
    return Window(found.start, found.end) if found else None


def _boxes(asked: params.Read) -> tuple[boxes.Box, boxes.Box]:
    return boxes.date_boxes(asked.request.dates, asked.unread, covered())


def _asked() -> tuple[list[str], params.Read, list[QueryWarning]]:
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "q"]
    asked = params.read(rest, urls.base_request(), COMPARE_PARAMETERS)
    warnings = list(asked.warnings)
    queries = list(dict.fromkeys(query.strip() for query in request.args.getlist("q") if query.strip()))
    if len(queries) > MOST_QUERIES:
        queries = queries[:MOST_QUERIES]
        warnings.append(params.notice("too-many-queries", MOST_QUERIES))
    return queries, asked, warnings
