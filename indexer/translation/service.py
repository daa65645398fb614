"""A translation service over HTTP: requests that are tried again, within limits, and answers that are what they should.

Called by the adapters of services. `httpx` is imported when the first is used.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from indexer.addresses import shown
from indexer.errors import ConfigError
from indexer.translation.base import TranslationFailed, Unreachable

if TYPE_CHECKING:
    import httpx

# A service that restarts is back within seconds; one that is not holds nobody up for longer than these add up to.
PAUSES = (0.5, 1.0, 2.0)
LONGEST_PAUSE = 30.0  # what a service may ask to be left alone for
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_SAID = 200  # characters of what a service says
_LARGEST = 20 << 20  # bytes of an answer


class Service:
    """One service at an address. Requests that fail are tried again after growing pauses.

    Raises:
        ConfigError: the address is none.
    """

    def __init__(self, url: str, timeout: float, sleep: Callable[[float], None] = time.sleep) -> None:
        if not url.startswith(("http://", "https://")):
            raise ConfigError(
                f"[translation] url: {url!r} is not the address of a service. Write it whole, as in "
                '"http://localhost:5000".'
            )
        self._url = url.rstrip("/")
        self._place = shown(self._url)
        self._timeout = timeout
        self._sleep = sleep
        self._client: httpx.Client | None = None

    def get(self, path: str) -> Any:
        """What is at a path, as JSON values; see `post`."""
        return self._call("GET", path, {})

    def post(self, path: str, **content: Any) -> Any:
        """What is answered to a request with `json=` or `data=`, as JSON values.

        Raises:
            Unreachable: nothing answers, or not usefully, however often it is asked.
            Refused: it answers that it will not.
            TranslationFailed: what it answers is no JSON, or too much.
        """
        return self._call("POST", path, content)

    def close(self) -> None:
        """End connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _call(self, method: str, path: str, content: Mapping[str, Any]) -> Any:
        for pause in (*PAUSES, None):
            why, wait = self._try(method, path, content)
            if not isinstance(why, str):
                return why[0]
            if pause is None:
                raise Unreachable(f"{self._place} {why}")
            self._sleep(wait if wait is not None else pause * random.uniform(0.75, 1.25))  # noqa: S311
        raise AssertionError

    def _try(self, method: str, path: str, content: Mapping[str, Any]) -> tuple[str | tuple[Any], float | None]:
        """The answer, in a tuple, or why there is none that is worth keeping, and how long to wait before the next."""
        import httpx  # a service is not used by every archive

        if self._client is None:
            self._client = httpx.Client(timeout=self._timeout, follow_redirects=False)
        try:
            answer = self._client.request(method, self._url + path, **content)
        except httpx.TimeoutException:
            return f"does not answer within {self._timeout:g} seconds", None
        except httpx.InvalidURL as error:
            raise ConfigError(f"[translation] url: {self._place!r} is not an address: {error}.") from None
        except httpx.HTTPError as error:
            return f"cannot be reached: {error or type(error).__name__}", None
        if answer.status_code in _AGAIN:
            return f"answers {answer.status_code}{_said(answer)}", _asked_pause(answer)
        if not answer.is_success:
            raise Refused(answer.status_code, f"{self._place} answers {answer.status_code}{_said(answer)}")
        if len(answer.content) > _LARGEST:
            raise TranslationFailed(f"{self._place} answers more than {_LARGEST >> 20} MB")
        try:
            return (answer.json(),), None
        except ValueError:
            raise TranslationFailed(f"{self._place} answers what is no JSON") from None


class Refused(TranslationFailed):
    """The service will not do what it was asked."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _asked_pause(answer: httpx.Response) -> float | None:
    stated = answer.headers.get("Retry-After", "")
    return min(float(stated), LONGEST_PAUSE) if stated.isdecimal() else None


def _said(answer: httpx.Response) -> str:
    """What the service says of itself, in a few words."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    if not isinstance(told, dict):
        return ""
    words = next((told[key] for key in ("error", "explanation", "message") if isinstance(told.get(key), str)), "")
    return f": {words[:_SAID]}" if words else ""
