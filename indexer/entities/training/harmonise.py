"""Corpora that disagree to one convention.

In: gold documents of several corpora. Out: the same documents under our rules: no title and no "the" inside a
name, nationalities are not names, no possessive, hyphens split as our tokeniser splits them. Called by training
and evaluation on gold and predicted tags alike.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.entities.titles import NATIONALITIES, TITLES
from indexer.entities.training.corpora import GoldDocument, Tagged

_TRAILING = frozenset({"'s", "’s", ".", ",", "'", '"'})
_LOWER = re.compile(r"[a-z]+\Z")
_SMALL = frozenset("a an and as at by for from in of on or the to with".split())
HEADLINES = 8  # one document in so many gets a headline in capitals, and one a headline in title case
_ARTICLES = frozenset({"al", "el", "ul"})


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Entities of IOB2 tags as (first, last, label); an I without its B opens one."""
    found: list[tuple[int, int, str]] = []
    open_at = -1
    label = ""
    for place, tag in enumerate([*tags, "O"]):
        if open_at >= 0 and tag != f"I-{label}":
            found.append((open_at, place, label))
            open_at = -1
        if tag[0] == "B" or (tag[0] == "I" and open_at < 0):
            open_at, label = place, tag[2:]
    return found


@dataclass(frozen=True, slots=True)
class Convention:
    """What is no part of a name in a language, and what is no name at all. In lower case."""

    articles: frozenset[str]
    titles: frozenset[str]
    nationalities: frozenset[str]
    heads: frozenset[str] = frozenset()  # words that head names of organisations, and alone are none


ENGLISH = Convention(frozenset({"the"}), TITLES, NATIONALITIES)


def harmonise(words: Sequence[str], tags: Sequence[str], convention: Convention = ENGLISH) -> list[str]:
    """Tags of one sentence under our convention."""
    result = ["O"] * len(tags)
    for first, last, label in spans(tags):
        if last - first > 1 and words[first].lower() in convention.articles:
            first += 1
        if label == "PER":
            while last - first > 1 and words[first].lower().rstrip(".") in convention.titles:
                first += 1
            if last - first == 1 and words[first].lower().rstrip(".") in convention.titles:
                continue
        elif _no_name(words[first:last], label, convention):
            continue
        if last - first > 1 and words[last - 1] in _TRAILING and not _abbreviated(words, last):
            last -= 1
        result[first] = "B-" + label
        for place in range(first + 1, last):
            result[place] = "I-" + label
    return result


def _no_name(words: Sequence[str], label: str, convention: Convention) -> bool:
    """Whether an organisation or a place is a people, or nothing but a head word."""
    name = " ".join(words).lower()
    return name in convention.nationalities or (label == "ORG" and name in convention.heads)


def _abbreviated(words: Sequence[str], last: int) -> bool:
    """Whether a final dot belongs to the name ("Inc ." split in two)."""
    return words[last - 1] == "." and words[last - 2].lower() in {"inc", "corp", "co", "ltd", "jr", "sr"}


def join_hyphens(words: Sequence[str], tags: Sequence[str]) -> Tagged:
    """Join "long - term" and "al - Assad" as our tokeniser keeps them; other hyphens stay apart."""
    out_words: list[str] = []
    out_tags: list[str] = []
    place = 0
    while place < len(words):
        word, tag = words[place], tags[place]
        while place + 2 < len(words) and words[place + 1] == "-" and _one_word(words, tags, place):
            word += "-" + words[place + 2]
            place += 2
        out_words.append(word)
        out_tags.append(tag)
        place += 1
    return out_words, out_tags


def _one_word(words: Sequence[str], tags: Sequence[str], place: int) -> bool:
    left, right = words[place], words[place + 2]
    if left.lower() in _ARTICLES and right[:1].isupper():
        return tags[place] != "O" and tags[place + 2][0] == "I"
    both = _LOWER.match(left) and _LOWER.match(right)
    return bool(both) and tags[place] == tags[place + 1] == tags[place + 2] == "O"


_LINKS = frozenset({"of", "for", "and", "&", "at", "in"})
# Words that a corpus of whole phrases marks alone: "the Court", "the University".
_GENERIC = frozenset(
    """
    academy administration army association bank board bureau church club college commission committee company council
    court crown department foundation government institute legion ministry museum school society state university
    """.split()
)
# Bodies that teach, treat or trade are organisations wherever their names end so.
_BODIES = frozenset({"university", "college", "school", "hospital", "institute", "academy", "bank"})


def mend_nested(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Tags of a corpus that keeps the innermost of nested names ("University of" + "Leeds"), made outermost.

    A place or person right before an organisation belongs to its name ("Boston" + "Red Sox"), and so does what follows
    a linking word; a conjunction that ends a name does not.
    """
    chain: list[tuple[int, int, str]] = []
    for first, last, label in spans(tags):
        if chain and chain[-1][1] == first:
            before, _, known = chain[-1]
            linked = words[first - 1].lower() in _LINKS
            owned = known == "LOC" or (known == "PER" and last - first == 1 and not linked)
            if (linked and known == "ORG") or (label == "ORG" and owned):
                chain[-1] = (before, last, "ORG" if "ORG" in (known, label) else known)
                continue
        chain.append((first, last, label))
    result = ["O"] * len(tags)
    for first, last, label in chain:
        if words[last - 1].lower() in _LINKS - {"and", "&"} and label == "ORG":
            while last < len(words) and words[last][:1].isupper() and tags[last] == "O":
                last += 1
        while last - first > 1 and words[last - 1].lower() in _LINKS:
            last -= 1
        while last - first > 1 and words[first].lower() in {"and", "'s", "’s"}:
            first += 1
        if last - first == 1 and words[first].lower() in _GENERIC | _LINKS:
            continue
        result[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return result


# Corpora that keep the innermost of nested names.
_NESTED = frozenset({"gum"})
# Corpora whose tokenisers part every hyphen.
_SPLITTERS = frozenset({"redocred", "ewt", "gum"})


def mended(document: GoldDocument) -> GoldDocument:
    """The document with the outermost of nested names, where its corpus keeps the innermost."""
    if document.corpus not in _NESTED:
        return document
    return GoldDocument(document.corpus, tuple((words, mend_nested(words, tags)) for words, tags in document.sentences))


def _bodies(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Tags with schools, hospitals and banks as organisations; corpora waver between those and places."""
    result = list(tags)
    for first, last, label in spans(tags):
        if label == "LOC" and last - first > 1 and words[last - 1].lower() in _BODIES:
            result[first:last] = ["B-ORG"] + ["I-ORG"] * (last - first - 1)
    return result


def training_document(document: GoldDocument, number: int = -1) -> GoldDocument:
    """One training document under our convention.

    The first sentence of some (by `number`) is put in capitals, of as many others in title case, as headlines are.
    """
    sentences: list[Tagged] = []
    for words, tags in mended(document).sentences:
        if document.corpus in _SPLITTERS:
            words, tags = join_hyphens(words, tags)
        if words:
            tags = harmonise(words, _bodies(words, tags))
            style = number % HEADLINES if len(document.sentences) > 2 and not sentences else -1
            sentences.append((_headline(words, style) if style in (0, 1) else list(words), tags))
    return GoldDocument(document.corpus, tuple(sentences))


def _headline(words: Sequence[str], style: int) -> list[str]:
    """The words of a sentence in capitals (style 0) or with a capital on all but the small ones (style 1)."""
    if style == 0:
        return [word.upper() for word in words]
    return [word if word in _SMALL else word[:1].upper() + word[1:] for word in words]
