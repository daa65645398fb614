"""Facets -> panels of choices beside the results; and the chips of what is chosen already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.search.printer import clauses, to_text, without_clause
from indexer.search.query import Node
from indexer.search.request import MISSING, Arrival, DateRange, SearchRequest
from indexer.search.results import Bucket, Facet, Matching
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.markup import plain
from webui.presenters import counts, words
from webui.presenters.results.choices import Choice, choices

# Order of the panels beside the results; the first ones stand open.
PANELS = (
    *("source", "collection", "category", "person", "organisation", "place", "topic", "author", "language"),
    "translated_from",
)
OPEN_PANELS = 4
SHOWN = 8  # values of a facet before the way to all of them
LONG = 20  # values from which on a facet has a search among them


@dataclass(frozen=True, slots=True)
class Among:
    """A search among all values of a facet, on their own page."""

    path: str
    label: str
    keep: params.Pairs


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet beside the results."""

    field: str
    label: str
    choices: tuple[Choice, ...]
    open: bool
    more_url: str | None
    more_text: str
    among: Among | None


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen: what it is, and the address without it."""

    label: str
    text: str
    url: str
    excluded: bool = False


def panels(facets: dict[str, Facet], near: Nearby) -> list[Panel]:
    """The facets that offer a choice, in the order of the page."""
    shown = [facets[name] for name in PANELS if name in facets]
    offered = [facet for facet in shown if _offers(facet, near.request)]
    keep = params.write(near.request.with_page(1), urls.base_request())
    return [_panel(facet, near, keep, at < OPEN_PANELS) for at, facet in enumerate(offered)]


def chips(request: SearchRequest, tree: Node, matching: Matching | None = None) -> list[Chip]:
    """Everything that narrows a search, each part removable by itself; `tree` is its query as it was run."""
    parts = word_chips(request, matching.words) if matching else query_chips(request, tree)
    return [*parts, *filter_chips(request)]


def filter_chips(request: SearchRequest) -> list[Chip]:
    """The dates and values chosen."""
    found: list[Chip] = []
    if request.dates:
        url = urls.search(request.with_dates(DateRange()))
        found.append(Chip(words.field_label("published"), words.dates_label(request.dates), url))
    if request.added:
        url = urls.search(request.with_added(Arrival()))
        found.append(Chip(words.field_label("added"), words.arrival_label(request.added), url))
    for chosen in request.filters:
        for values, excluded in ((chosen.values, False), (chosen.excluded, True)):
            found.extend(
                Chip(
                    words.field_label(chosen.field) if value != MISSING else "",
                    words.chosen_label(chosen.field, value, excluded=excluded),
                    urls.search(request.without_filter(chosen.field, value)),
                    excluded,
                )
                for value in values
            )
    return found


def query_chips(request: SearchRequest, tree: Node) -> list[Chip]:
    """The parts of the query that must all match, as it was understood."""
    return [
        Chip("", plain(text), urls.search(replace(request, query=_shorter(tree, at), page=1, cursor=None)))
        for at, (text, _) in enumerate(clauses(tree))
    ]


def word_chips(request: SearchRequest, words: Sequence[str]) -> list[Chip]:
    """The words of a query of which all or some must match; without one of them it still is one of words alone."""
    found = []
    for at, word in enumerate(words):
        shorter = " ".join([*words[:at], *words[at + 1 :]])
        found.append(Chip("", plain(word), urls.search(replace(request, query=shorter, page=1, cursor=None))))
    return found


def _shorter(tree: Node, index: int) -> str:
    text = to_text(without_clause(tree, index))
    return "" if text == "*" else text


def _offers(facet: Facet, request: SearchRequest) -> bool:
    chosen = request.filter(facet.field)
    return bool(chosen.values or chosen.excluded) or facet.distinct > 1 or (facet.distinct == 1 and facet.missing > 0)


def _panel(facet: Facet, near: Nearby, keep: params.Pairs, early: bool) -> Panel:
    field = facet.field
    chosen = near.request.filter(field)
    buckets = [bucket for at, bucket in enumerate(facet.buckets) if at < SHOWN or bucket.selected or bucket.excluded]
    missing = Bucket(MISSING, facet.missing, facet.missing_selected, facet.missing_excluded)
    none = facet.missing or facet.missing_selected or facet.missing_excluded
    further = facet.distinct > sum(1 for bucket in buckets if bucket.count)
    return Panel(
        field=field,
        label=words.field_label(field),
        choices=choices(field, buckets, near, missing if none else None),
        open=early or bool(chosen.values or chosen.excluded),
        more_url=urls.facet_near(field, near) if further else None,
        more_text=counts.all_values(field, facet.distinct) if further else "",
        among=Among(urls.page(f"/facet/{field}"), counts.among(field, facet.distinct), keep)
        if further and facet.distinct >= LONG
        else None,
    )
