"""The alerts of a reader -> the page that lists them; and the form that makes another."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.alerts.report import AlertStatus
from indexer.search.parser import parse
from indexer.search.request import SearchRequest
from webui import i18n, markup
from webui.addresses import params, urls
from webui.holder import settings
from webui.i18n import gettext
from webui.presenters.alerts.single import problems, sent_to, state
from webui.presenters.results.facets import Chip, chips


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert in the list."""

    name: str
    url: str
    sent_to: tuple[str, ...]
    state: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertForm:
    """What a reader may say of an alert that is to be made of a search, and what is wrong with what was said."""

    action: str
    chips: tuple[Chip, ...]
    search_url: str
    name: str
    mail: str
    webhook: str
    may_mail: tuple[str, ...]
    may_post: tuple[str, ...]
    problem: str


def alert_rows(statuses: Sequence[AlertStatus]) -> list[AlertRow]:
    """The list, the newest alert first."""
    return [
        AlertRow(markup.plain(each.alert.name), urls.alert(each.alert.id), sent_to(each), state(each), problems(each))
        for each in reversed(statuses)
    ]


def alert_form(
    request: SearchRequest, *, name: str = "", mail: str = "", webhook: str = "", problem: str = ""
) -> AlertForm:
    """The form for a search."""
    allowed = settings().alerts
    tree = parse(request.query).tree
    return AlertForm(
        action=urls.new_alert(request),
        chips=tuple(chips(request, tree)),
        search_url=urls.search(request),
        name=name,
        mail=mail,
        webhook=webhook,
        may_mail=allowed.recipients,
        may_post=allowed.webhooks,
        problem=problem,
    )


def asked_for(pairs: Sequence[tuple[str, str]]) -> SearchRequest:
    """The search that the address of the form holds."""
    return urls.only_what_is_found(params.read(pairs, urls.base_request(), ("ui",)).request)


def not_permitted(address: str) -> str:
    """Why messages may not be sent to an address."""
    return gettext("Messages may not be sent to %(address)s. Ask whoever runs the archive.", address=address)


def no_address(text: str) -> str:
    """Why messages cannot be sent to what was written."""
    return gettext("“%(text)s” is not an address that messages can be sent to.", text=text)


def too_many(most: int) -> str:
    """Why a reader may not make another alert."""
    return gettext("You have as many alerts as you may have: %(count)s. Remove one first.", count=i18n.number(most))
