"""Names that are added to the articles of a query, or split by queries, put into the columns of a segment.

Only the documents that the queries find get other assignments; all others keep theirs, so that the cost is that of
copying a column once, whatever the archive holds. Which documents have a label is then what the column's postings say,
but for the few labels in `patches`. Called by `columns`, after `corrected_columns`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from indexer.article import EntityKind
from indexer.engines.whoosh.kernels import Array, Mask, expand
from indexer.engines.whoosh.reader.segment_columns import Patch, SegmentColumn
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.entities.corrections import Named, Rule

ColumnOf = Callable[[EntityKind], SegmentColumn]


@dataclass(slots=True)
class _Move:
    """Which documents of a segment lose a label and which get it, so that it counts or in passing."""

    lost: Mask
    counted: Mask
    passing: Mask


class _Moves(dict[Named, _Move]):
    def __init__(self, size: int) -> None:
        self._size = size

    def __missing__(self, named: Named) -> _Move:
        found = self[named] = _Move(*(np.zeros(self._size, np.bool_) for _ in range(3)))
        return found


def conditional_column(snapshot: Snapshot, index: int, kind: EntityKind, column_of: ColumnOf) -> SegmentColumn:
    """The column of a kind in a segment with the names that the queries of the corrections give and take.

    `column_of` gives the column of a kind as all other rules leave it.
    """
    column = column_of(kind)
    moves = snapshot.cached(("moves", index), lambda: _moves(snapshot, index, column_of))
    own = {name: move for (each, name), move in moves.items() if each == kind}
    touched = [mask for move in own.values() for mask in (move.lost, move.counted, move.passing)]
    docs = np.flatnonzero(np.logical_or.reduce(touched)) if touched else np.empty(0, np.intp)
    return _patched(column, own, docs) if len(docs) else column


def _moves(snapshot: Snapshot, index: int, column_of: ColumnOf) -> Mapping[Named, _Move]:
    corrections = snapshot.corrections
    base, end = snapshot.bases[index : index + 2]
    found = {query: mask[base:end] for query, mask in snapshot.conditions.items()}
    moves = _Moves(end - base)
    added: dict[Named, Mask] = {}
    for rule in corrections.additions.values():
        named = corrections.apply(*rule.named)
        if named is not None:
            docs = found[rule.parts[0].query]
            added[named] = added[named] | docs if named in added else docs
    splits = [rule.named for rule in corrections.rules.values() if rule.action == "split"]
    for named in dict.fromkeys((*added, *splits)):
        given = added.get(named, np.zeros(end - base, np.bool_))
        rule_or_none = corrections.split(named)
        if rule_or_none is None:
            moves[named].counted |= given
        else:
            _split(moves, named, rule_or_none, given, _holders(column_of(named[0]), named[1]), found, corrections.apply)
    return moves


def _split(
    moves: _Moves,
    named: Named,
    rule: Rule,
    given: Mask,
    held: tuple[Mask, Mask],
    found: Mapping[str, Mask],
    apply: Callable[[EntityKind, str], Named | None],
) -> None:
    """What becomes of the documents that have a label which is split, or are given it."""
    counted, passing = held
    left = np.ones(len(given), np.bool_)
    for part in rule.parts:
        taken = found[part.query] & left
        left &= ~taken
        to = apply(named[0], part.name)
        if to == named:
            moves[named].counted |= given & taken
            continue
        moves[named].lost |= (counted | passing) & taken
        if to is not None:
            moves[to].counted |= (counted | given) & taken
            moves[to].passing |= passing & taken
    moves[named].counted |= given & left


def _holders(column: SegmentColumn, name: str) -> tuple[Mask, Mask]:
    """Which documents have a label so that it counts, and which in passing."""
    size = len(column.starts) - 1
    counted, passing = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    number = column.table.find(name)
    if number is not None:
        chosen = np.zeros(len(column.table), np.bool_)
        chosen[number] = True
        docs = column.documents(chosen)
        starts = column.starts[docs].astype(np.int64)
        counts = column.starts[docs + 1].astype(np.int64) - starts
        offsets, owners = expand(starts, counts), np.repeat(docs, counts)
        ours = column.ords[offsets] == number
        offsets, owners = offsets[ours], owners[ours]
        weak = offsets >= column.passing_starts[owners]
        counted[owners[~weak]] = True
        passing[owners[weak]] = True
    return counted, passing


def _patched(column: SegmentColumn, own: Mapping[str, _Move], docs: Array) -> SegmentColumn:
    """A column whose documents `docs` have other assignments."""
    table = column.table.extended(sorted(name for name in own if column.table.find(name) is None))
    starts, passing_starts = column.starts.astype(np.int64), column.passing_starts.astype(np.int64)
    counts = starts[docs + 1] - starts[docs]
    offsets, owners = expand(starts[docs], counts), np.repeat(docs, counts)
    rows = [(owners, column.ords[offsets].astype(np.int64), offsets >= passing_starts[owners])]
    patches = dict(column.patches)
    for name, move in own.items():
        number = table.find(name)
        assert number is not None
        owners, ords, weak = rows[0]
        kept = (ords != number) | ~move.lost[owners]
        rows[0] = owners[kept], ords[kept], weak[kept]
        for gained, in_passing in ((move.counted, False), (move.passing, True)):
            new = np.flatnonzero(gained)
            rows.append((new, np.full(len(new), number), np.full(len(new), in_passing)))
        patches[number] = Patch(np.flatnonzero(move.lost), np.flatnonzero(move.counted | move.passing))
    owners, ords, weak = _distinct(*(np.concatenate(part) for part in zip(*rows, strict=True)))
    return replace(
        _spliced(column, starts, passing_starts, docs, (owners, ords, weak)),
        table=table,
        moved=np.arange(table.sorted) if column.moved is None else column.moved,
        patches=patches,
    )


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
