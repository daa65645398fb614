"""A real browser on a real server with a real index. Without Chromium these tests are skipped."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from indexer.archive import open_archive
from indexer.config import Config, EngineConfig, WebConfig
from tests.engines.corpus import ARTICLES
from tests.webui.site import UNLIMITED

DEMO = Path(__file__).parents[2] / "demo" / "articles"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def served(config: Config) -> Iterator[str]:
    """The address of `python -m webui` with some settings, while the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        f"BROADSHEET_{section.name}__{key.name}".upper(): _as_toml(getattr(getattr(config, section.name), key.name))
        for section in fields(config)
        if is_dataclass(getattr(config, section.name))
        for key in fields(getattr(config, section.name))
        if getattr(getattr(config, section.name), key.name) != getattr(section.default, key.name)
    }
    environment = {**os.environ, **settings, "BROADSHEET_WEB__PORT": str(port)}
    with subprocess.Popen([sys.executable, "-m", "webui"], env=environment, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline().decode()
            address = f"http://127.0.0.1:{port}"
            assert f"{address}/" in said
            _wait_for(address)
            yield address
        finally:
            server.terminate()


def _as_toml(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration archive, with the articles of the engine contract beside it."""
    config = Config(engine=EngineConfig(processes=1), web=WebConfig(cors_origins=("*",), **UNLIMITED))
    config = config.with_index(tmp_path_factory.mktemp("browser") / "index")
    with open_archive(config) as archive:
        archive.build([DEMO], entities=False)
        archive.add(ARTICLES)
    with served(config) as address:
        yield address


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """A fresh profile on the site, at desktop width."""
    made = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}, locale="en-US")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()
