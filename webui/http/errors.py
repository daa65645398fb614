"""What goes wrong -> a page for people, or `application/problem+json` for programs. Never a traceback.

Every error of the product knows its HTTP status and says what to do next; anything else is a bug, logged under a
number that the page repeats.
"""

import secrets
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.errors import BroadsheetError, IndexCorrupt, InternalError, NoIndex, SearchTimeout, StateError
from webui.holder import ArchiveHolder
from webui.i18n import gettext

PROBLEM_TYPE = "application/problem+json"
API_PREFIX = "/api/"
FOR_PROGRAMS = ("system.healthz", "system.readyz")
RETRY_SECONDS = 10  # after which a client may ask again when the archive was not there


def init(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(BroadsheetError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)
    app.after_request(_when_to_come_back)


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """A problem document (RFC 9457)."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})
    response.status_code = status
    response.mimetype = PROBLEM_TYPE
    return response


def wants_json() -> bool:
    """Whether the request came from a program."""
    return request.path.startswith(API_PREFIX) or request.endpoint in FOR_PROGRAMS


def _ours(error: BroadsheetError) -> Response:
    if isinstance(error, InternalError):
        return _bug(error)
    if isinstance(error, IndexCorrupt):
        # What is damaged may be put right under a running site: the next request opens the archive anew.
        holder: ArchiveHolder = current_app.extensions["archive"]
        holder.forget()
    detail = str(error)
    if isinstance(error, StateError) and not isinstance(error, NoIndex):
        log(error)
        detail = detail if isinstance(error, SearchTimeout) and wants_json() else ""
    return _answer(error.http_status, detail, kind=type(error).__name__)


def _when_to_come_back(response: Response) -> Response:
    """`Retry-After` of what may be asked again, and of nothing else: the rate limit writes it on all answers."""
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    elif response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        response.headers.pop("Retry-After", None)
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # it brings its own answer, as a redirect does
        return error.get_response()  # type: ignore[return-value]  # werkzeug's response is Flask's base class
    response = _answer(error.code or 500, "")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _bug(error: Exception) -> Response:
    number = secrets.token_hex(4)
    # The pattern of the address: the address itself may say whom somebody looked up.
    page = request.url_rule.rule if request.url_rule else request.method
    current_app.logger.error("error %s at %s", number, page, exc_info=error)
    return _answer(500, gettext("If it happens again, report it with the number %(number)s.", number=number))


def _answer(status: int, detail: str, kind: str = "") -> Response:
    title, advice = _words(status, kind)
    if wants_json():
        return problem(status, HTTPStatus(status).phrase, detail or advice, **({"error": kind} if kind else {}))
    page = render_template("error.html", status=status, title=title, detail=detail, advice=advice, kind=kind)
    return Response(page, status, mimetype="text/html")


def log(error: StateError) -> None:
    """Note what has happened: paths and process numbers are for the log, not for strangers."""
    current_app.logger.error("%s: %s", type(error).__name__, error)


def too_long() -> tuple[str, str]:
    """What is said of a search that was given up: nothing is wrong with the archive."""
    return gettext("This search takes too long"), gettext("Use rarer words, or narrow it by date or source.")


def _words(status: int, kind: str = "") -> tuple[str, str]:
    if kind == SearchTimeout.__name__:
        return too_long()
    if kind == NoIndex.__name__:
        return gettext("There is no archive here"), gettext("Come back later: there is nothing to read just now.")
    match status:
        case 404:
            return gettext("Nothing at this address"), gettext("The page may have moved, or the address was cut short.")
        case 405:
            return gettext("This page can only be read"), gettext("Open it without sending anything to it.")
        case 410:
            return gettext("Withdrawn"), gettext(
                "The source has taken this article back. It is neither shown nor found here any more."
            )
        case 429:
            return gettext("Too many requests"), gettext("Wait a minute, then go on.")
        case 503:
            return gettext("The archive cannot be read just now"), gettext("It comes back by itself.")
        case _ if status >= 500:
            return gettext("Something went wrong on our side"), gettext("Your request was fine. Try again in a moment.")
        case _:
            return gettext("This request cannot be answered"), gettext("Change what you asked for and try again.")
