"""The address of a page and of its site. `canonical` is the one form of an address, which is the id of an article.

Used by `normalise` and what reads pages.
"""

import re
from urllib.parse import urlsplit

from indexer.addresses import canonical as canonical
from indexer.addresses import is_entry
from indexer.ingest.values import host

# Hosts that show the pages of another: telephones, AMP, printing.
_TWINS = re.compile(r"(?:www|m|mobile|mobil|touch|amp|print|wap)\.", re.IGNORECASE)


def page_address(fetched: str | None, stated: str | None) -> str | None:
    """The address of a page: what it calls its canonical one, if that can be believed, else where it was fetched.

    A canonical address that is the front page of a site is a slip of its templates, and one on another site belongs to
    whom the article was taken from.
    """
    if stated is None or (is_home(stated) and not (fetched and is_home(fetched))):
        return fetched
    if fetched is None:
        return stated
    return stated if _site(fetched) == _site(stated) else fetched


def is_home(address: str) -> bool:
    """Whether an address is the front page of its site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query and not is_entry(parts.fragment)


def _site(address: str) -> str:
    return _TWINS.sub("", host(address), count=1)
