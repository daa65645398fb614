"""What changes how a list of results is shown: its order, passages or headlines, hits on a page, switches of the
search. Each is an address or a form of the same search at its first page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.search.request import SearchRequest, Sort
from indexer.search.results import Hit
from webui import i18n
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.links import Link

SIZES = (50, 100)  # hits on a page that are offered beside the configured number


@dataclass(frozen=True, slots=True)
class Toggle:
    """A switch of the search: a form that asks for the search with it turned to what it is not."""

    text: str
    note: str
    on: bool
    path: str
    pairs: params.Pairs


def sorts(near: Nearby) -> tuple[Link, ...]:
    """The orders."""
    return tuple(
        Link(str(words.SORT_LABELS[sort]), near.with_options(sort=sort), current=sort is near.request.sort)
        for sort in Sort
    )


def views(near: Nearby) -> tuple[Link, ...]:
    """Each hit with its passages, or its headline alone; the reader stays at the same place of the list."""
    request = near.request
    place = {"page": request.page, "cursor": request.cursor}
    return (
        Link(gettext("Passages"), near.with_options(snippets=True, **place), current=request.snippets),
        Link(gettext("Headlines"), near.with_options(snippets=False, **place), current=not request.snippets),
    )


def sizes(near: Nearby, listed: int) -> tuple[Link, ...]:
    """How many hits a page has; none where all find room on the smallest."""
    request = near.request
    configured = urls.base_request().size
    offered = sorted({configured, *SIZES, request.size} - {0})
    if listed <= min(configured, request.size or configured):
        return ()
    return tuple(
        Link(i18n.number(size), near.with_options(size=size), current=size == request.size) for size in offered
    )


def toggles(request: SearchRequest, hits: Sequence[Hit] = ()) -> tuple[Toggle, ...]:
    """The switches that mean something for a search and the hits of its page."""
    return tuple(_toggles(request, hits))


def _toggles(request: SearchRequest, hits: Sequence[Hit]) -> Iterator[Toggle]:
    fresh = _fresh(request)
    yield _toggle(
        gettext("One entry per story"),
        gettext("Copies of an article stand under one of them."),
        request.group,
        replace(fresh, group=not request.group),
    )
    if request.sort is Sort.RELEVANCE and request.query:
        yield _toggle(
            gettext("Favour newer"),
            gettext("Of articles that fit as well, newer ones come first."),
            request.recency,
            replace(fresh, recency=not request.recency),
        )
    yield _toggle(
        gettext("Include passing mentions"),
        gettext("Filters and counts of names also take articles that only mention them."),
        request.all_mentions,
        replace(fresh, all_mentions=not request.all_mentions),
    )
    if not request.translation or any(hit.article.translation for hit in hits):
        yield _toggle(
            gettext("Machine translations"),
            gettext("Articles are also found by the words of their translations, and shown in them."),
            request.translation,
            replace(fresh, translation=not request.translation),
        )


def _toggle(text: str, note: str, on: bool, other: SearchRequest) -> Toggle:
    return Toggle(text, note, on, urls.page("/search"), params.write(other, urls.base_request()))


def _fresh(request: SearchRequest) -> SearchRequest:
    return request.with_page(1)
