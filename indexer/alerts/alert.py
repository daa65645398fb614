"""What an alert is: a search, a name, and where its messages go."""

import base64
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import UsageError
from indexer.receipts import pairs as search_pairs
from indexer.receipts.pairs import Pairs
from indexer.search.leaves import leaves
from indexer.search.parser import parse
from indexer.search.request import Match, SearchRequest

LONGEST_NAME = 200  # characters
LONGEST_ADDRESS = 254  # characters of a mail address (RFC 5321)
LONGEST_URL = 2_000
MOST_RECIPIENTS = 50
SECRET_BYTES = 24
_SPOILT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert.

    `pairs` is its search as receipts write it. `since` is when the newest article came that was there when it was made,
    in microseconds since 1970, 0 of none: the alert fires for what came later. `mail` are addresses, `webhook` is one
    of the web, and `secret` what its requests are signed with. `owner` is the user of a closed archive who made it, ""
    of the command line.
    """

    id: str
    name: str
    pairs: Pairs
    created: datetime
    since: int = 0
    owner: str = ""
    mail: tuple[str, ...] = ()
    webhook: str = ""
    secret: str = field(default="", repr=False)
    paused: bool = False

    @property
    def request(self) -> SearchRequest:
        """The search."""
        return search_pairs.read(self.pairs)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, without the secret."""
        return {
            "id": self.id,
            "name": self.name,
            "search": [list(pair) for pair in self.pairs],
            "created": self.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "owner": self.owner or None,
            "mail": list(self.mail),
            "webhook": self.webhook or None,
            "paused": self.paused,
        }


def new_alert(
    request: SearchRequest,
    now: datetime,
    *,
    name: str = "",
    owner: str = "",
    mail: tuple[str, ...] = (),
    webhook: str = "",
    since: int = 0,
) -> Alert:
    """An alert of a search, with an id and a secret of its own.

    Of a query of plain words every one must match, unless the request says otherwise: an alert is told of each article
    by itself, and whether a page is full of better ones does not matter to it.

    Raises:
        UsageError: it looks for nothing, is too long, or an address is none.
    """
    parsed = parse(request.query)
    if request.match is Match.AUTO and parsed.plain and len(list(leaves(parsed.tree))) > 1:
        request = replace(request, match=Match.ALL)
    pairs = search_pairs.write(request)
    if len(pairs) > search_pairs.MOST:
        raise UsageError(f"An alert has at most {search_pairs.MOST} filters. Leave some of them out.")
    if len(mail) > MOST_RECIPIENTS:
        raise UsageError(f"An alert is mailed to at most {MOST_RECIPIENTS} addresses. Use that of a list.")
    return Alert(
        id=secrets.token_hex(5),
        name=one_line(name) or search_text(pairs)[:LONGEST_NAME],
        pairs=pairs,
        created=now,
        since=since,
        owner=owner,
        mail=tuple(dict.fromkeys(map(mail_address, mail))),
        webhook=web_address(webhook) if webhook else "",
        secret=new_secret() if webhook else "",
    )


class NoAddress(UsageError):
    """What was given is no address that messages can be sent to; `text` is it."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text


def new_secret() -> str:
    """What a webhook's requests are signed with, in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def one_line(text: str) -> str:
    """A text on one line, of at most `LONGEST_NAME` characters, without what steers terminals, headers or direction,
    and without halves of characters, which no file takes."""
    return " ".join(_SPOILT.sub(" ", text).split())[:LONGEST_NAME]


def search_text(pairs: Pairs) -> str:
    """A search on one line, as people read it: `lavrov biden, source SANA, not category Sport`."""
    parts: list[str] = []
    for name, value in pairs:
        if name == "q":
            parts.append(value)
        elif name not in _UNSAID:
            left_out = "not " if name.startswith("-") else ""
            parts.append(f"{left_out}{name.removeprefix('-').replace('_', ' ')} {value or '(none)'}")
    return one_line(", ".join(parts)) or "everything"


_UNSAID = ("match", "all", "translation")


def mail_address(text: str) -> str:
    """A mail address.

    Raises:
        UsageError: it is none.
    """
    address = text.strip()
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):
        parsed = Address()
    domain = parsed.domain.strip(".")
    known = parsed.username and ("." in domain or domain == "localhost")
    plain = address.isascii() and address.isprintable() and not set(address) & set(' <>,;"')
    if not known or not plain or len(address) > LONGEST_ADDRESS:
        raise NoAddress(text, f"{text!r} is not a mail address. Write one such as desk@news.example.")
    return address


def web_address(text: str) -> str:
    """The address of a webhook.

    Raises:
        UsageError: it is none.
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or not address.isascii() or any(c <= " " or c == "\\" for c in address) or len(address) > LONGEST_URL:
        raise NoAddress(text, f"{text!r} is not an address of the web. Write one such as https://hooks.example/news.")
    if parts.username or parts.password:
        wrong = "The address of a webhook holds no name and password: its requests are signed instead."
        raise NoAddress(text, wrong)
    return address
