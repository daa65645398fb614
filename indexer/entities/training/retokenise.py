"""Gold words of any tokeniser to the words of ours.

In: words and IOB2 tags as a corpus has them, or a text and the places of its names. Out: the words that
`tokenise.sentences` makes of the same text, with the tags that belong to them. Called by the readers of corpora, so
that training sees what a build sees.
"""

from collections.abc import Sequence

from indexer.entities.tokenise import sentences
from indexer.entities.training.corpora import Tagged
from indexer.entities.training.harmonise import spans

_NO_SPACE_BEFORE = frozenset(".,;:!?)]}»”…%’")
_NO_SPACE_AFTER = frozenset("([{«„¿¡")
_APOSTROPHES = ("'", "’")


def retokenise(
    words: Sequence[str], tags: Sequence[str], language: str, glued: Sequence[bool] | None = None
) -> list[Tagged]:
    """Sentences of our words with their tags; a name that ends inside one of our words takes the whole word.

    `glued[i]` says that no space follows word `i`; where a corpus does not say, punctuation and elided articles tell.
    """
    text = ""
    starts: list[int] = []
    for place, word in enumerate(words):
        if place and not (glued[place - 1] if glued else _touch(words[place - 1], word)):
            text += " "
        starts.append(len(text))
        text += word.replace("\n", " ")
    names = [(starts[first], starts[last - 1] + len(words[last - 1]), label) for first, last, label in spans(tags)]
    return tagged(text, names, language)


def tagged(text: str, names: Sequence[tuple[int, int, str]], language: str) -> list[Tagged]:
    """Sentences of our words of a text, of whose `names` each begin, end (in characters) and label are known."""
    result: list[Tagged] = []
    for sentence in sentences(text, language):
        ends = [start + len(word) for start, word in zip(sentence.starts, sentence.words, strict=True)]
        ours = ["O"] * len(ends)
        for begin, end, label in names:
            inside = [place for place, start in enumerate(sentence.starts) if start < end and ends[place] > begin]
            for number, place in enumerate(inside):
                ours[place] = f"{'I' if number else 'B'}-{label}"
        result.append((list(sentence.words), ours))
    return result


def _touch(before: str, after: str) -> bool:
    """Whether two words are probably written together."""
    if after[0] in _NO_SPACE_BEFORE or before[-1] in _NO_SPACE_AFTER:
        return True
    return len(before) > 1 and before.endswith(_APOSTROPHES)
