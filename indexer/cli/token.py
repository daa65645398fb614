"""`indexer user token`: what programs and feed readers sign in with at a closed archive."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.console import emit_json, out, printable, say
from indexer.cli.options import InOrder, with_json, with_users
from indexer.config import Config
from indexer.errors import NotFound, UsageError

if TYPE_CHECKING:
    from indexer.accounts.users import User, Users


NEVER = "never"
_DAYS = re.compile(r"(\d{1,5})d")
MOST_LABEL = 100  # characters


@click.group(cls=InOrder)
def token() -> None:
    """Make and withdraw tokens for programs and feed readers."""


@token.command()
@click.argument("name")
@click.option("--label", required=True, help="What it is for, such as the name of the program.")
@click.option(
    "--expires",
    metavar="WHEN",
    default="365d",
    show_default=True,
    help="Its last day (2027-01-31), for how many days (90d), or never.",
)
@with_users
def add(config: Config, name: str, label: str, expires: str) -> None:
    """Make a token for NAME and print it, this once."""
    from indexer.accounts.tokens import new_token
    from indexer.accounts.users import user_name
    from indexer.accounts.users_file import change_users

    name, today = user_name(name), datetime.now(UTC).date()
    last, label = _last_day(expires, today), " ".join(label.split())
    if not (0 < len(label) <= MOST_LABEL and label.isprintable()):
        raise UsageError(f"A label has 1 to {MOST_LABEL} characters that can be printed.")
    text, made = new_token(label, today, last)

    def change(users: dict[str, User]) -> Users:
        if name not in users:
            raise NotFound(f"{config.access.users} has no user {name!r}. Add it: indexer user add {name}")
        return users | {name: replace(users[name], tokens=(*users[name].tokens, made))}

    change_users(Path(config.access.users), change)
    say(f"Token {made.id} of {name}, {_until(last)}. Keep it now: it is shown this once and kept as a hash.")
    click.echo(text)


@token.command("list")
@click.argument("name", required=False)
@with_json
@with_users
def list_(config: Config, name: str | None, as_json: bool) -> None:
    """List the tokens of NAME, or of everyone.

    Ids, labels and days are shown, never the tokens.
    """
    from rich.table import Table
    from rich.text import Text

    from indexer.accounts.users import user_name
    from indexer.accounts.users_file import read_users

    users, today = read_users(Path(config.access.users)), datetime.now(UTC).date()
    if name is not None and user_name(name) not in users:
        raise NotFound(f"{config.access.users} has no user {user_name(name)!r}. Who is there: indexer user list")
    wanted = [users[user_name(name)]] if name is not None else sorted(users.values(), key=lambda user: user.name)
    rows = [(user.name, token) for user in wanted for token in user.tokens]
    if as_json:
        emit_json(
            [
                {"id": token.id, "user": user, "label": token.label, "created": token.created, "expires": token.expires}
                for user, token in rows
            ]
        )
        return
    if not rows:
        say("There are no tokens. Make one: indexer user token add NAME --label TEXT")
        return
    table = Table.grid(padding=(0, 2))
    for user, each in rows:
        state = "expired" if each.expired(today) else _until(each.expires)
        table.add_row(each.id, Text(printable(user)), Text(printable(each.label)), f"made {each.created}", state)
    out().print(table)


@token.command()
@click.argument("id")
@with_users
def remove(config: Config, id: str) -> None:
    """Withdraw the token of an ID; it is void at once."""
    from indexer.accounts.users_file import change_users

    def change(users: dict[str, User]) -> Users:
        left = {user.name: tuple(token for token in user.tokens if token.id != id) for user in users.values()}
        if all(len(left[user.name]) == len(user.tokens) for user in users.values()):
            raise NotFound(f"{config.access.users} has no token {id!r}. Which there are: indexer user token list")
        return {name: replace(user, tokens=left[name]) for name, user in users.items()}

    change_users(Path(config.access.users), change)
    out().print(printable(f"token {id} is void ({config.access.users})"), soft_wrap=True)


def _last_day(text: str, today: date) -> date | None:
    """The last day that a person states; None for never.

    Raises:
        UsageError: it is no day, or over.
    """
    if text.strip().lower() == NEVER:
        return None
    try:
        days = _DAYS.fullmatch(text.strip())
        last = today + timedelta(days=int(days[1])) if days else date.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise UsageError(f"--expires {text!r} is no day. Write 2027-01-31, 90d or never.") from None
    if last < today:
        raise UsageError(f"--expires {text!r} is over already. Today is {today}.")
    return last


def _until(last: date | None) -> str:
    return f"valid until {last}" if last else "valid for ever"
