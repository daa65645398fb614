"""Clauses that are words and phrases as the dictionary spells them, found by the compiled kernels.

What a `Finder` finds in most texts of most queries: the rest, and every text in which a word may be more than its
letters, is left to it. Called by `match_finder`.
"""

from collections.abc import Callable, Sequence

from indexer import analysis
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.passages import MOST_CLAUSES, PlainClause, PlainWords, chosen
from indexer.highlight.matches import Clause, Mark, Matcher, Word, in_original
from indexer.search.results import Snippet

# Surface forms, folded, that a word may have in the field at hand; None where they are not known.
Forms = Callable[[Word], Sequence[str] | None]


class PlainMarks:
    """The marks and passages of clauses that all are plain, in texts in the language of a matcher."""

    def __init__(self, words: PlainWords, clauses: Sequence[Clause], matcher: Matcher) -> None:
        self._words = words
        self._clauses = {clause.number: clause for clause in clauses}
        self._matcher = matcher

    def marks(self, text: str, folded: str, offsets: Sequence[int] | None) -> list[Mark] | None:
        """The matches in a text, given it folded; None where this cannot tell them."""
        numbers = self._words.marks(folded)
        if numbers is None:
            return None
        marks = list(map(Mark, numbers[::3], numbers[1::3], numbers[2::3]))
        if text.isascii():
            return marks
        if not all(self._sure(mark, text, folded, offsets) for mark in marks):
            return None
        return [in_original(mark, text, offsets) for mark in marks]

    def _sure(self, mark: Mark, text: str, folded: str, offsets: Sequence[int] | None) -> bool:
        """Whether a mark would be one whatever accents the text has: they may make another word of it."""
        start, stop = analysis.written_span(text, offsets, mark.start, mark.end)
        written = text[start:stop]
        if written.isascii():
            return True
        words = self._clauses[mark.clause].words
        word = folded[mark.start : mark.end]
        return len(words) == 1 and self._matcher.accepts(words[0], word, analysis.light_word(written, word))

    def passages(self, field: str, text: str) -> tuple[Snippet, ...] | None:
        """The passages of an ASCII text around its matches; None where this cannot tell them, or the text is not."""
        if not text.isascii() or "`" in text:
            return None
        told = self._words.passages(text.lower().encode("ascii"))
        return None if told is None else _snippets(field, text, told)


def plain_marks(matcher: Matcher, forms: Forms) -> PlainMarks | None:
    """What finds the clauses of a matcher; None where they are not plain, or the kernels are not compiled."""
    if native.library is None or not matcher.clauses:
        return None
    if any(clause.number >= MOST_CLAUSES for clause in matcher.clauses):
        return None
    found = [_plain(clause, matcher, forms) for clause in matcher.clauses]
    plain = [clause for clause in found if clause is not None]
    return PlainMarks(PlainWords(plain), matcher.clauses, matcher) if len(plain) == len(found) else None


def plain_passages(field: str, text: str, marks: Sequence[Mark]) -> tuple[Snippet, ...] | None:
    """The passages of a text around its marks; None where the kernels are not there, or cannot tell them."""
    told = chosen(text, [number for mark in marks for number in mark])
    return None if told is None else _snippets(field, text, told)


def _plain(clause: Clause, matcher: Matcher, forms: Forms) -> PlainClause | None:
    if clause.near or clause.character or clause.slop:
        return None
    words = [_forms(word, matcher, forms) for word in clause.words]
    known = [word for word in words if word is not None]
    begins = any(word.literal and not word.whole for word in clause.words)
    if len(known) < len(words) or (begins and len(words) > 1):
        return None
    return clause.number, begins, known


def _forms(word: Word, matcher: Matcher, forms: Forms) -> Sequence[str] | None:
    """The forms of a word, if these alone are it."""
    if word.near or (word.asked is not None and word.asked.parts):
        return None
    known = (word.literal,) if word.literal else forms(word)
    if known is None or not all(form.isalnum() and not analysis.is_unspaced(form) for form in known):
        return None
    # A form with accents is looked at again where it stands.
    return known if all(matcher.accepts(word, form, form) for form in known if form.isascii()) else None


def _snippets(field: str, text: str, told: Sequence[int]) -> tuple[Snippet, ...]:
    """The passages that the kernels tell of."""
    found, at = [], 1
    for _ in range(told[0]):
        start, end, leading, trailing, spans = told[at : at + 5]
        at += 5
        pairs = tuple(zip(told[at : at + 2 * spans : 2], told[at + 1 : at + 2 * spans : 2], strict=True))
        at += 2 * spans
        found.append(Snippet(field, text[start:end], pairs, leading > 0, trailing > 0))
    return tuple(found)
