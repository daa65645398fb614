"""`/clippings`: the articles whose ids stand in the address, on one page; `/clippings.csv` and others: as a file."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request

from indexer.article import Article
from indexer.errors import NotFound
from webui.addresses import clippings, downloads, urls
from webui.formats import citations, exports
from webui.holder import archive, settings
from webui.presenters.clippings import clippings_page

blueprint = Blueprint("clippings", __name__)

CITATIONS = {kind.suffix: kind for kind in citations.FORMATS.values()}


@blueprint.get("/clippings")
def page() -> str:
    """The articles of an address, in its order."""
    ids, beyond = _asked()
    shown = clippings_page(
        ids,
        archive().get_many(ids),
        beyond,
        archive_name=settings().archive.name,
        today=datetime.now(UTC).date(),
    )
    return render_template("clippings.html", page=shown)


@blueprint.get("/clippings.<suffix>")
def export(suffix: str) -> Response:
    """The same articles as a file: those that are there, and what became of the others where the form has a place."""
    kind = exports.FORMATS.get(suffix) or CITATIONS.get(suffix)
    if kind is None:
        known = ", ".join(dict.fromkeys((*exports.FORMATS, *CITATIONS)))
        raise NotFound(f"There is no file of clippings that ends in {suffix!r}. Known: {known}.")
    ids, beyond = _asked()
    found = list(zip(ids, archive().get_many(ids), strict=True))
    articles = [article for _, article in found if article and not article.withdrawn]
    about = exports.About(
        archive=settings().archive.name,
        query="",
        understood="",
        search=urls.absolute(clippings.page(ids)),
        generation=archive().generation,
        time=datetime.now(UTC),
        total=len(articles),
        warnings=tuple(_missing(found, beyond)),
        chosen=True,
    )
    if isinstance(kind, exports.Format):
        pieces = kind.write(articles, about, downloads.permalinks(), exports.Options())
        response = Response(exports.encoded(pieces), content_type=kind.content_type)
    else:
        permalink = downloads.permalinks()
        read = [
            (article, citations.Reading(permalink(article.id), about.archive, about.time.date()))
            for article in articles
        ]
        response = Response(citations.listed(kind, read), content_type=f"{kind.content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{exports.file_stem(about.archive, about.time, "clippings")}.{suffix}"'
    )
    response.headers["X-Broadsheet-Generation"] = str(about.generation)
    response.headers["X-Broadsheet-Total"] = str(about.total)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _asked() -> tuple[tuple[str, ...], int]:
    return clippings.read(request.args.getlist(clippings.PARAMETER))


def _missing(found: list[tuple[str, Article | None]], beyond: int) -> Iterator[str]:
    """Files are for programs: what they say is the same in every language."""
    for id, article in found:
        if article is None:
            yield f"{id}: the archive has no such article."
        elif article.withdrawn:
            yield f"{id}: its source has taken it back."
    if beyond:
        yield f"The address names {beyond} more; at most {clippings.MOST} are taken."
