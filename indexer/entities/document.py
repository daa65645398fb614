"""What the rest of a document says of its capitalised words: features of a name beyond its own sentence.

In: the words of a document's sentences and a `Lexicon`. Out: (index of the word, key of the feature) pairs: "Mr" or
"the" before it, "said" after it, the company it keeps, whether it ever stands alone. Called by `features.encode`.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from indexer.entities.lexicon import Lexicon, is_headline

ENOUGH_SENTENCES = 3  # from which a document tells that a name never has a companion
USUALLY_LOWER = 1  # lexicon bin up to which a capital at the start of a sentence says nothing
PLACE_WORDS = frozenset({"in", "at", "from", "near", "to"})
SAY_WORDS = frozenset({"said", "says", "told", "added"})
POSSESSIVES = frozenset({"'s", "’s"})
OFTEN = 3  # times from which a name stands alone often


@lru_cache(maxsize=65_536)
def key(name: str) -> int:
    """The 32-bit key of a named feature."""
    return crc32(name.encode("utf-8", "surrogatepass"))


def document_flags(sentences: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[list[int], list[int]]:
    """Features that depend on the rest of the document, for its capitalised words.

    A name seen once after "Mr", in a longer run of capitals or before "said" is easier elsewhere in the document.
    Returned as two lists: index of the word in the document, key of the feature.
    """
    capitals = [[place for place, word in enumerate(words) if word[0].isupper()] for words in sentences]
    headlines = [is_headline(words, len(places)) for words, places in zip(sentences, capitals, strict=True)]
    habits, lower, initials = _habits(sentences, capitals, headlines, lexicon)
    where: list[int] = []
    flags: list[int] = []
    base = 0
    for words, places, headline in zip(sentences, capitals, headlines, strict=True):
        if headline:
            where.extend(range(base, base + len(words)))
            flags.extend([HEADLINE] * len(words))
        for first, last, classes in lexicon.phrases(words, places):
            _phrase_flags(base, len(words), first, last, classes, where, flags)
        for place in places:
            word = words[place]
            found = habits.get(word)
            if found:
                where.extend([base + place] * len(found))
                flags.extend(found)
            if word.lower() in lower:
                where.append(base + place)
                flags.append(LOWER)
            if word in initials and len(word) > 1:
                where.append(base + place)
                flags.append(INITIALS)
        base += len(words)
    return where, flags


def _phrase_flags(
    base: int, count: int, first: int, last: int, classes: Sequence[str], where: list[int], flags: list[int]
) -> None:
    """Features of a listed name: its class on each of its words and on the words beside it."""
    for name in classes:
        for place in range(first, last):
            role = "S" if last - first == 1 else "B" if place == first else "I"
            where.append(base + place)
            flags.append(key(f"g{role}{name}"))
        if first:
            where.append(base + first - 1)
            flags.append(key(f"g+1{name}"))
        if last < count:
            where.append(base + last)
            flags.append(key(f"g-1{name}"))


HEADLINE = key("HL")
LOWER = key("dLOW")
INITIALS = key("dACR")


def _habits(
    sentences: Sequence[Sequence[str]], capitals: Sequence[Sequence[int]], headlines: Sequence[bool], lexicon: Lexicon
) -> tuple[dict[str, list[int]], set[str], set[str]]:
    """How each capitalised word is used in the document, lower-case words, and initials of runs of capitals."""
    habits: dict[str, set[str]] = {}
    lower: set[str] = set()
    initials: set[str] = set()
    alone: Counter[str] = Counter()
    joined: set[str] = set()
    for words, places, headline in zip(sentences, capitals, headlines, strict=True):
        lower.update(filter(str.islower, words))
        if headline:
            continue
        count = len(words)
        end = 0
        for place in places:
            if place < end or (not place and lexicon.caps(words[0].lower()) <= USUALLY_LOWER):
                continue  # "In Paris" is no run of two
            end = place + 1
            while end < count and words[end][0].isupper():
                end += 1
            before = words[place - 1].lower().rstrip(".") if place else ""
            after = words[end].lower() if end < count else ""
            head = lexicon.is_organisation_word(words[end - 1])
            ahead = [f"d<{cluster}" for cluster in lexicon.clusters(before)[-1:]]
            behind = [f"d>{cluster}" for cluster in lexicon.clusters(after)[-1:]]
            if end - place > 1:
                joined.update(words[place:end])
            else:
                alone[words[place]] += 1
            for spot in range(place, end):
                known = habits.setdefault(words[spot], set())
                if spot:
                    known.add("dMID")
                if end - place > 1:
                    known.add("dF" if spot == place else "dL" if spot == end - 1 else "dM")
                if spot > place:
                    previous = words[spot - 1].lower().rstrip(".")
                    known.update("d-" + flag for flag in lexicon.flags(previous))
                else:
                    if lexicon.is_title(before):
                        known.add("dTIT")
                    if before in PLACE_WORDS:
                        known.add("dIN=" + before)
                    elif before == "the":
                        known.add("dTHE")
                    known.update(ahead)
                if spot + 1 < end:
                    known.update("d+" + flag for flag in lexicon.flags(words[spot + 1].lower().rstrip(".")))
                if head:
                    known.add("dORG")
                if spot == end - 1:
                    known.update(behind)
                    if after in SAY_WORDS:
                        known.add("dSAID")
                    elif after in POSSESSIVES:
                        known.add("dPOS")
            if end - place > 1:
                initials.add("".join(word[0] for word in words[place:end]))
    if len(sentences) >= ENOUGH_SENTENCES:
        # People are introduced by their full names; what never stands beside another capital is seldom one.
        for word in alone.keys() - joined:
            habits[word].add("dONE" if alone[word] < OFTEN else "dONE3")
    return {word: sorted(key(name) for name in known) for word, known in habits.items()}, lower, initials
