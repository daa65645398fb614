"""Another spelling that has hits: "did you mean".

Words of the query that are absent or very rare are compared with all words of the archive; the corrected query keeps
everything else as typed, is parsed as it would be if it were typed, and is run under the same filters before it is
offered. Called by the search when it found little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer import analysis
from indexer.analysis.edits import distance_within, distances
from indexer.engines.shared.search.diagnosis import Count
from indexer.highlight.matches import TEXTS
from indexer.search import query as q
from indexer.search.leaves import leaves
from indexer.search.lexer import plain_signs
from indexer.search.parser import parse
from indexer.search.query import Node
from indexer.search.request import SearchRequest
from indexer.search.results import Suggested

# With more hits than this nobody wants another spelling.
FEW_HITS = 3
# A word in no more articles than this may be a slip,
RARE = 2
# if another is so many times as frequent.
MUCH_MORE_FREQUENT = 50  # at 10, `café` in one article of 196 became "came" in twelve
# or so many times, where it stands nowhere as typed: `congres` is found by a stem of another language than "congress".
MORE_FREQUENT = 5
# Short words have too many neighbours two edits away.
LETTERS_FOR_TWO_EDITS = 5
SHORTEST = 3
# Near words that are looked at, corrections of each word, and corrected queries that are tried.
NEAR = 12
CANDIDATES = 3
TRIES = 6


class Vocabulary(Protocol):
    """The words of an archive, as an engine knows them."""

    @property
    def languages(self) -> Sequence[str | None]:
        """The languages of the articles; None among them where some have none."""
        ...

    def held(self, word: str) -> int:
        """In how many articles a folded word is, in the text field that has it most often."""
        ...

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """The words within so many edits of a folded word, as they stand, each with its frequency about."""
        ...

    def standing(self, word: str) -> int:
        """In how many articles a folded word stands as it is, in the text field that has it most often."""
        ...


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word of the query text, `[start, end)`, and what it may have been meant to be, best first.

    What was meant has more than `times` as many hits. Those in `sure` may be answered at once: the archive has no such
    word, or none that filters could hide, nobody asked for just this spelling, and it looks like no other word.
    """

    start: int
    end: int
    candidates: tuple[str, ...]
    times: int
    sure: frozenset[str]


def did_you_mean(
    vocabulary: Vocabulary, request: SearchRequest, tree: Node, total: int, count: Count, *, some_do: bool = False
) -> Suggested | None:
    """A query with more hits than `total`, if a word of this one looks misspelt.

    Where an article need only have some of the words (`some_do`), and no correction has hits with all of them, words
    are corrected that the archive has not. Nothing is counted then: `total` stays the one given.
    """
    if total > FEW_HITS:
        return None
    typed = request.query
    if plain_signs(typed).count('"') % 2:
        typed += '"'  # it was read so, and half a pair would look like another slip
    slips = _slips(vocabulary, typed, tree, narrowed=request.narrowed)
    for _, words in zip(range(TRIES), _choices(slips), strict=False):
        text = _replaced(typed, slips, words)
        parsed = parse(text)
        if parsed.refused:  # it became too long
            continue
        found = count(request, parsed.tree)
        if found > total * max(slip.times for slip in slips):
            sure = all(word in slip.sure for word, slip in zip(words, slips, strict=True))
            return Suggested(text, found, sure)
    if some_do and (text := _apart(vocabulary, typed, slips)) != typed and not parse(text).refused:
        return Suggested(text, total, sure=False)
    return None


def _apart(vocabulary: Vocabulary, text: str, slips: Sequence[_Slip]) -> str:
    """The query with each word that the archive has not as the one that is an edit from it."""
    close = []
    for slip in slips:
        typed = analysis.fold(text[slip.start : slip.end])
        if not vocabulary.held(typed) and distance_within(typed, slip.candidates[0], 1):
            close.append(slip)
    return _replaced(text, close, [slip.candidates[0] for slip in close])


def _slips(vocabulary: Vocabulary, text: str, tree: Node, narrowed: bool) -> list[_Slip]:
    words = set(_words(tree))
    exact = {token for leaf in leaves(tree) if isinstance(leaf, q.Exact) for token in analysis.tokens(leaf.text)}
    slips = []
    known: dict[str, tuple[str, ...]] = {}
    for token, start, end in analysis.token_spans(text):
        # A name with digits, such as H2O, is no misspelt word.
        if (
            token in words
            and len(token) >= SHORTEST
            and not any(map(str.isdigit, token))
            and not analysis.is_unspaced(token)
        ):
            if token not in known:
                known[token] = _candidates(vocabulary, token)
            if known[token]:
                unknown = token not in exact and not (narrowed and vocabulary.held(token))
                is_name = text[start].isupper()
                sure = [
                    other
                    for other in known[token]
                    if unknown and not (is_name and _may_be_another(vocabulary, token, other))
                ]
                slips.append(_Slip(start, end, known[token], _times(vocabulary, token), frozenset(sure)))
    return slips


def _words(tree: Node) -> Iterator[str]:
    """The folded words that text fields are searched for."""
    for leaf in leaves(tree):
        if leaf.field is None or leaf.field in TEXTS:
            match leaf:
                case q.Term(text) | q.Phrase(text) | q.Exact(text):
                    yield from analysis.tokens(text)
                case q.Near(left, right):
                    yield from analysis.tokens(f"{left.text} {right.text}")


def _times(vocabulary: Vocabulary, word: str) -> int:
    """How many times as frequent as a word another must be, so that the word may be a slip."""
    return MUCH_MORE_FREQUENT if vocabulary.standing(word) else MORE_FREQUENT


def _candidates(vocabulary: Vocabulary, word: str) -> tuple[str, ...]:
    held = vocabulary.held(word)
    if held > RARE:
        return ()
    near = vocabulary.near(word, 2 if len(word) >= LETTERS_FOR_TWO_EDITS else 1)
    edits = dict(zip(near, distances(word, list(near)).tolist(), strict=True))
    least = max(held * _times(vocabulary, word), 1)
    mine = _terms(vocabulary, word)
    stems = {other: _terms(vocabulary, other) for other in near if other != word and near[other] >= least}
    nearest = sorted(
        (other for other in stems if not stems[other] & mine),
        key=lambda other: (edits[other], other[0] != word[0], -near[other], other),
    )[:NEAR]
    standing = {other: vocabulary.standing(other) for other in nearest}

    def is_slip(other: str) -> bool:
        """Whether a word is itself a rare spelling or form of what another of them says."""
        return any(
            standing[other] * MUCH_MORE_FREQUENT <= standing[mate]
            and (standing[other] <= RARE or stems[other] & stems[mate])
            for mate in nearest
        )

    words = sorted(
        nearest, key=lambda other: (is_slip(other), edits[other], other[0] != word[0], -standing[other], other)
    )
    return tuple(
        other for at, other in enumerate(words) if not any(stems[other] & stems[before] for before in words[:at])
    )[:CANDIDATES]


def _terms(vocabulary: Vocabulary, word: str) -> set[str]:
    """The index terms of a word, by which its inflections are known."""
    return {term for each in analysis.query_words(word, vocabulary.languages) for term in each.terms}


def _may_be_another(vocabulary: Vocabulary, word: str, other: str) -> bool:
    """Whether a name is hardly a slip for a word: letters in place of others (Quito, quits), and few articles."""
    return len(word) == len(other) and sorted(word) != sorted(other) and vocabulary.standing(other) < MORE_FREQUENT


def _choices(slips: Sequence[_Slip]) -> Iterator[list[str]]:
    """The best correction of every slip, then with one slip corrected otherwise."""
    if not slips:
        return
    best = [slip.candidates[0] for slip in slips]
    yield best
    for at, slip in enumerate(slips):
        for other in slip.candidates[1:]:
            yield [*best[:at], other, *best[at + 1 :]]


def _replaced(text: str, slips: Sequence[_Slip], words: Sequence[str]) -> str:
    parts, at = [], 0
    for slip, word in zip(slips, words, strict=True):
        typed = text[slip.start : slip.end]
        parts += [text[at : slip.start], _cased(word, typed)]
        at = slip.end
    return "".join([*parts, text[at:]])


def _cased(word: str, typed: str) -> str:
    """A folded word with the capitals of what it replaces."""
    if len(typed) > 1 and typed.isupper():
        return word.upper() if word.upper().lower() == word else word
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
