"""Translating what an archive holds: over its articles, newest first, into the archive in commits.

In: an archive, a request and what is wanted. Out: a report. Threads ask the engine, whose processes or service do the
work; translations are kept as they come, and are written to the index when there are enough of them, under a lock that
is held for that moment alone. What is killed goes on where it was: nothing that is kept is asked again.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from indexer.article import Article, Translation
from indexer.config import TranslationConfig
from indexer.errors import IndexLocked
from indexer.ingest.stopping import Stopping
from indexer.process_lock import ProcessLock
from indexer.reading import Reading
from indexer.search.request import SearchRequest
from indexer.translation.base import NoPair, TranslationFailed, is_of_text
from indexer.translation.candidates import chosen, count, narrowed, newest_first
from indexer.translation.kept import Kept
from indexer.translation.report import TranslationListener, TranslationProgress, TranslationReport
from indexer.translation.survivors import Lost, lost
from indexer.translation.texts import has_translation, translation_of, wanted

# A commit makes a segment: enough articles for one, or what has come in so many seconds.
COMMIT_ARTICLES = 1_000
COMMIT_SECONDS = 60.0
# So many translations wait for an archive that another process writes before this one insists on its turn.
MOST_WAITING = 20_000
# So many failures on end, and the run is given up: of the engine itself, and of texts.
GIVE_UP_UNREACHABLE = 3
GIVE_UP_TEXTS = 25
LOCK = "translations"
PROGRESS_EVERY = 0.25  # seconds
WAIT = 0.2  # seconds without an answer, after which signals and progress have their turn
_QUEUE = 4  # texts for each thread

Text = tuple[str, str, str, str | None]


class Writing(Protocol):
    """How translations get into the archive."""

    def __call__(self, ids: list[str], change: Callable[[Article], Article], *, insist: bool) -> int:
        """Commit articles as `change` makes them; returns how many were changed.

        Raises:
            IndexLocked: another process is writing, and still is, if this one is to `insist`, after a while.
        """
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """What a run is to do; `limit` is of articles, `again` also translates what other engines have translated."""

    request: SearchRequest
    languages: list[str]
    limit: int | None = None
    again: bool = False
    threads: int = 1


@dataclass
class _Tally:
    """The running totals."""

    wanted: int = 0
    translated: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    without_pair: Counter[str] = field(default_factory=Counter)
    advice: dict[str, str] = field(default_factory=dict)
    changed: int = 0
    lost: Lost = field(default_factory=Lost)
    stopped: str = ""
    unreachable: int = 0
    unlucky: int = 0

    def over(self) -> bool:
        """Whether the run was given up."""
        return bool(self.stopped)

    def fail(self, error: Exception) -> None:
        """Count a failure; too many on end stop the run."""
        self.failures[str(error)] += 1
        self.unlucky += 1
        self.unreachable += not is_of_text(error)
        if self.unreachable >= GIVE_UP_UNREACHABLE or self.unlucky >= GIVE_UP_TEXTS:
            self.stopped = str(error)

    def succeed(self) -> None:
        """Whatever failed before, it works."""
        self.unreachable = self.unlucky = 0

    def miss(self, pair: NoPair, articles: int = 1) -> None:
        """Count articles in a language that the engine does not have."""
        name = f"{pair.source}-{pair.target}"
        self.without_pair[name] += articles
        self.advice[name] = str(pair)


class Run:
    """One run over an archive."""

    def __init__(
        self,
        archive: Reading,
        config: TranslationConfig,
        directory: Path,
        write: Writing,
        progress: TranslationListener | None,
    ) -> None:
        self._archive = archive
        self._config = config
        self._directory = directory
        self._write = write
        self._progress = progress
        self._tally = _Tally()
        self._keepers: list[Kept] = []
        self._free: deque[Kept] = deque()
        self._waiting: dict[str, tuple[Text, Translation]] = {}
        self._began = self._committed = time.monotonic()
        self._told = 0.0
        self._seen = self._total = 0

    def run(self, task: Task) -> TranslationReport:
        """Translate.

        Raises:
            UserError, StateError: there is no engine, or another process has the archive to the end.
        """
        try:
            self._keeper()
            with Stopping() as stopping:
                self._go(task, stopping)
            return self._report(stopping.signal)
        finally:
            for kept in self._keepers:
                kept.close()

    def count(self, task: Task) -> TranslationReport:
        """What there is to translate; nothing is asked of an engine but which languages it has."""
        try:
            kept = self._keeper()
            words = 0
            for article, _ in self._wanted(task, self._paired(task, kept), kept):
                whole = article.body if self._config.what == "all" else ""
                words += sum(len(text.split()) for text in (article.title, article.summary, whole))
            report = self._report(None)
        finally:
            for each in self._keepers:
                each.close()
        return replace(report, words=words)

    def _go(self, task: Task, stopping: Stopping) -> None:
        """Have threads translate what is wanted, and write what they bring."""
        first = self._keepers[0]
        self._free.append(first)
        self._free.extend(self._keeper() for _ in range(1, task.threads))
        languages = self._paired(task, first)
        if self._tally.over():
            return
        running: dict[Future[Translation], Article] = {}
        pool = ThreadPoolExecutor(task.threads, "translate")
        try:
            for article, target in stopping.items(self._wanted(task, languages, first)):
                running[pool.submit(self._translated, article, target)] = article
                self._collect(running, task.threads * _QUEUE)
                if self._tally.over():
                    break
            while running:
                self._collect(running, 0)
        finally:
            pool.shutdown(wait=not running, cancel_futures=True)
        self._commit(insist=True)

    def _collect(self, running: dict[Future[Translation], Article], most: int) -> None:
        """Take what is done, until no more than so many articles are being worked at."""
        while True:
            done, _ = wait(running, WAIT if len(running) > most else 0, FIRST_COMPLETED)
            for future in done:
                self._take(running.pop(future), future)
            self._tell(len(running))
            if len(running) <= most:
                break
        overdue = time.monotonic() - self._committed >= COMMIT_SECONDS
        if len(self._waiting) >= COMMIT_ARTICLES or (overdue and self._waiting):
            self._commit(insist=len(self._waiting) >= MOST_WAITING)

    def _take(self, article: Article, future: "Future[Translation]") -> None:
        try:
            translation = future.result()
        except NoPair as pair:
            self._tally.miss(pair)
        except TranslationFailed as error:
            self._tally.fail(error)
        else:
            self._tally.succeed()
            self._tally.lost += lost(article, translation)
            self._waiting[article.id] = _text(article), translation

    def _translated(self, article: Article, target: str) -> Translation:
        """In a thread: the translation of an article by an engine of its own."""
        kept = self._free.popleft()
        try:
            return translation_of(article, target, self._config, kept)
        finally:
            self._free.append(kept)

    def _commit(self, *, insist: bool) -> None:
        """Write what waits, unless another process is writing."""
        if not self._waiting:
            return
        self._committed = time.monotonic()
        waiting = self._waiting

        def change(article: Article) -> Article:
            text, translation = waiting[article.id]
            return article.with_translation(translation) if _text(article) == text else article

        try:
            written = self._write(list(waiting), change, insist=insist)
        except IndexLocked:
            if insist:
                raise
            return
        self._tally.translated += written
        self._tally.changed += len(waiting) - written
        self._waiting = {}

    def _paired(self, task: Task, kept: Kept) -> list[str]:
        """The languages of a task that the engine has; articles in others are counted."""
        found: list[str] = []
        for language in chosen(task.request, task.languages):
            try:
                kept.check(language, self._config.into[0])
                found.append(language)
            except NoPair as pair:
                articles = count(self._archive, narrowed(task.request, [language]))
                if articles:
                    self._tally.wanted += articles
                    self._tally.miss(pair, articles)
            except TranslationFailed as error:
                self._tally.stopped = str(error)
                return []
        return found

    def _wanted(self, task: Task, languages: list[str], kept: Kept) -> Iterator[tuple[Article, str]]:
        """The articles that want a translation, each with the language."""
        if not languages:
            return
        request = narrowed(task.request, languages)
        self._total = count(self._archive, request)
        made_by = kept.translator.name, kept.translator.version
        taken = 0
        for article in newest_first(self._archive, request):
            self._seen += 1
            target = wanted(article, self._config)
            if target is None:
                continue
            there = article.translation
            is_new = not task.again or (there is not None and (there.engine, there.version) == made_by)
            if is_new and has_translation(article, target, self._config):
                continue
            if task.limit is not None and taken >= task.limit:
                return
            taken += 1
            self._tally.wanted += 1
            yield article, target

    def _keeper(self) -> Kept:
        self._keepers.append(Kept.open(self._config, self._directory))
        return self._keepers[-1]

    def _tell(self, running: int) -> None:
        now = time.monotonic()
        if self._progress is None or now - self._told < PROGRESS_EVERY:
            return
        self._told = now
        words = sum(kept.work.asked + kept.work.known for kept in self._keepers)
        self._progress(TranslationProgress(max(0, self._seen - running), self._total, words, now - self._began))

    def _report(self, signal: int | None) -> TranslationReport:
        tally = self._tally
        engine = self._keepers[0].translator
        return TranslationReport(
            wanted=tally.wanted,
            translated=tally.translated,
            failed=tally.failures.total(),
            failures=dict(tally.failures.most_common()),
            without_pair=dict(tally.without_pair.most_common()),
            advice=tally.advice,
            changed=tally.changed,
            words=sum(kept.work.asked for kept in self._keepers),
            words_kept=sum(kept.work.known for kept in self._keepers),
            numbers_lost=tally.lost.numbers,
            addresses_lost=tally.lost.addresses,
            names_lost=tally.lost.names,
            engine=engine.name,
            version=engine.version,
            into=next(iter(self._config.into), ""),
            seconds=time.monotonic() - self._began,
            stopped=tally.stopped,
            signal=signal,
        )


def alone(directory: Path) -> ProcessLock:
    """The right of one run alone, taken: two at once would ask the engine for the same texts.

    Raises:
        IndexLocked: another process is translating.
        StateError: the directory cannot be written.
    """
    return ProcessLock(directory, LOCK, _refusal, make=True)


def _refusal(directory: Path, _: object) -> str:
    return f"Another process is translating the articles of {directory}. Let it finish, or wait for it with --wait."


def _text(article: Article) -> Text:
    """What a translation is of."""
    return article.title, article.summary, article.body, article.language
