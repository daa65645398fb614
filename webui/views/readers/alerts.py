"""`/alerts`: the searches that a reader of a closed archive has kept, and what they have told him.

Registered where an archive is closed: in an open one nobody is known, and the feed of a search is there for everyone.
"""

import re
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.utils import redirect

from indexer.alerts.alert import NoAddress
from indexer.errors import NotFound, QueryTooExpensive, UsageError
from indexer.search.request import SearchRequest
from webui.access import cookies, forms, own_alerts
from webui.addresses import downloads, urls
from webui.formats import atom
from webui.holder import archive, settings
from webui.i18n import gettext
from webui.presenters.alerts import several, single

blueprint = Blueprint("alerts", __name__)

_BETWEEN = re.compile(r"[\s,;]+")


@blueprint.get("/alerts")
def listed() -> str:
    """All of them."""
    statuses = archive().alerts(own_alerts.owner(by_token=False))
    return render_template("alerts.html", rows=several.alert_rows(statuses))


@blueprint.route("/alerts/new", methods=["GET", "POST"])
def new() -> Response:
    """The form for a search, and what it sends."""
    who = own_alerts.owner(by_token=False)
    wanted = several.asked_for(list(request.args.items(multi=True)))
    if request.method == "GET":
        return _form(wanted)
    if not forms.genuine(cookies.SESSION):
        return _form(wanted, _stale())
    mail = tuple(filter(None, _BETWEEN.split(request.form.get("mail", ""))))
    webhook = request.form.get("webhook", "").strip()
    name, most = request.form.get("name", ""), settings().alerts.per_reader
    try:
        own_alerts.check_permitted(mail, webhook)
        made = archive().add_alert(wanted, name=name, mail=mail, webhook=webhook, owner=who, most=most)
    except own_alerts.NotPermitted as error:
        return _form(wanted, several.not_permitted(error.address))
    except NoAddress as error:
        return _form(wanted, several.no_address(error.text))
    except (QueryTooExpensive, UsageError) as error:
        return _form(wanted, several.too_many(most) if len(archive().alerts(who)) >= most else str(error))
    if made.secret:  # shown this once
        status = own_alerts.own(made.id)
        return make_response(render_template("alert.html", page=single.alert_page(status, (), secret=made.secret)))
    return _lead(urls.alert(made.id))


@blueprint.get("/alerts/<id>")
def alert(id: str) -> str:
    """One of them, with its last messages; `test` shows what it would say now."""
    status = own_alerts.own(id, by_token=False)
    test = archive().test_alert(id) if "test" in request.args else None
    return render_template("alert.html", page=single.alert_page(status, archive().alert_messages(id), test))


@blueprint.post("/alerts/<id>")
def change(id: str) -> Response:
    """Pause, resume or remove one."""
    status = own_alerts.own(id, by_token=False)
    if not forms.genuine(cookies.SESSION):
        page = single.alert_page(status, archive().alert_messages(id), problem=_stale())
        return make_response(render_template("alert.html", page=page), HTTPStatus.UNPROCESSABLE_ENTITY)
    action = request.form.get("do", "")
    if action == "remove":
        archive().remove_alert(id)
        return _lead(urls.page("/alerts"))
    if action not in ("pause", "resume"):
        raise NotFound("An alert is paused, resumed or removed.")
    archive().pause_alert(id, paused=action == "pause")
    return _lead(urls.alert(id))


@blueprint.get("/alerts/<id>.atom")
def feed(id: str) -> Response:
    """Its messages as a feed. Feed readers send a token as the password of its user."""
    status = own_alerts.own(id)
    about, entries = single.alert_feed(status, archive().alert_messages(id))
    response = Response(atom.write(about, entries), content_type=f"{downloads.FEEDS['atom'][1]}; charset=utf-8")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns what it is called on


def _form(wanted: SearchRequest, problem: str = "") -> Response:
    said = {name: request.form.get(name, "")[:2_000] for name in ("name", "mail", "webhook")}
    page = several.alert_form(wanted, **said, problem=problem)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return make_response(render_template("new_alert.html", page=page), status)


def _stale() -> str:
    return gettext("This page had been open too long, or your browser keeps no cookies. Try again.")


def _lead(address: str) -> Response:
    response: Response = redirect(address, HTTPStatus.SEE_OTHER, Response)  # type: ignore[assignment]
    return response
