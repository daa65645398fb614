"""Translators that are no programs, and archives to have translated."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from indexer.archive import Archive, open_archive
from indexer.article import Article, Published
from indexer.config import ArchiveConfig, Config, EngineConfig, EntitiesConfig, TranslationConfig
from indexer.translation.base import NoPair


@dataclass
class FakeTranslator:
    """Writes in capitals, and remembers what it was asked. `fail` is called before each answer."""

    name: str = "fake"
    version: str = "1"
    passes_unknown: bool = False
    languages: Sequence[str] = ("es", "ca", "fr")
    fail: Callable[[Sequence[str]], None] = lambda _: None
    asked: list[str] = field(default_factory=list)
    closed: int = 0

    def has(self, source: str, target: str) -> bool | None:
        return source in self.languages

    def advice(self, source: str, target: str) -> str:
        return f"Teach it {source}."

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        if source not in self.languages:
            raise NoPair(source, target, self.advice(source, target))
        self.fail(paragraphs)
        self.asked += paragraphs
        return [text.upper() for text in paragraphs]

    def close(self) -> None:
        self.closed += 1


def translating(directory: Path, *, processes: int = 1, **settings: object) -> Config:
    """A configuration for an index below a directory, without names."""
    return Config(
        archive=ArchiveConfig(index=str(directory / "index")),
        engine=EngineConfig(processes=processes),
        entities=EntitiesConfig(enabled=False),
        translation=TranslationConfig(**settings),  # type: ignore[arg-type]
    )


def spanish(number: int, body: str = "", **stated: object) -> Article:
    """An article in Spanish of the so-manyth day of January."""
    body = body or f"Este es el texto número {number} de la serie.\n\nTodos los derechos reservados."
    values: dict[str, object] = {"language": "es", "source": "El Diario", "title": f"Título {number}", **stated}
    return Article(id=f"es{number}", body=body, published=Published.of(date(2024, 1, number)), **values)  # type: ignore[arg-type]


def archive_of(config: Config, articles: Iterable[Article]) -> Archive:
    archive = open_archive(config)
    archive.add(articles)
    return archive
