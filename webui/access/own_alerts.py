"""The alerts of who asks: every reader of a closed archive has his own, and sees no others."""

from collections.abc import Sequence

from indexer.alerts.permitted import may_mail, may_post
from indexer.alerts.report import AlertStatus
from indexer.errors import NotFound, UsageError
from webui.access.readers import reader
from webui.holder import archive, settings


def owner(*, by_token: bool | None = None) -> str:
    """Who asks.

    Args:
        by_token: whether it has to be a program, or a person; None lets both pass.

    Raises:
        NotFound: nobody who could have alerts.
    """
    who = reader()
    if who is None or not settings().alerts.per_reader or by_token not in (None, who.by_token):
        raise NotFound("There are no alerts here.")
    return who.user.name


def own(id: str, *, by_token: bool | None = None) -> AlertStatus:
    """An alert of who asks.

    Raises:
        NotFound: he has none of that id.
    """
    found = next((each for each in archive().alerts(owner(by_token=by_token)) if each.alert.id == id), None)
    if found is None:
        raise NotFound("You have no such alert.")
    return found


def offered() -> bool:
    """Whether who asks may make alerts, in a browser."""
    who = reader()
    return who is not None and not who.by_token and settings().alerts.per_reader > 0


def check_permitted(mail: Sequence[str], webhook: str) -> None:
    """Raise NotPermitted where readers may not have messages sent there."""
    allowed = settings().alerts
    for address in mail:
        if not may_mail(allowed.recipients, address):
            raise NotPermitted(address)
    if webhook and not may_post(allowed.webhooks, webhook):
        raise NotPermitted(webhook)


class NotPermitted(UsageError):
    """An address that readers may not have messages sent to; `address` is it."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"Messages may not be sent to {address} from here. Whoever runs the archive says where they may."
        )
        self.address = address
