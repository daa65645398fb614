"""Names of one entity that meet in an archive: what is known of them, and where the archive keeps it.

Documents hold, beside the names they show, each name as the article has it behind the key by which spellings are
compared (`spelt`), and once more behind that of what it may be called for short. The table of keys that have several
names in the archive is part of what is committed: it says which name of each group is shown. Of short names it has the
groups in which there is a bare one. It is kept beside the state, in parts named after their content, so that a commit
writes, and a reader fetches, only what has changed. Called by the writer and whoever makes a snapshot.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import cast

import orjson

from indexer.article import EntityKind
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.index_names import state_index
from indexer.engines.opensearch.cluster.state import State
from indexer.entities.corrections import Corrections, Named
from indexer.entities.corrections_reader import parse_corrections
from indexer.entities.keys import joining_key, short_form
from indexer.errors import EngineUnavailable

# The fields of a document that hold its names behind their keys, and the keys.
SPELT, KEY = "spelt", "spelt_key"
PREFIX = "spellings-"
# Groups in a part: about 250 KB.
GROUPS_IN_PART = 4_000

# How the hashes of keys begin by which short names are compared.
SHORT = "s"

# The names of a group, each with the one it is shown by; "" for one that is shown as it is.
Group = Mapping[str, str]


def key_of(kind: EntityKind, name: str) -> str:
    """What all names that may be joined with one have in common; short, whatever the name's length."""
    return f"{kind}\t{_digest(joining_key(kind, name))}"


def short_key_of(kind: EntityKind, name: str) -> str | None:
    """What all names have in common that may be called the same for short; None where there is no short name."""
    short = short_form(kind, joining_key(kind, name))
    return None if short is None else f"{kind}\t{SHORT}{_digest(short.form)}"


def is_of_short_names(key: str) -> bool:
    """Whether a key is one of `short_key_of`."""
    return key.partition("\t")[2].startswith(SHORT)


def is_bare(kind: EntityKind, name: str) -> bool:
    """Whether a name is no more than a short one."""
    short = short_form(kind, joining_key(kind, name))
    return short is not None and short.bare


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def spelt(key: str, name: str) -> str:
    """A name behind its key."""
    return f"{key}\t{name}"


def unspelt(value: str) -> tuple[str, str]:
    """Key and name."""
    kind, key, name = value.split("\t", 2)
    return f"{kind}\t{key}", name


def kind_of(key: str) -> EntityKind:
    """The kind that a key is of."""
    return cast(EntityKind, key.partition("\t")[0])


def keys_and_names(entities: Collection[tuple[EntityKind, str]]) -> dict[str, list[str]]:
    """The fields of a document that say which names its article has."""
    named = list(dict.fromkeys(entities))
    keyed = [(key_of(*each), each[1]) for each in named]
    keyed += [(key, each[1]) for each in named if (key := short_key_of(*each)) is not None]
    return {SPELT: [spelt(*each) for each in keyed], KEY: list(dict.fromkeys(key for key, _ in keyed))}


@dataclass(frozen=True)
class Spellings:
    """All groups of an archive, by key. `parts` names the documents they are kept in."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Group]] = field(default_factory=dict)

    @cached_property
    def merges(self) -> dict[Named, Named]:
        """The names that are shown by another one, as `Corrections.merges` wants them."""
        # Whom a short name means comes before how it is spelt.
        in_order = sorted(self.groups, key=is_of_short_names)
        rows = ((kind_of(key), name, shown) for key in in_order for name, shown in self.groups[key].items())
        return {(kind, name): (kind, shown) for kind, name, shown in rows if shown}


@dataclass(frozen=True)
class ShownNames:
    """Under which names an archive shows entities: the rules of its owner, and the spellings that are joined."""

    rules: Corrections = field(default_factory=Corrections)
    spellings: Spellings = field(default_factory=Spellings)
    joins: bool = True

    @cached_property
    def corrections(self) -> Corrections:
        """Both as one."""
        return replace(self.rules, merges=self.spellings.merges)


def read_shown_names(
    connection: Connection, alias: str, state: State, file: Path, known: Spellings | None = None
) -> ShownNames:
    """The names of a committed state; `file` is for messages, parts that are `known` are not fetched again.

    Raises:
        EngineUnavailable: a part is not there.
    """
    parts = {id: known.parts[id] for id in state.spellings if known and id in known.parts}
    if missing := [id for id in state.spellings if id not in parts]:
        answer = connection.call(lambda client: client.mget(index=state_index(alias), body={"ids": missing}))
        for found in answer["docs"]:
            if not found.get("found"):
                raise EngineUnavailable(
                    f"A part of what the archive {alias} knows of names is not on {connection.place} any more. If the "
                    "archive was written just now, try again; if it was deleted, run: indexer optimize"
                )
            parts[found["_id"]] = orjson.loads(found["_source"]["groups"])
    groups = {key: group for part in parts.values() for key, group in part.items()}
    return ShownNames(parse_corrections(state.corrections, file), Spellings(groups, parts), state.joins)


def write_spellings(connection: Connection, alias: str, groups: Mapping[str, Group], known: Iterable[str]) -> Spellings:
    """Keep groups for a commit to come; parts that are `known` to be kept are not written again."""
    parts = {}
    kept = set(known)
    for part in parted(groups):
        text = orjson.dumps(part, option=orjson.OPT_SORT_KEYS)
        id = PREFIX + hashlib.blake2b(text, digest_size=16).hexdigest()
        parts[id] = part
        if id not in kept:
            _write(connection, alias, id, text.decode())
    return Spellings(groups, parts)


def _write(connection: Connection, alias: str, id: str, text: str) -> None:
    connection.call(lambda client: client.index(index=state_index(alias), id=id, body={"groups": text}))


def parted(groups: Mapping[str, Group]) -> Sequence[Mapping[str, Group]]:
    """Groups in parts by their keys; there are twice as many whenever they would be too large."""
    count = 1
    while len(groups) > count * GROUPS_IN_PART:
        count *= 2
    parts: list[dict[str, Group]] = [{} for _ in range(count)]
    for key, group in groups.items():
        parts[int(key[-4:], 16) % count][key] = group
    return [part for part in parts if part]


def drop_parts(connection: Connection, alias: str, kept: Iterable[str]) -> None:
    """Delete the parts that no committed state names any more."""
    index, wanted = state_index(alias), set(kept)
    body = {"size": 10_000, "_source": False, "query": {"match_all": {}}}
    connection.call(lambda client: client.indices.refresh(index=index))
    hits = connection.call(lambda client: client.search(index=index, body=body))["hits"]["hits"]
    stale = [hit["_id"] for hit in hits if hit["_id"].startswith(PREFIX) and hit["_id"] not in wanted]
    if stale:
        lines = [{"delete": {"_id": id}} for id in stale]
        connection.call(lambda client: client.bulk(index=index, body=lines))
