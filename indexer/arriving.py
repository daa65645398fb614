"""What comes to an archive by itself, as methods of `Archive`: news that is followed, translations by machines; and
what is added to each article on its way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from signal import raise_signal
from typing import TYPE_CHECKING, Unpack, cast

from indexer.arguments import number_of, one_of
from indexer.asking import Asking
from indexer.config import Config
from indexer.search.options import SearchOptions
from indexer.search.request import Match, SearchRequest
from indexer.search.signature import with_options
from indexer.writing import Steps

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.engines.base import Engine
    from indexer.follow.lock import FollowLock
    from indexer.follow.report import FollowReport, SourceStatus
    from indexer.ingest.pipeline import Interrupted
    from indexer.translation.report import TranslationListener, TranslationReport, TranslationStats
    from indexer.writing import Change, Enrich, Writable


class Arriving(Asking):
    """The methods. What they stand on is of `Archive`."""

    config: Config
    _timeout: float

    if TYPE_CHECKING:

        @property
        def engine(self) -> Engine: ...  # noqa: D102  # as the rest, of `Archive`

        @property
        def place(self) -> str: ...  # noqa: D102

        @property
        def _writable(self) -> Writable: ...

        @with_options
        def request(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> SearchRequest: ...  # noqa: D102

        def _check_open(self) -> None: ...

        def _amend(self, ids: list[str], change: Change, *, insist: bool) -> int: ...

    def follow(
        self,
        sources: str | Iterable[str] = (),
        *,
        now: bool = False,
        told: Callable[[SourceStatus], None] | None = None,
        interrupted: Interrupted = "raise",
    ) -> FollowReport:
        """One round over the feeds, news sitemaps and folders of the configured sources: what is new in those that are
        due is read into the archive, in one commit.

        Ctrl-C ends it: what was read so far is committed.

        Args:
            sources: the names of those that are followed; none are all.
            now: whether to ask all of them, due or not, those that are gone too.
            told: called with each feed when the round is done with it.
            interrupted: whether a round that was stopped raises, or returns a report that says so.

        Raises:
            UsageError: there is no such source, or nothing is followed.
            IndexLocked: another process follows or writes, after the `timeout` the archive was opened with.
            KeyboardInterrupt: the round was stopped.
        """
        from indexer.follow.rounds import Round  # brings the client and the readers' libraries

        self._check_open()
        one_of("interrupted", interrupted, ("raise", "report"))
        one = Round(self.config, _names(sources), now=now, told=told)
        with self._following(), self._enriching() as enrich:
            report = one.run(self._writable, enrich)
        self.engine.refresh()
        if interrupted == "raise" and report.build.signal is not None:
            raise_signal(report.build.signal)
        return report

    def follow_on(
        self,
        sources: str | Iterable[str] = (),
        *,
        finished: Callable[[FollowReport], None],
        waits: Callable[[str], None],
        now: bool = False,
        told: Callable[[SourceStatus], None] | None = None,
    ) -> int:
        """Rounds like `follow`, each when something is due, until a signal ends them; returns its number.

        Args:
            sources: as for `follow`.
            finished: called with the report of each round.
            waits: called with the reason where a round waits for another writer.
            now: whether the first round asks all of them.
            told: as for `follow`.

        Raises:
            UsageError: there is no such source, or nothing is followed.
            IndexLocked: another process follows, after the `timeout` the archive was opened with.
        """
        from indexer.follow.running import follow_on
        from indexer.patience import Patient

        self._check_open()
        patient = Patient(self.engine, self._timeout)
        with self._following(), self._enriching() as enrich:
            return follow_on(
                self.config,
                patient,
                enrich,
                _names(sources),
                now=now,
                told=told,
                finished=finished,
                waits=waits,
            )

    @with_options
    def translate(
        self,
        query: str | SearchRequest = "",
        *,
        limit: int | None = None,
        again: bool = False,
        dry_run: bool = False,
        progress: TranslationListener | None = None,
        interrupted: Interrupted = "raise",
        **options: Unpack[SearchOptions],
    ) -> TranslationReport:
        """Have articles translated that want it, as `[translation]` of the configuration says, the newest first.

        A translation is no new version of an article. What an engine has translated once is not asked again, and what
        is stopped, or killed, goes on with the next call.

        Args:
            query: only among the articles that this and the options match.
            limit: at most so many articles.
            again: also articles that another engine has translated, or another version of this one.
            dry_run: only count.
            progress: called now and then with how far it is.
            interrupted: whether Ctrl-C raises, or ends it with a report that says so.

        Raises:
            UsageError, ConfigError: no engine is configured, or it is not on this machine.
            IndexLocked: another process still writes or translates this archive after the `timeout` it was opened with.
        """
        from indexer.engines.shared.writing.batch_writer import cores
        from indexer.patience import patiently
        from indexer.translation.candidates import translated_from
        from indexer.translation.running import Run, Task, alone

        one_of("interrupted", interrupted, ("raise", "report"))
        config = self.config.translation
        task = Task(
            replace(self.request(query, **options), match=Match.ALL),
            translated_from(self.engine.stats().languages, config),
            limit=None if limit is None else number_of("limit", limit),
            again=again,
            threads=self.config.engine.processes or cores(),
        )
        run = Run(cast("Archive", self), config, Path(self.place), self._amend, progress)
        if dry_run:
            return run.count(task)
        with patiently(lambda: alone(Path(self.place)), self._timeout):
            report = run.run(task)
        if report.signal is not None and interrupted == "raise":
            raise_signal(report.signal)
        return report

    def translation_stats(self) -> TranslationStats:
        """What the archive has of machine translations; it looks at every article in a language that is translated."""
        from indexer.translation.candidates import statistics

        return statistics(
            cast("Archive", self), self.engine.stats().languages, self.config.translation, Path(self.place)
        )

    @contextmanager
    def _enriching(self, entities: bool | None = None) -> Iterator[Enrich | None]:
        """What is added to articles that are taken in. Names are found before translating, which is checked by them."""
        found = self._enrich(entities)
        translation = self.config.translation
        if not (translation.with_build and translation.engine):
            yield found
            return
        from indexer.translation.enrich import TranslationEnrich

        with closing(TranslationEnrich(translation, Path(self.place))) as translate:
            yield translate if found is None else Steps((found, translate))

    def _enrich(self, wanted: bool | None = None) -> Enrich | None:
        if not (self.config.entities.enabled if wanted is None else wanted):
            return None
        from indexer.entities.enrich import EntityEnrich  # the taggers' modules are of no use to a search

        return EntityEnrich(self.config.entities)

    def _following(self) -> FollowLock:
        from indexer.follow.lock import FollowLock
        from indexer.patience import patiently

        return patiently(lambda: FollowLock(self.config.archive.index), self._timeout)


def _names(sources: str | Iterable[str]) -> list[str]:
    return [sources] if isinstance(sources, str) else list(sources)
