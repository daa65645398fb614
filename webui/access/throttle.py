"""How often passwords may be tried: of one name from one address, of one name, from one address.

The first is `[access] login_limit`; the other two are ten times as wide. Who mistypes is stopped early and alone, and
nobody can shut a colleague out from elsewhere with a handful of wrong passwords. A name counts whoever has it.
"""

import ipaddress
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from indexer.errors import ConfigError, StateError
from webui.access.counters import DatabaseCounters
from webui.access.database import Database

WIDER = 10
AT_ONCE = 2  # passwords that a process checks at the same time; each takes 46 MiB
PATIENCE = 5.0  # seconds to wait for one's turn
_NETWORK = 64  # bits of an IPv6 address that a household has to itself
_Counter = tuple[RateLimitItem, tuple[str, ...]]


class Throttle:
    """Counts attempts in all processes, and keeps the checking of passwords from taking all of one."""

    def __init__(self, database: Database, limit: str) -> None:
        self._narrow = _parsed(limit)
        self._wide = type(self._narrow)(self._narrow.amount * WIDER, self._narrow.multiples, "wide")
        self._limiter = FixedWindowRateLimiter(DatabaseCounters(database))
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def wait(self, name: str, address: str) -> int:
        """Count an attempt; returns for how many seconds no further one is taken, 0 where this one may go on.

        Raises:
            StateError: the database cannot be used.
        """
        of_address, of_both, of_name = self._counted(name, address)
        if not self._limiter.test(of_address[0], *of_address[1]):  # first, so that it cannot fill the database
            return self._seconds(of_address)
        # What one has refused the next does not count: nobody uses up what a name, or an office, may try.
        for each in (of_both, of_address, of_name):
            if not self._limiter.hit(each[0], *each[1]):
                return self._seconds(each)
        return 0

    def _seconds(self, counter: _Counter) -> int:
        """Until a counter begins anew."""
        item, keys = counter
        return max(1, math.ceil(self._limiter.get_window_stats(item, *keys).reset_time - time.time()))

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of that name from that address, and that this attempt was one.

        Raises:
            StateError: the database cannot be used.
        """
        of_address, of_both, of_name = self._counted(name, address)
        self._limiter.clear(of_both[0], *of_both[1])
        for item, keys in (of_address, of_name):
            self._limiter.hit(item, *keys, cost=-1)

    def _counted(self, name: str, address: str) -> tuple[_Counter, _Counter, _Counter]:
        """Of the address, of both, of the name. Parts of a key are joined by slashes; a name may have some."""
        network = _network(address).replace("/", "_")
        return (
            (self._wide, ("address", network)),
            (self._narrow, ("pair", network, name)),
            (self._wide, ("name", name)),
        )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn to have a password checked.

        Raises:
            StateError: too many others are waiting.
        """
        if not self._turns.acquire(timeout=PATIENCE):
            raise StateError("Too many people are signing in at once. Try again in a moment.")
        try:
            yield
        finally:
            self._turns.release()


def _parsed(limit: str) -> RateLimitItem:
    try:
        return parse(limit)
    except ValueError:
        raise ConfigError(f'[access] login_limit: {limit!r} is no limit. Write it as in "10 per 15 minutes".') from None


def _network(address: str) -> str:
    """What is counted as one address: of IPv6 the network, of which everyone has addresses without number."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, _NETWORK), strict=False))
    return str(known)
