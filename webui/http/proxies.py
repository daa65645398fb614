"""Who asks, and where the site is seen: what a proxy says of that, believed from the proxies of `[web]` alone.

`X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` are taken from a peer in `trusted_proxies` and mean nothing from
anybody else, so that nobody chooses the address he is counted under. Where nothing is said of the prefix, it is the
path of `base_url`, whether the proxy takes it off the address or leaves it there.
"""

import logging
import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.config import WebConfig
from indexer.web_settings import Network, networks, public_address

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_PORT = re.compile(r"^\[?(?P<host>[^\]]*?)\]?(?::\d+)?$")
_logger = logging.getLogger(__name__)


def init(app: Flask, web: WebConfig) -> None:
    """Put an application behind the proxies of its configuration.

    Raises:
        ConfigError: `base_url` is no address, or `trusted_proxies` names what is none.
    """
    public = public_address(web.base_url)
    mounted = Mounted(app.wsgi_app, public.path if public else "")
    app.wsgi_app = TrustedProxies(  # type: ignore[method-assign]  # Flask's documented way
        mounted, networks(web.trusted_proxies, "[web] trusted_proxies")
    )


def within(address: IPv4Address | IPv6Address | None, trusted: Iterable[Network]) -> bool:
    """Whether an address is in one of the networks."""
    return address is not None and any(address in network for network in trusted)


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port behind it; None of what is none. IPv4 inside IPv6 is IPv4."""
    for candidate in (text.strip(), _PORT.sub(r"\g<host>", text.strip())):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return mapped or address
    return None


class TrustedProxies:
    """WSGI middleware that rewrites a request of a trusted proxy to what its client asked."""

    def __init__(self, app: "WSGIApplication", trusted: tuple[Network, ...]) -> None:
        self._app = app
        self._trusted = trusted
        self._forwarded = ProxyFix(app, x_for=0, x_proto=1, x_host=1, x_prefix=1)
        self._told = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        peer = read_address(environ.get("REMOTE_ADDR", ""))
        if not within(peer, self._trusted):
            if "HTTP_X_FORWARDED_FOR" in environ:
                self._tell(environ.get("REMOTE_ADDR", ""))
            return self._app(environ, start_response)
        for hop in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            found = read_address(hop)
            if found is None:
                break
            environ["REMOTE_ADDR"] = str(found)
            if not within(found, self._trusted):
                break
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "").rpartition(",")[2].strip()
        if _PREFIX.fullmatch(prefix) and prefix.strip("/"):
            environ["HTTP_X_FORWARDED_PREFIX"] = prefix.rstrip("/")
        else:
            environ.pop("HTTP_X_FORWARDED_PREFIX", None)
        if environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip() not in ("http", "https"):
            environ.pop("HTTP_X_FORWARDED_PROTO", None)
        return self._forwarded(environ, start_response)

    def _tell(self, peer: str) -> None:
        if not self._told:
            self._told = True
            _logger.warning(
                "X-Forwarded-For from %s is not believed. If that is your proxy, name it in [web] trusted_proxies; "
                "until then all of its clients count as one.",
                peer or "a socket",
            )


class Mounted:
    """WSGI middleware that mounts an application below a path where the server has not done so."""

    def __init__(self, app: "WSGIApplication", path: str) -> None:
        self._app = app
        self._path = path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if self._path and not environ.get("SCRIPT_NAME"):
            environ["SCRIPT_NAME"] = self._path
            asked = environ.get("PATH_INFO", "")
            if asked == self._path or asked.startswith(self._path + "/"):
                environ["PATH_INFO"] = asked.removeprefix(self._path)
        return self._app(environ, start_response)
