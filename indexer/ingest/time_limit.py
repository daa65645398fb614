"""The processor time that one item may take to be read: `[ingest] max_seconds`, whatever format it is in.

A timer of the process counts its processor time, so that neither a slow disk nor a busy machine is held against a file.
When the time is over, `TimeUp` is raised where the work is. It is no `Exception`, lest a library takes it for a fault
of the file and goes on, and it is raised again each second, should one swallow it nevertheless. Code of libraries that
is not Python is interrupted when it comes back; what would keep it for long is bounded beforehand (`html_limits`).

Signals reach the main thread alone: in other threads time is not limited. Workers of a build work in their main thread.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import ParamSpec, TypeVar

from indexer.rejection import Rejected

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Item = TypeVar("Item")

AGAIN_SECONDS = 1.0


class TimeUp(BaseException):
    """The time for an item is over."""


class _Timer:
    """The one timer of the process."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def start(self, seconds: float) -> None:
        if signal.getsignal(signal.SIGPROF) is not _ring:
            signal.signal(signal.SIGPROF, _ring)
        self.seconds = seconds
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)

    def stop(self) -> None:
        self.seconds = 0.0
        signal.setitimer(signal.ITIMER_PROF, 0)


_timer = _Timer()


def _ring(_number: int, _frame: FrameType | None) -> None:
    if _timer.seconds:  # else the work ended while the signal was on its way
        raise TimeUp


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
