"""The open engine: generations, threads, time budgets, order and cursors, damage where it is read, long articles."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from indexer.article import Article, Precision, Published
from indexer.config import Config, EngineConfig, SearchConfig
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.search.order import first, sort_keys
from indexer.errors import IndexCorrupt, NoIndex, SearchTimeout, UsageError
from indexer.rejection import Origin
from indexer.search.request import SearchRequest, Sort
from tests.engines.whoosh.archives import open_engine, random_articles


def itself(article: Article) -> Article:
    return article


def write(engine: WhooshEngine, articles: Sequence[Article]) -> None:
    with engine.writer(itself) as writer:
        for number, article in enumerate(articles):
            writer.add(article, Origin("test", number))
        writer.commit()


def one_process(directory: Path) -> WhooshEngine:
    return WhooshEngine(Config(engine=EngineConfig(processes=1)).with_index(directory))


def titled(id: str, title: str, published: Published | None = None) -> Article:
    return Article(id=id, title=title, published=published, language="en").with_hash()


def test_there_is_no_index_until_something_was_built(tmp_path: Path) -> None:
    engine = one_process(tmp_path / "new")
    assert engine.generation == 0
    assert not engine.refresh()
    with pytest.raises(NoIndex, match=r"There is no index in (.*new)\. Build one with: indexer build FILES --index \1"):
        engine.search(SearchRequest())
    write(engine, [])
    assert engine.search(SearchRequest()).total == 0
    assert engine.suggest("a") == []
    assert engine.stats().articles == 0


def test_a_reader_keeps_its_generation_until_it_refreshes(tmp_path: Path) -> None:
    engine = one_process(tmp_path)
    write(engine, [titled("a", "war"), titled("b", "war")])
    reader = one_process(tmp_path)
    write(engine, [titled("c", "war")])
    with engine.writer(itself) as writer:
        assert writer.remove(["a"]) == 1
        writer.commit()
    assert [hit.id for hit in reader.search(SearchRequest("war")).hits] == ["a", "b"]
    assert reader.refresh()
    assert [hit.id for hit in reader.search(SearchRequest("war")).hits] == ["b", "c"]
    assert reader.get(["a", "c", "nowhere"])[0] is None
    assert not reader.refresh()
    assert reader.generation == 3


def test_a_running_search_keeps_its_snapshot(tmp_path: Path) -> None:
    engine = one_process(tmp_path)
    write(engine, [titled(f"a{n}", "war") for n in range(5)])
    running = engine.scan(SearchRequest("war"))
    assert next(running).id == "a0"
    with engine.writer(itself) as writer:
        writer.remove([f"a{n}" for n in range(5)])
        writer.commit()
    engine.refresh()
    assert [article.id for article in running] == ["a1", "a2", "a3", "a4"]
    assert engine.search(SearchRequest("war")).total == 0


def test_many_threads_search_while_generations_pass(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, random_articles(3, 200), 3)
    requests = [
        SearchRequest(q, facets=("source", "person")) for q in ("war", '"the war"', "min* -oil", "京", "a OR b")
    ]
    expected = [engine.search(request) for request in requests]
    wrong: list[object] = []

    def search() -> None:
        for _ in range(10):
            for request, right in zip(requests, expected, strict=True):
                found = engine.search(request)
                if replace(found, took_ms=0.0, generation=0) != replace(right, took_ms=0.0, generation=0):
                    wrong.append(request)

    threads = [threading.Thread(target=search) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        write(engine, [])  # an empty commit: another generation with the same articles
        engine.refresh()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_search_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, random_articles(3, 50))
    for query in ("war", '"the war"', "min*", "source:post", "-war"):
        with pytest.raises(SearchTimeout, match="longer than its 0 seconds"):
            engine.search(SearchRequest(query, budget_ms=0))
    assert engine.search(SearchRequest("war", budget_ms=10_000)).total


def test_a_warning_is_given_once_however_often_a_clause_is_compiled(tmp_path: Path) -> None:
    config = Config(engine=EngineConfig(processes=1), search=SearchConfig(max_expansions=2)).with_index(tmp_path)
    engine = WhooshEngine(config)
    write(engine, [titled(f"a{word}", f"{word} fare") for word in ("ward", "warm", "warp", "wary")])
    found = engine.search(SearchRequest("war* far*", explain=True))
    assert [(hit.id, len(hit.explanation)) for hit in found.hits] == [("award", 2), ("awarm", 2)]
    assert [(warning.code, warning.values) for warning in found.warnings] == [
        ("too-many-expansions", ("war*", "4", "2"))
    ]


def test_ties_go_by_date_and_then_by_id_across_segments(tmp_path: Path) -> None:
    day = datetime(2021, 10, 14, tzinfo=UTC)
    articles = [
        titled(
            f"{chr(97 + n % 7)}{n:02d}", "war", None if n % 5 == 0 else Published(day + timedelta(n % 3), Precision.DAY)
        )
        for n in range(40)
    ]
    engine = open_engine(tmp_path, articles, 4)

    def seconds(article: Article) -> float:
        return article.published.instant.timestamp() if article.published else float("-inf")

    newest = [a.id for a in sorted(articles, key=lambda a: (-seconds(a), a.id))]
    oldest = [a.id for a in sorted(articles, key=lambda a: (a.published is None, seconds(a), a.id))]
    for size in (1, 3, 17, 40):
        for sort, expected in ((Sort.RELEVANCE, newest), (Sort.NEWEST, newest), (Sort.OLDEST, oldest)):
            found = engine.search(SearchRequest("war", sort=sort, size=size, facets=()))
            assert [hit.id for hit in found.hits] == expected[:size]
    snapshot = engine.snapshot
    assert first(snapshot, snapshot.everything, sort_keys(snapshot, Sort.NEWEST, snapshot.everything, None), 0) == []


def test_recency_weighs_the_new_without_losing_the_old(tmp_path: Path) -> None:
    day = datetime(2021, 1, 1, tzinfo=UTC)
    articles = [titled(f"a{years}", "war", Published(day - timedelta(365 * years))) for years in range(4)]
    engine = open_engine(tmp_path, [*articles, titled("undated", "war")])
    plain = engine.search(SearchRequest("war", facets=())).hits[0].score
    found = engine.search(SearchRequest("war", recency=True, explain=True, facets=())).hits
    assert [hit.id for hit in found] == ["a0", "a1", "a2", "a3", "undated"]
    assert [hit.score / plain for hit in found] == pytest.approx([1.0, 0.75, 0.625, 0.5625, 0.5])
    for hit in found:
        assert sum(share.score for share in hit.explanation) == pytest.approx(hit.score, abs=1e-9)


@pytest.mark.parametrize("cursor", ["", "x", "!!", "e30", "WzFd", "WzIsIjAiLFsxLjBdLCJhIl0"])
def test_a_foreign_cursor_is_refused(tmp_path: Path, cursor: str) -> None:
    engine = open_engine(tmp_path, random_articles(3, 50))
    request = SearchRequest("war", size=5)
    ours = engine.search(request).next_cursor
    assert ours
    assert engine.search(replace(request, cursor=ours)).page == 1
    with pytest.raises(UsageError, match="another search"):
        engine.search(replace(request, query="oil", cursor=ours))
    if cursor:
        with pytest.raises(UsageError, match="cursor"):
            engine.search(replace(request, cursor=cursor))


def test_damage_is_reported_where_it_is_read(tmp_path: Path) -> None:
    open_engine(tmp_path, random_articles(3, 300))
    (arrays,) = tmp_path.glob("MAIN_*.bsx")
    data = bytearray(arrays.read_bytes())
    engine = one_process(tmp_path)
    docs = engine.snapshot.views[0].arrays["body.docs"]
    place = data.find(np.asarray(docs[:50]).tobytes())
    data[place + 5] ^= 0xFF
    arrays.write_bytes(data)
    damaged = one_process(tmp_path)
    with pytest.raises(IndexCorrupt, match=r"body\.docs is damaged"):
        damaged.search(SearchRequest("war OR the OR oil OR b OR c OR min*", facets=()))
    assert any("body.docs" in problem for problem in damaged.check().problems)


def test_a_passage_from_the_middle_of_a_book(tmp_path: Path) -> None:
    filler = "Nothing happens in this sentence of the book. " * 4000  # 180,000 characters: three chunks
    body = filler + "Then the zeppelin came. " + filler + "The end."
    engine = open_engine(tmp_path, [Article(id="book", title="A book", body=body, language="en").with_hash()])
    (hit,) = engine.search(SearchRequest("zeppelin")).hits
    (snippet,) = hit.snippets
    assert "Then the zeppelin came." in snippet.text
    assert [snippet.text[start:end] for start, end in snippet.spans] == ["zeppelin"]
    assert snippet.leading
    assert snippet.trailing
    assert hit.article.body == ""
    assert engine.get(["book"])[0].body == body  # type: ignore[union-attr]  # it is there


def test_suggestions_hold_what_was_typed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, random_articles(3, 80), 2)
    counts = {
        b.value: b.count
        for b in engine.search(SearchRequest(facets=("source",), facet_size=9)).facets["source"].buckets
    }
    found = [s for s in engine.suggest("post", 20) if s.kind == "source"]
    assert {s.text: s.count for s in found} == {name: counts[name] for name in ("Kyiv Post", "The Post")}
    assert [s.count for s in found] == sorted((s.count for s in found), reverse=True)
    assert {s.text for s in engine.suggest("joe o", 20) if s.kind == "person"} == {"Joe O'Brien"}
    assert all("war" in s.text.lower() for s in engine.suggest("war", 5))
    assert engine.suggest("", 5) == engine.suggest("?!", 5) == engine.suggest("post", 0) == []


def test_related_articles_share_telling_words(tmp_path: Path) -> None:
    def article(id: str, title: str, body: str) -> Article:
        return Article(id=id, title=title, body=body, language="en").with_hash()

    engine = open_engine(
        tmp_path,
        [
            article("dam", "Dam collapses in Derna", "The flood broke the dam above Derna after the storm."),
            article("storm", "Storm floods Derna", "A flood reached the harbour of Derna at night."),
            article("cup", "Italy wins the cup", "The final went to penalties."),
            article("dams", "How dams are built", "Concrete and patience hold a dam against a flood."),
        ],
        2,
    )
    assert [hit.id for hit in engine.related("dam")] == ["storm", "dams"]
    assert engine.related("cup") == []
