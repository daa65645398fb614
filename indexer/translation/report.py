"""What a translation run says while it goes on (`TranslationProgress`) and when it is done (`TranslationReport`), and
what an archive has of translations (`TranslationStats`)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """How far a run is. `articles` are those that are done with, of `total` that are looked at."""

    articles: int
    total: int
    words: int
    seconds: float

    @property
    def rate(self) -> float:
        """Words translated a second, since the start."""
        return self.words / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate by articles, or None when nothing is done yet."""
        return self.seconds * (self.total - self.articles) / self.articles if self.articles else None


Progress = Callable[[TranslationProgress], None]


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """What became of the articles that want a translation: `wanted == translated + failed + without_pair + changed`,
    unless the run was stopped or only counted.

    `without_pair` counts by "ru-en" what the engine does not translate at all, `advice` says what would help.
    `failures` are the reasons of `failed`, with their numbers. `changed` articles became others meanwhile, and wait for
    the next run. `words` are those that the engine was asked for, `words_kept` those that it had translated before.
    `numbers_lost`, `addresses_lost` and `names_lost` count what originals have and their translations have not.
    `stopped` says why a run ended before the end, "" where it did not.
    """

    wanted: int = 0
    translated: int = 0
    failed: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    without_pair: Mapping[str, int] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    changed: int = 0
    words: int = 0
    words_kept: int = 0
    numbers_lost: int = 0
    addresses_lost: int = 0
    names_lost: int = 0
    engine: str = ""
    version: str = ""
    into: str = ""
    seconds: float = 0.0
    stopped: str = ""
    signal: int | None = None

    @property
    def rate(self) -> float:
        """Words a second, those that were kept too."""
        return (self.words + self.words_kept) / self.seconds if self.seconds > 0 else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {**asdict(self), "seconds": round(self.seconds, 3), "words_per_second": round(self.rate, 1)}


@dataclass(frozen=True, slots=True)
class TranslationStats:
    """What an archive has of machine translations: articles by engine, articles that want one, and what is kept beside
    the index, in paragraphs and bytes."""

    engines: Mapping[str, int] = field(default_factory=dict)
    wanting: int = 0
    paragraphs: int = 0
    bytes: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The statistics as JSON values."""
        return asdict(self)
