"""Documents of many hosts at once: addresses are handed in, answers come out in the order in which they are there.

The requests run on a loop in a thread of its own; who takes the answers reads them in the main thread, where the time
that one may take is limited. No more documents are held than hosts are asked at once.
"""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from indexer.config import Config
from indexer.follow.addresses import joined
from indexer.follow.answers import NONE, Answer, Known, Validators, is_permanent, is_redirect
from indexer.follow.hosts import ROBOT, Hosts
from indexer.follow.requests import MOST_REDIRECTS, Client
from indexer.version import version


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that is asked for. `about` comes back with the answer."""

    address: str
    validators: Validators = NONE
    private: bool = False
    about: Any = None


def agent(config: Config) -> str:
    """The User-Agent: who we are, and where to complain."""
    contact = config.follow.contact or config.web.base_url
    return f"{ROBOT}/{version()}" + (f" (+{contact})" if contact else "")


class Fetching:
    """The requests of a round; a context manager, whose exit ends those that are under way."""

    def __init__(self, config: Config, known: dict[str, Known]) -> None:
        self._config = config
        self._known = known
        self._answers: SimpleQueue[tuple[Wanted, Answer]] = SimpleQueue()
        self._waiting = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follow", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def requests(self) -> int:
        """How many were sent, those for robots.txt included."""
        return self._hosts.requests

    def changed(self) -> dict[str, Known]:
        """What was learned of hosts."""
        return self._hosts.changed()

    def want(self, wanted: Wanted) -> None:
        """Ask for a document."""
        self._waiting += 1
        self._loop.call_soon_threadsafe(self._begin, wanted)

    def answers(self) -> Iterator[tuple[Wanted, Answer]]:
        """What has been asked for until now, and while this goes on, with what became of it."""
        while self._waiting:
            wanted, answer = self._answers.get()
            self._waiting -= 1
            yield wanted, answer
            if answer.body:
                self._loop.call_soon_threadsafe(self._room.release)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._ended = asyncio.Event()
        self._room = asyncio.Semaphore(self._config.follow.hosts_at_once)
        client = Client(self._config.follow, agent(self._config))
        self._hosts = Hosts(client, self._config.follow, self._known, self._room)
        self._ready.set()
        try:
            await self._ended.wait()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await client.close()
            await self._loop.shutdown_default_executor()

    def _end(self) -> None:
        self._ended.set()

    def _begin(self, wanted: Wanted) -> None:
        task = self._loop.create_task(self._bring(wanted))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring(self, wanted: Wanted) -> None:
        try:
            answer = await self._followed(wanted)
        except Exception as error:  # a fault of ours must not hold up the round: the address is named, the rest goes on
            answer = Answer(wanted.address, problem=f"{type(error).__name__}: {error}", passing=True)
        self._answers.put((wanted, answer))

    async def _followed(self, wanted: Wanted) -> Answer:
        """The answer at the end of the redirects."""
        address, lasting, for_good = wanted.address, "", True
        seen = {address}
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._hosts.ask(address, wanted.validators, private=wanted.private)
            if not is_redirect(answer):
                return replace(answer, asked=wanted.address, address=address, moved=lasting)
            for_good = for_good and is_permanent(answer)
            address = joined(address, answer.moved) if answer.moved else ""
            if not address or address in seen:
                what = "in a circle" if address else "nowhere"
                return Answer(wanted.address, address, answer.status, problem=f"It redirects {what}.")
            seen.add(address)
            lasting = address if for_good else lasting
        return Answer(wanted.address, address, answer.status, problem=f"It redirects more than {MOST_REDIRECTS} times.")
