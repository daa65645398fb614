"""What is asked of an archive by who computes something from its answers: trends, profiles, receipts and the like.

`Archive` is one; what is written against this protocol does not import it, and so `Archive` can offer it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, Unpack

from indexer.article import Article, EntityKind
from indexer.search.options import SearchOptions
from indexer.search.request import SearchRequest

if TYPE_CHECKING:
    from indexer.entities.corrections import Corrections
    from indexer.entities.evidence import Evidence
    from indexer.search.results import FacetPage, Hit, JoinedName, SearchResults, Suggestion, WordCounts
    from indexer.sources import Catalogue


class Reading(Protocol):
    """An open archive, as far as it is read. See `Archive` for what each method does and raises."""

    @property
    def generation(self) -> int:
        """The number of the commit that is being read."""
        ...

    @property
    def identity(self) -> str:
        """What names the commit that is being read."""
        ...

    @property
    def rules(self) -> Corrections:
        """The corrections of names and sources, as they are applied."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The sources that the configuration knows."""
        ...

    def request(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> SearchRequest:
        """The request of a query and options, over the configured sizes."""
        ...

    def search(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> SearchResults:
        """The answer to a request."""
        ...

    def top(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> tuple[Hit, ...]:
        """The hits of a request alone."""
        ...

    def facet_values(
        self, field: str, query: str | SearchRequest = "", *, offset: int = 0, limit: int = 50
    ) -> FacetPage:
        """All values of one facet, paged."""
        ...

    def get(self, id: str) -> Article:
        """The whole article of an id."""
        ...

    def get_many(self, ids: Sequence[str]) -> list[Article | None]:
        """Whole articles in the order asked for; None where there is none."""
        ...

    def evidence(self, kind: EntityKind, name: str, articles: int = 40) -> Evidence:
        """How articles that name an entity spell it, and in which sentences."""
        ...

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        """The names of articles that are shown under one, and how many articles have each."""
        ...

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """Entities, sources and titles that begin with or contain a text."""
        ...

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """Articles most like one."""
        ...

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        """In how many of a request's articles each index term is."""
        ...

    def copies(self, id: str) -> list[Hit]:
        """Near-duplicates of one."""
        ...

    def scan(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> Iterator[Article]:
        """Every matching article, whole, in flat memory."""
        ...
