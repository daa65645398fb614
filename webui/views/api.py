"""`/api/v1/...`: the same searches as JSON, with the same parameters, and errors as problem documents."""

import hashlib
import re
from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, Response, request

from indexer.article import Article
from indexer.errors import NotFound, UsageError
from indexer.fields import BY_NAME
from indexer.interchange import to_record
from indexer.search.options import facet_name
from indexer.search.query import QueryWarning
from webui.addresses import params, urls
from webui.formats.openapi import CURSOR, MAX_LIMIT, MAX_OFFSET, MAX_SUGGESTIONS, document
from webui.holder import archive, shown_article
from webui.http import cors
from webui.http.errors import problem
from webui.presenters.facet_page import MAX_CONTAINS

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.after_request(cors.allow)

SEARCH_PARAMETERS = ("fields",)
FACET_PARAMETERS = ("contains", "order", "offset", "limit")


@blueprint.get("/search")
def search() -> Response:
    """Answer a search; see docs/json-api.md."""
    asked = params.read(request.args.items(multi=True), urls.plain_request(), SEARCH_PARAMETERS)
    warnings = list(asked.warnings)
    fields = _fields(warnings)
    try:
        found = archive().search(asked.request)
    except UsageError as error:  # every other parameter was checked already
        return _bad_cursor(asked.request.cursor or "", str(error))
    record = found.to_dict()
    record["warnings"] = [warning.to_dict() for warning in warnings] + record["warnings"]
    if fields:
        record["hits"] = [{name: value for name, value in hit.items() if name in fields} for hit in record["hits"]]
    return _json(record)


@blueprint.get("/articles", defaults={"id": ""})
@blueprint.get("/articles/<path:id>")
def article(id: str) -> Response:
    """One whole article."""
    id = id or request.args.get("id", "")
    if not id:
        raise NotFound("No article is named. Ask for /api/v1/articles/<id>.")
    return _json(article_record(shown_article(id)))


@blueprint.get("/facets/<field>")
def facet(field: str) -> Response:
    """All values of a facet under a search."""
    try:
        name = facet_name(field)
    except UsageError as error:
        raise NotFound(str(error)) from None
    asked = params.read(request.args.items(multi=True), urls.plain_request(), FACET_PARAMETERS)
    order = request.args.get("order", "count")
    if order not in ("count", "name"):
        raise UsageError(f"order {order!r} is not possible. Write count or name.")
    offset, limit = _number("offset", 0, MAX_OFFSET), _number("limit", 50, MAX_LIMIT)
    found = archive().facet_values(
        name,
        asked.request,
        contains=request.args.get("contains", "")[:MAX_CONTAINS],
        order="name" if order == "name" else "count",
        offset=offset,
        limit=limit,
    )
    return _json(
        {
            "field": found.field,
            "buckets": [bucket.to_dict() for bucket in found.buckets],
            "total": found.total,
            "missing": found.missing,
            "offset": offset,
            "limit": limit,
            "warnings": [warning.to_dict() for warning in (*asked.warnings, *found.warnings)],
        }
    )


@blueprint.get("/suggest")
def suggest() -> Response:
    """Entities, sources and titles for what has been typed so far."""
    text, size = request.args.get("q", "").strip(), _number("size", 8, MAX_SUGGESTIONS)
    found = archive().suggest(text, size) if text else []
    return _json(
        {"query": text, "suggestions": [{"kind": each.kind, "text": each.text, "count": each.count} for each in found]}
    )


@blueprint.get("/stats")
def stats() -> Response:
    """What the archive holds."""
    return _json(archive().stats().to_dict())


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this interface, OpenAPI 3.1."""
    return _json(document())


@blueprint.route("/<path:rest>", methods=["GET"])
def nothing(rest: str) -> Response:
    """Everything else below the API."""
    return problem(404, "Not Found", f"There is nothing at {rest!r}. See {urls.page('/api/v1/openapi.json')}.")


def article_record(article: Article) -> dict[str, Any]:
    """An article as JSON: what `indexer export` writes of it."""
    return to_record(article)


def _bad_cursor(cursor: str, detail: str) -> Response:
    """A text that cannot be a cursor is a mistake; one that can, but is of another search, is a conflict."""
    status = HTTPStatus.CONFLICT if re.fullmatch(CURSOR, cursor) else HTTPStatus.BAD_REQUEST
    return problem(status, status.phrase, detail, error="UsageError")


def _fields(warnings: list[QueryWarning]) -> frozenset[str]:
    text = request.args.get("fields", "")
    wanted = {name.strip() for name in text.split(",") if name.strip()}
    known = {*BY_NAME, "score", "snippets", "title_spans", "precision", "copies", "copy_sources", "explanation"}
    possible = ", ".join(sorted(known))
    warnings.extend(params.notice("bad-choice", "fields", name, possible) for name in sorted(wanted - known))
    kept = wanted & known
    return frozenset(kept | {"id"}) if kept else frozenset()


def _number(name: str, default: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and int(text[:12]) <= most):
        raise UsageError(f"{name} {text[:40]!r} is not a number from 0 to {most}.")
    return int(text)


def _json(record: Any) -> Response:
    """The answer; the time it took is no part of its validator, so that the same answer is known as such."""
    response = Response(orjson.dumps(record, default=str), mimetype="application/json")
    lasting = {name: value for name, value in record.items() if name != "took_ms"}
    response.set_etag(hashlib.blake2b(orjson.dumps(lasting, default=str), digest_size=16).hexdigest(), weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns what it is called on
