"""How often cycles are looked for is as before when the last of several writers has ended."""

import gc

from indexer.engines.shared.writing.collecting import THRESHOLDS, collecting_rarely


def test_writers_that_overlap_leave_the_thresholds_as_they_were() -> None:
    before = gc.get_threshold()
    one, other = collecting_rarely(), collecting_rarely()
    one.__enter__()
    other.__enter__()
    assert gc.get_threshold() == THRESHOLDS
    one.__exit__(None, None, None)
    assert gc.get_threshold() == THRESHOLDS
    other.__exit__(None, None, None)
    assert gc.get_threshold() == before
