"""What was made last, as long as all of it is not too large. Kept by a snapshot for the words of its queries."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by key, those used longest ago dropped first. A value may be made twice where threads ask at once.

    Args:
        most: what the sizes of all values come to at most; a larger value is not kept.
        size: the size of a value, at least 1.
    """

    def __init__(self, most: int, size: Callable[[T], int]) -> None:
        self._most = most
        self._size = size
        self._held = 0
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not held."""
        with self._lock:
            known = self._values.get(key)
            if known is not None:
                self._values.move_to_end(key)
                return known[0]
        value = make()
        self._keep(key, value, self._size(value))
        return value

    def _keep(self, key: Hashable, value: T, size: int) -> None:
        if size > self._most:
            return
        with self._lock:
            if key in self._values:
                return
            self._values[key] = value, size
            self._held += size
            while self._held > self._most:
                _, (_, dropped) = self._values.popitem(last=False)
                self._held -= dropped
