"""Two sequences -> the stretches in which they agree or differ, in a bounded number of steps. Used by `differences`.

Looking for what two sequences share takes time with the number of pairs of equal elements, which is small in prose and
can be made enormous. So pairs are counted: after `MOST_PAIRS` of them what is left stands as different.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

# Equal pairs looked at for two texts: half a second. Two versions of a long report need some 200,000.
MOST_PAIRS = 5_000_000

Stretch = tuple[int, int, int, int, bool]  # `[first, last)` left, `[start, end)` right, and whether they differ
Block = tuple[int, int, int]  # where equal elements begin left and right, and how many they are


@dataclass(slots=True)
class Effort:
    """How many equal pairs may still be looked at; `spent` says that there were more."""

    left: int = MOST_PAIRS
    spent: bool = False

    def allows(self, pairs: int) -> bool:
        """Take the pairs from what is left, if there are so many."""
        self.spent = self.spent or pairs > self.left
        self.left -= 0 if self.spent else pairs
        return not self.spent


def aligned(ours: Sequence[str], theirs: Sequence[str], effort: Effort) -> Iterator[Stretch]:
    """The stretches of two sequences, in order."""
    first = start = 0
    for last, end, size in [*_blocks(ours, theirs, effort), (len(ours), len(theirs), 0)]:
        if first < last or start < end:
            yield first, last, start, end, True
        first, start = last + size, end + size
        if size:
            yield last, first, end, start, False


def _blocks(ours: Sequence[str], theirs: Sequence[str], effort: Effort) -> list[Block]:
    """What both have, as `difflib` finds it: the longest block, then the same on either side of it."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    counts = Counter(theirs)
    pairs = [0, *accumulate(counts[one] for one in ours)]
    found: list[Block] = []
    waiting = [(0, len(ours), 0, len(theirs))]
    while waiting:
        low, high, start, end = waiting.pop()
        if not effort.allows(pairs[high] - pairs[low]):
            break
        at, there, size = matcher.find_longest_match(low, high, start, end)
        if not size:
            continue
        found.append((at, there, size))
        if low < at and start < there:
            waiting.append((low, at, start, there))
        if at + size < high and there + size < end:
            waiting.append((at + size, high, there + size, end))
    return _joined(sorted(found))


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in order, those that touch on both sides as one."""
    joined: list[Block] = []
    for at, there, size in blocks:
        if joined and joined[-1][0] + joined[-1][2] == at and joined[-1][1] + joined[-1][2] == there:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((at, there, size))
    return joined
