"""`/api/v1/profiles/<field>/<name>`: everything about a source, person, organisation or place."""

from flask import Response

from indexer.browsing.profiles import ARTICLES, PROFILE_FIELDS, VALUES
from indexer.errors import NotFound
from indexer.search.request import MAX_SIZE
from webui.addresses.params import MAX_FACET_SIZE
from webui.holder import archive
from webui.http.answers import answer, api_blueprint, named, number, switch

blueprint = api_blueprint("api_names")


@blueprint.get("/profiles/<field>", defaults={"name": ""})
@blueprint.get("/profiles/<field>/<path:name>")
def profile(field: str, name: str) -> Response:
    """A name, whichever of its spellings is asked for."""
    if field not in PROFILE_FIELDS:
        raise NotFound(f"There are no profiles of {field!r}. Choose one of {', '.join(PROFILE_FIELDS)}.")
    size, values = number("size", ARTICLES, MAX_SIZE), number("facet_size", VALUES, MAX_FACET_SIZE, least=1)
    name = named(name, "name", field)
    return answer(archive().profile(field, name, size=size, values=values, group=switch("group")).to_dict())
