"""`/batch`: how much there is of each of many searches, one a line; `/batch.csv` is the same as a table."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.batch.lines import Line, lines_of
from indexer.batch.rows import BatchRow, search_batch
from indexer.batch.table import as_csv
from indexer.search.request import Match
from webui.addresses import params, urls
from webui.formats.openapi_parameters import BATCH_SECONDS, MOST_LINES
from webui.holder import archive
from webui.presenters.receipts.batch import batch_page

blueprint = Blueprint("batch", __name__)

LINES = "lines"
PARAMETERS = (LINES, "ui")
LONGEST_ADDRESS = 4_000  # characters that any server and client takes


@blueprint.route("/batch", methods=["GET", "POST"])
def batch() -> str | AnyResponse:
    """The form, and what was found of each line. What is sent goes into the address where it fits."""
    if request.method == "POST":
        address = urls.page("/batch", [*request.args.items(multi=True), (LINES, _text())])
        if len(address) <= LONGEST_ADDRESS:
            return redirect(address, HTTPStatus.SEE_OTHER)
    asked, lines = _asked()
    rows = list(_rows(asked, lines))
    return render_template("batch.html", page=batch_page(_text(), asked, rows, len(lines)), follow=True)


@blueprint.route("/batch.csv", methods=["GET", "POST"])
def batch_csv() -> Response:
    """The rows as a table."""
    response = Response("".join(as_csv(_rows(*_asked()))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="batch.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _text() -> str:
    """The lines as they were written."""
    return request.form.get(LINES, request.args.get(LINES, ""))


def _asked() -> tuple[params.Read, list[Line]]:
    asked = params.read(request.args.items(multi=True), urls.base_request(), PARAMETERS)
    return asked, list(lines_of(_text()))


def _rows(asked: params.Read, lines: list[Line]) -> Iterator[BatchRow]:
    base = replace(asked.request, query="", group=False)
    if "match" not in request.args:
        base = replace(base, match=Match.ALL)
    return search_batch(archive(), lines[:MOST_LINES], base, seconds=BATCH_SECONDS)
