"""The names of an archive that a name which nothing has may have been meant for.

In: an archive, a field and the name. Out: names with their numbers of articles. Called where a name is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.search.request import MISSING

if TYPE_CHECKING:
    from indexer.reading import Reading
    from indexer.search.results import SearchResults

NEAREST = 3
_OFFERED = 20  # names with a word of the one that is looked for
_SHORTEST = 3  # letters of a word that says anything


def nearest_names(archive: Reading, field: str, name: str) -> list[tuple[str, int]]:
    """The nearest in spelling first, then the most frequent that have its words; three at most, none if it is there."""
    found = _with(archive, field, name)
    if found.total or name == MISSING:
        return []
    names = [each.values[-1] for each in found.warnings if each.code == "perhaps-value"]
    words = [word for word in name.split() if len(word) >= _SHORTEST]
    for typed in (name, *sorted(words, key=len, reverse=True)):
        names += [each.text for each in archive.suggest(typed, _OFFERED) if each.kind == field]
    distinct = list(dict.fromkeys(names))[:NEAREST]
    return [(each, _with(archive, field, each).total) for each in distinct]


def _with(archive: Reading, field: str, name: str) -> SearchResults:
    request = archive.request(size=0, facets=(), snippets=False, all_mentions=True)
    return archive.search(request.with_filter(field, name))
