"""`/api/v1/sources/status`: how the feeds, news sitemaps and folders of the sources stand."""

from flask import Response

from indexer.follow.status import status
from webui.holder import settings
from webui.http.answers import answer, api_blueprint

blueprint = api_blueprint("api_following")


@blueprint.get("/sources/status")
def following() -> Response:
    """Each of them, as strangers may see it; `indexer follow --status` says more."""
    return answer({"followed": [each.to_public_dict() for each in status(settings())]})
