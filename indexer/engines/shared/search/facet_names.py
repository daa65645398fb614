"""Which fields a request may count or filter by."""

from indexer.errors import UsageError
from indexer.fields import BY_NAME, FACET_FIELDS


def check_facet(field: str) -> None:
    """Raise UsageError unless the field is a facet."""
    if field not in BY_NAME or not BY_NAME[field].facet:
        known = ", ".join(f.name for f in FACET_FIELDS)
        raise UsageError(f"There is no facet or filter {field!r}. Known: {known}.")
