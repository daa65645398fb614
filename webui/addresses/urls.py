"""Addresses of the site's own pages. Presenters and templates ask here; nobody else puts an address together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from flask import g
from flask import request as http
from werkzeug.datastructures import MultiDict
from werkzeug.sansio.utils import get_current_url

from indexer.browsing.profiles import PROFILE_FIELDS
from indexer.config import SearchConfig
from indexer.search.request import Match, Period, SearchRequest
from indexer.web_settings import public_address
from webui.addresses import params
from webui.addresses.neighbours import Nearby, asking
from webui.holder import settings

# Everything but the slash that may stand in a path as it is; ":" and "@" keep ids that are addresses readable.
_SAFE = "/:@!$&'()*+,=~"
_QUERY_SAFE = _SAFE + "?;%"


def base_request() -> SearchRequest:
    """What the address of a page means where it says nothing: copies of a story are one hit."""
    return _requests(settings().search)[0]


def plain_request() -> SearchRequest:
    """What an address of the API, a feed or a file means where it says nothing: every article is a hit."""
    return _requests(settings().search)[1]


@lru_cache(maxsize=8)
def _requests(search: SearchConfig) -> tuple[SearchRequest, SearchRequest]:
    """The two of a configuration; every address that is written is held against one of them."""
    plain = SearchRequest(
        match=Match(search.match),
        size=search.page_size,
        facet_size=search.facet_size,
        spellcheck=True,
        budget_ms=search.budget_ms,
    )
    return replace(plain, group=True), plain


def nearby(request: SearchRequest) -> Nearby:
    """Addresses of the searches near one."""
    return Nearby(request, base_request(), http.script_root)


def everything() -> Nearby:
    """Addresses of the searches near that for everything, made once for a page."""
    if "everything" not in g:
        g.everything = nearby(base_request())
    found: Nearby = g.everything
    return found


def search(request: SearchRequest, *, anchor: str = "") -> str:
    """The results page of a request."""
    return page("/search", params.write(request, base_request())) + (f"#{anchor}" if anchor else "")


def article(id: str, found_by: Nearby | None = None, position: int | None = None) -> str:
    """The page of an article; with the search and the position in it that it was found by."""
    address = page(f"/article/{segment(id)}") if fits_path(id) else page("/article", [("id", id)])
    return asking(address, found_by.parameters if found_by else "", "" if position is None else f"pos={position}")


def thread(id: str) -> str:
    """The page of an article's thread."""
    return page(f"/thread/{segment(id)}") if fits_path(id) else page("/thread", [("id", id)])


def period(value: Period | None) -> str:
    """The archive page of a year, month or day; without one, of all years."""
    return page("/archive/" + (str(value).replace("-", "/") if value else ""))


def profile(field: str, name: str) -> str:
    """The page about a source, person, organisation or place; the results page for what has no such page."""
    if field in PROFILE_FIELDS and fits_path(name):
        return page(f"/{field}/{segment(name)}")
    return everything().with_filter(field, name)


def facet_near(field: str, near: Nearby) -> str:
    """All values of a facet under a search whose parameters are written already."""
    return asking(page(f"/facet/{field}"), near.parameters)


def facet(field: str, request: SearchRequest, **more: str | int) -> str:
    """The same of any search, with further parameters."""
    pairs = params.write(request.with_page(1), base_request())
    return page(f"/facet/{field}", pairs + [(name, str(value)) for name, value in more.items() if value])


def advanced(request: SearchRequest) -> str:
    """The form of advanced search, filled from a search."""
    return page("/advanced", params.write(request.with_page(1), base_request()))


def receipt(request: SearchRequest) -> str:
    """Where a receipt of a search is issued."""
    return page("/receipt", params.write(only_what_is_found(request), base_request()))


def alert(id: str) -> str:
    """The page of an alert."""
    return page(f"/alerts/{id}")


def alert_feed(id: str) -> str:
    """The feed of an alert."""
    return page(f"/alerts/{id}.atom")


def new_alert(request: SearchRequest) -> str:
    """Where an alert of a search is made."""
    return page("/alerts/new", params.write(only_what_is_found(request), base_request()))


def only_what_is_found(request: SearchRequest) -> SearchRequest:
    """A search as pages have it, with nothing of another one but what decides which articles are found."""
    return replace(
        base_request(),
        query=request.query,
        filters=request.filters,
        dates=request.dates,
        added=request.added,
        match=request.match,
        all_mentions=request.all_mentions,
        spellcheck=request.spellcheck,
        translation=request.translation,
    )


def page(path: str, pairs: Sequence[tuple[str, str]] = ()) -> str:
    """A path of the site, below the place where the site is mounted, with parameters behind it."""
    return http.script_root + path + (f"?{params.query_string(list(pairs))}" if pairs else "")


def here() -> str:
    """The address of this request, as a path of the site with its parameters."""
    asked = quote(http.query_string, safe=_QUERY_SAFE)
    return http.script_root + quote(http.path, safe=_SAFE) + (f"?{asked}" if asked else "")


def with_pairs(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address of ours with further parameters."""
    return asking(address, params.query_string(list(pairs)))


def in_languages(path: str, arguments: MultiDict[str, str], tags: Iterable[str]) -> list[str]:
    """The present page in other interface languages."""
    kept = [(name, value) for name, value in arguments.items(multi=True) if name != "ui"]
    start = page(quote(path, safe=_SAFE), [*kept, ("ui", "")])
    return [start + tag for tag in tags]


def segment(text: str) -> str:
    """An id or a name as part of a path."""
    return quote(text, safe=_SAFE)


def fits_path(text: str) -> bool:
    """Whether a text comes back whole from a path: browsers resolve dot segments, and a first slash would be lost."""
    return bool(text) and not text.startswith("/") and not {".", ".."} & set(text.replace("\\", "/").split("/"))


def absolute(path: str) -> str:
    """A full address of a path of `page`: at the configured public host, else at the one that was asked."""
    return (_origin(settings().web.base_url) or _host(http.scheme, http.host)) + path


@lru_cache(maxsize=64)
def _host(scheme: str, host: str) -> str:
    """What was asked, without the slash at its end, as werkzeug writes `host_url` anew for each that wants it."""
    return get_current_url(scheme, host).rstrip("/")


@lru_cache(maxsize=8)
def _origin(base_url: str) -> str:
    """Scheme and host of a public address; its path is where the site is mounted, and stands in every path already."""
    public = public_address(base_url)
    return f"{public.scheme}://{public.netloc}" if public else ""
