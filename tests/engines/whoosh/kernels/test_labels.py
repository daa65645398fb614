"""Labels of one segment among those of another: the same compiled and in Python, and damage found by both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.layout import pack_strings
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.labels import Strings, matched
from indexer.errors import IndexCorrupt

# Beginnings of each other, and bytes that compare otherwise where they are signed.
TABLES = st.sets(st.binary(max_size=3) | st.sampled_from([b"a", b"aa", b"a\xff", b"b", b"\x80"])).map(sorted)
BOTH = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "in Python"])


def looked_up(strings: Strings, others: Strings, compiled: bool) -> list[int]:
    if compiled and native.library is None:
        pytest.skip("the kernels are not compiled here")
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(native, "library", None)
        found: list[int] = matched(strings, others).tolist()
        return found


@BOTH
@given(TABLES, TABLES)
def test_each_label_is_found_where_it_stands(compiled: bool, strings: list[bytes], others: list[bytes]) -> None:
    expected = [others.index(string) if string in others else -1 for string in strings]
    assert looked_up(pack_strings(strings), pack_strings(others), compiled) == expected


@BOTH
@pytest.mark.parametrize("offsets", [[0, 1, 9], [0, 2, 1], [3, 4, 5]])
def test_a_label_that_lies_nowhere_is_damage(compiled: bool, offsets: list[int]) -> None:
    sound, damaged = pack_strings([b"a", b"b"]), (pack_strings([b"a", b"b"])[0], np.array(offsets, np.uint32))
    for one, other in ((sound, damaged), (damaged, sound)):
        with pytest.raises(IndexCorrupt):
            looked_up(one, other, compiled)
