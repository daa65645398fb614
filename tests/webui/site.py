"""A site over a few articles in memory, for tests of what has no page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import orjson
from flask import Flask
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article
from indexer.config import Config, SearchConfig, WebConfig
from tests.engines.memory import make_archive
from webui import create_app

BASE = "https://archive.example"
# For tests that ask more often than people do.
UNLIMITED: Any = {"rate_limit": "", "page_limit": "", "export_limit": "", "suggest_limit": ""}


def make_site(
    articles: Iterable[Article] = (), *, archive: Archive | None = None, page_size: int = 20, **web: Any
) -> Flask:
    """The application, with its public address set."""
    config = Config(search=SearchConfig(page_size=page_size), web=replace(WebConfig(base_url=BASE), **web))
    app = create_app(config, archive or make_archive(articles, config))
    app.testing = True
    return app


def make_client(articles: Iterable[Article] = (), **options: Any) -> FlaskClient:
    """A client of such a site."""
    return make_site(articles, **options).test_client()


def ask(client: FlaskClient, path: str) -> Any:
    """What the JSON API answers at a path."""
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def plain(record: Any) -> Any:
    """A record as JSON brings it."""
    return orjson.loads(orjson.dumps(record))
