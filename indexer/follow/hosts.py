"""Manners towards hosts: one request at a time, a pause between two, robots.txt, and silence where it is asked for.

A host is its name and port. What robots.txt says is kept for a day, and remembered beyond the round with the time until
which a host wants to be left alone.
"""

import asyncio
import time
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from indexer.config import FollowConfig
from indexer.follow import robots
from indexer.follow.addresses import host_of, joined
from indexer.follow.answers import NONE, Answer, Known, Validators, is_redirect
from indexer.follow.requests import LONGEST_WAIT, MOST_REDIRECTS, Client
from indexer.follow.robots import FREE, Rules
from indexer.network.public import Refused

ROBOT = "Broadsheet"
KEPT = 86_400.0  # seconds that robots.txt holds without being asked for again
# A server that cannot say what it forbids has forbidden nothing new for so long.
STALE = 30 * KEPT
PATIENCE = 30.0  # seconds that a round waits for a host that wants to be left alone; longer is for another round
MOST_FAILURES = 3  # of one host in a row, after which it is left alone for the round


NOTHING = Known()


@dataclass(slots=True)
class _Lane:
    """The requests to one host, which go one behind the other."""

    known: Known = NOTHING
    rules: Rules | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = 0.0  # when the last one did, by the monotonic clock
    failures: int = 0
    changed: bool = False


class Hosts:
    """All hosts of a round. Used within the running loop of `fetching`."""

    def __init__(
        self, client: Client, settings: FollowConfig, known: dict[str, Known], room: asyncio.Semaphore
    ) -> None:
        self._client = client
        self._pause = settings.min_delay_ms / 1000
        self._room = room
        self._lanes = {host: _Lane(kept) for host, kept in known.items()}
        self.requests = 0

    def changed(self) -> dict[str, Known]:
        """What is known now and was not before the round."""
        return {host: lane.known for host, lane in self._lanes.items() if lane.changed}

    async def ask(self, address: str, validators: Validators, *, private: bool) -> Answer:
        """What is at an address, when it is its host's turn. An answer with a body holds a place in the room."""
        try:
            lane = self._lanes.setdefault(host_of(address), _Lane())
        except Refused as why:
            return Answer(address, problem=f"Not asked: {why}.")
        async with lane.lock:
            if lane.failures >= MOST_FAILURES:
                return Answer(address, problem="Its host does not answer in this round.", passing=True)
            wait = lane.known.closed - time.time()
            if wait > PATIENCE:
                return Answer(address, problem="Its host wants to be left alone for now.", passing=True, wait=wait)
            await asyncio.sleep(max(0.0, wait))
            if problem := await self._forbidden(lane, address, private):
                return problem
            answer = await self._turn(lane, address, validators, private)
            if answer.wait:
                self._know(lane, replace(lane.known, closed=time.time() + min(answer.wait, LONGEST_WAIT)))
            lane.failures = lane.failures + 1 if answer.passing and not answer.status else 0
            return answer

    async def _turn(self, lane: _Lane, address: str, validators: Validators, private: bool, cut: int = 0) -> Answer:
        pause = max(self._pause, lane.rules.delay if lane.rules else 0.0)
        await asyncio.sleep(max(0.0, lane.ended + pause - time.monotonic()))
        await self._room.acquire()
        kept = False
        try:
            self.requests += 1
            answer = await self._client.ask(address, validators, private=private, cut=cut)
            kept = bool(answer.body) and not cut
        finally:
            lane.ended = time.monotonic()
            if not kept:
                self._room.release()
        return answer

    async def _forbidden(self, lane: _Lane, address: str, private: bool) -> Answer | None:
        """Why robots.txt has us not ask an address; None where it lets us."""
        age = time.time() - lane.known.asked
        if lane.rules is None and age < KEPT:
            lane.rules = _rules(lane.known.robots)
        if lane.rules is None:
            parts = urlsplit(address)
            where = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
            found = await self._robots(lane, where, private)
            if found.problem and (found.passing or not found.status):
                if age > STALE:
                    wait = found.wait
                    if wait:
                        self._know(lane, replace(lane.known, closed=time.time() + wait))
                    lane.failures += not found.status
                    problem = f"robots.txt: {found.problem}" if found.status else found.problem
                    return Answer(address, problem=problem, passing=found.passing, wait=wait)
                lane.rules = _rules(lane.known.robots)
            else:
                text = None if found.problem else found.body.decode("utf-8", "replace")
                self._know(lane, Known(text, time.time(), lane.known.closed))
                lane.rules = _rules(text)
        if lane.rules.allow(address):
            return None
        return Answer(address, problem="robots.txt of its host forbids it.")

    async def _robots(self, lane: _Lane, address: str, private: bool) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._turn(lane, address, NONE, private, robots.MOST_BYTES)
            if not is_redirect(answer):
                return answer
            address = joined(address, answer.moved)
            try:
                host_of(address)
            except Refused:
                break
        return Answer(address, status=404, problem="It leads nowhere.")  # which forbids nothing

    def _know(self, lane: _Lane, known: Known) -> None:
        lane.known, lane.changed = known, True


def _rules(text: str | None) -> Rules:
    return FREE if text is None else robots.parse(text, ROBOT)
