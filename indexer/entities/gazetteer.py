"""Names of places and institutions found by list, for languages that have no tagger of their own.

In: sentences in any language. Out: spans with the English name each stands for. The list is
`data/gazetteer.json.xz`: countries in some forty languages; capitals, large cities and institutions in Arabic,
Chinese, Russian, French, German and Spanish. Inflection is followed only where it is regular: Russian case endings,
Arabic prefixes, the German genitive. Finds no people. Called through `choose` by the extractor.
"""

import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from indexer.article import EntityKind
from indexer.entities.folding import fold
from indexer.entities.packed import DATA
from indexer.entities.tagger import Span
from indexer.entities.tokenise import sentences
from indexer.errors import InternalError

GAZETTEER = DATA / "gazetteer.json.xz"
# Scripts without capital letters; elsewhere a name must start with one.
CASELESS = frozenset({"ar", "fa", "ur", "he", "zh", "ja", "ko", "hi", "bn", "th"})

_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "و", "ب", "ف", "ل", "ك")
# Endings of Russian names by their last letters, longest first: what is cut and what may follow instead.
_RUSSIAN_ENDINGS = (
    ("ия", ("ии", "ию", "ией")), ("ея", ("еи", "ею", "еей")), ("а", ("ы", "и", "е", "у", "ой")), ("я", ("и", "е",
    "ю", "ей")),
    ("ай", ("ая", "аю", "аем", "ае")), ("ей", ("ея", "ею", "еем", "ее")), ("й", ("я", "ю", "ем", "е")),
    ("ань", ("ани", "анью")), ("ль", ("ля", "лю", "лем", "ле", "ли")), ("рь", ("ри", "рью", "ря", "рю")),
    ("нь", ("ни", "нью", "ня")),
    ("ый", ("ого", "ому", "ым", "ом")), ("ое", ("ого", "ому", "ым", "ом")), ("ая", ("ой", "ую")),
)  # fmt: skip
_RUSSIAN_CONSONANT = ("а", "у", "ом", "е")


# By language, then kind and English name with a tab between: the names, the one for its readers first.
Tables = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by the words they are made of, joined with spaces, and the longest that starts with each word."""

    entries: Mapping[str, tuple[EntityKind, str]]
    longest: Mapping[str, int]


@lru_cache(maxsize=1)
def read_tables(path: Path = GAZETTEER) -> Tables:
    """The lists of all languages, as `training.build_gazetteer` writes them."""
    try:
        tables: Tables = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InternalError(f"the list of names {path} cannot be read ({error}): reinstall Broadsheet") from error
    return tables


@cache
def listed_places(path: Path = GAZETTEER) -> Mapping[str, str]:
    """The places of the list under their English names, by these folded."""
    labels = {label for names in read_tables(path).values() for label in names}
    places = (name for kind, _, name in (label.partition("\t") for label in labels) if kind == "place")
    return {fold(name): name for name in places}


@cache
def listed_countries(path: Path = GAZETTEER) -> frozenset[str]:
    """Those of the listed places that have a name in every language, which are the countries; folded."""
    labels = frozenset.intersection(*(frozenset(names) for names in read_tables(path).values()))
    return frozenset(fold(name) for kind, _, name in (label.partition("\t") for label in labels) if kind == "place")


def listed_names(language: str, path: Path = GAZETTEER) -> dict[str, tuple[EntityKind, str]]:
    """The names of one language as they are written, with their kind and the English name they stand for."""
    kinds: dict[str, EntityKind] = {"place": "place", "organisation": "organisation"}
    result: dict[str, tuple[EntityKind, str]] = {}
    for label, names in read_tables(path).get(language, {}).items():
        kind, _, english = label.partition("\t")
        for name in names:
            result.setdefault(name, (kinds[kind], english))
    return result


def read_names(language: str, path: Path = GAZETTEER) -> Names:
    """The names of one language; none for a language that is not listed."""
    entries: dict[str, tuple[EntityKind, str]] = {}
    longest: dict[str, int] = {}
    listed = listed_names(language, path)
    stated: set[str] = set()
    for inflected in (False, True):
        for name, entry in listed.items():
            for form in inflected_forms(name, language) if inflected else (name,):
                words = [_key(word, language) for sentence in sentences(form, language) for word in sentence.words]
                phrase = " ".join(words)
                if phrase in stated or not words:
                    continue
                entries.setdefault(phrase, entry)
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
        stated = set(entries)
    return Names(entries, longest)


def _key(word: str, language: str) -> str:
    if language in ("ar", "fa", "ur"):
        return _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    return word.lower() if language == "ru" else fold(word)


def inflected_forms(name: str, language: str) -> Iterator[str]:
    """Regular inflections of a name."""
    if language == "de" and name[-1].isalpha() and name[-1] not in "sxzß" and not name.isupper():
        yield name + "s"
    if language != "ru" or name.isupper():
        return
    words = re.split(r"([ -])", name)
    last = words[-1]
    if len(words) > 1 and " " in words:
        # "Южная Корея" bends both words: only the pairs of one case are made.
        if len(words) == 3:
            for first, second in zip(_russian(words[0]), _russian(last), strict=False):
                yield first + words[1] + second
        return
    for form in _russian(last):
        yield "".join(words[:-1]) + form


def _russian(word: str) -> list[str]:
    for ending, others in _RUSSIAN_ENDINGS:
        if word.endswith(ending):
            return [word[: -len(ending)] + other for other in others]
    if word[-1:] in tuple("бвгджзклмнпрстфхцчшщ"):
        return [word + other for other in _RUSSIAN_CONSONANT]
    return []


class GazetteerTagger:
    """A `Tagger` that knows names only."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._names = read_names(language)
        self._caseless = language in CASELESS

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """The listed names, longest first, not overlapping."""
        return [list(self._find(words)) for words in sentences]

    def _find(self, words: Sequence[str]) -> Iterator[Span]:
        if not self._names.longest:
            return
        keys = [_key(word, self.language) for word in words]
        place = 0
        while place < len(keys):
            hit = self._at(words, keys, place)
            if hit:
                yield hit
                place = hit.last
            else:
                place += 1

    def _at(self, words: Sequence[str], keys: Sequence[str], place: int) -> Span | None:
        if (
            not self._caseless
            and not any(map(str.isupper, words[place]))
            and self._names.longest.get(keys[place], 0) < 2
        ):
            return None
        for first in self._starts(keys[place]):
            reach = min(self._names.longest.get(first, 0), len(keys) - place)
            for length in range(reach, 0, -1):
                entry = self._names.entries.get(" ".join((first, *keys[place + 1 : place + length])))
                if entry:
                    return Span(place, place + length, *entry)
        return None

    def _starts(self, key: str) -> Iterator[str]:
        """The word itself, then without the prefixes Arabic writes together with it."""
        yield key
        if self.language != "ar":
            return
        for prefix in ARABIC_PREFIXES:
            if key.startswith(prefix) and len(key) > len(prefix) + 2:
                rest = key[len(prefix) :]
                yield "ال" + rest if prefix.endswith("ل") and len(prefix) > 1 else rest
