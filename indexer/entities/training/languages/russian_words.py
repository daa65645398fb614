"""What is known of Russian words: forms and kinds by the dictionary of OpenCorpora, clusters by navec's vectors.

In: the packages `pymorphy3` (with its dictionary, CC BY-SA 3.0) and `natasha` (with navec's vectors of words in news
and a tagger, MIT), which training alone needs. Out: word lists in all cases, a table of words, and names that natasha
finds.
Called by the recipe of Russian.
"""

import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from indexer.entities.training import clusters
from indexer.entities.training.clusters import WordTable
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages.standoff import Name
from indexer.errors import UsageError

LISTED = 150_000  # the most frequent words of news that are looked up in the dictionary
LIKELY = 0.15  # share of a word's uses from which a reading of it counts
OFTENER = 0.7  # a name that is at least so many times as frequent as another may be its nominative
PROPER = 0.6  # share of a word's readings as a name from which it is one
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
_FLAGS = {"Name": "FN", "Surn": "LN", "Patr": "PAT", "Geox": "GEO", "Orgn": "ORN"}
_WORD = re.compile(r"[а-яё]+|[a-z]{2,}")
_KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"training the Russian tagger needs {name}: pip install natasha pymorphy3") from None


@cache
def _dictionary() -> Any:
    return _package("pymorphy3").MorphAnalyzer()


@cache
def _vectors() -> Any:
    return _package("natasha").NewsEmbedding()


def _news_words() -> list[str]:
    """Words of news, the most frequent first."""
    vocabulary = _vectors().vocab
    counts = np.asarray(vocabulary.counts[: len(vocabulary.words)], np.int64)
    words = (vocabulary.words[place] for place in np.argsort(-counts, kind="stable"))
    return [word for word in words if _WORD.fullmatch(word)]


def inflected(words: Iterable[str]) -> set[str]:
    """Words in all their cases and numbers."""
    forms: set[str] = set()
    for word in words:
        forms.add(word)
        for reading in _dictionary().parse(word)[:1]:
            forms.update(form.word for form in reading.lexeme)
    return forms


_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def declined(names: Iterable[str]) -> set[str]:
    """Names of several words in all their cases: words of one case together, what does not bend as it is."""
    forms: set[str] = set()
    for name in names:
        forms.update(_all_in(name.lower(), case) for case in _CASES)
    return forms


def _in_case(word: str, case: str) -> str:
    """A word that stands in the nominative in another case."""
    for reading in _dictionary().parse(word):
        if "nomn" in reading.tag.grammemes and {"NOUN", "ADJF", "PRTF"} & reading.tag.grammemes:
            form = reading.inflect({case})
            return str(form.word) if form else word
    return word


def given_names(men: Iterable[str], women: Iterable[str]) -> Iterator[list[str]]:
    """Gender and the six cases of each given name of the dictionary, then of the names that are added."""
    seen: set[tuple[str, str]] = set()
    listed = Path(_package("natasha").__file__).parent / "data" / "dict" / "first.txt"
    for name in dict.fromkeys([*listed.read_text(encoding="utf-8").split(), *_news_words()[:LISTED]]):
        if not name.isalpha() or not _dictionary().word_is_known(name):
            continue
        for reading in _dictionary().parse(name):
            marks = reading.tag.grammemes
            gender = "f" if "femn" in marks else "m"
            if {"Name", "nomn", "sing"} <= marks and reading.score >= LIKELY and (gender, name) not in seen:
                forms = [reading.inflect({case, "sing"}) for case in _CASES]
                if all(forms):
                    seen.add((gender, name))
                    yield [gender, *(form.word for form in forms)]
    for gender, names in (("m", men), ("f", women)):
        for name in dict.fromkeys(name.lower() for name in names):
            if (gender, name) not in seen:
                yield [gender, *regular_cases(name, gender)]


def regular_cases(name: str, gender: str) -> list[str]:
    """A given name in the six cases, as most names of its ending and gender bend."""
    stem, end = name[:-1], name[-1]
    if end == "а":
        genitive = "и" if stem[-1] in "гкхжшчщ" else "ы"
        return [
            name,
            stem + genitive,
            stem + "е",
            stem + "у",
            stem + ("ей" if stem[-1] in "жшчщц" else "ой"),
            stem + "е",
        ]
    if end == "я":
        dative = "и" if stem[-1] == "и" else "е"
        return [name, stem + "и", stem + dative, stem + "ю", stem + "ей", stem + dative]
    if gender == "f" or end in "оеиуюэыё":
        return [name] * 6
    if end in "йь":
        return [name, stem + "я", stem + "ю", stem + "я", stem + "ем", stem + ("и" if stem.endswith("и") else "е")]
    return [name, name + "а", name + "у", name + "а", name + ("ем" if end in "жшчщц" else "ом"), name + "е"]


def family_names(rules: Callable[[str, str, str], list[str]], count: int) -> set[str]:
    """Family names in the nominative: words of news that are no common words, and no case of a more frequent one."""
    vocabulary = _vectors().vocab
    often = dict(zip(vocabulary.words, vocabulary.counts, strict=False))
    found: set[str] = set()
    for word in _news_words():
        if len(found) >= count:
            break
        if len(word) < 3 or word.isascii() or (_dictionary().word_is_known(word) and not _is_family(word)):
            continue
        sources = {
            nominative
            for gender, case in product("mf", ("gen", "dat", "ins", "loc", "acc"))
            for nominative in rules(word, gender, case)
            if nominative != word
        }
        if all(often.get(source, 0) < OFTENER * often[word] or _is_common(source) for source in sources):
            found.add(word)
    return found


def _is_family(word: str) -> bool:
    return any("Surn" in reading.tag.grammemes for reading in _dictionary().parse(word))


def _is_common(word: str) -> bool:
    return bool(_dictionary().word_is_known(word)) and not _is_family(word)


def things(names: Iterable[str]) -> Iterator[list[str]]:
    """Gender and the six cases of names and head words, and of the places of the dictionary that stand in news."""
    for name in names:
        row = [_gender(name.lower()), *(_all_in(name.lower(), case) for case in _CASES)]
        yield row
        yield [cell.replace("ё", "е") for cell in row]
    for word in _news_words()[:LISTED]:
        for reading in _dictionary().parse(word) if _dictionary().word_is_known(word) else ():
            marks = reading.tag.grammemes
            one = "sing" in marks or "Pltm" in marks
            if one and {"Geox", "nomn"} <= marks and reading.score >= LIKELY:
                forms = [reading.inflect({case}) for case in _CASES]
                if all(forms) and forms[0].word == word:
                    yield [_gender(word), *(form.word for form in forms)]


def _all_in(name: str, case: str) -> str:
    return "".join(_in_case(word, case) for word in re.split(r"([ -])", name))


def _gender(name: str) -> str:
    """Of the last word that has one: "m", "f", "n", or "p" of a plural."""
    for word in reversed(re.split(r"[ -]", name)):
        for reading in _dictionary().parse(word):
            if "nomn" in reading.tag.grammemes and reading.tag.number:
                gender = {"masc": "m", "femn": "f", "neut": "n"}.get(str(reading.tag.gender), "m")
                return "p" if reading.tag.number == "plur" else gender
    return "m"


def flags() -> dict[str, set[str]]:
    """Given names, family names, patronymics and places in the cases that news have, and listed given names."""
    found: dict[str, set[str]] = {flag: set() for flag in _FLAGS.values()}
    for word in _news_words()[:LISTED]:
        if not _dictionary().word_is_known(word):
            continue
        for reading in _dictionary().parse(word):
            if reading.score >= LIKELY:
                for mark in _NAMES & reading.tag.grammemes:
                    if mark in _FLAGS:
                        found[_FLAGS[mark]].add(word)
    listed = Path(_package("natasha").__file__).parent / "data" / "dict" / "first.txt"
    for name in listed.read_text(encoding="utf-8").split():
        if not _dictionary().word_is_known(name) or _proper(name):
            found["FN"].add(name)
    return {flag: {word for word in words if "-" not in word} for flag, words in found.items()}


def _proper(word: str) -> float:
    """Share of a known word's readings in which it is a name."""
    readings = _dictionary().parse(word)
    names = sum(reading.score for reading in readings if _NAMES & reading.tag.grammemes)
    return float(names / max(sum(reading.score for reading in readings), 1e-9))


def table(gold: Sequence[GoldDocument], seed: int, sizes: clusters.Sizes) -> WordTable:
    """Words of news with clusters of their vectors; capitalised as gold documents or else the dictionary have them."""
    words = _news_words()[: sizes.vocabulary]
    vocabulary = _vectors().vocab
    vectors = np.stack([_vectors()[word] for word in words]).astype(np.float32)
    vectors -= vectors.mean(0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weight = np.log1p(np.array([vocabulary.counts[vocabulary[word]] for word in words], np.float64))
    rows = clusters.group(vectors, weight, sizes.grains, seed)
    uses = Counter(word for document in gold for words, _ in document.sentences for word in words[1:] if word.isalpha())
    caps = clusters.capitalisation(uses)
    for word in words:
        if word not in caps and _dictionary().word_is_known(word):
            caps[word] = int(np.searchsorted((0.2, 0.2, PROPER, 0.95), _proper(word), side="right"))
    placed = {(_cased(word, caps)): row for word, row in zip(words, rows.tolist(), strict=True)}
    by_word = dict(zip(words, rows.tolist(), strict=True))
    placed |= {use: by_word[use.lower()] for use in uses if len(use) > 1 and use.isupper() and use.lower() in by_word}
    ordered = sorted(placed)
    return WordTable(tuple(ordered), np.array([placed[word] for word in ordered], np.int32), caps)


def _cased(word: str, caps: Mapping[str, int]) -> str:
    return word.capitalize() if word.isascii() or caps.get(word, 0) >= 3 else word


@cache
def _tagger() -> Any:
    return _package("natasha").NewsNERTagger(_vectors())


def names_in(text: str) -> Iterator[Name]:
    """The names that natasha finds in a text."""
    natasha = _package("natasha")
    doc = natasha.Doc(text)
    doc.segment(natasha.Segmenter())
    doc.tag_ner(_tagger())
    for span in doc.spans:
        yield Name(span.start, span.stop, _KINDS[span.type])
