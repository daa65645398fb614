"""What a manifest says, held to what it can say. Called by `manifest`, which has verified its checksum.

Raises (all of it): KeyError, TypeError, ValueError, AttributeError, which mean that it was not written by us.
"""

import re
from collections.abc import Mapping
from typing import Any

from indexer.engines.whoosh.codec.segment import SegmentInfo

_SEGMENT = re.compile(r"MAIN_[0-9a-z]+")
# A file of a segment numbers its documents with 32 bits.
_MOST_DOCUMENTS = 1 << 32
_KEYS = {"name", "documents", "lengths", "languages", "deleted", "deletes"}


def generation_of(content: Mapping[str, Any]) -> int:
    """The generation that the manifest is of."""
    return _number(content["generation"])


def sums_of(content: Mapping[str, Any]) -> dict[str, int]:
    """The sums of the files, by name; none in the formats before the fourth."""
    return _counts(content.get("sums", {}))


def segments_of(content: Mapping[str, Any], generation: int) -> tuple[SegmentInfo, ...]:
    """The segments, in order."""
    found = tuple(_segment(each, generation) for each in content["segments"])
    if len({info.name for info in found}) != len(found):
        raise ValueError("two segments of one name")
    return found


def _segment(said: Mapping[str, Any], generation: int) -> SegmentInfo:
    if said.keys() != _KEYS or not _SEGMENT.fullmatch(said["name"]):
        raise ValueError(said)
    documents, deleted, deletes = (_number(said[name]) for name in ("documents", "deleted", "deletes"))
    lengths, languages = _counts(said["lengths"]), _counts(said["languages"])
    if documents >= _MOST_DOCUMENTS or deleted > documents or deletes > generation or bool(deleted) != bool(deletes):
        raise ValueError(said)
    if sum(languages.values()) != documents:
        raise ValueError(languages)
    return SegmentInfo(said["name"], documents, lengths, languages, deleted, deletes)


def _counts(said: Mapping[str, Any]) -> dict[str, int]:
    return {name: _number(count) for name, count in said.items()}


def _number(said: object) -> int:
    if type(said) is not int or said < 0:
        raise ValueError(said)
    return said
