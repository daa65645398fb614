"""Names that no label has: what an archive shows for a place, institution or person under names in other languages.

In: a name or a node of a query, and what an engine knows of its labels. Out: labels. A name in another script means
the labels that the tables of `entities.other_names` give for it; where there are none, the one person whose name may be
romanised so, and what articles spell so. Called by every engine for queries and filters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from indexer import analysis
from indexer.article import ENTITY_KINDS, Article, EntityKind
from indexer.engines.shared.search.labels import LabelText, in_labels
from indexer.entities.normalise import fold
from indexer.entities.other_names import other_names
from indexer.entities.other_scripts import respellings
from indexer.entities.romanise import romanised
from indexer.entities.spellings_of import Spellings
from indexer.search import query as q
from indexer.search.leaves import WordNode

KINDS: Mapping[str, EntityKind] = {kind: kind for kind in ENTITY_KINDS}
# Letters of a name that is looked for beyond labels and tables.
LONGEST = 100
# Articles that are read for how they spell a name.
READ = 50
# Latin letters by which values of facets are looked for among names of some forty languages.
LETTERS_OF_A_PART = 3
# Letters in another script from which people are offered whose names may begin so.
LETTERS_OF_A_BEGINNING = 4


class HeldNames(Protocol):
    """The labels of an archive's people, organisations and places, as an engine knows them."""

    def fitting(self, kind: EntityKind, wanted: Spellings) -> Iterable[tuple[str, int]]:
        """The labels of which a word has one of some spellings, each with its number of articles."""
        ...

    def naming(self, text: str) -> Iterable[Article]:
        """Some of the articles that hold a phrase, at most `READ`."""
        ...


@dataclass(frozen=True, slots=True)
class People:
    """Labels that a name in another script fits: all of one person, who is meant, or several, of whom `likely` is the
    most frequent."""

    meant: tuple[str, ...] = ()
    likely: str | None = None


def meant_in_articles(kind: EntityKind, name: str, held: HeldNames) -> tuple[str, ...]:
    """The labels meant by a name that no label and no table has: the one person whom it fits, or what is spelt so."""
    return (people(name, held).meant if kind == "person" else ()) or spelt(kind, name, held)


def people(name: str, held: HeldNames) -> People:
    """Who may be meant by a name in another script than the labels: the one person whose family name its last word is,
    the others fitting too, and else the likeliest.

    A label of one word, such as `Lavrov`, is no other person than the one whose last word it is.
    """
    near: dict[str, int] = {}
    fits: list[str] = []
    telling = True
    for wanted in respellings(name) if len(name) <= LONGEST else ():
        found = sorted(held.fitting("person", wanted.family), key=lambda row: (-row[1], row[0]))
        if not name.isascii():  # of Latin names only those that fit whole: two scripts offer too much
            near |= found
        meant = [label for label, _ in found if wanted.means(label)]
        fits += meant
        telling = telling and (wanted.telling or not meant)
    words = {label: tuple(analysis.tokens(label)) for label in fits}
    families = {each[-1:] for each in words.values() if len(each) > 1}
    persons = [label for label in fits if len(words[label]) > 1 or words[label] not in families]
    if len(persons) == 1 and telling:
        return People(tuple(fits), persons[0])
    likely = [*persons, *near]
    return People((), likely[0] if likely else None)


def spelt(kind: EntityKind, name: str, held: HeldNames) -> tuple[str, ...]:
    """The labels of what articles spell so."""
    if len(name) > LONGEST:
        return ()
    wanted = fold(name)
    return tuple(
        dict.fromkeys(
            entity.name
            for article in held.naming(name)
            for entity in article.entities
            if entity.kind == kind and any(fold(variant) == wanted for variant in entity.variants)
        )
    )


def names_with(kind: EntityKind, node: WordNode) -> Sequence[str]:
    """The names that a part of other names, or a pattern of them, stands for: `Корея` for North and South Korea.

    Latin letters say too little for that: parts of words of some forty languages are alike.
    """
    match node:
        case q.Term(part) | q.Phrase(part) | q.Prefix(part) | q.Wildcard(part) if not analysis.fold(part).isascii():
            text, names = _lines(kind)
        case _:
            return ()
    return tuple(dict.fromkeys(names[number] for number in sorted(in_labels(text, kind, node))))


def text_of(node: WordNode) -> str | None:
    """The name that a node of a query states whole; None for patterns and the like."""
    match node:
        case q.Term(text) | q.Exact(text) | q.Phrase(text, 0):
            return text
    return None


def beginning(kind: EntityKind, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names of which another name holds some words, the last of them perhaps not to its end, each with that name."""
    latin = "".join(words).isascii()
    text, names = _lines(kind, latin)
    *whole, start = (f" {word}" for word in words)
    seen = set()
    for number in text.find(max([*(f"{word} " for word in whole), start], key=len)):
        line, name = text.line(number), names[number]
        if start in line and all(f"{word} " in line for word in whole) and name not in seen:
            seen.add(name)
            yield name, _rows(kind, latin)[number][1]


def people_beginning(words: Sequence[str], held: HeldNames) -> list[tuple[str, int]]:
    """The people whose names may be romanised as some words, the last of them perhaps not to its end, with their
    numbers of articles, most frequent first."""
    wanted = romanised(" ".join(words))
    if wanted is None or len(words[-1]) < LETTERS_OF_A_BEGINNING:
        return []
    begun = wanted.begun()
    found = [row for row in held.fitting("person", begun.family) if row[1] and begun.fits(row[0])]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def containing(field: str, text: str) -> frozenset[str]:
    """The names of entities of which another name contains a folded text; for three or more Latin letters, of which a
    word of a well-known one begins so."""
    kind = KINDS.get(field)
    if kind is None:
        return frozenset()
    if not text.isascii():
        return frozenset(name for name, folded in _folded(kind) if text in folded)
    lines, names = _lines(kind, latin=True)
    words = analysis.tokens(text)
    if sum(map(len, words)) < LETTERS_OF_A_PART:
        return frozenset()
    return frozenset(names[number] for number in lines.find(f" {' '.join(words)}"))


@cache
def _rows(kind: EntityKind, latin: bool = False) -> tuple[tuple[str, str], ...]:
    """Names with each of their other names: for Latin letters only the well-known ones, since words of some forty
    languages are alike."""
    names = other_names(kind, well_known=latin)
    return tuple((name, other) for name, others in names.items() for other in others)


@cache
def _lines(kind: EntityKind, latin: bool = False) -> tuple[LabelText, Sequence[str]]:
    rows = _rows(kind, latin)
    return LabelText([other for _, other in rows]), [name for name, _ in rows]


@cache
def _folded(kind: EntityKind) -> Sequence[tuple[str, str]]:
    return [(name, analysis.fold(other)) for name, other in _rows(kind)]
