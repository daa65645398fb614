"""Addresses of the site's pages, for who reads a message elsewhere: whole, and "" where the site has no address.

`webui.addresses` reads what is written here; a test holds the two together.
"""

from collections.abc import Sequence
from urllib.parse import quote, quote_plus

from indexer.receipts.pairs import Pairs
from indexer.web_settings import public_address

_SAFE = "/:@!$&'()*+,=~"


class Links:
    """The pages of the site at a public address."""

    def __init__(self, base_url: str) -> None:
        public = public_address(base_url)
        self._base = public.geturl() if public else ""

    def article(self, id: str) -> str:
        """The page of an article."""
        if not id or id.startswith("/") or {".", ".."} & set(id.replace("\\", "/").split("/")):
            return self._page("/article", [("id", id)])
        return self._page(f"/article/{quote(id, safe=_SAFE)}")

    def search(self, pairs: Pairs) -> str:
        """The results page of a search, newest arrivals first."""
        return self._page("/search", [*pairs, ("sort", "added")])

    def alert(self, id: str) -> str:
        """The page of an alert."""
        return self._page(f"/alerts/{id}")

    def feed(self, id: str) -> str:
        """The feed of an alert."""
        return self._page(f"/alerts/{id}.atom")

    def _page(self, path: str, pairs: Sequence[tuple[str, str]] = ()) -> str:
        if not self._base:
            return ""
        asked = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
        return f"{self._base}{path}{'?' if asked else ''}{asked}"


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "replace"), safe="/:")
