"""The syntax tree of a query: what the parser returns and every engine evaluates.

A node says what was asked, not how an engine finds it. `field` is a canonical name from `fields.py`, or None for all
text fields. On a text field a word is analysed (folded, stemmed); on a keyword field a `Term` or `Phrase` matches the
values that contain those words, whole words, without regard to case or accents.
"""

from dataclasses import dataclass
from datetime import date

from indexer.search.moments import Moment

LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One word, analysed like the text: `lavrov`, `title:ministers`.

    `solids` are words that it makes with a neighbour and may be written as: `ceasefire` for the `fire` of `cease fire`.
    """

    text: str
    field: str | None = None
    solids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order, at most `slop` further words between them in all: `"normandy group"`, `"g20 summit"~5`."""

    text: str
    slop: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases with at most `distance` words between them, in either order: `lavrov NEAR/5 biden`."""

    left: "Term | Phrase | Exact"
    right: "Term | Phrase | Exact"
    distance: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: `minist*`. At least three characters."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that match a pattern of `?` (one character) and `*` (any), not at the start: `k?ev`."""

    pattern: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `edits` (1 or 2) insertions, deletions, replacements or swaps of neighbours: `lavrof~`."""

    text: str
    edits: int = 2
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A word as written but for case and accents, unstemmed: `=ministers`. On a keyword field: the whole value."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Articles without a value in the field: `-source:*`. (`source:*` is `Not(Missing("source"))`.)"""

    field: str


@dataclass(frozen=True, slots=True)
class Extra:
    """Articles whose `extra` has all words of the text under a key, as they are written but for case and accents:
    `extra.edition:morning`. Without a text: that have the key. `key` is as `folded_key` has it.
    """

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Articles published from `start` to `end`, both days included; None leaves that side open. Undated ones never."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Articles that the archive first held from `start` to `end`, both included: `added:2026-11`. None leaves that side
    open. Days are those of the archive's zone."""

    start: date | Moment | None = None
    end: date | Moment | None = None


@dataclass(frozen=True, slots=True)
class OnDay:
    """Articles published on that day in any year: `on:10-14`."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class And:
    """All of the children."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the child does not match. Scores nothing."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article: the empty query, or `*`."""


Node = (
    Term | Phrase | Near | Prefix | Wildcard | Fuzzy | Exact
    | Missing | Extra | Range | Added | OnDay | And | Or | Not | MatchAll
)  # fmt: skip


def folded_key(name: str) -> str:
    """A key of `extra` in the form in which keys are compared: letters and digits, without a namespace before them."""
    own = name.rpartition(":")[2] or name
    return "".join(filter(str.isalnum, own.casefold()))[:LONGEST_KEY]


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something the parser or the engine did differently from what was typed.

    `code` is stable and translatable with `values`; `message` is the English sentence; `[start, end)` is the part of
    the query it speaks of.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0
    values: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        record: dict[str, object] = {"code": self.code, "message": self.message, "span": [self.start, self.end]}
        return record | ({"values": list(self.values)} if self.values else {})


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a query string means: the tree, and what the person should know about how it was read.

    A `refused` query must not be run: the last warning says why, and `tree` matches nothing. A `plain` one is made of
    words alone, without operators, quotation marks, patterns or fields, so that not all of them need be required.
    """

    tree: Node
    warnings: tuple[QueryWarning, ...] = ()
    refused: bool = False
    plain: bool = False


EVERYTHING = MatchAll()
NOTHING = Not(EVERYTHING)  # no article at all
