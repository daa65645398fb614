"""How tall bars are: by value, below a round number that a line says."""

from itertools import count

HEIGHT = 100  # of a bar that reaches the line, in the units of the drawing
LEAST = 3  # of the smallest one that is not zero, so that it can be seen
LOWEST = 5  # the line over the smallest counts: one article does not fill the height
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)


def ceiling(most: int) -> int:
    """The round number that a scale ends with: 5, 6, 8, 10, 15, ... 100, 150, 200."""
    if most <= LOWEST:
        return LOWEST
    rounds = (number * 10**power for power in count() for number in _ROUND)
    return next(int(each) for each in rounds if each >= most and each == int(each))


def bar_height(counted: int, most: int) -> int:
    """How tall a bar is drawn below a line at `most`."""
    return max(LEAST, round(HEIGHT * counted / most)) if counted and most else 0
