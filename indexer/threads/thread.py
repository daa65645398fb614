"""An article -> the articles that tell how its story goes on: what is linked to it, and to those, in the order of days.

A link is a likeness above `LINKED`, faded by the days between. From the article itself the search goes on from the
nearest ends of the story, so that weeks are crossed in steps; what is found there must still be like the first article
(`NOT_ADRIFT`), or a story would turn into the next one.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from indexer.article import Article, Published
from indexer.reading import Reading
from indexer.search.request import DateRange
from indexer.search.results import outline
from indexer.threads.candidates import candidates, dated, days_around
from indexer.threads.likeness import Likeness, Telling, faded, telling_of

LINKED = 0.21
NOT_ADRIFT = 0.1  # of the likeness to the first article, days aside
MOST_STEPS = 4  # articles around which is looked, the first among them
MOST = 30  # articles


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """An article of a thread: how strong the link is by which it came in, to which article, and by which words."""

    article: Article
    strength: float
    to: str
    because: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        linked = {"strength": round(self.strength, 4), "to": self.to, "because": list(self.because)}
        return outline(self.article) | {"linked": linked}


@dataclass(frozen=True, slots=True)
class Thread:
    """An article and what its story is linked by, both in the order of days."""

    article: Article
    links: tuple[ThreadLink, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links)

    @property
    def earlier(self) -> tuple[ThreadLink, ...]:
        """What came before the article."""
        return tuple(link for link in self.links if _when(link.article) < _when(self.article))

    @property
    def later(self) -> tuple[ThreadLink, ...]:
        """What came after it."""
        return tuple(link for link in self.links if _when(link.article) > _when(self.article))

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, the oldest first."""
        if not self.links:  # and then its day need not be known
            return (self.article,)
        return tuple(sorted((self.article, *(link.article for link in self.links)), key=_when))

    def untranslated(self) -> "Thread":
        """The same without what machines translated."""
        links = (replace(link, article=link.article.with_translation(None)) for link in self.links)
        return Thread(self.article.with_translation(None), tuple(links))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        days = [each.published.day.isoformat() for each in self.articles if each.published]
        return {
            "id": self.article.id,
            "total": len(self.articles),
            "first_day": days[0] if days else None,
            "last_day": days[-1] if days else None,
            "earlier": [link.to_dict() for link in self.earlier],
            "later": [link.to_dict() for link in self.later],
        }


def thread_of(archive: Reading, id: str, steps: int = MOST_STEPS) -> Thread:
    """The thread of an article; one without links where there is none, or the article's day is not known.

    Raises:
        NotFound: there is no such article.
    """
    article = archive.get(id)
    follows = dated(article) and not article.withdrawn
    return _Following(archive, article).thread(steps) if follows else Thread(article)


class _Following:
    def __init__(self, archive: Reading, article: Article) -> None:
        self._archive = archive
        self._first = telling_of(article)
        self._likeness = Likeness(archive)
        self._known = {article.id, *(hit.id for hit in archive.copies(article.id))}
        self._found: dict[str, tuple[Telling, ThreadLink]] = {}

    def thread(self, steps: int) -> Thread:
        """Look around the first article, then around the ends of what was found."""
        looked_around: set[str] = set()
        for _ in range(steps):
            centre = self._next(looked_around)
            if centre is None or len(self._found) >= MOST:
                break
            looked_around.add(centre.article.id)
            self._look_around(centre)
        links = sorted((link for _, link in self._found.values()), key=lambda link: _when(link.article))
        return Thread(self._first.article, tuple(links))

    def _next(self, looked_around: set[str]) -> Telling | None:
        """Around which article to look next: the first, then in turn the latest and the earliest of those left."""
        if not looked_around:
            return self._first
        left = [telling for telling, _ in self._found.values() if telling.article.id not in looked_around]
        left.sort(key=lambda telling: _when(telling.article))
        if not left:
            return None
        return left[-1] if len(looked_around) % 2 else left[0]

    def _look_around(self, centre: Telling) -> None:
        found = candidates(self._archive, centre, self._likeness)
        new = [each for each in found if each.article.id not in self._known]
        around = days_around(centre.article)
        assert around is not None, "articles of threads have days"
        near = self._likeness.near_enough(centre, new, around, LINKED)
        strengths = [(self._strength(centre, each, around), each) for each in near]
        for strength, each in sorted(strengths, key=lambda one: (-one[0], _when(one[1].article))):
            if strength < LINKED or len(self._found) >= MOST or each.article.id in self._known:
                continue
            if self._likeness.between(self._first, each) < NOT_ADRIFT:
                continue
            self._known |= {each.article.id, *(hit.id for hit in self._archive.copies(each.article.id))}
            link = ThreadLink(
                each.article.without_body(), strength, centre.article.id, self._likeness.reasons(centre, each)
            )
            self._found[each.article.id] = each, link

    def _strength(self, centre: Telling, other: Telling, around: DateRange) -> float:
        days = (_published(centre.article).day - _published(other.article).day).days
        return faded(self._likeness.linked(centre, other, around), days)


def _when(article: Article) -> tuple[date, datetime, str]:
    published = _published(article)
    return published.day, published.instant, article.id


def _published(article: Article) -> Published:
    assert article.published is not None, "articles of threads have days"
    return article.published
