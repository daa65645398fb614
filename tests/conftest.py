"""What all tests share: the Hypothesis profile, the place of the real test data, the one browser, and how several
processes share them (`groups`)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from indexer.engines.shared.search import parsing
from indexer.search import lexer, parser
from indexer.search.query import QueryWarning
from tests import groups
from tests.cluster import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Check that tests are in the group that their names say."""
    groups.check(items)


@pytest.hookimpl(optionalhook=True)  # nobody calls it where xdist is switched off
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> groups.GroupScheduling:
    """Have several processes share the tests by groups."""
    return groups.GroupScheduling(config, log)


@pytest.fixture(autouse=True)
def dropped_archives() -> Iterator[None]:
    """Leave no archive of a single test on the cluster. Those that several tests share stay until the run ends."""
    with running.dropping():
        yield


DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real articles beside the repository; tests that need it skip without it."""
    if not DATA.is_dir():
        pytest.skip("the real test data is not beside the repository")
    return DATA


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that were parsed since the test began."""
    seen: list[str] = []

    def lex(text: str, names: lexer.Names) -> tuple[list[lexer.Token], list[QueryWarning]]:
        seen.append(text)
        return lexer.lex(text, names)

    monkeypatch.setattr(parser, "lex", lex)
    parsing.parse_once.cache_clear()  # other tests have asked the same
    return seen


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without a sandbox it runs as root, and the rest keeps it from asking for anything but the page.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for all tests: a second Playwright cannot be started in the same thread."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
