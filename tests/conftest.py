"""What all tests share: the Hypothesis profile, the place of the real test data, the one browser, and which tests stay
together when several processes run them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from indexer.search import lexer, parser
from indexer.search.query import QueryWarning

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

HERE = Path(__file__).parent


CLUSTER, BROWSER = "cluster", "browser"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group the tests: with `--dist loadgroup` each group runs in one process, in the order it has without.

    All that ask a cluster are one group and all that open a browser another, so that a run starts one of each. The rest
    is grouped by file, because what a module's fixtures build should be built once.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    if HERE / "engines" / "opensearch" in item.path.parents or (callspec and "opensearch" in callspec.params.values()):
        return CLUSTER
    return BROWSER if "chromium" in getattr(item, "fixturenames", ()) else _file(item.nodeid)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Report a test by the name that runs it: xdist appends the group to it."""
    name, _, group = report.nodeid.rpartition("@")
    if group in (CLUSTER, BROWSER, _file(name)):
        report.nodeid = name


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
