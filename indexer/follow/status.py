"""How what is followed stands: configuration and what is remembered -> a `SourceStatus` for each feed and folder."""

from indexer.config import Config
from indexer.follow.report import SourceStatus
from indexer.follow.schedule import followed, state_of
from indexer.follow.state import State


def status(config: Config) -> tuple[SourceStatus, ...]:
    """Every feed, sitemap and folder of the configured sources, in their order; none where nothing is followed.

    Raises:
        StateError: what is remembered cannot be read.
    """
    if not any(source.feeds or source.sitemaps or source.folders for source in config.sources):
        return ()
    states = State(config.archive.index).feeds()
    return tuple(
        SourceStatus.of(state_of(each, states), private=each.source.private) for each in followed(config.sources)
    )
