"""The marks of a query in a text without cutting the whole text into words.

Looks for the surface forms that the dictionary knows for each word, and cuts only the surroundings of what it finds.
Gives the same marks as `matches.whole_text`; a property test holds the two together. Called by the snippets.
"""

import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer import analysis
from indexer.highlight.matches import Clause, Mark, Matcher, Word, find_character, in_original, whole_text

# Surface forms, folded, that a word may have in the field at hand; None where they are not known.
Forms = Callable[[Word], Sequence[str] | None]

# A match with one of these (or the end of the text) on each side is a word of its own.
_CLEAN = frozenset(' \n\t,;:!?()[]{}"/<>|*+=%#“”«»„…–—、。，！？；：「」『』（）،؛؟-')
# A match with one of these beside it is part of a longer word.
_LETTERS = frozenset(string.ascii_lowercase + string.digits)
# Text between spaces is cut at most so far to the left and right of what was found.
_REACH = 80
# No more words of one form than these are looked at in one text: more than 64 K characters have of "the".
MOST_PLACES = 2_000
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


class Finder:
    """Finds the marks of a matcher's clauses in texts of one field of one segment."""

    def __init__(self, matcher: Matcher, forms: Forms) -> None:
        self._matcher = matcher
        anchors = [_anchor(clause, forms) for clause in matcher.clauses]
        self._anchors = None if None in anchors else [anchor for anchor in anchors if anchor is not None]

    def marks(self, text: str) -> list[Mark]:
        """The matches in a text. Offsets are into `text`."""
        if not text or self._anchors == []:
            return []
        if self._anchors is None:
            return whole_text(self._matcher, text)
        folded, offsets = analysis.fold_map(text)
        found: set[Mark] = set()
        joined: list[int] | None = None
        for anchor in self._anchors:
            if anchor.clause.character:
                found.update(find_character(anchor.clause, folded))
                continue
            found.update(self._at_forms(anchor, folded))
            if joined is None:
                joined = _joined(folded)
            for at in joined:
                found.update(self._around(anchor.clause, folded, at, unspaced=False))
        if offsets is None:
            return list(found)
        return [in_original(mark, offsets) for mark in found]

    def _at_forms(self, anchor: _Anchor, folded: str) -> Iterator[Mark]:
        size = len(folded)
        first = anchor.clause.words[0]
        for form in anchor.forms:
            unspaced = analysis.is_unspaced(form)  # and so a word of its own between letters: `lsblk命令`
            for at in _occurrences(folded, form, inside=unspaced, begins=unspaced or anchor.begins):
                end = at + len(form)
                before = folded[at - 1] if at else " "
                behind = folded[end] if end < size else " "
                if anchor.plain and before in _CLEAN:
                    if anchor.begins and behind in _LETTERS:
                        end = _REST.match(folded, end).end()  # type: ignore[union-attr]  # it matches anywhere
                        behind = folded[end] if end < size else " "
                    if behind in _CLEAN:
                        if self._matcher.accepts(first, folded[at:end]):
                            yield Mark(at, end, anchor.clause.number)
                        continue
                last = self._straight(anchor, folded, before, form, end)
                if last is None:
                    yield from self._around(anchor.clause, folded, at, unspaced)
                elif last:
                    yield Mark(at, last, anchor.clause.number)

    def _straight(self, anchor: _Anchor, folded: str, before: str, form: str, end: int) -> int | None:
        """Where a phrase of plain words ends; 0 if other words stand there, None if it takes more to see that."""
        words = anchor.clause.words
        if anchor.plain or anchor.begins or anchor.clause.slop or before not in _CLEAN:
            return None
        if not self._matcher.accepts(words[0], form):
            return 0
        for word in words[1:]:
            gap = _GAP.match(folded, end)
            rest = _REST.match(folded, gap.end()) if gap else None
            if gap is None or rest is None or rest.end() == gap.end():
                return None
            end = rest.end()
            if end < len(folded) and folded[end] not in _CLEAN:
                return None
            if not self._matcher.accepts(word, rest.group()):
                return 0
        return end

    def _around(self, clause: Clause, folded: str, at: int, unspaced: bool) -> list[Mark]:
        """The matches of one clause whose first word is at or around a place."""
        pieces = 1 + len(clause.words) + clause.slop
        if unspaced:
            start, end = at, at + 2 * pieces + _REACH
        else:
            start, end = _left(folded, at), _right(folded, at, pieces)
        piece = folded[start : _word_end(folded, end)]
        tokens = [(token, a + start, z + start) for token, a, z in analysis.token_spans(piece)]
        return self._matcher.find_clause(clause, tokens)


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


def _joined(folded: str) -> list[int]:
    """Where words are joined by an apostrophe or dot (`o'brien`, `u.s.`), whose text is not that of their token."""
    found = []
    for mark in "'.":
        at = folded.find(mark, 1)
        while 0 < at < len(folded) - 1:
            if folded[at - 1].isalnum() and folded[at + 1].isalnum():
                found.append(at)
            at = folded.find(mark, at + 1)
    return found


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
