"""`/advanced`: a form that writes the query; `/advanced/query` says what it writes while it is filled in."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.archive import Archive
from indexer.errors import QueryTooExpensive, StateError
from indexer.search.request import SearchRequest
from webui import frequent
from webui.addresses import urls
from webui.addresses.advanced import GO, Composed, Form, compose
from webui.http.answers import answer
from webui.presenters.advanced import advanced_page
from webui.presenters.lines import articles

blueprint = Blueprint("advanced", __name__)


@blueprint.get("/advanced")
def advanced() -> tuple[str, int] | AnyResponse:
    """The form, filled from the search in the address; sent, the way to the results of what it writes."""
    form, composed = _asked()
    sent = GO in request.args
    if sent and not composed.problems:
        return redirect(urls.search(_search(form, composed)), HTTPStatus.SEE_OTHER)
    archive = frequent.readable()
    total = _total(archive, form, composed) if form.typed else None
    page = advanced_page(form, composed, frequent.facets(archive), total, sent=sent)
    return render_template("advanced.html", page=page, follow=True), 400 if sent else 200


@blueprint.get("/advanced/query")
def query() -> Response:
    """The query that the form writes, and how many articles it finds."""
    form, composed = _asked()
    total = _total(frequent.readable(), form, composed)
    return answer({"query": composed.query, "count": "" if total is None else articles(total)})


def _asked() -> tuple[Form, Composed]:
    form = Form.read(list(request.args.items(multi=True)), urls.base_request(), ("ui",))
    return form, compose(form.typed)


def _search(form: Form, composed: Composed) -> SearchRequest:
    return replace(form.request, query=composed.query)


def _total(archive: Archive | None, form: Form, composed: Composed) -> int | None:
    """How many articles are found; None where that cannot be told."""
    if archive is None or composed.problems:
        return None
    asked = replace(_search(form, composed), size=0, facets=(), snippets=False, group=False, spellcheck=False)
    try:
        return archive.search(asked).total
    except (QueryTooExpensive, StateError):
        return None
