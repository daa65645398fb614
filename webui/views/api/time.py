"""`/api/v1/trends`, `/compare`, `/calendar` and `/receipts`: how much, when, and what has changed since."""

from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, request

from indexer.asking import TRENDS
from indexer.browsing.calendar import calendar as counted_by_period
from indexer.browsing.window import LONGEST, wanted
from indexer.errors import NotFound, UsageError
from indexer.receipts import checking
from indexer.receipts.receipt import Receipt
from indexer.search.query import QueryWarning
from indexer.search.request import Period
from indexer.timeline import INTERVALS, Interval
from indexer.volume import MOST_QUERIES, volume
from webui.addresses import params, urls
from webui.formats.openapi_parameters import MAX_TRENDS
from webui.holder import archive
from webui.http.answers import answer, api_blueprint, choice, number
from webui.rising import risen

blueprint = api_blueprint("api_time")

TRENDS_PARAMETERS = ("from", "to", "size")


@blueprint.get("/trends")
def trends() -> Response:
    """What rises from one day to another; without them, on the archive's last day."""
    size = number("size", TRENDS, MAX_TRENDS)
    dates = [(name, value) for name, value in request.args.items(multi=True) if name in ("from", "to")]
    asked = params.read(dates, urls.plain_request())
    unknown = [name for name in request.args if name not in TRENDS_PARAMETERS]
    warnings = [*asked.warnings, *(params.notice("unknown-parameter", name) for name in unknown)]
    days = wanted(archive(), asked.request.dates)
    if days.cut:
        warnings.append(params.notice("long-window", LONGEST.days))
    return answer(_warned(risen(archive(), days.start, days.end, size).to_dict(), warnings))


@blueprint.get("/compare")
def compare() -> Response:
    """Queries over time; without any, everything."""
    interval = cast("Interval | None", choice("interval", INTERVALS))
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "q"]
    asked = params.read(rest, urls.plain_request(), ("interval",))
    warnings = list(asked.warnings)
    queries = list(dict.fromkeys(query.strip() for query in request.args.getlist("q"))) or [""]
    if len(queries) > MOST_QUERIES:
        queries = queries[:MOST_QUERIES]
        warnings.append(params.notice("too-many-queries", MOST_QUERIES))
    return answer(_warned(volume(archive(), queries, asked.request, interval).to_dict(), warnings))


@blueprint.get("/calendar", defaults={"period": ""})
@blueprint.get("/calendar/<period>")
def calendar(period: str) -> Response:
    """A search by years, by the months of a year or the days of a month."""
    try:
        within = Period.parse(period) if period else None
    except UsageError as error:
        raise NotFound(str(error)) from None
    asked = params.read(request.args.items(multi=True), urls.plain_request())
    return answer(_warned(counted_by_period(archive(), asked.request, within).to_dict(), asked.warnings))


@blueprint.get("/receipts")
def receipt() -> Response:
    """A receipt of a search; nothing is stored, so asking for one changes nothing."""
    asked = params.read(request.args.items(multi=True), urls.plain_request())
    issued = checking.issue(archive(), asked.request, datetime.now(UTC))
    page = urls.absolute(urls.page(f"/receipt/{issued.token}"))
    return answer(_warned({**issued.to_dict(), "page": page}, asked.warnings))


@blueprint.get("/receipts/<token>")
def check(token: str) -> Response:
    """What has changed since a receipt was issued, or between it and another one."""
    other = request.args.get("with")
    try:
        Receipt.parse(token)
    except UsageError as error:
        raise NotFound(str(error)) from None
    if other is not None:
        return answer(checking.compare_two(token, other, archive()).to_dict())
    return answer(checking.compare(token, archive()).to_dict())


def _warned(record: dict[str, Any], warnings: tuple[QueryWarning, ...] | list[QueryWarning]) -> dict[str, Any]:
    """A record with what was ignored of the address, before what the archive itself remarks."""
    return {**record, "warnings": [warning.to_dict() for warning in warnings] + record.get("warnings", [])}
