"""The query of a request, read. Called by every engine's searcher."""

from indexer.errors import QueryTooExpensive
from indexer.search.parser import parse
from indexer.search.query import Parsed


def parse_or_refuse(query: str) -> Parsed:
    """What a query means.

    Raises:
        QueryTooExpensive: the parser refuses it.
    """
    parsed = parse(query)
    if parsed.refused:
        warning = parsed.warnings[-1]
        raise QueryTooExpensive(warning.message, warning)
    return parsed
