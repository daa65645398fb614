"""Broadsheet as a library: `from indexer import open_archive`.

This module is the embedded API and nothing else: what stands in `__all__` is kept, everything below it may move.
"""

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
    "load_config",
    "open_archive",
]
