"""Words -> index terms: what stands at each position of a text, and what a word of a query looks for.

`index_terms` and `query_words` are the two functions that everything else asks: the index, queries, marks, related
articles, "did you mean". A term belongs to its language: it is the stem, a separator and the language's code. Words of
other languages, of articles whose language is not known, numbers, and words in letters that the language is not
written in are untagged: their term is the folded word.

A position may have several terms. Behind the first come, marked with an apostrophe, those under which people look who
leave accents out or write ue for ü, and the compounds that begin there, marked with their number of parts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.compounds import MOST_PARTS, WIDTHS, letters_and_digits, solid, solids, without_plural
from indexer.analysis.folding import fold, spelled_out
from indexer.analysis.stemming import CODES, algorithm, reads, stem_all
from indexer.analysis.tokens import Token, cut

# Parts a term's word from its tag; no word holds it.
SEPARATOR = "\x1f"
# Behind the tag: the term of a word as it is typed without accents.
BLIND = "'"

_TWO_LETTERS = re.compile("[aou]e")

Spelling = tuple[str, str]  # a word folded, and with its accents


class IndexTerm(NamedTuple):
    """A term at a position: so many positions wide, more than one for a compound."""

    text: str
    width: int = 1


def index_terms(tokens: Sequence[Token], language: str | None) -> list[tuple[IndexTerm, ...]]:
    """The terms at each position of a text in a language; the first of each is the word itself."""
    alone: list[Spelling] = [(token.text, token.light) for token in tokens]
    joined = list(solids(tokens)) if any(token.joint for token in tokens) else []
    known = spelling_terms([*alone, *((each.text, each.light) for each in joined)], language)
    found = [tuple(map(IndexTerm, terms)) for terms in known[: len(alone)]]
    for each, terms in zip(joined, known[len(alone) :], strict=True):
        # A compound that has the stem of its first part (Hungarian `EU-ban`) is found by that.
        fresh = set(terms).difference(known[each.at])
        found[each.at] += tuple(IndexTerm(wide(term, each.width), each.width) for term in terms if term in fresh)
    return found


def plain_terms(words: Sequence[str], language: str | None) -> list[str]:
    """The terms of words that are ASCII letters and digits in lower case: each has but the one."""
    return _terms([(word, word) for word in words], algorithm(language))


def own_terms(spellings: Sequence[Spelling], language: str | None) -> list[str]:
    """The terms of words as they are spelled: of each the first of those of `index_terms`."""
    return _terms(spellings, algorithm(language))


def word_terms(text: str, light: str, language: str | None) -> tuple[str, ...]:
    """The terms of a word by itself, given it folded and with its accents: what `index_terms` has but compounds."""
    return _word_terms(text, light, algorithm(language))


@lru_cache(maxsize=1 << 15)
def _word_terms(text: str, light: str, name: str | None) -> tuple[str, ...]:
    return spelling_terms([(text, light)], CODES[name] if name else None)[0]


def spelling_terms(spellings: Sequence[Spelling], language: str | None) -> list[tuple[str, ...]]:
    """The terms of words by themselves: of each the plain one, then those for people who write it otherwise."""
    name = algorithm(language)
    plain = _terms(spellings, name)
    found: list[tuple[str, ...]] = [(term,) for term in plain]
    accented = [at for at, (text, light) in enumerate(spellings) if text is not light and text != light]
    others = [(at, other) for at in accented for other in _otherwise(spellings[at])]
    for (at, _), term in zip(others, _terms([other for _, other in others], name), strict=True):
        blind = _blinded(term)
        if term != plain[at] and blind not in found[at]:
            found[at] = (*found[at], blind)
    return found


def _terms(spellings: Sequence[Spelling], name: str | None) -> list[str]:
    """The term of each word as the stemmer of that name makes it."""
    found = [text if text.isalpha() else without_plural(text) for text, _ in spellings]
    if name is None:
        return found
    read = [at for at, (_, light) in enumerate(spellings) if reads(name, light)]
    for at, stem in zip(read, stem_all([spellings[at][1] for at in read], name), strict=True):
        found[at] = f"{stem}{SEPARATOR}{CODES[name]}"
    return found


def _otherwise(spelling: Spelling) -> Iterator[Spelling]:
    """How people write a word who leave its accents out, or have no key for ä, ö and ü."""
    text, light = spelling
    composed = unicodedata.normalize("NFC", text)
    if composed != light:
        yield text, composed
    if not light.isascii() and (other := spelled_out(light)) != light:
        folded = fold(other)
        yield folded, folded


def _blinded(term: str) -> str:
    return f"{term}{'' if SEPARATOR in term else SEPARATOR}{BLIND}"


def wide(term: str, width: int) -> str:
    """The term of a compound of so many parts, given that of the solid word."""
    return f"{term}{'' if SEPARATOR in term else SEPARATOR}{width}"


def of_language(terms: Iterable[str], language: str | None) -> list[str]:
    """Those of some terms that articles of a language may have: its own and the untagged."""
    name = algorithm(language)
    codes = ("", CODES[name]) if name else ("",)
    return [term for term in terms if tag(term) in codes]


def tag(term: str) -> str:
    """The code of a term's language; nothing for one without."""
    return term.partition(SEPARATOR)[2].rstrip("'123456789")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query: what it looks for at a position, in all languages.

    Any of `terms`, or of the first `compounds` of these as compounds (None: of all), or the `parts` in a row, each any
    of several terms.
    """

    text: str
    terms: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    compounds: int | None = None

    def of_width(self, width: int) -> tuple[str, ...]:
        """The terms that are so many positions wide."""
        return self.terms if width == 1 else tuple(wide(term, width) for term in self.terms[: self.compounds])


def query_words(text: str, languages: Iterable[str | None], solids: Sequence[str] = ()) -> tuple[QueryWord, ...]:
    """The words of a query text, analysed for the languages that an archive holds.

    A text of one word may be written as one of `solids` too.
    """
    names = tuple(dict.fromkeys(map(algorithm, languages))) or (None,)
    found = _query_words(text, names)
    if not solids or len(found) != 1:
        return found
    # A hyphened compound has the word itself as its part.
    own = found[0].terms
    others = (term for solid in solids for word in _query_words(solid, names) for term in word.terms)
    return (replace(found[0], terms=tuple(dict.fromkeys((*own, *others))), compounds=len(own)),)


@lru_cache(maxsize=1024)
def _query_words(text: str, names: tuple[str | None, ...]) -> tuple[QueryWord, ...]:
    found: list[QueryWord] = []
    chain: list[Token] = []
    for token in cut(text):
        chain.append(token)
        if not token.joint:
            found += _of_chain(chain, names)
            chain = []
    return tuple(found)


def _of_chain(chain: Sequence[Token], names: Sequence[str | None]) -> list[QueryWord]:
    """One word for two or three that signs join, else a word each."""
    if 1 < len(chain) <= MOST_PARTS and (whole := solid(0, chain)):
        keeps_sign = any(token.joint == "&" for token in chain)
        parts = () if keeps_sign else tuple(_asked((token.text, token.light), names) for token in chain)
        return [QueryWord(whole.text, _asked((whole.text, whole.light), names), parts)]
    return [_simple(token, names) for token in chain]


def _simple(token: Token, names: Sequence[str | None]) -> QueryWord:
    apart = letters_and_digits(token.text)
    parts = tuple(_asked((part, part), names) for part in apart) if apart else ()
    return QueryWord(token.text, _asked((token.text, token.light), names), parts)


def _asked(spelling: Spelling, names: Sequence[str | None]) -> tuple[str, ...]:
    """The terms that a word looks for: typed without accents, also those of words that have them; typed with, also
    those of words that lack them."""
    others = list(_otherwise(spelling))
    found: dict[str, None] = {}
    for name in names:
        terms = _terms([spelling, *others], name)
        found.update(dict.fromkeys(terms))
        # An untagged word is in the index without its accents; what is left is how it spells ä, ö and ü.
        if not others and (SEPARATOR in terms[0] or _TWO_LETTERS.search(spelling[0])):
            found[_blinded(terms[0])] = None
    return tuple(found)


assert WIDTHS[-1] == MOST_PARTS < 10
