"""The words of some of the hits, and the most promising of them.

What is cut into words, and weighed, is each different piece of text between spaces once, whatever number of articles
has it; which articles have which words follows from their pieces.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from string import punctuation
from typing import NamedTuple

from indexer import analysis
from indexer.analysis import Token
from indexer.analysis.stop_words import primary, stop_words
from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.statistics import FEWEST, Counted, Sizes, fewest
from indexer.search.significance import WORD

# The hits that are read, of those that are looked at.
SAMPLE = 100
# Characters that are read of all of them together, and of each at most: news says first what it is about.
READ = 150_000
READ_OF_EACH = 50_000
# Where more are read than so many, forms of words that fewer than `FEWEST` have are passed over: most of all forms.
READ_WHOLLY = 32
# Terms of each language whose frequency in the archive is looked up: the most frequent ones of the sample.
LOOKED_UP = 1_000
# Candidates: so many for each word that is to be listed, and at least.
WEIGHED_TIMES, WEIGHED = 3, 40
# Parts of compounds this long or shorter are no words.
LONGEST_PART = 2
# A word is written small where so large a share of the articles does: others begin a sentence or a title with it.
WRITTEN_SMALL = 1 / 3

# Pieces of text whose words are remembered, some 15 MB, and how long these may be: other hits have the same ones.
KNOWN, LONGEST_KNOWN = 50_000, 40

_MARKS = punctuation + "\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u060c\u061b\u061f"
# Addresses are no words of a text.
_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)

Text = tuple[str, str | None]  # and its language
Held = Callable[[Collection[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the sample: its index term, how it is written most often, and its language (`code_of`)."""

    term: str
    text: str
    language: str

    def counted(self, count: int, here: int, everywhere: int, sizes: Sizes) -> Counted:
        """The word with its numbers; see `Counted`."""
        return Counted(WORD, self.text, count, here, everywhere, sizes, self.language)


def sampled(hits: int) -> list[int]:
    """Which of so many hits are read, by their place in the order."""
    return [at * hits // SAMPLE for at in range(SAMPLE)] if hits > SAMPLE else list(range(hits))


def code_of(language: str | None) -> str:
    """The primary subtag of a language; "" where none is stated."""
    return primary(language) if language else ""


class Sample:
    """The texts of the articles that are read, article by article; an article may have one in several languages."""

    def __init__(self, articles: Sequence[Sequence[Text]]) -> None:
        characters = min(READ // (len(articles) or 1), READ_OF_EACH)
        read: dict[str, list[set[str]]] = {}
        for texts in articles:
            for text, language in texts:
                read.setdefault(code_of(language), []).append(_pieces(text[:characters]))
        self._parts = [_Part(code, pieces) for code, pieces in read.items()]

    def candidates(self, own: OwnWords, sizes: Mapping[str, Sizes], held: Held, size: int) -> list[Candidate]:
        """The most promising words.

        Args:
            own: the words of the query, which are not among them.
            sizes: how many hits and articles there are in each language.
            held: about how many articles of the archive have each of some index terms, of those that many have.
            size: how many words are to be listed.
        """
        promising = [
            (score, term, part)
            for part in self._parts
            for term, score in part.scores(sizes.get(part.code, Sizes(0, 0)), held)
        ]
        promising.sort(key=lambda each: (-each[0], each[1]))
        wanted = max(WEIGHED, WEIGHED_TIMES * size)
        kept: dict[str, _Part] = {}
        for _, term, part in promising:
            if len(kept) < wanted and not part.is_own(term, own):
                kept.setdefault(term, part)
        return [Candidate(term, part.written(term), part.code) for term, part in kept.items()]


class _Word(NamedTuple):
    """A word in a piece of text: its term, it folded, with its accents, and as it is written."""

    term: str
    text: str
    light: str
    written: str


# By language code and piece.
_known: dict[tuple[str, str], tuple[_Word, ...]] = {}


class _Part:
    """What is read in one language."""

    def __init__(self, code: str, articles: Sequence[set[str]]) -> None:
        self.code = code
        self._articles = articles
        self._counts = Counter(chain.from_iterable(articles))
        least = FEWEST if len(articles) > READ_WHOLLY else 1
        kept = [piece for piece, count in self._counts.items() if count >= least]
        self._words = {piece: words for piece, words in _words(kept, code).items() if words}
        self._by_term: dict[str, list[tuple[str, _Word]]] = {}
        for piece, words in sorted(self._words.items()):
            for word in words:
                self._by_term.setdefault(word.term, []).append((piece, word))

    def scores(self, sizes: Sizes, held: Held) -> Iterator[tuple[str, float]]:
        """The terms that may set the hits apart, and about how much."""
        terms = {piece: {word.term for word in words} for piece, words in self._words.items()}
        kept = set(terms)
        counts = Counter(
            chain.from_iterable(set().union(*map(terms.__getitem__, kept & pieces)) for pieces in self._articles)
        )
        least = fewest(sizes.hits)
        common = [term for term, count in counts.items() if count >= least]
        common = sorted(common, key=lambda term: (-counts[term], term))[:LOOKED_UP]
        known = held(common)
        for term in common:
            here = round(counts[term] * sizes.hits / len(self._articles))
            everywhere = min(max(known.get(term, 0), here), sizes.all)
            if score := Counted(WORD, term, here, here, everywhere, sizes).score:
                yield term, score

    def is_own(self, term: str, own: OwnWords) -> bool:
        """Whether a form of a term is a word of the query."""
        forms = {(word.text, word.light) for _, word in self._by_term[term]}
        return any(own.have(text, light, self.code or None) for text, light in forms)

    def written(self, term: str) -> str:
        """How a term is written most often."""
        forms: Counter[str] = Counter()
        for piece, word in self._by_term[term]:
            forms[word.written] += self._counts[piece]
        most, count = min(forms.items(), key=lambda form: (-form[1], form[0].swapcase()))
        small = most.lower()
        return small if forms[small] >= count * WRITTEN_SMALL else most


def _pieces(text: str) -> set[str]:
    return {piece.strip(_MARKS) for piece in set(text.split())}


def _words(pieces: Iterable[str], code: str) -> dict[str, tuple[_Word, ...]]:
    """Every word that may be listed of each piece of text."""
    found: dict[str, tuple[_Word, ...]] = {}
    new: list[str] = []
    for piece in pieces:
        known = _known.get((code, piece))
        if known is None:
            new.append(piece)
        else:
            found[piece] = known
    for plain in (True, False):  # one letter that is not ASCII makes all of a text ten times as slow to cut
        found |= _words_in([piece for piece in new if piece.isascii() is plain], code)
    if len(_known) + len(new) > KNOWN:
        _known.clear()
    _known.update(((code, piece), found[piece]) for piece in new[:KNOWN] if len(piece) <= LONGEST_KNOWN)
    return found


def _words_in(pieces: Sequence[str], code: str) -> dict[str, tuple[_Word, ...]]:
    found: dict[str, list[_Word]] = {piece: [] for piece in pieces}
    cut = [piece for piece in pieces if not _ADDRESS.search(piece)]
    text = "\n".join(cut)
    stop = stop_words(code or "en")
    telling = [token for token in _whole(analysis.cut(text)) if _tells(token.text, stop)]
    alone = [Token(token.text, token.start, token.end, token.light) for token in telling]
    at, end = -1, -1
    for token, (term, *_) in zip(alone, analysis.index_terms(alone, code or None), strict=True):
        while token.start > end:
            at += 1
            end += len(cut[at]) + 1
        found[cut[at]].append(_Word(term.text, token.text, token.light, text[token.start : token.end]))
    return {piece: tuple(words) for piece, words in found.items()}


def _whole(tokens: Iterable[Token]) -> Iterator[Token]:
    """Tokens without those that are little parts of compounds, as the `re` of `re-election`."""
    joined = False
    for token in tokens:
        if len(token.text) > LONGEST_PART or not (joined or token.joint):
            yield token
        joined = bool(token.joint)


def _tells(word: str, stop: Collection[str]) -> bool:
    """Whether a folded word may be listed: no function word, no number, no single letter, and no pair of characters of
    a script without spaces, which are rarely a word."""
    return len(word) > 1 and word not in stop and any(map(str.isalpha, word)) and not analysis.is_unspaced(word)
