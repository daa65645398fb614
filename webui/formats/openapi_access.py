"""What the description of the JSON API says more where the archive is closed.

That is the token, the answer without one, and the alerts of the user whose token it is.
"""

from typing import Any

from webui.formats.openapi_parameters import narrowing_parameters, path_parameter

SCHEME = "token"
UNAUTHORIZED = "Unauthorized"
Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_BOOLEAN: Schema = {"type": "boolean"}
_SEARCH: Schema = {"type": "array", "items": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}}


def with_token(document: Schema) -> Schema:
    """The description of a closed archive's API."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components = document["components"]
    schemes = {SCHEME: {"type": "http", "scheme": "bearer", "description": "Made with `indexer user token add`."}}
    responses = {UNAUTHORIZED: {"description": "No token was sent, or none that is valid", "content": problem}}
    reference = {"401": {"$ref": f"#/components/responses/{UNAUTHORIZED}"}}
    return document | {
        "security": [{SCHEME: []}],
        "components": components
        | {
            "schemas": components["schemas"] | _schemas(),
            "securitySchemes": schemes,
            "responses": components["responses"] | responses,
        },
        "paths": {
            path: {
                method: answer | {"responses": answer["responses"] | reference} for method, answer in methods.items()
            }
            for path, methods in (document["paths"] | _alerts()).items()
        },
    }


def _alerts() -> Schema:
    id = path_parameter("id", {"minLength": 1})
    said = {"type": "object", "properties": {"name": _TEXT, "mail": _TEXTS, "webhook": _TEXT}}
    body = {"requestBody": {"content": {"application/json": {"schema": said}}}}
    made = _operation("addAlert", "Keep a search, and have it told of what it newly finds", "NewAlert", "201")
    return {
        "/alerts": {
            "get": _operation("alerts", "Your alerts, each with how it stands", "Alerts"),
            "post": made | {"parameters": narrowing_parameters()} | body,
        },
        "/alerts/{id}": {
            "get": _operation("alert", "One of them, with its last messages", "AlertMessages", of=[id]),
            "delete": _operation("removeAlert", "Forget one", "RemovedAlert", of=[id]),
        },
        "/alerts/{id}/test": {
            "get": _operation("testAlert", "What it would say of the last ten articles to arrive", "Message", of=[id])
        },
    }


def _operation(name: str, summary: str, answer: str, status: str = "200", of: list[Schema] | None = None) -> Schema:
    schema = {"schema": {"$ref": f"#/components/schemas/{answer}"}}
    responses = {status: {"description": "The answer", "content": {"application/json": schema}}}
    refused = {code: {"$ref": f"#/components/responses/{name}"} for code, name in _CODES.items()}
    return {"operationId": name, "summary": summary, "parameters": of or [], "responses": responses | refused}


_CODES = {"400": "Refused", "404": "NotFound", "429": "TooMany", "503": "Unavailable"}


def _schemas() -> Schema:
    alert = {
        **dict.fromkeys(("id", "name", "created"), _TEXT),
        **dict.fromkeys(("owner", "webhook"), _OPTIONAL),
        "search": _SEARCH,
        "mail": _TEXTS,
        "paused": _BOOLEAN,
    }
    standing = alert | {"last_message": _OPTIONAL, "stopped": _BOOLEAN, "undelivered": _list("Delivery")}
    return {
        "Alert": _object(standing),
        "Alerts": _object({"alerts": _list("Alert")}),
        "AlertMessages": _object(standing | {"messages": _list("Message")}),
        "NewAlert": _object(alert | {"secret": _OPTIONAL, "warnings": _list("Warning")}),
        "RemovedAlert": _object({"removed": _TEXT}),
        "Message": _object(
            {
                **dict.fromkeys(("id", "alert", "name", "made"), _TEXT),
                **dict.fromkeys(("total", "further"), _COUNT),
                "search": _SEARCH,
                "link": _OPTIONAL,
                "articles": _list("ListedArticle"),
            }
        ),
        "ListedArticle": _object(
            {
                **dict.fromkeys(("id", "title"), _TEXT),
                **dict.fromkeys(("translated_title", "source", "published", "language", "link"), _OPTIONAL),
                "fired": {"type": "array", "items": _object({"text": _TEXT, "fields": _TEXTS})},
            }
        ),
        "Delivery": _object(
            {
                **dict.fromkeys(("message", "kind", "address"), _TEXT),
                **dict.fromkeys(("sent", "due", "reason"), _OPTIONAL),
                "tries": _COUNT,
                "given_up": _BOOLEAN,
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
