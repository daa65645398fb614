"""What codes and their overflow say is what was put in."""

import numpy as np

from indexer.engines.whoosh.codec.postings import (
    MAX_FREQUENCY,
    Overflow,
    encode,
    frequencies,
    length_bytes,
    variant_offsets,
)

EXACT = np.array([1, 254, 255, 256, 1, 70_000, 3], np.uint32)
LENGTHS = np.array([0, 255, 7, 7, 1, 200, 3], np.uint8)
CODES = encode(EXACT, LENGTHS)


def test_codes_hold_length_bytes_and_frequencies_up_to_a_limit() -> None:
    assert CODES.dtype == np.uint16
    assert length_bytes(CODES).tolist() == LENGTHS.tolist()
    assert frequencies(CODES).tolist() == np.minimum(EXACT, MAX_FREQUENCY).tolist()
    codes = np.arange(65_536, dtype=np.uint16)
    assert encode(frequencies(codes), length_bytes(codes)).tolist() == codes.tolist() == list(range(65_536))


def test_frequencies_beyond_the_limit_are_found_wherever_one_begins_to_read() -> None:
    overflow = Overflow.of(EXACT)
    assert overflow.postings.tolist() == [3, 5]
    for start in range(len(EXACT) + 1):
        for stop in range(start, len(EXACT) + 1):
            assert overflow.exact(CODES[start:stop], start).tolist() == EXACT[start:stop].tolist()
            assert overflow.within(start, stop).exact(CODES[start:stop], 0).tolist() == EXACT[start:stop].tolist()
    starts, counts = np.array([0, 2, 5]), np.array([1, 2, 2])
    chosen = [0, 2, 3, 5, 6]
    assert overflow.exact_of(CODES[chosen], starts, counts).tolist() == EXACT[chosen].tolist()
    assert Overflow.of(EXACT[:3]).exact_of(CODES[:3], np.array([0]), np.array([3])).tolist() == EXACT[:3].tolist()


def test_stretches_of_postings_are_joined_in_whatever_order_they_come() -> None:
    parts = [Overflow.of(EXACT[4:]).moved(np.arange(4, 7)), Overflow.of(EXACT[:4]).moved(np.arange(4))]
    joined = Overflow.joined(parts)
    assert joined.postings.tolist() == [3, 5]
    assert joined.frequencies.tolist() == [256, 70_000]
    assert joined.frequencies.dtype == np.uint32
    assert len(Overflow.joined([]).postings) == 0


def test_the_only_surface_of_a_term_goes_without_saying() -> None:
    assert variant_offsets(np.array([True, False, True]), np.array([4, 9, 1])).tolist() == [0, 4, 4, 5]
