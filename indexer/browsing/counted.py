"""A search's articles together with their number, both of one commit. Called by exports and receipts."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from indexer.article import Article
from indexer.reading import Reading
from indexer.search.request import SearchRequest
from indexer.search.results import SearchResults

# Between counting and reading another request may move the archive to a new commit; then both are done again.
ATTEMPTS = 5


def counted(archive: Reading, asked: SearchRequest) -> tuple[SearchResults, Iterator[Article]]:
    """How many articles a request finds, as corrected where it is misspelt, and they themselves, in flat memory.

    Raises:
        QueryTooExpensive, UsageError: the request cannot be answered.
    """
    wanted = replace(
        asked, size=0, page=1, cursor=None, facets=(), snippets=False, explain=False, group=False, recency=False
    )
    for _ in range(ATTEMPTS):
        identity = archive.identity
        found = archive.search(wanted)
        articles = archive.scan(found.request)
        first = next(articles, None)
        if archive.identity == identity:
            break
    return found, chain(() if first is None else (first,), articles)
