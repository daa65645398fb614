"""`/healthz` the process lives, `/readyz` it can answer, `/robots.txt` what crawlers may read."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify

from indexer.errors import BroadsheetError, IndexCorrupt
from webui.access.readers import barred
from webui.addresses import urls
from webui.holder import archive, settings

blueprint = Blueprint("system", __name__)

# Every filter of a search is a link; a crawler that followed them would never come to an end.
ENDLESS = ("/search", "/facet/", "/api/", "/compare", "/export.", "/feed.", "/cite/", "/receipt", "/suggest", "/batch")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the process lives; asks nothing of the archive."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Whether searches can be answered; 503 with the reason when not. A warning says that the archive was newer."""
    if barred():
        return _is_ready()
    held = archive()
    found = held.stats()
    state = {"articles": found.articles, "generation": found.generation, "identity": held.identity}
    if held.lost:
        return jsonify({"status": "older", "warning": held.lost, **state})
    return jsonify({"status": "ok", **state})


def _is_ready() -> Response:
    """What strangers to a closed archive are told: yes or no."""
    try:
        held = archive()
        held.stats()
    except BroadsheetError as error:
        failed = error
    else:
        return jsonify({"status": "older" if held.lost else "ok"})
    if isinstance(failed, IndexCorrupt):
        current_app.extensions["archive"].forget()
    current_app.logger.error("%s: %s", type(failed).__name__, failed)
    response = jsonify({"status": "unavailable"})
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read."""
    lines = ["User-agent: *"]
    if settings().web.indexable:
        lines += [f"Disallow: {urls.page(path)}" for path in ENDLESS]
        lines += ["", f"Sitemap: {urls.absolute(urls.page('/sitemap.xml'))}"]
    else:
        lines.append("Disallow: /")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
