"""The error tree: each kind has the exit code and the HTTP status that people and programs rely on."""

import inspect

import pytest

from indexer import errors
from indexer.errors import BroadsheetError, InternalError, NotFound, StateError, UserError, Withdrawn

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BroadsheetError)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_exit_code_and_status_follow_the_kind(kind: type[BroadsheetError]) -> None:
    expected = (2, 400) if issubclass(kind, UserError) else (3, 503) if issubclass(kind, StateError) else (70, 500)
    if issubclass(kind, NotFound):
        expected = (2, 410 if kind is Withdrawn else 404)
    assert (kind.exit_code, kind.http_status) == expected


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_in_the_tree_of_the_docstring(kind: type[BroadsheetError]) -> None:
    assert errors.__doc__ is not None
    assert kind.__name__ in errors.__doc__.split()


def test_the_three_kinds_part_the_tree() -> None:
    leaves = [kind for kind in ALL if kind is not BroadsheetError]
    for kind in leaves:
        assert sum(issubclass(kind, top) for top in (UserError, StateError, InternalError)) == 1
