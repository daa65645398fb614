"""Two family names that a source wrote side by side: "Alexander Frist Applaud" names Lamar Alexander and Bill Frist.

In: the names of people in one document. Out: those that are to be parted. Called by the extractor before mentions are
joined; headlines and lists that lost their punctuation need it.
"""

from collections.abc import Iterable

from indexer.entities.packed import shipped_lexicon
from indexer.entities.parts import person_parts


def paired(names: Iterable[str]) -> frozenset[str]:
    """Those of a document's names of people that are two family names of others in it.

    "Alexander Frist" is one where the document has a Lamar Alexander and a Bill Frist, and nobody else called Alexander
    by his given name.
    """
    full = [(name, person_parts(name).words) for name in set(names) if " " in name]
    families: dict[str, set[str]] = {}
    given: dict[str, int] = {}
    for _, words in full:
        families.setdefault(words[-1], set()).add(words[0])
        given[words[0]] = given.get(words[0], 0) + 1
    return frozenset(
        name
        for name, words in full
        if len(words) == 2
        and given[words[0]] == 1
        and words[0] in families
        and families[words[1]] - {words[0]}
        and families[words[0]] - {words[1]}
    )


def side_by_side(surface: str) -> list[tuple[int, int]] | None:
    """Offsets of the full names in "Laura Capps Melissa Wagoner": pairs of a given name and a family name.

    None where it is one name, as far as the lists of given names and family names tell.
    """
    words = surface.split(" ")
    if len(words) < 4 or len(words) % 2 or not all(word.isalpha() and word[0].isupper() for word in words):
        return None
    lexicon = shipped_lexicon()
    flags = [lexicon.flags(word.lower()) for word in words]
    if not all("FN" in given for given in flags[::2]) or any(map(_only_given, flags[1::2])):
        return None
    if len(words) == 4 and not _only_given(flags[2]):
        return None
    pieces: list[tuple[int, int]] = []
    start = 0
    for given, family in zip(words[::2], words[1::2], strict=True):
        end = start + len(given) + 1 + len(family)
        pieces.append((start, end))
        start = end + 1
    return pieces


def _only_given(flags: tuple[str, ...]) -> bool:
    return "FN" in flags and "LN" not in flags
