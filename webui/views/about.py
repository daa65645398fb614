"""`/about`, `/privacy`, `/disclaimer`: what a site says of itself, in Markdown files that the configuration names, else
from what it knows; `/api` what it answers to programs."""

from pathlib import Path

from flask import Blueprint, current_app, render_template
from markupsafe import Markup

from indexer.search.request import SearchRequest, Sort
from webui import markup
from webui.addresses import urls
from webui.holder import archive, settings
from webui.presenters.api import EXAMPLE_FACETS, examples, root

blueprint = Blueprint("about", __name__)


@blueprint.get("/<any(about, privacy, disclaimer):name>")
def page(name: str) -> str:
    """One of these pages."""
    text = _written(getattr(settings().web, name))
    stats = archive().stats() if name == "about" and text is None else None
    return render_template("about.html", name=name, text=text, stats=stats, access=settings().access, follow=True)


@blueprint.get("/api")
def api() -> str:
    """The JSON API, with examples that answer."""
    budget = urls.base_request().budget_ms
    found = archive().search(
        SearchRequest(sort=Sort.NEWEST, size=1, facets=EXAMPLE_FACETS, facet_size=2, snippets=False, budget_ms=budget)
    )
    closed = settings().access.closed
    return render_template(
        "api.html", root=root(), examples=examples(found), closed=closed, indexable=True, follow=True
    )


def _written(file: str) -> Markup | None:
    """The page as its file has it; None where there is no such file, or it cannot be read."""
    if not file:
        return None
    try:
        return markup.markdown(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        current_app.logger.error(  # noqa: TRY400  # the traceback says no more
            "[web] a page of the site cannot be read: %s: %s", file, error
        )
        return None
