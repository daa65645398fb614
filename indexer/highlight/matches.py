"""What a query would have highlighted: its clauses as predicates on words, and where they match in a text.

Phrases match as phrases, a clause on one field matches there alone, what is excluded never. Called by the snippets and
for whole articles (`whole_article`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from indexer import analysis
from indexer.analysis import QueryWord, Token
from indexer.analysis.compounds import MOST_PARTS
from indexer.analysis.edits import distance_within
from indexer.analysis.patterns import wildcard_pattern
from indexer.fields import TEXT_FIELDS
from indexer.search import query as q
from indexer.search.leaves import is_character, leaves
from indexer.search.query import Node

TEXTS = tuple(field.name for field in TEXT_FIELDS)

Span = tuple[int, int]
Spans = tuple[Span, ...]
# Called now and then; raises when the time is up.
Check = Callable[[], None]
# From the last token of a match so far, where the next word stands behind it and how wide it is there.
Nearest = Callable[[int], Iterable[Span]]
_CHECKED = 1 << 12  # tokens between two looks at the clock
# Of words of a query, by their identity, and of words of texts, folded and with accents: whether these are those.
Verdicts = dict[tuple[int, str, str], bool]


def no_check() -> None:
    """The `Check` of what may take as long as it takes."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a clause: `asked`, a word of the query as it was analysed, or what `fits` says of a folded word.

    What is known of such words tells where to look first: the index terms it stands for, `literal`, the text every such
    word begins with (and is, when `whole`), or `near`, a word and how many edits from it they may be.
    """

    asked: QueryWord | None = None
    fits: Callable[[str], bool] = bool
    terms: frozenset[str] = frozenset()
    literal: str = ""
    whole: bool = False
    near: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Words in order with at most `slop` others between, or, with `near`, two such runs close to each other."""

    number: int
    field: str | None
    words: tuple[Word, ...]
    slop: int = 0
    near: tuple["Clause", "Clause", int] | None = None
    character: str = ""


class Mark(NamedTuple):
    """A match in a text: `[start, end)`, and the number of the clause that matched."""

    start: int
    end: int
    clause: int


def text_clauses(tree: Node, languages: Sequence[str | None]) -> tuple[Clause, ...]:
    """The clauses of a query that text can match."""
    found: list[Clause] = []
    for node in leaves(tree):
        if node.field is None or node.field in TEXTS:
            clause = _clause(len(found), node, languages)
            if clause is not None:
                found.append(clause)
    return tuple(found)


def _clause(number: int, node: Node, languages: Sequence[str | None]) -> Clause | None:
    match node:
        case q.Term(text, name) if is_character(node):
            character = analysis.fold(text)
            return Clause(number, name, (Word(fits=lambda token: character in token),), character=character)
        case q.Term(text, name, solids):
            return _run(number, name, map(_analysed, analysis.query_words(text, languages, solids)))
        case q.Phrase(text, slop, name):
            return _run(number, name, map(_analysed, analysis.query_words(text, languages)), slop)
        case q.Exact(text, name):
            return _run(number, name, (_literal(token) for token in analysis.tokens(text)))
        case q.Prefix(text, name):
            start = analysis.fold(text)
            return _run(number, name, [Word(fits=lambda token: token.startswith(start), literal=start)])
        case q.Wildcard(pattern, name):
            pattern = analysis.fold(pattern)
            fits = wildcard_pattern(pattern).fullmatch
            start = re.split(r"[?*]", pattern, maxsplit=1)[0]
            return _run(number, name, [Word(fits=lambda token: fits(token) is not None, literal=start)])
        case q.Fuzzy(text, edits, name):
            wanted = analysis.fold(text)
            close = partial(distance_within, wanted, edits=edits)
            return _run(number, name, [Word(fits=close, near=(wanted, edits))])
        case q.Near(left, right, distance, name):
            sides = _clause(number, left, languages), _clause(number, right, languages)
            if sides[0] is None or sides[1] is None:
                return None
            return Clause(number, name, (), near=(sides[0], sides[1], distance))
    return None


def _run(number: int, name: str | None, words: Iterable[Word], slop: int = 0) -> Clause | None:
    found = tuple(words)
    return Clause(number, name, found, slop) if found else None


def _analysed(word: QueryWord) -> Word:
    return Word(word, terms=frozenset(term for width in range(1, MOST_PARTS + 1) for term in word.of_width(width)))


def _literal(token: str) -> Word:
    return Word(fits=lambda other: other == token, literal=token, whole=True)


@dataclass(slots=True)
class Matcher:
    """The clauses that may match in one field of articles in one language; remembers its verdict on each word.

    Matchers of the same clauses and language may have their verdicts in common.
    """

    clauses: Sequence[Clause]
    language: str | None
    check: Check = no_check
    verdicts: Verdicts = field(default_factory=dict)

    def accepts(self, word: Word, text: str, light: str) -> bool:
        """Whether a word of the text, folded and with its accents, is by itself a word of the query."""
        key = (id(word), text, light)
        known = self.verdicts.get(key)
        if known is None:
            if word.asked is None:
                known = word.fits(text)
            else:
                known = not word.terms.isdisjoint(analysis.word_terms(text, light, self.language))
            self.verdicts[key] = known
        return known

    def widths(self, word: Word, tokens: Sequence[Token], at: int) -> Sequence[int]:
        """How many words of the text from one on are a word of the query: none, one, or more where it is a compound."""
        token = tokens[at]
        found = [1] if self.accepts(word, token.text, token.light) else []
        if word.asked is None or not (token.joint or word.asked.parts):
            return found
        if token.joint:
            around = analysis.index_terms(tokens[at : at + MOST_PARTS], self.language)[0]
            found += [term.width for term in around if term.width > 1 and term.text in word.terms]
        parts = word.asked.parts
        if parts and at + len(parts) <= len(tokens) and self._in_a_row(parts, tokens, at):
            found.append(len(parts))
        return found if len(found) < 2 else sorted(set(found))

    def _in_a_row(self, parts: Sequence[Sequence[str]], tokens: Sequence[Token], at: int) -> bool:
        return all(
            any(term in wanted for term in analysis.word_terms(token.text, token.light, self.language))
            for wanted, token in zip(parts, tokens[at : at + len(parts)], strict=True)
        )

    def find(self, tokens: Sequence[Token]) -> list[Mark]:
        """The matches among consecutive words of a text, in no particular order; single characters aside."""
        return [mark for clause in self.clauses for mark in self.find_clause(clause, tokens)]

    def find_clause(self, clause: Clause, tokens: Sequence[Token]) -> list[Mark]:
        """The matches of one clause."""
        self.check()
        if clause.character:
            return []
        runs = self._near(clause.near, tokens) if clause.near else _shortest(self._runs(clause, tokens))
        return [Mark(tokens[first].start, tokens[last].end, clause.number) for first, last in runs]

    def _runs(self, clause: Clause, tokens: Sequence[Token]) -> list[Span]:
        """First and last token of each match; one first token may come with several last ones."""
        first, *others = clause.words
        next_of = [self._next_of(word, tokens, clause.slop) for word in others]
        found: list[Span] = []
        # Most words are no word of the query, and known to be none: these are passed over at once.
        alone, verdicts = first.asked is None or not first.asked.parts, self.verdicts
        for start, token in enumerate(tokens):
            if not start % _CHECKED:
                self.check()
            if alone and not token.joint and verdicts.get((id(first), token.text, token.light)) is False:
                continue
            widths = self.widths(first, tokens, start)
            if not widths:
                continue
            # Where the words so far may have ended, and how many others may still come between.
            ends = {start + width - 1: clause.slop for width in widths}
            for nearest in next_of:
                if not ends:
                    break
                ends = _following(nearest, ends)
            found += [(start, end) for end in sorted(ends)]
        return found

    def _next_of(self, word: Word, tokens: Sequence[Token], slop: int) -> Nearest:
        """What finds the places of a word behind another one, of each width the nearest."""
        if not slop:
            return lambda end: (
                [(end + 1, n) for n in self.widths(word, tokens, end + 1)] if end + 1 < len(tokens) else ()
            )
        # Each token is looked at once, however many words may come between.
        places: dict[int, list[int]] = {}
        for at in range(len(tokens)):
            if not at % _CHECKED:
                self.check()
            for width in self.widths(word, tokens, at):
                places.setdefault(width, []).append(at)
        return lambda end: [(at[n], width) for width, at in places.items() if (n := bisect_right(at, end)) < len(at)]

    def _near(self, near: tuple[Clause, Clause, int], tokens: Sequence[Token]) -> list[Span]:
        left, right = self._runs(near[0], tokens), self._runs(near[1], tokens)
        return _shortest(_close_to(right, left, near[2])) + _shortest(_close_to(left, right, near[2]))


def _following(nearest: Nearest, ends: Mapping[int, int]) -> dict[int, int]:
    """Where the words so far may end, and how many others may still come between, with one more word."""
    found: dict[int, int] = {}
    for end, room in ends.items():
        for at, width in nearest(end):
            left = room - (at - end - 1)
            if left >= 0:
                last = at + width - 1
                found[last] = max(found.get(last, -1), left)
    return found


def _close_to(others: Sequence[Span], runs: Sequence[Span], distance: int) -> list[Span]:
    """The runs that end at most so many words before one of the others begins, or begin so soon behind one."""
    firsts, lasts = sorted(first for first, _ in others), sorted(last for _, last in others)

    def between(places: Sequence[int], low: int, high: int) -> bool:
        at = bisect_left(places, low)
        return at < len(places) and places[at] <= high

    return [
        (first, last)
        for first, last in runs
        if between(firsts, last + 1, last + 1 + distance) or between(lasts, first - 1 - distance, first - 1)
    ]


def _shortest(runs: Sequence[Span]) -> list[Span]:
    """Of runs that begin at the same word the shortest."""
    found: dict[int, int] = {}
    for first, last in runs:
        found[first] = min(found.get(first, last), last)
    return list(found.items())


def find_character(clause: Clause, folded: str) -> list[Mark]:
    """In folded text, every occurrence of the single character a clause asks for."""
    found, at = [], folded.find(clause.character)
    while at >= 0:
        found.append(Mark(at, at + 1, clause.number))
        at = folded.find(clause.character, at + 1)
    return found


def matchers(
    found: Sequence[Clause], language: str | None, check: Check = no_check, verdicts: Verdicts | None = None
) -> dict[str, Matcher]:
    """For each text field, what may match in it. `check` is called now and then, and may raise when time is up;
    `verdicts` are those of earlier matchers of the same clauses and language."""
    known: Verdicts = {} if verdicts is None else verdicts
    return {name: Matcher([c for c in found if c.field in (None, name)], language, check, known) for name in TEXTS}


def merged(marks: Iterable[Mark]) -> Spans:
    """The marks as spans in order, overlapping ones as one."""
    spans: list[Span] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if spans and mark.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], mark.end)
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def whole_text(matcher: Matcher, text: str) -> list[Mark]:
    """The matches in a text, all its words looked at. Offsets are into `text`."""
    if not matcher.clauses or not text:
        return []
    found = matcher.find(analysis.cut(text))
    singles = [clause for clause in matcher.clauses if clause.character]
    if singles:
        folded, offsets = analysis.fold_map(text)
        marks = [mark for clause in singles for mark in find_character(clause, folded)]
        found += [in_original(mark, text, offsets) for mark in marks]
    return found


def in_original(mark: Mark, text: str, offsets: Sequence[int] | None) -> Mark:
    """A mark in folded text as one in the text it was folded from, no combined character cut."""
    return Mark(*analysis.original_span(text, offsets, mark.start, mark.end), mark.clause)
