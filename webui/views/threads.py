"""`/thread/<id>`: how the story of an article goes on, day by day."""

from flask import Blueprint, render_template, request

from indexer.errors import NotFound, Withdrawn
from webui.addresses import params, urls
from webui.holder import archive, shown_article
from webui.i18n import gettext
from webui.presenters.reading.thread import thread_page

blueprint = Blueprint("threads", __name__)


@blueprint.get("/thread", defaults={"id": ""})
@blueprint.get("/thread/<path:id>")
def thread(id: str) -> str:
    """The thread of one article."""
    id = id or request.args.get("id", "")
    try:
        found = archive().thread(shown_article(id).id)
    except Withdrawn:
        raise  # is told as what it is
    except NotFound:
        raise NotFound(gettext("The archive has no such article.")) from None
    asked = params.read(request.args.items(multi=True), urls.base_request(), ("ui", "id")).request
    return render_template("thread.html", page=thread_page(found if asked.translation else found.untranslated()))
