"""Which addresses are of the internet, and which of a network that is nobody's business but its owner's."""

from ipaddress import IPv4Address, IPv6Address, ip_network

# Addresses of IPv6 that stand for one of IPv4, besides those that the library knows.
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")
# What is handed out to networks of the internet (RFC 4291, 2.4). Outside lie what is reserved, site-local (fec0::), and
# what a network translates to some address of IPv4 (64:ff9b:1::, RFC 8215; ::ffff:0:a.b.c.d, RFC 2765).
_HANDED_OUT = ip_network("2000::/3")

Address = IPv4Address | IPv6Address


class Refused(Exception):
    """An address that is not asked; the message says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the internet, and so is each that it stands for."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in _NAT64 or address in _COMPATIBLE):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _HANDED_OUT:
            return False
    return address.is_global and not address.is_multicast
