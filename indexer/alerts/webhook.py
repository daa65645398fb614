"""A message as a request to a webhook, signed as Standard Webhooks has it (standardwebhooks.com, 1.0.0).

    webhook-id           the id of the message: the same however often it is sent
    webhook-timestamp    when it is sent, in seconds since 1970
    webhook-signature    v1, and the base64 of HMAC-SHA256 over `id.timestamp.body`

Whoever answers with 2xx within the time has it. Redirects are not followed, and addresses of private networks are asked
only where the configuration allows it.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from indexer.alerts.alert import Alert
from indexer.alerts.message import AlertMessage
from indexer.config import AlertsConfig
from indexer.network import checked
from indexer.network.public import Refused

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 10.0, 20.0, 30.0
KIND = "alert.matches"  # the `type` of the event


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why a request came to nothing, "" where it did not; and whether its host could not be reached at all."""

    problem: str = ""
    unreachable: bool = False


class Poster:
    """Sends messages to webhooks; an async context manager."""

    def __init__(self, settings: AlertsConfig, agent: str) -> None:
        self._private = settings.private
        self._client = checked.client({"User-Agent": agent}, CONNECT_SECONDS, ANSWER_SECONDS)

    async def post(self, message: AlertMessage, alert: Alert) -> Outcome:
        """Send a message to the webhook of its alert. Never raises for what servers do."""
        body = body_of(message)
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                response = await checked.send(
                    self._client,
                    "POST",
                    alert.webhook,
                    headers_of(message.id, int(time.time()), body, alert.secret),
                    body,
                    private=self._private,
                    allowing="private = true under [alerts]",
                )
                await response.aclose()
        except TimeoutError:
            return Outcome(f"It took longer than {WHOLE_SECONDS:g} s.", unreachable=True)
        except Refused as why:
            return Outcome(f"Not asked: {why}.", unreachable=True)
        except checked.HTTPError as error:
            return Outcome(checked.said(error), unreachable=True)
        except OSError as error:
            return Outcome(f"Its host cannot be found: {error.strerror or error}.", unreachable=True)
        except checked.InvalidAddress as error:
            return Outcome(f"It cannot be asked: {error}.")
        if response.is_success:
            return Outcome()
        moved = "; redirects are not followed" if response.is_redirect else ""
        return Outcome(f"The server answered {response.status_code}{moved}.")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()


def body_of(message: AlertMessage) -> bytes:
    """The body: always the same for a message."""
    content = message.to_dict()
    event = {"type": KIND, "timestamp": content["made"], "data": content}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def headers_of(id: str, timestamp: int, body: bytes, secret: str) -> dict[str, str]:
    """The headers of a body that is sent at a time."""
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature(id, timestamp, body, secret)}",
    }


def signature(id: str, timestamp: int, body: bytes, secret: str) -> str:
    """HMAC-SHA256 in base64, with the secret as it was shown: `whsec_` and its bytes in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
