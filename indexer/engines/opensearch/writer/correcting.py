"""The archive's corrections of entities, applied to the documents of a cluster.

A document keeps the entities as they were found and, beside them, the names they are shown by. When the rules change,
the documents with a name on the left of a changed rule get new names from what was found in them (`renaming`); so a
removed rule is undone. Called by the engine when the file beside the index has changed.
"""

from pathlib import Path

from indexer.config import Config
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.writer.conditions import Find
from indexer.engines.opensearch.writer.writer import ClusterWriter
from indexer.engines.shared.writing.batch_writer import prepare_nothing


def text_of(path: Path) -> str | None:
    """The text of the file of corrections; None where there is no such file, as on machines that only read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def correct(connection: Connection, alias: str, config: Config, find: Find, text: str) -> None:
    """Have the documents follow the rules of a text, and commit; `find` makes queries for the cluster of theirs.

    Raises:
        IndexLocked: somebody is writing; the rules can wait.
        ConfigError: the text cannot be understood.
    """
    with ClusterWriter(connection, alias, config, find, prepare_nothing) as writer:
        writer.correct(text)
