"""Bounds of names that a tagger drew too wide or too narrow.

In: the words of a sentence, its spans and the forms of given names. Out: spans parted at brackets ("Анджей Дуда
(Andrzej Duda)"), without words in other letters before a person ("Brexit Дэвида Дэвиса"), and with the particles of a
name ("Урсула фон дер Ляйен").
Called by `tagger`.
"""

from collections.abc import Container, Sequence

from indexer.entities.nominative.readings import Grammar
from indexer.entities.tagger import Span

_OPENING = frozenset("([")
_CLOSING = frozenset(")]")


def mended(words: Sequence[str], spans: Sequence[Span], grammar: Grammar, given: Container[str]) -> list[Span]:
    """The spans of one sentence, mended. `given` has forms of given names in lower case."""
    if not spans:
        return []
    parted = [part for span in spans for part in _parted(words, span)]
    own = [_own_letters(words, span, grammar) for span in parted if not _labelled(words, span, grammar)]
    return _joined(words, [_without_noun(words, span, grammar, given) for span in own], grammar)


def _labelled(words: Sequence[str], span: Span, grammar: Grammar) -> bool:
    """Whether what was taken for a person is a noun and a brand in other letters ("Лоукостер Ryanair")."""
    if span.kind != "person" or span.name is not None or span.last - span.first != 2:
        return False
    first, last = words[span.first : span.last]
    if grammar.letters.match(last.lower()) or last.isupper() or not last.isalpha():
        return False
    return bool(grammar.letters.match(first.lower()))


def _without_noun(words: Sequence[str], span: Span, grammar: Grammar, given: Container[str]) -> Span:
    """A person without the noun that starts the sentence before a given name ("Христианка Асия Биби")."""
    own = [word.lower() for word in words[span.first : span.last]]
    if span.kind != "person" or span.name is not None or span.first or len(own) != 3 or not all(map(str.isalpha, own)):
        return span
    if own[0] in given or own[1] not in given or own[0] in grammar.particles or any(map(grammar.patronymic, own)):
        return span
    return span._replace(first=1)


def _parted(words: Sequence[str], span: Span) -> list[Span]:
    """A name and what stands in brackets behind it as two."""
    if span.name is not None or span.last - span.first < 3:
        return [span]
    for place in range(span.first + 1, span.last):
        if words[place] in _OPENING:
            end = next((at for at in range(place + 1, span.last) if words[at] in _CLOSING), None)
            if end is not None and end < span.last - 1:
                return [span]  # the brackets are inside
            rest = span._replace(first=place + 1, last=end or span.last)
            return [span._replace(last=place), *([rest] if rest.first < rest.last else [])]
    return [span]


def _own_letters(words: Sequence[str], span: Span, grammar: Grammar) -> Span:
    """A person without words in other letters before the name."""
    if span.kind != "person" or span.name is not None:
        return span
    first = span.first
    while first < span.last - 1 and len(words[first]) > 2 and not grammar.letters.match(words[first].lower()):
        first += 1
    kept = words[first : span.last]
    return span._replace(first=first) if any(grammar.letters.match(word.lower()) for word in kept) else span


def _joined(words: Sequence[str], spans: Sequence[Span], grammar: Grammar) -> list[Span]:
    """People whose names have particles in between as one, and the particles before a family name with it."""
    result: list[Span] = []
    for span in spans:
        if span.kind != "person" or span.name is not None:
            result.append(span)
            continue
        first = span.first
        while first > 0 and words[first - 1] in grammar.particles:
            first -= 1
        before = result[-1] if result else None
        if before and first < before.last:
            first = before.last
        if before and first < span.first and before.last == first and before.kind == "person" and before.name is None:
            result[-1] = before._replace(last=span.last)
            continue
        result.append(span._replace(first=first))
    return result
