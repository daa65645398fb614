"""Broadsheet as a library: `from indexer import open_archive`.

This module is the embedded API and nothing else: what stands in `__all__` is kept, everything below it may move. Each
name is imported from its module when it is asked for, so that a program loads what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.archive import Archive, open_archive
    from indexer.article import Article, Entity, Mention, Precision, Published
    from indexer.browsing.calendar import Calendar
    from indexer.browsing.differences import Difference, Differences
    from indexer.browsing.languages import Languages
    from indexer.browsing.profiles import Profile
    from indexer.config import Config, load_config
    from indexer.entities.evidence import Evidence
    from indexer.errors import (
        BroadsheetError,
        ConfigError,
        EngineUnavailable,
        IndexCorrupt,
        IndexFormatMismatch,
        IndexLocked,
        InternalError,
        NoIndex,
        NotFound,
        NotInstalled,
        QueryTooExpensive,
        SearchTimeout,
        StateError,
        UsageError,
        UserError,
    )
    from indexer.receipts.checking import ReceiptComparison
    from indexer.receipts.receipt import Receipt
    from indexer.search.moments import Moment
    from indexer.search.request import MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest, Sort
    from indexer.search.results import (
        ArchiveStats,
        Bucket,
        CheckReport,
        Facet,
        FacetPage,
        Hit,
        Matching,
        SearchResults,
        Snippet,
        Suggestion,
    )
    from indexer.trends import RisingArticle, Trend, Trends
    from indexer.volume import Series, Volume

__all__ = [
    "MISSING",
    "Archive",
    "ArchiveStats",
    "Arrival",
    "Article",
    "BroadsheetError",
    "Bucket",
    "Calendar",
    "CheckReport",
    "Config",
    "ConfigError",
    "DateRange",
    "Difference",
    "Differences",
    "EngineUnavailable",
    "Entity",
    "Evidence",
    "Facet",
    "FacetPage",
    "Filter",
    "Hit",
    "IndexCorrupt",
    "IndexFormatMismatch",
    "IndexLocked",
    "InternalError",
    "Languages",
    "Match",
    "Matching",
    "Mention",
    "Moment",
    "NoIndex",
    "NotFound",
    "NotInstalled",
    "Period",
    "Precision",
    "Profile",
    "Published",
    "QueryTooExpensive",
    "Receipt",
    "ReceiptComparison",
    "RisingArticle",
    "SearchRequest",
    "SearchResults",
    "SearchTimeout",
    "Series",
    "Snippet",
    "Sort",
    "StateError",
    "Suggestion",
    "Trend",
    "Trends",
    "UsageError",
    "UserError",
    "Volume",
    "__version__",
    "load_config",
    "open_archive",
]

# Where each name lives: a test holds this, `__all__` and what type checkers are told above together.
_NAMES_OF = {
    "indexer.archive": "Archive open_archive",
    "indexer.article": "Article Entity Mention Precision Published",
    "indexer.browsing.calendar": "Calendar",
    "indexer.browsing.differences": "Difference Differences",
    "indexer.browsing.languages": "Languages",
    "indexer.browsing.profiles": "Profile",
    "indexer.config": "Config load_config",
    "indexer.entities.evidence": "Evidence",
    "indexer.errors": "BroadsheetError ConfigError EngineUnavailable IndexCorrupt IndexFormatMismatch IndexLocked "
    "InternalError NoIndex NotFound NotInstalled QueryTooExpensive SearchTimeout StateError UsageError UserError",
    "indexer.receipts.checking": "ReceiptComparison",
    "indexer.receipts.receipt": "Receipt",
    "indexer.search.moments": "Moment",
    "indexer.search.request": "MISSING Arrival DateRange Filter Match Period SearchRequest Sort",
    "indexer.search.results": "ArchiveStats Bucket CheckReport Facet FacetPage Hit Matching SearchResults Snippet "
    "Suggestion",
    "indexer.trends": "RisingArticle Trend Trends",
    "indexer.volume": "Series Volume",
}
_HOMES = {name: module for module, names in _NAMES_OF.items() for name in names.split()}

__version__: str


if not TYPE_CHECKING:  # to type checkers, a name that is not above is none

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            value: Any = _version()
        elif name in _HOMES:
            value = getattr(import_module(_HOMES[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    """That of the installed distribution; "unknown" in a source tree that is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("broadsheet")
    except PackageNotFoundError:
        return "unknown"
