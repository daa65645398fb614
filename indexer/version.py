"""Which version this is, as the installed distribution says."""

from typing import TYPE_CHECKING

DISTRIBUTION = "broadsheet"

if TYPE_CHECKING:
    __version__: str


def version() -> str:
    """The version of the installed distribution, or "unknown" where nothing is installed of these sources."""
    from importlib.metadata import PackageNotFoundError, version  # a twelfth of the time that `import indexer` takes

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for."""
    if name == "__version__":
        return version()
    raise AttributeError(f"module {__package__!r} has no attribute {name!r}")
