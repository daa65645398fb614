"""Which addresses of the web may be asked, and how they are written where people read them.

Used for feeds, redirects and pages alike.
"""

from urllib.parse import urljoin, urlsplit

from indexer.network.public import Refused

SCHEMES = ("http", "https")
LONGEST = 4096  # characters of an address that is asked


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
