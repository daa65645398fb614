"""A query -> its matches in one whole article after another, as a search would read it. Called by `Archive.highlight`
and by dossiers."""

from collections.abc import Sequence

from indexer.article import Article
from indexer.engines.shared.search.matching import of_weight
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.highlight.whole_article import Highlights, Marker
from indexer.search.parser import parse
from indexer.search.query import Node


class QueryMarker:
    """A query as it was typed, which looks at text alone, whichever engine found it."""

    def __init__(self, query: str) -> None:
        self._parsed = parse(query)
        self._marker = Marker(self._tree)

    def highlight(self, article: Article, budget_ms: int | None = None) -> Highlights:
        """The matches in a whole article, as far as they are found in so many milliseconds."""
        return self._marker.highlight(article, TimeBudget.start(budget_ms).check)

    def _tree(self, languages: Sequence[str]) -> Node:
        return of_weight(self._parsed, dict.fromkeys(languages, 1))
