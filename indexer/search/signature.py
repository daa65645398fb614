"""The signature of methods that take search options: each option by its name, as `help()` and notebooks show it.

The options are listed once, in `SearchOptions`; type checkers read them there too (`Unpack`).
"""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from indexer.search.options import SearchOptions
from indexer.search.request import SearchRequest

_Method = TypeVar("_Method", bound=Callable[..., Any])


class _Configured:
    """Stands for a default that the configuration decides."""

    def __repr__(self) -> str:
        return "<configured>"


CONFIGURED = _Configured()
_DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(("match", "size", "facet_size", "budget_ms"), CONFIGURED),
    **{name: getattr(SearchRequest(), name) for name in ("page", "cursor", "snippets", "explain", "group", "recency")},
    **{"all_mentions": False, "sort": SearchRequest().sort.value, "spellcheck": True, "translation": True},
    **{"from_": None, "to": None, "added_from": None, "added_to": None, "facets": None, "exclude": {}},
}


def with_options(method: _Method) -> _Method:
    """Decorate a method whose `**options` are search options."""
    written = inspect.signature(method)
    own = [each for each in written.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name, ()), annotation=kind)
        for name, kind in SearchOptions.__annotations__.items()
    ]
    method.__signature__ = written.replace(parameters=[*own, *options])  # type: ignore[attr-defined]  # as `inspect` reads it
    return method
