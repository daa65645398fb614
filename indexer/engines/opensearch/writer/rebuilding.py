"""An archive brought into the form that configuration and program want, while searches go on.

If the form is right, `optimize` clears away dead documents and merges segments. If shards, parts, the format of
documents or the keys of names have changed, it writes all articles into indices of a new version and then commits the
change of version: searches see the old ones until then, and the alias moves with it. Called by the engine.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.config import Config, EngineConfig
from indexer.engines.opensearch.cluster import bulk_requests
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.document import NAMED, document, marked, stored_article
from indexer.engines.opensearch.cluster.index_names import index_of, key_of, pattern
from indexer.engines.opensearch.cluster.indices import Rolled, make_indices, move_alias, roll_over
from indexer.engines.opensearch.cluster.mapping import FORMAT
from indexer.engines.opensearch.cluster.spellings import ShownNames, read_shown_names, write_spellings
from indexer.engines.opensearch.cluster.state import ClusterLock, State, Stored, read_state, write_state
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.writer.conditions import Find, ask_again
from indexer.engines.opensearch.writer.joining import Joining
from indexer.engines.opensearch.writer.renaming import Renewal, rename
from indexer.engines.opensearch.writer.writer import CLEAR_SECONDS, ClusterWriter
from indexer.engines.shared.stored_article import pack_record
from indexer.engines.shared.writing.batch_writer import prepare_nothing
from indexer.entities.keys import key_rules
from indexer.errors import InternalError, NoIndex
from indexer.writing import Enrich

SESSION = "rebuild"
# Articles between two looks at whether indices are full.
ROLL_EVERY = 25_000
# Copies of a shard say what they have every 30 seconds.
LET_GO_SECONDS = 40.0


def optimize(connection: Connection, alias: str, config: Config, find: Find) -> None:
    """Rebuild if need be; else clear and merge. `find` makes queries for the cluster of those of corrections."""
    stored = read_state(connection, alias)
    if stored is None:
        raise _nothing(connection, alias)
    is_old = stored.state.format != FORMAT or stored.state.keys != key_rules()
    if is_old or _is_laid_out_otherwise(connection, alias, stored.state):
        with ClusterLock(connection, alias) as lock:
            rebuild(connection, alias, config, find, stored, lock)
        return
    with ClusterWriter(connection, alias, config, find, prepare_nothing) as writer:
        writer.sweep(grace=0)
        writer.publish()
    _merge(connection, pattern(alias, stored.state.version))


def _merge(connection: Connection, indices: str) -> None:
    """Have each shard be one segment, without what was deleted.

    Shards keep what was deleted for copies of theirs that may want it, until those have said that they do not: within
    `LET_GO_SECONDS`. A search sees, and a shard keeps on the disk, what was before until the next refresh.
    """
    connection.call(lambda client: client.indices.flush(index=indices, params={"request_timeout": CLEAR_SECONDS}))
    end = time.monotonic() + LET_GO_SECONDS
    while not connection.call(lambda client: _is_let_go(client, indices)) and time.monotonic() < end:
        time.sleep(1.0)
    merge = {"max_num_segments": 1, "request_timeout": CLEAR_SECONDS}
    connection.call(lambda client: client.indices.forcemerge(index=indices, params=merge))
    _refresh(connection, indices)


def _is_let_go(client: Any, indices: str) -> bool:
    """Whether nothing was deleted that a copy of its shard may still want."""
    answer = client.indices.stats(index=indices, metric="docs", params={"level": "shards"})
    copies = [copy for each in answer["indices"].values() for shard in each["shards"].values() for copy in shard]
    return all(
        lease["retaining_seq_no"] > copy["seq_no"]["max_seq_no"]
        for copy in copies
        if copy["docs"]["deleted"]
        for lease in copy["retention_leases"]["leases"]
    )


def _is_laid_out_otherwise(connection: Connection, alias: str, state: State) -> bool:
    """Whether the indices have other shards or parts than configured; the number of replicas is set right here."""
    wanted: EngineConfig = connection.config
    indices = pattern(alias, state.version)
    found = connection.call(lambda client: client.indices.get_settings(index=indices, params={"flat_settings": "true"}))
    settings = [each["settings"] for each in found.values()]
    if any(int(each["index.number_of_replicas"]) != wanted.replicas for each in settings):
        body = {"index": {"number_of_replicas": wanted.replicas}}
        connection.call(lambda client: client.indices.put_settings(index=indices, body=body))
    shards = any(int(each["index.number_of_shards"]) != wanted.shards for each in settings)
    return shards or state.partition != wanted.partition


def rebuild_whole(connection: Connection, alias: str, config: Config, find: Find, enrich: Enrich | None) -> int:
    """Rebuild, whatever form the archive has; returns how many articles it has.

    Raises:
        NoIndex: there is none.
        IndexLocked: another process is writing.
    """
    if read_state(connection, alias) is None:
        raise _nothing(connection, alias)
    with ClusterLock(connection, alias) as lock:
        stored = read_state(connection, alias)
        if stored is None:
            raise _nothing(connection, alias)
        return rebuild(connection, alias, config, find, stored, lock, enrich)


def _nothing(connection: Connection, alias: str) -> NoIndex:
    return NoIndex(f"There is no archive {alias} on {connection.place}. Build one with: indexer build <files>")


def rebuild(
    connection: Connection,
    alias: str,
    config: Config,
    find: Find,
    stored: Stored,
    lock: ClusterLock,
    enrich: Enrich | None = None,
) -> int:
    """Write the whole archive anew, under the next version, and commit it in place of the old; returns how many
    articles it has."""
    before = stored.state
    after = replace(
        before,
        version=before.version + 1,
        generation=before.generation + 1,
        format=FORMAT,
        partition=config.engine.partition,
        keys=key_rules(),
    )
    new = pattern(alias, after.version)
    shown_names = read_shown_names(connection, alias, before, Path(config.entities.corrections))
    snapshot = Snapshot(connection, alias, before, shown_names)
    connection.call(lambda client: client.indices.delete(index=new, params={"allow_no_indices": "true"}))
    make_indices(connection, alias, after.version, None)
    refusals = bulk_requests.apply(connection, _copies(snapshot, after, config, enrich), alive=lock.check)
    _expect_none(alias, refusals)
    _refresh(connection, new)
    after = _named(connection, alias, after, config, find, shown_names, lock)
    _refresh(connection, new)
    there = connection.call(lambda client: client.count(index=new))["count"]
    held = {"query": snapshot.held()}
    expected = connection.call(lambda client: client.count(index=snapshot.indices, body=held))["count"]
    if there != expected:
        raise InternalError(
            f"The rebuild of {alias} has {there} articles instead of {expected}. The archive is as it was."
        )
    write_state(connection, alias, stored, after)
    move_alias(connection, alias, after.version)
    connection.call(lambda client: client.indices.delete_index_template(name=f"{alias}.{before.version}", ignore=404))
    return int(there)


def _named(
    connection: Connection, alias: str, after: State, config: Config, find: Find, before: ShownNames, lock: ClusterLock
) -> State:
    """Join the spellings of entities in what was written, and have it follow corrections with queries; it shows names
    as `before` does."""
    new, join = pattern(alias, after.version), config.entities.join_spellings
    short_names = config.entities.join_family_names
    joining = Joining(connection, new, after.generation - 1)
    groups = joining.groups({}, before.rules, join=join, short_names=short_names, everything=True)
    shown_names = ShownNames(before.rules, write_spellings(connection, alias, groups, ()), join)
    coming = Snapshot(connection, alias, after, shown_names)

    def make(changes: Iterable[bulk_requests.Change]) -> None:
        _expect_none(alias, bulk_requests.apply(connection, changes, alive=lock.check))

    # Nothing is copied: all was born with the generation to come.
    mentions = config.entities.min_mentions
    renewal = Renewal(coming, lambda id: _document_id(id, after), SESSION, mentions, make)
    rename(renewal, before)
    _refresh(connection, new)
    ask_again(renewal, before, find, lambda: _refresh(connection, new))
    return replace(after, joins=join, short_names=short_names, spellings=list(shown_names.spellings.parts))


def _expect_none(alias: str, refusals: Sequence[bulk_requests.Refusal]) -> None:
    if refusals:
        raise InternalError(f"The rebuild of {alias} failed: {refusals[0].reason}. The archive is as it was.")


def _refresh(connection: Connection, indices: str) -> None:
    options = {"request_timeout": CLEAR_SECONDS}
    connection.call(lambda client: client.indices.refresh(index=indices, params=options))


def _document_id(id: str, after: State) -> str:
    return f"{key_of(id)}-{after.generation}-{SESSION}"


def _copies(snapshot: Snapshot, after: State, config: Config, enrich: Enrich | None) -> Iterator[bulk_requests.Change]:
    kept = ["record", NAMED, "story", "bands", "signature"]
    rolled: Rolled = {}
    for number, hit in enumerate(snapshot.scan(snapshot.held(), kept), 1):
        if number % ROLL_EVERY == 0:
            _refresh(snapshot.connection, pattern(snapshot.alias, after.version))
            rolled = roll_over(snapshot.connection, snapshot.alias, after.version, None)
        source: dict[str, Any] = hit["_source"]
        article = stored_article(source)
        if enrich is not None:
            article = enrich(article)
        body = document(article, snapshot.corrections, config.entities.min_mentions, marked(source))
        body |= {name: source[name] for name in kept[2:] if name in source}
        body |= {"born": after.generation, "session": SESSION}
        index = index_of(snapshot.alias, after.version, config.engine.partition, article, rolled)
        ref = index, _document_id(article.id, after)
        yield bulk_requests.index_change(number, ref, 1, pack_record(body))
