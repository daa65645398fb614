"""`/password`: readers of a closed archive change their own password, knowing the present one."""

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.utils import redirect

from indexer.accounts.passwords import LEAST, check_quality, hash_password
from indexer.accounts.users import User, Users, new_stamp
from indexer.accounts.users_file import change_users
from indexer.errors import BroadsheetError, NotFound, UsageError
from webui.access import audit, cookies, forms
from webui.access.readers import access, reader
from webui.addresses import urls
from webui.holder import settings
from webui.i18n import gettext, later

blueprint = Blueprint("password", __name__)


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> Response:
    """The form, and what it sends."""
    who = reader()
    if who is None or who.by_token:
        raise NotFound("A password is changed in a browser.")
    if request.method == "GET":
        done = "done" in request.args
        return _page(note=gettext("Your password is changed. Your other sessions have ended.") if done else "")
    if problem := _problem(who.user):
        return _page(problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    new = replace(who.user, password=hash_password(request.form["new"]), stamp=new_stamp())
    if not _kept(who.user, new):
        problem = gettext("Passwords cannot be changed here. Ask whoever runs the archive.")
        return _page(problem, status=HTTPStatus.SERVICE_UNAVAILABLE)
    audit.note("password changed", new.name)
    response: Response = redirect(  # type: ignore[assignment]
        urls.page("/password", [("done", "1")]), HTTPStatus.SEE_OTHER, Response
    )
    cookies.write(response, cookies.SESSION, access().sessions.begin(new))  # the others ended with the old stamp
    return response


def _problem(user: User) -> str:
    """What keeps the password from being changed; empty where nothing does."""
    present, new = request.form.get("present", ""), request.form.get("new", "")
    if not forms.genuine(cookies.SESSION):
        return gettext("This page had been open too long, or your browser keeps no cookies. Try again.")
    if seconds := access().throttle.wait(user.name, request.remote_addr or ""):
        audit.note("password change failed", user.name, "throttled")
        return later(seconds)
    if access().check(user.name, present) is None:
        audit.note("password change failed", user.name, "password")
        return gettext("The current password is not right.")
    access().throttle.succeeded(user.name, request.remote_addr or "")
    if new != request.form.get("again", ""):
        return gettext("The two new passwords differ.")
    try:
        check_quality(new, (user.name, settings().archive.name))
    except UsageError:
        return gettext("The new password is too short, or easily guessed.")
    return ""


def _kept(old: User, new: User) -> bool:
    """Whether the file of users could be changed: a site need not be allowed to write it."""

    def change(users: dict[str, User]) -> Users:
        present = users.get(old.name)
        if present is None or present.stamp != old.stamp:
            raise UsageError("it was changed or removed at the same time")
        return users | {new.name: replace(present, password=new.password, stamp=new.stamp)}

    try:
        change_users(Path(settings().access.users), change)
    except (OSError, BroadsheetError) as error:
        audit.failure(f"The password of {old.name} could not be changed: {error}")
        return False
    return True


def _page(problem: str = "", *, note: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    return make_response(render_template("password.html", problem=problem, note=note, least=LEAST), status)
