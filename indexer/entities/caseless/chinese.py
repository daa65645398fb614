"""What is seen of Chinese characters: themselves, the listed word they stand in, and what names are made of.

In: characters (and foreign words) of a sentence. Out: their views for `encoding`. Traditional characters are read as
their simplified ones. Called by the tagger and by training.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.entities.caseless.encoding import NOTHING, Template, number
from indexer.entities.caseless.segment import longest_by_start, segment
from indexer.entities.tagger import Span

_DOTS = frozenset("·‧•・")
_BREAKS = frozenset('，。、；：！？（）《》“”「」『』,;:!?()"')
JAPANESE = "japanese"  # class of Japanese family names
OTHER = "\ufffc"  # stands for a word of several letters in the text that is cut into words
_VIEWS = (
    "char", "kind", "word", "role", "before", "after", "class_before", "class_after", "foreign", "family", "given",
    "list",
)  # fmt: skip


def _at(name: str, *offsets: int) -> Template:
    return tuple((name, offset) for offset in offsets)


_TEMPLATES: tuple[Template, ...] = (
    *(_at("char", offset) for offset in (-2, -1, 0, 1, 2)),
    _at("char", -1, 0), _at("char", 0, 1), _at("char", -2, -1), _at("char", 1, 2), _at("char", -1, 1),
    _at("char", -1, 0, 1), _at("char", 0, 1, 2), _at("char", -2, -1, 0), _at("char", -3, -2),
    _at("char", 2, 3),
    _at("word", 0), _at("before", 0), _at("after", 0), _at("role", 0), _at("class_before", 0), _at("class_after", 0),
    (("before", 0), ("word", 0)), (("word", 0), ("after", 0)), (("before", 0), ("role", 0)),
    (("role", 0), ("after", 0)), (("class_before", 0), ("role", 0)), (("role", 0), ("class_after", 0)),
    (("class_before", 0), ("role", 0), ("class_after", 0)), (("before", 0), ("after", 0)),
    _at("role", -1, 0), _at("role", 0, 1), _at("role", -1, 0, 1),
    *(_at("kind", offset) for offset in (-1, 0, 1)), _at("kind", -1, 0, 1),
    *(_at("foreign", offset) for offset in (-1, 0, 1)), _at("foreign", -1, 0), _at("foreign", 0, 1),
    _at("foreign", -1, 0, 1), _at("foreign", -2, -1, 0), _at("foreign", 0, 1, 2), _at("foreign", -2, -1, 0, 1, 2),
    _at("family", 0), (("family", 0), ("given", 1)), (("family", 0), ("given", 1), ("given", 2)),
    (("family", -1), ("given", 0)), (("family", -1), ("given", 0), ("given", 1)),
    (("family", -2), ("given", -1), ("given", 0)), (("family", 0), ("before", 0)), (("family", 0), ("class_before", 0)),
    (("family", 0), ("given", 1), ("role", 0)), (("family", -1), ("given", 0), ("after", 0)),
    (("family", -2), ("given", -1), ("given", 0), ("class_after", 0)),
    *(_at("list", offset) for offset in (-1, 0, 1)), (("list", 0), ("role", 0)), _at("list", 0, 1), _at("list", -1, 0),
    (("list", 0), ("char", 1)), (("list", 0), ("before", 0)),
)  # fmt: skip
_SPELLING = frozenset({"char", "word"})


@dataclass(frozen=True, slots=True)
class ChineseLists:
    """What is known of Chinese: words with log frequency and class, characters of names, names of things.

    `foreign`, `family` and `given` grade characters by how often they write foreign names, begin a person's name and
    follow in one; `names` maps a listed name to its class. `simplified` maps traditional characters.
    """

    costs: Mapping[str, float] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, int] = field(default_factory=dict)
    family: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    simplified: Mapping[int, str] = field(default_factory=dict)


class ChineseReading:
    """The `Reading` of Chinese."""

    views: tuple[str, ...] = _VIEWS
    templates: tuple[Template, ...] = _TEMPLATES
    spelling = _SPELLING

    def __init__(self, lists: ChineseLists) -> None:
        self._lists = lists
        self._longest = longest_by_start(lists.costs)
        self._longest_name = longest_by_start(lists.names)
        self._own: dict[str, tuple[int, ...]] = {}
        self._words: dict[str, tuple[int, int, tuple[int, ...]]] = {}
        self._tags = {
            (mark, name): number(f"{mark}{name}") for mark in "BIES" for name in sorted(set(lists.names.values()))
        }

    def look(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """Views of each character or foreign word of a sentence."""
        text = self._text(words)
        count = len(words)
        cut = segment(text, self._lists.costs, self._longest)
        tokens = [text[first:last] if last - first > 1 or text[first] != OTHER else words[first] for first, last in cut]
        seen = [self._word(token) for token in tokens]
        rows: list[tuple[int, ...]] = []
        edge = (number("</s>"), number("</s>"), ())
        for at, (first, last) in enumerate(cut):
            word, _, roles = seen[at]
            before = seen[at - 1] if at else edge
            after = seen[at + 1] if at + 1 < len(seen) else edge
            for place in range(first, last):
                char, shape, foreign, family, given = self._char(text[place], words[place])
                rows.append((
                    char, shape, word, roles[place - first], before[0], after[0], before[1], after[1],
                    foreign, family, given, NOTHING,
                ))  # fmt: skip
        result = np.array(rows, np.uint64).reshape(count, len(_VIEWS))
        for first, last, name in self._listed(text):
            for place in range(first, last):
                mark = "S" if last - first == 1 else "B" if place == first else "E" if place == last - 1 else "I"
                result[place, -1] = self._tags[mark, name]
        return result

    def mend(self, words: Sequence[str], span: Span) -> Sequence[Span]:
        """The span without the marks at its ends; none where a mark stands inside or one character is left.

        Nor a person or place with Latin letters, which among Chinese characters mostly are of a product or a firm.
        """
        first, last = span.first, span.last
        while first < last and not words[first][0].isalnum():
            first += 1
        while first < last and not words[last - 1][0].isalnum():
            last -= 1
        if any(word in _BREAKS for word in words[first:last]) or len("".join(words[first:last])) < 2:
            return ()
        if span.kind != "organisation" and any(len(word) > 1 for word in words[first:last]):
            return ()
        return (span._replace(first=first, last=last),)

    def form(self, words: Sequence[str], span: Span) -> str:
        """Of people: with a dot between names, Japanese, listed as something else, Chinese, of characters that write
        foreign names, either, or other; with "+" beside a title or a verb of saying, with "-" before what places and
        bodies have (a border, an army). Of places and bodies: the list that has it, ending in a word for one, or
        other."""
        text = self._text(words)
        name = text[span.first : span.last]
        lists = self._lists
        if span.kind != "person":
            listed = lists.names.get(name, "")
            if listed and (span.kind == "organisation") == listed.endswith("body"):
                return listed
            ending = "body" if span.kind == "organisation" else "area"
            return "headed" if self._sign(name, len(name), ending) else "other"
        after = {lists.classes.get(text[span.last : span.last + size], "") for size in (1, 2, 3, 4)}
        if after & {"area", "body", "thing"}:
            return self._making(name) + "-"
        beside = after & {"title", "say"} or self._sign(text, span.first, "title", "kin")
        return self._making(name) + ("+" if beside else "")

    def name(self, words: Sequence[str], span: Span) -> str:
        """The words together, in simplified characters."""
        return "".join(words[span.first : span.last]).translate(self._lists.simplified)

    def listed(self, words: Sequence[str]) -> list[str]:
        """The words as lists of names have them: in simplified characters."""
        return [word.translate(self._lists.simplified) for word in words]

    def apart(self, words: Sequence[str], span: Span) -> bool:
        """Whether a listed name stands for itself and is no part of another word: a place before a title."""
        text = self._text(words)
        return span.kind == "place" and any(
            self._lists.classes.get(text[span.last : span.last + size]) == "title" for size in (2, 3, 4)
        )

    def written(self, words: Sequence[str], span: Span) -> Span:
        """The span: nothing is written together with a Chinese name."""
        del words
        return span

    def _text(self, words: Sequence[str]) -> str:
        """One character for each word."""
        return "".join([word if len(word) == 1 else OTHER for word in words]).translate(self._lists.simplified)

    def _sign(self, text: str, end: int, *classes: str) -> bool:
        """Whether a word of one of the classes ends at a place."""
        return any(self._lists.classes.get(text[max(end - size, 0) : end]) in classes for size in (1, 2, 3, 4, 5))

    def _making(self, name: str) -> str:
        lists = self._lists
        if not _DOTS.isdisjoint(name):
            return "dotted"
        if len(name) in (3, 4, 5) and JAPANESE in (lists.classes.get(name[:2]), lists.classes.get(name[:3])):
            return "japanese"
        if name in lists.names or not lists.classes.get(name, "nr").startswith("nr"):
            return "listed"
        foreign = all(lists.foreign.get(char, 0) > 2 for char in name)
        given = [lists.given.get(char, 0) for char in name[1:]]
        if lists.family.get(name[0]) and len(name) in (2, 3) and min(given) > 0 and max(given) > 1:
            return f"{'either' if foreign else 'chinese'}{len(name)}"
        return "foreign" if foreign else "other"

    def _char(self, char: str, word: str) -> tuple[int, ...]:
        known = self._own.get(word)
        if known is None:
            lists = self._lists
            grades = (lists.foreign.get(char, 0), lists.family.get(char, 0), lists.given.get(char, 0))
            known = (
                number(word.lower() if char == OTHER else char), number("k" + _kind(char, word)),
                *(number(f"g{grade}") for grade in grades),
            )  # fmt: skip
            self._own[word] = known
        return known

    def _word(self, word: str) -> tuple[int, int, tuple[int, ...]]:
        known = self._words.get(word)
        if known is None:
            label = self._lists.classes.get(word, "?") if word[0] >= "\u2e80" else _kind(word[0], word)
            size = len(word) if word[0] >= "\u2e80" else 1
            marks = "S" if size == 1 else "B" + "I" * (size - 2) + "E"
            known = (number("w" + word), number(label), tuple(number(f"{mark}{label}{size}") for mark in marks))
            if len(self._words) > 200_000:
                self._words.clear()
            self._words[word] = known
        return known

    def _listed(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        names = self._lists.names
        place = 0
        while place < len(text):
            for stop in range(min(place + self._longest_name.get(text[place], 1), len(text)), place + 1, -1):
                name = names.get(text[place:stop])
                if name:
                    found.append((place, stop, name))
                    place = stop - 1
                    break
            place += 1
        return found


def _kind(char: str, word: str) -> str:
    if len(word) > 1 and char in (OTHER, word[0]) and word[0] < "\u2e80":
        return "N" if word[0].isdigit() else "X" if word.isupper() else "Xx" if word[0].isupper() else "x"
    if char.isdigit():
        return "d"
    if char.isalpha():
        return "c" if char >= "\u2e80" else "l"
    return char
