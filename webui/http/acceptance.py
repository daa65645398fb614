"""Which requests are taken at all: those under a name of this site, with an address of bounded length.

The name in `Host` stands in feeds and citations where `base_url` is empty, and a page of another site may point its
own name at this machine to read what a browser here can reach. So the site answers to `[web] hosts` and the name in
`base_url`; without either, to this machine's own names and addresses. Probes may ask under any name.
"""

import re
import socket
from ipaddress import ip_address

from flask import Flask, request

from indexer.config import WebConfig
from indexer.errors import UsageError
from indexer.web_settings import public_address

LONGEST_ADDRESS = 8190  # bytes of path and parameters: many chosen filters make a long address
ANY = "*"
PROBES = ("/healthz", "/readyz", "/metrics")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?)(?::\d{1,5})?")
_LOOPBACK = ("127.0.0.1", "::1")
_HERE = ("localhost", "127.0.0.1", "[::1]")


class MalformedHost(UsageError):
    """The header Host is not a name."""


class UnknownHost(UsageError):
    """The site does not answer to that name."""

    http_status = 421


class AddressTooLong(UsageError):
    """The address is longer than `LONGEST_ADDRESS`."""

    http_status = 414


def init(app: Flask, web: WebConfig) -> None:
    """Refuse what is not for this site, before anything else is done with it."""
    names = Names(web)

    @app.before_request
    def _accept() -> None:
        if len(request.environ.get("PATH_INFO", "")) + len(request.query_string) > LONGEST_ADDRESS:
            raise AddressTooLong(f"The address is longer than {LONGEST_ADDRESS} characters. Ask for less at once.")
        name = host_name(request.environ.get("HTTP_HOST", ""))
        if name is None:
            raise MalformedHost("The header Host is not the name of a site.")
        if request.path not in PROBES and not names.known(name, request.remote_addr or ""):
            raise UnknownHost(
                f"This site does not answer to the name {name}. If it should, its operator adds the name to "
                "[web] hosts, or sets [web] base_url to the public address."
            )


def host_name(header: str) -> str | None:
    """The name in a `Host` header in small letters, without the port; None if it is malformed, "" if it is empty."""
    if not header:
        return ""  # HTTP/1.0 has none
    found = _HOST.fullmatch(header)
    return found["name"].lower().rstrip(".") if found else None


class Names:
    """The names that a site answers to."""

    def __init__(self, web: WebConfig) -> None:
        public = public_address(web.base_url)
        stated = {host_name(name) or name for name in web.hosts}
        if public:
            stated.add(host_name(public.netloc) or "")
        self._any = ANY in stated
        self._stated = frozenset(stated)
        machine = socket.gethostname().lower()
        self._machine = frozenset((*_HERE, machine, f"{machine}.local", web.host.lower()))

    def known(self, name: str, peer: str) -> bool:
        """Whether the site answers to a name: always to this machine's own when the machine itself asks."""
        if self._any or name in self._stated or (name in _HERE and peer in _LOOPBACK):
            return True
        return not self._stated and (name == "" or name in self._machine or _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return name.endswith(".localhost")
    return True
