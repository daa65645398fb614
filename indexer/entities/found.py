"""A mention on its way from the tagger to an entity."""

from typing import NamedTuple

from indexer.article import EntityKind

Named = tuple[EntityKind, str]
Tagged = tuple[str, int, int, EntityKind, str | None]  # field, start, end, kind, and the name if the tagger knows it


class Found(NamedTuple):
    """One mention before joining: where it stands and what it names by itself."""

    start: int
    end: int
    field: str
    surface: str
    named: Named
    fixed: bool  # the name is settled (alias table, name list) and joins nothing
