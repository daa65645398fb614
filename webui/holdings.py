"""From which periods the archive holds anything: what tells a zero from a gap, on every page that draws bars."""

from collections.abc import Collection, Sequence

from indexer import timeline
from indexer.search.request import Period
from webui.addresses import urls
from webui.holder import archive
from webui.memo import remembered


def held(shown: Sequence[Period]) -> Collection[Period]:
    """Those of some periods from which there is anything; see `timeline.held`."""
    reading, budget = archive(), urls.base_request().budget_ms
    return remembered(reading, ("held", shown[0], shown[-1]), lambda: timeline.held(reading, shown, budget))
