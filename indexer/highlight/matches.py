"""What a query would have highlighted: its clauses as predicates on words, and where they match in a text.

Phrases match as phrases, a clause on one field matches there alone, what is excluded never. Called by the snippets and
for whole articles (`highlight`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from indexer import analysis
from indexer.analysis.edits import distance_within
from indexer.analysis.patterns import wildcard_pattern
from indexer.article import Article
from indexer.fields import TEXT_FIELDS
from indexer.search import query as q
from indexer.search.leaves import is_character, leaves
from indexer.search.query import Node

TEXTS = tuple(field.name for field in TEXT_FIELDS)

Span = tuple[int, int]
Spans = tuple[Span, ...]
Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a clause. `accepts(token, language)` says whether a folded word of a text is it.

    What is known of such words tells where to look first: `stems`, the index terms it stands for, `literal`, the
    text every such word begins with (and is, when `whole`), or `near`, a word and how many edits from it they may be.
    """

    accepts: Callable[[str, str | None], bool]
    stems: frozenset[str] = frozenset()
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
            return Clause(number, name, (Word(lambda token, _: character in token),), character=character)
        case q.Term(text, name):
            return _run(number, name, (_stemmed(token, languages) for token in analysis.tokens(text)))
        case q.Phrase(text, slop, name):
            return _run(number, name, (_stemmed(token, languages) for token in analysis.tokens(text)), slop)
        case q.Exact(text, name):
            return _run(number, name, (_literal(token) for token in analysis.tokens(text)))
        case q.Prefix(text, name):
            start = analysis.fold(text)
            return _run(number, name, [Word(lambda token, _: token.startswith(start), literal=start)])
        case q.Wildcard(pattern, name):
            pattern = analysis.fold(pattern)
            fits = wildcard_pattern(pattern).fullmatch
            start = re.split(r"[?*]", pattern, maxsplit=1)[0]
            return _run(number, name, [Word(lambda token, _: fits(token) is not None, literal=start)])
        case q.Fuzzy(text, edits, name):
            wanted = analysis.fold(text)
            close = partial(distance_within, wanted, edits=edits)
            return _run(number, name, [Word(lambda token, _: close(token), near=(wanted, edits))])
        case q.Near(left, right, distance, name):
            sides = _clause(number, left, languages), _clause(number, right, languages)
            if sides[0] is None or sides[1] is None:
                return None
            return Clause(number, name, (), near=(sides[0], sides[1], distance))
    return None


def _run(number: int, name: str | None, words: Iterable[Word], slop: int = 0) -> Clause | None:
    found = tuple(words)
    return Clause(number, name, found, slop) if found else None


def _stemmed(token: str, languages: Sequence[str | None]) -> Word:
    wanted = frozenset(analysis.stems(token, languages))
    return Word(lambda other, language: analysis.stem(other, language) in wanted, stems=wanted)


def _literal(token: str) -> Word:
    return Word(lambda other, _: other == token, literal=token, whole=True)


@dataclass(slots=True)
class Matcher:
    """The clauses that may match in one field of articles in one language; remembers its verdict on each word."""

    clauses: Sequence[Clause]
    language: str | None
    _known: dict[tuple[int, str], bool] = field(default_factory=dict)

    def accepts(self, word: Word, token: str) -> bool:
        """Whether a word of the text is a word of the query."""
        key = (id(word), token)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = word.accepts(token, self.language)
        return known

    def find(self, tokens: Sequence[Token]) -> list[Mark]:
        """The matches among consecutive words of a text, in no particular order; single characters aside."""
        return [mark for clause in self.clauses for mark in self.find_clause(clause, tokens)]

    def find_clause(self, clause: Clause, tokens: Sequence[Token]) -> list[Mark]:
        """The matches of one clause."""
        if clause.character:
            return []
        runs = self._near(clause.near, tokens) if clause.near else self._runs(clause, tokens)
        return [Mark(tokens[first][1], tokens[last][2], clause.number) for first, last in runs]

    def _runs(self, clause: Clause, tokens: Sequence[Token]) -> list[Span]:
        """First and last token of each match."""
        first = clause.words[0]
        starts = [at for at, token in enumerate(tokens) if self.accepts(first, token[0])]
        if len(clause.words) == 1:
            return [(at, at) for at in starts]
        found = []
        for start in starts:
            at, room = start, clause.slop
            for word in clause.words[1:]:
                window = range(at + 1, min(at + 2 + room, len(tokens)))
                following = next((n for n in window if self.accepts(word, tokens[n][0])), -1)
                if following < 0:
                    break
                room -= following - at - 1
                at = following
            else:
                found.append((start, at))
        return found

    def _near(self, near: tuple[Clause, Clause, int], tokens: Sequence[Token]) -> list[Span]:
        left, right = self._runs(near[0], tokens), self._runs(near[1], tokens)
        distance = near[2]

        def close(a: Span, b: Span) -> bool:
            return 0 <= b[0] - a[1] - 1 <= distance or 0 <= a[0] - b[1] - 1 <= distance

        return [a for a in left if any(close(a, b) for b in right)] + [
            b for b in right if any(close(a, b) for a in left)
        ]


def find_character(clause: Clause, folded: str) -> list[Mark]:
    """Every occurrence of the single character a clause asks for."""
    found, at = [], folded.find(clause.character)
    while at >= 0:
        found.append(Mark(at, at + 1, clause.number))
        at = folded.find(clause.character, at + 1)
    return found


def matchers(found: Sequence[Clause], language: str | None) -> dict[str, Matcher]:
    """For each text field, what may match in it."""
    return {name: Matcher([c for c in found if c.field in (None, name)], language) for name in TEXTS}


def merged(marks: Iterable[Mark]) -> Spans:
    """The marks as spans in order, overlapping ones as one."""
    spans: list[Span] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if spans and mark.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], mark.end)
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def highlight(article: Article, tree: Node, languages: Sequence[str | None] = ()) -> Mapping[str, Spans]:
    """All matches of a query in a whole article: spans for each of title, summary and body.

    `languages` are those for which the words of the query are analysed; the article's own is always among them.
    """
    known = dict.fromkeys((*languages, article.language))
    found = text_clauses(tree, tuple(known))
    return {
        name: merged(whole_text(matcher, getattr(article, name)))
        for name, matcher in matchers(found, article.language).items()
    }


def whole_text(matcher: Matcher, text: str) -> list[Mark]:
    """The matches in a text, all its words looked at. Offsets are into `text`."""
    if not matcher.clauses or not text:
        return []
    found = matcher.find(analysis.token_spans(text))
    singles = [clause for clause in matcher.clauses if clause.character]
    if singles:
        folded, offsets = analysis.fold_map(text)
        marks = [mark for clause in singles for mark in find_character(clause, folded)]
        found += marks if offsets is None else [in_original(mark, offsets) for mark in marks]
    return found


def in_original(mark: Mark, offsets: Sequence[int]) -> Mark:
    """A mark in folded text as one in the text it was folded from."""
    return Mark(offsets[mark.start], offsets[mark.end - 1] + 1, mark.clause)
