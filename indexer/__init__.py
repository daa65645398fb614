"""Broadsheet as a library: `from indexer import open_archive`.

This module is the embedded API and nothing else: what stands in `__all__` is kept, everything below it may move. Each
name is imported from its module when it is asked for, so that a program loads what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.adding import Addable, Dataclass
    from indexer.alerts.alert import Alert
    from indexer.alerts.fired import Fired
    from indexer.alerts.message import AlertedArticle, AlertMessage
    from indexer.alerts.report import AlertReport, AlertStatus
    from indexer.alerts.store import AlertDelivery
    from indexer.archive import Archive, open_archive
    from indexer.article import (
        ENTITY_KINDS,
        Addition,
        Article,
        Entity,
        EntityKind,
        Mention,
        Precision,
        Published,
        Revision,
        Translation,
    )
    from indexer.batch.rows import BatchRow
    from indexer.browsing.calendar import Calendar
    from indexer.browsing.differences import Difference, Differences
    from indexer.browsing.languages import Languages
    from indexer.browsing.narrowing import Narrower, Narrowing, NarrowingWay
    from indexer.browsing.profiles import Profile
    from indexer.browsing.sources import SourceHolding, Sources
    from indexer.config import (
        AccessConfig,
        AlertsConfig,
        ArchiveConfig,
        Config,
        EngineConfig,
        EntitiesConfig,
        FollowConfig,
        IngestConfig,
        SearchConfig,
        TranslationConfig,
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
        NotInstalled,
        QueryTooExpensive,
        SearchTimeout,
        StateError,
        UsageError,
        UserError,
        Withdrawn,
        WrongType,
        WrongValue,
    )
    from indexer.follow.report import FollowReport, SourceStatus
    from indexer.follow.state import FeedState
    from indexer.highlight.whole_article import Highlights
    from indexer.ingest.report import BuildReport, Progress, ProgressEvent
    from indexer.ingest.walk import Skipped
    from indexer.receipts.comparison import ReceiptComparison, ReceiptsComparison
    from indexer.receipts.difference import ReceiptDifference
    from indexer.receipts.found import Edited
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
        JoinedName,
        Matching,
        SearchResults,
        Share,
        Snippet,
        Suggested,
        Suggestion,
    )
    from indexer.search.significance import SignificantTerm, SignificantTerms
    from indexer.sources import Source
    from indexer.threads.thread import Thread, ThreadLink
    from indexer.translation.report import (
        TranslationListener,
        TranslationProgress,
        TranslationReport,
        TranslationStats,
    )
    from indexer.trends import RisingArticle, Trend, Trends
    from indexer.updating import ArticleFields
    from indexer.version import __version__
    from indexer.volume import Series, Volume
    from indexer.writing import WriteCounts

__all__ = [
    "ENTITY_KINDS",
    "MISSING",
    "AccessConfig",
    "Addable",
    "Addition",
    "Alert",
    "AlertDelivery",
    "AlertMessage",
    "AlertReport",
    "AlertStatus",
    "AlertedArticle",
    "AlertsConfig",
    "Archive",
    "ArchiveClosed",
    "ArchiveConfig",
    "ArchiveStats",
    "Arrival",
    "Article",
    "ArticleFields",
    "BatchRow",
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
    "Edited",
    "EngineConfig",
    "EngineUnavailable",
    "EntitiesConfig",
    "Entity",
    "EntityKind",
    "Evidence",
    "Facet",
    "FacetPage",
    "FeedState",
    "Filter",
    "Fired",
    "FollowConfig",
    "FollowReport",
    "Highlights",
    "Hit",
    "IndexCorrupt",
    "IndexFormatMismatch",
    "IndexLocked",
    "IngestConfig",
    "InternalError",
    "ItemsRejected",
    "JoinedName",
    "Kept",
    "Languages",
    "LibraryMissing",
    "Match",
    "Matching",
    "Mention",
    "Moment",
    "Narrower",
    "Narrowing",
    "NarrowingWay",
    "NoIndex",
    "NotFound",
    "NotInstalled",
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
    "ReceiptDifference",
    "ReceiptsComparison",
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
    "SignificantTerm",
    "SignificantTerms",
    "Skipped",
    "Snippet",
    "Sort",
    "Source",
    "SourceHolding",
    "SourceStatus",
    "Sources",
    "StateError",
    "Suggested",
    "Suggestion",
    "Thread",
    "ThreadLink",
    "Translation",
    "TranslationConfig",
    "TranslationListener",
    "TranslationProgress",
    "TranslationReport",
    "TranslationStats",
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

# Where each name lives: a test holds this, `__all__` and what type checkers are told above together.
_NAMES_OF = {
    "indexer.adding": "Addable Dataclass",
    "indexer.alerts.alert": "Alert",
    "indexer.alerts.fired": "Fired",
    "indexer.alerts.message": "AlertedArticle AlertMessage",
    "indexer.alerts.report": "AlertReport AlertStatus",
    "indexer.alerts.store": "AlertDelivery",
    "indexer.archive": "Archive open_archive",
    "indexer.article": "ENTITY_KINDS Addition Article Entity EntityKind Mention Precision Published Revision "
    "Translation",
    "indexer.batch.rows": "BatchRow",
    "indexer.browsing.calendar": "Calendar",
    "indexer.browsing.differences": "Difference Differences",
    "indexer.browsing.languages": "Languages",
    "indexer.browsing.narrowing": "Narrower Narrowing NarrowingWay",
    "indexer.browsing.profiles": "Profile",
    "indexer.browsing.sources": "SourceHolding Sources",
    "indexer.config": "AccessConfig AlertsConfig ArchiveConfig Config EngineConfig EntitiesConfig FollowConfig "
    "IngestConfig SearchConfig TranslationConfig WebConfig load_config",
    "indexer.entities.evidence": "Evidence",
    "indexer.errors": "ArchiveClosed BroadsheetError ConfigError EngineUnavailable IndexCorrupt IndexFormatMismatch "
    "IndexLocked InternalError ItemsRejected LibraryMissing NoIndex NotFound NotInstalled "
    "QueryTooExpensive SearchTimeout StateError UsageError UserError Withdrawn WrongType WrongValue",
    "indexer.follow.report": "FollowReport SourceStatus",
    "indexer.follow.state": "FeedState",
    "indexer.highlight.whole_article": "Highlights",
    "indexer.ingest.report": "BuildReport Progress ProgressEvent",
    "indexer.ingest.walk": "Skipped",
    "indexer.receipts.comparison": "ReceiptComparison ReceiptsComparison",
    "indexer.receipts.difference": "ReceiptDifference",
    "indexer.receipts.found": "Edited",
    "indexer.receipts.receipt": "Kept Receipt",
    "indexer.rejection": "Origin Reject",
    "indexer.search.moments": "Moment",
    "indexer.search.options": "SearchOptions",
    "indexer.search.query": "QueryWarning",
    "indexer.search.request": "MISSING Arrival DateRange Filter Match Period SearchRequest Sort",
    "indexer.search.results": "ArchiveStats Bucket CheckReport ClauseCount Diagnosis Facet FacetPage Hit JoinedName "
    "Matching SearchResults Share Snippet Suggested Suggestion",
    "indexer.search.significance": "SignificantTerm SignificantTerms",
    "indexer.sources": "Source",
    "indexer.threads.thread": "Thread ThreadLink",
    "indexer.translation.report": "TranslationListener TranslationProgress TranslationReport TranslationStats",
    "indexer.trends": "RisingArticle Trend Trends",
    "indexer.updating": "ArticleFields",
    "indexer.volume": "Series Volume",
    "indexer.writing": "WriteCounts",
    "indexer.version": "__version__",
}
_HOMES = {name: module for module, names in _NAMES_OF.items() for name in names.split()}


if not TYPE_CHECKING:  # to type checkers, a name that is not above is none

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
