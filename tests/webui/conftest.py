"""Sites over articles in memory."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.config import Config, WebConfig
from tests.engines.corpus import ARTICLES
from tests.engines.memory import make_archive
from tests.webui.site import UNLIMITED
from webui import create_app


@pytest.fixture(scope="session")
def corpus() -> Archive:
    """The contract's corpus, in memory."""
    return make_archive(ARTICLES)


@pytest.fixture(scope="session")
def app(corpus: Archive) -> Flask:
    """The site of the corpus."""
    made = create_app(Config(web=WebConfig(**UNLIMITED)), corpus)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader of the site."""
    return app.test_client()


@pytest.fixture
def unbuilt(tmp_path: Path) -> FlaskClient:
    """A reader of a site whose archive was not built yet."""
    made = create_app(Config().with_index(tmp_path / "index"))
    made.testing = True
    return made.test_client()
