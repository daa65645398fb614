"""Which names of an archive are shown under another one, and how often each occurs: what every engine tells alike."""

from collections.abc import Callable, Mapping, Sequence

from indexer.article import EntityKind
from indexer.entities.corrections import Corrections, Named
from indexer.entities.short_names import meant
from indexer.search.results import JoinedName


def names_by_shown(corrections: Corrections) -> dict[Named, list[str]]:
    """The names that are joined to each one that is shown."""
    found: dict[Named, list[str]] = {}
    for kind, name in corrections.merges:
        shown = None if corrections.touches(kind, name) else corrections.apply(kind, name)
        if shown is not None and shown[0] == kind and shown[1] != name:
            found.setdefault(shown, []).append(name)
    return found


def joined_names(
    corrections: Corrections,
    names: Mapping[Named, Sequence[str]],
    kind: EntityKind,
    name: str,
    count: Callable[[Sequence[str]], Mapping[str, int]],
) -> tuple[JoinedName, ...]:
    """The answer to `Engine.joined_names`, given `names_by_shown` and what counts the articles of names of the kind."""
    shown = corrections.apply(kind, name)
    others = names.get(shown, ()) if shown is not None else ()
    counts = count(others) if others else {}
    rows = [JoinedName(each, counts[each], bool(meant(corrections, kind, each))) for each in others if counts.get(each)]
    return tuple(sorted(rows, key=lambda row: (-row.articles, row.name)))
