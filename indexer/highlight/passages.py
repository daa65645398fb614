"""Marks in a text -> the passages worth showing: up to two of about 240 characters, cut at sentences or words.

A passage covers as many different clauses as can be, then as many matches. Called by the snippets.
"""

import re
from collections.abc import Sequence

from indexer.analysis import is_combining
from indexer.highlight.matches import Mark, merged
from indexer.search.results import Snippet

WIDTH = 240
PASSAGES = 2
# A passage ends with its sentence if that keeps at least this share of the width.
_ENOUGH = 0.6
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s)|[。！？][」』”]?|[؟۔](?=\s)|\n\s*\n")
_LONGEST_WORD = 40  # no passage is cut further back than this in search of a space


def snippets(field: str, text: str, marks: Sequence[Mark]) -> tuple[Snippet, ...]:
    """The best passages of a text around its matches, in the order of the text."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    chosen: list[tuple[int, int]] = []
    covered: set[int] = set()
    for _ in range(PASSAGES):
        best = _best_window(ordered, covered)
        if best is None:
            break
        low, high = best
        covered |= {mark.clause for mark in ordered[low:high]}
        span = _cut(text, ordered[low].start, max(mark.end for mark in ordered[low:high]), chosen)
        chosen.append(span)
        ordered = [mark for mark in ordered if mark.end <= span[0] or mark.start >= span[1]]
    return tuple(_passage(field, text, span, marks) for span in sorted(chosen))


def lead(field: str, text: str, marks: Sequence[Mark] = ()) -> tuple[Snippet, ...]:
    """The beginning of a text."""
    if not text.strip():
        return ()
    start = len(text) - len(text.lstrip())
    return (_passage(field, text, (start, _end(text, start, start, len(text))), marks),)


def _best_window(marks: Sequence[Mark], covered: set[int]) -> tuple[int, int] | None:
    """The run of marks within a passage's width with most clauses not yet covered, most clauses, most marks."""
    best, best_worth = None, (-1, -1, -1)
    counts: dict[int, int] = {}
    low = fresh = kinds = 0  # where the run begins, how many clauses it has that are not covered, and in all
    for high, (_, end, clause) in enumerate(marks):
        counts[clause] = count = counts.get(clause, 0) + 1
        if count == 1:
            kinds += 1
            fresh += clause not in covered
        while low < high and end - marks[low].start > WIDTH:
            left = marks[low].clause
            counts[left] -= 1
            if not counts[left]:
                kinds -= 1
                fresh -= left not in covered
            low += 1
        worth = (fresh, kinds, high - low + 1)
        if worth > best_worth:
            best, best_worth = (low, high + 1), worth
    return best


def _cut(text: str, first: int, last: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A passage around `[first, last)` that keeps clear of those taken."""
    floor = max((end for _, end in taken if end <= first), default=0)
    ceiling = min((start for start, _ in taken if start >= last), default=len(text))
    slack = max(WIDTH - (last - first), 0)
    start = _start(text, first, max(first - slack * 2 // 3, floor))
    return start, _end(text, start, last, ceiling)


def _start(text: str, first: int, floor: int) -> int:
    """Where a passage begins: with a sentence that begins after `floor`, else with a word."""
    if floor == 0:
        return min(_skip(text, 0), first)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(floor - 2, 0), first)]
    starts = [start for end in ends if (start := _skip(text, end)) <= first and start >= floor]
    if starts:
        return starts[0]
    if text[floor - 1].isspace():
        return floor
    for place in range(floor, min(floor + _LONGEST_WORD, first)):
        if text[place].isspace():
            return _skip(text, place)
    while floor < first and is_combining(text[floor]):
        floor += 1
    return floor


def _end(text: str, start: int, last: int, ceiling: int) -> int:
    """Where a passage ends: with a sentence if enough of the width is used, else with a word."""
    limit = min(max(start + WIDTH, last), ceiling)
    if limit == len(text):
        return len(text.rstrip()) if len(text.rstrip()) >= last else limit
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(last - 1, start), min(limit + 1, len(text)))]
    ends = [end for end in ends if last <= end <= limit]
    if ends and ends[-1] - start >= WIDTH * _ENOUGH:
        return _trim(text, ends[-1], last)
    if text[limit].isspace():
        return _trim(text, limit, last)
    for place in range(limit, max(limit - _LONGEST_WORD, last), -1):
        if text[place - 1].isspace():
            return _trim(text, place, last)
    while limit < ceiling and is_combining(text[limit]):
        limit += 1
    return limit


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _trim(text: str, end: int, least: int) -> int:
    while end > least and text[end - 1].isspace():
        end -= 1
    return end


def _passage(field: str, text: str, span: tuple[int, int], marks: Sequence[Mark]) -> Snippet:
    start, end = span
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    spans = tuple((max(a, start) - start, min(z, end) - start) for a, z in merged(inside))
    return Snippet(field, text[start:end], spans, leading=bool(text[:start].strip()), trailing=bool(text[end:].strip()))
