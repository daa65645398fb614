"""The groups of a generation, carried on from the one before, are those of one build."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.article import Article
from indexer.config import Config, EngineConfig
from indexer.engines.whoosh.codec.layout import SIGNATURES
from indexer.engines.whoosh.directory import generations, groups
from indexer.engines.whoosh.writer.writer import WhooshWriter
from indexer.near_duplicates import groups as near_duplicates
from indexer.near_duplicates.grouping import group
from indexer.near_duplicates.signatures import WIDTH, Array
from indexer.rejection import Origin

WORDS = [f"word{n}" for n in range(400)]
CONFIG = Config(engine=EngineConfig(processes=1))


def an_article(number: int, chance: random.Random) -> Article:
    """One of a few stories, rewritten more or less."""
    words = random.Random(chance.randrange(8)).choices(WORDS, k=80)
    for _ in range(chance.choice((0, 1, 3, 6, 12))):
        words[chance.randrange(80)] = chance.choice(WORDS)
    return Article(f"a{number}", body=" ".join(words), language="en", url=f"https://a.example/{number}").with_hash()


def stored_groups(directory: Path) -> list[int]:
    opened = generations.open_generation(directory)
    documents = sum(segment.doc_count for segment in opened.segments)
    stored: list[int] = groups.read_groups(opened.groups, documents).tolist()
    return stored


def groups_from_scratch(directory: Path) -> list[int]:
    segments = generations.open_generation(directory).segments
    tables = [segment.arrays[SIGNATURES].reshape(-1, WIDTH) for segment in segments]
    bases = np.cumsum([0, *(len(table) for table in tables)])
    gone = [segment.deleted.astype(np.int64) + base for segment, base in zip(segments, bases, strict=False)]
    grouped: list[int] = group(tables, np.concatenate([np.zeros(0, np.int64), *gone])).tolist()
    return grouped


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each commit whether its groups were carried on. However much changed, they are."""
    monkeypatch.setattr(near_duplicates, "MAX_CHANGED", 1000)
    monkeypatch.setattr(near_duplicates, "MAX_ANEW", 1)
    seen: list[bool] = []

    def watched(*arguments: Array) -> Array | None:
        found = near_duplicates.regroup(*arguments)  # type: ignore[arg-type]
        seen.append(found is not None)
        return found

    monkeypatch.setattr(groups, "regroup", watched)
    return seen


@pytest.mark.parametrize("seed", range(6))
def test_random_builds_give_the_groups_of_one_build(tmp_path: Path, carried: list[bool], seed: int) -> None:
    chance = random.Random(seed)
    known: dict[str, Article] = {}
    commits, merges = 0, 0
    for _ in range(24):
        before = generations.current_manifest(tmp_path)
        with WhooshWriter(tmp_path, CONFIG, lambda article: article) as writer:
            for _ in range(chance.randrange(1, 9)):
                article = an_article(chance.randrange(120), chance)
                known[article.id] = article
                writer.add(article, Origin("test", 1))
            removed = chance.sample(sorted(known), chance.randrange(min(4, len(known))))
            writer.remove(removed)
            for id in removed:
                del known[id]
            writer.commit()
            if chance.random() < 0.1:
                writer.optimize()
        after = generations.current_manifest(tmp_path)
        commits += after.generation - before.generation
        merges += not {info.name for info in before.segments} <= {info.name for info in after.segments}
        assert after.documents == len(known)
        assert stored_groups(tmp_path) == groups_from_scratch(tmp_path)
    assert carried == [True] * (commits - 1)
    assert merges > 1
    assert len(set(stored_groups(tmp_path))) < len(known)


def test_groups_that_cannot_be_read_are_found_anew(tmp_path: Path, carried: list[bool]) -> None:
    chance = random.Random(1)
    articles = [an_article(number, chance) for number in range(30)]
    for part in (articles[:20], articles[20:]):
        with WhooshWriter(tmp_path, CONFIG, lambda article: article) as writer:
            for article in part:
                writer.add(article, Origin("test", 1))
            writer.commit()
        path = tmp_path / groups.groups_name(generations.current_manifest(tmp_path).generation)
        good = path.read_bytes()
        path.write_bytes(good[:70] + bytes([good[70] ^ 1]) + good[71:])
    path.write_bytes(good)
    assert carried == []
    assert stored_groups(tmp_path) == groups_from_scratch(tmp_path)


def test_a_replaced_article_leaves_its_story(tmp_path: Path, carried: list[bool]) -> None:
    chance = random.Random(2)
    words = random.Random(99).choices(WORDS, k=80)
    copies = [
        Article(f"c{n}", body=" ".join(words), language="en", url=f"https://c.example/{n}").with_hash()
        for n in range(3)
    ]
    for articles in (copies, [replace(copies[1], body=an_article(1, chance).body).with_hash()]):
        with WhooshWriter(tmp_path, CONFIG, lambda article: article) as writer:
            for article in articles:
                writer.add(article, Origin("test", 1))
            writer.commit()
    assert carried == [True]
    assert stored_groups(tmp_path) == [0, 1, 0, 3]


def test_an_archive_that_was_emptied_is_filled_again(tmp_path: Path) -> None:
    copies = [Article(f"c{n}", body=" ".join(WORDS[:80]), language="en").with_hash() for n in range(3)]
    for articles, ids in ((copies, []), ([], ["c0", "c1", "c2"]), (copies[:2], [])):
        with WhooshWriter(tmp_path, CONFIG, lambda article: article) as writer:
            for article in articles:
                writer.add(article, Origin("test", 1))
            writer.remove(ids)
            writer.commit()
        assert stored_groups(tmp_path) == [0] * len(articles)
