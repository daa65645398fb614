"""Labels of several segments under one number each."""

from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import pack_strings
from indexer.engines.whoosh.reader.corrected_columns import _without
from indexer.engines.whoosh.reader.segment_columns import LabelTable, Numbering
from indexer.engines.whoosh.reader.snapshot import SegmentView

LABELS = st.text("abü", max_size=2)
# The sorted labels of a segment, and further ones that corrections give it.
SEGMENTS = st.lists(st.tuples(st.sets(LABELS), st.sets(LABELS, max_size=2)), max_size=4)


def table(number: int, stored: set[str], further: set[str]) -> LabelTable:
    data, offsets = pack_strings(sorted(label.encode() for label in stored))
    arrays = {"person.values.bytes": data, "person.values.offsets": offsets}
    file = SimpleNamespace(part=lambda name, start, end: arrays[name][start:end], inode=(0, number))
    view = SegmentView(str(number), cast("ArrayFile", _Arrays(arrays, file)))
    return LabelTable(view, "person", sorted(further - stored))


class _Arrays:
    def __init__(self, arrays: dict[str, np.ndarray], file: SimpleNamespace) -> None:
        self._arrays, self.part, self.inode = arrays, file.part, file.inode

    def __getitem__(self, name: str) -> np.ndarray:
        return self._arrays[name]


@given(SEGMENTS)
def test_a_label_has_one_number_and_the_largest_segment_its_own(segments: list[tuple[set[str], set[str]]]) -> None:
    tables = [table(number, *labels) for number, labels in enumerate(segments)]
    found = Numbering(tables)
    labels = [tables[owner].label(number) for owner, number in zip(found.owners, found.locals, strict=True)]
    assert len(labels) == len(set(labels))
    ordered = sorted(tables, key=lambda each: -len(each))
    assert labels == list(dict.fromkeys(each.label(number) for each in ordered for number in range(len(each))))
    for index, each in enumerate(tables):
        assert [labels[n] for n in found.ordinals(index)] == [each.label(number) for number in range(len(each))]


@given(st.lists(st.integers(0, 9), max_size=30), st.sets(st.integers(0, 29)))
def test_what_goes_is_left_out_however_much_it_is(values: list[int], gone: set[int]) -> None:
    places = sorted(place for place in gone if place < len(values))
    kept = [value for place, value in enumerate(values) if place not in gone]
    for rest in ([], [1] * 20_000):
        assert _without(np.array([*values, *rest]), np.array(places, np.int64)).tolist() == kept + rest
