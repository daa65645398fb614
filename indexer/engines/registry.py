"""The table of engines: a name in `[engine] name` -> an open `Engine`, for `indexer.archive`; and what engines say of
themselves, for `indexer --version`.

An engine's module is imported when it is asked for, so that one engine's library is never needed by another.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from indexer.errors import ConfigError

if TYPE_CHECKING:
    from indexer.config import Config
    from indexer.engines.base import Engine


# Name -> module and class. The class is called with the configuration.
ENGINES = {
    "whoosh": ("indexer.engines.whoosh.engine", "WhooshEngine"),
    "opensearch": ("indexer.engines.opensearch.engine", "OpenSearchEngine"),
}
# Name -> module and function, for engines that have something to say of what they run with on this machine.
RUNS_WITH = {"whoosh": ("indexer.engines.whoosh.kernels", "runs_with")}


def runs_with() -> list[str]:
    """What the engines run with here, such as "compiled kernels"."""
    said: list[str] = []
    for module, function in RUNS_WITH.values():
        with suppress(ModuleNotFoundError):  # an engine that is not installed runs with nothing
            said.append(getattr(import_module(module), function)())
    return said


def open_engine(config: Config) -> Engine:
    """The engine that the configuration names, open on its index.

    Raises:
        ConfigError: no engine of that name, or its library is not installed.
    """
    return engine_class(config)(config)


def engine_class(config: Config) -> Callable[[Config], Engine]:
    """What opens the engine that the configuration names, its modules loaded.

    Raises:
        ConfigError: no engine of that name, or its library is not installed.
    """
    name = config.engine.name
    if name not in ENGINES:
        close = difflib.get_close_matches(name, ENGINES, n=1)
        advice = f"Perhaps you meant {close[0]!r}?" if close else f"Known: {', '.join(ENGINES)}."
        raise ConfigError(f"[engine] name: there is no engine {name!r}. {advice}")
    module, class_name = ENGINES[name]
    try:
        opener: Callable[[Config], Engine] = getattr(import_module(module), class_name)
    except ModuleNotFoundError as error:
        if error.name and module.startswith(error.name):
            raise ConfigError(
                f"[engine] name: the engine {name!r} is not part of this version. Use 'whoosh'."
            ) from None
        raise ConfigError(
            f"[engine] name: the engine {name!r} cannot be used here, because the module {error.name!r} is not "
            f"installed. Install it with: pip install 'broadsheet[{name}]', or choose the engine 'whoosh'."
        ) from None
    return opener
