"""`/feed.atom`, `/feed.rss`, `/feed.json`: any search as a feed, what came last first, however old it is."""

from dataclasses import replace

from flask import Blueprint, Response, request

from indexer.search.request import SearchRequest, Sort
from indexer.search.results import SearchResults, settled
from webui import i18n
from webui.addresses import downloads, params, urls
from webui.formats import atom, json_feed, rss
from webui.formats.feed import Feed, entry
from webui.holder import archive, settings
from webui.http import conditional
from webui.presenters import words
from webui.presenters.lines import articles, untitled

blueprint = Blueprint("feeds", __name__)
blueprint.record_once(lambda state: conditional.init(state.app.extensions))

SIZE = 50


# How a feed is written, by the end of its address.
_WRITERS = {"atom": atom.write, "rss": rss.write, "json": json_feed.write}


@blueprint.get("/feed.<any(atom, rss, json):form>")
def feed(form: str) -> Response:
    """The articles of a search."""
    base = replace(urls.plain_request(), sort=Sort.ADDED, size=SIZE, facets=())
    asked = params.read(request.args.items(multi=True), base, ("ui",))
    wanted = replace(asked.request, facets=(), explain=False, cursor=None)
    held = archive()
    identity = held.identity
    found = held.search(wanted)
    wanted = params.answered(wanted, found.request)
    kept = settled(wanted, found.matching)  # the pages of a feed are of one list
    permalink = downloads.permalinks()
    notes = [words.warning_text(each) for each in (*asked.warnings, *found.warnings)]
    about = Feed(
        id=_address(form, wanted.with_page(1), base),
        title=f"{wanted.query} – {settings().archive.name}" if wanted.query else settings().archive.name,
        subtitle=" · ".join([articles(found.total), *notes]),
        author=settings().archive.name,
        page_url=urls.absolute(urls.search(_as_page(kept))),
        self_url=_address(form, wanted, base),
        next_url=_address(form, kept.with_page(kept.page + 1), base) if _more(found) else None,
        previous_url=_address(form, kept.with_page(kept.page - 1), base) if wanted.page > 1 else None,
        language=i18n.interface_language(),
        total=found.total,
        start=(found.page - 1) * found.size + 1,
        size=found.size,
    )
    body = _WRITERS[form](about, [entry(hit, permalink(hit.id), untitled()) for hit in found.hits])
    return conditional.conditional(Response(body, content_type=f"{downloads.FEEDS[form][1]}; charset=utf-8"), identity)


def _as_page(wanted: SearchRequest) -> SearchRequest:
    """The same search as a results page."""
    page = urls.base_request()
    return replace(wanted, page=1, size=page.size, facets=page.facets, snippets=page.snippets, group=page.group)


def _more(found: SearchResults) -> bool:
    return found.page * found.size < found.total and bool(found.hits)


def _address(form: str, wanted: SearchRequest, base: SearchRequest) -> str:
    return urls.absolute(urls.page(downloads.feed_path(form), params.write(wanted, base)))
