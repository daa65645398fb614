"""The kernels in numpy and in C: what uses `kernels` runs with each."""

from collections.abc import Iterator

import pytest

from indexer.engines.whoosh.kernels import native


@pytest.fixture(scope="module", params=["numpy", "compiled"])
def kernels(request: pytest.FixtureRequest) -> Iterator[None]:
    """The kernels that a module's tests run with."""
    if request.param == "compiled" and native.library is None:
        pytest.skip("the kernels are not compiled here: no C compiler, or BROADSHEET_KERNELS=numpy")
    compiled = native.library
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "library", compiled if request.param == "compiled" else None)
        yield
