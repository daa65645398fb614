"""The cheap attacks of `benchmarks.attacks`, each in a process that is killed when it takes too much."""

from pathlib import Path

import pytest

from benchmarks.attacks import files, pages, queries
from benchmarks.attacks.attempt import Attack, Measured, attempt

MOST_MB = 400
MOST_SECONDS = 60  # of processor time: none takes five on an idle machine

CHEAP = [attack for attack in (*files.ATTACKS, *queries.attacks(), *pages.ATTACKS) if attack.cheap]


@pytest.mark.parametrize("attack", CHEAP, ids=lambda attack: attack.name)
def test_it_is_over_soon_and_takes_little(attack: Attack, tmp_path: Path) -> None:
    made = attempt(attack, tmp_path, MOST_MB, MOST_SECONDS)
    if attack.expected:
        assert made.outcome == attack.expected
    else:
        # How much a query finds in its time is the machine's affair.
        assert made.outcome.endswith(" hits") or made.outcome == "given up after 2 s"


def _takes_memory(root: Path) -> str:
    return str(len(bytes(1 << 29)))


def _takes_time(root: Path) -> str:
    while True:
        pass


def _nothing(root: Path) -> None:
    pass


def test_what_passes_a_limit_is_told() -> None:
    assert attempt(Attack("", _nothing, _takes_memory), Path(), MOST_MB).outcome == "more than 400 MB"
    assert attempt(Attack("", _nothing, _takes_time), Path(), seconds=1) == Measured("killed: SIGXCPU")
