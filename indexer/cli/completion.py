"""What a shell offers while a command is typed: values of fields from the archive, names of fields, files.

Completion is asked for at every press of a key: whatever goes wrong, nothing is offered and nothing is said. Called by
the options and arguments of the commands; `docs/completion.md` tells how a shell is taught to ask.
"""

from __future__ import annotations

import logging
import os
import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, add_completion_class

from indexer.cli.console import counted, printable
from indexer.cli.place import chosen_config

if TYPE_CHECKING:
    from indexer.archive import Archive

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]

MOST_OFFERED = 50
BUDGET_MS = 1_500  # nobody waits longer for an offer


def values_of(field: str) -> Complete:
    """Offers the values of a field, most frequent first, that begin with what was typed, in any case."""

    def complete(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        return _values(context, field, typed)

    return complete


def names_of_kind(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Offers the names of the kind of entity that was typed before."""
    kind = context.params.get("kind")
    return _values(context, kind, typed) if isinstance(kind, str) else []


def among(words: Iterable[str]) -> Complete:
    """Offers those of some words that begin with what was typed."""
    known = tuple(words)
    return lambda _context, _parameter, typed: [CompletionItem(word) for word in known if word.startswith(typed)]


def files(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Has the shell offer files and folders."""
    return [CompletionItem(typed, type="file")]


def folders(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Has the shell offer folders."""
    return [CompletionItem(typed, type="dir")]


def _values(context: click.Context, field: str, typed: str) -> list[CompletionItem[str]]:
    from indexer.archive import open_archive  # whoever only reads the help starts sooner without

    logging.disable(logging.CRITICAL)
    try:
        with open_archive(chosen_config(context)) as archive:
            return list(_offers(archive, field, typed))
    except Exception:  # whatever it is: the person is typing, and the command will say it
        return []
    finally:
        logging.disable(logging.NOTSET)


def _offers(archive: Archive, field: str, typed: str) -> Iterable[CompletionItem[str]]:
    from indexer.analysis import fold

    page = archive.facet_values(field, contains=typed, limit=MOST_OFFERED * 4, all_mentions=True, budget_ms=BUDGET_MS)
    wanted = fold(typed)
    fitting = [
        bucket
        for bucket in page.buckets
        if fold(bucket.value).startswith(wanted) and bucket.value == printable(bucket.value).replace("\n", "")
    ]
    return (CompletionItem(each.value, help=counted(each.count, "article")) for each in fitting[:MOST_OFFERED])


class _Bash(BashComplete):
    """Bash puts a value on the line as it comes: spaces and quotes in it must be escaped for it, unless it stands in
    quotes already."""

    def format_completion(self, item: CompletionItem[str]) -> str:
        value = item.value
        if item.type == "plain" and not _in_quotes(os.environ.get("COMP_WORDS", "")):
            value = _escaped(value)
        return f"{item.type},{value}"


class _Fish(FishComplete):
    """Fish takes what follows the first comma for the value, which may have others."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def _escaped(value: str) -> str:
    """With a backslash before each sign that means something to the shell; the script that reads it takes one away."""
    return re.sub(r"([^\w@%+:,./-])", r"\\\\\1", value)


def _in_quotes(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError:
        return True
    return False


def install(classes: Sequence[type[BashComplete] | type[FishComplete]] = (_Bash, _Fish)) -> None:
    """Have click complete by these."""
    for each in classes:
        add_completion_class(each)
