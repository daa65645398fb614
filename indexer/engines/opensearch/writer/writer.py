"""The writer of an archive on a cluster: items in, a new generation out. Implements `indexer.writing.IndexWriter`.

Workers write documents that are born with the generation to come (`worker`). `commit` marks what they supersede as dead
from that generation on, finds their near-duplicates (`groups`), makes all of it visible to searches and then writes
the new number into the state document: until that one write no reader sees anything of it. What a killed build leaves
behind is cleared by the next writer.
"""

import logging
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.config import Config
from indexer.engines.opensearch.cluster import bulk_requests
from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.index_names import pattern
from indexer.engines.opensearch.cluster.indices import Rolled, drop_versions, make_indices, roll_over
from indexer.engines.opensearch.cluster.retry import patiently
from indexer.engines.opensearch.cluster.spellings import ShownNames, drop_parts, read_shown_names, write_spellings
from indexer.engines.opensearch.cluster.state import (
    ClusterLock,
    State,
    Stored,
    make_state_index,
    read_state,
    write_state,
)
from indexer.engines.opensearch.reader.snapshot import Snapshot
from indexer.engines.opensearch.reader.term_statistics import visible
from indexer.engines.opensearch.writer.conditions import Find, ask_again
from indexer.engines.opensearch.writer.groups import Signed, group_new
from indexer.engines.opensearch.writer.joining import Joining
from indexer.engines.opensearch.writer.renaming import Renewal, rename
from indexer.engines.opensearch.writer.worker import Done, Setup, Target, Worker
from indexer.engines.shared.writing.batch_writer import BatchWriter, usable_processes
from indexer.engines.shared.writing.ledger import DocumentRef
from indexer.entities.corrections import Corrections
from indexer.entities.corrections_reader import parse_corrections
from indexer.entities.keys import key_rules
from indexer.errors import BroadsheetError, InternalError, StateError
from indexer.writing import Enrich, Prepare, WriteCounts

_LOG = logging.getLogger(__name__)
# Replaced and removed articles stay for readers of the generations that had them, for so long.
GRACE_SECONDS = 900
# Clearing, grouping and refreshing may take longer than other requests.
CLEAR_SECONDS = 600
BATCH_ITEMS = 250
BATCH_BYTES = 2 << 20


class ClusterWriter(BatchWriter[Worker, Target, Done]):
    """The one writer of an archive, which is made if need be.

    Raises:
        IndexLocked: another process is writing.
        IndexFormatMismatch: what is there cannot be added to.
        EngineUnavailable, StateError: from any method: the cluster does not answer or takes nothing. What was committed
            stands; the writer is of no further use.
    """

    batch_items = BATCH_ITEMS
    batch_bytes = BATCH_BYTES

    def __init__(
        self,
        connection: Connection,
        alias: str,
        config: Config,
        find: Find,
        prepare: Prepare,
        enrich: Enrich | None = None,
    ) -> None:
        self._connection = connection
        self._alias = alias
        self._find = find
        self._session = secrets.token_hex(4)
        self._rolled: Rolled = {}
        self._entities = config.entities
        self._corrections_file = Path(config.entities.corrections)
        processes = usable_processes(config.engine.processes, prepare, enrich)
        make_state_index(connection, alias)
        self._lock = ClusterLock(connection, alias)
        try:
            self._stored: Stored | None = read_state(connection, alias)
            self._state = (
                self._stored.state if self._stored else State(partition=config.engine.partition, keys=key_rules())
            )
            self._state.check(alias)
            if self._state.keys != key_rules():
                _LOG.warning("Further spellings may not be joined until you run: indexer optimize")
            self._prepare_indices()
            self._shown_names = read_shown_names(connection, alias, self._state, self._corrections_file)
            keep = config.ingest.versions == "all"
            setup = Setup(config.engine, prepare, enrich, config.entities.min_mentions, keep)
            super().__init__(setup, processes, f"the archive {alias} on {connection.place}", keep_versions=keep)
            self._worker.follow(self._follow())
        except BaseException:
            self._lock.release()
            raise
        self._signed: dict[str, Signed] = {}
        self._written: set[DocumentRef] = set()

    def commit(self, *, strict: bool = False) -> WriteCounts:
        """Make everything so far durable and visible; see `IndexWriter.commit`."""
        with self._guarded():
            # What a writer wrote before it lost the lock, the next has cleared; from then on it must not write.
            self._lock.confirm()
            self._settle()
            self._reconcile()
            if strict:
                self._insist()
            verdict = self._ledger.verdict()
            left = {(index, id) for index, ids in verdict.deletes.items() for id in ids}
            if self._written or left or not self._state.generation or self._joins_otherwise():
                pending = left & self._written
                self._change([bulk_requests.delete_change(0, ref) for ref in pending])
                self._bury(left - pending)
                self._group(left)
                state, copies = self._rename(self._shown_names.rules, self._joins_otherwise())
                self._publish(state, len(self._written - pending) + copies)
            self._ledger.clear()
            self._signed, self._written = {}, set()
            return WriteCounts(verdict.new, verdict.replaced, verdict.unchanged, self._take_rejects(), verdict.apart)

    def correct(self, text: str) -> None:
        """Have all documents follow other corrections, and commit."""
        with self._guarded():
            state, copies = self._rename(parse_corrections(text, self._corrections_file), True)
            self._publish(replace(state, corrections=text), copies)

    def publish(self) -> None:
        """Commit the same documents once more; their names are brought into the form that is configured."""
        if self._joins_otherwise():
            self.correct(self._state.corrections)
            return
        with self._guarded():
            self._publish(self._state, 0)

    def sweep(self, grace: float = GRACE_SECONDS) -> None:
        """Delete what no reader sees any more, and what a writer that died left behind."""
        with self._guarded():
            self._clear(grace)

    def close(self) -> None:
        """Give up what was not committed, and the lock. Calling it twice is harmless."""
        self._end_pool()
        self._lock.release()

    def _receive(self, done: Done) -> None:
        for event in done.events:
            self._ledger.add(event)
            if event.ref is not None:
                self._written.add(event.ref)
        for signed in done.signed:
            self._signed[signed.ref[1]] = signed
        self._rejects += done.rejects
        self._lock.check()

    def _wrote(self, refs: Sequence[DocumentRef]) -> None:
        self._written.update(refs)

    def _follow(self) -> Target:
        state = self._state
        return Target(
            self._alias,
            state.version,
            state.generation,
            self._session,
            state.partition,
            self._rolled,
            self._shown_names.corrections,
        )

    def _explained(self, error: OSError | MemoryError) -> BroadsheetError:
        return StateError(
            f"Writing {self._place} failed: {error}. Everything up to the last commit is safe; run the same command "
            "again to continue."
        )

    @property
    def _indices(self) -> str:
        return pattern(self._alias, self._state.version)

    def _prepare_indices(self) -> None:
        """Make sure that documents can be written, and clear away what a dead writer wrote."""
        make_indices(self._connection, self._alias, self._state.version, self._alias)
        self._roll_over()
        if self._stored is not None:
            self._clear(GRACE_SECONDS)
            if time.time() - self._state.committed > GRACE_SECONDS:
                drop_versions(self._connection, self._alias, self._state.version)
                drop_parts(self._connection, self._alias, self._state.spellings)

    def _roll_over(self) -> None:
        """What is written from the next commit on goes into indices that are not full."""
        self._rolled = roll_over(self._connection, self._alias, self._state.version, self._alias)

    def _clear(self, grace: float) -> None:
        generation, indices = self._state.generation, self._indices
        gone = {"range": {"died_at": {"lte": int(time.time() - grace)}}}
        dead = {"bool": {"filter": [{"range": {"died": {"lte": generation}}}, gone]}}
        stray = {"range": {"born": {"gt": generation}}}
        useless = {"bool": {"should": [stray, dead], "minimum_should_match": 1}}
        revived = {"range": {"died": {"gt": generation}}}
        revive = {"source": "ctx._source.remove('died'); ctx._source.remove('died_at')"}
        options = {"refresh": "true", "conflicts": "proceed", "request_timeout": CLEAR_SECONDS}
        self._refresh()
        if self._count([useless]):
            self._connection.call(
                lambda client: client.delete_by_query(index=indices, body={"query": useless}, params=options)
            )
        if self._count([revived]):
            body = {"query": revived, "script": revive}
            self._connection.call(lambda client: client.update_by_query(index=indices, body=body, params=options))

    def _change(self, changes: Iterable[bulk_requests.Change]) -> None:
        refusals = bulk_requests.apply(self._connection, changes, alive=self._lock.check)
        if refusals:
            raise InternalError(
                f"{self._place} refuses a change: {refusals[0].reason}. What was committed is safe. Please report this."
            )

    def _group(self, left: set[DocumentRef]) -> None:
        """Give the new documents their stories."""
        gone = {id for _, id in left}
        new = [signed for id, signed in sorted(self._signed.items()) if id not in gone]
        grouped = group_new(self._connection, self._indices, self._state.generation, new, gone)
        self._change(bulk_requests.update_change(0, ref, {"story": story}) for ref, story in grouped.documents)
        if grouped.merged:
            self._refresh()
        for story, into in grouped.merged.items():
            script = {"source": "ctx._source.story = params.into", "params": {"into": into}}
            body = {"query": {"term": {"story": story}}, "script": script}
            self._update_by_query(body)

    def _joins_otherwise(self) -> bool:
        entities = self._entities
        wanted = entities.join_spellings, entities.join_family_names
        return (self._state.joins, self._state.short_names) != wanted

    def _rename(self, rules: Corrections, everything: bool) -> tuple[State, int]:
        """Bring documents up to date that show an entity otherwise from now on.

        Returns: the state that says so, and how many documents were copied for it.
        """
        self._refresh()
        before, join = self._shown_names, self._entities.join_spellings
        joining = Joining(self._connection, self._indices, self._state.generation)
        # Documents that other rules made keys of may lack those of short names: nothing is decided by half of them.
        short_names = self._entities.join_family_names and self._state.keys == key_rules()
        groups = joining.groups(
            before.spellings.groups, rules, join=join, short_names=short_names, everything=everything
        )
        spellings = write_spellings(self._connection, self._alias, groups, before.spellings.parts)
        self._shown_names = ShownNames(rules, spellings, join)
        state = replace(
            self._state,
            joins=join,
            short_names=self._entities.join_family_names,
            spellings=list(spellings.parts),
        )
        coming = Snapshot(
            self._connection, self._alias, replace(state, generation=state.generation + 1), self._shown_names
        )
        document_id, mentions = self._follow().document_id, self._entities.min_mentions
        renewal = Renewal(coming, document_id, self._session, mentions, self._change)
        buried: set[DocumentRef] = set()

        def settle() -> None:
            new = renewal.copied.keys() - buried
            self._bury(new)
            buried.update(new)
            self._refresh()

        rename(renewal, before)
        if before.rules.queries or rules.queries:
            settle()
            ask_again(renewal, before, self._find, settle)
        self._bury(renewal.copied.keys() - buried)
        return state, len(renewal.copied)

    def _bury(self, refs: Iterable[DocumentRef]) -> None:
        """Have documents die with the coming generation."""
        dead = {"died": self._state.generation + 1, "died_at": int(time.time())}
        self._change(bulk_requests.update_change(0, ref, dead) for ref in refs)

    def _update_by_query(self, body: dict[str, Any]) -> None:
        options = {"conflicts": "proceed", "request_timeout": CLEAR_SECONDS}
        self._connection.call(lambda client: client.update_by_query(index=self._indices, body=body, params=options))

    def _refresh(self) -> None:
        self._connection.call(
            lambda client: client.indices.refresh(index=self._indices, params={"request_timeout": CLEAR_SECONDS})
        )

    def _publish(self, state: State, written: int) -> None:
        """Make all changes visible to searches, make sure that they are all there, and commit."""
        self._refresh()
        generation = state.generation + 1
        mine: list[dict[str, Any]] = [{"term": {"session": self._session}}, {"term": {"born": generation}}]
        there = self._count(mine)
        if there != written:
            raise StateError(
                f"{self._place} has lost {written - there} of {written} articles before they were committed, as it "
                "does when a node fails that held the only copy. Nothing is committed; run the same command again."
            )
        self._roll_over()
        self._lock.confirm()
        committed = replace(state, generation=generation, articles=self._count(visible(generation)))
        self._stored = write_state(self._connection, self._alias, self._stored, committed)
        self._state = self._stored.state
        self._tell()

    def _count(self, filters: list[dict[str, Any]]) -> int:
        body = {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": filters}}}
        answer = patiently(lambda: self._connection.search(body, self._indices))
        return int(answer["hits"]["total"]["value"])
