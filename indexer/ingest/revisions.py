"""What an item says of itself as a version: which one it is, when it was changed, whether it was taken back.

Used by `normalise`. Times without a zone are read as UTC: they are only compared with one another.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from indexer.article import Precision, Revision
from indexer.ingest.aliases import folded
from indexer.ingest.dates import parse_date
from indexer.ingest.values import string

# Names under which a date is the one of the last change.
_CHANGES = frozenset(
    "updated datemodified modified updatedat modifiedat versioncreated lastmodified lastupdated modifiedstated "
    "thisrevisioncreated revised moddate lastmod updateddate modifieddate updatetime".split()
)
# What sources call an article that they take back: IPTC, NITF and the words of editors.
_WITHDRAWN = re.compile(
    r"(?:stat:)?(?:cancell?ed|withheld|withdrawn|killed|kill|retracted|mandatory.?kill)", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,9}")


def is_change(name: str) -> bool:
    """Whether a date under this name says when the article was last changed."""
    return folded(name) in _CHANGES


def revision_of(number: Any, changes: Iterable[Any], captured: Any) -> Revision | None:
    """The version that an item is; None where it says nothing of that."""
    found = _NUMBER.fullmatch(string(number).strip()) if number is not None else None
    modified = next((when for stated in changes if (when := _instant(stated))), None)
    fetched = _instant(captured)
    if found is None and modified is None and fetched is None:
        return None
    return Revision(int(found[0]) if found else None, modified, fetched)


def is_withdrawn(status: Any) -> bool:
    """Whether a status says that the source has taken the article back."""
    return _WITHDRAWN.fullmatch(string(status).strip().rpartition("/")[2]) is not None


def _instant(stated: Any) -> datetime | None:
    found = parse_date(stated, None) if stated not in (None, "") else None
    return found.instant if found and found.precision in (Precision.SECOND, Precision.DAY) else None
