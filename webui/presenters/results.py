"""`SearchResults` -> the results page: count, lines, pager, warnings, what to do when there is nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from indexer.article import Article, Precision, Published
from indexer.search.printer import to_text, with_value
from indexer.search.query import QueryWarning
from indexer.search.request import Arrival, DateRange, Match, SearchRequest, Sort
from indexer.search.results import ClauseCount, Hit, Matching, SearchResults, Share, settled
from webui import i18n, markup
from webui.addresses import downloads, params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext, ngettext
from webui.presenters import paging, words
from webui.presenters.facets import Chip, Panel, chips, panels
from webui.presenters.histogram import Held, Histogram, histogram

SUMMARY_LENGTH = 280


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `note` says more about it."""

    text: str
    url: str
    count: str = ""
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was published: for machines, and for people with the time where it is known.

    Day and time are those of the zone in which the archive reads the instant, so that it is found under the day shown.
    """

    iso: str
    day: str
    time: str
    zone: str
    url: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause's part in a hit's score."""

    clause: str
    field: str
    share: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One hit in a list."""

    number: int
    url: str
    title: Markup
    snippets: tuple[Markup, ...]
    source: Link | None
    stamp: Stamp | None
    categories: tuple[Link, ...]
    language: str
    direction: str
    language_name: str | None
    translated_from: str | None
    reasons: tuple[Reason, ...]
    why: str
    copies: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the reader is among the pages; None among `pages` is a gap."""

    previous: str | None
    next: str | None
    pages: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to try when nothing was found."""

    text: str
    count: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """The query that is answered in place of the one that was typed, and the way to that."""

    shown: Link
    instead: Link


@dataclass(frozen=True, slots=True)
class Meant:
    """The label that a filter's value may have been meant for."""

    field: str
    value: str
    link: Link


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
        warnings=_warnings((*warnings, *results.warnings)),
        did_you_mean=_did_you_mean(results, typed),
        corrected=_correction(results, request),
        values_meant=tuple(_values_meant(results, request)),
        ways=_ways(results.matching, request, totals) if results.matching else None,
        match=request.match.value if request.match is not urls.base_request().match else "",
        lines=tuple(line(hit, near, (request.page - 1) * request.size + at) for at, hit in enumerate(results.hits, 1)),
        pager=_pager(request, pages) if pages > 1 and not beyond else None,
        panels=tuple(panels(results.facets, near)),
        histogram=histogram(results.facets.get("published"), near, held),
        sorts=tuple(_sort(request, sort) for sort in Sort),
        options=tuple(_options(request)),
        clause_hints=tuple(_clause_hint(each) for each in diagnosis.clauses) if diagnosis else (),
        filter_hints=tuple(_filter_hint(each, request) for each in diagnosis.filters) if diagnosis else (),
        last_page=Link(gettext("Go to the last page"), urls.search(request.with_page(pages))) if beyond else None,
        filters=sum(len(f.values) + len(f.excluded) for f in request.filters)
        + bool(request.dates)
        + bool(request.added),
        # Where nothing is found yet, a feed waits for the words as they are spelt.
        feeds=downloads.feeds(request if results.total else replace(request, spellcheck=False)),
        compare_url=urls.page("/compare", params.write(replace(request, page=1, cursor=None), urls.base_request())),
        receipt_url=urls.receipt(request),
        exports=tuple(Link(text, downloads.export(suffix, request)) for suffix, text in _exports()),
    )


def articles(count: int) -> str:
    """So many articles, in words."""
    return ngettext("%(count)s article", "%(count)s articles", count, count=i18n.number(count))


def stories(count: int) -> str:
    """So many stories, each told by one article or by several."""
    return ngettext("%(count)s story", "%(count)s stories", count, count=i18n.number(count))


def line(hit: Hit, found_by: Nearby | None = None, position: int = 0) -> Line:
    """One hit; with the search it came from, its page can lead to its neighbours in the list."""
    article = hit.article
    return Line(
        number=position,
        url=urls.article(article.id, found_by, position or None),
        title=markup.marked(article.title, hit.title_spans) if article.title else Markup.escape(untitled()),
        snippets=_passages(hit),
        source=profile_link("source", article.source),
        stamp=stamp(article),
        categories=category_links(article.category),
        language=article.language or "",
        direction=i18n.direction(article.language),
        language_name=i18n.language_name(article.language) if article.language else None,
        translated_from=i18n.language_name(article.translated_from) if article.translated_from else None,
        reasons=_reasons(hit.explanation),
        why=gettext("What each word adds to the score of %(score)s", score=format(hit.score, ".2f"))
        if hit.explanation
        else "",
        copies=_copies(hit),
    )


def article_line(article: Article) -> Line:
    """An article that was not found by a search."""
    return line(Hit(article, 0.0))


def untitled() -> str:
    """What stands for a title that is not there."""
    return gettext("Untitled article")


def stamp(article: Article) -> Stamp | None:
    """When an article was published."""
    return stamp_of(article.published)


def stamp_of(published: Published | None) -> Stamp | None:
    """A time of publication."""
    if published is None:
        return None
    exact = published.precision is Precision.SECOND
    return Stamp(
        iso=published.isoformat(),
        day=i18n.published_day(published),
        time=i18n.clock(published.instant, published.local.tzinfo) if exact else "",
        zone=i18n.offset_name(published.offset),
        url=urls.period(i18n.published_period(published)),
    )


def profile_link(field: str, name: str | None) -> Link | None:
    """A link to the page about a source, person, organisation or place."""
    return Link(words.value_label(field, name), urls.profile(field, name)) if name else None


def category_links(path: str | None) -> tuple[Link, ...]:
    """Each step of a category, leading to everything in it."""
    steps = path.split("/") if path else []
    near = urls.everything()
    return tuple(
        Link(markup.plain(step), near.with_filter("category", "/".join(steps[: at + 1])))
        for at, step in enumerate(steps)
    )


def _passages(hit: Hit) -> tuple[Markup, ...]:
    """The passages with matches; without any, how the article begins. Summaries may have been cut off in a word."""
    summary = markup.plain(hit.article.summary).strip()
    matched = any(snippet.spans for snippet in hit.snippets)
    if hit.snippets and (matched or not summary):
        return tuple(markup.snippet(snippet) for snippet in hit.snippets)
    text = summary or markup.plain(hit.article.body).strip()
    return (Markup.escape(markup.shortened(text, SUMMARY_LENGTH)),) if text else ()


def _copies(hit: Hit) -> str:
    if not hit.copies:
        return ""
    sources = ngettext("%(count)s source", "%(count)s sources", hit.copy_sources, count=i18n.number(hit.copy_sources))
    return ngettext(
        "+%(count)s copy in %(sources)s",
        "+%(count)s copies in %(sources)s",
        hit.copies,
        count=i18n.number(hit.copies),
        sources=sources,
    )


def _reasons(shares: Sequence[Share]) -> tuple[Reason, ...]:
    whole = sum(share.score for share in shares) or 1.0
    ordered = sorted(shares, key=lambda share: -share.score)
    return tuple(
        Reason(
            clause=markup.plain(share.clause),
            field=words.field_label(share.field),
            share=i18n.percent(share.score / whole, 0),
            width=round(100 * share.score / whole),
        )
        for share in ordered
        if share.score > 0
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


def _did_you_mean(results: SearchResults, request: SearchRequest) -> Link | None:
    found = results.did_you_mean
    if found is None:
        return None
    url = urls.search(replace(request, query=found.query, page=1, cursor=None))
    return Link(markup.plain(found.query), url, articles(found.total))


def _correction(results: SearchResults, request: SearchRequest) -> Correction | None:
    if results.corrected is None:
        return None
    fresh = replace(request, page=1, cursor=None)
    typed = replace(fresh, query=results.query, spellcheck=False)
    return Correction(
        shown=Link(markup.plain(request.query), urls.search(fresh)),
        instead=Link(markup.plain(results.query), urls.search(typed)),
    )


def _warnings(warnings: Sequence[QueryWarning]) -> tuple[str, ...]:
    """What is printed as text; of values that are no labels there are links."""
    return tuple(dict.fromkeys(words.warning_text(each) for each in warnings if each.code != words.PERHAPS_VALUE))


def _values_meant(results: SearchResults, request: SearchRequest) -> Iterator[Meant]:
    """The labels that values of filters, or names in the query, may have been meant for, each with the search that has
    it in their place."""
    for warning in results.warnings:
        if warning.code != words.PERHAPS_VALUE:
            continue
        field, value, label = warning.values
        chosen, without = request.filter(field), request.without_filter(field, value)
        if value in chosen.excluded:
            meant = without.with_exclusion(field, label)
        elif value in chosen.values:
            meant = without.with_filter(field, label)
        else:
            query = to_text(with_value(results.tree, field, value, label))
            meant = replace(request, query=query, page=1, cursor=None)
        link = Link(words.value_label(field, label), urls.search(meant))
        yield Meant(words.field_label(field), markup.plain(value), link)


def _ways(matching: Matching, request: SearchRequest, totals: tuple[int, int] | None) -> tuple[Link, Link] | None:
    """How many articles have all of the words, and how many some; None where these are the same."""
    having_all, having_some = totals or (matching.all, matching.best)
    if having_all == having_some:
        return None
    fresh = replace(request, page=1, cursor=None)
    ways = (
        (Match.ALL, having_all, _having_all(having_all)),
        (Match.BEST, having_some, _having_some(having_some, request)),
    )
    strict, loose = (
        Link(text, urls.search(replace(fresh, match=match)) if count else "", current=match is matching.mode)
        for match, count, text in ways
    )
    return strict, loose


def _having_all(count: int) -> str:
    if not count:
        return gettext("No article has all of these words")
    return ngettext(
        "%(count)s article has all of these words",
        "%(count)s articles have all of these words",
        count,
        count=i18n.number(count),
    )


def _having_some(count: int, request: SearchRequest) -> str:
    if request.sort is Sort.RELEVANCE:
        return ngettext(
            "%(count)s has some, best first",
            "%(count)s have some, best first",
            count,
            count=i18n.number(count),
        )
    return ngettext("%(count)s has some", "%(count)s have some", count, count=i18n.number(count))


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


def _clause_hint(clause: ClauseCount) -> Hint:
    url = urls.search(replace(urls.base_request(), query=clause.label)) if clause.count else None
    return Hint(markup.plain(clause.label), articles(clause.count), url)


def _filter_hint(dropped: ClauseCount, request: SearchRequest) -> Hint:
    if dropped.field in request_fields(request) and dropped.field is not None:
        shorter = request.without_filter(dropped.field, dropped.value)
        label = f"{words.field_label(dropped.field)}: {words.value_label(dropped.field, dropped.value or '')}"
    elif dropped.field == "added":
        shorter = request.with_added(Arrival())
        label = f"{words.field_label('added')}: {words.arrival_label(request.added)}"
    else:
        shorter = request.with_dates(DateRange())
        label = f"{words.field_label('published')}: {words.dates_label(request.dates)}"
    return Hint(label, articles(dropped.count), urls.search(shorter) if dropped.count else None)


def request_fields(request: SearchRequest) -> set[str]:
    """The fields that a request filters by."""
    return {chosen.field for chosen in request.filters}
