"""Which other sites may read an answer from a browser: those of `[web] cors_origins`, `"*"` for all."""

from flask import Response, request

from webui.holder import settings

ANY = "*"


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
