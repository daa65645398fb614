"""A closed archive with a reader, and people who come to it with a browser."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.accounts.passwords import hash_password
from indexer.accounts.tokens import new_token
from indexer.accounts.users import User, Users, new_stamp
from indexer.accounts.users_file import change_users
from indexer.archive import Archive
from indexer.config import AccessConfig, Config, WebConfig
from tests.engines.corpus import ARTICLES
from tests.engines.memory import make_archive
from webui import create_app

BASE = "https://archive.example"
PASSWORD = "seven lamps by the grey canal"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@lru_cache
def _articles() -> Archive:
    return make_archive(ARTICLES)


def user(name: str, password: str = PASSWORD, tokens: Iterable[Any] = ()) -> User:
    """A user whose password is cheap to check."""
    hashed = hash_password(password, passes=1, memory_kib=8)
    return User(name, hashed, new_stamp(), date(2026, 11, 30), tuple(tokens))


@dataclass
class Site:
    """The folder of a closed archive, and any number of processes that serve it."""

    folder: Path
    access: Mapping[str, Any] = field(default_factory=dict)
    web: Mapping[str, Any] = field(default_factory=dict)

    @property
    def users(self) -> Path:
        return self.folder / "users.toml"

    def app(self) -> Flask:
        """Another process."""
        access = AccessConfig("closed", str(self.users), str(self.folder / "sessions.sqlite"))
        web = replace(WebConfig(base_url=BASE), **self.web)
        config = Config(web=web, access=replace(access, **self.access))
        made = create_app(config, _articles())
        made.testing = True
        return made

    def add(self, *names: str) -> None:
        change_users(self.users, lambda users: users | {name: user(name) for name in names})

    def change(self, name: str, **changes: Any) -> None:
        change_users(self.users, lambda users: users | {name: replace(users[name], **changes)})

    def remove(self, name: str) -> None:
        def without(users: dict[str, User]) -> Users:
            del users[name]
            return users

        change_users(self.users, without)

    def token(self, name: str, expires: date | None = None) -> str:
        text, made = new_token("a test", datetime.now(UTC).date(), expires)
        change_users(self.users, lambda users: users | {name: replace(users[name], tokens=(*users[name].tokens, made))})
        return text


class Browser:
    """Somebody with a browser: cookies are kept, addresses are those of the public site."""

    def __init__(self, app: Flask, base: str = BASE, address: str = "192.0.2.7") -> None:
        self.client: FlaskClient = app.test_client()
        self.base = base
        self.address = address

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._ask("GET", path, **options)

    def post(self, path: str, data: Mapping[str, str], **options: Any) -> TestResponse:
        return self._ask("POST", path, data=data, **options)

    def form(self, path: str) -> str:
        """The token that the page's own form carries."""
        found = re.findall(r'name="token" value="([^"]+)"', self.get(path).text)
        return str(found[-1])

    def login(self, name: str, password: str = PASSWORD, path: str = "/login", **options: Any) -> TestResponse:
        return self.post(path, {"name": name, "password": password, "token": self.form(path)}, **options)

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain=self.base.split("/")[2].partition(":")[0])
        return found.value if found else None

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> TestResponse:
        return self.client.open(
            path,
            method=method,
            base_url=self.base,
            headers={**BROWSER, **(headers or {})},
            environ_base={"REMOTE_ADDR": self.address},
            **options,
        )
