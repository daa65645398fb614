"""The names that are shown under another one, counted. Called by the engine for `joined_names`."""

from collections.abc import Mapping, Sequence

from indexer.article import EntityKind
from indexer.engines.shared import joined_names as shared
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.reader.spellings import articles_with
from indexer.search.results import JoinedName


def joined_names(snapshot: Snapshot, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
    """See `Engine`."""

    def count(names: Sequence[str]) -> Mapping[str, int]:
        return articles_with(snapshot, kind, names)

    corrections = snapshot.corrections
    names = snapshot.cached("names by shown", lambda: shared.names_by_shown(corrections))
    values = column(snapshot, kind)
    found = values.find(name)
    return shared.joined_names(corrections, names, kind, name if found is None else values.label(found), count)
