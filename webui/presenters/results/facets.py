"""Facets -> panels of choices, each with the address it leads to; and the chips of what is chosen already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.fields import BY_NAME, Kind
from indexer.search.printer import clauses, to_text, without_clause
from indexer.search.query import Node
from indexer.search.request import MISSING, Arrival, DateRange, SearchRequest
from indexer.search.results import Bucket, Facet, Matching
from webui import i18n
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext, ngettext
from webui.markup import plain
from webui.presenters import words

# Order of the panels beside the results; the first ones stand open.
PANELS = ("source", "category", "person", "organisation", "place", "topic", "author", "language", "translated_from")
OPEN_PANELS = 4
SHOWN = 8  # values of a facet before "more"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: a checkbox of a form and a link, with what each does."""

    label: str
    value: str
    parameter: str
    count: str
    selected: bool
    excluded: bool
    url: str
    exclude_url: str
    exclude_text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet beside the results."""

    field: str
    label: str
    choices: tuple[Choice, ...]
    open: bool
    more_url: str | None
    more_text: str
    hidden: params.Pairs  # chosen values that the panel does not show, so that the form keeps them


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
    return [_panel(facet, near, at < OPEN_PANELS) for at, facet in enumerate(offered)]


def choices(field: str, buckets: Sequence[Bucket], near: Nearby) -> tuple[Choice, ...]:
    """Values of a facet as choices; values of a path below their parents where these are there."""
    if BY_NAME[field].kind is not Kind.PATH:
        return tuple(_choice(field, bucket, near) for bucket in buckets)
    return tuple(_choice(field, bucket, near, depth) for bucket, depth in _tree(buckets))


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
                    words.field_label(chosen.field),
                    _chip_text(chosen.field, value, excluded),
                    urls.search(request.without_filter(chosen.field, value)),
                    excluded,
                )
                for value in values
            )
    return found


def _chip_text(field: str, value: str, excluded: bool) -> str:
    label = words.value_label(field, value)
    return gettext("not %(value)s", value=label) if excluded else label


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


def _panel(facet: Facet, near: Nearby, early: bool) -> Panel:
    chosen = near.request.filter(facet.field)
    buckets = [bucket for at, bucket in enumerate(facet.buckets) if at < SHOWN or bucket.selected or bucket.excluded]
    listed = {bucket.value for bucket in buckets}
    # An excluded value has no hits left to be counted by; it stays in sight so that it can be taken back.
    buckets += [
        Bucket(value, 0, excluded=True) for value in chosen.excluded if value not in listed and value != MISSING
    ]
    shown = list(choices(facet.field, buckets, near))
    if facet.missing or facet.missing_selected or facet.missing_excluded:
        missing = Bucket(MISSING, facet.missing, facet.missing_selected, facet.missing_excluded)
        shown.append(_choice(facet.field, missing, near))
    hidden = [("-" + params.FILTER_PARAMETERS[facet.field], value) for value in chosen.excluded]
    hidden += [
        (params.FILTER_PARAMETERS[facet.field], value)
        for value in chosen.values
        if value not in {choice.value for choice in shown}
    ]
    further = facet.distinct - sum(1 for bucket in buckets if bucket.count)
    return Panel(
        field=facet.field,
        label=words.field_label(facet.field),
        choices=tuple(shown),
        open=early or bool(chosen.values or chosen.excluded),
        more_url=urls.facet(facet.field, near.request) if further > 0 else None,
        more_text=ngettext("%(count)s more", "%(count)s more", further, count=i18n.number(further)),
        hidden=hidden,
    )


def _choice(field: str, bucket: Bucket, near: Nearby, depth: int = 0) -> Choice:
    label = words.value_label(field, bucket.value)
    label = label.rsplit(" › ", 1)[-1] if depth else label
    url = _value_url(field, bucket, near)
    if bucket.excluded:
        exclude_url, exclude_text = url, gettext("No longer exclude %(value)s", value=label)
    else:
        exclude_url = near.with_exclusion(field, bucket.value)
        exclude_text = gettext("Exclude %(value)s", value=label)
    return Choice(
        label=label,
        value=bucket.value,
        parameter=params.FILTER_PARAMETERS[field],
        count=i18n.number(bucket.count),
        selected=bucket.selected,
        excluded=bucket.excluded,
        url=url,
        exclude_url=exclude_url,
        exclude_text=exclude_text,
        depth=depth,
    )


def _value_url(field: str, bucket: Bucket, near: Nearby) -> str:
    if bucket.selected or bucket.excluded:
        return near.without_filter(field, bucket.value)
    if near.nothing_asked:  # the value's own page says more
        return urls.profile(field, bucket.value)
    return near.with_filter(field, bucket.value)


def _tree(buckets: Sequence[Bucket]) -> list[tuple[Bucket, int]]:
    """Buckets of paths, each below its nearest listed ancestor, otherwise in the order given."""
    by_path = {bucket.value: bucket for bucket in buckets}

    def ancestor(path: str) -> str | None:
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in by_path:
                return path
        return None  # not "": a path such as "/News" has an ancestor of that name

    below: dict[str | None, list[Bucket]] = {}
    for bucket in buckets:
        below.setdefault(ancestor(bucket.value), []).append(bucket)
    ordered: list[tuple[Bucket, int]] = []
    waiting = [(bucket, 0) for bucket in reversed(below.get(None, []))]
    while waiting:
        bucket, depth = waiting.pop()
        ordered.append((bucket, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(bucket.value, [])))
    return ordered
