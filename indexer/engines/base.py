"""The boundary between the product and a search engine: a small protocol.

Its docstrings, and those of `indexer.writing`, are the law that the contract tests (`tests/engines/`) hold on every
engine. Nothing above this module knows which engine answers; nothing below it knows of URLs, HTML or the command line.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, Protocol

from indexer.article import Article, EntityKind
from indexer.entities.corrections import Corrections
from indexer.search.request import SearchRequest
from indexer.search.results import (
    ArchiveStats,
    CheckReport,
    FacetPage,
    Hit,
    JoinedName,
    SearchResults,
    Suggestion,
    WordCounts,
)
from indexer.search.significance import SignificantTerms
from indexer.writing import Enrich, IndexWriter, Prepare


class Engine(Protocol):
    """One open index: a reader pinned to a generation, and the way to a writer.

    Safe to share between threads for reading. Every method may raise `IndexCorrupt` or `EngineUnavailable`.
    """

    @property
    def generation(self) -> int:
        """The number of the commit this reader sees; grows with every commit."""
        ...

    @property
    def identity(self) -> str:
        """What names the commit this reader sees: no other commit has it, of this archive or of one that took its
        place; "" while there is none."""
        ...

    @property
    def lost(self) -> str:
        """What is known of a newer state that was committed and cannot be read, in a sentence; "" of none. Every answer
        then has the warning `older-state`."""
        ...

    @property
    def rules(self) -> Corrections:
        """The archive's corrections, as this reader applies them. They may differ from what the file says now."""
        ...

    def check_rules(self, rules: Corrections) -> None:
        """Refuse corrections that this engine cannot apply.

        Raises:
            ConfigError: it cannot apply one, which is named.
        """
        ...

    def refresh(self) -> bool:
        """Move to the generation that is there now, newer or not, if it is another one; returns whether it did. Cheap
        enough for every request.

        Raises:
            NoIndex: there was one, and none is there any more.
            IndexFormatMismatch: another version built it.
        """
        ...

    def check_format(self) -> None:
        """Raise IndexFormatMismatch if another version built what is there: `stored` and `rebuild` alone can use it."""
        ...

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        - Score: BM25F (k1 1.2, b 0.75, `shared.search.ranking`) with the weights in `fields.py`, a sum over the words
          of the query. A word counts in the fields asked for, the length of an article is always that of all its text.
          A phrase or nearness scores as its words wherever it matches; a pattern the weight of the best field it
          matches in; all else nothing. Ties newer, then id.
        - What explains a hit (`Share`) adds up to its score.
        - A query of words alone finds the articles with all of them where at least a page of the archive has them, else
          those with some; `request.match` may ask for either. Function words of its language need not match and
          weigh nothing beside others; a repeated word counts twice. Filters have no part in that: see `matching`.
        - Values of one filter OR, filters AND, exclusions remove, `MISSING` selects what has no value.
        - A filter value is a label, or the labels that equal it but for case and accents where it is none itself; the
          answer's `request` has these. One that equals no label finds nothing, and the nearest label is named in a
          warning (`perhaps-value`).
        - With few hits `did_you_mean` is the nearest spelling that has hits under the filters: one edit before two, the
          first letter kept before changed, then the more frequent; inflections are one word.
        - `total` and facet counts are exact; each facet ignores its own selection; a value with count N gives N hits
          when chosen; chosen values are listed even at 0, first the most frequent, then A-Z.
        - The date facet has a bucket for every period between the first and the last match, empty ones included, but
          not beyond `request.dates`; days, months or years by the span of those.
        - An entity that a tagger found fewer than `min_mentions` times, and in the body alone, is searchable
          (`person:`) but neither counted nor chosen by filters, unless the request wants `all_mentions`.
        - Spellings that surely mean one person, organisation or place (`entities.variants`) are one value,
          under the most frequent of them; each of them finds it.
        - A short name, as a family name alone, is the value of the one whom nearly all articles mean that give the name
          in full (`entities.short_names`), unless `join_family_names` is off.
        - The corrections beside the index (`entities.toml`) apply to what is indexed and to what comes: names that are
          merged, renamed, ignored, retyped, added to the articles of a query and split by queries, and sources that are
          merged and renamed. The queries of corrections see names as they are before any is added or split. Without the
          file all is as it was.
        - Every hit can be reached by page or cursor, and none comes twice.
        - With `group`, near-duplicates among the matches are one hit, the first in the order asked for, which says how
          many others there are; `stories` counts such hits, while `total` and facets still count articles.
        - The query is parsed once, and the answer carries the tree that was run; so does that of `facet_values`.

        Raises:
            QueryTooExpensive: refused by the parser's limits.
            UsageError: an unknown facet or filter field, or a cursor that is not ours.
            SearchTimeout: `budget_ms` was used up.
        """
        ...

    def top(self, request: SearchRequest) -> tuple[Hit, ...]:
        """The hits of the page that a request asks for, and nothing else: those that `search` has, in the same order
        and with the same scores, without snippets. Facets are neither counted nor checked.

        Raises:
            QueryTooExpensive, UsageError, SearchTimeout: as `search`.
        """
        ...

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """Whole articles in the order asked for; None where there is none."""
        ...

    def as_stored(self, id: str) -> Article | None:
        """One whole article with the names that it came with, before corrections; None where there is none."""
        ...

    def facet_values(
        self,
        request: SearchRequest,
        field: str,
        *,
        contains: str = "",
        order: Literal["count", "name"] = "count",
        offset: int = 0,
        limit: int = 50,
    ) -> FacetPage:
        """All values of a facet under a search (its own selection ignored), paged; `contains` searches in them."""
        ...

    def significant_terms(self, request: SearchRequest, size: int) -> SignificantTerms:
        """What is said more in the hits of a search than in the rest of the archive, at most `size` words and names.

        - The hits are those that `search` finds, articles one by one, whatever the page and the order asked for. The
          10,000 best are looked at where there are more, and all that tie with the last of them; the answer says how
          many. All other articles of the archive are the rest.
        - A word is what a query of it finds, in all its forms; it is shown as the hits write it most often. Shares are
          of the articles in its language, and of those that a machine translated if any is in that language. Function
          words, numbers, single letters, addresses, parts of compounds of two letters, words of scripts without spaces
          and words of the query or of a chosen value are none.
        - A name is a person, organisation or place as facets have it and count it. None is made of such words alone,
          and none is of a kind by which the request chooses already. Of names that equal but for case and accents one
          is listed; of words that are part of a listed name those that more than five times as many hits have.
        - Listed is what at least 3 of the hits have, 2 of fewer than 20, a share at least 1.5 times that of the rest,
          with a log-likelihood ratio (Dunning 1993) of 10.83 or more: first the greatest, then A-Z.
        - Counts are exact: where all hits were looked at, a word or name counted N gives N hits when it narrows the
          search (`SignificantTerms.narrowed`). Which words are counted is learnt by reading the hits, of many 100 from
          all over them, of long articles the beginning, and by what is known of these words: one that few hits have may
          be missed.

        Raises:
            QueryTooExpensive, UsageError, SearchTimeout: as `search`.
        """
        ...

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """Every matching article, whole, in index order (sort ignored), in memory of fixed size."""
        ...

    def percolate(self, requests: Sequence[SearchRequest], ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Which of some articles each request finds: for each request their ids, in the order of `ids`.

        - They are those that `search` finds with that request in the whole archive, but for one difference: of a query
          of plain words an article must have every word of weight, unless `Match.BEST` says outright that some are
          enough. Whether an article is found then depends on nothing but the archive's languages and names.
        - Order, pages, cursors, facets, groups and spelling play no part.
        - Ids of no article, and of withdrawn ones, are in no answer; an id that is given twice is where it was first.
        - A request that `search` refuses (`shared.search.parsing.check_request` says so before), or whose own
          `budget_ms` is used up, finds nothing, and the log says why; the others are answered. Without `budget_ms` a
          request has all the time it needs.
        """
        ...

    def stored(self) -> Iterator[Article]:
        """Every article, withdrawn ones too, whole and as it is stored, whatever version built the archive.

        Raises:
            NoIndex: nothing was built yet.
        """
        ...

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """Entities, sources and titles that begin with or contain the typed words, most frequent first."""
        ...

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        """The names that are shown under the one that `name` is shown by, since they surely mean the same or are short
        for it, not by a correction; each with its number of articles, the most frequent first, then A-Z."""
        ...

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """Articles most like the one named, itself left out, best first.

        Raises:
            NotFound: no such article.
        """
        ...

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        """In how many of the articles that a request finds each index term (`analysis.index_terms`) is, in the title or
        in the body, whichever has it in more; and how many articles the request finds. Copies count one by one.

        Raises:
            QueryTooExpensive: refused by the parser's limits.
        """
        ...

    def copies(self, id: str) -> list[Hit]:
        """The other articles that tell the same story in nearly the same words (`near_duplicates`), oldest first.

        Raises:
            NotFound: no such article.
        """
        ...

    def stats(self) -> ArchiveStats:
        """What the archive holds."""
        ...

    def check(self) -> CheckReport:
        """Read every file and verify its checksum and structure."""
        ...

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> IndexWriter:
        """Open the writer.

        Raises:
            IndexLocked: another process has it.
        """
        ...

    def optimize(self) -> None:
        """Merge everything into as few segments as can be, dropping deleted articles."""
        ...

    def rebuild(self, enrich: Enrich | None = None) -> int:
        """Index what is stored again, in one commit; returns how many articles there are.

        Articles keep all that the archive holds of them: versions, notes of withdrawal, when they came, and their
        entities unless `enrich` finds them anew. Readers see the old generation until it is done, and it stands if it
        is not. An archive of an earlier version is one of this version afterwards.

        Raises:
            NoIndex: nothing was built yet.
            IndexLocked: another process is writing.
        """
        ...

    def close(self) -> None:
        """Release files, connections and processes. Calling it twice is harmless."""
        ...
