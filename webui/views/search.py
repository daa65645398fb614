"""`/` the front page, `/search` the results, `/facet/<field>` all values of a facet, `/help`."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer.archive import Archive
from indexer.errors import NotFound, QueryTooExpensive, SearchTimeout, UsageError
from indexer.fields import FACET_FIELDS
from indexer.search.options import facet_name
from indexer.search.request import Match, SearchRequest, Sort
from indexer.search.results import FacetPage, SearchResults
from webui.addresses import params, urls
from webui.holder import archive
from webui.holdings import held
from webui.http import errors
from webui.presenters.card import front_card
from webui.presenters.front import front_page
from webui.presenters.help import refused_page, rows
from webui.presenters.results import facet_page as facet_pages
from webui.presenters.results.page import results_page
from webui.presenters.time.trends import TrendsBox, trends_box
from webui.rising import risen

blueprint = Blueprint("search", __name__)

ALL_FACETS = tuple(field.name for field in FACET_FIELDS)
FRONT_FACETS = ("published", "source", "person", "organisation", "place", "category")
FRONT_ARTICLES = 14
FRONT_TRENDS = 6
PAGE_PARAMETERS = ("ui",)


@blueprint.get("/")
def front() -> str:
    """The front page of the paper."""
    latest = archive().search(
        SearchRequest(
            sort=Sort.NEWEST,
            size=FRONT_ARTICLES,
            facets=FRONT_FACETS,
            group=True,
            budget_ms=urls.base_request().budget_ms,
        )
    )
    page = front_page(latest)
    trends = _trends(archive(), latest)
    return render_template("front.html", front=page, trends=trends, indexable=True, follow=True, card=front_card())


@blueprint.get("/search")
def search() -> str | tuple[str, int]:
    """The results of a search; of one that is not answered, what was typed and why."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), PAGE_PARAMETERS)
    try:
        asked, found = _found(asked)
    except (QueryTooExpensive, SearchTimeout) as error:
        if isinstance(error, SearchTimeout):
            errors.log(error)
        refused = refused_page(error, asked)
        return render_template("refused.html", page=refused, query=refused.query), error.http_status
    answered = params.answered(asked.request, found.request)
    page = results_page(
        found,
        answered,
        asked.warnings,
        held=held,
        totals=_totals(archive(), answered, found),
    )
    return render_template(
        "search.html",
        page=page,
        query=answered.query,
        dates=answered.dates,
        added=answered.added,
        kept=facet_pages.kept(answered),
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
    """The query syntax in a page."""
    return render_template("help.html", rows=rows(), indexable=True, follow=True)


def _found(asked: params.Read) -> tuple[params.Read, SearchResults]:
    """The answer; from the first page where the cursor of the address is none of this search."""
    wanted = replace(asked.request, facets=ALL_FACETS, explain=bool(asked.request.query))
    try:
        return asked, archive().search(wanted)
    except UsageError:
        if not wanted.cursor:
            raise
    asked = params.Read(replace(asked.request, cursor=None), (*asked.warnings, params.notice("bad-cursor")))
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


def _trends(archive: Archive, latest: SearchResults) -> TrendsBox | None:
    """What rises on the archive's last day."""
    published = latest.hits[0].article.published if latest.hits else None
    if published is None:
        return None
    return trends_box(risen(archive, published.day, published.day, FRONT_TRENDS), FRONT_TRENDS)
