"""One field of several segments -> one: postings streamed by runs of terms, so that memory does not grow with them.

Documents of the merged segment are those of the first source, then of the second ..., deleted ones left out; so the
postings of a term are the sources' postings one after the other, and nothing has to be sorted. Called by
`writer.merge_segments`.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter, ArrayStream
from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.codec.merge_surfaces import SurfaceMerger
from indexer.engines.whoosh.codec.postings import Overflow, Variants, variant_offsets
from indexer.engines.whoosh.codec.strings import Run, SortedStrings, walk

# Tokens of a run, from all sources together. It needs about 40 bytes for each; a longer term is copied in slices.
RUN_TOKENS = 1 << 20
# After so many tokens what was read of the files is let go, or it would look like memory of ours: 5 bytes for each.
RELEASE_TOKENS = 1 << 23


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be merged: its arrays, which documents live (None = all), and what becomes of their numbers."""

    arrays: ArrayFile
    live: Array | None
    base: int
    documents: int

    @property
    def kept(self) -> int:
        """Documents that are taken over."""
        return self.documents if self.live is None else int(np.count_nonzero(self.live))

    def renumbering(self) -> Array | None:
        """The new number of each document, where it is not simply the old one plus `base`."""
        if self.live is None:
            return None
        return (np.cumsum(self.live, dtype=np.int64) - 1 + self.base).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Postings:
    """A stretch of postings of one source, deleted documents left out and the others renumbered.

    `counts` and `tokens` are postings and positions of each of its terms. `overflow` are those of its postings whose
    frequency does not fit in `codes`. `variants` count from the first surface of each token's term.
    """

    counts: Array
    docs: Array
    codes: Array | None = None
    overflow: Overflow | None = None
    tokens: Array | None = None
    positions: Array | None = None
    variants: Array | None = None


class PostingsReader:
    """Reads the postings of one field from one source, of which as many tokens as `share` leaves of a run at a time."""

    def __init__(self, source: Source, field: str, share: int) -> None:
        self._source = source
        self._tokens = max(RUN_TOKENS // share, 1)
        self._field = field
        self._renumbering = source.renumbering()
        arrays = source.arrays
        self.postings = arrays.whole(f"{field}.postings")
        self.positional = f"{field}.positions" in arrays
        self.offsets = arrays.whole(f"{field}.positions.offsets") if self.positional else self.postings
        self._overflow = Overflow.read(arrays, field) if self.positional else None
        self._variants = Variants(arrays, field) if Variants.are_in(arrays, field) else None

    @property
    def with_variants(self) -> bool:
        """Whether tokens say which surface of their term they have."""
        return self._variants is not None

    @property
    def thins(self) -> bool:
        """Whether the source has deleted documents, so that terms and surfaces may have gone with them."""
        return self._source.live is not None

    def stop_after(self, start: int) -> int:
        """Where a run of terms that begins at `start` has the tokens it may have."""
        return int(np.searchsorted(self.offsets, self.offsets[start] + self._tokens, "right")) - 1

    def terms(self, first: int, last: int) -> Postings:
        """The postings of the terms from `first` to before `last`."""
        start, stop = int(self.postings[first]), int(self.postings[last])
        counts = np.diff(self.postings[first : last + 1])
        tokens = np.diff(self.offsets[first : last + 1])
        variants = None if self._variants is None else self._variants.of_range(first, last, tokens)
        return self._read(start, stop, int(self.offsets[first]), int(self.offsets[last]), counts, tokens, variants)

    def slices(self, term: int) -> Iterator[Postings]:
        """The postings of one term, a bounded number of tokens at a time."""
        start, stop = int(self.postings[term]), int(self.postings[term + 1])
        begin = at = int(self.offsets[term])
        step = max(RUN_TOKENS >> 3, 1)
        while start < stop:
            end = min(start + step, stop)
            tokens = int(self._frequencies(start, end).sum()) if self.positional else end - start
            variants = None if self._variants is None else self._variants.of_tokens(term, at - begin, tokens)
            yield self._read(start, end, at, at + tokens, np.array([end - start]), np.array([tokens]), variants)
            start, at = end, at + tokens

    def totals(self) -> tuple[int, int]:
        """How many postings and positions are kept."""
        terms = len(self.postings) - 1
        if self._source.live is None:
            return int(self.postings[-1]), int(self.offsets[-1])
        docs = tokens = 0
        for start in range(0, int(self.postings[terms]), RUN_TOKENS):
            stop = min(start + RUN_TOKENS, int(self.postings[terms]))
            keep = self._source.live[self._part("docs", start, stop)]
            docs += int(np.count_nonzero(keep))
            if self.positional:
                tokens += int(self._frequencies(start, stop)[keep].sum())
        return docs, tokens

    def _part(self, name: str, start: int, stop: int) -> Array:
        return self._source.arrays.part(f"{self._field}.{name}", start, stop)

    def _frequencies(self, start: int, stop: int) -> Array:
        assert self._overflow is not None
        return self._overflow.exact(self._part("codes", start, stop), start).astype(np.int64)

    def _read(
        self,
        start: int,
        stop: int,
        first: int,
        last: int,
        counts: Array,
        tokens: Array,
        variants: Array | None,
    ) -> Postings:
        docs = self._part("docs", start, stop)
        live = self._source.live
        found = Postings(counts, docs)
        if self._overflow is not None:
            found = replace(
                found,
                codes=self._part("codes", start, stop),
                overflow=self._overflow.within(start, stop),
                tokens=tokens,
                positions=self._part("positions", first, last),
                variants=variants,
            )
        if live is None:
            return replace(found, docs=docs + np.uint32(self._source.base))
        keep = live[docs]
        if not keep.all():
            found = self._without(found, keep, start, stop)
        assert self._renumbering is not None
        return replace(found, docs=self._renumbering[found.docs])

    def _without(self, postings: Postings, keep: Array, start: int, stop: int) -> Postings:
        """The postings that `keep` marks."""
        term = np.repeat(np.arange(len(postings.counts)), postings.counts)[keep]
        thinned = Postings(np.bincount(term, minlength=len(postings.counts)), postings.docs[keep])
        if not self.positional:
            return thinned
        assert postings.codes is not None
        assert postings.positions is not None
        frequencies = self._frequencies(start, stop)
        kept_tokens = np.repeat(keep, frequencies)
        return replace(
            thinned,
            codes=postings.codes[keep],
            overflow=Overflow.of(frequencies[keep]),
            tokens=np.bincount(term, frequencies[keep], len(postings.counts)).astype(np.int64),
            positions=postings.positions[kept_tokens],
            variants=None if postings.variants is None else postings.variants[kept_tokens],
        )


class FieldMerger:
    """Merges one inverted field into `writer`: a text field, or the postings of a many-valued keyword.

    `terms` is what its dictionary is called ("terms" or "values").
    """

    def __init__(self, writer: ArrayFileWriter, sources: Sequence[Source], field: str, terms: str) -> None:
        self._writer = writer
        self._name = f"{field}.{terms}"
        self._field = field
        self._sources = sources
        self._readers = [PostingsReader(source, field, len(sources)) for source in sources]
        self._tables = [
            SortedStrings(s.arrays.whole(f"{self._name}.bytes"), s.arrays.whole(f"{self._name}.offsets"))
            for s in sources
        ]
        self._positional = self._readers[0].positional
        self._surfaces = SurfaceMerger([s.arrays for s in sources], field) if self._readers[0].with_variants else None
        self._streams = self._reserve(sources)
        self._bytes = bytearray()
        self._offsets = array("I", [0])
        self._postings = array("q", [0])
        self._token_offsets = array("q", [0])
        self._variant_offsets = array("q", [0])
        self._overflows: list[Overflow] = []
        # Where each source's terms went; those that lost all documents went nowhere (0).
        self.numbers: list[Array] = [np.zeros(len(table), np.uint32) for table in self._tables]

    def _reserve(self, sources: Sequence[Source]) -> dict[str, ArrayStream]:
        totals = np.sum([reader.totals() for reader in self._readers], axis=0).tolist()
        wanted: list[tuple[str, np.dtype[Any], int]] = [("docs", np.dtype(np.uint32), totals[0])]
        if self._positional:
            kinds = [source.arrays[f"{self._field}.positions"].dtype for source in sources]
            wanted += [("codes", np.dtype(np.uint16), totals[0]), ("positions", max(kinds), totals[1])]
        if self._surfaces is not None:
            # The last: what terms with one surface leave of its room is given back.
            wanted.append(("variants", np.dtype(np.uint8), totals[1]))
        return {name: self._writer.reserve(f"{self._field}.{name}", kind, count) for name, kind, count in wanted}

    @property
    def tokens(self) -> int:
        """Positions written."""
        return self._token_offsets[-1]

    @property
    def terms(self) -> int:
        """Terms written."""
        return len(self._offsets) - 1

    def merge(self) -> None:
        """Do it."""
        read = 0
        for run in walk(self._tables, lambda table, start: self._readers[table].stop_after(start)):
            if len(run.strings) == 1:
                self._one_term(run)
            else:
                self._many_terms(run)
            if self.tokens - read > RELEASE_TOKENS:
                read = self.tokens
                for source in self._sources:
                    source.arrays.release()
        writer, name, field = self._writer, self._name, self._field
        if self._surfaces is not None:
            writer.shrink(f"{field}.variants")
            writer.put(f"{field}.variants.offsets", np.array(self._variant_offsets, np.int64))
        writer.put(f"{name}.bytes", self._bytes, np.uint8)
        writer.put(f"{name}.offsets", np.array(self._offsets, np.uint32))
        writer.put(f"{field}.postings", np.array(self._postings, np.int64))
        if self._positional:
            writer.put(f"{field}.positions.offsets", np.array(self._token_offsets, np.int64))
            for under, data in Overflow.joined(self._overflows).arrays().items():
                writer.put(f"{field}.{under}", data)
        if self._surfaces is not None:
            self._surfaces.write(writer)

    def _one_term(self, run: Run) -> None:
        """A term alone, however long: slice after slice."""
        holders = [at for at, (first, last) in enumerate(run.ranges) if last > first]
        maps, several = self._assign(
            run, lambda at: self._readers[at].slices(run.ranges[at][0]) if at in holders else ()
        )
        counts = tokens = 0
        for at in holders:
            for part in self._readers[at].slices(run.ranges[at][0]):
                self._note_overflow(part, self._postings[-1] + counts + np.arange(len(part.docs)))
                self._streams["docs"].append(part.docs)
                if part.codes is not None and part.positions is not None:
                    self._streams["codes"].append(part.codes)
                    self._streams["positions"].append(part.positions)
                    tokens += len(part.positions)
                if several.any():
                    self._streams["variants"].append(self._renamed(at, run, part, maps))
                counts += len(part.docs)
        self._finish(run, np.array([counts]), np.array([tokens]), several)

    def _many_terms(self, run: Run) -> None:
        """Many short terms: every source's postings are put where they belong in one go."""
        parts = [reader.terms(*terms) for reader, terms in zip(self._readers, run.ranges, strict=True)]
        maps, several = self._assign(run, lambda at: (parts[at],))
        counts, places = _places(run, [part.counts for part in parts])
        for part, place in zip(parts, places, strict=True):
            self._note_overflow(part, self._postings[-1] + place)
        self._scatter("docs", [part.docs for part in parts], places)
        tokens = counts
        if self._positional:
            self._scatter("codes", [part.codes for part in parts], places)
            tokens, places = _places(run, [part.tokens for part in parts])
            self._scatter("positions", [part.positions for part in parts], places)
        if maps:
            variants = [self._renamed(at, run, part, maps) for at, part in enumerate(parts)]
            self._streams["variants"].append(_placed(variants, places, np.uint8)[np.repeat(several, tokens)])
        self._finish(run, counts, tokens, several)

    def _assign(self, run: Run, parts: Callable[[int], Iterable[Postings]]) -> tuple[list[Array], Array]:
        """The new variants of each source's surfaces, and which terms have several surfaces; those that only deleted
        documents used are dropped."""
        if self._surfaces is None:
            return [], np.zeros(len(run.strings), np.bool_)
        used: list[Array | None] = [None] * len(self._readers)
        for at, reader in enumerate(self._readers):
            if reader.thins:
                mask = used[at] = self._surfaces.none_used(at, run.ranges[at])
                for part in parts(at):
                    self._surfaces.mark(mask, at, run.ranges[at], part)
        return self._surfaces.assign(run, used)

    def _renamed(self, at: int, run: Run, part: Postings, maps: list[Array]) -> Array:
        assert self._surfaces is not None
        return maps[at][self._surfaces.numbers(at, run.ranges[at], part)]

    def _note_overflow(self, part: Postings, places: Array) -> None:
        if part.overflow is not None and len(part.overflow.postings):
            self._overflows.append(part.overflow.moved(places))

    def _scatter(self, name: str, parts: Sequence[Array | None], places: Sequence[Array]) -> None:
        stream = self._streams[name]
        stream.append(_placed(parts, places, stream.dtype))

    def _finish(self, run: Run, counts: Array, tokens: Array, several: Array) -> None:
        """Note the terms of a run that still have postings, and where their postings end."""
        alive = counts > 0
        strings = run.strings if alive.all() else [run.strings[at] for at in np.flatnonzero(alive).tolist()]
        numbers = np.cumsum(alive) - 1 + self.terms
        for target, terms, found in zip(self.numbers, run.ranges, run.numbers, strict=True):
            target[slice(*terms)] = np.where(alive[found], numbers[found], 0)
        self._bytes += b"".join(strings)
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        _extend(self._offsets, self._offsets[-1] + np.cumsum(lengths))
        _extend(self._postings, self._postings[-1] + np.cumsum(counts[alive]))
        _extend(self._token_offsets, self._token_offsets[-1] + np.cumsum(tokens[alive]))
        _extend(self._variant_offsets, self._variant_offsets[-1] + variant_offsets(several[alive], tokens[alive])[1:])


def _places(run: Run, counts: Sequence[Array | None]) -> tuple[Array, list[Array]]:
    """Elements of each merged term, and where in the run each element of each source goes.

    `counts[s]` are the elements of each term of source s, which follow one another term by term.
    """
    table = np.zeros((len(run.strings), len(counts)), np.int64)
    for source, of_term in enumerate(counts):
        assert of_term is not None
        table[run.numbers[source], source] = of_term
    starts = (np.cumsum(table) - table.ravel()).reshape(table.shape)
    places = []
    for source, of_term in enumerate(counts):
        assert of_term is not None
        ends = np.cumsum(of_term)
        shift = starts[run.numbers[source], source] - (ends - of_term)
        places.append(np.repeat(shift, of_term) + np.arange(ends[-1] if len(ends) else 0))
    return table.sum(axis=1), places


def _placed(parts: Sequence[Array | None], places: Sequence[Array], kind: Any) -> Array:
    """The elements of several sources in one array, each at its place."""
    merged = np.empty(sum(map(len, places)), kind)
    for part, place in zip(parts, places, strict=True):
        merged[place] = part
    return merged


def _extend(target: "array[int]", values: Array) -> None:
    target.frombytes(values.astype(np.dtype(f"u{target.itemsize}")).tobytes())
