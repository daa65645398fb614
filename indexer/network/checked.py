"""Requests that go to addresses which were checked: whoever answers for a name cannot answer otherwise a moment later.

Proxies of the environment are not used, since who connects for us cannot be told to which address.
"""

import asyncio
import socket
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address
from ssl import SSLError

import httpx

from indexer.network.public import Refused, is_public

MOST_ADDRESSES = 3  # of one host that are tried
HTTPError = httpx.HTTPError
InvalidAddress = (httpx.InvalidURL, ValueError)  # also `UnicodeError`


def client(headers: Mapping[str, str], connect_seconds: float, read_seconds: float) -> httpx.AsyncClient:
    """A client that follows no redirects and keeps neither connections nor cookies. Used within a running loop."""
    trusted = httpx.create_ssl_context(trust_env=False)
    trusted.load_default_certs()  # besides those of httpx: of this machine, and of SSL_CERT_FILE
    return httpx.AsyncClient(
        verify=trusted,
        headers=headers,
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds, pool=None),
        # A connection is not kept: of two names at one address each gets its own, with its own certificate.
        limits=httpx.Limits(max_keepalive_connections=0),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # none are kept
        trust_env=False,
        follow_redirects=False,
    )


async def send(
    client: httpx.AsyncClient,
    method: str,
    address: str,
    headers: Mapping[str, str],
    content: bytes | None = None,
    *,
    private: bool,
    allowing: str,
) -> httpx.Response:
    """Ask an address, of all that its host has the first that can be connected to. The body is left to be read.

    Args:
        client: made by `client`.
        method: of HTTP.
        address: of the web.
        headers: besides those of the client.
        content: the body.
        private: whether addresses of private networks are allowed.
        allowing: what would allow them, for the message.

    Raises:
        Refused: the host has an address of a private network.
        OSError: the host is not known.
        httpx.HTTPError: no connection, or no answer.
        httpx.InvalidURL, UnicodeError, ValueError: it is no address.
    """
    url = httpx.URL(address)
    port = url.port or (443 if url.scheme == "https" else 80)
    host = url.raw_host.decode("ascii")
    addresses = (await resolved(host, port, private=private, allowing=allowing))[:MOST_ADDRESSES]
    while True:
        request = client.build_request(
            method,
            url.copy_with(host=addresses.pop(0), fragment=None),
            headers={"Host": url.netloc.decode("ascii"), **headers},
            content=content,
            extensions={"sni_hostname": host},
        )
        try:
            return await client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if not addresses:
                raise


async def resolved(host: str, port: int, *, private: bool, allowing: str) -> list[str]:
    """The addresses of a host, checked.

    Raises:
        Refused: one of them is not public, and none else is allowed.
        OSError: the name is not known.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private:
        for each in addresses:
            if not is_public(ip_address(each.partition("%")[0])):
                what = "is an address" if host.strip("[]") == each else f"has the address {each}"
                raise Refused(f"{host} {what} of a private network; {allowing} allows that")
    return addresses


def said(error: httpx.HTTPError) -> str:
    """What went wrong with a request, in a sentence."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SSLError):
            return f"The connection is not safe: {cause.reason or 'TLS error'}."
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return f"{'No connection' if isinstance(error, httpx.ConnectTimeout) else 'No answer'} in time."
    what = "No connection" if isinstance(error, httpx.ConnectError) else "The connection broke off"
    return f"{what}: {str(error)[:200] or type(error).__name__}."
