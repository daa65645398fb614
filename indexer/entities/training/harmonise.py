"""Corpora that disagree to one convention.

In: gold documents of several corpora. Out: the same documents under our rules: no title and no "the" inside a
name, nationalities are not names, no possessive, hyphens split as our tokeniser splits them. Called by training
and evaluation on gold and predicted tags alike.
"""

import re
from collections.abc import Sequence

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


def harmonise(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Tags of one sentence under our convention."""
    result = ["O"] * len(tags)
    for first, last, label in spans(tags):
        if last - first > 1 and words[first].lower() == "the":
            first += 1
        if label == "PER":
            while last - first > 1 and words[first].lower().rstrip(".") in TITLES:
                first += 1
            if last - first == 1 and words[first].lower().rstrip(".") in TITLES:
                continue
        elif " ".join(words[first:last]).lower() in NATIONALITIES:
            continue
        if last - first > 1 and words[last - 1] in _TRAILING and not _abbreviated(words, last):
            last -= 1
        result[first] = "B-" + label
        for place in range(first + 1, last):
            result[place] = "I-" + label
    return result


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


# Corpora whose tokenisers part every hyphen.
_SPLITTERS = frozenset({"redocred", "ewt", "gum"})


def training_document(document: GoldDocument, number: int = -1) -> GoldDocument:
    """One training document under our convention.

    The first sentence of some (by `number`) is put in capitals, of as many others in title case, as headlines are.
    """
    sentences: list[Tagged] = []
    for words, tags in document.sentences:
        if document.corpus in _SPLITTERS:
            words, tags = join_hyphens(words, tags)
        if words:
            tags = harmonise(words, tags)
            style = number % HEADLINES if len(document.sentences) > 2 and not sentences else -1
            sentences.append((_headline(words, style) if style in (0, 1) else list(words), tags))
    return GoldDocument(document.corpus, tuple(sentences))


def _headline(words: Sequence[str], style: int) -> list[str]:
    """The words of a sentence in capitals (style 0) or with a capital on all but the small ones (style 1)."""
    if style == 0:
        return [word.upper() for word in words]
    return [word if word in _SMALL else word[:1].upper() + word[1:] for word in words]
