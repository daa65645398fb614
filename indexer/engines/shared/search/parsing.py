"""What a request asks for, read and checked: its query, and the fields it counts or filters by. Engines call it."""

from indexer.errors import QueryTooExpensive, UsageError
from indexer.fields import BY_NAME, FACET_FIELDS
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


def check_facet(field: str) -> None:
    """Raise UsageError unless the field is a facet."""
    if field not in BY_NAME or not BY_NAME[field].facet:
        known = ", ".join(f.name for f in FACET_FIELDS)
        raise UsageError(f"There is no facet or filter {field!r}. Known: {known}.")
