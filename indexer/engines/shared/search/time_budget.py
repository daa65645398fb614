"""The time a search may take. One is started for each request and passed to whatever works on it."""

import time
from dataclasses import dataclass

from indexer.errors import SearchTimeout


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """So many milliseconds from when it was started; without a deadline it never ends."""

    deadline: float | None = None
    budget_ms: int = 0

    @classmethod
    def start(cls, budget_ms: int | None) -> "TimeBudget":
        """A budget that begins now; None has no end."""
        return cls() if budget_ms is None else cls(time.perf_counter() + budget_ms / 1000, budget_ms)

    def check(self) -> None:
        """Raise SearchTimeout when the time is over."""
        if self.deadline is not None and time.perf_counter() > self.deadline:
            raise used_up(self.budget_ms)

    def left_ms(self) -> int | None:
        """Milliseconds that are left, None for no end.

        Raises:
            SearchTimeout: none is.
        """
        if self.deadline is None:
            return None
        left = int((self.deadline - time.perf_counter()) * 1000)
        if left <= 0:
            raise used_up(self.budget_ms)
        return left


NO_END = TimeBudget()


def used_up(budget_ms: int) -> SearchTimeout:
    """What is said of a search that was given up."""
    return SearchTimeout(
        f"The search took longer than its {budget_ms / 1000:g} seconds and was given up. Use rarer words, narrow it by "
        "date or source, or raise [search] budget_ms in the configuration."
    )
