"""Misspelt searches answered at once: where no article has all of the words and some stand nowhere in the archive, the
answer is that of the spelling which is nearest, and says so.

The engines find the spelling ("did you mean"). Called by the archive, whichever engine it has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from indexer.search.request import SearchRequest

if TYPE_CHECKING:
    from indexer.engines.base import Engine
    from indexer.search.results import Matching, SearchResults, Suggested


def search(engine: Engine, request: SearchRequest) -> SearchResults:
    """The answer to a request, or to its corrected query where it wants that and nothing else is found.

    Raises:
        UsageError and others: as the engine does.
    """
    try:
        found = engine.search(request)
    except UsageError:
        # A cursor may be one of the corrected query.
        corrected = correction(engine, request) if request.cursor else None
        if corrected is None:
            raise
    else:
        corrected = _sure(request, found)
        if corrected is None:
            return found
    again = engine.search(replace(request, query=corrected.query))
    return replace(again, query=request.query, corrected=corrected, did_you_mean=None)


def correction(engine: Engine, request: SearchRequest) -> Suggested | None:
    """The query that is answered in place of a request's own; None where that is its own."""
    if not request.spellcheck:
        return None
    counting = replace(
        request, size=0, page=1, cursor=None, facets=(), snippets=False, explain=False, group=False, recency=False
    )
    return _sure(request, engine.search(counting))


def _sure(request: SearchRequest, found: SearchResults) -> Suggested | None:
    meant = found.did_you_mean
    wanted = request.spellcheck and nothing_has_all(found.total, found.matching)
    return meant if wanted and meant and meant.sure else None


def nothing_has_all(total: int, matching: Matching | None) -> bool:
    """Whether no article has all of the words: a misspelt one finds nothing, though the others may find much."""
    return not total or (matching is not None and not matching.all)
