"""`/login` lets people into a closed archive, `/logout` lets them out."""

from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.utils import redirect

from indexer.accounts.users import canonical
from webui.access import audit, cookies, destination, forms
from webui.access.gate import LOGIN
from webui.access.readers import access, barred, reader
from webui.addresses import urls
from webui.i18n import gettext, later

blueprint = Blueprint("login", __name__)

MOST_NAME = 200  # characters of a name that are looked at
NEXT = "next"


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Response:
    """The login page, and what it sends."""
    target = destination.safe(request.args.get(NEXT, ""), request.script_root)
    if request.method == "POST":
        return _try(target)
    if not barred():
        return _lead(target)
    out = "out" in request.args
    return _page(target, note=gettext("You are signed out.") if out else "")


@blueprint.route("/logout", methods=["GET", "POST"])
def logout() -> Response:
    """A button for who comes by a link; the end of the session for who presses it."""
    if request.method == "GET" or not forms.genuine(cookies.SESSION):
        return make_response(render_template("logout.html"))
    access().sessions.end(cookies.read(cookies.SESSION))
    who = reader()
    audit.note("logout", who.user.name if who else None)
    response = _lead(urls.page(LOGIN, [("out", "1")]))
    cookies.forget(response, cookies.SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _try(target: str) -> Response:
    name, password = request.form.get("name", "")[:MOST_NAME], request.form.get("password", "")
    if not cookies.trustworthy():
        return _page(target, status=HTTPStatus.FORBIDDEN)
    if not forms.genuine(cookies.FORM):
        if not barred():  # signed in from another tab since
            return _lead(target)
        audit.note("login failed", None, "form")
        problem = gettext("This page had been open too long, or your browser keeps no cookies. Try again.")
        return _page(target, problem, name=name, status=HTTPStatus.BAD_REQUEST)
    address = request.remote_addr or ""
    key = canonical(name)
    if seconds := access().throttle.wait(key, address):
        audit.note("login failed", _known(name), "throttled")
        response = _page(target, later(seconds), name=name, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(seconds)
        return response
    user = access().check(name, password)
    if user is None:
        audit.note("login failed", _known(name), "password")
        problem = gettext("Wrong name or password.")
        return _page(target, problem, name=name, status=HTTPStatus.FORBIDDEN)
    access().throttle.succeeded(key, address)
    if old := cookies.read(cookies.SESSION):
        access().sessions.end(old)
    response = _lead(target)
    cookies.write(response, cookies.SESSION, access().sessions.begin(user))
    cookies.forget(response, cookies.FORM)
    audit.note("login", user.name)
    return response


def _page(
    target: str, problem: str = "", *, name: str = "", note: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    key = cookies.read(cookies.FORM) or forms.new_key()
    page = render_template(
        "login.html",
        action=urls.page(LOGIN, [(NEXT, target)] if target != urls.page("/") else []),
        token=forms.token(key),
        name=name,
        problem=problem,
        note=note,
        secure=cookies.trustworthy(),
        nobody=not access().users(),
    )
    response = make_response(page, status)
    cookies.write(response, cookies.FORM, key)
    return response


def _lead(address: str) -> Response:
    response: Response = redirect(address, HTTPStatus.SEE_OTHER, Response)  # type: ignore[assignment]
    return response


def _known(name: str) -> str | None:
    """The name for the log, where a user has it."""
    user = access().users().get(canonical(name))
    return user.name if user else None
