"""What a reader is: a generator from one open input to items and rejects.

A reader does little work itself: what is costly waits in `RawArticle` for the writer's processes. When an input is
damaged it raises `Rejected`, after yielding what came before; when one record is bad it yields a `Reject` and goes on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from indexer.ingest.raw import RawArticle
from indexer.ingest.rejects import excerpt
from indexer.ingest.streams import Input
from indexer.rejection import Origin, Reject, Rejected

DOCUMENTS = "documents"  # the extra of pyproject.toml with the libraries of office documents
Item = RawArticle | Reject
Reader = Callable[[Input], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class NotArticles(Exception):
    """Raised by a reader for a file of its format that holds no articles by nature, such as a sitemap."""

    what: str


def bad(source: Input, record: int | None, reason: str, detail: str = "", shown: bytes | str = b"") -> Reject:
    """The reject of one record of an input."""
    return Reject(Origin(source.path, record), reason, detail, excerpt(shown))


def library(module: str, what: str) -> Any:
    """A library that not everybody needs.

    Raises:
        Rejected: it is not installed; the file waits in the list of rejects for the next build.
    """
    try:
        return import_module(module)
    except ImportError:
        advice = f"{what} are read when this is installed: pip install 'broadsheet[{DOCUMENTS}]'. Then build again."
        raise Rejected("needs_package", advice) from None
