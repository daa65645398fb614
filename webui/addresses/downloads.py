"""Addresses of what is not a page: citations, feeds, exports, the description of the search box.

Each takes the same request as the results page and gives a path below the place where the site is mounted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from indexer.search.request import SearchRequest
from webui.addresses import params, urls
from webui.addresses.neighbours import asking

# The forms of a feed, each with its name and media type.
FEEDS = {
    "atom": ("Atom", "application/atom+xml"),
    "rss": ("RSS", "application/rss+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}

# Articles of a dossier that the site makes: each takes some 10 ms, and a reader waits for all of them.
DOSSIER_MOST = 500


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one form: its name, media type and address."""

    text: str
    type: str
    url: str


def feed_path(form: str) -> str:
    """Where feeds of one of `FEEDS` lie."""
    return f"/feed.{form}"


def feed(request: SearchRequest, form: str = "atom") -> str:
    """The feed of a search, in one of `FEEDS`."""
    return urls.page(feed_path(form), _pairs(request))


def feeds(request: SearchRequest) -> tuple[FeedLink, ...]:
    """The feed of a search in all forms, for the page of the search to name."""
    asked = params.query_string(_pairs(request))
    return tuple(FeedLink(*about, asking(urls.page(feed_path(form)), asked)) for form, about in FEEDS.items())


def export(suffix: str, request: SearchRequest) -> str:
    """All hits of a search as a file: `csv`, `jsonl` or `ris`."""
    return urls.page(f"/export.{suffix}", _pairs(request))


def exports(request: SearchRequest, suffixes: Iterable[str]) -> list[str]:
    """The same as several files."""
    asked = params.query_string(_pairs(request))
    return [asking(urls.page(f"/export.{suffix}"), asked) for suffix in suffixes]


def dossier(request: SearchRequest) -> str:
    """A search of at most `DOSSIER_MOST` articles as a dossier."""
    return urls.page("/dossier.zip", _pairs(request))


def citation(name: str, id: str) -> str:
    """The citation of an article: `plain`, `bibtex`, `ris` or `csl-json`."""
    if not urls.fits_path(id):
        return urls.page(f"/cite/{name}", [("id", id)])
    return urls.page(f"/cite/{name}/{urls.segment(id)}")


def receipt(token: str) -> str:
    """What has changed since a receipt was issued."""
    return urls.page(f"/receipt/{token}")


def opensearch() -> str:
    """The description of the search box."""
    return urls.page("/opensearch.xml")


def permalinks() -> Callable[[str], str]:
    """What gives the full address of an article by its id, also while an answer is sent and the request is over."""
    start = urls.absolute(urls.page("/article"))

    def permalink(id: str) -> str:
        return f"{start}/{urls.segment(id)}" if urls.fits_path(id) else f"{start}?{params.query_string([('id', id)])}"

    return permalink


def _pairs(request: SearchRequest) -> params.Pairs:
    """The parameters of everything that decides which articles are found, and of their order."""
    base = urls.base_request()
    kept = replace(
        base, query=request.query, filters=request.filters, dates=request.dates, added=request.added,
        match=request.match, sort=request.sort, recency=request.recency, all_mentions=request.all_mentions,
        spellcheck=request.spellcheck, translation=request.translation,
    )  # fmt: skip
    return params.write(kept, base)
