"""The newest articles -> those of the front page in their order: varied by source, the reader's language first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from indexer.search.results import Hit

POOL = 40  # newest articles among which is chosen
FIRST = 5  # the lead and those below it with their first lines
SIZE = 14
OF_ONE_SOURCE = 2
NEWEST = timedelta(days=7)  # days before the newest article that are news still


def edition(hits: Sequence[Hit], language: str) -> tuple[Hit, ...]:
    """At most `SIZE` of the newest articles.

    Args:
        hits: the newest articles, the newest first.
        language: the reader's, a BCP 47 tag.

    The first `FIRST` are of the newest days, those in the reader's language before others; the rest follow by date in
    whatever language. No source has more than `OF_ONE_SOURCE` while another has something of those days.
    """
    place = {hit.id: at for at, hit in enumerate(hits)}
    # What is dated in the future comes last, and is no news.
    newest = hits[0].article.published if hits else None
    near = [hit for hit in hits if newest and _is_news(hit, newest.day)]
    taken: Counter[str | None] = Counter()
    first = _varied(sorted(near, key=lambda hit: not _speaks(hit, language)), FIRST, taken)
    rest = _varied(_without(near, first), SIZE - len(first), taken)
    rest += _varied(_without(hits, near), SIZE - len(first) - len(rest), taken)
    return (*first, *sorted(rest, key=lambda hit: place[hit.id]))


def own_language(hits: Sequence[Hit], language: str) -> Hit:
    """The first in the reader's language; where none is, the first."""
    return next((hit for hit in hits if _speaks(hit, language)), hits[0])


def _varied(hits: Sequence[Hit], most: int, taken: Counter[str | None]) -> list[Hit]:
    """So many in their order, without a third of one source; where that is too few, those after all."""
    chosen: list[Hit] = []
    passed: list[Hit] = []
    for hit in hits:
        if len(chosen) == most:
            break
        full = taken[hit.article.source] >= OF_ONE_SOURCE
        (passed if full else chosen).append(hit)
        taken[hit.article.source] += not full
    return chosen + passed[: most - len(chosen)]


def _without(hits: Iterable[Hit], others: Iterable[Hit]) -> list[Hit]:
    left_out = {hit.id for hit in others}
    return [hit for hit in hits if hit.id not in left_out]


def _is_news(hit: Hit, newest: date) -> bool:
    published = hit.article.published
    return published is not None and newest - NEWEST <= published.day <= newest


def _speaks(hit: Hit, language: str) -> bool:
    made = hit.article.translation
    spoken = (hit.article.language, made.language if made else None)
    return any(own is not None and _primary(own) == _primary(language) for own in spoken)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
