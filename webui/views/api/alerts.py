"""`/api/v1/alerts`: the alerts of whom a token belongs to. Registered where an archive is closed."""

from http import HTTPStatus
from typing import Any

from flask import Response, request

from indexer.errors import UsageError
from webui.access import own_alerts
from webui.addresses import params, urls
from webui.holder import archive, settings
from webui.http.answers import answer, api_blueprint

blueprint = api_blueprint("api_alerts")


@blueprint.get("/alerts")
def listed() -> Response:
    """All of them, each with how it stands."""
    return answer({"alerts": [each.to_dict() for each in archive().alerts(own_alerts.owner())]})


@blueprint.post("/alerts")
def add() -> Response:
    """Make one of the search in the address, with what the body says of it."""
    who = own_alerts.owner(by_token=True)
    said = _said()
    mail, webhook = said["mail"], said["webhook"]
    own_alerts.check_permitted(mail, webhook)
    asked = params.read(request.args.items(multi=True), urls.plain_request())
    wanted = urls.only_what_is_found(asked.request)
    made = archive().add_alert(
        wanted, name=said["name"], mail=mail, webhook=webhook, owner=who, most=settings().alerts.per_reader
    )
    warnings = [each.to_dict() for each in asked.warnings]
    found = answer(made.to_dict() | {"secret": made.secret or None, "warnings": warnings})
    found.status_code = HTTPStatus.CREATED
    found.headers["Location"] = urls.page(f"/api/v1/alerts/{made.id}")
    return found


@blueprint.get("/alerts/<id>")
def alert(id: str) -> Response:
    """One of them, with its last messages."""
    status = own_alerts.own(id)
    return answer(status.to_dict() | {"messages": [each.to_dict() for each in archive().alert_messages(id)]})


@blueprint.get("/alerts/<id>/test")
def test(id: str) -> Response:
    """What it would say of the last ten articles to arrive that it finds."""
    own_alerts.own(id)
    return answer(archive().test_alert(id).to_dict())


@blueprint.delete("/alerts/<id>")
def remove(id: str) -> Response:
    """Forget one."""
    own_alerts.own(id, by_token=True)
    return answer({"removed": archive().remove_alert(id).id})


def _said() -> dict[str, Any]:
    """What the body says: a name, mail addresses, a webhook.

    Raises:
        UsageError: it is no JSON object of these.
    """
    body = request.get_json(silent=True) if request.data else {}
    if not isinstance(body, dict) or body.keys() - {"name", "mail", "webhook"}:
        raise UsageError(
            'The body is a JSON object: {"name": "…", "mail": ["…"], "webhook": "…"}. Each may be left out.'
        )
    name, mail, webhook = body.get("name", ""), body.get("mail", []), body.get("webhook", "")
    if not isinstance(name, str) or not isinstance(webhook, str):
        raise UsageError("name and webhook are texts.")
    if not isinstance(mail, list) or not all(isinstance(each, str) for each in mail):
        raise UsageError("mail is a list of addresses.")
    return {"name": name, "mail": tuple(mail), "webhook": webhook}
