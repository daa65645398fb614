"""Which archive a command is about: `--index`, `--config` and `--engine`, before the command's name or behind it.

`options.with_archive` opens what they name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from indexer.config import Config


Command = Callable[..., Any]
Decorator = Callable[[Command], Command]

PLACE = {"index": "--index", "config_file": "--config", "engine": "--engine"}


def with_place(group: Command) -> Command:
    """Add the options to a group of commands, where they hold for the command that follows."""

    @wraps(group)
    def run(*args: Any, **options: Any) -> Any:
        return group(*args, **{name: value for name, value in options.items() if name not in PLACE})

    return with_place_options(run)


def chosen_config(context: click.Context) -> Config:
    """The configuration that a command line names.

    Raises:
        ConfigError: it cannot be read.
    """
    from indexer.config import load_config

    place = _chosen(context)
    config = load_config(place["config_file"])
    if engine := place["engine"]:
        config = replace(config, engine=replace(config.engine, name=engine))
    if index := place["index"]:
        config = config.with_index(index)
    return config


def typed_options(context: click.Context) -> tuple[str, ...]:
    """The options that say which archive, for another command about the same."""
    return tuple(part for name, value in _chosen(context).items() if value for part in (PLACE[name], value))


def _chosen(context: click.Context) -> dict[str, str | None]:
    """What is said nearest to the command holds."""
    found: dict[str, str | None] = dict.fromkeys(PLACE)
    level: click.Context | None = context
    while level is not None:
        for name in PLACE:
            found[name] = found[name] or level.params.get(name)
        level = level.parent
    return found


def with_place_options(command: Command) -> Command:
    """Add the options, which the command is called with."""
    from indexer.engines.registry import ENGINES

    decorators: tuple[Decorator, ...] = (
        click.option(
            "--index",
            metavar="DIR",
            help="The index directory.  [default: archive.index of the config]",
            shell_complete=lambda _context, _parameter, typed: [CompletionItem(typed, type="dir")],
        ),
        click.option(
            "--config",
            "config_file",
            metavar="FILE",
            help="The configuration.  [default: config.toml]",
            shell_complete=lambda _context, _parameter, typed: [CompletionItem(typed, type="file")],
        ),
        click.option("--engine", type=click.Choice(list(ENGINES)), help="Another engine than the configured one."),
    )
    return decorated(command, *decorators)


def decorated(command: Command, *decorators: Decorator) -> Command:
    """The command under decorators, the first of them outermost."""
    return reduce(lambda wrapped, decorator: decorator(wrapped), reversed(decorators), command)
