"""A round: what is due is asked, what is new in it read, all of it given to the archive in one commit, and remembered.

Documents come from `fetching` in any order. An entry that has no whole text waits for its page. An entry is remembered
as seen when the archive has it, never before.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.addresses import shown
from indexer.config import Config
from indexer.follow import schedule
from indexer.follow.answers import NONE, Answer, Validators
from indexer.follow.fetching import Fetching, Wanted
from indexer.follow.folders import FolderReading
from indexer.follow.reading import Entry, Unreadable, alone, listing, with_page
from indexer.follow.report import FollowReport, SourceStatus
from indexer.follow.schedule import Followed
from indexer.follow.spool import Spool
from indexer.follow.state import Changes, FeedState, Remembered, State
from indexer.ingest.pipeline import take
from indexer.ingest.raw import RawArticle
from indexer.ingest.report import BuildReport
from indexer.ingest.stopping import Stopping
from indexer.rejection import Reject
from indexer.writing import Enrich, Writable

MOST_TRIES = 3  # of a page that cannot be had now; then its entry is taken as the feed has it
Told = Callable[[SourceStatus], None]


@dataclass(slots=True)
class _Feed:
    """One feed in the round: what was known, what it says now."""

    each: Followed
    state: FeedState
    seen: dict[str, Remembered] = field(default_factory=dict)
    done: list[Remembered] = field(default_factory=list)
    answer: Answer | None = None
    new: int = 0
    pages: int = 0  # that are under way
    waiting: int = 0


class Round:
    """One round over what is due, or over all with `now`."""

    def __init__(
        self, config: Config, names: Sequence[str] = (), *, now: bool = False, told: Told | None = None
    ) -> None:
        self._config = config
        self._told = told
        self._all = schedule.followed(config.sources, names)
        self._named = bool(names)
        self._now = now
        self._state = State(config.archive.index)
        self._changes = Changes()
        self._read: set[str] = set()
        self._pages = 0
        self._unchanged = 0
        self._requests = 0
        self._began = time.time()

    def run(self, engine: Writable, enrich: Enrich | None = None) -> FollowReport:
        """Ask, read, commit, remember.

        Raises:
            IndexLocked: another process is writing; what was read is read again in the next round.
            StateError: what is remembered cannot be used.
        """
        if not self._named:
            self._state.keep_only(each.key for each in self._all)
        states = self._state.feeds()
        feeds = [_Feed(each, schedule.state_of(each, states)) for each in self._all]
        due = [feed for feed in feeds if self._now or schedule.due(feed.state, self._began)]
        spool = Spool()
        try:
            signal = self._gather(due, spool)
            build = self._commit(spool, engine, enrich)
        finally:
            spool.close()
        if signal is not None:
            build = replace(build, interrupted=True, signal=signal)
        self._state.save(self._changes)
        return self._report(build, {feed.each.key: feed.state for feed in feeds})

    def _gather(self, due: list[_Feed], spool: Spool) -> int | None:
        """Put what is new into the spool; returns the signal that ended it before its end."""
        with Stopping() as stopping:
            items = self._items(due)
            for item in stopping.items(items):
                spool.add(item)
            items.close()
        if stopping.asked:
            for feed in due:
                if feed.answer is not None:  # its pages are not all there
                    self._finish(feed)
        return stopping.signal

    def _commit(self, spool: Spool, engine: Writable, enrich: Enrich | None) -> BuildReport:
        if not len(spool) and not (self._read and self._rejects_of_before()):
            return BuildReport()
        return take(spool.items(), engine, self._config, read_again=self._read.__contains__, enrich=enrich)

    def _rejects_of_before(self) -> bool:
        from indexer.ingest.rejects import read_rejects

        return any(record.get("path") in self._read for record in read_rejects(self._config.archive.index))

    def _items(self, due: list[_Feed]) -> Generator[RawArticle | Reject, None, None]:
        for feed in due:
            if feed.each.kind == "folder":
                yield from self._folder(feed)
        asked = [feed for feed in due if feed.each.kind != "folder"]
        if not asked:
            return
        with Fetching(self._config, self._state.hosts()) as fetching:
            try:
                for feed in asked:
                    fetching.want(_wanted(feed))
                for wanted, answer in fetching.answers():
                    feed, entry = wanted.about
                    if entry is None:
                        yield from self._feed(feed, answer, fetching)
                    else:
                        yield from self._page(feed, entry, answer)
            finally:
                self._requests = fetching.requests
                self._changes.hosts = fetching.changed()

    def _folder(self, feed: _Feed) -> Iterator[RawArticle | Reject]:
        folder, source = feed.each.address, feed.each.source
        if not Path(folder).exists():
            self._fail(feed, Answer(folder, problem="There is no such folder."))
            return
        reading = FolderReading(folder, source, self._config, self._state.files(*feed.each.key))
        for item in reading:
            feed.new += isinstance(item, RawArticle)
            yield item
        self._read.update(reading.read)
        self._changes.files.append((*feed.each.key, reading.files))
        self._unchanged += not reading.read
        self._settle(feed, schedule.succeeded(feed.state, feed.each.every, self._began))

    def _feed(self, feed: _Feed, answer: Answer, fetching: Fetching) -> Iterator[RawArticle | Reject]:
        if answer.unchanged:
            self._unchanged += 1
            state = schedule.succeeded(feed.state, feed.each.every, self._began, answer)
            self._settle(feed, replace(state, reason=_moved(state.moved)))
            return
        if answer.problem:
            self._fail(feed, answer)
            return
        try:
            found = listing(answer, feed.each.source, self._config.ingest)
        except Unreadable as why:
            self._fail(feed, replace(answer, problem=str(why)))
            return
        self._read.update((feed.each.name, shown(answer.address)))
        yield from found.rejects
        feed.answer = replace(answer, validators=NONE) if found.cut else answer
        feed.seen = self._state.entries(*feed.each.key)
        feed.state = replace(feed.state, reason=found.remark)
        for entry in found.entries:
            yield from self._entry(feed, entry, fetching)
        if not feed.pages:
            self._finish(feed)

    def _entry(self, feed: _Feed, entry: Entry, fetching: Fetching) -> Iterator[RawArticle | Reject]:
        known = feed.seen.get(entry.key)
        if known is not None and known.print == entry.print:
            feed.done.append(replace(known, listed=self._began))
        elif entry.whole or not feed.each.source.full_text:
            yield self._taken(feed, entry, alone(entry))
        elif self._pages >= self._config.follow.pages_per_round:
            feed.waiting += 1
        else:
            self._pages += 1
            feed.pages += 1
            kept = Validators(known.etag, known.modified) if known is not None else NONE
            fetching.want(Wanted(entry.address, kept, feed.each.source.private, (feed, entry)))

    def _page(self, feed: _Feed, entry: Entry, answer: Answer) -> Iterator[RawArticle | Reject]:
        feed.pages -= 1
        known = feed.seen.get(entry.key)
        before = known or Remembered(entry.key, "", self._began)
        tries = before.tries + 1
        item = None if answer.problem or answer.unchanged else with_page(entry, answer)
        if answer.passing and tries < MOST_TRIES:
            feed.waiting += 1
            feed.done.append(replace(before, listed=self._began, tries=tries))
        elif item is not None:
            self._read.add(item.origin.path)
            yield self._taken(feed, entry, item, answer.validators)
        elif before.print and before.tries == 0:  # the archive has the page, which has not changed, or is gone
            feed.done.append(replace(before, print=entry.print, listed=self._began))
        else:
            yield self._taken(feed, entry, alone(entry), tries=MOST_TRIES)
        if not feed.pages:
            self._finish(feed)

    def _taken(
        self, feed: _Feed, entry: Entry, item: RawArticle, kept: Validators | None = None, tries: int = 0
    ) -> RawArticle:
        feed.new += entry.key not in feed.seen or not feed.seen[entry.key].print
        kept = kept or NONE
        feed.done.append(Remembered(entry.key, entry.print, self._began, tries, kept.etag, kept.modified))
        return item

    def _finish(self, feed: _Feed) -> None:
        """All of a feed that can be had in this round is there."""
        answer = feed.answer
        assert answer is not None
        feed.answer = None
        waiting = feed.waiting + feed.pages
        remark = feed.state.reason
        state = schedule.succeeded(feed.state, feed.each.every, self._began, answer)
        if waiting:  # it has to be read again, changed or not
            state = replace(state, etag="", modified="")
        self._changes.entries.append((state, feed.done))
        self._settle(feed, replace(state, waiting=waiting, reason=remark or _moved(state.moved)))

    def _settle(self, feed: _Feed, state: FeedState) -> None:
        seen = self._began if feed.new else state.seen
        self._save(feed, replace(state, new=feed.new, seen=seen))

    def _fail(self, feed: _Feed, answer: Answer) -> None:
        self._save(feed, schedule.failed(feed.state, feed.each.every, self._began, answer))

    def _save(self, feed: _Feed, state: FeedState) -> None:
        feed.state = state
        self._changes.feeds.append(state)
        if self._told is not None:
            self._told(SourceStatus.of(state, private=feed.each.source.private))

    def _report(self, build: BuildReport, states: dict[tuple[str, str], FeedState]) -> FollowReport:
        now = {(state.source, state.address): state for state in self._changes.feeds}
        asked = tuple(
            SourceStatus.of(now[each.key], private=each.source.private) for each in self._all if each.key in now
        )
        next_due = [state.due for state in states.values() if not state.gone]
        return FollowReport(
            build=build,
            feeds=asked,
            unchanged_feeds=self._unchanged,
            pages=self._pages,
            requests=self._requests,
            seconds=time.time() - self._began,
            due=SourceStatus.of(FeedState("", "", "feed", due=min(next_due))).due if next_due else None,
        )


def _wanted(feed: _Feed) -> Wanted:
    state = feed.state
    kept = Validators(state.etag, state.modified)
    return Wanted(state.moved or feed.each.address, kept, feed.each.source.private, (feed, None))


def _moved(address: str) -> str:
    return f"It has moved to {address}; write that into the configuration." if address else ""
