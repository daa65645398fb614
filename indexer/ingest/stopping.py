"""Ending a build in good order on Ctrl-C or SIGTERM. Used by the pipeline."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
SIGNAL_EXIT = 128  # what shells add to the number of the signal that ended a process


class Terminated(KeyboardInterrupt):
    """SIGTERM ended a build at once."""


class Stopping:
    """A context in which the first signal asks the build to end after the article at hand; the second ends it at once.

    Reading can wait for ever (standard input), so a signal that arrives while an item is being read breaks the read.
    One that arrives while the writer works only sets `asked`: a writer must not be broken off half way. `signal` is the
    number of the last that came.
    """

    def __init__(self) -> None:
        self._signals = 0
        self.signal: int | None = None
        self._reading = False
        self._process = os.getpid()
        self._before: dict[int, Any] = {}

    @property
    def asked(self) -> bool:
        """Whether a signal has come."""
        return self._signals > 0

    def deliver(self) -> None:
        """After the context: give a signal that came to whom it would have gone to, as if it came now."""
        if self.signal is not None:
            signal.raise_signal(self.signal)

    def items(self, source: Iterator[T]) -> Iterator[T]:
        """The items of `source` until a stop is asked for."""
        while not self.asked:
            try:
                self._reading = True
                item = next(source)
                self._reading = False
            except StopIteration:
                return
            except KeyboardInterrupt:
                if self._signals != 1:  # the second, or one that is not ours to keep
                    raise
                return
            finally:
                self._reading = False
            yield item

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                self._before[number] = signal.signal(number, self._asked)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:
            self._in_a_child(number, frame)
            return
        self._signals += 1
        self.signal = number
        if self._signals > 1 or self._reading:
            raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    def _in_a_child(self, number: int, frame: FrameType | None) -> None:
        """A worker process inherited this handler: it leaves Ctrl-C to us and otherwise dies as it would have."""
        if number == signal.SIGINT:
            return
        handler: Callable[[int, FrameType | None], Any] | int | None = self._before.get(number)
        if callable(handler):
            handler(number, frame)
            return
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
