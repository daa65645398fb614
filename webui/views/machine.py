"""What browsers and crawlers ask for by themselves: `/suggest`, `/opensearch.xml`, `/sitemap.xml` and its files."""

from dataclasses import replace

import orjson
from flask import Blueprint, Response, request

from indexer.browsing.profiles import PROFILE_FIELDS
from indexer.errors import NotFound
from indexer.search.results import Suggestion
from webui import templating
from webui.addresses import downloads, urls
from webui.formats import opensearch_description, sitemap
from webui.formats.exports import encoded
from webui.formats.opensearch_description import Box, Offer
from webui.holder import archive, settings
from webui.http import conditional, cors
from webui.markup import plain
from webui.presenters import words
from webui.presenters.lines import articles

blueprint = Blueprint("machine", __name__)
blueprint.record_once(lambda state: conditional.init(state.app.extensions))

MAX_TYPED = 200  # characters; nobody types more before looking at what is offered
SUGGESTION_SECONDS = 60


@blueprint.get("/suggest")
def suggest() -> Response:
    """What to search for, while a person types; other sites may ask as the configuration allows."""
    typed = request.args.get("q", "")[:MAX_TYPED]
    found = archive().suggest(typed.strip()) if typed.strip() else []
    record = opensearch_description.suggestions(typed, [_offer(each) for each in found])
    response = Response(orjson.dumps(record), content_type=opensearch_description.SUGGESTIONS_TYPE)
    response.cache_control.private = True
    response.cache_control.max_age = SUGGESTION_SECONDS
    return cors.allow(response)


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """The search box, for browsers that let people add it to theirs."""
    site = settings().archive
    box = Box(
        name=site.name,
        description=f"{site.name}: {site.tagline}",
        search=_address("/search"),
        suggest=_address("/suggest"),
        feed=_address(downloads.feed_path("atom")),
        own=urls.absolute(downloads.opensearch()),
        icon=urls.absolute(templating.static("icon.svg")),
    )
    return Response(opensearch_description.describe(box), content_type=opensearch_description.DESCRIPTION_TYPE)


@blueprint.get("/sitemap.xml")
def sitemap_index() -> Response:
    """The files of the sitemap."""
    _only_if_indexable()
    held = archive()
    text = sitemap.index(_address(f"/sitemap/{file}.xml") for file in sitemap.files(held))
    return conditional.conditional(Response(text, content_type=sitemap.CONTENT_TYPE), held.identity)


@blueprint.get("/sitemap/<name>.xml")
def sitemap_file(name: str) -> Response:
    """The articles of one period."""
    _only_if_indexable()
    file = sitemap.File.parse(name)
    if file is None:
        raise NotFound(f"There is no sitemap {name!r}. All of them: {urls.page('/sitemap.xml')}")
    permalink = downloads.permalinks()
    pieces = sitemap.urlset(permalink(id) for id in sitemap.ids(archive(), file))
    return Response(encoded(pieces), content_type=sitemap.CONTENT_TYPE)


def _only_if_indexable() -> None:
    if not settings().web.indexable:
        raise NotFound("This archive has no sitemap: [web] indexable is off.")


def _offer(found: Suggestion) -> Offer:
    text = plain(found.matched or found.text)
    label = words.field_label(found.kind)
    if found.matched:
        label = f"{plain(found.text)} · {label}"
    if found.kind in PROFILE_FIELDS:
        return Offer(text, f"{label} · {articles(found.count)}", urls.absolute(urls.profile(found.kind, found.text)))
    quoted = " ".join(found.text.replace('"', " ").split())
    wanted = replace(urls.base_request(), query=f'{found.kind}:"{quoted}"')
    return Offer(text, label, urls.absolute(urls.search(wanted)))


def _address(path: str) -> str:
    return urls.absolute(urls.page(path))
