"""Which tests stay in one process, in their order, when several processes run them (`pytest -n 2`).

All that ask a cluster are one group and all that open a browser another, so that a run starts one of each. The rest is
grouped by file, because what a module's fixtures build should be built once. Called by `conftest`.
"""

import re

import pytest
from xdist.scheduler import LoadScopeScheduling

CLUSTER, BROWSER = "cluster", "browser"
CLUSTER_TESTS = re.compile(r"tests/engines/opensearch/|.*\[(?:.*-)?opensearch(?:-.*)?\]$", re.DOTALL)
BROWSER_TESTS = re.compile(r"tests/browser/|tests/webui/test_embed\.py")


def group(nodeid: str) -> str:
    """The group of a test. Only its name tells: the process that hands out tests does not see the tests themselves."""
    if CLUSTER_TESTS.match(nodeid):
        return CLUSTER
    return BROWSER if BROWSER_TESTS.match(nodeid) else nodeid.partition("::")[0]


def check(items: list[pytest.Item]) -> None:
    """Make sure that names tell the truth.

    Raises:
        UsageError: a test opens a browser or asks a cluster outside its group.
    """
    for item in items:
        needs = BROWSER if "chromium" in getattr(item, "fixturenames", ()) else None
        if "opensearch" in getattr(getattr(item, "callspec", None), "params", {}).values():
            needs = CLUSTER
        if needs and group(item.nodeid) != needs:
            raise pytest.UsageError(f"{item.nodeid} needs the {needs}: name it in tests/groups.py.")


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out tests by group, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
