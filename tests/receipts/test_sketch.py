import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.receipts.sketch import SIZE, Sketch, difference, keys


def _ids(start: int, stop: int) -> list[str]:
    return [f"https://news.example/{number}" for number in range(start, stop)]


def _set(ids: list[str]) -> frozenset[int]:
    return frozenset(keys(ids).tolist())


def test_keys_are_the_same_in_every_process() -> None:
    assert [f"{key:016x}" for key in keys(["a", "ü", "\ud800"]).tolist()] == [
        "433911c6eb0d1efb",
        "da2ddf38d05cd1ad",
        "5b9d8d7aa3454fa3",
    ]
    assert keys([]).tolist() == []


@pytest.mark.parametrize("common", [0, 1, 100, 30_000])
@pytest.mark.parametrize(("new", "gone"), [(0, 0), (1, 0), (0, 1), (12, 1), (30, 30), (60, 0), (0, 60)])
def test_small_differences_are_read_off_whatever_the_size_of_the_sets(common: int, new: int, gone: int) -> None:
    both, added, removed = _ids(0, common), _ids(common, common + new), _ids(900_000, 900_000 + gone)
    found = difference(Sketch.of(keys(both + added)), Sketch.of(keys(removed + both[::-1])))
    assert found == (_set(added), _set(removed))


@pytest.mark.parametrize(("new", "gone"), [(130, 0), (0, 256), (300, 300), (512, 0), (5_000, 4_000)])
def test_large_differences_are_known_not_to_be_readable(new: int, gone: int) -> None:
    assert difference(Sketch.of(keys(_ids(0, new))), Sketch.of(keys(_ids(5_000, 5_000 + gone)))) is None


def test_nearly_every_difference_of_sixty_is_read_off_and_none_is_wrong() -> None:
    failed = 0
    for trial in range(60):
        ids = _ids(trial * 1_000, trial * 1_000 + 60)
        found = difference(Sketch.of(keys(ids[:40])), Sketch.of(keys(ids[40:])))
        failed += found is None
        assert found in (None, (_set(ids[:40]), _set(ids[40:])))
    assert failed == 0


def test_what_is_not_read_off_whole_is_not_read_off_at_all() -> None:
    for trial in range(40):
        ids = _ids(trial * 1_000, trial * 1_000 + 88)
        found = difference(Sketch.of(keys(ids[:44])), Sketch.of(keys(ids[44:])))
        assert found in (None, (_set(ids[:44]), _set(ids[44:])))


def test_a_sketch_as_bytes() -> None:
    made = Sketch.of(keys(_ids(0, 500)))
    again = Sketch.from_bytes(made.to_bytes())
    assert len(made.to_bytes()) == SIZE == 1170
    assert difference(again, made) == (frozenset(), frozenset())
    with pytest.raises(ValueError, match="1170"):
        Sketch.from_bytes(b"short")


@settings(max_examples=30)
@given(st.binary(min_size=SIZE, max_size=SIZE))
def test_any_bytes_come_to_an_end(data: bytes) -> None:
    difference(Sketch.of(keys(_ids(0, 50))), Sketch.from_bytes(data))
