"""The processor time that one item may take to be read: `[ingest] max_seconds`, whatever format it is in.

A timer of the process counts its processor time, so that neither a slow disk nor a busy machine is held against a file.
It ticks while there is work, whatever the number of items: setting it for each would cost more than many an item does.
An item is seen at the first tick within it, so it may take a tick longer than it should.
When the time is over, `TimeUp` is raised where the work is. It is no `Exception`, lest a library takes it for a fault
of the file and goes on, and it is raised again at each tick, should one swallow it nevertheless. Code of libraries that
is not Python is interrupted when it comes back; what would keep it for long is bounded beforehand (`html_limits`).

Signals reach the main thread alone: in other threads, and on Windows, time is not limited. Workers of a build work in
their main thread.
"""

import atexit
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import ParamSpec, TypeVar

from indexer.rejection import Rejected

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Item = TypeVar("Item")

LONGEST_TICK = 1.0  # second of processor time


class TimeUp(BaseException):
    """The time for an item is over."""


class _Timer:
    """The one timer of the process. `seconds` is the limit of the item at work, 0 while there is none."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._tick = 0.0  # seconds between two ticks, 0 while there are none
        self._item = 0  # its number
        self._seen = 0  # that of the last tick
        self._since = 0.0  # processor time when it was first seen

    def start(self, seconds: float) -> None:
        self.seconds = seconds
        self._item += 1
        tick = min(LONGEST_TICK, seconds / 4)
        if tick != self._tick:
            self._set(tick)

    def stop(self) -> None:
        self.seconds = 0.0

    def _set(self, tick: float) -> None:
        if sys.platform != "win32":
            if tick:
                signal.signal(signal.SIGPROF, self._ring)
            signal.setitimer(signal.ITIMER_PROF, tick, tick)
            self._tick = tick

    def end(self) -> None:
        """Tick no more."""
        if self._tick:
            self._set(0)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if not self.seconds:
            self._set(0)
        elif self._seen != self._item:
            self._seen, self._since = self._item, time.process_time()
        elif time.process_time() - self._since >= self.seconds:
            raise TimeUp


_timer = _Timer()
# An interpreter that ends no longer knows the handler, and a tick would kill the process.
atexit.register(_timer.end)


def within(
    seconds: float, work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Result:
    """What `work` returns, if it does so within so many seconds of processor time.

    Raises:
        Rejected: `too_slow`, when it does not.
    """
    if threading.current_thread() is not threading.main_thread():
        return work(*arguments, **named)
    try:
        try:
            _timer.start(seconds)
            return work(*arguments, **named)
        finally:
            _timer.stop()
    except TimeUp:
        _timer.stop()
        raise too_slow(seconds) from None


def each_within(seconds: float, items: Iterator[Item]) -> Iterator[Item]:
    """The items of a reader, each of which may take so many seconds of processor time; what is done with them does not
    count.

    Raises:
        Rejected: `too_slow`.
    """
    nothing = object()
    while (item := within(seconds, next, items, nothing)) is not nothing:
        yield item  # type: ignore[misc]  # the sentinel is not an item


def restart() -> None:
    """Begin to count anew, in a reader that gets on without having an item yet."""
    if _timer.seconds:
        _timer.start(_timer.seconds)


def limit() -> float:
    """The seconds that are being counted."""
    return _timer.seconds


def too_slow(seconds: float) -> Rejected:
    """What is said of an item that took too long."""
    return Rejected("too_slow", f"It took longer than {seconds:g} s of processor time ([ingest] max_seconds).")
