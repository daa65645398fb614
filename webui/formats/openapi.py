"""The OpenAPI 3.1 description of the JSON API, made from the tables that the API itself uses."""

from typing import Any

from indexer.fields import FACET_FIELDS
from indexer.search.request import MAX_SIZE, Match, Sort
from webui.addresses import params
from webui.holder import settings

JSON = "application/json"
VERSION = "1"
CURSOR = "^[A-Za-z0-9_-]*$"  # opaque to clients, but made of no other signs
MAX_OFFSET, MAX_LIMIT, MAX_SUGGESTIONS = 10_000_000, 1000, 50
Schema = dict[str, Any]


def document() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings().archive.name}: search",
            "version": VERSION,
            "description": "Full-text search with exact facets over a news archive. Everything is read with GET.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/search": _path("search", "Search the archive", [*search_parameters(), _fields()], "Results"),
            "/articles": _path("articleByParameter", "One whole article", [_id("query")], "Article"),
            "/articles/{id}": _path("article", "One whole article", [_id("path")], "Article"),
            "/facets/{field}": _path(
                "facet",
                "All values of a facet under a search",
                [_path_parameter("field", {"enum": [f.name for f in FACET_FIELDS]}), *narrowing_parameters(), *_PAGING],
                "FacetValues",
            ),
            "/suggest": _path(
                "suggest", "Entities, sources and titles for what has been typed so far",
                [_query("q", {"type": "string"}, "what has been typed"), _query("size", _number(0, MAX_SUGGESTIONS), "how many")],  # noqa: E501  # one pattern, not to be cut
                "Suggestions",
            ),
            "/stats": _path("stats", "What the archive holds", [], "Stats"),
        },
        "components": {"schemas": _SCHEMAS, "responses": _RESPONSES},
    }  # fmt: skip


def narrowing_parameters() -> list[Schema]:
    """What decides which articles are found."""
    found = [
        _query("q", {"type": "string"}, "the query, in the syntax of the search box; at most 1,000 characters"),
        _query(
            "match", _TEXT, f"whether all words of a plain query must match: {', '.join(each.value for each in Match)}"
        ),
        _query("from", {"type": "string"}, "first year, month or day: 2021, 2021-10, 2021-10-14"),
        _query("to", {"type": "string"}, "last year, month or day, included"),
    ]
    for field, parameter in params.FILTER_PARAMETERS.items():
        values = {"type": "array", "items": {"type": "string"}}
        found.append(_query(parameter, values, f"{field} is any of these; an empty value means none at all", many=True))
        found.append(_query(f"-{parameter}", values, f"{field} is none of these", many=True))
    return found


def search_parameters() -> list[Schema]:
    """The parameters of a search, in the order of `docs/url-parameters.md`.

    All are texts: what makes no sense is ignored with a warning, and so is nothing that a schema could forbid.
    """
    return [
        *narrowing_parameters(),
        _query("sort", _TEXT, f"the order of hits: {', '.join(each.value for each in Sort)}"),
        _query("page", _TEXT, "a number that counts from 1"),
        _query("size", _TEXT, f"hits on a page, 0 to {MAX_SIZE}"),
        _query(
            "cursor", {"type": "string", "pattern": CURSOR}, "next_cursor of an earlier answer; takes the place of page"
        ),
        _query("facets", _TEXT, "facets to count, parted by commas; all or none"),
        _query("facet_size", _TEXT, f"values of each facet, 1 to {params.MAX_FACET_SIZE}"),
        _query("snippets", _TEXT, "0 cuts no passages"),
        _query("explain", _TEXT, "1 says what each clause adds to a score"),
        _query("group", _TEXT, "1 collapses copies of a story into one hit"),
        _query("recency", _TEXT, "1 lets newer articles weigh more"),
        _query("all", _TEXT, "1 counts people, organisations and places named in passing too"),
        _query("spellcheck", _TEXT, "0 does not answer a misspelt query without hits as corrected"),
    ]


def _path(name: str, summary: str, parameters: list[Schema], answer: str) -> Schema:
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    responses: Schema = {"200": {"description": "The answer", "content": content}}
    responses |= {code: {"$ref": f"#/components/responses/{name}"} for code, name in _CODES.items()}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def _query(name: str, schema: Schema, description: str, *, many: bool = False) -> Schema:
    found: Schema = {"name": name, "in": "query", "description": description, "schema": schema}
    return found | ({"style": "form", "explode": True} if many else {})


def _path_parameter(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"} | schema}


def _id(where: str) -> Schema:
    return {"name": "id", "in": where, "required": True, "description": "the article's id",
            "schema": {"type": "string", "minLength": 1}}  # fmt: skip


def _fields() -> Schema:
    return _query("fields", {"type": "string"}, "what to return of each hit, parted by commas; the id always comes")


def _number(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_INTERVAL: Schema = {"enum": ["year", "month", "day"]}
_SPANS: Schema = {"type": "array", "items": {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}}
_PAGING = [
    _query("contains", _TEXT, "only values that contain this text"),
    _query("order", {"type": "string", "enum": ["count", "name"]}, "the order of values"),
    _query("offset", _number(0, MAX_OFFSET), "values to leave out at the start"),
    _query("limit", _number(0, MAX_LIMIT), "how many values"),
]


def _object(properties: Schema, *required: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required or properties)}


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_SCHEMAS: Schema = {
    "Warning": _object({"code": _TEXT, "message": _TEXT, "span": {"type": "array", "items": _COUNT}}),
    "Snippet": _object({"field": _TEXT, "text": _TEXT, "spans": _SPANS}),
    "Bucket": _object(
        {"value": _TEXT, "count": _COUNT, "selected": {"type": "boolean"}, "excluded": {"type": "boolean"}},
        "value", "count", "selected",
    ),
    "Facet": _object(
        {
            "buckets": _list("Bucket"), "distinct": _COUNT, "missing": _COUNT, "interval": _INTERVAL,
            "estimated": {"type": "boolean"}, "margin": _COUNT,
        },
        "buckets", "distinct", "missing",
    ),
    "Hit": _object(
        {
            "id": _TEXT, "title": _TEXT, "summary": _TEXT, "published": _OPTIONAL, "precision": _OPTIONAL,
            "day": _OPTIONAL, "source": _OPTIONAL, "url": _OPTIONAL, "category": _OPTIONAL, "language": _OPTIONAL,
            "translated_from": _OPTIONAL, "author": _TEXTS, "topic": _TEXTS, "score": {"type": "number"},
            "snippets": _list("Snippet"), "title_spans": _SPANS,
            "person": _TEXTS, "organisation": _TEXTS, "place": _TEXTS,
        },
        "id",
    ),
    "Results": _object(
        {
            "query": _TEXT, "understood": _TEXT, "warnings": _list("Warning"), "total": _COUNT,
            "stories": {"type": ["integer", "null"]}, "generation": _COUNT,
            "matching": {"anyOf": [{"$ref": "#/components/schemas/Matching"}, {"type": "null"}]},
            "took_ms": {"type": "number", "minimum": 0}, "hits": _list("Hit"),
            "facets": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Facet"}},
            "did_you_mean": {"type": ["object", "null"]}, "corrected": {"type": ["object", "null"]},
            "diagnosis": {"type": ["object", "null"]},
            "next_cursor": _OPTIONAL, "stories_margin": _COUNT,
        },
        "query", "understood", "warnings", "total", "stories", "matching", "generation", "took_ms", "hits", "facets",
        "did_you_mean", "corrected", "diagnosis", "next_cursor",
    ),
    "Matching": _object({"mode": {"enum": [Match.ALL.value, Match.BEST.value]}, "all": _COUNT, "best": _COUNT}),
    "Article": _object(
        {
            "id": _TEXT, "title": _TEXT, "summary": _TEXT, "body": _TEXT, "published": _OPTIONAL,
            "precision": _OPTIONAL, "zone": _OPTIONAL, "source": _OPTIONAL,
            "category": _OPTIONAL, "language": _OPTIONAL, "url": _OPTIONAL,
            "author": _TEXTS, "topic": _TEXTS, "entities": {"type": "array", "items": {"type": "object"}},
        },
        "id", "title", "body",
    ),
    "FacetValues": _object(
        {"field": _TEXT, "buckets": _list("Bucket"), "total": _COUNT, "missing": _COUNT,
         "offset": _COUNT, "limit": _COUNT}
    ),
    "Suggestions": _object(
        {"query": _TEXT, "suggestions": _list("Suggestion")}
    ),
    "Suggestion": _object({"kind": _TEXT, "text": _TEXT, "count": _COUNT}),
    "Stats": _object({"articles": _COUNT, "undated": _COUNT, "future": _COUNT, "generation": _COUNT}),
    "Problem": _object({"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}),
}  # fmt: skip
_CODES = {
    "400": "Refused",
    "404": "NotFound",
    "409": "Conflict",
    "410": "Gone",
    "414": "TooLong",
    "429": "TooMany",
    "503": "Unavailable",
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_RESPONSES: Schema = {
    "Refused": {"description": "The request cannot be answered; detail says why", "content": _PROBLEM},
    "NotFound": {"description": "There is no such article, facet or path", "content": _PROBLEM},
    "Gone": {"description": "The source of the article has taken it back", "content": _PROBLEM},
    "Conflict": {"description": "The cursor is not one of this search", "content": _PROBLEM},
    "TooLong": {"description": "The address is longer than the server reads"},
    "TooMany": {"description": "Too many requests; Retry-After says when to go on", "content": _PROBLEM},
    "Unavailable": {"description": "The archive cannot be read now, or the query took too long", "content": _PROBLEM},
}
