"""`SearchResults` -> the results page: count, lines, pager, what to do when there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.search.query import QueryWarning
from indexer.search.request import SearchRequest, Sort
from indexer.search.results import SearchResults, settled
from webui import i18n
from webui.addresses import downloads, params, urls
from webui.i18n import gettext
from webui.presenters import counts, words
from webui.presenters.lines import Line, articles, line, stories
from webui.presenters.links import Link
from webui.presenters.results import guidance, paging
from webui.presenters.results.facets import Chip, Panel, chips, panels
from webui.presenters.results.guidance import Correction, Hint, Meant
from webui.presenters.time.histogram import Held, Histogram, histogram


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
    options: tuple[Link, ...]
    clause_hints: tuple[Hint, ...]
    filter_hints: tuple[Hint, ...]
    last_page: Link | None
    filters: int
    changes: dict[str, str]  # what Apply says, for each plural category
    feeds: tuple[downloads.FeedLink, ...]
    compare_url: str
    receipt_url: str
    exports: tuple[Link, ...]


def results_page(
    results: SearchResults,
    request: SearchRequest,
    warnings: Sequence[QueryWarning] = (),
    *,
    held: Held,
    totals: tuple[int, int] | None = None,
) -> ResultsPage:
    """Present the answer to a request.

    Args:
        results: the answer.
        request: what was asked, as the address says it.
        warnings: what of the address was ignored.
        held: from which periods the archive holds anything.
        totals: how many articles have all of the words and how many some, where filters make it other numbers than
            those of the whole archive.
    """
    typed, request = request, settled(request, results.matching)
    pages = -(-results.listed // request.size) if request.size else 0
    beyond = results.total > 0 and not results.hits and request.page > pages
    diagnosis = results.diagnosis
    near = urls.nearby(request)
    return ResultsPage(
        query=request.query,
        count=articles(results.total),
        total=results.total,
        shown=_shown(results, request),
        took=i18n.seconds(results.took_ms),
        chips=tuple(chips(request, results.tree, results.matching)),
        clear_url=urls.search(request.widened()) if request.narrowed else None,
        warnings=guidance.warning_texts((*warnings, *results.warnings)),
        did_you_mean=guidance.did_you_mean(results, typed),
        corrected=guidance.correction(results, request),
        values_meant=tuple(guidance.values_meant(results, request)),
        ways=guidance.ways(results.matching, request, totals) if results.matching else None,
        match=request.match.value if request.match is not urls.base_request().match else "",
        lines=tuple(
            line(hit, near, (request.page - 1) * request.size + at, narrowing=not near.nothing_asked)
            for at, hit in enumerate(results.hits, 1)
        ),
        pager=_pager(request, pages) if pages > 1 and not beyond else None,
        panels=tuple(panels(results.facets, near)),
        histogram=histogram(results.facets.get("published"), near, held),
        sorts=tuple(_sort(request, sort) for sort in Sort),
        options=tuple(_options(request)),
        clause_hints=tuple(guidance.clause_hint(each) for each in diagnosis.clauses) if diagnosis else (),
        filter_hints=tuple(guidance.filter_hint(each, request) for each in diagnosis.filters) if diagnosis else (),
        last_page=Link(gettext("Go to the last page"), urls.search(request.with_page(pages))) if beyond else None,
        filters=sum(len(f.values) + len(f.excluded) for f in request.filters)
        + bool(request.dates)
        + bool(request.added),
        changes=counts.changes(),
        # Where nothing is found yet, a feed waits for the words as they are spelt.
        feeds=downloads.feeds(request if results.total else replace(request, spellcheck=False)),
        compare_url=urls.page("/compare", params.write(replace(request, page=1, cursor=None), urls.base_request())),
        receipt_url=urls.receipt(request),
        exports=tuple(Link(text, downloads.export(suffix, request)) for suffix, text in _exports()),
    )


def _exports() -> list[tuple[str, str]]:
    return [
        ("csv", gettext("All as CSV")),
        ("jsonl", gettext("All as JSON lines")),
        ("ris", gettext("All as RIS")),
    ]


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


def _pager(request: SearchRequest, pages: int) -> Pager:
    return Pager(
        previous=urls.search(request.with_page(request.page - 1)) if request.page > 1 else None,
        next=urls.search(request.with_page(request.page + 1)) if request.page < pages else None,
        pages=tuple(None if page is None else _page_link(request, page) for page in paging.named(request.page, pages)),
    )


def _page_link(request: SearchRequest, page: int) -> Link:
    return Link(i18n.number(page), urls.search(request.with_page(page)), current=page == request.page)


def _sort(request: SearchRequest, sort: Sort) -> Link:
    url = urls.search(replace(request, sort=sort, page=1, cursor=None))
    return Link(str(words.SORT_LABELS[sort]), url, current=sort is request.sort)


def _options(request: SearchRequest) -> list[Link]:
    """Switches of the search: the link turns each to what it is not."""
    fresh = replace(request, page=1, cursor=None)
    found = [Link(gettext("Fold copies"), urls.search(replace(fresh, group=not request.group)), current=request.group)]
    if request.sort is Sort.RELEVANCE and request.query:
        url = urls.search(replace(fresh, recency=not request.recency))
        found.append(Link(gettext("Favour newer"), url, current=request.recency))
    passing = urls.search(replace(fresh, all_mentions=not request.all_mentions))
    found.append(Link(gettext("Count names in passing"), passing, current=request.all_mentions))
    return found
