"""Which addresses of the web may be asked, and how they are written where people read them.

`requests` holds every address that a name has against this, and connects to one that was: whoever answers for a name
cannot answer otherwise a moment later. Used for feeds, redirects and pages alike.
"""

from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import urljoin, urlsplit

SCHEMES = ("http", "https")
LONGEST = 4096  # characters of an address that is asked
# Addresses of IPv6 that stand for one of IPv4, besides those that the library knows.
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")

Address = IPv4Address | IPv6Address


class Refused(Exception):
    """An address that is not asked; the message says why."""


def joined(base: str, link: str) -> str:
    """A link as an address, from where it stands; "" where it is none."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """Host and port of an address, which are asked one request at a time.

    Raises:
        Refused: it is no address of the web.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Refused("it is no address") from None
    if parts.scheme not in SCHEMES:
        raise Refused(f"only http and https are followed, not {parts.scheme or 'an address without either'}")
    if not host or len(address) > LONGEST or any(c.isspace() or c < " " for c in address):
        raise Refused("it is no address")
    return host if port in (None, 80, 443) else f"{host}:{port}"


def is_public(address: Address) -> bool:
    """Whether an address is one of the internet, and so is each that it stands for."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in _NAT64 or address in _COMPATIBLE):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
