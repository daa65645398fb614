"""Path fields as trees: `News/Politics` counts under `News` too. Called by facets and filters."""

import numpy as np
from numpy.typing import NDArray

from indexer import analysis
from indexer.engines.shared.search.paths import path_of, upwards
from indexer.engines.whoosh.reader.columns import Column, Counted


class Paths:
    """All paths of a column and those above them, sorted, and which ordinals lie at or below each."""

    def __init__(self, values: Column) -> None:
        self._values = values
        pairs = [(path, ordinal) for ordinal in range(values.size) for path in upwards(values.label(ordinal))]
        self.names = sorted({path for path, _ in pairs})
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._nodes = np.array([self._numbers[path] for path, _ in pairs], np.intp)
        self._ordinals = np.array([ordinal for _, ordinal in pairs], np.intp)
        self._folded: dict[str, list[str]] | None = None

    def below(self, path: str) -> NDArray[np.intp]:
        """The ordinals at or below a path."""
        number = self._numbers.get(path_of(path), -1)
        found: NDArray[np.intp] = self._ordinals[self._nodes == number]
        return found

    def alike(self, path: str) -> list[str]:
        """The paths that equal one but for case and accents."""
        if self._folded is None:
            self._folded = {}
            for name in self.names:
                self._folded.setdefault(analysis.fold(name), []).append(name)
        return self._folded.get(analysis.fold(path), [])

    def count(self, counted: Counted) -> Counted:
        """Counts of paths from counts of ordinals; an article has one path, so nothing is counted twice."""
        counts = np.zeros(self._values.size, np.int64)
        counts[counted.numbers] = counted.counts
        total = np.zeros(len(self.names), np.int64)
        np.add.at(total, self._nodes, counts[self._ordinals])
        found = np.flatnonzero(total)
        return Counted(found, total[found])


def paths(values: Column) -> Paths:
    """The tree of a path column, made when first asked for."""
    return values.snapshot.cached(("paths", values.field), lambda: Paths(values))
