"""What engines do alike when many requests are held against some articles: which tree a request runs, and what becomes
of one that cannot be answered.
"""

import logging
from collections.abc import Mapping

from indexer.engines.shared.search.matching import decide
from indexer.engines.shared.search.parsing import parse_or_refuse
from indexer.errors import BroadsheetError, QueryTooExpensive, SearchTimeout, UsageError
from indexer.search.query import Node
from indexer.search.request import Match, SearchRequest

_LOG = logging.getLogger(__name__)
# For what of a request itself it may be refused; what else is raised concerns the archive, and so all requests.
REFUSALS = (QueryTooExpensive, UsageError, SearchTimeout)


def tree_of(request: SearchRequest, languages: Mapping[str, int]) -> Node:
    """What the query of a request means, decided without counting: its words must all be there, unless the request says
    outright that some are enough.

    Raises:
        QueryTooExpensive: the parser refuses it.
    """
    mode = Match.BEST if request.match is Match.BEST else Match.ALL
    return decide(parse_or_refuse(request.query), mode, 0, languages, lambda trees: [0] * len(trees)).tree


def refused(request: SearchRequest, error: BroadsheetError) -> None:
    """Say in the log that a request among many finds nothing, and why."""
    _LOG.warning("The saved search %r finds nothing: %s", request.query, error)
