"""`/receipt` issues a receipt of a search, `/receipt/<token>` says what has changed since, or between two."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer.receipts import checking
from webui.addresses import downloads, params, urls
from webui.holder import archive
from webui.presenters.receipts.receipt import receipt_page, receipts_page

blueprint = Blueprint("receipts", __name__)

OTHER = "with"


@blueprint.get("/receipt")
def issue() -> Response:
    """A receipt of a search, as an address to be kept."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), ("ui",))
    receipt = checking.issue(archive(), asked.request, datetime.now(UTC))
    return redirect(downloads.receipt(receipt.token), code=303)


@blueprint.get("/receipt/<token>")
def compare(token: str) -> str:
    """What a search found then, and finds now; or what it found at the time of another receipt."""
    other = request.args.get(OTHER, "").strip()
    if other:
        return render_template("receipt.html", page=receipts_page(checking.compare_two(token, other, archive())))
    found = checking.compare(token, archive())
    page = receipt_page(found, urls.absolute(downloads.receipt(found.receipt.token)))
    return render_template("receipt.html", page=page)
