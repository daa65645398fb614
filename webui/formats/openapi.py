"""The OpenAPI 3.1 description of the JSON API, made from the tables that the API itself uses."""

from typing import Any

from indexer.browsing.profiles import PROFILE_FIELDS
from indexer.fields import FACET_FIELDS
from indexer.search.request import MAX_SIZE
from indexer.timeline import INTERVALS
from indexer.volume import MOST_PERIODS, MOST_QUERIES
from webui.addresses.params import MAX_FACET_SIZE
from webui.formats.openapi_parameters import (
    MAX_RELATED,
    MAX_SUGGESTIONS,
    MAX_TERMS,
    MAX_TRENDS,
    MAX_VERSION,
    MOST_LINES,
    article_id,
    facet_parameters,
    fields,
    group,
    narrowing_parameters,
    number,
    paging,
    path_parameter,
    query,
    search_parameters,
)
from webui.formats.openapi_schemas import SCHEMAS
from webui.holder import settings

JSON = "application/json"
VERSION = "1"
Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "minLength": 1}


def document() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings().archive.name}: search",
            "version": VERSION,
            "description": "All that the pages of a news archive show: searches with exact facets, articles, names, "
            "and counts over time. Everything is read with GET; a batch also takes its queries as the body of a POST.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {**_searching(), **_of_articles(), **_of_names(), **_over_time()},
        "components": {"schemas": SCHEMAS, "responses": _RESPONSES},
    }


def _searching() -> Schema:
    typed = [
        query("q", _TEXT, "what has been typed"),
        query("size", number(0, MAX_SUGGESTIONS), "how many"),
    ]
    facet = path_parameter("field", {"enum": [each.name for each in FACET_FIELDS]})
    return {
        "/search": _path("search", "Search the archive", [*search_parameters(), fields()], "Results"),
        "/facets/{field}": _path(
            "facet",
            "All values of a facet under a search",
            [facet, *narrowing_parameters(), *facet_parameters()],
            "FacetValues",
        ),
        "/batch": _path(
            "batch",
            "How much there is of each of many queries",
            [
                query("q", {"type": "array", "items": _TEXT}, f"a query, as a line; up to {MOST_LINES}", many=True),
                *(each for each in narrowing_parameters() if each["name"] != "q"),
            ],
            "Batch",
            body="the queries, one a line, where an address would be too long for them",
        ),
        "/words": _path(
            "words",
            "Words and names that are said more in the hits of a search than in the rest of the archive",
            [*narrowing_parameters(), query("limit", number(0, MAX_TERMS), "how many")],
            "SignificantTerms",
        ),
        "/suggest": _path(
            "suggest", "Entities, sources and titles for what has been typed so far", typed, "Suggestions"
        ),
        "/stats": _path("stats", "What the archive holds", [], "Stats"),
        "/sources": _path(
            "sources", "The sources that the configuration knows, and what is held of each", [], "Sources"
        ),
        "/sources/status": _path("following", "How what is followed of the sources stands", [], "Following"),
    }


def _of_articles() -> Schema:
    translation = query("translation", {"type": "string", "enum": ["on", "off"]}, "off leaves out a machine's")
    matched = query("q", _TEXT, "a query whose matches in the article are wanted")
    size = query("size", number(0, MAX_RELATED), "how many")
    version = number(1, MAX_VERSION)
    beside = [
        query("with", _TEXT, "the id of another article; without it, two versions of the same are compared"),
        query("version", version, "which version of the article, from 1; else its newest, or the one before that"),
        query("against", version, "which version of the other, from 1; else its newest"),
    ]
    return {
        **_both("article", "articles", "One whole article", [matched, translation], "Article"),
        **_both("copies", "copies", "Other articles that tell the story in nearly the same words", paging(), "Copies"),
        **_both("related", "related", "Articles most like one", [size, group()], "Related"),
        **_both("thread", "thread", "What came before and after an article in the same story", [], "Thread"),
        **_both("translations", "translations", "The original of an article, or its translations", [], "Languages"),
        **_both("versions", "versions", "What an article said at different times, oldest first", [], "Versions"),
        **_both("differences", "differences", "Two texts sentence by sentence", beside, "Differences"),
    }


def _of_names() -> Schema:
    summary = "Everything about a source, person, organisation or place, by any of its spellings"
    field = path_parameter("field", {"enum": list(PROFILE_FIELDS)})
    options = [
        query("size", number(0, MAX_SIZE), "how many of its newest articles"),
        query("facet_size", number(1, MAX_FACET_SIZE), "how many values of each field that it is named with"),
        group(),
    ]
    name = query("name", _NAME, "the name") | {"required": True}
    return {
        "/profiles/{field}": _path("profileByParameter", summary, [field, name, *options], "Profile"),
        "/profiles/{field}/{name}": _path(
            "profile", summary, [field, path_parameter("name", _NAME), *options], "Profile"
        ),
    }


def _over_time() -> Schema:
    trends = [
        query("from", _TEXT, "the first day; the last one where it is left out"),
        query("to", _TEXT, "the last day; that of the archive where it is left out"),
        query("size", number(0, MAX_TRENDS), "how many names, categories and articles"),
    ]
    several = {"type": "array", "items": _TEXT}
    compared = [
        query("q", several, f"a query; up to {MOST_QUERIES} of them, the empty one is everything", many=True),
        query(
            "interval",
            {"type": "string", "enum": list(INTERVALS)},
            f"of the periods; coarser where there would be more than {MOST_PERIODS}",
        ),
        *(each for each in narrowing_parameters() if each["name"] != "q"),
    ]
    period = path_parameter("period", {"pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"})
    token = path_parameter("token", _NAME)
    return {
        "/trends": _path("trends", "What rises from one day to another", trends, "Trends"),
        "/compare": _path("compare", "Queries over time, as counts and shares", compared, "Volume"),
        "/calendar": _path("years", "A search by years", narrowing_parameters(), "Calendar"),
        "/calendar/{period}": _path(
            "calendar",
            "A search by the months of a year or the days of a month",
            [period, *narrowing_parameters()],
            "Calendar",
        ),
        "/receipts": _path("receipt", "A receipt of a search", narrowing_parameters(), "Receipt"),
        "/receipts/{token}": _path(
            "check",
            "What has changed since a receipt was issued, or between it and another one",
            [token, query("with", _NAME, "another receipt, older or newer; then the answer is about both")],
            "Comparison",
        ),
    }


def _both(name: str, path: str, summary: str, parameters: list[Schema], answer: str) -> Schema:
    """An address of an article, whose id is in the path, or a parameter where a path cannot carry it."""
    return {
        f"/{path}": _path(f"{name}ByParameter", summary, [article_id("query"), *parameters], answer),
        f"/{path}/{{id}}": _path(name, summary, [article_id("path"), *parameters], answer),
    }


def _path(name: str, summary: str, parameters: list[Schema], answer: str, *, body: str = "") -> Schema:
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    responses: Schema = {"200": {"description": "The answer", "content": content}}
    responses |= {code: {"$ref": f"#/components/responses/{name}"} for code, name in _CODES.items()}
    read = {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}
    if not body:
        return {"get": read}
    sent = {"description": body, "content": {"text/plain": {"schema": _TEXT}}}
    return {"get": read, "post": {**read, "operationId": f"{name}ByBody", "requestBody": sent}}


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
    "NotFound": {"description": "There is no such article, version, name, facet or path", "content": _PROBLEM},
    "Gone": {"description": "The source of the article has taken it back", "content": _PROBLEM},
    "Conflict": {"description": "The cursor is not one of this search", "content": _PROBLEM},
    "TooLong": {"description": "The address is longer than the server reads"},
    "TooMany": {"description": "Too many requests; Retry-After says when to go on", "content": _PROBLEM},
    "Unavailable": {"description": "The archive cannot be read now, or the query took too long", "content": _PROBLEM},
}
