"""Broadsheet as a library: `from indexer import open_archive`.

This module is the embedded API and nothing else: what stands in `__all__` is kept, everything below it may move.
"""

from indexer.archive import Archive, open_archive
from indexer.article import Article, Entity, Mention, Precision, Published
from indexer.config import Config, load_config
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
from indexer.search.request import MISSING, DateRange, Filter, Match, Period, SearchRequest, Sort
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

__all__ = [
    "MISSING",
    "Archive",
    "ArchiveStats",
    "Article",
    "BroadsheetError",
    "Bucket",
    "CheckReport",
    "Config",
    "ConfigError",
    "DateRange",
    "EngineUnavailable",
    "Entity",
    "Facet",
    "FacetPage",
    "Filter",
    "Hit",
    "IndexCorrupt",
    "IndexFormatMismatch",
    "IndexLocked",
    "InternalError",
    "Match",
    "Matching",
    "Mention",
    "NoIndex",
    "NotFound",
    "Period",
    "Precision",
    "Published",
    "QueryTooExpensive",
    "SearchRequest",
    "SearchResults",
    "SearchTimeout",
    "Snippet",
    "Sort",
    "StateError",
    "Suggestion",
    "UsageError",
    "UserError",
    "load_config",
    "open_archive",
]
