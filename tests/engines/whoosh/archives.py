"""Small archives for the tests of the embedded engine: random articles, in one segment or several."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from indexer.article import ENTITY_KINDS, Article, Entity, Mention, Precision, Published
from indexer.config import Config
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.rejection import Origin
from tests.engines.memory import MemoryEngine

# Few words, so that phrases, repeats and equal scores occur; several forms of one stem; other scripts and accents.
WORDS = (
    "minister ministers ministry iraq war wars oil summit summits Kyiv Kiev café Lavrov's O'Brien U.S. G-20 2021 "
    "the of and said says saying Straße état l'homme منشور المنشور عراق россия россии 北京大学 京 大会 東京都庁 a b c"
).split()
NAMES = (
    "Ana Ruiz",
    "Anna Ruiz",
    "Joe Biden",
    "Joe O'Brien",
    "United Nations",
    "北京市",
    "Éric Zola",
    "ana ruiz",
    "NATO",
)
SOURCES = (None, "SANA", "Reuters", "Kyiv Post", "The Post", "sana news")
CATEGORIES = (None, "News", "News/Politics", "News/Politics/EU", "News/World", "Sport", "Sportswear")
LANGUAGES = (None, "en", "en-GB", "fr", "ru", "ar", "zh-Hant")
_ZERO = datetime(2019, 12, 20, 12, tzinfo=UTC)


def random_articles(seed: int, count: int) -> list[Article]:
    """Articles that look like nothing on earth and are hard to search."""
    chance = random.Random(seed)
    return [_article(chance, number) for number in range(count)]


def _article(chance: random.Random, number: int) -> Article:
    published = None
    if chance.random() > 0.1:
        instant = _ZERO + timedelta(days=chance.randrange(800), seconds=chance.choice((0, 3600)))
        precision = chance.choice(tuple(Precision))
        published = Published(instant, precision)
    return Article(
        id=f"{chance.choice('abc')}-{number}",
        title=_text(chance, 6),
        summary=_text(chance, 12) if chance.random() > 0.5 else "",
        body=_text(chance, 60),
        published=published,
        source=chance.choice(SOURCES),
        category=chance.choice(CATEGORIES),
        language=chance.choice(LANGUAGES),
        translated_from=chance.choice((None, None, "en", "ar")),
        author=tuple(chance.sample(NAMES, chance.randrange(3))),
        url=chance.choice((None, f"https://example.org/{chance.choice(WORDS).lower()}/{number}")),
        entities=tuple(_entity(chance, name) for name in chance.sample(NAMES, chance.randrange(5))),
    ).with_hash()


def _text(chance: random.Random, most: int) -> str:
    words = chance.choices(WORDS, k=chance.randrange(most))
    return "".join(word + chance.choice((" ", " ", " ", ", ", ". ", "\n\n", " “")) for word in words).strip()


def _entity(chance: random.Random, name: str) -> Entity:
    mentions = tuple(Mention(n, n + 3, chance.choice(("body", "body", "title"))) for n in range(chance.randrange(3)))
    return Entity(chance.choice(ENTITY_KINDS), name, mentions, given=chance.random() < 0.2)


def commit(
    directory: Path,
    base: Manifest,
    segments: Sequence[SegmentInfo],
    deletes: Mapping[str, Iterable[int]] | None = None,
) -> Manifest:
    """Make segments, less the documents that `deletes` names by segment, the generation after `base`."""
    changed = []
    for info in segments:
        gone = np.array(sorted((deletes or {}).get(info.name, ())), np.uint32)
        if info.deletes:
            gone = np.union1d(gone, generations.deleted_documents(directory, info))
        changed.append((info, gone))
    return generations.publish(directory, base, changed)


def open_engine(directory: Path, articles: Sequence[Article], segments: int = 1) -> WhooshEngine:
    """An engine on an index of the articles in so many segments."""
    directory.mkdir(parents=True, exist_ok=True)
    size = -(-len(articles) // segments) or 1
    parts = [articles[start : start + size] for start in range(0, len(articles), size)]
    commit(directory, Manifest(), [build_segment(part, directory) for part in parts])
    return WhooshEngine(Config().with_index(directory))


def open_oracle(articles: Sequence[Article]) -> MemoryEngine:
    """The oracle over the same articles."""
    engine = MemoryEngine()
    with engine.writer(lambda article: article) as writer:
        for number, article in enumerate(articles):
            writer.add(article, Origin("test", number))
        writer.commit()
    engine.refresh()
    return engine
