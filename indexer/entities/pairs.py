"""Two family names that a source wrote side by side: "Alexander Frist Applaud" names Lamar Alexander and Bill Frist.

In: the names of people in one document. Out: those that are to be parted. Called by the extractor before mentions are
joined; headlines that lost their punctuation need it.
"""

from collections.abc import Iterable

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
