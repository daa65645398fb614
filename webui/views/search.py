"""`/` the front page, `/search` the results, `/facet/<field>` all values of a facet, `/help`."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer.archive import Archive
from indexer.asking import TRENDS
from indexer.browsing.narrowing import narrowing
from indexer.browsing.window import Span
from indexer.errors import NotFound, QueryTooExpensive, SearchTimeout, UsageError
from indexer.fields import FACET_FIELDS
from indexer.search.options import facet_name
from indexer.search.request import Match, SearchRequest, Sort
from indexer.search.results import FacetPage, SearchResults, settled
from indexer.search.significance import SignificantTerms
from indexer.zones import latest_day
from webui import examples, frequent
from webui.addresses import params, urls
from webui.holder import archive
from webui.holdings import around, covered, day_in_years, held, same_day
from webui.http import errors
from webui.i18n import interface_language
from webui.memo import remembered
from webui.presenters import help as helping
from webui.presenters.card import front_card
from webui.presenters.edition import POOL
from webui.presenters.front import front_page
from webui.presenters.results import facet_page as facet_pages
from webui.presenters.results import significant
from webui.presenters.results.page import results_page
from webui.presenters.time import boxes
from webui.presenters.time.trends import trends_box
from webui.rising import last_days, risen_last

blueprint = Blueprint("search", __name__)

ALL_FACETS = tuple(field.name for field in FACET_FIELDS)
FRONT_FACETS = ("published", "source", "person", "organisation", "place", "category")
FRONT_TRENDS = 6
FRONT_YEARS = 3  # of which what was published on the same day is shown
INSTEAD = 5
PAGE_PARAMETERS = ("ui",)
RESULTS_PARAMETERS = (*PAGE_PARAMETERS, significant.PARAMETER)


@blueprint.get("/")
def front() -> str:
    """The front page of the paper."""
    reading = archive()
    # What is dated in the future becomes news when its day has come, without a commit.
    latest = remembered(reading, ("front", latest_day()), lambda: _latest(reading, urls.base_request().budget_ms))
    last = last_days(reading, Span.DAY)
    day = last.end if last else None
    earlier = same_day(day, FRONT_YEARS) if day else ()
    risen = risen_last(reading, TRENDS)
    return render_template(
        "front.html",
        front=front_page(latest, day, earlier),
        trends=trends_box(risen, FRONT_TRENDS) if risen else None,
        tips=_tips(),
        indexable=True,
        follow=True,
        card=front_card(),
    )


@blueprint.get("/search")
def search() -> str | tuple[str, int]:
    """The results of a search; of one that is not answered, what was typed and why."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), RESULTS_PARAMETERS)
    try:
        asked, found = _found(asked)
        answered = params.answered(asked.request, found.request)
        ran = settled(answered, found.matching)
        said = _said(ran) if significant.wanted(request.args) and found.total else None
    except (QueryTooExpensive, SearchTimeout) as error:
        if isinstance(error, SearchTimeout):
            errors.log(error)
        refused = helping.refused_page(error, asked)
        further = urls.advanced(asked.request)
        return (
            render_template("refused.html", page=refused, query=refused.query, advanced_url=further),
            error.http_status,
        )
    near = urls.nearby(ran)
    page = results_page(
        found,
        answered,
        near,
        asked.warnings,
        held=held,
        around=around(ran),
        span=covered(),
        totals=_totals(archive(), answered, found),
        instead=_instead(archive(), answered, found),
        narrowing=narrowing(archive(), found, parts=False) if found.hits else None,
        said=said,
    )
    return render_template(
        "search.html",
        page=page,
        query=answered.query,
        advanced_url=urls.advanced(ran),
        boxes=boxes.date_boxes(answered.dates, asked.unread, covered()),
        offer=boxes.offer(near, found.tree, covered(), day_in_years),
        arrival=boxes.arrival_boxes(answered.added, asked.unread),
        added=answered.added,
        kept=[*facet_pages.kept(answered), *significant.kept(request.args)],
        tips=() if found.total else _tips(),
    )


@blueprint.get("/facet/<field>")
def facet(field: str) -> str | Response:
    """All values of a facet under a search: A-Z or by count, with a search among them, and the way to the articles."""
    try:
        name = facet_name(field)
    except UsageError:
        raise NotFound from None
    asked = params.read(request.args.items(multi=True), urls.base_request(), facet_pages.PARAMETERS)
    if "show" in request.args:
        return redirect(urls.search(asked.request), HTTPStatus.SEE_OTHER)
    wanted = facet_pages.Wanted.read(request.args)
    found = _values(name, asked.request, wanted)
    answered = params.answered(asked.request, found.request)
    page = facet_pages.facet_page(name, found, answered, wanted, (*asked.warnings, *found.warnings))
    return render_template("facet.html", page=page)


def _values(field: str, asked: SearchRequest, wanted: facet_pages.Wanted) -> FacetPage:
    """A part of a facet's values; A-Z as the reader's language writes them, where they are not too many."""
    held, contains = archive(), wanted.contains
    if wanted.order == "name" and facet_pages.is_translated(field):
        found = held.facet_values(field, asked, contains=contains, order="name", limit=facet_pages.MOST_SORTED)
        if found.total <= facet_pages.MOST_SORTED:
            return facet_pages.in_readers_order(found, wanted)
    return held.facet_values(
        field, asked, contains=contains, order=wanted.order, offset=wanted.offset, limit=wanted.limit
    )


@blueprint.get("/help")
def how_to_search() -> str:
    """The query syntax in a page, with examples of what the archive holds."""
    reading, language = frequent.readable(), interface_language()
    asked = examples.queries(reading, language)
    groups = helping.examples(asked, examples.counts(reading, asked, language))
    return render_template("help.html", groups=groups, indexable=True, follow=True)


def _tips() -> list[helping.Example]:
    """The examples that stand at the search box."""
    return helping.tips(examples.queries(frequent.readable(), interface_language()))


def _found(asked: params.Read) -> tuple[params.Read, SearchResults]:
    """The answer; from the first page where the cursor of the address is none of this search."""
    wanted = replace(asked.request, facets=ALL_FACETS, explain=bool(asked.request.query) and asked.request.snippets)
    try:
        return asked, archive().search(wanted)
    except UsageError:
        if not wanted.cursor:
            raise
    asked = params.Read(
        replace(asked.request, cursor=None), (*asked.warnings, params.notice("bad-cursor")), asked.unread
    )
    return asked, archive().search(replace(wanted, cursor=None))


def _totals(archive: Archive, asked: SearchRequest, found: SearchResults) -> tuple[int, int] | None:
    """Under filters: how many articles have all of the words, and how many some."""
    if found.matching is None or not asked.narrowed:
        return None
    others = {Match.ALL: Match.BEST, Match.BEST: Match.ALL}
    wanted = replace(
        asked, match=others[found.matching.mode], size=0, page=1, cursor=None, facets=(), snippets=False, group=False
    )
    other = archive.search(wanted).total
    return (found.total, other) if found.matching.mode is Match.ALL else (other, found.total)


def _said(ran: SearchRequest) -> SignificantTerms:
    """Words and names that set the hits apart."""
    return archive().significant_terms(ran, limit=significant.TERMS)


def _latest(archive: Archive, budget_ms: int | None) -> SearchResults:
    return archive.search(
        SearchRequest(sort=Sort.NEWEST, size=POOL, facets=FRONT_FACETS, group=True, budget_ms=budget_ms)
    )


def _instead(archive: Archive, asked: SearchRequest, found: SearchResults) -> SearchResults | None:
    """Where nothing was found: the first hits of a spelling that is not so sure as to be answered at once, else of what
    has some of the words."""
    if found.total:
        return None
    fresh = replace(asked, size=INSTEAD, page=1, cursor=None, facets=(), snippets=False, spellcheck=False)
    if found.did_you_mean and asked.spellcheck:
        return archive.search(replace(fresh, query=found.did_you_mean.query))
    if found.diagnosis and found.diagnosis.some:
        return archive.search(replace(fresh, query=found.diagnosis.some.label, match=Match.BEST))
    return None
