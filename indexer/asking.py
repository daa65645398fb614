"""What an archive is asked beside searches, as methods: `Archive` has them, and so do its command line and its API.

Each is one call of `browsing`, `trends`, `volume` or `receipts`; what it answers has `to_dict()`, their JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Unpack

from indexer.article import Article
from indexer.browsing.profiles import ARTICLES, VALUES
from indexer.errors import NotFound
from indexer.search.options import SearchOptions
from indexer.search.request import Period, SearchRequest
from indexer.search.signature import with_options

if TYPE_CHECKING:
    from indexer.batch.rows import BatchRow
    from indexer.browsing.calendar import Calendar
    from indexer.browsing.differences import Differences
    from indexer.browsing.languages import Languages
    from indexer.browsing.narrowing import Narrowing
    from indexer.browsing.profiles import Profile
    from indexer.browsing.sources import Sources
    from indexer.reading import Reading
    from indexer.receipts.comparison import ReceiptComparison, ReceiptsComparison
    from indexer.receipts.receipt import Receipt
    from indexer.search.results import Hit
    from indexer.threads.thread import Thread
    from indexer.timeline import Interval
    from indexer.trends import Trends
    from indexer.volume import Volume


TRENDS = 20  # names, categories and articles that rise
TERMS = 20  # words and names of hits


class Asking:
    """The methods. They are of whatever has those of `Reading`."""

    def other_stories(self: Reading, id: str, size: int = 5) -> list[Hit]:
        """Articles like the one named, as `related`, but each story once, and its own not at all.

        Raises:
            NotFound: there is no such article.
        """
        from indexer.browsing.stories import other_stories

        return other_stories(self, id, size)

    def thread(self: Reading, id: str) -> Thread:
        """How the story of an article goes on: articles of the days around it that share its rare names and words,
        and what they lead to; copies are left out.

        Raises:
            NotFound: there is no such article.
        """
        from indexer.threads.thread import thread_of

        return thread_of(self, id)

    def translations(self: Reading, id: str) -> Languages:
        """The original of an article, or its translations.

        Raises:
            NotFound: there is no such article.
        """
        from indexer.browsing.languages import languages_of

        return languages_of(self, id)

    def sources(self: Reading) -> Sources:
        """The sources that the configuration knows, with what the archive holds of each; and which it holds besides."""
        from indexer.browsing.sources import sources_of

        return sources_of(self)

    def differences(
        self: Reading, id: str, other: str | None = None, *, version: int | None = None, against: int | None = None
    ) -> Differences:
        """An article beside another one, or an earlier version of it beside a later one, sentence by sentence.

        Args:
            id: the article.
            other: the id of another article; None compares two versions of the same.
            version: which version of the article, from 1; None is the newest or, of the same article, the one before.
            against: which version of the other; None is the newest.

        Raises:
            NotFound: there is no such article or version, or nothing to compare it with.
        """
        from indexer.browsing.differences import differing

        left = self.get(id)
        right = left if other is None else self.get(other)
        if other is None and version is None and not left.earlier:
            raise NotFound(f"There is one version of {id!r} only. Name another article to compare it with.")
        before = len(left.earlier) if other is None else None
        return differing(_version(left.versions, version or before), _version(right.versions, against))

    def profile(
        self: Reading, field: str, name: str, *, size: int = ARTICLES, values: int = VALUES, group: bool = False
    ) -> Profile:
        """All about a source, person, organisation or place: when, with whom, how it is spelt, in which sentences.

        Args:
            field: `source`, `person`, `organisation` or `place`.
            name: any spelling of the name.
            size: how many of its newest articles are wanted, 0 to 100.
            values: how many values of each field that it is named with.
            group: whether copies of a story are one among these articles.

        Raises:
            NotFound: no article has it.
            UsageError: there are no profiles of such a field, or a number is out of range.
        """
        from indexer.browsing.profiles import profile

        return profile(self, field, name, size=size, values=values, group=group)

    def trends(
        self: Reading, from_: str | date | None = None, to: str | date | None = None, *, size: int = TRENDS
    ) -> Trends:
        """What rises from one day to another; without them, on the archive's last day.

        At most the last 92 days are looked at.

        Raises:
            NotFound: neither the dates nor the articles say which days.
            UsageError: a date that does not exist.
        """
        from indexer.browsing.window import wanted
        from indexer.trends import trends_between

        days = wanted(self, self.request(from_=from_, to=to).dates)
        return trends_between(self, days.start, days.end, size=size)

    @with_options
    def compare(
        self: Reading, queries: Sequence[str], *, interval: Interval | None = None, **options: Unpack[SearchOptions]
    ) -> Volume:
        """Up to six queries over time, in numbers and as shares of everything that fits the options.

        Raises:
            UsageError: no query or too many, or an option that cannot be.
            QueryTooExpensive: a query is refused.
        """
        from indexer.volume import volume

        return volume(self, queries, self.request(**options), interval)

    @with_options
    def calendar(
        self: Reading,
        period: str | date | Period | None = None,
        query: str | SearchRequest = "",
        **options: Unpack[SearchOptions],
    ) -> Calendar:
        """A search by the months of a year, the days of a month, or by years, and the nearest periods with articles.

        Raises:
            UsageError: not a year, month or day, or an option that cannot be.
        """
        from indexer.browsing.calendar import calendar
        from indexer.timeline import of_day

        if isinstance(period, date):
            period = of_day(period)
        within = Period.parse(period) if isinstance(period, str) else period
        return calendar(self, self.request(query, **options), within)

    @with_options
    def search_batch(
        self: Reading, lines: str | Iterable[str], *, receipts: bool = False, **options: Unpack[SearchOptions]
    ) -> Iterator[BatchRow]:
        """How much there is of each of many queries, one a line: a row for each, as soon as it is answered.

        All words of a line have to be there, unless `match` says otherwise, and none is searched as another spelling.
        Blank lines are no queries, nor are those that begin with `#`. A line that is refused has an `error` in its row.

        Args:
            lines: a text, or its lines.
            receipts: whether each row has a receipt; every article that is found is read for that.

        Raises:
            UsageError: an option that cannot be.
        """
        from indexer.batch import rows

        return rows.search_batch(self, lines, rows.batch_request(self, **options), receipts=receipts)

    @with_options
    def narrowing(self: Reading, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> Narrowing | None:
        """What would narrow a search with more than a thousand hits, and what of it holds the most back; None of one
        with fewer.

        Raises:
            UsageError, QueryTooExpensive: the search cannot be answered.
        """
        from indexer.browsing.narrowing import narrowing

        return narrowing(self, self.search(self.request(query, **options)))

    @with_options
    def receipt(self: Reading, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> Receipt:
        """What a search finds now, as a value whose `token` can be kept and checked later.

        Raises:
            UsageError, QueryTooExpensive: the search cannot be answered, or is too long for a receipt.
        """
        from indexer.receipts import checking

        return checking.issue(self, self.request(query, **options), datetime.now(UTC))

    def check_receipt(self: Reading, token: str) -> ReceiptComparison:
        """What has changed since a receipt was issued.

        Raises:
            UsageError: this is no receipt.
            QueryTooExpensive: its search is refused today.
        """
        from indexer.receipts import checking

        return checking.compare(token, self)

    def compare_receipts(self: Reading, one: str, other: str) -> ReceiptsComparison:
        """What lies between two receipts, in whichever order they are given: new, gone and edited articles.

        Raises:
            UsageError: one of them is no receipt.
            QueryTooExpensive: their search is refused today.
        """
        from indexer.receipts import checking

        return checking.compare_two(one, other, self)


def _version(versions: Sequence[Article], number: int | None) -> Article:
    """A version by its number, from 1; the newest without one.

    Raises:
        NotFound: there is no such version.
    """
    if number is None:
        return versions[-1]
    if not 1 <= number <= len(versions):
        raise NotFound(f"There is no version {number} of {versions[-1].id!r}; it has {len(versions)}, from 1.")
    return versions[number - 1]
