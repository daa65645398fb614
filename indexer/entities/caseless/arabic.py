"""What is seen of Arabic words: the word without what is written together with it, its ends, the lists that hold it.

In: words of a sentence. Out: their views for `encoding`. The conjunctions و and ف, the prepositions ب, ل and ك and the
article are parted from a word where the rest is the more frequent word and the whole is no listed name. Called by the
tagger and by training.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.entities.caseless.encoding import NOTHING, Template, number
from indexer.entities.lexicon import longest_by_first_word
from indexer.entities.tagger import Span

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200e\u200f]")
_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
PLACES = frozenset({"city", "known-place"})  # lists of places
SHORTEST = 3  # letters of a word from which a prefix was taken
_VIEWS = ("word", "base", "prefix", "first2", "first3", "last2", "last3", "name", "rate", "kind", "list", "sign")


def _letters(word: str, count: int) -> int:
    """Where a word goes on after so many letters and their vowel signs."""
    place = 0
    for place, char in enumerate(word):
        if not _MARKS.match(char):
            if not count:
                return place
            count -= 1
    return place


def fold_arabic(word: str) -> str:
    """A word without vowel signs, its letters in one spelling."""
    return _MARKS.sub("", word).translate(_LETTERS)


def _at(name: str, *offsets: int) -> Template:
    return tuple((name, offset) for offset in offsets)


_TEMPLATES: tuple[Template, ...] = (
    *(_at("word", offset) for offset in (-1, 0, 1)),
    *(_at("base", offset) for offset in (-3, -2, -1, 0, 1, 2)),
    *(_at(name, 0) for name in ("first2", "first3", "last2", "last3")),
    _at("first3", -1), _at("last3", -1), _at("last3", 1), _at("first3", 1),
    *(_at(name, offset) for name in ("prefix", "name", "rate", "kind", "list", "sign") for offset in (-2, -1, 0, 1, 2)),
    _at("base", -1, 0), _at("base", 0, 1), _at("base", -1, 1), _at("base", -2, -1), _at("base", 1, 2),
    _at("name", -1, 0), _at("name", 0, 1), _at("name", -1, 0, 1), _at("name", -2, -1, 0), _at("name", 0, 1, 2),
    (("name", 0), ("rate", 0)), (("name", 0), ("prefix", 0)), (("name", 0), ("rate", 0), ("prefix", 0)),
    (("name", -1), ("rate", -1), ("name", 0), ("rate", 0)), (("name", 0), ("rate", 0), ("name", 1), ("rate", 1)),
    (("base", -1), ("name", 0)), (("name", 0), ("base", 1)), (("base", -1), ("rate", 0)), (("sign", -1), ("name", 0)),
    (("sign", -2), ("name", -1), ("name", 0)), (("sign", -1), ("name", 0), ("name", 1)), _at("sign", -2, -1),
    (("sign", -1), ("prefix", 0)), (("sign", 0), ("prefix", 0)), (("sign", -1), ("rate", 0)),
    (("name", 0), ("sign", 1)),
    _at("prefix", -1, 0), _at("prefix", 0, 1), _at("prefix", -1, 0, 1), (("prefix", 0), ("last2", 0)),
    _at("rate", -1, 0), _at("rate", 0, 1), _at("rate", -1, 0, 1),
    _at("kind", -1, 0), _at("kind", 0, 1), _at("kind", -1, 0, 1),
    (("list", 0), ("name", 0)), _at("list", -1, 0), _at("list", 0, 1), (("base", -1), ("list", 0)),
    (("list", 0), ("base", 1)), (("prefix", 0), ("list", 0)), (("last2", -1), ("last2", 0)),
    (("prefix", -1), ("last2", -1), ("prefix", 0), ("last2", 0)), (("base", -1), ("prefix", 0)),
)  # fmt: skip
_SPELLING = frozenset({"word", "base", "first3", "last3"})


@dataclass(frozen=True, slots=True)
class ArabicLists:
    """What is known of Arabic, all folded: `rates` of words (tenths of Zipf units), `names` of people graded by how
    many bear them, listed `things` by their words with spaces, `signs` that stand beside names."""

    rates: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)


class ArabicReading:
    """The `Reading` of Arabic."""

    views: tuple[str, ...] = _VIEWS
    templates: tuple[Template, ...] = _TEMPLATES
    spelling = _SPELLING

    def __init__(self, lists: ArabicLists) -> None:
        self._lists = lists
        self._known: dict[str, tuple[str, tuple[int, ...]]] = {}
        self._longest = longest_by_first_word(lists.things)
        classes = sorted(set(lists.things.values()))
        self._tags = {(mark, name): number(f"{mark}{name}") for mark in "BIES" for name in classes}

    def look(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """Views of each word of a sentence."""
        known = [self._word(word) for word in words]
        result = np.array([views for _, views in known], np.uint64).reshape(len(words), len(_VIEWS))
        column = _VIEWS.index("list")
        for first, last, name in self._listed([base for base, _ in known]):
            for place in range(first, last):
                mark = "S" if last - first == 1 else "B" if place == first else "E" if place == last - 1 else "I"
                result[place, column] = self._tags[mark, name]
        return result

    def part(self, word: str) -> tuple[str, str, bool]:
        """What is written together before a word, the word itself with its article, and whether it has one; folded."""
        return self._part(fold_arabic(word))

    def mend(self, words: Sequence[str], span: Span) -> Sequence[Span]:
        """People that a conjunction parts are several, and one called like a town (سيدي بوزيد) is that town; marks at
        the ends are no part of a name."""
        first, last = span.first, span.last
        while first < last and not words[first][0].isalnum():
            first += 1
        while first < last and not words[last - 1][0].isalnum():
            last -= 1
        if first == last or fold_arabic("".join(words[first:last])) == "":
            return ()
        if span.kind != "person":
            return (span._replace(first=first, last=last),)
        if last - first > 1 and self._lists.things.get(self.name(words, Span(first, last, "place"))) in PLACES:
            return (Span(first, last, "place"),)
        found: list[Span] = []
        for place in range(first + 1, last):
            taken, rest, _ = self.part(words[place])
            if taken[:1] in _CONJUNCTIONS:
                found.append(span._replace(first=first, last=place))
                first = place
                if not self._lists.names.get(rest):
                    return found
        return [*found, span._replace(first=first, last=last)]

    def form(self, words: Sequence[str], span: Span) -> str:
        """Of people: one word, several, or several that all are listed names; with "+" beside a title or a verb of
        saying. Of places and bodies: the list that has it, after or with a word for one, or other."""
        parts = [self.part(word)[1] for word in words[max(span.first - 1, 0) : span.last]]
        before = parts.pop(0) if span.first else ""
        lists = self._lists
        if span.kind != "person":
            listed = lists.things.get(" ".join(parts), "")
            if listed and (span.kind == "organisation") == listed.endswith("body"):
                return listed
            head, wanted = (parts[0], "body") if span.kind == "organisation" else (before, "area")
            return "headed" if self._sign(head) == wanted else "other"
        beside = self._sign(before) in ("title", "say", "kin")
        if len(parts) == 1:
            making = "one" if lists.names.get(parts[0], 0) > 1 else "strange"
        else:
            making = "named" if all(lists.names.get(part, 0) > 1 for part in parts) else "several"
        return making + ("+" if beside else "")

    def name(self, words: Sequence[str], span: Span) -> str:
        """The words, folded, the first without what is written together before it."""
        return " ".join((self.part(words[span.first])[1], *map(fold_arabic, words[span.first + 1 : span.last])))

    def listed(self, words: Sequence[str]) -> Sequence[str]:
        """The words as lists of names have them: without two prefixes, as the lists take one off themselves."""
        return [rest if len(taken) > 1 else word for word in words for taken, rest, _ in (self.part(word),)]

    def apart(self, words: Sequence[str], span: Span) -> bool:
        """Whether a listed name stands for itself: it does, as spaces part words."""
        return span.last <= len(words)

    def written(self, words: Sequence[str], span: Span) -> Span:
        """The span without a conjunction or preposition before its name: بوتين of وبوتين.

        Of للسيسي, where the preposition hides the article's first letter, the name is said to be السيسي.
        """
        first = words[span.first]
        taken, rest, _ = self.part(first)
        if not taken:
            return span
        hidden = rest.startswith("ال") and fold_arabic(first)[len(taken)] == "ل"
        skip = _letters(first, len(taken) + hidden)
        if not hidden or span.name is not None:
            return span._replace(skip=skip)
        return span._replace(skip=skip, name=" ".join(("ال" + first[skip:], *words[span.first + 1 : span.last])))

    def _sign(self, word: str) -> str:
        signs = self._lists.signs
        return signs.get(word) or signs.get(word.removeprefix("ال"), "")

    def _part(self, whole: str) -> tuple[str, str, bool]:
        taken = ""
        rest = whole
        for group in (_CONJUNCTIONS, _PREPOSITIONS):
            for letter in group:
                if rest.startswith(letter) and self._parts(rest):
                    taken += letter
                    rest = (
                        "ا" + rest[1:]
                        if letter == "ل" and rest.startswith("لل") and self._has_article(rest)
                        else rest[1:]
                    )
                    break
        return taken, rest, rest.startswith("ال") and len(rest) > SHORTEST + 1

    def _has_article(self, word: str) -> bool:
        """Whether "لل" before a word hides the article: للرئيس is ل and الرئيس, لليبيا is ل and ليبيا."""
        return self._weight("ا" + word[1:]) >= self._weight(word[1:])

    def _parts(self, word: str) -> bool:
        rest = word[1:]
        if len(rest) < SHORTEST or self._lists.names.get(word, 0) > 1:
            return False
        if rest.startswith(("ال", "لل")) and len(rest) > SHORTEST + 1:
            return True
        if word.startswith("لل") and len(rest) > SHORTEST:
            return True
        bare = self._weight(rest)
        return bare > 0 and bare > self._weight(word)

    def _weight(self, word: str) -> float:
        rate = self._lists.rates.get(word, 0)
        if word.startswith("ال") and not rate:
            rate = self._lists.rates.get(word[2:], 0)
        return max(rate, 10 * self._lists.names.get(word, 0))

    def _word(self, word: str) -> tuple[str, tuple[int, ...]]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 200_000:
                self._known.clear()
            known = self._known[word] = self._look_at(word)
        return known

    def _look_at(self, word: str) -> tuple[str, tuple[int, ...]]:
        whole = fold_arabic(word) or word
        taken, rest, article = self._part(whole)
        base = rest[2:] if article else rest
        lists = self._lists
        name = lists.names.get(rest) or lists.names.get(base, 0)
        rate = lists.rates.get(rest) or lists.rates.get(base, 0)
        sign = lists.signs.get(rest) or lists.signs.get(base)
        views = (
            number("w" + whole), number("b" + base), number(f"p{taken}{'ال' if article else ''}"),
            number(base[:2]), number(base[:3]), number(base[-2:]), number(base[-3:]), number(f"n{name}"),
            number(f"r{rate // 5}"), number("k" + _kind(word, base)), NOTHING, number(sign) if sign else NOTHING,
        )  # fmt: skip
        return rest, views

    def _listed(self, bases: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        place = 0
        while place < len(bases):
            reach = min(self._longest.get(bases[place], 0), len(bases) - place)
            for length in range(reach, 0, -1):
                name = self._lists.things.get(" ".join(bases[place : place + length]))
                if name:
                    yield place, place + length, name
                    place += length - 1
                    break
            place += 1


def _kind(word: str, base: str) -> str:
    first = word[0]
    if first.isdigit():
        return "d"
    if "\u0600" <= first <= "\u06ff" and first.isalpha():
        return f"a{min(len(base), 7)}"
    if first.isalpha():
        return "X" if first.isupper() else "x"
    return first
