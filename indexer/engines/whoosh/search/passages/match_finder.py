"""The marks of a query in a text without cutting the whole text into words.

Looks for the surface forms that the dictionary knows for each word, and cuts only the surroundings of what it finds.
Gives the same marks as `matches.whole_text`; a property test holds the two together. Called by the snippets.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer import analysis
from indexer.analysis import Token
from indexer.analysis.compounds import MOST_PARTS
from indexer.analysis.tokens import SIGNS_WITHIN, without_signs
from indexer.engines.whoosh.search.passages.plain_words import Forms, plain_marks, plain_passages
from indexer.highlight.matches import Clause, Mark, Matcher, Word, find_character, in_original, whole_text
from indexer.highlight.passages import snippets
from indexer.search.results import Snippet

# A match with one of these (or the end of the text) on each side is a word of its own.
_CLEAN = frozenset(' \n\t,;:!?()[]{}"/<>|*=%“”«»„…–—、。，！？；：「」『』（）،؛؟-')
# What joins two words to a compound.
_LINE_END = re.compile(r"[-\u2010][ \t]*\r?\n")
_JOINTS = ("-", "\u2010", "&")
# A match with one of these beside it is part of a longer word.
_LETTERS = frozenset(string.ascii_lowercase + string.digits)
# Characters that may be cut around what was found, for each of the text and in any; then it is cut as a whole, once.
_MOST_CUT = 2
_FREE_CUT = 10_000
# Text between spaces is cut at most so far to the left and right of what was found.
_REACH = 80
# No more words of one form than these are looked at in one text: more than 64 K characters have of "the".
MOST_PLACES = 2_000
# Of these what stands within a word where Hebrew letters are on both sides.
_QUOTES = _CLEAN.intersection(SIGNS_WITHIN)
# What may part two words of a phrase so plainly that the second can be looked at without cutting anything.
_GAP = re.compile(f"[{re.escape(''.join(sorted(_CLEAN)))}]+")
_REST = re.compile(r"[a-z0-9]*")
_PIECE = re.compile(rf"\s*\S{{1,{_REACH}}}")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where to look for a clause: at these forms of its first word.

    `plain` clauses are single words, `begins` those whose forms are beginnings of words.
    """

    clause: Clause
    forms: tuple[str, ...]
    plain: bool
    begins: bool


class _MuchCut(Exception):
    """A clause has been looked for in so many places that it had better be looked for in all."""


class Finder:
    """Finds the marks of a matcher's clauses in texts of one field of one segment."""

    def __init__(self, matcher: Matcher, forms: Forms) -> None:
        self._matcher = matcher
        anchors = [_anchor(clause, forms) for clause in matcher.clauses]
        self._anchors = None if None in anchors else [anchor for anchor in anchors if anchor is not None]
        self._plain = plain_marks(matcher, forms)

    def marks(self, text: str) -> list[Mark]:
        """The matches in a text. Offsets are into `text`."""
        if not text or self._anchors == []:
            return []
        if self._anchors is None:
            return whole_text(self._matcher, text)
        folded, offsets = analysis.fold_map(text)
        plain = self._plain.marks(text, folded, offsets) if self._plain else None
        return self._looked_for(_Searched(text, folded, offsets)) if plain is None else plain

    def passages(self, field: str, text: str) -> tuple[Snippet, ...]:
        """The best passages of a text around its matches; none where it has no match."""
        found = self._plain.passages(field, text) if self._plain else None
        if found is not None:
            return found
        marks = self.marks(text)
        found = plain_passages(field, text, marks)
        return snippets(field, text, marks) if found is None else found

    def _looked_for(self, searched: "_Searched") -> list[Mark]:
        """The matches, each found by itself."""
        found: set[Mark] = set()
        assert self._anchors is not None
        for anchor in self._anchors:
            if anchor.clause.character:
                found.update(searched.original(mark) for mark in find_character(anchor.clause, searched.folded))
                continue
            try:
                found.update(list(self._with_forms(anchor, searched)))
            except _MuchCut:
                found.update(self._matcher.find_clause(anchor.clause, searched.whole))
        return list(found)

    def _with_forms(self, anchor: _Anchor, searched: "_Searched") -> Iterator[Mark]:
        yield from self._at_forms(anchor, searched)
        for at, word in searched.joined:
            if any([form in word for form in anchor.forms]):  # noqa: C419  # a list is twice as fast
                yield from self._around(anchor.clause, searched, at, unspaced=False)

    def _at_forms(self, anchor: _Anchor, searched: "_Searched") -> Iterator[Mark]:
        folded, size, clean = searched.folded, len(searched.folded), searched.clean
        first, number = anchor.clause.words[0], anchor.clause.number
        for form in anchor.forms:
            unspaced = analysis.is_unspaced(form)  # and so a word of its own between letters: `lsblk命令`
            begins = unspaced or anchor.begins or not form[-1].isalnum()  # `c++` in `C++17`
            for at in _occurrences(folded, form, inside=unspaced, begins=begins):
                end = at + len(form)
                if anchor.plain and (not at or folded[at - 1] in clean):
                    if anchor.begins and end < size and folded[end] in _LETTERS:
                        end = _REST.match(folded, end).end()  # type: ignore[union-attr]  # it matches anywhere
                    if end == size or folded[end] in clean:
                        if self._matcher.accepts(first, folded[at:end], searched.light(first, at, end)):
                            yield searched.original(Mark(at, end, number))
                            continue
                        if not _may_be_wider(first, folded, end):
                            continue
                last = self._straight(anchor, searched, at, end)
                if last is None:
                    yield from self._around(anchor.clause, searched, at, unspaced)
                elif last:
                    yield searched.original(Mark(at, last, number))

    def _straight(self, anchor: _Anchor, searched: "_Searched", at: int, end: int) -> int | None:
        """Where a phrase of plain words ends; 0 if other words stand there, None if it takes more to see that."""
        folded, clean, words = searched.folded, searched.clean, anchor.clause.words
        self._matcher.check()
        if anchor.plain or anchor.begins or anchor.clause.slop or (at and folded[at - 1] not in clean):
            return None
        for number, word in enumerate(words):
            if number:
                gap = _GAP.match(folded, end)
                rest = _REST.match(folded, gap.end()) if gap else None
                if gap is None or rest is None or rest.end() == gap.end():
                    return None
                at, end = rest.span()
                if end < len(folded) and folded[end] not in clean:
                    return None
            if _may_be_wider(word, folded, end):
                return None
            if not self._matcher.accepts(word, folded[at:end], searched.light(word, at, end)):
                return 0
        return end

    def _around(self, clause: Clause, searched: "_Searched", at: int, unspaced: bool) -> list[Mark]:
        """The matches of one clause whose first word is at or around a place.

        Raises:
            _MuchCut: looking at the whole text costs less.
        """
        folded = searched.folded
        pieces = 1 + clause.slop + sum(map(searched.pieces, clause.words))
        if unspaced:
            start, end = at, at + 2 * pieces + _REACH
        else:
            start, end = _left(folded, at), _right(folded, at, pieces)
        return self._matcher.find_clause(clause, searched.cut(start, _word_end(folded, end)))


class _Searched:
    """A text, and it folded."""

    def __init__(self, text: str, folded: str, offsets: Sequence[int] | None) -> None:
        self.text = text
        self.folded = folded
        self.offsets = offsets
        self._ascii = text.isascii()
        self._cut: dict[tuple[int, int], list[Token]] = {}
        self._may_cut = _MOST_CUT * len(folded) + _FREE_CUT

    @cached_property
    def whole(self) -> list[Token]:
        """All words of the text."""
        return self._tokens(0, len(self.folded))

    @cached_property
    def joined(self) -> list[tuple[int, str]]:
        """Where words have signs within (`o'brien`, `u.s.`), so that their text is not that of their token; with each
        place what stands around it without such signs."""
        folded = self.folded
        found: list[int] = []
        for sign in SIGNS_WITHIN:
            at = folded.find(sign, 1)
            while 0 < at < len(folded) - 1:
                if folded[at - 1].isalnum() and folded[at + 1].isalnum():
                    found.append(at)
                at = folded.find(sign, at + 1)
        return [(at, without_signs(folded[_left(folded, at) : _right(folded, at, 1)])) for at in found]

    @cached_property
    def clean(self) -> frozenset[str]:
        """What surely parts words."""
        return _CLEAN - _QUOTES if any(self.folded[at] in _QUOTES for at, _ in self.joined) else _CLEAN

    @cached_property
    def _spreads(self) -> bool:
        """Whether compounds may have spaces in them."""
        return "&" in self.folded or _LINE_END.search(self.folded) is not None

    def pieces(self, word: Word) -> int:
        """How many runs of characters between spaces a word of the query may reach over."""
        if word.asked is None:
            return 1
        return MOST_PARTS if self._spreads else len(word.asked.parts) or 1

    def light(self, word: Word, at: int, end: int) -> str:
        """A word of the folded text with its accents, if these are asked for."""
        written = self.folded[at:end]
        if self._ascii or word.asked is None:
            return written
        start, stop = analysis.written_span(self.text, self.offsets, at, end)
        return analysis.light_word(self.text[start:stop], written)

    def original(self, mark: Mark) -> Mark:
        """A mark in the folded text as one in the text."""
        if self._ascii:
            return mark
        return in_original(mark, self.text, self.offsets)

    def cut(self, start: int, end: int) -> list[Token]:
        """The words of a part of the folded text, where they stand in the text; clauses share them.

        Raises:
            _MuchCut: parts that overlap were asked for again and again.
        """
        self._may_cut -= end - start
        if self._may_cut < 0:
            raise _MuchCut
        key = start, end
        if key not in self._cut:
            self._cut[key] = self._tokens(start, end)
        return self._cut[key]

    def _tokens(self, start: int, end: int) -> list[Token]:
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[min(end, len(self.folded))]
        tokens = analysis.cut(self.text[start:end])
        return [
            Token(text, *self._whole(first + start, last + start), light, joint)
            for text, first, last, light, joint in tokens
        ]

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self._ascii else analysis.whole_characters(self.text, start, end)


def _may_be_wider(word: Word, folded: str, end: int) -> bool:
    """Whether a word of the query may be this word of the text with those that follow."""
    if word.asked is None:
        return False
    behind = folded[end : end + 2]
    return bool(word.asked.parts) or behind[:1] in _JOINTS or behind == " &"


def _anchor(clause: Clause, forms: Forms) -> _Anchor | None:
    """Where to look so as to find every match of a clause; None if all words have to be looked at."""
    if clause.near:
        return None
    if clause.character:
        return _Anchor(clause, (), plain=False, begins=False)
    first = clause.words[0]
    known = (first.literal,) if first.literal else forms(first)
    if known is None:
        return None
    begins = bool(first.literal) and not first.whole
    plain = len(clause.words) == 1
    return _Anchor(clause, tuple(known), plain, begins)


def _occurrences(folded: str, form: str, inside: bool, begins: bool) -> Iterator[int]:
    """Where a form stands as a word; `inside` a longer one, or where one `begins` with it, if these count too."""
    at, found, size = folded.find(form), 0, len(folded)
    while at >= 0 and found < MOST_PLACES:
        end = at + len(form)
        starts = inside or at == 0 or folded[at - 1] not in _LETTERS
        if starts and (begins or end == size or folded[end] not in _LETTERS):
            found += 1
            yield at
        at = folded.find(form, at + 1)


def _left(folded: str, at: int) -> int:
    floor = max(at - _REACH, 0)
    space = max(folded.rfind(" ", floor, at), folded.rfind("\n", floor, at))
    if space >= 0 or floor == 0:
        return space + 1
    while floor < at and folded[floor - 1].isalnum():  # half a word is another word
        floor += 1
    return floor


def _word_end(folded: str, end: int) -> int:
    """The end, or where the word that goes on there ends."""
    if 0 < end < len(folded) and folded[end - 1] in _LETTERS:
        rest = _REST.match(folded, end)
        assert rest is not None
        return rest.end()
    return end


def _right(folded: str, at: int, pieces: int) -> int:
    """The end of so many runs of characters between spaces."""
    end = at
    for _ in range(pieces):
        found = _PIECE.match(folded, end)
        if found is None:
            break
        end = found.end()
    return end
