"""Strings are found in tables in byte order, and in tables that come with their order."""

from bisect import bisect_left, bisect_right

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.layout import pack_strings
from indexer.engines.whoosh.codec.strings import SortedStrings

WORDS = st.lists(st.binary(max_size=3), max_size=30)


@given(WORDS, st.binary(max_size=3))
def test_a_sorted_table(words: list[bytes], wanted: bytes) -> None:
    words = sorted(set(words))
    table = SortedStrings(*pack_strings(words))
    assert [table[number] for number in range(len(table))] == table.run(0, len(table)) == words
    for start in range(len(words) + 1):
        assert table.at_least(wanted, start) == bisect_left(words, wanted, start)
        assert table.after(wanted, start) == bisect_right(words, wanted, start)
    assert table.find(wanted) == (words.index(wanted) if wanted in words else None)
    assert [table.find(word) for word in words] == list(range(len(words)))


@given(WORDS, st.binary(max_size=3))
def test_a_table_with_its_order(words: list[bytes], wanted: bytes) -> None:
    order = sorted(range(len(words)), key=lambda number: (words[number], number))
    table = SortedStrings(*pack_strings(words), np.array(order, np.uint32))
    assert [table[number] for number in range(len(words))] == words
    assert [order[place] for place in table.equal(wanted)] == [n for n, word in enumerate(words) if word == wanted]
    in_order = [words[number] for number in order]
    assert (table.at_least(wanted), table.after(wanted)) == (
        bisect_left(in_order, wanted),
        bisect_right(in_order, wanted),
    )
