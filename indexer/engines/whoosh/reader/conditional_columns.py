"""Names that are added to the articles of a query, or split by queries, put into the columns of a segment.

Only the documents that the queries find get other assignments; all others keep theirs, so that the cost is that of
copying a column once, whatever the archive holds. Which documents have a label is then what the column's postings say,
but for the few labels in `patches`. Called by `columns`, after `corrected_columns`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indexer.article import EntityKind
from indexer.engines.shared.entity_corrections import is_passing
from indexer.engines.whoosh.kernels import NO_DOCS, Array, Docs, expand
from indexer.engines.whoosh.reader.segment_columns import Patch, SegmentColumn
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.entities.corrections import Named

ColumnOf = Callable[[EntityKind], SegmentColumn]


@dataclass(slots=True)
class _Move:
    """Documents of a segment that lose a label, and that get it, so that it counts or in passing; in any order, and
    some perhaps twice."""

    lost: list[Docs] = field(default_factory=list)
    counted: list[Docs] = field(default_factory=list)
    passing: list[Docs] = field(default_factory=list)

    def settled(self) -> tuple[Docs, Docs, Docs]:
        """The same as ascending documents."""
        return _joined(self.lost), _joined(self.counted), _joined(self.passing)


def conditional_column(snapshot: Snapshot, index: int, kind: EntityKind, column_of: ColumnOf) -> SegmentColumn:
    """The column of a kind in a segment with the names that the queries of the corrections give and take.

    `column_of` gives the column of a kind as all other rules leave it.
    """
    moves = snapshot.cached(("moves", index), lambda: _moves(snapshot, index, column_of))
    own = {name: move.settled() for (each, name), move in moves.items() if each == kind}
    docs = _joined([docs for move in own.values() for docs in move])
    if not len(docs):
        return column_of(kind)

    def is_in_passing(doc: int, name: str) -> bool:
        article = snapshot.article(snapshot.bases[index] + doc)
        entities = [entity for entity in article.entities if (entity.kind, entity.name) == (kind, name)]
        return all(is_passing(entity, snapshot.min_mentions) for entity in entities)

    return _patched(column_of(kind), own, docs, is_in_passing)


def _moves(snapshot: Snapshot, index: int, column_of: ColumnOf) -> Mapping[Named, _Move]:
    corrections = snapshot.corrections
    moves: defaultdict[Named, _Move] = defaultdict(_Move)
    added: defaultdict[Named, list[Docs]] = defaultdict(list)
    for rule in corrections.additions.values():
        named = corrections.apply(*rule.named)
        if named is not None:
            added[named].append(np.flatnonzero(snapshot.finding(rule.parts[0].query, index)))
    splits = [rule.named for rule in corrections.rules.values() if rule.action == "split"]
    for named in dict.fromkeys((*added, *splits)):
        given = _joined(added.get(named, []))
        if corrections.split(named) is None:
            moves[named].counted.append(given)
        else:
            _split(snapshot, index, moves, named, (*_holders(column_of(named[0]), named[1]), given))
    return moves


def _split(
    snapshot: Snapshot, index: int, moves: defaultdict[Named, _Move], named: Named, having: tuple[Docs, Docs, Docs]
) -> None:
    """What becomes of the documents that have a label which is split: so that it counts, in passing, by an addition."""
    counted, passing, given = having
    rule = snapshot.corrections.split(named)
    assert rule is not None
    left = np.ones(snapshot.segments[index].doc_count, np.bool_)
    for part in rule.parts:
        taken = snapshot.finding(part.query, index) & left
        left &= ~taken
        to = snapshot.corrections.apply(named[0], part.name)
        if to == named:
            moves[named].counted.append(given[taken[given]])
            continue
        moves[named].lost += [counted[taken[counted]], passing[taken[passing]]]
        if to is not None:
            moves[to].counted += [counted[taken[counted]], given[taken[given]]]
            moves[to].passing.append(passing[taken[passing]])
    moves[named].counted.append(given[left[given]])


def _holders(column: SegmentColumn, name: str) -> tuple[Docs, Docs]:
    """The documents that have a label so that it counts, and those that have it in passing."""
    number = column.table.find(name)
    if number is None:
        return NO_DOCS, NO_DOCS
    chosen = np.zeros(len(column.table), np.bool_)
    chosen[number] = True
    docs = column.documents(chosen)
    starts = column.starts[docs].astype(np.int64)
    counts = column.starts[docs + 1].astype(np.int64) - starts
    offsets, owners = expand(starts, counts), np.repeat(docs, counts)
    ours = column.ords[offsets] == number
    offsets, owners = offsets[ours], owners[ours]
    weak = offsets >= column.passing_starts[owners]
    return owners[~weak], owners[weak]


def _joined(parts: Sequence[Docs]) -> Docs:
    return np.unique(np.concatenate(parts)) if parts else NO_DOCS


def _patched(
    column: SegmentColumn,
    own: Mapping[str, tuple[Docs, Docs, Docs]],
    docs: Docs,
    is_in_passing: Callable[[int, str], bool],
) -> SegmentColumn:
    """A column whose documents `docs` have other assignments.

    `is_in_passing` says of one that has a label for two names, both in passing, whether together they are.
    """
    table = column.table.extended(sorted(name for name in own if column.table.find(name) is None))
    starts, passing_starts = column.starts.astype(np.int64), column.passing_starts.astype(np.int64)
    counts = starts[docs + 1] - starts[docs]
    offsets, owners = expand(starts[docs], counts), np.repeat(docs, counts)
    rows = [(owners, column.ords[offsets].astype(np.int64), offsets >= passing_starts[owners])]
    patches = dict(column.patches)
    for name, (lost, counted, passing) in own.items():
        number = table.find(name)
        assert number is not None
        owners, ords, weak = rows[0]
        kept = (ords != number) | ~np.isin(owners, lost)
        rows[0] = owners[kept], ords[kept], weak[kept]
        for gained, in_passing in ((counted, False), (passing, True)):
            rows.append((gained, np.full(len(gained), number), np.full(len(gained), in_passing)))
        patches[number] = Patch(lost, np.union1d(counted, passing))
    owners, ords, weak = (np.concatenate(part) for part in zip(*rows, strict=True))
    for at in _met_in_passing(owners, ords, weak).tolist():
        weak[at] = is_in_passing(int(owners[at]), table.label(int(ords[at])))
    owners, ords, weak = _distinct(owners, ords, weak)
    return replace(
        _spliced(column, starts, passing_starts, docs, (owners, ords, weak)),
        table=table,
        moved=np.arange(table.sorted) if column.moved is None else column.moved,
        patches=patches,
    )


def _met_in_passing(owners: Array, ords: Array, weak: Array) -> Array:
    """Of the assignments that are there twice, both in passing, one each; few, since few names of an article meet."""
    places = np.flatnonzero(weak)
    order = places[np.lexsort((ords[places], owners[places]))]
    again = (owners[order[1:]] == owners[order[:-1]]) & (ords[order[1:]] == ords[order[:-1]])
    met: Array = order[1:][again]
    return met


def _distinct(owners: Array, ords: Array, weak: Array) -> tuple[Array, Array, Array]:
    """Each assignment once, those in passing last among those of a document."""
    order = np.lexsort((weak, ords, owners))
    owners, ords, weak = owners[order], ords[order], weak[order]
    firsts = np.ones(len(owners), np.bool_)
    firsts[1:] = (owners[1:] != owners[:-1]) | (ords[1:] != ords[:-1])
    owners, ords, weak = owners[firsts], ords[firsts], weak[firsts]
    order = np.lexsort((ords, weak, owners))
    return owners[order], ords[order], weak[order]


def _spliced(
    column: SegmentColumn, starts: Array, passing_starts: Array, docs: Array, rows: tuple[Array, Array, Array]
) -> SegmentColumn:
    """A column with `rows` in place of the assignments of some documents."""
    owners, ords, weak = rows
    size = len(starts) - 1
    counts = np.diff(starts)
    gone = np.zeros(len(column.ords), np.bool_)
    gone[expand(starts[docs], counts[docs])] = True
    counting = passing_starts - starts[:-1]
    counts[docs] = np.bincount(owners, minlength=size)[docs]
    counting[docs] = np.bincount(owners[~weak], minlength=size)[docs]
    after = np.concatenate(([0], np.cumsum(counts)))
    places = expand(after[docs], counts[docs])
    others = np.ones(int(after[-1]), np.bool_)
    others[places] = False
    joined = np.empty(int(after[-1]), np.uint32)
    joined[places] = ords
    joined[others] = column.ords[~gone]
    return replace(column, ords=joined, starts=after, passing_starts=after[:-1] + counting)
