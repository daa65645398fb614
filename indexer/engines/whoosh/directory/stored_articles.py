"""The articles of an index as they are stored, whatever version of Broadsheet wrote it.

Arrays change their meaning between versions; stored articles are the same records in the same file since the
first. Called
to export an index of an earlier version, and to index it again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.article import Article
from indexer.engines.shared.stored_article import record_to_article
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, STORED_FORMATS, STORED_SUFFIX
from indexer.engines.whoosh.codec.stored import EarlierReader, StoredReader
from indexer.engines.whoosh.directory.generations import deleted_documents
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.errors import IndexCorrupt

# Articles between which what was read is let go of.
_ARTICLES_A_TIME = 1_000


def stored_articles(directory: Path, manifest: Manifest) -> Iterator[Article]:
    """All articles of a generation, withdrawn ones too.

    Those of versions that did not keep when they came are said to have come by the time of the last commit. Those of
    other versions get the content hash that they would have today, so that building their sources again finds them
    unchanged where they are.

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """
    came = datetime.fromisoformat(manifest.created).astimezone(UTC) if manifest.created else None
    for info in manifest.segments:
        path = directory / (info.name + STORED_SUFFIX)
        reader = StoredReader(path) if manifest.format == FORMAT_VERSION else EarlierReader(path)
        if reader.documents != info.documents:
            raise IndexCorrupt(f"{reader.file.path} holds {reader.documents} documents, not {info.documents}.")
        gone = set(deleted_documents(directory, info, STORED_FORMATS).tolist()) if info.deletes else ()
        for document in range(info.documents):
            if document % _ARTICLES_A_TIME == 0:
                reader.file.release()
            if document in gone:
                continue
            article = record_to_article(reader.record(document))
            if article.added is None:
                article = replace(article, added=came, changed=article.changed or came)
            yield article if manifest.is_ours else article.with_hash()
