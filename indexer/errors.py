"""The error tree. Raised anywhere in `indexer` and `webui`; caught once, at the entry points.

    BroadsheetError
      UserError              what the person gave                   exit 2    HTTP 400
        ConfigError          a wrong key, type or file in the configuration
        UsageError           a wrong option or argument
          WrongType          of a type that is not taken; also a TypeError
          WrongValue         of the right type, but none that is taken; also a ValueError
        ItemsRejected        items that cannot become articles, where all had to
        QueryTooExpensive    a query that is refused, with the reason
        NotFound             no such article, facet or page                  HTTP 404
          Withdrawn          its source took the article back                HTTP 410
      StateError             the environment                        exit 3    HTTP 503
        NoIndex              there is no index in that directory yet
        IndexLocked          another process is writing
        IndexCorrupt         a file of the index is damaged
        IndexFormatMismatch  the index was made by another version
        EngineUnavailable    the engine cannot be reached
        SearchTimeout        the query ran out of its time budget
        NotInstalled         a library that everybody needs is missing
        ArchiveClosed        the archive was closed and is used again
        LibraryMissing       what was asked for needs a library that is not installed; also an ImportError
      InternalError          our bug                                exit 70   HTTP 500

Each message says what happened, where, and the next command to run.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.rejection import Reject
    from indexer.search.query import QueryWarning


class BroadsheetError(Exception):
    """Base of every error Broadsheet raises on purpose."""

    exit_code = 70
    http_status = 500


class UserError(BroadsheetError):
    """What the person gave cannot be used."""

    exit_code = 2
    http_status = 400


class ConfigError(UserError):
    """The configuration has a wrong key, type or value."""


class UsageError(UserError):
    """A command-line option, argument or request parameter is wrong."""


class WrongType(UsageError, TypeError):
    """A program passed a value of a type that is not taken there."""


class WrongValue(UsageError, ValueError):
    """A program passed a value that is not taken there."""


class ItemsRejected(UserError, ValueError):
    """Items cannot become articles, and all had to: nothing was added. `rejected` says which and why."""

    def __init__(self, rejected: "tuple[Reject, ...]") -> None:
        first, count = rejected[0], len(rejected)
        why = f"item {first.origin.record} ({': '.join(filter(None, (first.reason, first.detail)))})"
        which = f"{count} items cannot become articles, the first of them {why}" if count > 1 else f"No article: {why}"
        super().__init__(f"{which.removesuffix('.')}. Nothing was added.")
        self.rejected = rejected


class QueryTooExpensive(UserError):
    """The query is refused before it runs; the message says why, and the parser's `warning`, where there is one, says
    so in a form that can be translated."""

    def __init__(self, message: str, warning: "QueryWarning | None" = None) -> None:
        super().__init__(message)
        self.warning = warning


class NotFound(UserError):
    """The article, facet or page that was asked for does not exist."""

    http_status = 404

    @classmethod
    def article(cls, id: str, place: str = "") -> "NotFound":
        """There is no article of that id."""
        where = f" in {place}" if place else ""
        return cls(f"There is no article {id!r}{where}. Search for it: indexer search WORDS")


class Withdrawn(NotFound):
    """The article is one that its source has taken back."""

    http_status = 410

    @classmethod
    def of(cls, id: str) -> "Withdrawn":
        """The article of that id was taken back."""
        return cls(f"The source of {id!r} has taken it back; it is not shown any more.")


class StateError(BroadsheetError):
    """The environment does not allow the operation now."""

    exit_code = 3
    http_status = 503


class NoIndex(StateError):
    """No index has been built in the directory."""


class IndexLocked(StateError):
    """Another process holds the writer lock; the message names its pid and the age of the lock."""


class IndexCorrupt(StateError):
    """A file of the index is damaged; the message names it."""


class IndexFormatMismatch(StateError):
    """The index was written in a format this version does not read."""


class EngineUnavailable(StateError):
    """The search engine cannot be reached."""


class SearchTimeout(StateError):
    """The query did not finish within its time budget."""


class NotInstalled(StateError):
    """A library that Broadsheet cannot do without is missing or cannot be loaded."""

    @classmethod
    def because(cls, error: ImportError) -> "NotInstalled":
        """An import failed."""
        what = f"The module {error.name!r}" if error.name else "A module"
        return cls(
            f"{what} cannot be imported ({' '.join(str(error).split())}). What was committed is safe. Install again, "
            "with all that is needed: pip install --upgrade --force-reinstall broadsheet"
        )


class ArchiveClosed(StateError):
    """The archive was closed; open it again to use it."""


class LibraryMissing(StateError, ImportError):
    """A library that not everybody needs is not installed; the message says how to install it."""


class InternalError(BroadsheetError):
    """A bug of ours. The message asks for a report."""
