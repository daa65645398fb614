"""`/api/v1/...`: the same searches as JSON, with the same parameters, and errors as problem documents.

Searches, facets, names, suggestions and numbers of the archive; `articles` and `time` have the rest.
"""

import re
from dataclasses import replace
from http import HTTPStatus

from flask import Response, request

from indexer.asking import TERMS
from indexer.batch.lines import lines_of
from indexer.batch.rows import search_batch
from indexer.browsing.narrowing import narrowing
from indexer.browsing.profiles import ARTICLES, PROFILE_FIELDS, VALUES
from indexer.errors import NotFound, UsageError
from indexer.fields import BY_NAME
from indexer.search.options import facet_name
from indexer.search.query import QueryWarning
from indexer.search.request import MAX_SIZE, Match
from indexer.search.results import Suggestion
from webui.addresses import params, urls
from webui.addresses.params import MAX_FACET_SIZE
from webui.formats.openapi import document
from webui.formats.openapi_access import with_token
from webui.formats.openapi_parameters import (
    BATCH_SECONDS,
    CURSOR,
    MAX_LIMIT,
    MAX_OFFSET,
    MAX_SUGGESTIONS,
    MAX_TERMS,
    MOST_LINES,
)
from webui.holder import archive, settings
from webui.http.answers import answer, api_blueprint, choice, named, number, switch
from webui.http.errors import problem
from webui.memo import remembered

blueprint = api_blueprint("api")

SEARCH_PARAMETERS = ("fields",)
LAST_WORDS = 3  # at most, that are completed behind others
WORDS_PARAMETERS = ("limit",)
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
    if found.hits and (narrower := narrowing(archive(), found)):
        record["narrowing"] = narrower.to_dict()
    if fields:
        record["hits"] = [{name: value for name, value in hit.items() if name in fields} for hit in record["hits"]]
    return answer(record)


@blueprint.route("/batch", methods=["GET", "POST"])
def batch() -> Response:
    """How much there is of each of many queries: a parameter `q` for each, or the body, one a line."""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "q"]
    asked = params.read(rest, urls.plain_request())
    sent = request.get_data(cache=False).decode("utf-8", "replace") if request.method == "POST" else ""
    lines = list(lines_of(sent if sent.strip() else request.args.getlist("q")))
    if len(lines) > MOST_LINES:
        raise UsageError(f"A batch has at most {MOST_LINES} lines here, not {len(lines)}. Ask for them in parts.")
    base = asked.request if "match" in request.args else replace(asked.request, match=Match.ALL)
    rows = [row.to_dict() for row in search_batch(archive(), lines, base, seconds=BATCH_SECONDS)]
    return answer({"rows": rows, "warnings": [warning.to_dict() for warning in asked.warnings]})


@blueprint.get("/facets/<field>")
def facet(field: str) -> Response:
    """All values of a facet under a search."""
    try:
        name = facet_name(field)
    except UsageError as error:
        raise NotFound(str(error)) from None
    asked = params.read(request.args.items(multi=True), urls.plain_request(), FACET_PARAMETERS)
    order = choice("order", ("count", "name"))
    offset, limit = number("offset", 0, MAX_OFFSET), number("limit", 50, MAX_LIMIT)
    found = archive().facet_values(
        name,
        asked.request,
        contains=request.args.get("contains", "")[: params.MAX_CONTAINS],
        order="name" if order == "name" else "count",
        offset=offset,
        limit=limit,
    )
    record = {**found.to_dict(), "offset": offset, "limit": limit}
    record["warnings"] = [warning.to_dict() for warning in (*asked.warnings, *found.warnings)]
    return answer(record)


@blueprint.get("/words")
def significant() -> Response:
    """Words and names that are said more in the hits of a search than in the rest of the archive."""
    asked = params.read(request.args.items(multi=True), urls.plain_request(), WORDS_PARAMETERS)
    found = archive().significant_terms(asked.request, limit=number("limit", TERMS, MAX_TERMS))
    warnings = [warning.to_dict() for warning in (*asked.warnings, *found.warnings)]
    return answer({**found.to_dict(), "warnings": warnings})


@blueprint.get("/profiles/<field>", defaults={"name": ""})
@blueprint.get("/profiles/<field>/<path:name>")
def profile(field: str, name: str) -> Response:
    """A name, whichever of its spellings is asked for."""
    if field not in PROFILE_FIELDS:
        raise NotFound(f"There are no profiles of {field!r}. Choose one of {', '.join(PROFILE_FIELDS)}.")
    size, values = number("size", ARTICLES, MAX_SIZE), number("facet_size", VALUES, MAX_FACET_SIZE, least=1)
    name = named(name, "name", field)
    return answer(archive().profile(field, name, size=size, values=values, group=switch("group")).to_dict())


@blueprint.get("/suggest")
def suggest() -> Response:
    """Entities, sources and titles for what has been typed so far, else for its last words; `before` are the others."""
    text, size = request.args.get("q", "").strip(), number("size", 8, MAX_SUGGESTIONS)
    before, found = _completed(text, size)
    return answer({"query": text, "before": before, "suggestions": [each.to_dict() for each in found]})


def _completed(text: str, size: int) -> tuple[str, list[Suggestion]]:
    """What a text may become, and if no name does, which its last words may; and the words that stand before these."""
    words = text.split()
    found = archive().suggest(text, size) if words else []
    if any(each.kind != "title" for each in found):
        return "", found
    for at in range(max(1, len(words) - LAST_WORDS), len(words)):
        names = [each for each in archive().suggest(" ".join(words[at:]), size) if each.kind != "title"]
        if names:
            return " ".join(words[:at]), [*names, *found][:size]
    return "", found


@blueprint.get("/stats")
def stats() -> Response:
    """What the archive holds."""
    return answer(archive().stats().to_dict())


@blueprint.get("/sources")
def sources() -> Response:
    """The sources that the configuration knows, and what the archive holds of them."""
    reading = archive()
    return answer(remembered(reading, "sources", reading.sources).to_dict())


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this interface, OpenAPI 3.1."""
    return answer(with_token(document()) if settings().access.closed else document())


@blueprint.route("/<path:rest>", methods=["GET"])
def nothing(rest: str) -> Response:
    """Everything else below the API."""
    return problem(404, "Not Found", f"There is nothing at {rest!r}. See {urls.page('/api/v1/openapi.json')}.")


def _bad_cursor(cursor: str, detail: str) -> Response:
    """A text that cannot be a cursor is a mistake; one that can, but is of another search, is a conflict."""
    status = HTTPStatus.CONFLICT if re.fullmatch(CURSOR, cursor) else HTTPStatus.BAD_REQUEST
    return problem(status, status.phrase, detail, error="UsageError")


def _fields(warnings: list[QueryWarning]) -> frozenset[str]:
    text = request.args.get("fields", "")
    wanted = {name.strip() for name in text.split(",") if name.strip()}
    known = {*BY_NAME, "score", "snippets", "title_spans", "precision", "day", "copies", "copy_sources", "explanation"}
    possible = ", ".join(sorted(known))
    warnings.extend(params.notice("bad-choice", "fields", name, possible) for name in sorted(wanted - known))
    kept = wanted & known
    return frozenset(kept | {"id"}) if kept else frozenset()
