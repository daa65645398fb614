"""Gold that says where names stand in a text, as documents of tagged words.

In: a text and the names in it by character offsets, nested or not. Out: a `GoldDocument` of words as the tagger meets
them. Of nested names the outermost counts that starts with a capital: of "Министерство обороны России" all of it, of
"министерство обороны России" the country. Called by the readers of corpora.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.entities.tokenise import Sentence, sentences
from indexer.entities.training.corpora import GoldDocument, Tagged
from indexer.entities.training.harmonise import spans

# Small words that a person's name may start with.
_PARTICLES = frozenset(
    "аль ас аш ар ан ад ат эль бен бин ибн фон дер де ди да дю ла ле ван тер von van de da di der".split()
)
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The characters `[start, end)` name a PER, ORG or LOC."""

    start: int
    end: int
    label: str


def document(corpus: str, text: str, names: Iterable[Name], language: str) -> GoldDocument:
    """One text with the outermost capitalised of its names."""
    chosen = outermost(text, names)
    return GoldDocument(corpus, tuple(_tagged(sentence, chosen) for sentence in sentences(text, language)))


def outermost(text: str, names: Iterable[Name]) -> list[Name]:
    """Names that start with a capital and lie in no other; small words and quotes before a name are none of it.

    A name of which nothing is left by that, or another name, gives way to the names in it.
    """
    left = sorted(set(names), key=lambda name: (name.start - name.end, name.start, name.label))
    chosen: list[Name] = []
    for name in left:
        start = _capital(text, name)
        if start is None:
            continue
        inner = [one for one in left if one.start >= start and one.end <= name.end and one != name]
        if start > name.start and inner:
            continue  # what is left is named by names of its own
        end = name.end - len(text[start : name.end]) + len(text[start : name.end].rstrip(" \n\"'»”“)"))
        if any(one.start < end and start < one.end for one in chosen):
            continue
        chosen.append(Name(start, end, name.label))
    return sorted(chosen)


def _capital(text: str, name: Name) -> int | None:
    """Where the first word of a name that has a capital or a digit starts; none if no word has."""
    for word in _WORD.finditer(text, name.start, name.end):
        form = word.group()
        if not form.islower() or (name.label == "PER" and form in _PARTICLES):
            return word.start() if not form.isdigit() or name.label == "ORG" else None
    return None


def _tagged(sentence: Sentence, names: Sequence[Name]) -> Tagged:
    """The words of a sentence; a word belongs to the name that covers its first character."""
    tags: list[str] = []
    before: Name | None = None
    for start in sentence.starts:
        here = next((name for name in names if name.start <= start < name.end), None)
        tags.append("O" if here is None else f"{'I' if here is before else 'B'}-{here.label}")
        before = here
    return list(sentence.words), tags


# Endings of the genitive, and shortened countries that have no cases.
_GENITIVE = re.compile(r"(?:РФ|США|СССР|ФРГ|КНР|КНДР|ОАЭ|ЮАР|ЕС|ООН|\w*(?:[иыая]|ого|ой|их|ых))\Z")
_NOMINATIVE = re.compile(r"\w*(?:ия|ика|ина|ша|ва)\Z")


def with_country(document: GoldDocument, no_names: frozenset[str] = frozenset()) -> GoldDocument:
    """A document in which a body and the country it belongs to, in the genitive right behind it, are one name.

    Organisations of one word that is one of `no_names` are none.
    """
    told: list[Tagged] = []
    for words, tags in document.sentences:
        tags = list(tags)
        for first, last, label in spans(tags):
            if label == "ORG" and last - first == 1 and words[first] in no_names:
                tags[first] = "O"
        found = spans(tags)
        for (first, middle, before), (after, last, label) in pairwise(found):
            if before == "ORG" and label == "LOC" and middle == after and _belongs(words[last - 1]):
                tags[first:last] = ["B-ORG"] + ["I-ORG"] * (last - first - 1)
        told.append((words, tags))
    return GoldDocument(document.corpus, tuple(told))


def _belongs(word: str) -> bool:
    return bool(_GENITIVE.match(word)) and not _NOMINATIVE.match(word)
