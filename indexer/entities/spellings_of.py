"""All spellings of a word at once: which words they are, without listing them.

In: for each part of a word the ways in which it may be spelt, an empty one where it may be left out. Out: whether a
word is one of the spellings, in steps that grow with its length alone, and the same as a regular expression for engines
that have automata of their own. Called by `romanise`.
"""

from collections.abc import Sequence

Parts = tuple[tuple[str, ...], ...]
# Where a spelling stands: the parts from here on are to come, after these letters.
_Place = tuple[int, str]


class Spellings:
    """The spellings of one word; `begun` are those and whatever begins so.

    An automaton whose states are made when a word first needs them (subset construction; Aho, Lam, Sethi and Ullman,
    Compilers, 3.7).
    """

    def __init__(self, parts: Parts, begun: bool = False) -> None:
        self.parts = parts
        self.is_begun = begun
        self._start = frozenset(self._from(0))
        self._steps: dict[tuple[frozenset[_Place], str], frozenset[_Place]] = {}

    def fits(self, word: str) -> bool:
        """Whether a folded word is a spelling."""
        places, end = self._start, (len(self.parts), "")
        for letter in word:
            if self.is_begun and end in places:
                return True
            step = self._steps.get((places, letter))
            if step is None:
                step = self._steps[places, letter] = frozenset(self._after(places, letter))
            places = step
            if not places:
                return False
        return end in places

    def begun(self) -> "Spellings":
        """The same for what begins so."""
        return Spellings(self.parts, begun=True)

    @property
    def expression(self) -> str:
        """A regular expression for the spellings, of what Python and Lucene have in common."""
        return "".join(map(_either, self.parts)) + "[a-z]*" * self.is_begun

    def _from(self, part: int) -> set[_Place]:
        """The places at the beginning of a part, or of the next where it may be left out."""
        if part == len(self.parts):
            return {(part, "")}
        found = {(part + 1, each) for each in self.parts[part] if each}
        return found | self._from(part + 1) if "" in self.parts[part] else found

    def _after(self, places: frozenset[_Place], letter: str) -> set[_Place]:
        found: set[_Place] = set()
        for part, letters in places:
            if letters[:1] == letter:
                found |= {(part, letters[1:])} if len(letters) > 1 else self._from(part)
        return found


def _either(spellings: Sequence[str]) -> str:
    some = "|".join(filter(None, spellings))
    return f"({some})" + "?" * ("" in spellings) if some else ""
