"""`/export.csv|jsonl|ris`: all hits of a search as a file. `/cite/<format>/<id>`: the citation of one article."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, Response, request

from indexer.browsing.counted import counted
from indexer.errors import NotFound
from indexer.search.results import settled
from webui.addresses import downloads, params, urls
from webui.formats import citations, exports
from webui.holder import archive, settings, shown_article

blueprint = Blueprint("exports", __name__)

PARAMETERS = ("bom", "guard", "ui")
_OFF = ("0", "false", "no", "off")


@blueprint.get("/export.<any(csv, jsonl, ris):suffix>")
def export(suffix: str) -> Response:
    """All hits of a search."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), PARAMETERS)
    found, articles = counted(archive(), asked.request)
    answered = settled(params.answered(asked.request, found.request).with_page(1), found.matching)
    about = exports.About(
        archive=settings().archive.name,
        query=asked.request.query,
        understood=found.understood,
        search=urls.absolute(urls.search(replace(answered, facets=urls.base_request().facets))),
        generation=found.generation,
        time=datetime.now(UTC),
        total=found.total,
        warnings=tuple(warning.message for warning in (*asked.warnings, *found.warnings)),
    )
    kind = exports.FORMATS[suffix]
    options = exports.Options(bom=_switch("bom", default=False), guard=_switch("guard", default=True))
    pieces = kind.write(articles, about, downloads.permalinks(), options)
    response = Response(exports.encoded(pieces), content_type=kind.content_type)
    stem = exports.file_stem(about.archive, about.time, about.query)
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{suffix}"'
    response.headers["X-Broadsheet-Query"] = quote(about.query)
    response.headers["X-Broadsheet-Generation"] = str(about.generation)
    response.headers["X-Broadsheet-Total"] = str(about.total)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/cite/<name>", defaults={"id": ""})
@blueprint.get("/cite/<name>/<path:id>")
def cite(name: str, id: str) -> Response:
    """The citation of one article."""
    kind = citations.FORMATS.get(name)
    if kind is None:
        raise NotFound(f"There is no citation format {name!r}. Known: {', '.join(citations.FORMATS)}.")
    article = shown_article(id or request.args.get("id", ""))
    reading = citations.Reading(downloads.permalinks()(article.id), settings().archive.name, datetime.now(UTC).date())
    response = Response(kind.write(article, reading), content_type=f"{kind.content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{citations.file_stem(article)}.{kind.suffix}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _switch(name: str, *, default: bool) -> bool:
    text = request.args.get(name, "").strip().lower()
    return text not in _OFF if text else default
