"""`SearchResults` -> the results page: count, lines, pager, what to do when there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.browsing.narrowing import Narrowing
from indexer.search.leaves import leaves
from indexer.search.printer import to_text
from indexer.search.query import QueryWarning
from indexer.search.request import DateRange, SearchRequest
from indexer.search.results import SearchResults
from indexer.search.significance import SignificantTerms
from webui import i18n, markup
from webui.access import own_alerts
from webui.addresses import downloads, params, urls
from webui.addresses.neighbours import Nearby
from webui.holdings import Around
from webui.i18n import gettext
from webui.presenters import counts
from webui.presenters.lines import Line, articles, line, stories
from webui.presenters.links import Link
from webui.presenters.results import controls, guidance, paging
from webui.presenters.results.controls import Toggle
from webui.presenters.results.facets import Chip, Panel, chips, filter_chips, panels
from webui.presenters.results.guidance import Correction, Meant
from webui.presenters.results.nothing import Nothing, nothing_found
from webui.presenters.results.significant import WordsPanel, words_panel
from webui.presenters.time.histogram import Held, Histogram, histogram

_LONGEST_SAID = 120


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the reader is among the pages; None among `pages` is a gap."""

    previous: str | None
    next: str | None
    pages: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything that the results template prints."""

    query: str
    count: str
    total: int
    shown: str
    took: str
    chips: tuple[Chip, ...]
    clear_url: str | None
    warnings: tuple[str, ...]
    did_you_mean: Link | None
    corrected: Correction | None
    values_meant: tuple[Meant, ...]
    ways: tuple[Link, Link] | None
    match: str
    lines: tuple[Line, ...]
    pager: Pager | None
    panels: tuple[Panel, ...]
    histogram: Histogram | None
    sorts: tuple[Link, ...]
    views: tuple[Link, ...]
    passages: bool
    sizes: tuple[Link, ...]
    toggles: tuple[Toggle, ...]
    nothing: Nothing | None
    last_page: Link | None
    filters: int
    changes: dict[str, str]  # what Apply says, for each plural category
    feeds: tuple[downloads.FeedLink, ...]
    compare_url: str
    receipt_url: str
    alert_url: str
    exports: tuple[Link, ...]
    recent: Link | None
    narrower: tuple[Link, ...]
    words: WordsPanel


def results_page(
    results: SearchResults,
    typed: SearchRequest,
    near: Nearby,
    warnings: Sequence[QueryWarning],
    *,
    held: Held,
    around: Around | None,
    span: DateRange | None,
    totals: tuple[int, int] | None,
    instead: SearchResults | None,
    narrowing: Narrowing | None,
    said: SignificantTerms | None,
) -> ResultsPage:
    """Present the answer to a request.

    Args:
        results: the answer.
        typed: what was asked, as the address says it.
        near: the same, with how words were matched settled by the answer.
        warnings: what of the address was ignored.
        held: from which periods the archive holds anything.
        around: what the search finds beyond its dates, where it has any.
        span: the first and last day of the archive.
        totals: how many articles have all of the words and how many some, where filters make it other numbers than
            those of the whole archive.
        instead: the first hits of the spelling that may have been meant, where nothing was found.
        narrowing: what would narrow the search, where it has too many hits.
        said: words and names of the hits, where they were asked for.
    """
    request = near.request
    pages = -(-results.listed // request.size) if request.size else 0
    beyond = results.total > 0 and not results.hits and request.page > pages
    return ResultsPage(
        query=request.query,
        count=articles(results.total),
        total=results.total,
        shown=_shown(results, request),
        took=i18n.seconds(results.took_ms),
        chips=tuple(_chips(request, results)),
        clear_url=urls.search(request.widened()) if request.narrowed else None,
        warnings=guidance.warning_texts((*warnings, *results.warnings)),
        did_you_mean=guidance.did_you_mean(results, typed),
        corrected=guidance.correction(results, request),
        values_meant=tuple(guidance.values_meant(results, request)),
        ways=guidance.ways(results.matching, request, totals) if results.matching else None,
        match=request.match.value if request.match is not urls.base_request().match else "",
        lines=tuple(
            line(
                hit,
                near,
                (request.page - 1) * request.size + at,
                narrowing=not near.nothing_asked,
                passages=request.snippets,
            )
            for at, hit in enumerate(results.hits, 1)
        ),
        pager=_pager(near, pages) if pages > 1 and not beyond else None,
        panels=tuple(panels(results.facets, near)),
        histogram=histogram(results.facets.get("published"), near, held, around, span),
        sorts=controls.sorts(near),
        views=controls.views(near),
        passages=request.snippets,
        sizes=controls.sizes(near, results.listed),
        toggles=controls.toggles(request, results.hits),
        nothing=None if results.total else nothing_found(results, request, instead),
        last_page=Link(gettext("Go to the last page"), urls.search(request.with_page(pages))) if beyond else None,
        filters=sum(len(f.values) + len(f.excluded) for f in request.filters)
        + bool(request.dates)
        + bool(request.added),
        changes=counts.changes(),
        # Where nothing is found yet, a feed waits for the words as they are spelt.
        feeds=downloads.feeds(request if results.total else replace(request, spellcheck=False)),
        compare_url=urls.page("/compare", params.write(request.with_page(1), urls.base_request())),
        receipt_url=urls.receipt(request),
        alert_url=urls.new_alert(typed) if own_alerts.offered() and (typed.query or typed.narrowed) else "",
        exports=tuple(_exports(request, results.total)),
        recent=_recent(typed),
        narrower=guidance.narrower(narrowing),
        words=words_panel(said, request),
    )


def _recent(request: SearchRequest) -> Link | None:
    """A search as the reader's browser remembers it; nothing where nothing was asked for."""
    if not request.query and not request.narrowed:
        return None
    said = " · ".join(filter(None, (markup.plain(request.query), *(chip.text for chip in filter_chips(request)))))
    short = said if len(said) <= _LONGEST_SAID else said[: _LONGEST_SAID - 1] + markup.ELLIPSIS
    return Link(short, urls.search(request.with_page(1)))


def _chips(request: SearchRequest, results: SearchResults) -> Sequence[Chip]:
    """What narrows the search, but not one word or phrase that stands as it is beside the count."""
    tree = results.tree
    word = next(leaves(tree), None)
    if word == tree and word.field is None and to_text(tree) == request.query:
        return filter_chips(request)
    return chips(request, tree, results.matching)


def _exports(request: SearchRequest, total: int) -> list[Link]:
    forms = {
        "csv": gettext("Table (CSV)"),
        "ris": gettext("References (RIS)"),
        "jsonl": gettext("Data (JSON lines)"),
    }
    found = [Link(*each) for each in zip(forms.values(), downloads.exports(request, forms), strict=True)]
    if total <= downloads.DOSSIER_MOST:
        found.append(Link(gettext("Dossier (pages to be read offline)"), downloads.dossier(request)))
    return found


def _shown(results: SearchResults, request: SearchRequest) -> str:
    if not results.hits or results.total <= len(results.hits):
        return ""
    folded = results.listed < results.total
    whole = stories(results.listed) if folded else i18n.number(results.total)
    if results.listed <= len(results.hits):
        return whole
    first = (request.page - 1) * request.size + 1
    return gettext(
        "%(first)s to %(last)s of %(total)s",
        first=i18n.number(first),
        last=i18n.number(first + len(results.hits) - 1),
        total=whole,
    )


def _pager(near: Nearby, pages: int) -> Pager:
    current = near.request.page
    return Pager(
        previous=near.with_options(page=current - 1) if current > 1 else None,
        next=near.with_options(page=current + 1) if current < pages else None,
        pages=tuple(None if page is None else _page_link(near, page) for page in paging.named(current, pages)),
    )


def _page_link(near: Nearby, page: int) -> Link:
    return Link(i18n.number(page), near.with_options(page=page), current=page == near.request.page)
