"""The connection to a cluster: every request goes through it, and every failure becomes one of our errors.

In: the `[engine]` section. Out: answers as plain JSON values. Called by everything in this package.
"""

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)
from opensearchpy.serializer import JSONSerializer

from indexer.config import EngineConfig
from indexer.engines.opensearch.cluster.errors import refused, too_complex
from indexer.engines.shared.search.time_budget import used_up
from indexer.errors import BroadsheetError, ConfigError, EngineUnavailable, InternalError

# A request to a node that does not answer is tried on so many others.
OTHER_NODES = 3
# How much longer than a search's budget we wait for the cluster to say that the budget was used up.
GRACE_SECONDS = 2.0
_UNAVAILABLE = (429, 502, 503, 504)


class _Json(JSONSerializer):
    """JSON by orjson: three times as fast as the library's own, and it takes bytes that are JSON already."""

    def dumps(self, data: Any) -> Any:
        """JSON text of a value; text stays as it is."""
        if isinstance(data, str | bytes):
            return data
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: Any) -> Any:
        """The value of JSON text."""
        return orjson.loads(s)


class Connection:
    """A client of the cluster that survives a fork. Safe to share between threads."""

    def __init__(self, config: EngineConfig) -> None:
        self.config = config
        self._lock = threading.Lock()
        self._client: Any = None
        self._pid = 0

    @property
    def place(self) -> str:
        """The cluster's addresses, for messages."""
        return ", ".join(self.config.hosts)

    @property
    def client(self) -> Any:
        """The library's client, of this process."""
        with self._lock:
            if self._client is None or self._pid != os.getpid():
                self._client, self._pid = self._connect(), os.getpid()
            return self._client

    def _connect(self) -> Any:
        config = self.config
        options: dict[str, Any] = {}
        if config.user:
            options["http_auth"] = (config.user, config.password)
        if any(host.startswith("https:") for host in config.hosts):
            options |= {"use_ssl": True, "verify_certs": True}
            if config.ca_certs:
                if not Path(config.ca_certs).is_file():
                    raise ConfigError(f"[engine] ca_certs: there is no file {config.ca_certs}.")
                options["ca_certs"] = config.ca_certs
        try:
            return OpenSearch(
                list(config.hosts),
                timeout=config.timeout_seconds,
                max_retries=min(OTHER_NODES, len(config.hosts)),
                retry_on_status=(502, 504),
                retry_on_timeout=False,
                pool_maxsize=20,
                serializer=_Json(),
                **options,
            )
        except (OSError, ValueError, OpenSearchException) as error:
            raise EngineUnavailable(f"No connection to {self.place} can be set up: {error}. {_CORRECT}") from None

    def close(self) -> None:
        """Close the connections. They are opened again when need be."""
        with self._lock:
            if self._client is not None and self._pid == os.getpid():
                self._client.close()
            self._client = None

    def call(self, ask: Callable[[Any], Any]) -> Any:
        """What `ask` gets from the client.

        Raises:
            EngineUnavailable: no node can be reached, or the cluster cannot answer now.
            QueryTooExpensive: the cluster refuses the query for its size.
            NotFoundError and others of the library: what the caller of `expect` asked for.
        """
        try:
            return ask(self.client)
        except BroadsheetError:
            raise
        except Exception as error:
            raise self.explained(error) from error

    def search(self, body: Mapping[str, Any], index: str | None, budget_ms: int | None = None) -> Any:
        """The answer to a search of all shards, none left out; `index` is None for one that names a point in time.

        Raises:
            SearchTimeout: the budget was used up.
        """
        options: dict[str, Any] = {"body": body, "params": {"allow_partial_search_results": "false"}}
        if index is not None:
            options["index"] = index
            options["params"]["allow_no_indices"] = "false"
        if budget_ms is not None:
            options["body"] = {**body, "timeout": f"{budget_ms}ms"}
            options["request_timeout"] = budget_ms / 1000 + GRACE_SECONDS
        try:
            answer = self.client.search(**options)
        except ConnectionTimeout as error:
            if budget_ms is None:
                raise self.explained(error) from None
            raise used_up(budget_ms) from None
        except BroadsheetError:
            raise
        except Exception as error:
            raise self.explained(error) from error
        if answer.get("timed_out"):
            raise used_up(budget_ms or 0)
        if failures := answer.get("_shards", {}).get("failures"):
            raise EngineUnavailable(f"A part of the archive on {self.place} did not answer: {failures[0]['reason']}.")
        return answer

    def explained(self, error: Exception) -> BroadsheetError:
        """One of our errors for one of the library's."""
        match error:
            case SSLError():
                return EngineUnavailable(
                    f"The certificate of {self.place} is not trusted: {_short(error)}. Name the certificate of your "
                    "authority in [engine] ca_certs."
                )
            case AuthenticationException() | AuthorizationException() if not _is_block(error):
                return EngineUnavailable(
                    f"{self.place} refuses the user {self.config.user!r}: {_short(error)}. Correct [engine] user, and "
                    "the password, best in the environment as BROADSHEET_ENGINE__PASSWORD."
                )
            case ConnectionTimeout():
                return EngineUnavailable(
                    f"{self.place} did not answer within {self.config.timeout_seconds} seconds. Look at the cluster's "
                    "health, or set a larger [engine] timeout_seconds."
                )
            case ConnectionError():
                return EngineUnavailable(f"No node of {self.place} can be reached: {_short(error)}. {_CORRECT}")
            case NotFoundError():
                return EngineUnavailable(
                    f"A part of the archive is not on {self.place} any more: {_short(error)}. If it was rebuilt just "
                    "now, try again; if it was deleted, restore it or build it once more."
                )
            case TransportError() if _is_block(error):
                return refused(self.place, _short(error))
            case TransportError() if error.status_code in _UNAVAILABLE:
                return EngineUnavailable(
                    f"The cluster at {self.place} cannot answer now: {_short(error)}. Look at its health; try again."
                )
            case TransportError():
                return too_complex(error.info) or InternalError(
                    f"The cluster at {self.place} did not understand us: {_short(error)}. Please report this."
                )
            case _:
                return InternalError(
                    f"Asking {self.place} failed: {type(error).__name__}: {error}. Please report this."
                )


_CORRECT = "Start the cluster, or correct [engine] hosts."


def _is_block(error: TransportError) -> bool:
    return "cluster_block_exception" in str(error.error) or "blocked by" in str(error.info)


def _short(error: Exception) -> str:
    """The reason in an error of the library, in a few words."""
    if isinstance(error, ConnectionError):
        cause: Any = error.info
        while getattr(cause, "reason", None) is not None and isinstance(cause.reason, Exception):
            cause = cause.reason
        return str(cause)[:300]
    info = error.info if isinstance(error, TransportError) else None
    if isinstance(info, Mapping) and isinstance(info.get("error"), Mapping):
        causes = info["error"].get("root_cause") or [info["error"]]
        return f"{causes[0].get('type', '')}: {causes[0].get('reason', '')}"[:300]
    return str(error)[:300]
