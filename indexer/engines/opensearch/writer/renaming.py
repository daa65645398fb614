"""Documents brought up to date when names are shown otherwise: corrections, spellings that meet or part.

A document that is committed stays as it is for the readers of its generation: a copy with the new names is born with
the coming one, which it dies in. So either all of a change is seen or nothing, and what a killed writer leaves behind
is cleared like any other writing. Only documents are read that have a name whose showing changes. Called by the writer
and by rebuilds.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from indexer.analysis import fold
from indexer.article import ENTITY_KINDS
from indexer.engines.opensearch.cluster import bulk_requests, mapping
from indexer.engines.opensearch.cluster.document import NAMED, labels, marked, named, stored_article
from indexer.engines.opensearch.cluster.retry import Patience
from indexer.engines.opensearch.cluster.spellings import SPELT, ShownNames, kind_of, spelt
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.shared.stored_article import pack_record
from indexer.engines.shared.writing.ledger import DocumentRef
from indexer.entities.corrections import Corrected, Corrections, Finds

# Names whose documents are looked for in one request.
NAMES_AT_ONCE = 10_000
_DEAD = frozenset({"died", "died_at"})
_CORRECTED = (*ENTITY_KINDS, "source")

Dsl = dict[str, Any]
Make = Callable[[Iterable[bulk_requests.Change]], None]


class Renewal:
    """Documents of a generation to come, with their names as it shows them.

    Args:
        coming: the generation, not committed yet, but visible.
        document_id: names the copy of an article by the article's id.
        make: makes changes.
    """

    def __init__(
        self, coming: Snapshot, document_id: Callable[[str], str], session: str, min_mentions: int, make: Make
    ) -> None:
        self.coming = coming
        # The refs of the documents that were copied, and of their copies.
        self.copied: dict[DocumentRef, DocumentRef] = {}
        self._document_id = document_id
        self._session = session
        self._min_mentions = min_mentions
        self._make = make

    def renew(self, queries: Iterable[Dsl], finds: Callable[[Dsl], Finds] = marked) -> None:
        """Bring the documents of some queries up to date, each once.

        `finds` tells from a document which queries of the corrections find its article from now on.
        """
        seen: set[DocumentRef] = set()
        for query in queries:
            self._make(self._changes(self.coming.scan(query, ["*"], Patience()), seen, finds))

    def _changes(
        self, hits: Iterable[Any], seen: set[DocumentRef], finds: Callable[[Dsl], Finds]
    ) -> Iterator[bulk_requests.Change]:
        for hit in hits:
            ref = hit["_index"], hit["_id"]
            if ref in seen:  # it has several such names
                continue
            seen.add(ref)
            known = hit["_source"]
            fields = _names(known, self.coming.corrections, self._min_mentions, finds(known))
            if known["born"] == self.coming.generation:
                yield bulk_requests.update_change(0, ref, fields)
                continue
            source = {name: value for name, value in known.items() if name not in _DEAD} | fields
            source |= {"born": self.coming.generation, "session": self._session}
            self.copied[ref] = hit["_index"], self._document_id(source["id"])
            yield bulk_requests.index_change(0, self.copied[ref], 1, pack_record(source))


def rename(renewal: Renewal, before: ShownNames) -> None:
    """Have the documents of a generation to come show their names as it does; they show them as `before` does."""
    renewal.renew(_having(renewal.coming, before))


def _names(source: Dsl, corrections: Corrections, min_mentions: int, finds: Finds) -> Dsl:
    """The fields of a document that show entities and sources, as corrected."""
    found = labels(stored_article(source), corrections, min_mentions, finds)
    has = found.pop("_has")
    fields = {name: value for name, value in found.items() if name == NAMED or name.startswith(_CORRECTED)}
    kept = [name for name in source["has"] if name not in ENTITY_KINDS]
    return fields | {"has": [*kept, *(name for name in has if name in ENTITY_KINDS)]}


def _having(coming: Snapshot, before: ShownNames) -> Iterator[Dsl]:
    """Queries for the documents that have a name whose showing changes."""
    changed = list(dict.fromkeys(_by_rules(before, coming.shown_names)))
    ruled = [named(*each) for each in changed]
    # Documents of earlier versions do not remember their sources; they show them as they are.
    sources = [fold(name) for kind, name in changed if kind == "source"]
    joined = list(dict.fromkeys(_by_spelling(before, coming.shown_names)))
    for start in range(0, max(len(ruled), len(joined)), NAMES_AT_ONCE):
        part = slice(start, start + NAMES_AT_ONCE)
        either: list[Dsl] = [{"terms": {NAMED: ruled[part]}}, {"terms": {SPELT: joined[part]}}]
        if sources[part]:
            either.append({"terms": {mapping.folded("source"): sources[part]}})
        yield coming.whole(filters=[{"bool": {"should": either, "minimum_should_match": 1}}])


def _by_rules(before: ShownNames, after: ShownNames) -> Iterator[tuple[Corrected, str]]:
    if before.rules != after.rules:
        for kind, name in {**before.rules.rules, **after.rules.rules}:
            old, new = (_shown(each, kind, name) for each in (before, after))
            if old != new:
                yield kind, name


def _shown(shown_names: ShownNames, kind: Corrected, name: str) -> object:
    """What becomes of a name alone, whatever its case; one that is split is shown as its rule has it."""
    corrections = shown_names.corrections
    if kind == "source":
        return corrections.source(name)
    rule = corrections.rules.get((kind, name))
    return corrections.apply(kind, name), rule is not None and rule.action == "split"


def _by_spelling(before: ShownNames, after: ShownNames) -> Iterator[str]:
    same_rules = before.rules == after.rules
    old, new = before.spellings.groups, after.spellings.groups
    for key in {**old, **new}:
        if same_rules and old.get(key) == new.get(key):
            continue
        kind = kind_of(key)
        for name in {**old.get(key, {}), **new.get(key, {})}:
            if before.corrections.apply(kind, name) != after.corrections.apply(kind, name):
                yield spelt(key, name)
