"""Everything about a name: how many articles, when, with whom, how it is spelt, and the sentences that say it.

In: an archive and the field and name of a source, person, organisation or place. Out: `Profile`. Called by the pages
of these names, the API and the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any, cast

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.errors import NotFound, UsageError
from indexer.search.request import SearchRequest, Sort

if TYPE_CHECKING:
    from indexer.entities.corrections import Rule
    from indexer.entities.evidence import Evidence
    from indexer.entities.variants import Suggestion
    from indexer.reading import Reading
    from indexer.search.results import Facet, JoinedName, SearchResults
    from indexer.sources import Source


PROFILE_FIELDS: tuple[str, ...] = ("source", *ENTITY_KINDS)
COMPANIONS = (*ENTITY_KINDS, "source", "category")  # what a name is counted together with
ARTICLES, VALUES = 10, 8  # of a profile, and of each list of values in it
CANDIDATES = 60  # names with the same last word that may mean the same
SUGGESTED = 5  # pairs of names that probably do
READ = 40  # newest articles that are read for spellings and sentences


@dataclass(frozen=True, slots=True)
class Profile:
    """A source, person, organisation or place, under the `name` that it is shown by.

    `found` are its articles, newest first, with the sentences that name it as snippets, and counts of the periods they
    appeared in and of what they have besides. `in_passing` means that all of them name it in passing, so that facets do
    not count it. `beside` are others of the same kind in the articles that name it, which the query `beside_query`
    finds; `spellings` say in how many of the newest articles each form stands. `joined` are the names of articles that
    are shown under this one, `probable` the pairs of names that probably mean the same, one of them this. A source has
    none of these, but what the configuration knows of it (`source`). `rules` are the corrections that shape it.
    """

    field: str
    name: str
    found: SearchResults
    in_passing: bool = False
    spellings: Mapping[str, int] = dataclass_field(default_factory=dict)
    beside: Facet | None = None
    beside_query: str = ""
    joined: tuple[JoinedName, ...] = ()
    probable: tuple[Suggestion, ...] = ()
    rules: tuple[Rule, ...] = ()
    source: Source | None = None

    @property
    def named_with(self) -> dict[str, Facet]:
        """What else its articles have, the most frequent values of each field."""
        own = {self.field: self.beside} if self.beside else {}
        return own | {name: self.found.facets[name] for name in COMPANIONS if name in self.found.facets}

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "field": self.field,
            "name": self.name,
            "total": self.found.total,
            "stories": self.found.stories,
            "in_passing": self.in_passing,
            "published": self.found.facets["published"].to_dict(),
            "spellings": [{"text": text, "count": count} for text, count in self.spellings.items()],
            "corrections": [rule.to_dict() for rule in self.rules],
            "joined": [each.to_dict() for each in self.joined],
            "probable": [asdict(each) for each in self.probable],
            "named_with": {name: facet.to_dict() for name, facet in self.named_with.items()},
            **({"source": self.source.to_dict() if self.source else None} if self.field == "source" else {}),
            "hits": [hit.to_dict() for hit in self.found.hits],
            "generation": self.found.generation,
        }


def profile(
    archive: Reading, field: str, name: str, *, size: int = ARTICLES, values: int = VALUES, group: bool = False
) -> Profile:
    """Everything about a name.

    Args:
        archive: the archive.
        field: one of `PROFILE_FIELDS`.
        name: any spelling of the name, in any case.
        size: how many of its newest articles are wanted, 0 to 100.
        values: how many values of each field that it is named with, at least 1.
        group: whether copies of a story are one among these articles.

    Raises:
        NotFound: no article has it.
        UsageError: there are no profiles of such a field, or a number is out of range.
    """
    if field not in PROFILE_FIELDS:
        raise UsageError(f"there are no profiles of {field!r}. Choose one of {', '.join(PROFILE_FIELDS)}.")
    base = archive.request(size=size, facet_size=values, group=group)
    base = replace(base, sort=Sort.NEWEST)
    known = archive.catalogue.named(name) if field == "source" else None
    try:
        found, in_passing = _articles(archive, base, field, name)
    except NotFound:
        if known is None or known.name == name:
            raise
        found, in_passing = _articles(archive, base, field, known.name)
    label, *_ = found.request.filter(field).values
    if field == "source":
        label = archive.rules.source(label)
        shaping = archive.rules.shaping("source", label)
        return Profile(field, label, found, rules=shaping, source=archive.catalogue.named(label))
    kind = cast("EntityKind", field)
    seen = archive.evidence(kind, label, max(size, READ))
    query = "" if '"' in seen.name else f'{kind}:="{seen.name}"'  # the query language has no way to write a quote
    beside = _others(archive, replace(base, query=query), kind, seen.name) if query else None
    joined = archive.joined_names(kind, seen.name)
    probable = _probable(archive, kind, seen.name, found.total)
    rules = archive.rules.shaping(kind, seen.name)
    return Profile(
        kind, seen.name, _quoted(found, seen), in_passing, seen.spellings, beside, query, joined, probable, rules
    )


def _probable(archive: Reading, kind: EntityKind, name: str, total: int) -> tuple[Suggestion, ...]:
    """The pairs of names that may mean the same, one of them this: among those that have its last word."""
    from indexer.entities.variants import find_variants  # only the pages of names need it

    words = name.split()
    offered = archive.suggest(words[-1], CANDIDATES) if words else []
    counts = {each.text: each.count for each in offered if each.kind == kind} | {name: total}
    pairs = find_variants((kind, text, count) for text, count in counts.items()).suggestions
    return tuple(pair for pair in pairs if name in (pair.name, pair.into))[:SUGGESTED]


def _articles(archive: Reading, base: SearchRequest, field: str, name: str) -> tuple[SearchResults, bool]:
    """The articles that have a name; where all name it in passing, those, and True.

    Raises:
        NotFound: there are none.
    """
    facets = ("published", *(each for each in COMPANIONS if each != field))
    asked = replace(base.with_filter(field, name), facets=facets)
    found = archive.search(asked)
    in_passing = not found.total and field != "source"
    if in_passing:
        found = archive.search(replace(asked, all_mentions=True))
    if not found.total:
        near = next((each.values[-1] for each in found.warnings if each.code == "perhaps-value"), None)
        advice = f"Perhaps you meant {near!r}?" if near else f"Look for it among the values of the facet {field}."
        raise NotFound(f"No article has the {field} {name!r}. {advice}")
    return found, in_passing


def _others(archive: Reading, base: SearchRequest, kind: EntityKind, name: str) -> Facet:
    """Others of the same kind in the articles that a query finds: a filter would be ignored by its own facet."""
    asked = replace(base, size=0, facets=(kind,), facet_size=base.facet_size + 1)
    facet = archive.search(asked).facets[kind]
    others = tuple(bucket for bucket in facet.buckets if bucket.value != name)
    left_out = len(facet.buckets) - len(others)
    return replace(facet, buckets=others[: base.facet_size], distinct=facet.distinct - left_out)


def _quoted(found: SearchResults, seen: Evidence) -> SearchResults:
    """The articles with the sentences that name it in the place of passages."""
    hits = tuple(replace(hit, snippets=seen.sentences.get(hit.id) or hit.snippets) for hit in found.hits)
    return replace(found, hits=hits)
