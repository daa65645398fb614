"""What a request asks for, read and checked: its query, and the fields it counts or filters by. Engines call it."""

import logging
from functools import lru_cache

from indexer.errors import BroadsheetError, QueryTooExpensive, SearchTimeout, UsageError
from indexer.fields import BY_NAME, FACET_FIELDS, Kind
from indexer.search.parser import parse
from indexer.search.query import Parsed
from indexer.search.request import MISSING, Period, SearchRequest

_LOG = logging.getLogger(__name__)
# Characters of a query that is parsed once; longer ones are too large to keep.
_REMEMBERED = 500
# For what one request among many may be refused; what else is raised concerns the archive, and so all of them.
REFUSALS = (QueryTooExpensive, UsageError, SearchTimeout)


def parse_or_refuse(query: str) -> Parsed:
    """What a query means.

    Raises:
        QueryTooExpensive: the parser refuses it.
    """
    parsed = parse_once(query) if len(query) <= _REMEMBERED else parse(query)
    if parsed.refused:
        warning = parsed.warnings[-1]
        raise QueryTooExpensive(warning.message, warning)
    return parsed


@lru_cache(maxsize=256)
def parse_once(query: str) -> Parsed:
    """A page is turned and filtered, and its query parsed for each."""
    return parse(query)


def check_facet(field: str) -> None:
    """Raise UsageError unless the field is a facet."""
    if field not in BY_NAME or not BY_NAME[field].facet:
        known = ", ".join(f.name for f in FACET_FIELDS)
        raise UsageError(f"There is no facet or filter {field!r}. Known: {known}.")


def check_filters(request: SearchRequest) -> None:
    """Raise UsageError if a filter is on a field that is no facet, or on a period that does not exist."""
    for chosen in request.filters:
        check_facet(chosen.field)
        if BY_NAME[chosen.field].kind is Kind.DATE:
            for value in (*chosen.values, *chosen.excluded):
                if value != MISSING:
                    Period.parse(value)


def check_request(request: SearchRequest) -> None:
    """Refuse a request that no archive can answer, whatever it holds: to be asked before one is kept for later.

    Raises:
        QueryTooExpensive: the parser refuses its query.
        UsageError: a filter on a field that is no facet, or a period that does not exist.
    """
    parse_or_refuse(request.query)
    check_filters(request)


def refused(request: SearchRequest, error: BroadsheetError) -> None:
    """Say in the log that a request among many finds nothing, and why."""
    _LOG.warning("The saved search %r finds nothing: %s", request.query, error)
