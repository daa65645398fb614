"""An article that comes under an id that is taken: the same, a version of it, or another one.

In: the article that came, the one that is held. Out: what is to be held from now on, or the id under which the other
one is kept beside it. Pure; called by the workers of every engine, and by the writer for what comes within one commit.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from operator import attrgetter
from typing import NamedTuple

from indexer.analysis import fold, tokens
from indexer.article import Article, stated_source

# Texts of two articles share less than this of the shorter one's runs of words.
UNLIKE = 0.2
# Under one id of two sources, so much of the text must be shared for it to be one article whose source is renamed.
RENAMED = 0.8
RUN = 4  # words
# Bodies that begin alike in so many characters need no closer look.
_BEGINNING = 400
# Between an id and what tells the article apart that is held under it besides.
BESIDE = "~"
# Ids that are tried for an article: its own, one by what tells it apart, one by its whole text.
TRIES = 3


class Outcome(Enum):
    """What became of an article that came."""

    NEW = auto()
    CHANGED = auto()
    UNCHANGED = auto()


class Placed(NamedTuple):
    """Where an article went: under which id, what is to be held there, and whether that is written anew. `came` is the
    article as it came, under that id."""

    id: str
    article: Article
    outcome: Outcome
    came: Article


def place(came: Article, holding: Callable[[str], Article | None], now: datetime, *, keep: bool) -> Placed:
    """Find the id of an article, and what is to be held under it.

    Args:
        came: the article, with its content hash.
        holding: the article that is held under an id.
        now: when it came.
        keep: whether earlier versions are kept.
    """
    article, held = came, None
    for attempt in range(TRIES):
        held = holding(article.id)
        if held is None:
            return Placed(article.id, article.taken_in(now), Outcome.NEW, article)
        if attempt == TRIES - 1 or is_same(article, held):
            break
        id = f"{came.id}{BESIDE}{_difference(article, held, last=attempt == TRIES - 2)}"
        article = replace(article, id=id).with_hash()
    assert held is not None
    after = with_version(held, article, now, keep=keep)
    outcome = Outcome.UNCHANGED if after is held else Outcome.CHANGED
    return Placed(article.id, after, outcome, article)


def with_version(held: Article, came: Article, now: datetime, *, keep: bool) -> Article:
    """The held article with one more version; itself if it has that version. One that came with another translation by
    a machine, and says the same, brings this alone."""
    if came.content_hash == held.content_hash and came.translation not in (None, held.translation):
        return replace(held, translation=came.translation)
    known = {version.content_hash for version in held.versions}
    incoming = [version for version in came.versions if version.content_hash not in known]
    follows = _follows(came, held)
    if len(incoming) == 1 and not follows and _is_another_link(came, held):
        return held
    if not incoming and came.content_hash != held.content_hash and (follows or is_newer(came, held)):
        incoming = [came]  # it reads again as it did before
    if not incoming or (not keep and is_newer(held, came)):
        return held
    versions = list(held.versions)
    for version in incoming:
        at = len(versions)
        while at and is_newer(versions[at - 1], version):
            at -= 1
        versions.insert(at, replace(version, added=version.added or now, changed=version.changed or now))
    earlier = tuple(_bare(version) for version in versions[:-1]) if keep else ()
    newest = versions[-1]
    translation = newest.translation or (held.translation if _reads_alike(newest, held) else None)
    return replace(newest, added=held.added or now, earlier=earlier, translation=translation)


def _reads_alike(one: Article, other: Article) -> bool:
    """Whether what is translated is the same in two articles."""
    said = attrgetter("language", "title", "summary", "body")
    return bool(said(one) == said(other))


def _follows(came: Article, held: Article) -> bool:
    """Whether an article says itself that it comes after another one, which is among its earlier versions."""
    return any(version.content_hash == held.content_hash for version in came.earlier)


def _is_another_link(came: Article, held: Article) -> bool:
    """Whether an article that goes by its address differs in nothing but how this is written."""
    if came.url == held.url or not came.id.startswith("http"):
        return False
    alike = replace(came, url=held.url, archived_url=held.archived_url).with_hash()
    return any(alike.content_hash == version.content_hash for version in held.versions)


def is_newer(one: Article, other: Article) -> bool:
    """Whether an article is a later version than another that came after it: by the number the source gave it, else by
    when it was changed, else by when it was captured. What says nothing that can be compared is not."""
    a, b = one.revision, other.revision
    if a is None or b is None:
        return False
    for mine, theirs in ((a.number, b.number), (a.modified, b.modified), (a.captured, b.captured)):
        if mine is not None and theirs is not None and mine != theirs:
            return mine > theirs  # type: ignore[operator]  # both are numbers, or both times
    return False


def is_same(one: Article, other: Article) -> bool:
    """Whether two articles of one id are versions of one article, rather than two that happen to have one id."""
    by_number = not one.id.startswith(("http://", "https://", "h-"))
    if one.content_hash == other.content_hash or (by_number and one.url and one.url == other.url):
        return True
    if _follows(one, other):
        return True
    if (one.withdrawn or other.withdrawn) and not (by_number and _of_others(one, other)):
        return True  # what takes an article back need not say what it said
    shared = overlap(one, other)
    if by_number and _of_others(one, other):
        return shared >= RENAMED
    return shared >= UNLIKE or any(overlap(one, version) >= UNLIKE for version in other.earlier)


def overlap(one: Article, other: Article) -> float:
    """How much of the shorter of two texts the other one has: the share of its runs of four words, or of fewer where it
    is that short."""
    if len(one.body) > _BEGINNING and one.body[:_BEGINNING] == other.body[:_BEGINNING]:
        return 1.0
    texts = [[tokens(each.title), tokens(f"{each.summary}\n{each.body}")] for each in (one, other)]
    width = max(1, min(RUN, *(max(map(len, words)) for words in texts)))
    runs, others = (_runs(words, width) for words in texts)
    return len(runs & others) / (min(len(runs), len(others)) or 1)


def _of_others(one: Article, other: Article) -> bool:
    """Whether two articles are of different sources, by the names they state and by those the archive knows."""
    stated = stated_source(one), stated_source(other)
    return _differ(one.source, other.source) and _differ(*stated)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other) and fold(one or "") != fold(other or "")


def _runs(texts: Iterable[Sequence[str]], width: int) -> set[tuple[str, ...]]:
    """The runs of so many words in some texts."""
    return {run for words in texts for run in zip(*(words[start:] for start in range(width)), strict=False)}


def _bare(version: Article) -> Article:
    """An earlier version as it is kept."""
    if version.entities or version.earlier or version.translation:
        return replace(version, entities=(), earlier=(), translation=None)
    return version


def _difference(came: Article, held: Article, *, last: bool) -> str:
    """What tells an article from the one that has its id, as a short text that stays when it changes again."""
    if last:
        said: Iterable[object] = ("text", came.title, came.summary, came.body)
    elif _of_others(came, held):
        said = ("source", fold(stated_source(came) or ""))  # whatever it is called today, or the id would change
    elif came.url and came.url != held.url:
        said = ("url", came.url)
    else:
        published = came.published.isoformat() if came.published else ""
        said = ("title", came.title, published)
        if (came.title, came.published) == (held.title, held.published):
            said = ("text", came.title, came.summary, came.body)
    key = "\x1f".join(map(str, said))
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
