"""Everything that the compiled tagger has from Python, laid out as `struct settings` of `tagger.h`.

In: a tagger's weights, its lexicon and the constants of the modules that say what each step does. Out: a `Settings`
with the arrays that it points to, and the tables of the lexicon as `Table` values. Called by `native`.
"""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.entities import consistency, document, features, lexicon, listed, sports, tokenise, truecase
from indexer.entities.kernels.characters import SIZE, characters
from indexer.entities.packed import Weights

Array = NDArray[Any]
GRAINS = 3  # clusters of a word that the compiled tagger has room for
MOST_LABELS = 64
MOST_FLAGS = 30  # of one word
_POINTER = ctypes.c_void_p
_INT = ctypes.c_int64
# Features of a name in a document, in the order of `tagger.h`; further ones have a number behind these.
_HABITS = ("dMID", "dF", "dL", "dM", "dTIT", "dTHE", "dORG", "dSAID", "dPOS", "dONE", "dONE3")
_ROLES = ("gS", "gB", "gI", "g+1", "g-1")


class Lines(ctypes.Structure):
    """`struct lines`."""

    _fields_ = (("text", _POINTER), ("size", _INT))


def _fields(text: str, kind: Any) -> list[tuple[str, Any]]:
    return [(name, kind) for name in text.split()]


class Settings(ctypes.Structure):
    """`struct settings`."""

    _fields_ = (
        ("classes", _POINTER), ("class_count", _INT),
        ("lower", _POINTER), ("lower_count", _INT),
        *_fields("longer titles", _POINTER), *_fields("longer_count title_count", _INT),
        *_fields("abbreviations particles clitics inner_clitics domains elisions flag_names", Lines),
        *_fields("flag_rows class_rows flag_starts class_starts class_row_kinds class_row_nevers", _POINTER),
        *_fields("title_flag organisation_flag", _INT),
        ("habit_keys", _POINTER),
        *_fields("habit_count habit_in habit_before habit_after habit_flag_before habit_flag_after", _INT),
        ("class_keys", _POINTER), *_fields("class_key_count headline_key lower_key initials_key", _INT),
        *_fields("keys emission", _POINTER), *_fields("key_count label_count", _INT),
        *_fields("transition start end label_marks label_kinds pairs multipliers", _POINTER),
        ("pair_count", _INT),
        *_fields("max_sentence max_forms gap headline_capitals min_letters common capitalised unknown_caps", _INT),
        *_fields("usually_lower enough_sentences often listed_capitalised shortest_listed longest_repeat", _INT),
        *_fields("line_score short_line", _INT),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """What the lexicon has on words or phrases: `what` as `lexicon.c` numbers it, and a row of values for each."""

    what: int
    words: Sequence[str]
    values: Array


@dataclass(slots=True)
class Built:
    """Settings, and what has to live as long as they are used."""

    settings: Settings = field(default_factory=Settings)
    arrays: list[Array] = field(default_factory=list)

    def point(self, name: str, values: Any, dtype: Any) -> None:
        """Let a pointer point to an array."""
        array = np.ascontiguousarray(values, dtype)
        self.arrays.append(array)
        setattr(self.settings, name, array.ctypes.data)

    def lines(self, name: str, words: Iterable[str]) -> None:
        """Let a list of words be one line each."""
        text = lines(words)
        self.arrays.append(text)
        setattr(self.settings, name, Lines(text.ctypes.data, len(text)))

    def numbers(self, **values: int) -> None:
        """Set numbers."""
        for name, value in values.items():
            setattr(self.settings, name, value)


def letters(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def lines(words: Iterable[str]) -> NDArray[np.uint32]:
    """Words, a line feed behind each."""
    return letters("\n".join([*words, ""]))


def fits(weights: Weights, known: lexicon.Lexicon) -> bool:
    """Whether the compiled tagger has room for a lexicon and weights such as these."""
    return (
        len(weights.labels) <= MOST_LABELS
        and all(len(clusters) in (0, GRAINS) for clusters in known.word_clusters.values())
        and all(len(flags) <= MOST_FLAGS for flags in known.word_flags.values())
        and not any("\n" in "".join(texts) for texts in _texts(known))
    )


def _texts(known: lexicon.Lexicon) -> tuple[Iterable[str], ...]:
    return known.word_clusters, known.word_caps, known.word_flags, known.phrase_classes, known.longest


def build(
    weights: Weights, known: lexicon.Lexicon, transition: Array, start: Array, end: Array, kinds: Mapping[str, str],
    max_forms: int,
) -> tuple[Built, list[Table]]:  # fmt: skip
    """Settings of a tagger, and its lexicon. `kinds` has the kind that a label's name stands for."""
    built = Built()
    _characters(built)
    _word_lists(built)
    flags = sorted({flag for row in known.word_flags.values() for flag in row})
    tables = _lexicon(built, known, flags)
    _habits(built, known, flags)
    _weights(built, weights, transition, start, end, kinds)
    built.numbers(
        max_sentence=tokenise.MAX_SENTENCE, max_forms=max_forms, gap=features.GAP,
        headline_capitals=lexicon.HEADLINE_CAPITALS, min_letters=truecase.MIN_LETTERS, common=truecase.COMMON,
        capitalised=truecase.CAPITALISED, unknown_caps=lexicon.UNKNOWN_CAPS, usually_lower=document.USUALLY_LOWER,
        enough_sentences=document.ENOUGH_SENTENCES, often=document.OFTEN, listed_capitalised=listed.CAPITALISED,
        shortest_listed=listed.SHORTEST, longest_repeat=consistency.LONGEST, line_score=sports.LINE_SCORE,
        short_line=sports.SHORT,
    )  # fmt: skip
    return built, tables


def _characters(built: Built) -> None:
    tables = characters()
    built.point("classes", tables.classes, np.uint16)
    built.point("lower", tables.lower, np.uint32)
    built.point("longer", tables.longer, np.uint32)
    built.point("titles", tables.titles, np.uint32)
    built.numbers(class_count=SIZE, lower_count=len(tables.lower), longer_count=len(tables.longer))
    built.numbers(title_count=len(tables.titles))


def _word_lists(built: Built) -> None:
    built.lines("abbreviations", tokenise.ABBREVIATIONS)
    built.lines("particles", tokenise.PARTICLES)
    built.lines("clitics", tokenise.CLITICS)
    built.lines("inner_clitics", tokenise.INNER_CLITICS)
    built.lines("domains", tokenise.DOMAINS)
    built.lines("elisions", tokenise.ELISIONS)


def _lexicon(built: Built, known: lexicon.Lexicon, flags: Sequence[str]) -> list[Table]:
    """The tables of the lexicon, and the rows of flags and classes that they number."""
    built.lines("flag_names", flags)
    built.numbers(
        title_flag=flags.index("TIT") if "TIT" in flags else -1,
        organisation_flag=flags.index("ORG") if "ORG" in flags else -1,
    )
    flag_rows = _rows(built, "flag", known.word_flags.values(), flags)
    classes = sorted({name for row in known.phrase_classes.values() for name in row})
    class_rows = _rows(built, "class", known.phrase_classes.values(), classes)
    kinds = [next((listed.KINDS[name] for name in row if name in listed.KINDS), None) for row in class_rows]
    order = consistency.KIND_ORDER
    built.point("class_row_kinds", [order.index(kind) if kind else -1 for kind in kinds], np.int8)
    built.point("class_row_nevers", [not sports.NEVER.isdisjoint(row) for row in class_rows], np.int8)
    keys = [document.key(role + name) for name in classes for role in _ROLES]
    built.point("class_keys", keys, np.uint32)
    built.numbers(class_key_count=len(keys), headline_key=document.HEADLINE)
    built.numbers(lower_key=document.LOWER, initials_key=document.INITIALS)
    clustered = {word: clusters for word, clusters in known.word_clusters.items() if clusters}
    listed_phrases = {phrase: row for phrase, row in known.phrase_classes.items() if row}
    lists = _lists()
    return [
        Table(0, list(clustered), np.fromiter(chain.from_iterable(clustered.values()), np.int32)),
        Table(1, list(known.word_caps), np.fromiter(known.word_caps.values(), np.int32)),
        Table(2, list(known.word_flags), np.array([flag_rows[row] for row in known.word_flags.values()], np.int32)),
        Table(3, list(known.longest), np.fromiter(known.longest.values(), np.int32)),
        Table(4, list(lists), np.fromiter(lists.values(), np.int32)),
        Table(5, sorted(document.PLACE_WORDS), np.arange(len(document.PLACE_WORDS), dtype=np.int32)),
        Table(6, list(listed_phrases), np.array([class_rows[row] for row in listed_phrases.values()], np.int32)),
    ]


def _rows(built: Built, name: str, rows: Iterable[tuple[str, ...]], order: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Number the distinct rows, and hand over what each holds, numbered by `order`."""
    numbers = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    place = {item: number for number, item in enumerate(order)}
    built.point(f"{name}_rows", [place[item] for row in numbers for item in row], np.int32)
    built.point(f"{name}_starts", np.cumsum([0, *map(len, numbers)]), np.int32)
    return numbers


def _lists() -> dict[str, int]:
    """Words that a list of the modules holds, with a bit for each list."""
    lists = (
        tokenise.NO_STOP, tokenise.STARTERS, truecase.ACRONYMS, document.SAY_WORDS, {"the"}, document.POSSESSIVES,
        sports.VERBS, sports.LINKS, {"at"},
    )  # fmt: skip
    found: dict[str, int] = {}
    for bit, words in enumerate(lists):
        for word in sorted(words):
            found[word] = found.get(word, 0) | 1 << bit
    return found


def _habits(built: Built, known: lexicon.Lexicon, flags: Sequence[str]) -> None:
    """Number the features that a document gives a name, and hand over their keys."""
    clusters = 1 + max((row[-1] for row in known.word_clusters.values() if row), default=-1)
    names = list(_HABITS)
    for name, more in (
        ("habit_in", ["dIN=" + word for word in sorted(document.PLACE_WORDS)]),
        ("habit_before", [f"d<{cluster}" for cluster in range(clusters)]),
        ("habit_after", [f"d>{cluster}" for cluster in range(clusters)]),
        ("habit_flag_before", ["d-" + flag for flag in flags]),
        ("habit_flag_after", ["d+" + flag for flag in flags]),
    ):
        built.numbers(**{name: len(names)})
        names += more
    built.point("habit_keys", [document.key(name) for name in names], np.uint32)
    built.numbers(habit_count=len(names))


def _weights(
    built: Built, weights: Weights, transition: Array, start: Array, end: Array, kinds: Mapping[str, str]
) -> None:
    order: tuple[str, ...] = consistency.KIND_ORDER
    built.point("keys", weights.keys, np.uint32)
    built.point("emission", weights.emission, np.float32)
    built.point("transition", transition, np.float32)
    built.point("start", start, np.float32)
    built.point("end", end, np.float32)
    built.point("label_marks", [ord(label[0]) for label in weights.labels], np.int8)
    named = [kinds.get(label[2:]) for label in weights.labels]
    built.point("label_kinds", [order.index(kind) if kind else -1 for kind in named], np.int8)
    pairs = np.zeros((len(features.PAIRS), 7), np.int32)
    for row, pair in zip(pairs, features.PAIRS, strict=True):
        parts = [number for kind, offset in pair for number in (features.HASHES.index(kind), offset)]
        row[: 1 + len(parts)] = [len(pair), *parts]
    built.point("pairs", pairs, np.int32)
    built.point("multipliers", features.MULTIPLIERS, np.uint64)
    built.numbers(key_count=len(weights.keys), label_count=len(weights.labels), pair_count=len(pairs))
