"""Which other sites may read an answer from a browser: those of `[web] cors_origins`, `"*"` for all."""

from flask import Response, request

from webui.holder import settings

ANY = "*"
PREFLIGHT_SECONDS = 600  # for which a browser need not ask again


def allow(response: Response) -> Response:
    """The answer with the headers that let an allowed site read it. Nothing secret is ever in one: cookies stay out."""
    allowed = settings().web.cors_origins
    origin = request.headers.get("Origin", "")
    if ANY in allowed:
        response.headers["Access-Control-Allow-Origin"] = ANY
    elif allowed:
        response.vary.add("Origin")
        if origin.rstrip("/") in (each.rstrip("/") for each in allowed):
            response.headers["Access-Control-Allow-Origin"] = origin
    return response


def preflight() -> Response | None:
    """The answer where a browser asks whether a page of another site may send a token; None for other requests."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = allow(Response(status=204))
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = "GET"
        response.headers["Access-Control-Allow-Headers"] = "Authorization"
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
