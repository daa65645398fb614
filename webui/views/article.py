"""`/article/<id>`: one article, with the query's words marked and the way through the list it was found in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, render_template, request

from indexer.archive import Archive
from indexer.article import Article
from indexer.browsing.languages import in_other_languages
from indexer.browsing.stories import MOST_SKIPPED, other_stories
from indexer.errors import NotFound, UserError
from indexer.highlight.whole_article import Highlights
from indexer.search.request import SearchRequest
from indexer.search.results import Hit
from indexer.threads.thread import Thread, thread_of
from webui.addresses import params, urls
from webui.holder import archive, settings
from webui.i18n import gettext
from webui.memo import remembered_of_article
from webui.presenters.reading.article import Place, article_page, day_request, place_in_results, withdrawn_page
from webui.presenters.reading.thread import shown_beside
from webui.presenters.reading.translation import PARAMETER

blueprint = Blueprint("article", __name__)

RELATED = 5
SAME_DAY = 6
PARAMETERS = ("ui", "pos", "id", "beside", "version", "against", PARAMETER)
NOT_KEPT = ("ui", "id", "beside", "version", "against", PARAMETER)
SHOWING = ("beside", "version", "against", PARAMETER)  # what a reader who gets the address is to see too
MAX_POSITION = 10_000_000


@blueprint.get("/article", defaults={"id": ""})
@blueprint.get("/article/<path:id>")
def article(id: str) -> str | tuple[str, HTTPStatus]:
    """One article."""
    id = id or request.args.get("id", "")
    if not id:
        raise NotFound
    try:
        newest = archive().get(id)
    except NotFound:
        raise NotFound(gettext("The archive has no such article.")) from None
    if newest.withdrawn:
        return render_template("withdrawn.html", page=withdrawn_page(newest)), HTTPStatus.GONE
    number = _number(newest, "version") or len(newest.versions)
    asked = params.read(request.args.items(multi=True), urls.base_request(), PARAMETERS).request
    if not asked.translation:
        newest = newest.with_translation(None)
    found = newest.versions[number - 1]
    languages = in_other_languages(archive(), found)
    others = languages.others
    copies = archive().copies(id)
    thread = _thread(id, asked)
    shown = {id, *(each.id for each in others), *(hit.id for hit in copies), *_in_all_prints(shown_beside(thread))}
    marks = archive().highlight(found, asked.query, budget_ms=asked.budget_ms) if asked.query else Highlights({})
    page = article_page(
        found,
        marks,
        newest=newest,
        against=_number(newest, "against"),
        thread=thread,
        related=_untranslated(other_stories(archive(), id, RELATED, frozenset(shown)), asked),
        same_day=_same_day(archive(), found, shown, asked),
        place=_place(archive(), id, asked, request.args.get("pos", "")),
        languages=languages,
        copies=copies,
        other=_named([*others, *(hit.article for hit in copies)], request.args.get("beside", "")),
        kept=[pair for pair in request.args.items(multi=True) if pair[0] not in NOT_KEPT],
        archive_name=settings().archive.name,
        today=datetime.now(UTC).date(),
        zone=settings().archive.time_zone,
        reached=marks.reached,
        shown=[pair for pair in request.args.items(multi=True) if pair[0] in SHOWING],
        text=request.args.get(PARAMETER, ""),
    )
    return render_template(
        "article.html", page=page, query=asked.query, indexable=found is newest, follow=True, card=page.card,
        address=page.address,
    )  # fmt: skip


def _thread(id: str, asked: SearchRequest) -> Thread:
    """What is linked to the article itself; the page of the thread goes further."""
    opened = archive()
    found = remembered_of_article(opened, ("thread", id), lambda: thread_of(opened, id, steps=1))
    return found if asked.translation else found.untranslated()


def _in_all_prints(ids: Iterable[str]) -> set[str]:
    """Some articles and their copies."""
    return {each for id in ids for each in (id, *(hit.id for hit in archive().copies(id)))}


def _number(article: Article, parameter: str) -> int | None:
    """The version that a parameter names, from 1; None where it names none."""
    text = request.args.get(parameter, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return number if 0 < number <= len(article.versions) else None


def _untranslated(hits: Sequence[Hit], asked: SearchRequest) -> list[Hit]:
    """Hits without what machines translated, where the reader wants none of that."""
    if asked.translation:
        return list(hits)
    return [replace(hit, article=hit.article.with_translation(None)) for hit in hits]


def _same_day(archive: Archive, article: Article, shown: set[str], asked: SearchRequest) -> tuple[list[Hit], int]:
    """Other stories of the day, but those on the page already; and how many articles there are in all."""
    of_day = day_request(article, SAME_DAY + min(len(shown), MOST_SKIPPED))
    if of_day is None:
        return [], 0
    results = archive.search(replace(of_day, translation=asked.translation))
    return [hit for hit in results.hits if hit.id not in shown][:SAME_DAY], results.total


def _named(others: Sequence[Article], id: str) -> Article | None:
    """The whole article of one that may be set beside."""
    return next((archive().get(each.id) for each in others if each.id == id), None)


def _place(archive: Archive, id: str, asked: SearchRequest, position: str) -> Place | None:
    """Where the article stands in its list; None when it was opened otherwise, or the list has changed."""
    if not (position.isascii() and position.isdigit() and 0 < int(position) <= MAX_POSITION):
        return None
    at = int(position)
    single = replace(asked, facets=(), snippets=False, explain=False, size=1, cursor=None)
    try:
        here = archive.search(replace(single, page=at))
        if not here.hits or here.hits[0].id != id:
            return None
        before = archive.search(replace(single, page=at - 1)).hits if at > 1 else ()
        after = archive.search(replace(single, page=at + 1)).hits if at < here.listed else ()
    except UserError:  # a query that cannot be run must not keep anyone from the article
        return None
    return place_in_results(asked, at, here.listed, before[0] if before else None, after[0] if after else None)
