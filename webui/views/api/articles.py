"""`/api/v1/articles`, `/copies`, `/related`, `/thread`, `/translations` ...: an article, what is near it.

The relation comes before the id, because an id may be an address, which ends in anything.
"""

from typing import Any

from flask import Response, request

from indexer.interchange import spans_record, to_record, version_records
from webui.formats.openapi_parameters import MAX_LIMIT, MAX_OFFSET, MAX_RELATED, MAX_VERSION
from webui.holder import archive, settings, shown_article
from webui.http.answers import answer, api_blueprint, choice, named, number, switch

blueprint = api_blueprint("api_articles")


def _id(id: str) -> str:
    return named(id, "id", "article")


@blueprint.get("/articles", defaults={"id": ""})
@blueprint.get("/articles/<path:id>")
def article(id: str) -> Response:
    """One whole article; with a query, also where it matches."""
    found = shown_article(_id(id))
    if choice("translation", ("on", "off")) == "off":
        found = found.with_translation(None)
    record = to_record(found)
    if query := request.args.get("q", "").strip():
        marks = archive().highlight(found, query, budget_ms=settings().search.budget_ms)
        record |= {"matches": spans_record(marks), "matches_reached": marks.reached}
    return answer(record)


@blueprint.get("/copies", defaults={"id": ""})
@blueprint.get("/copies/<path:id>")
def copies(id: str) -> Response:
    """Other prints of a story."""
    offset, limit = number("offset", 0, MAX_OFFSET), number("limit", 50, MAX_LIMIT)
    id = shown_article(_id(id)).id
    found = archive().copies(id)
    record: dict[str, Any] = {"id": id, "total": len(found), "offset": offset, "limit": limit}
    return answer(record | {"copies": [hit.to_dict() for hit in found[offset : offset + limit]]})


@blueprint.get("/related", defaults={"id": ""})
@blueprint.get("/related/<path:id>")
def related(id: str) -> Response:
    """Articles like one; grouped, each story once."""
    size, group = number("size", 5, MAX_RELATED), switch("group")
    id = shown_article(_id(id)).id
    found = archive().other_stories(id, size) if group else archive().related(id, size)
    return answer({"id": id, "related": [hit.to_dict() for hit in found]})


@blueprint.get("/thread", defaults={"id": ""})
@blueprint.get("/thread/<path:id>")
def thread(id: str) -> Response:
    """What came before and after it in the same story."""
    return answer(archive().thread(shown_article(_id(id)).id).to_dict())


@blueprint.get("/translations", defaults={"id": ""})
@blueprint.get("/translations/<path:id>")
def translations(id: str) -> Response:
    """The original of an article, or its translations."""
    return answer(archive().translations(shown_article(_id(id)).id).to_dict())


@blueprint.get("/versions", defaults={"id": ""})
@blueprint.get("/versions/<path:id>")
def versions(id: str) -> Response:
    """What an article said at different times, oldest first."""
    found = shown_article(_id(id))
    return answer({"id": found.id, "versions": version_records(found)})


@blueprint.get("/differences", defaults={"id": ""})
@blueprint.get("/differences/<path:id>")
def differences(id: str) -> Response:
    """Two versions of an article, or it and another one, sentence by sentence."""
    version, against = (number(name, 0, MAX_VERSION, least=1) or None for name in ("version", "against"))
    id, other = shown_article(_id(id)).id, request.args.get("with", "")
    if other:
        other = shown_article(other).id
    return answer(archive().differences(id, other or None, version=version, against=against).to_dict())
