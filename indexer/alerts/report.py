"""What a run came to (`AlertReport`), and how an alert stands (`AlertStatus`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from indexer.alerts.alert import Alert
from indexer.alerts.message import AlertMessage
from indexer.alerts.store import AlertDelivery


@dataclass(frozen=True, slots=True)
class AlertReport:
    """One run: how many alerts there are, what arrived, what they say of it, and what became of what was due."""

    alerts: int
    arrived: int
    messages: tuple[AlertMessage, ...]
    deliveries: tuple[AlertDelivery, ...]
    seconds: float

    @property
    def sent(self) -> int:
        """How many messages were delivered, to each address by itself."""
        return sum(1 for each in self.deliveries if each.sent)

    @property
    def failed(self) -> tuple[AlertDelivery, ...]:
        """What could not be delivered now."""
        return tuple(each for each in self.deliveries if not each.sent)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "alerts": self.alerts,
            "arrived": self.arrived,
            "messages": [each.to_dict() for each in self.messages],
            "sent": self.sent,
            "failed": [delivery_dict(each) for each in self.failed],
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class AlertStatus:
    """An alert, when it last had a message, and what of its messages is not delivered. `stopped` says that its owner is
    no user any more."""

    alert: Alert
    last: datetime | None = None
    unsent: tuple[AlertDelivery, ...] = ()
    stopped: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        last = self.last.strftime("%Y-%m-%dT%H:%M:%SZ") if self.last else None
        unsent = [delivery_dict(each) for each in self.unsent]
        return self.alert.to_dict() | {"last_message": last, "stopped": self.stopped, "undelivered": unsent}


def delivery_dict(delivery: AlertDelivery) -> dict[str, Any]:
    """A delivery as JSON values."""
    return {
        "message": delivery.message,
        "kind": delivery.kind,
        "address": delivery.address,
        "sent": _written(delivery.sent),
        "tries": delivery.tries,
        "due": None if delivery.sent or delivery.given_up else _written(delivery.due),
        "given_up": delivery.given_up,
        "reason": delivery.reason or None,
    }


def addresses(deliveries: Sequence[AlertDelivery]) -> list[str]:
    """Where they go, each once."""
    return list(dict.fromkeys(each.address for each in deliveries))


def _written(seconds: float) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else None
