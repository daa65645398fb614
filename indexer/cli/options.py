"""Options that several commands share, as decorators: which archive, which articles, which form of answer.

`with_archive` hands the command an open archive as its first argument; `with_filters` packs everything that narrows a
search into one `SearchOptions`. Both are generated from the same table of fields as the rest of the product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.completion import among, values_of
from indexer.cli.console import say
from indexer.cli.place import PLACE, Command, chosen_config, with_place_options
from indexer.cli.place import decorated as _decorate
from indexer.fields import FACET_FIELDS, Kind
from indexer.search.request import Match, Sort

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.search.options import SearchOptions


# A date is narrowed by --from and --to instead.
_FIELDS = tuple(field for field in FACET_FIELDS if field.kind is not Kind.DATE)
_ALIASES = {alias: field.name for field in _FIELDS for alias in field.aliases}
_NOT = "not-"


class InOrder(click.Group):
    """Lists its commands in the order in which they are needed, not from A to Z."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the signature is click's
        """The names, as they were added."""
        return list(self.commands)


class WithWords(click.Command):
    """A command whose words may begin with a hyphen: `-hamas` leaves out a word and asks for no help, as `-h` does."""

    def make_parser(self, ctx: click.Context) -> Any:
        """Read `-h` like an option of several letters, which it is only where it stands alone."""
        parser = super().make_parser(ctx)
        parser._long_opt.update(parser._short_opt)
        parser._short_opt.clear()
        return parser


def canonical(token: str) -> str:
    """Option names as they may also be typed: `--org` is `--organisation`, `--not-site` is `--not-source`."""
    negated = token.startswith(_NOT)
    name = token.removeprefix(_NOT) if negated else token
    name = _ALIASES.get(name.replace("-", "_"), name).replace("_", "-")
    return _NOT + name if negated else name


def with_archive(command: Command) -> Command:
    """Add `--index`, `--config` and `--engine`; the command is called with the archive they open, and it is closed."""
    from indexer.archive import open_archive

    return _with_archive(command, open_archive)


def with_any_archive(command: Command) -> Command:
    """The same; it may be one that another version of Broadsheet has built."""
    from indexer.archive import Archive

    return _with_archive(command, Archive)


def _with_archive(command: Command, opened: Callable[..., Archive]) -> Command:
    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        for name in PLACE:
            del options[name]
        with opened(chosen_config(click.get_current_context()), timeout=options.pop("wait", 0.0)) as archive:
            if archive.lost:
                say(f"Warning: {archive.lost}")
            return command(archive, *args, **options)

    return with_place_options(run)


def with_users(command: Command) -> Command:
    """Add `--users` and `--config`; the command is called with the configuration that names the file of users."""

    @wraps(command)
    def run(*args: Any, users_file: str | None, **options: Any) -> Any:
        config = chosen_config(click.get_current_context())
        del options["config_file"]
        if users_file:
            config = replace(config, access=replace(config.access, users=users_file))
        return command(config, *args, **options)

    return _decorate(
        run,
        click.option("--users", "users_file", metavar="FILE", help="The users.  [default: access.users of the config]"),
        click.option("--config", "config_file", metavar="FILE", help="The configuration.  [default: config.toml]"),
    )


class Waiting(click.Command):
    """A command with `--wait`, whose value follows behind `=` alone: what else stands behind it is an argument."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give a bare `--wait` its value."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, ["--wait=inf" if a == "--wait" else a for a in args[:end]] + args[end:])


class WaitingWithWords(Waiting, WithWords):
    """Both."""


def with_wait(command: Command) -> Command:
    """Add `--wait`, for a `Waiting` command; `with_archive` opens the archive with it."""
    return click.option(
        "--wait",
        metavar="[=SECONDS]",
        type=float,
        default=0.0,
        help="Wait while another process writes, for ever or so long.  [default: do not wait]",
    )(command)


def with_json(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")(
        command
    )


def with_filters(command: Command) -> Command:
    """Add the filters of a search; the command is called with them as `filters`, a `SearchOptions`."""

    @wraps(command)
    def run(*args: Any, missing: tuple[str, ...], **options: Any) -> Any:
        filters: SearchOptions = {}
        for field in _FIELDS:
            if values := options.pop(field.name):
                filters[field.name] = values  # type: ignore[literal-required]  # a test holds names and fields together
        excluded = {field.name: options.pop("not_" + field.name) for field in _FIELDS}
        if excluded := {name: values for name, values in excluded.items() if values}:
            filters["exclude"] = excluded
        if missing:
            filters["missing"] = missing
        for name in ("from_", "to", "added_from", "added_to"):
            if value := options.pop(name):
                filters[name] = value
        return command(*args, filters=filters, **options)

    choices = [
        click.option(
            f"--{field.name.replace('_', '-')}",
            field.name,
            metavar="VALUE",
            multiple=True,
            help=_filter_help(field.name),
            shell_complete=values_of(field.name),
        )
        for field in _FIELDS
    ]
    refusals = [
        click.option(
            f"--{_NOT}{field.name.replace('_', '-')}",
            f"not_{field.name}",
            metavar="VALUE",
            multiple=True,
            help=f"Leave out this {_label(field.name)}.",
            shell_complete=values_of(field.name),
        )
        for field in _FIELDS
    ]
    return _decorate(
        run,
        *choices,
        *refusals,
        click.option(
            "--missing",
            metavar="FIELD",
            multiple=True,
            help="Only articles that state no such field.",
            shell_complete=among(field.name for field in FACET_FIELDS),
        ),
        click.option("--from", "from_", metavar="DATE", help="Published on or after 2021, 2021-10 or 2021-10-14."),
        click.option("--to", metavar="DATE", help="Published on or before that year, month or day."),
        click.option(
            "--added-from",
            metavar="WHEN",
            help="Added to the archive in or after 2026, 2026-11, 2026-11-03 or 2026-11-03T14:00.",
        ),
        click.option(
            "--added-to", metavar="WHEN", help="Added to the archive in that year, month, day, minute or before."
        ),
    )


def with_narrowing(command: Command) -> Command:
    """Add the filters, `--match`, `--all`, `--no-spellcheck` and `--translation`; all of them are in `filters`, a
    `SearchOptions`."""

    @wraps(command)
    def run(
        *args: Any,
        filters: SearchOptions,
        match: str | None,
        all_mentions: bool,
        spellcheck: bool,
        translation: bool,
        **options: Any,
    ) -> Any:
        narrowed: SearchOptions = {**filters, "all_mentions": all_mentions, "spellcheck": spellcheck}
        narrowed["translation"] = translation
        if match:
            narrowed["match"] = match
        return command(*args, filters=narrowed, **options)

    return _decorate(run, with_filters, with_match, with_all, with_spellcheck, with_translation)


def with_sort(command: Command) -> Command:
    """Add `--sort`."""
    return click.option("--sort", type=click.Choice([each.value for each in Sort]), help="Order of hits.")(command)


def with_match(command: Command) -> Command:
    """Add `--match`."""
    return click.option(
        "--match",
        type=click.Choice([each.value for each in Match]),
        help="Articles with all of the words, or with some, best first.  [default: search.match of the config]",
    )(command)


def with_query(command: Command) -> Command:
    """Add the argument QUERY, joined into one text; `-word` in it excludes a word."""
    return click.argument("query", nargs=-1, callback=lambda context, _, words: " ".join(words_of(context, words)))(
        command
    )


def words_of(context: click.Context, words: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments of a command that lets `-word` pass: `--something` among them is a mistyped option all the same.

    Raises:
        click.NoSuchOption: as the parser would, had it not been told to let `-word` pass.
    """
    for word in words:
        if word.startswith("--"):
            name = word.split("=")[0]
            known = [option for parameter in context.command.params for option in parameter.opts]
            if name in known:
                raise click.UsageError(
                    f"{name} stands behind --, where words of the query are; put it before.", context
                )
            raise click.NoSuchOption(name, possibilities=get_close_matches(name, known, n=2), ctx=context)
    return words


def _filter_help(name: str) -> str:
    below = ", or anything below it" if any(f.name == name and f.kind is Kind.PATH for f in _FIELDS) else ""
    return f"Only this {_label(name)}{below}; repeat for more."


def _label(name: str) -> str:
    return {"translated_from": "original language"}.get(name, name)


def with_all(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--all`."""
    return click.option(
        "--all", "all_mentions", is_flag=True, help="Count people, organisations and places named in passing too."
    )(command)


def with_translation(command: Command) -> Command:
    """Add `--translation`."""
    return click.option(
        "--translation",
        type=click.Choice(["on", "off"]),
        default="on",
        callback=lambda _context, _parameter, chosen: chosen == "on",
        help="Off neither searches nor shows what machines translated.",
    )(command)


def with_spellcheck(command: Command) -> Command:
    """Add `--no-spellcheck`."""
    return click.option(
        "--no-spellcheck",
        "spellcheck",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Search misspelt words as they are, even if nothing has them.",
    )(command)
