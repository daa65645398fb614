"""What all tests share: the Hypothesis profile and the place of the real test data."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real articles beside the repository; tests that need it skip without it."""
    if not DATA.is_dir():
        pytest.skip("the real test data is not beside the repository")
    return DATA
