"""Documents brought up to date when entities are shown under other names: corrections, spellings that meet or part.

A document that is committed stays as it is for the readers of its generation: a copy with the new names is born with
the coming one, which it dies in. So either all of a change is seen or nothing, and what a killed writer leaves behind
is cleared like any other writing. Only documents are read that have a name whose showing changes. Called by the writer
and by rebuilds.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from indexer.article import ENTITY_KINDS
from indexer.engines.opensearch.cluster import bulk_requests
from indexer.engines.opensearch.cluster.document import labels, named, stored_article
from indexer.engines.opensearch.cluster.retry import Patience
from indexer.engines.opensearch.cluster.spellings import SPELT, ShownNames, kind_of, spelt
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.shared.stored_article import pack_record
from indexer.engines.shared.writing.ledger import DocumentRef
from indexer.entities.corrections import Corrections

# Names whose documents are looked for in one request.
NAMES_AT_ONCE = 10_000
_DEAD = frozenset({"died", "died_at"})

Make = Callable[[Iterable[bulk_requests.Change]], None]


def rename(
    coming: Snapshot, before: ShownNames, document_id: Callable[[str], str], session: str, min_mentions: int, make: Make
) -> list[tuple[DocumentRef, DocumentRef]]:
    """Have the documents of a generation to come show their entities as it does; they show them as `before` does.

    Args:
        coming: the generation, not committed yet, but visible.
        document_id: names the copy of an article by the article's id.
        make: makes changes.

    Returns: the refs of the documents that were copied, and of their copies.
    """
    copied: dict[DocumentRef, DocumentRef] = {}
    seen: set[DocumentRef] = set()

    def changes(hits: Iterable[Any]) -> Iterator[bulk_requests.Change]:
        for hit in hits:
            ref = hit["_index"], hit["_id"]
            if ref in seen:  # it has several such names
                continue
            seen.add(ref)
            fields = _names(hit["_source"], coming.corrections, min_mentions)
            if hit["_source"]["born"] == coming.generation:
                yield bulk_requests.update_change(0, ref, fields)
                continue
            source = {name: value for name, value in hit["_source"].items() if name not in _DEAD} | fields
            source |= {"born": coming.generation, "session": session}
            copied[ref] = hit["_index"], document_id(source["id"])
            yield bulk_requests.index_change(0, copied[ref], 1, pack_record(source))

    for query in _having(coming, before):
        make(changes(coming.scan(query, ["*"], Patience())))
    return list(copied.items())


def _names(source: dict[str, Any], corrections: Corrections, min_mentions: int) -> dict[str, Any]:
    """The fields of a document that show entities, as corrected."""
    found = labels(stored_article(source), corrections, min_mentions)
    has = found.pop("_has")
    fields = {name: value for name, value in found.items() if name.startswith(ENTITY_KINDS)}
    kept = [name for name in source["has"] if name not in ENTITY_KINDS]
    return fields | {"has": [*kept, *(name for name in has if name in ENTITY_KINDS)]}


def _having(coming: Snapshot, before: ShownNames) -> Iterator[dict[str, Any]]:
    """Queries for the documents that have a name whose showing changes."""
    ruled = list(dict.fromkeys(_by_rules(before, coming.shown_names)))
    joined = list(dict.fromkeys(_by_spelling(before, coming.shown_names)))
    for start in range(0, max(len(ruled), len(joined)), NAMES_AT_ONCE):
        part = slice(start, start + NAMES_AT_ONCE)
        either = [{"terms": {"named": ruled[part]}}, {"terms": {SPELT: joined[part]}}]
        yield coming.whole(filters=[{"bool": {"should": either, "minimum_should_match": 1}}])


def _by_rules(before: ShownNames, after: ShownNames) -> Iterator[str]:
    if before.rules != after.rules:
        for kind, name in {**before.rules.rules, **after.rules.rules}:
            if kind != "source" and before.corrections.apply(kind, name) != after.corrections.apply(kind, name):
                yield named(kind, name)


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
