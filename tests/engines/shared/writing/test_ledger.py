"""Of every id the last item wins, and every item is counted once."""

import itertools

import pytest

from indexer.engines.shared.writing.ledger import Event, Ledger, Verdict

A, B = b"a" * 16, b"b" * 16
OLD = ("old", 9)


def item(sequence: int, hash: bytes, committed: bytes | None = None, id: str = "x") -> Event:
    """An item as a worker reports it: not written if it equals the committed article."""
    place = OLD if committed else None
    return Event(sequence, id, id, hash, None if hash == committed else ("seg", sequence), place, committed)


def removal(sequence: int, committed: bytes | None = None) -> Event:
    return Event(sequence, "x", "x", None, None, OLD if committed else None, committed)


CASES = [
    ([item(1, A)], Verdict(1, 0, 0, {})),
    ([item(1, A, A)], Verdict(0, 0, 1, {})),
    ([item(1, B, A)], Verdict(0, 1, 0, {"old": {9}})),
    ([item(1, A), item(2, B)], Verdict(1, 1, 0, {"seg": {1}})),
    ([item(1, A), item(2, A)], Verdict(1, 0, 1, {"seg": {1}})),
    ([item(1, B, A), item(2, A, A)], Verdict(0, 2, 0, {"seg": {1}})),
    ([item(1, A, A), item(2, B, A)], Verdict(0, 1, 1, {"old": {9}})),
    ([removal(1, A)], Verdict(0, 0, 0, {"old": {9}})),
    ([removal(1, A), item(2, A, A)], Verdict(1, 0, 0, {})),
    ([removal(1, A), item(2, B, A)], Verdict(1, 0, 0, {"old": {9}})),
    ([item(1, B, A), removal(2, A)], Verdict(0, 1, 0, {"seg": {1}, "old": {9}})),
    ([item(1, A), removal(2)], Verdict(1, 0, 0, {"seg": {1}})),
]


@pytest.mark.parametrize(("events", "verdict"), CASES)
def test_verdicts_do_not_depend_on_the_order_of_arrival(events: list[Event], verdict: Verdict) -> None:
    for order in itertools.permutations(events):
        ledger = Ledger()
        for event in order:
            ledger.add(event)
        assert ledger.verdict() == verdict
        assert ledger.holds("x") is (max(events).hash is not None)
    assert ledger.holds("y") is None


def test_ids_are_independent_and_forgotten_after_a_commit() -> None:
    ledger = Ledger()
    ledger.add(item(1, A, id="x"))
    ledger.add(item(2, A, B, id="y"))
    assert ledger.verdict() == Verdict(1, 1, 0, {"old": {9}})
    ledger.clear()
    assert ledger.verdict() == Verdict(0, 0, 0, {})
