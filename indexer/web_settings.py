"""Settings of the site that have a form of their own: a public address, networks.

`config` checks them when it is read and the site reads them by the same functions, so that what was accepted is used.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import SplitResult, urlsplit

from indexer.errors import ConfigError

ACCESS_LOGS = ("off", "plain", "full")
Network = IPv4Network | IPv6Network


def public_address(text: str, place: str = "[web] base_url") -> SplitResult | None:
    """The parts of a public address without its last slash; None of an empty one.

    Raises:
        ConfigError: it is not like `https://news.example/archive`; the message begins with `place`.
    """
    if not text:
        return None
    wrong = ConfigError(
        f"{place}: {text!r} is not an address that others can open. "
        "Write it whole, as in https://news.example or https://news.example/archive."
    )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    plain = not (parts.query or parts.fragment or "@" in parts.netloc or "//" in parts.path)
    printable = text.isascii() and text.isprintable() and " " not in text
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or not plain or not printable:
        raise wrong
    return parts._replace(path=parts.path.rstrip("/"))


def networks(texts: Iterable[str], place: str) -> tuple[Network, ...]:
    """Addresses and networks, as in `127.0.0.1`, `10.0.0.0/8`, `::1`.

    Raises:
        ConfigError: one of them is neither; the message begins with `place`.
    """
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ip_network(text))
        except ValueError:
            raise ConfigError(
                f"{place}: {text!r} is neither an address nor a network. "
                "Write numbers, as in 127.0.0.1, 10.0.0.0/8 or fd00::/8."
            ) from None
    return tuple(found)
