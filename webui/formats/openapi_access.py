"""What the description of the JSON API says more where the archive is closed: the token, and the answer without one."""

from typing import Any

SCHEME = "token"
UNAUTHORIZED = "Unauthorized"


def with_token(document: dict[str, Any]) -> dict[str, Any]:
    """The description of a closed archive's API."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components = document["components"]
    schemes = {SCHEME: {"type": "http", "scheme": "bearer", "description": "Made with `indexer user token add`."}}
    responses = {UNAUTHORIZED: {"description": "No token was sent, or none that is valid", "content": problem}}
    reference = {"401": {"$ref": f"#/components/responses/{UNAUTHORIZED}"}}
    return document | {
        "security": [{SCHEME: []}],
        "components": components | {"securitySchemes": schemes, "responses": components["responses"] | responses},
        "paths": {
            path: {
                method: answer | {"responses": answer["responses"] | reference} for method, answer in methods.items()
            }
            for path, methods in document["paths"].items()
        },
    }
