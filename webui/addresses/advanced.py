"""The parameters of the form of advanced search <-> the query that they write, both ways.

`compose` writes what was typed into each field, and says of which it could not; `take_apart` fills the fields from a
query, and leaves in `rest` what none of them can hold. Filters and switches go along as they are, under the names that
`params` has for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from indexer.analysis.stop_words import content_words
from indexer.fields import BY_NAME, Kind
from indexer.search import composing
from indexer.search.dates import read_added, read_dates
from indexer.search.lexer import DEFAULT_DISTANCE, MAX_DISTANCE
from indexer.search.notices import notice
from indexer.search.parser import MAX_CHARACTERS, conjunction, disjunction, negation, parse
from indexer.search.printer import clauses, to_text
from indexer.search.query import (
    NOTHING,
    Added,
    Exact,
    Fuzzy,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryWarning,
    Range,
    Term,
    Wildcard,
)
from indexer.search.request import Match, SearchRequest, Sort
from webui.addresses import params

GO = "go"  # of the button: the query is searched for
# Parameter of a field's box -> the field.
BOXES = {
    f"with_{name}": name
    for name in (
        *("title", "body", "person", "organisation", "place", "source", "category", "language", "translated_from"),
        *("author", "topic", "collection"),
    )
}


def _read_days(text: str) -> tuple[Range, bool] | None:
    return read_dates("published", text)


# The parameters of both ends of a range, and what reads it.
RANGES = {("from", "to"): _read_days, ("added_from", "added_to"): read_added}
NAMES = (
    "words",
    "phrase",
    "any",
    "none",
    "near",
    "within",
    *BOXES,
    *(name for pair in RANGES for name in pair),
    "rest",
)
# Boxes that take any number of words.
_SEVERAL = {"words", "none", *(name for name, field in BOXES.items() if BY_NAME[field].kind is Kind.TEXT)}
_OURS = {*NAMES, GO, "q", "sort", "match", "page", "cursor"}


@dataclass(frozen=True, slots=True)
class Composed:
    """The query that a form writes, and what is wrong with what was typed, by field; under "" with all of it."""

    query: str
    problems: Mapping[str, QueryWarning]


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in each field, and the search that it goes into."""

    typed: Mapping[str, str]
    request: SearchRequest
    warnings: tuple[QueryWarning, ...] = ()

    @classmethod
    def read(cls, pairs: Sequence[tuple[str, str]], base: SearchRequest, also: tuple[str, ...] = ()) -> Self:
        """What was typed into the form; of the address of a search, what the form can show of it."""
        given: dict[str, str] = {}
        for name, value in pairs:
            given.setdefault(name, value.strip())
        kept = params.read([(name, value) for name, value in pairs if name not in _OURS], base, also)
        sort = given.get("sort", "")
        request = replace(kept.request, sort=Sort(sort)) if sort in set(Sort) else kept.request
        typed = {name: given[name] for name in NAMES if given.get(name)}
        if given.get("q"):
            typed = take_apart(given["q"], typed, some=given.get("match") == Match.BEST)
        return cls(typed, request, kept.warnings)

    def kept(self, base: SearchRequest) -> params.Pairs:
        """The parameters that go along beside the fields and the filters."""
        return params.write(replace(self.request, query="", filters=(), sort=base.sort), base)


def compose(typed: Mapping[str, str]) -> Composed:
    """The query of what was typed into each field."""
    size = sum(map(len, typed.values()))
    if size > MAX_CHARACTERS:
        return Composed("", {"": notice("too-long", 0, size, size, MAX_CHARACTERS)})
    writer = _Writer(typed)
    nodes = writer.nodes()
    tree = conjunction(*nodes) if nodes else MatchAll()
    query = "" if isinstance(tree, MatchAll) else to_text(tree)
    parsed = parse(query)
    if parsed.refused:
        writer.problems[""] = parsed.warnings[-1]
    return Composed(query, writer.problems)


class _Writer:
    """Turns fields into parts of a query, and notes what is wrong with them."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.problems: dict[str, QueryWarning] = {}

    def nodes(self) -> list[Node]:
        return [*self.of_words(), *self.of_boxes(), *self.of_ranges(), *self.of_rest()]

    def text(self, name: str) -> str:
        return self.typed.get(name, "")

    def of_words(self) -> Iterator[Node]:
        yield from composing.words(self.text("words"))
        if phrase := composing.phrase(self.text("phrase")):
            yield phrase
        if either := composing.words(self.text("any")):
            yield disjunction(*either)
        yield from map(negation, composing.words(self.text("none")))
        if near := self.text("near"):
            yield from composing.near(near, self._distance())

    def of_boxes(self) -> Iterator[Node]:
        for name, field in BOXES.items():
            yield from _boxed(self.text(name), field)

    def of_ranges(self) -> Iterator[Node]:
        for pair, read in RANGES.items():
            start, end = (self._end(name, at, read) for at, name in enumerate(pair))
            if (start or end) and (found := read(f"{start}..{end}")):
                yield found[0]

    def of_rest(self) -> Iterator[Node]:
        rest = self.text("rest")
        parsed = parse(rest)
        if parsed.refused or parsed.tree == NOTHING:
            self.problems["rest"] = parsed.warnings[-1]
        elif rest:
            yield parsed.tree

    def _distance(self) -> int:
        text = self.text("within") or str(DEFAULT_DISTANCE)
        if text.isdecimal() and int(text[:9]) <= MAX_DISTANCE:
            return int(text)
        self.problems["within"] = params.notice("no-distance", text, MAX_DISTANCE)
        return DEFAULT_DISTANCE

    def _end(self, name: str, at: int, read: Callable[[str], tuple[Range | Added, bool] | None]) -> str:
        """The first or the last day of what was typed for that end of a range."""
        text = self.text(name)
        found = read(text) if text else None
        if found and found[0].start and found[0].end:
            return composing.ends(found[0])[at]
        if text:
            self.problems[name] = params.notice("no-date" if read is _read_days else "no-arrival", text)
        return ""


def _boxed(text: str, field: str) -> Iterator[Node]:
    """What stands in the box of a field: of a text words, of others one value."""
    if BY_NAME[field].kind is Kind.TEXT:
        yield from composing.words(text, field)
    elif value := composing.value(text, field):
        yield value


def take_apart(query: str, typed: Mapping[str, str] | None = None, *, some: bool = False) -> dict[str, str]:
    """What to type into the fields for a query, beside what is `typed` there already.

    Args:
        some: a query of words alone finds what has some of them, so that they are alternatives.
    """
    filled = dict(typed or {})
    parsed = parse(query)
    if parsed.refused or parsed.warnings or parsed.tree == NOTHING:
        return filled | {"rest": query}
    if some and parsed.plain:
        return filled | {"any": _of_weight(query)}
    parts = _joined([part for _, part in clauses(parsed.tree)])
    rest = [part for part in parts if not any(_fill(filled, wanted, part) for wanted in _places(part))]
    return filled | ({"rest": to_text(conjunction(*rest))} if rest else {})


def _of_weight(query: str) -> str:
    """The words of a query but for function words, which need not occur."""
    words = query.split()
    return " ".join(word for word, tells in zip(words, content_words(words, {}), strict=True) if tells)


def _joined(parts: list[Node]) -> list[Node]:
    """The parts, `after:2021 before:2023` as the one range that it is."""
    ranges = [part for part in parts if isinstance(part, Range)]
    starts = [each.start for each in ranges if each.start and not each.end]
    ends = [each.end for each in ranges if each.end and not each.start]
    if len(ranges) != 2 or len(starts) != 1 or len(ends) != 1 or starts[0] > ends[0]:
        return parts
    return [*(part for part in parts if part not in ranges), Range(starts[0], ends[0])]


def _places(part: Node) -> Iterator[dict[str, str]]:
    """What might be typed where for a part of a query."""
    match part:
        case Range() | Added():
            pair = next(pair for pair, read in RANGES.items() if (read is _read_days) is isinstance(part, Range))
            yield {name: end for name, end in zip(pair, composing.ends(part), strict=True) if end}
        case Not(child):
            yield {"none": to_text(child)}
        case Or(children):
            yield {"any": " ".join(map(to_text, children))}
        case Near(left, right, distance, None):
            yield {"near": f"{to_text(left)} {to_text(right)}", "within": str(distance)}
        case Term(text, None):
            yield {"words": to_text(part)}
        case Phrase(text, _, None):
            yield {"phrase": text}
            yield {"words": to_text(part)}
        case Term(text, field) | Phrase(text, _, field):
            name = f"with_{field}"
            yield {name: text}
            yield {name: to_text(replace(part, field=None))}
        case Prefix() | Wildcard() | Fuzzy() | Exact():
            name = f"with_{part.field}" if part.field else "words"
            yield {name: to_text(replace(part, field=None))}


def _fill(filled: dict[str, str], wanted: dict[str, str], part: Node) -> bool:
    """Type into fields what is wanted for a part, if there is room and it is read as that part; whether it was."""
    if not wanted or not set(wanted) <= set(NAMES) or not _means(_Writer(wanted).nodes(), part):
        return False
    taken = set(wanted) & set(filled) | {name for pair in RANGES if set(pair) & set(wanted) for name in pair} & set(
        filled
    )
    if not taken:
        filled |= wanted
    elif taken <= _SEVERAL:
        filled |= {name: f"{filled[name]} {text}" for name, text in wanted.items()}
    return not taken or taken <= _SEVERAL


def _means(nodes: list[Node], part: Node) -> bool:
    """Whether these are that part; among whole values a word and a phrase of one word mean the same."""
    if isinstance(part, Phrase) and part.field and BY_NAME[part.field].kind is not Kind.TEXT and not part.slop:
        return nodes in ([part], [Term(part.text, part.field)])
    return nodes == [part]
