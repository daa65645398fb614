"""A closed archive that anna may read."""

from pathlib import Path

import pytest

from tests.webui.closed import Browser, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.add("anna")
    return made


@pytest.fixture
def anna(site: Site) -> Browser:
    """Anna, signed in."""
    browser = Browser(site.app())
    assert browser.login("anna").status_code == 303
    return browser
