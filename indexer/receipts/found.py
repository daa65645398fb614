"""What a search finds today, as far as a comparison of receipts needs it: ids, their keys, when each came, and what of
it read otherwise at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from indexer.article import Article
from indexer.browsing.differences import told
from indexer.receipts import sketch
from indexer.receipts.sketch import Keys
from indexer.search.results import outline

# A receipt carries whole seconds: what came in the same second counts as there.
_SECOND = timedelta(seconds=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Edited:
    """An article whose text was another at an earlier time.

    `version` is the number of the one then, `against` that of the one later, for `Archive.differences`; None where the
    archive does not keep the earlier one.
    """

    article: Article
    version: int | None = None
    against: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"article": outline(self.article), "version": self.version, "against": self.against}


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a search, in parallel: ids, keys and the time of arrival of each. `edited` are those whose text
    changed between two times, by key, with the numbers of both versions."""

    ids: tuple[str, ...]
    keys: Keys
    added: tuple[datetime | None, ...]
    edited: dict[int, tuple[int | None, int | None]]

    @classmethod
    def of(cls, articles: Iterable[Article], since: datetime, until: datetime) -> "Found":
        """Read the articles of a search; what changed between two times is told of them."""
        ids: list[str] = []
        added: list[datetime | None] = []
        edited: dict[int, tuple[int | None, int | None]] = {}
        for article in articles:
            if (numbers := edit_between(article, since, until)) is not None:
                edited[len(ids)] = numbers
            ids.append(article.id)
            added.append(article.added)
        keys = sketch.keys(ids)
        listed = keys.tolist()
        return cls(tuple(ids), keys, tuple(added), {listed[at]: numbers for at, numbers in edited.items()})

    @classmethod
    def none(cls) -> "Found":
        """Nothing, where a search finds too much to be read."""
        return cls.of((), _NEVER, _NEVER)

    def by(self, time: datetime) -> Keys:
        """The keys of what had come by a time."""
        there = [came is not None and came - time < _SECOND for came in self.added]
        return self.keys[there]

    def named(self, keys: Iterable[int]) -> list[str]:
        """The ids of some keys, in order; of those that are found today."""
        wanted = set(keys)
        return sorted(id for id, key in zip(self.ids, self.keys.tolist(), strict=True) if key in wanted)


def edit_between(article: Article, since: datetime, until: datetime) -> tuple[int | None, int | None] | None:
    """The numbers of the versions that stood at two times, if they say different things; None if nothing changed.

    Of an article that came later than the first time nothing is known, and nothing told.
    """
    if article.added is None or article.added - since >= _SECOND or not _after(article, since):
        return None
    before, after = _at(article, since), _at(article, until)
    if before is None or after is None:  # the archive keeps the newest version alone
        return (None, None) if article.changed and article.changed - until < _SECOND else None
    versions = article.versions
    if told(versions[before], whole=True) == told(versions[after], whole=True):
        return None
    return before + 1, after + 1


def _after(article: Article, since: datetime) -> bool:
    """Whether any version came after a time; asked first, as most articles have one version alone."""
    return any(version.changed is not None and version.changed - since >= _SECOND for version in article.versions)


def _at(article: Article, time: datetime) -> int | None:
    """Which version stood at a time: the newest of those that had come."""
    held = [
        at for at, each in enumerate(article.versions) if each.changed is not None and each.changed - time < _SECOND
    ]
    return held[-1] if held else None
