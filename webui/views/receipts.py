"""`/receipt` issues a receipt of a search, `/receipt/<token>` says what has changed since."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer.receipts import checking
from webui.addresses import params, urls
from webui.holder import archive
from webui.presenters.receipt import receipt_page

blueprint = Blueprint("receipts", __name__)

SHOWN = 20  # new articles that the page lists


@blueprint.get("/receipt")
def issue() -> Response:
    """A receipt of a search, as an address to be kept."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), ("ui",))
    receipt = checking.issue(archive(), asked.request, datetime.now(UTC))
    return redirect(urls.page(f"/receipt/{receipt.token}"), code=303)


@blueprint.get("/receipt/<token>")
def compare(token: str) -> str:
    """What a search found then, and finds now."""
    found = checking.compare(token, archive())
    page = receipt_page(found, found.new_articles[:SHOWN], urls.absolute(urls.page(f"/receipt/{token}")))
    return render_template("receipt.html", page=page)
