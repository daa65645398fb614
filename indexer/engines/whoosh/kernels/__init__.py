"""The inner loops of a search over sorted arrays, in numpy and, where a compiler was at hand, in C.

`sets` has documents, `terms` what a term has where, `words` whole words at a time, `counting` facets. Each function
says what it returns; `native` has the same in C (`search.c`, `facets.c`) for those whose loops numpy cannot fuse, and
is used when it is there. So has `labels` (`labels.c`). `passages` and `top` call C alone (`*.c` of their names): who
calls them does without where there is none. `building` is the like of `native` for the writer (`build.c`). Called by
the evaluator, facets and ordering.
"""

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.counting import Assigned, count_many, most_frequent, present_many, present_single
from indexer.engines.whoosh.kernels.native import Posted
from indexer.engines.whoosh.kernels.sets import (
    LOOKUP_COST,
    NO_DOCS,
    Array,
    Docs,
    Mask,
    Scores,
    bounds,
    difference,
    distinct,
    expand,
    locate,
    member,
    nth_largest,
    union,
)
from indexer.engines.whoosh.kernels.terms import codes_at, count_any

__all__ = [
    "LOOKUP_COST",
    "NO_DOCS",
    "Array",
    "Assigned",
    "Docs",
    "Mask",
    "Posted",
    "Scores",
    "bounds",
    "codes_at",
    "count_any",
    "count_many",
    "difference",
    "distinct",
    "expand",
    "locate",
    "member",
    "most_frequent",
    "nth_largest",
    "present_many",
    "present_single",
    "runs_with",
    "union",
]


def runs_with() -> str:
    """Which of the two this process has, in words."""
    return f"{'compiled' if native.library else 'numpy'} kernels"
