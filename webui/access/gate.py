"""Who may go on: asked before every view of a closed archive. What is not named here as open is closed.

A browser is led to the login page; a program is told that it needs a token (401). Answers for those who are let in are
kept by no cache.
"""

from contextlib import suppress

from flask import Flask, Response, request
from werkzeug.utils import redirect

from indexer.config import AccessConfig
from indexer.errors import StateError
from webui.access import audit, cookies, destination, readers
from webui.addresses import urls
from webui.http import cors
from webui.http.errors import problem, wants_json

LOGIN = "/login"
# What strangers may ask. `/readyz` tells them no more than whether the archive can answer.
# `/metrics` is there where [web] metrics_from is set, and says nothing to others than those.
OPEN_ENDPOINTS = frozenset({"login.login", "system.healthz", "system.readyz", "metrics.metrics"})
OPEN_FILES = frozenset({"site.css", "icon.svg"})  # what the login page is made of
TLS_SECONDS = 31_536_000
ADVICE = (
    "This archive is closed. Send a token, as in `Authorization: Bearer broadsheet_…`; feed readers may send it as the "
    "password of its user. Whoever runs the archive makes one: indexer user token add NAME"
)
INSECURE = (
    "Passwords and tokens are taken over HTTPS alone. Put a proxy that ends TLS before the site and name the public "
    "address as [web] base_url; on a network you trust, [access] plain_http = true."
)


def init(app: Flask, config: AccessConfig) -> None:
    """Close a site. To be called early, so that it acts before others on requests and after them on answers.

    Raises:
        ConfigError: the limit of logins is none.
    """
    readers.init(app.extensions, config)
    app.before_request(_admit)
    app.after_request(_keep_private)
    audit.init(app)


def _admit() -> Response | None:
    if wants_json() and (answer := cors.preflight()):
        return answer
    if request.endpoint in OPEN_ENDPOINTS or _is_open_file():
        with suppress(StateError):  # what is open to all is so whoever asks
            readers.recognise()
        return None
    return None if readers.recognise() else _refuse()


def _is_open_file() -> bool:
    return request.endpoint == "static" and (request.view_args or {}).get("filename") in OPEN_FILES


def _refuse() -> Response:
    """The way in, for whoever asks."""
    if _is_program():
        if not cookies.trustworthy() and request.authorization:
            return problem(403, "Forbidden", INSECURE)
        response = problem(401, "Unauthorized", ADVICE)
        response.headers["WWW-Authenticate"] = 'Bearer realm="archive"'
        if not wants_json():  # a page's script must not call up the browser's own dialog
            response.headers.add("WWW-Authenticate", 'Basic realm="archive", charset="UTF-8"')
        return cors.allow(response) if wants_json() else response
    home = urls.page("/")
    target = destination.safe(urls.here(), request.script_root) if request.method in ("GET", "HEAD") else home
    address = urls.page(LOGIN, [("next", target)] if target != home else [])
    return redirect(address, 302 if request.method in ("GET", "HEAD") else 303, Response)  # type: ignore[return-value]


def _is_program() -> bool:
    """Whether a page is no use: the API is asked, or a file or with a token, by something that does not say HTML."""
    if wants_json():
        return True
    file = request.url_rule is not None and "." in request.url_rule.rule.rpartition("/")[2]
    wanted = file or request.endpoint == "static" or request.authorization is not None
    return wanted and "text/html" not in request.accept_mimetypes.values()


def _keep_private(response: Response) -> Response:
    if cookies.encrypted():  # a closed archive is never asked without TLS again
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TLS_SECONDS}")
    if _is_open_file() and response.status_code < 300:
        return response
    who = readers.reader()
    # Programs may ask whether what they hold has changed; what a person has read stays on no shared computer.
    response.headers["Cache-Control"] = "private, no-cache" if who and who.by_token else "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.vary.update(("Cookie", "Authorization"))
    return response
