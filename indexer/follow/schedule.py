"""What is followed, and when: configuration and state -> addresses to ask now, the state after an answer."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.addresses import shown
from indexer.errors import UsageError
from indexer.follow.answers import Answer, Validators
from indexer.follow.state import FeedState
from indexer.sources import Source

Kind = Literal["feed", "sitemap", "folder"]
LONGEST_BACK_OFF = 86_400.0  # seconds
JITTER = 0.1  # of a back-off, either way, lest all that failed together come again together


@dataclass(frozen=True, slots=True)
class Followed:
    """One address or folder of a source. `name` is how it is written down, without what opens doors."""

    source: Source
    kind: Kind
    address: str

    @property
    def name(self) -> str:
        """The address as people may see it."""
        return self.address if self.kind == "folder" else shown(self.address)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.source.name, self.name

    @property
    def every(self) -> float:
        """Seconds between two rounds."""
        return max(1, self.source.every_minutes) * 60.0


def followed(sources: Sequence[Source], names: Sequence[str] = ()) -> tuple[Followed, ...]:
    """All that is followed, of the sources of some names only where there are such.

    Raises:
        UsageError: no source has that name, or none is followed.
    """
    wanted = {name.casefold() for name in names}
    known = {name.casefold() for source in sources for name in (source.name, *source.other_names)}
    for name in names:
        if name.casefold() not in known:
            raise UsageError(f"There is no source {name!r}. Name one that stands under [[sources]].")
    found = tuple(
        each
        for source in sources
        if not wanted or wanted & {name.casefold() for name in (source.name, *source.other_names)}
        for each in _of(source)
    )
    if not found:
        whose = f"{', '.join(names)} has no" if names else "no source has"
        raise UsageError(
            f"Nothing is followed: {whose} feeds, sitemaps or folders. Write them into the configuration, as in "
            'feeds = ["https://news.example/rss"] under [[sources]].'
        )
    return tuple({each.key: each for each in found}.values())


def _of(source: Source) -> Iterator[Followed]:
    for address in source.feeds:
        yield Followed(source, "feed", address)
    for address in source.sitemaps:
        yield Followed(source, "sitemap", address)
    for folder in source.folders:
        yield Followed(source, "folder", folder)


def state_of(each: Followed, states: Mapping[tuple[str, str], FeedState]) -> FeedState:
    """What is known of it, which may be nothing."""
    return states.get(each.key) or FeedState(each.source.name, each.name, each.kind)


def due(state: FeedState, now: float) -> bool:
    """Whether it is time to ask."""
    return not state.gone and state.due <= now


def succeeded(state: FeedState, every: float, started: float, answer: Answer | None = None) -> FeedState:
    """The state after a document that could be read, or that has not changed."""
    state = replace(state, tried=started, succeeded=started, due=started + every, failures=0, reason="", gone=False)
    if answer is None:
        return state
    if answer.moved:
        state = replace(state, moved=answer.moved if shown(answer.moved) == answer.moved else "")
    kept = answer.validators
    if answer.unchanged:  # a server that repeats none means those that we have
        kept = Validators(kept.etag or state.etag, kept.modified or state.modified)
    return replace(state, etag=kept.etag, modified=kept.modified)


def failed(state: FeedState, every: float, started: float, answer: Answer) -> FeedState:
    """The state after an answer that was of no use: later and later, and never again where it is gone for good.

    What had moved is asked under its own address the next time.
    """
    failures = state.failures + 1
    pause = min(every * 2.0 ** min(failures - 1, 20), LONGEST_BACK_OFF)
    pause *= 1 + random.uniform(-JITTER, JITTER)  # noqa: S311  # no secret
    pause = min(max(pause, answer.wait), LONGEST_BACK_OFF)
    return replace(
        state,
        tried=started,
        due=started + pause,
        failures=failures,
        reason="It is gone for good (410); take it out of the configuration." if answer.gone else answer.problem,
        gone=answer.gone and not state.moved,
        moved="",
        new=0,
    )
