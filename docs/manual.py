"""The commands -> `indexer.1`, the manual page, in the man macros of troff. Called by `docs.generate`.

In: a click context for each command, outermost first. Out: one page: what is common once, then each command with its
own options. Paragraphs behind `\\b` keep their lines, as in the help.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from inspect import cleandoc

import click

from indexer.cli.place import PLACE

_TAGS = re.compile(r"[`*]")
_ENVIRONMENT = (
    ("BROADSHEET_SECTION__KEY", "A setting of the configuration, such as BROADSHEET_WEB__PORT=8080."),
    ("BROADSHEET_DEBUG", "Set to 1, errors come with a traceback."),
)
_FILES = (
    ("config.toml", "The configuration, where the current directory has one."),
    ("index_data", "The archive, where the configuration names no other directory."),
)


def manual(contexts: Sequence[click.Context], number: str, exit_codes: Iterable[tuple[str, str]]) -> str:
    """The page of a version; `exit_codes` are numbers and what they mean."""
    outermost, *commands = contexts
    lines = [
        f'.TH INDEXER 1 "" "{_text(f"Broadsheet {number}")}" "{_text("Broadsheet manual")}"',
        *(".SH NAME", rf"indexer \- {_text(_summary(outermost))}"),
        ".SH SYNOPSIS",
        *(line for context in commands if not isinstance(context.command, click.Group) for line in _usage(context)),
        ".SH DESCRIPTION",
        *_prose(outermost),
        ".SH OPTIONS",
        *_options(outermost, everywhere=True),
        ".SH COMMANDS",
    ]
    for context in commands:
        lines += [f".SS {_text(context.command_path.partition(' ')[2])}", *_prose(context), *_options(context)]
    for heading, rows in (("EXIT STATUS", exit_codes), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        lines.append(f".SH {heading}")
        for name, meaning in rows:
            lines += _tagged(name, _TAGS.sub("", meaning))
    return "\n".join(lines) + "\n"


def _summary(context: click.Context) -> str:
    first = cleandoc(context.command.help or "").partition("\n")[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _usage(context: click.Context) -> Iterator[str]:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    yield from (".br", rf"\fB{_text(context.command_path)}\fR {_text(pieces)}")


def _prose(context: click.Context) -> Iterator[str]:
    """The paragraphs of a help text."""
    for paragraph in cleandoc(context.command.help or "").split("\n\n"):
        kept = paragraph.startswith("\b")
        texts = paragraph.removeprefix("\b").strip("\n").splitlines()
        yield ".PP"
        yield from [".nf", ".RS 4", *map(_line, texts), ".RE", ".fi"] if kept else [_line(" ".join(texts))]


def _options(context: click.Context, *, everywhere: bool = False) -> Iterator[str]:
    """The options of a command; those that every command has, only where these are told of."""
    helped = context.command.get_help_option(context)
    for parameter in context.command.get_params(context):
        common = parameter.name in PLACE or (helped is not None and parameter.name == helped.name)
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record and (everywhere or not common):
            yield from _tagged(*record)


def _tagged(tag: str, text: str) -> list[str]:
    return [".TP", rf"\fB{_text(tag)}\fR", _line(text)]


def _line(text: str) -> str:
    """A line of text; what begins with a dot or an apostrophe would be a request."""
    found = _text(text)
    return rf"\&{found}" if found.startswith((".", "'")) else found


def _text(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
