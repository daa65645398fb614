"""The JSON API does what its OpenAPI document says, whatever schemathesis can think of."""

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from indexer.archive import Archive
from tests.webui.site import UNLIMITED, make_site

ARTICLE = [
    f"/{relation}{id}"
    for relation in ("articles", "copies", "related", "thread", "translations", "versions", "differences")
    for id in ("", "/{id}")
]
OPERATIONS = [
    *("/search", "/batch", "/facets/{field}", "/words", "/suggest", "/stats", "/sources", "/sources/status"),
    *ARTICLE,
    *("/profiles/{field}", "/profiles/{field}/{name}"),
    *("/trends", "/compare", "/calendar", "/calendar/{period}", "/receipts", "/receipts/{token}"),
]
# The others take any text, or nothing.
CAN_BE_WRONG = [
    *("/search", "/facets/{field}", "/words", "/suggest"),
    *(path for path in ARTICLE if not path.endswith("{id}")),
    *("/copies/{id}", "/related/{id}", "/differences/{id}"),
    *("/profiles/{field}", "/profiles/{field}/{name}", "/trends", "/compare", "/calendar/{period}"),
]
PLAIN = {"Accept-Encoding": "identity"}  # without a server between, nobody would unpack the answer
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE


@pytest.fixture(scope="module")
def described(corpus: Archive) -> schemathesis.BaseSchema:
    app = make_site(archive=corpus, base_url="", **UNLIMITED)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def test_every_operation_is_tried(described: schemathesis.BaseSchema) -> None:
    assert sorted(described) == sorted(OPERATIONS)


def test_every_address_is_described(corpus: Archive) -> None:
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in make_site(archive=corpus).url_map.iter_rules()}
    served = {rule.removeprefix("/api/v1") for rule in rules if rule.startswith("/api/v1/")}
    assert served - {"/openapi.json", "/{rest}"} == set(OPERATIONS)


@pytest.mark.parametrize(
    ("path", "mode"), [*((path, POSITIVE) for path in OPERATIONS), *((path, NEGATIVE) for path in CAN_BE_WRONG)]
)
def test_answers_and_refusals_are_as_described(
    described: schemathesis.BaseSchema, path: str, mode: schemathesis.GenerationMode
) -> None:
    operation = described[path]["GET"]

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=PLAIN)

    holds()
