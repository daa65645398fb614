"""Answers compressed for who asks for that: a page is five times as long as what it is sent as.

Pages hold no secrets that the length of an answer could give away: tokens of forms are salted anew each time. Exports
are streamed and stay as they are.
"""

from flask import Flask, Response, request
from flask_compress import Compress


def init(app: Flask) -> None:
    """Compress what an application answers. To be called first, so that it acts last."""
    app.config["COMPRESS_STREAMS"] = False
    Compress(app)
    app.after_request(_whole)


def _whole(response: Response) -> Response:
    """A static file as bytes: it is small, and a stream would not be compressed."""
    if request.endpoint == "static" and response.status_code == 200:
        response.direct_passthrough = False
        response.set_data(response.get_data())
    return response
