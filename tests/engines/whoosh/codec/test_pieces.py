"""Pieces of text keep their numbers, however many there are and however long they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.inversion.pieces import PieceTable

pytestmark = pytest.mark.usefixtures("kernels")

# Few letters and spaces: many repeated pieces, of all lengths.
TEXTS = st.lists(st.text(alphabet="ab.é \U0001f600", max_size=120), max_size=6)


def table() -> tuple[PieceTable, list[bytes]]:
    seen: list[bytes] = []

    def new(pieces: list[bytes]) -> list[int]:
        seen.extend(pieces)
        return list(range(len(seen) - len(pieces), len(seen)))

    return PieceTable(new), seen


def without_dot(piece: bytes) -> bytes:
    return piece[:-1] if len(piece) > 1 and piece.endswith(b".") else piece


@given(TEXTS)
def test_numbers_stand_for_the_pieces(texts: list[str]) -> None:
    pieces, seen = table()
    for text in texts:
        raw = text.encode()
        numbers, starts = pieces.numbers(raw)
        assert [seen[number] for number in numbers.tolist()] == [without_dot(piece) for piece in raw.split()]
        assert all(raw[at:].startswith(seen[n]) for n, at in zip(numbers.tolist(), starts.tolist(), strict=True))
    assert len(seen) == len(set(seen))


def test_new_pieces_are_numbered_in_the_order_of_the_text() -> None:
    pieces, seen = table()
    assert pieces.numbers(b"the cat and the dog. the end")[0].tolist() == [0, 1, 2, 0, 3, 0, 4]
    assert seen == [b"the", b"cat", b"and", b"dog", b"end"]


def test_the_table_grows() -> None:
    pieces, seen = table()
    words = [f"w{number}".encode() for number in range(50_000)]
    for start in range(0, 50_000, 700):
        assert pieces.numbers(b" ".join(words[start : start + 700]))[0].tolist()[0] == start
    assert seen == words
    assert pieces.numbers(b" ".join(words))[0].tolist() == list(range(50_000))


def test_every_length_and_alignment() -> None:
    pieces, seen = table()
    for length in range(1, 70):
        for pad in range(8):
            words = [b"x" * length, b"x" * (length - 1) + b"y", b"y" + b"x" * (length - 1)]
            numbers, _ = pieces.numbers(b" " * pad + b" ".join(words))
            assert [seen[number] for number in numbers.tolist()] == words


def test_no_text_has_no_pieces() -> None:
    pieces, _ = table()
    for text in (b"", b" ", b"      "):
        numbers, starts = pieces.numbers(text)
        assert (numbers.tolist(), starts.tolist()) == ([], [])


def test_words_that_differ_at_the_end_of_two_parts_keep_apart() -> None:
    days = [f"{day:02}" for day in range(1, 32)]
    words = [f"202101{first}202101{second}".encode() for first in days for second in days]
    words += ["الاعتراف".encode(), "الاحترام".encode(), b"aaaaaaapaaaaaaap", b"aaaaaaa0aaaaaaa0"]
    for _ in range(20):  # the multipliers are other ones in each table
        pieces, _ = table()
        assert pieces.numbers(b" ".join(words))[0].tolist() == list(range(len(words)))
