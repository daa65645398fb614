"""`indexer user`: who may read a closed archive. Each command changes the file of users, which running sites notice.

Passwords are asked for without showing them, or read from standard input; hashes are never printed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable, say
from indexer.cli.options import InOrder, with_json, with_users
from indexer.cli.token import token
from indexer.errors import NotFound, UsageError

if TYPE_CHECKING:
    from indexer.accounts.users import User, Users
    from indexer.config import Config


stdin_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)


@click.group(cls=InOrder)
def user() -> None:
    """Say who may read a closed archive ([access] mode = "closed")."""


@user.command()
@click.argument("name")
@stdin_option
@with_users
def add(config: Config, name: str, password_stdin: bool) -> None:
    """Let NAME read the archive, with a password that is asked for."""
    from indexer.accounts import passwords
    from indexer.accounts.users import User, new_stamp, user_name
    from indexer.accounts.users_file import change_users, read_users

    name = user_name(name)
    if name in read_users(_place(config)):
        raise UsageError(f"There is a user {name!r} already. Give another password with: indexer user password {name}")
    hashed = passwords.hash_password(_password(config, name, from_stdin=password_stdin))

    def change(users: dict[str, User]) -> Users:
        if name in users:
            raise UsageError(f"There is a user {name!r} already.")
        return users | {name: User(name, hashed, new_stamp(), _today())}

    change_users(_place(config), change)
    _done(config, f"{name} may read the archive")
    if not config.access.closed:
        say('The archive is open to everyone all the same: set mode = "closed" under [access] in config.toml.')


@user.command("list")
@with_json
@with_users
def list_(config: Config, as_json: bool) -> None:
    """List who may read the archive."""
    from rich.table import Table
    from rich.text import Text

    from indexer.accounts.users_file import read_users

    users = sorted(read_users(_place(config)).values(), key=lambda user: user.name)
    if as_json:
        emit_json([{"name": each.name, "created": each.created, "tokens": len(each.tokens)} for each in users])
        return
    if not users:
        say(f"Nobody may yet. {_place(config)} has no users: indexer user add NAME")
        return
    table = Table.grid(padding=(0, 2))
    for each in users:
        table.add_row(Text(printable(each.name)), f"since {each.created}", counted(len(each.tokens), "token"))
    out().print(table)


@user.command()
@click.argument("name")
@with_users
def remove(config: Config, name: str) -> None:
    """Let NAME read the archive no longer.

    Sessions end and tokens are void at once.
    """
    from indexer.accounts.users import user_name

    _change(config, name, lambda _: None)
    _done(config, f"{user_name(name)} may not read the archive any more")


@user.command()
@click.argument("name")
@stdin_option
@with_users
def password(config: Config, name: str, password_stdin: bool) -> None:
    """Give NAME another password. Sessions end; tokens stay valid."""
    from indexer.accounts import passwords
    from indexer.accounts.users import new_stamp, user_name
    from indexer.accounts.users_file import read_users

    _known(read_users(_place(config)), user_name(name), config)
    hashed = passwords.hash_password(_password(config, user_name(name), from_stdin=password_stdin))
    _change(config, name, lambda user: replace(user, password=hashed, stamp=new_stamp()))
    _done(config, f"{user_name(name)} has another password")


@user.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everyone", is_flag=True, help="End the sessions of everyone.")
@with_users
def logout(config: Config, names: tuple[str, ...], everyone: bool) -> None:
    """End the sessions of each NAME; they can sign in again. Tokens stay valid."""
    from indexer.accounts.users import new_stamp, user_name
    from indexer.accounts.users_file import change_users, read_users

    if bool(names) == everyone:
        raise UsageError("Name those whose sessions are to end, or write --all.")
    wanted = sorted(read_users(_place(config))) if everyone else [user_name(name) for name in names]

    def change(users: dict[str, User]) -> Users:
        return users | {name: replace(_known(users, name, config), stamp=new_stamp()) for name in wanted}

    change_users(_place(config), change)
    _done(config, f"the sessions of {counted(len(wanted), 'user')} have ended")


user.add_command(token)


def _password(config: Config, name: str, *, from_stdin: bool) -> str:
    """A good password, from the keyboard or standard input.

    Raises:
        UsageError: it is not good enough, or there is nobody to ask.
    """
    from indexer.accounts import passwords

    if from_stdin:
        text = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        text = click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True)
    else:
        raise UsageError("There is no keyboard to ask for the password. Write --password-stdin and send it as a line.")
    passwords.check_quality(text, (name, config.archive.name))
    return text


def _change(config: Config, name: str, change: Callable[[User], User | None]) -> None:
    from indexer.accounts.users import user_name
    from indexer.accounts.users_file import change_users

    name = user_name(name)

    def changed(users: dict[str, User]) -> Users:
        new = change(_known(users, name, config))
        return {each.name: each for each in ({**users, name: new}).values() if each is not None}

    change_users(_place(config), changed)


def _known(users: Users, name: str, config: Config) -> User:
    if name not in users:
        raise NotFound(f"{_place(config)} has no user {name!r}. Who is there: indexer user list")
    return users[name]


def _place(config: Config) -> Path:
    return Path(config.access.users)


def _today() -> date:
    return datetime.now(UTC).date()


def _done(config: Config, sentence: str) -> None:
    out().print(printable(f"{sentence} ({_place(config)})"), soft_wrap=True)
