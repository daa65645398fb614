"""The archive's corrections of entities, applied to the documents of a cluster.

A document keeps the entities as they were found and, beside them, the names they are shown by. When the rules change,
the documents with a name on the left of a changed rule get new names from what was found in them; so a removed rule
is undone. Called by the engine when the file beside the index has changed.
"""

from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article
from indexer.config import Config
from indexer.engines.base import Rejected
from indexer.engines.opensearch import bulk
from indexer.engines.opensearch.document import labels, named, stored_article
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.opensearch.writer import ClusterWriter
from indexer.entities.corrections import Corrections, parse_corrections

_ENTITY_PARTS = ("person", "organisation", "place", "named")
NAMES_AT_ONCE = 10_000


def text_of(path: Path) -> str | None:
    """The text of the file of corrections; None where there is no such file, as on machines that only read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def correct(snapshot: Snapshot, config: Config, text: str) -> None:
    """Have the documents follow the rules of a text, and commit.

    Raises:
        IndexLocked: somebody is writing; the rules can wait.
        ConfigError: the text cannot be understood.
    """
    before, after = snapshot.corrections, parse_corrections(text, Path(config.entities.corrections))
    with ClusterWriter(snapshot.connection, snapshot.alias, config, prepare_nothing) as writer:
        names = list(_changed(before, after))
        for start in range(0, len(names), NAMES_AT_ONCE):
            query = snapshot.whole(filters=[{"terms": {"named": names[start : start + NAMES_AT_ONCE]}}])
            writer.change(_changes(snapshot, query, after, config.entities.min_mentions))
        writer.publish(corrections=text)


def _changed(before: Corrections, after: Corrections) -> Iterator[str]:
    """The names whose articles are shown otherwise under other rules."""
    for kind, name in {**before.rules, **after.rules}:
        if before.apply(kind, name) != after.apply(kind, name):
            yield named(kind, name)


def _changes(snapshot: Snapshot, query: dict[str, object], after: Corrections, mentions: int) -> Iterator[bulk.Change]:
    for hit in snapshot.scan(query, ["record", "has"]):
        found = labels(stored_article(hit["_source"]), after, mentions)
        has = set(found.pop("_has"))
        fields = {name: value for name, value in found.items() if name.startswith(_ENTITY_PARTS)}
        kept = [name for name in hit["_source"]["has"] if name not in _ENTITY_PARTS]
        fields["has"] = [*kept, *(name for name in _ENTITY_PARTS if name in has)]
        yield bulk.update_change(0, (hit["_index"], hit["_id"]), fields)


def prepare_nothing(item: object) -> Article:
    """What a writer is given that gets no items."""
    raise Rejected("not-expected", repr(item))
