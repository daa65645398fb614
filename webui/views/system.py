"""`/healthz` the process lives, `/readyz` it can answer, `/robots.txt` what crawlers may read."""

from flask import Blueprint, Response, jsonify

from webui.addresses import urls
from webui.holder import archive, settings

blueprint = Blueprint("system", __name__)

# Every filter of a search is a link; a crawler that followed them would never come to an end.
ENDLESS = ("/search", "/facet/", "/api/", "/compare", "/export.", "/feed.atom", "/cite/", "/receipt", "/suggest")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the process lives; asks nothing of the archive."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Whether searches can be answered; 503 with the reason when not."""
    found = archive().stats()
    return jsonify({"status": "ok", "articles": found.articles, "generation": found.generation})


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
