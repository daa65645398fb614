"""Broadsheet as a library: `from indexer import open_archive`.

This module is the embedded API and nothing else: what stands in `__all__` is kept, everything below it may move.
"""

from typing import TYPE_CHECKING

from indexer.adding import Addable, Dataclass
from indexer.archive import Archive, open_archive
from indexer.article import ENTITY_KINDS, Article, Entity, EntityKind, Mention, Precision, Published, Revision
from indexer.browsing.calendar import Calendar
from indexer.browsing.differences import Difference, Differences
from indexer.browsing.languages import Languages
from indexer.browsing.profiles import Profile
from indexer.config import (
    AccessConfig,
    ArchiveConfig,
    Config,
    EngineConfig,
    EntitiesConfig,
    IngestConfig,
    SearchConfig,
    WebConfig,
    load_config,
)
from indexer.entities.evidence import Evidence
from indexer.errors import (
    ArchiveClosed,
    BroadsheetError,
    ConfigError,
    EngineUnavailable,
    IndexCorrupt,
    IndexFormatMismatch,
    IndexLocked,
    InternalError,
    ItemsRejected,
    LibraryMissing,
    NoIndex,
    NotFound,
    QueryTooExpensive,
    SearchTimeout,
    StateError,
    UsageError,
    UserError,
    Withdrawn,
    WrongType,
    WrongValue,
)
from indexer.highlight.whole_article import Highlights
from indexer.ingest.report import BuildReport, Progress, ProgressEvent
from indexer.ingest.walk import Skipped
from indexer.receipts.checking import ReceiptComparison
from indexer.receipts.receipt import Kept, Receipt
from indexer.rejection import Origin, Reject
from indexer.search.moments import Moment
from indexer.search.options import SearchOptions
from indexer.search.query import QueryWarning
from indexer.search.request import MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest, Sort
from indexer.search.results import (
    ArchiveStats,
    Bucket,
    CheckReport,
    ClauseCount,
    Diagnosis,
    Facet,
    FacetPage,
    Hit,
    Matching,
    SearchResults,
    Share,
    Snippet,
    Suggested,
    Suggestion,
)
from indexer.trends import RisingArticle, Trend, Trends
from indexer.updating import ArticleFields
from indexer.volume import Series, Volume
from indexer.writing import WriteCounts

if TYPE_CHECKING:
    from indexer.version import __version__
else:
    from indexer.version import __getattr__  # noqa: F401  # looks the version up when it is asked for

__all__ = [
    "ENTITY_KINDS",
    "MISSING",
    "AccessConfig",
    "Addable",
    "Archive",
    "ArchiveClosed",
    "ArchiveConfig",
    "ArchiveStats",
    "Arrival",
    "Article",
    "ArticleFields",
    "BroadsheetError",
    "Bucket",
    "BuildReport",
    "Calendar",
    "CheckReport",
    "ClauseCount",
    "Config",
    "ConfigError",
    "Dataclass",
    "DateRange",
    "Diagnosis",
    "Difference",
    "Differences",
    "EngineConfig",
    "EngineUnavailable",
    "EntitiesConfig",
    "Entity",
    "EntityKind",
    "Evidence",
    "Facet",
    "FacetPage",
    "Filter",
    "Highlights",
    "Hit",
    "IndexCorrupt",
    "IndexFormatMismatch",
    "IndexLocked",
    "IngestConfig",
    "InternalError",
    "ItemsRejected",
    "Kept",
    "Languages",
    "LibraryMissing",
    "Match",
    "Matching",
    "Mention",
    "Moment",
    "NoIndex",
    "NotFound",
    "Origin",
    "Period",
    "Precision",
    "Profile",
    "Progress",
    "ProgressEvent",
    "Published",
    "QueryTooExpensive",
    "QueryWarning",
    "Receipt",
    "ReceiptComparison",
    "Reject",
    "Revision",
    "RisingArticle",
    "SearchConfig",
    "SearchOptions",
    "SearchRequest",
    "SearchResults",
    "SearchTimeout",
    "Series",
    "Share",
    "Skipped",
    "Snippet",
    "Sort",
    "StateError",
    "Suggested",
    "Suggestion",
    "Trend",
    "Trends",
    "UsageError",
    "UserError",
    "Volume",
    "WebConfig",
    "Withdrawn",
    "WriteCounts",
    "WrongType",
    "WrongValue",
    "__version__",
    "load_config",
    "open_archive",
]
