"""What readers yield: one item as its source had it, before anything is understood.

Items travel to the writer's worker processes, so they are small, frozen and pickle. Exactly one of `fields`, `json`
and `page` is filled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.rejection import Origin


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page as it was fetched or saved. `fetched` is when (ISO 8601), which is not when it was published."""

    markup: bytes
    url: str | None = None
    charset: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One item: `fields` under the source's own names, or `json` (one JSON object, not parsed yet), or `page`.

    `replaced` says that the reader had to replace bytes which its encoding does not allow.

    `known` are fields that a list of such items, as a feed is one of pages, says of it (`listed` joins them).

    JSON lines stay bytes: bytes pickle twenty times faster than the dict they hold, and are parsed in the worker.
    """

    origin: Origin
    fields: Mapping[str, Any] = field(default_factory=dict)
    json: bytes = b""
    page: Page | None = None
    replaced: bool = False
    known: Mapping[str, Any] = field(default_factory=dict)
