"""Where readers of a closed archive may have messages sent: addresses that the configuration's patterns let pass.

A `*` stands for anything within its part: a name or a host, or the path of a webhook.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit


def may_mail(patterns: Iterable[str], address: str) -> bool:
    """Whether one of the patterns, as `*@news.example`, lets a mail address pass."""
    name, _, host = address.lower().rpartition("@")
    parts = (pattern.lower().rpartition("@") for pattern in patterns)
    return any(_fits(mailbox, name) and _fits(domain, host) for mailbox, _, domain in parts)


def may_post(patterns: Iterable[str], address: str) -> bool:
    """Whether one of the patterns, as `https://hooks.news.example/*`, lets a webhook pass; no path with `..` does."""
    asked = urlsplit(address)
    if {".", ".."} & set(unquote(asked.path).split("/")):
        return False
    for pattern in patterns:
        known = urlsplit(pattern)
        hosts = _fits(known.netloc.lower(), asked.netloc.lower())
        if known.scheme == asked.scheme and hosts and _fits(known.path or "/", asked.path or "/"):
            return True
    return False


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
