"""The names of an archive on a cluster: of its indices and of its documents.

An archive `news` has an index `news.state` with what was committed and who is writing, and the articles in indices
`news.<version>.<period>`, which the alias `news` covers; a period that outgrows its index has further ones,
`news.1.2004-000002`. A rebuild makes the next version.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from indexer.article import Article
from indexer.config import Config

WHOLE = "all"  # the period of an archive that is not parted
UNDATED = "undated"
PARTS = {"": 0, "year": 4, "month": 7}  # how much of an ISO date names a period
_NUMBERED = re.compile(r"(.+)-(\d{6})")
_FIT = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


def alias_of(config: Config) -> str:
    """The archive's name on the cluster: the one configured, else the last part of the index path."""
    name = config.engine.alias or Path(config.archive.index).resolve().name
    if _FIT.fullmatch(name):
        return name
    plain = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")[:60]
    return f"{plain or 'archive'}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


def state_index(alias: str) -> str:
    """The index of an archive's state."""
    return f"{alias}.state"


def pattern(alias: str, version: int) -> str:
    """All indices of articles of a version."""
    return f"{alias}.{version}.*"


def index_of(alias: str, version: int, parts: str, article: Article, rolled: Mapping[str, int]) -> str:
    """The index an article belongs in; `rolled` has the numbers of the periods whose first index is full."""
    if not parts:
        period = WHOLE
    elif article.published is None:
        period = UNDATED
    else:
        period = article.published.day.isoformat()[: PARTS[parts]]
    return f"{alias}.{version}.{numbered(period, rolled.get(period, 1))}"


def numbered(period: str, number: int) -> str:
    """How the so-manyth index of a period is called."""
    return period if number == 1 else f"{period}-{number:06d}"


def unnumbered(name: str) -> tuple[str, int]:
    """The period and number that `numbered` has put together."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 1)


def key_of(id: str) -> str:
    """A short name for an article's id, which may be as long as a URL."""
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
