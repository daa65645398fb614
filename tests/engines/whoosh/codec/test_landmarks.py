"""A table that is searched often finds the same by its landmarks as without them."""

from bisect import bisect_left

import numpy as np
import pytest

from indexer.engines.whoosh.codec.layout import pack_strings
from indexer.engines.whoosh.codec.strings import OFTEN, STEP, SortedStrings

WORDS = [f"{number:05}".encode() for number in range(0, 10 * STEP + 5, 2)]


@pytest.mark.parametrize("size", [0, 1, STEP, STEP + 1, len(WORDS)])
def test_every_place_is_found(size: int) -> None:
    words = WORDS[:size]
    table = SortedStrings(*pack_strings(words))
    for _ in range(OFTEN):
        assert table.find(b"nowhere") is None
    wanted = [*words, *(word + b"+" for word in words), b"", b"~"]
    for start in (0, 1, STEP - 1, STEP, size):
        if start <= size:
            assert [table.at_least(each, start) for each in wanted] == [bisect_left(words, e, start) for e in wanted]
    assert [table.find(word) for word in words] == list(range(size))


def test_a_table_with_its_order_is_found_in_too() -> None:
    backwards = WORDS[::-1]
    table = SortedStrings(*pack_strings(backwards), np.arange(len(WORDS), dtype=np.uint32)[::-1].copy())
    for _ in range(2):
        assert [table.find(word) for word in WORDS] == list(range(len(WORDS)))
