"""The writer keeps the promises of `IndexWriter`, in one process and in several."""

import os
import signal
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.config import Config, EngineConfig
from indexer.engines.shared.writing import batch_writer
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.writer.merge_policy import FAN_IN
from indexer.engines.whoosh.writer.writer import WhooshWriter
from indexer.errors import IndexCorrupt, IndexLocked, InternalError, StateError
from indexer.rejection import Origin, Reject, Rejected
from indexer.writing import WriteCounts
from tests.engines.whoosh.samples import Content, content, expected, make_articles

ORIGIN = Origin("file.jsonl", 1)


def prepare(item: object) -> Article:
    """Items are articles, or words that say what should go wrong."""
    match item:
        case Article():
            return item
        case "reject":
            raise Rejected("no_text", "nothing to index", "x" * 500)
        case "deep":
            return prepare_deeply(0)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "bare":
            return Article(id="bare", title="T").with_hash()
    raise ValueError(f"what is {item}?")


def prepare_deeply(depth: int) -> Article:
    return prepare_deeply(depth + 1)


class Unpickled:
    """Pickles, and cannot be read back."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return (int, ("no number",))


def enrich(article: Article) -> Article:
    if article.title == "unlucky":
        raise KeyError("lexicon")
    return replace(article, extra={"enriched": True})


def config(processes: int, memory_mb: int = 512) -> Config:
    return Config(engine=EngineConfig(processes=processes, memory_mb=memory_mb))


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(WhooshWriter, "batch_items", 7)
    return int(request.param)


def write(directory: Path, processes: int, items: Iterable[object], **options: Any) -> WriteCounts:
    with WhooshWriter(directory, config(processes), prepare, **options) as writer:
        for number, item in enumerate(items, 1):
            writer.add(item, Origin("file.jsonl", number))
        return writer.commit()


def add_all_and_commit(writer: WhooshWriter, items: Iterable[object]) -> WriteCounts:
    for item in items:
        writer.add(item, ORIGIN)
    return writer.commit()


def whole(directory: Path) -> Content:
    """What all segments of the newest generation say together; no article may live in two."""
    parts = [content(segment) for segment in generations.open_generation(directory).segments]
    ids = [id for part in parts for id in part.articles]
    assert len(ids) == len(set(ids))
    merged = expected([])
    for part in parts:
        for field, table in part.postings.items():
            for term, found in table.items():
                merged.postings.setdefault(field, {}).setdefault(term, {}).update(found)
            merged.lengths.setdefault(field, {}).update(part.lengths[field])
        merged.columns.update(part.columns)
        merged.articles.update(part.articles)
    return merged


def test_articles_are_there_after_a_commit(tmp_path: Path, processes: int) -> None:
    articles = make_articles(100)
    assert write(tmp_path / "new" / "index", processes, articles) == WriteCounts(new=100)
    index = tmp_path / "new" / "index"
    assert whole(index) == expected(articles)
    assert generations.check(index) == []


def test_unchanged_replaced_and_new_are_told_apart(tmp_path: Path, processes: int) -> None:
    old = make_articles(60)
    write(tmp_path, processes, old)
    changed = [replace(article, title="changed").with_hash() for article in old[:20]]
    items = [*changed, *old[20:60], *make_articles(70)[60:]]
    assert write(tmp_path, processes, items) == WriteCounts(new=10, replaced=20, unchanged=40)
    assert whole(tmp_path) == expected(items)


def test_an_unchanged_archive_makes_no_generation(tmp_path: Path, processes: int) -> None:
    write(tmp_path, processes, make_articles(30))
    before = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir() if path.name != "write.lock")
    assert write(tmp_path, processes, make_articles(30)) == WriteCounts(unchanged=30)
    after = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir() if path.name != "write.lock")
    assert after == before


def test_the_last_item_with_an_id_wins_across_batches_and_workers(tmp_path: Path, processes: int) -> None:
    versions = [
        Article(id=f"{n % 10}", title=f"One of many versions, {n}", language="en").with_hash() for n in range(100)
    ]
    counts = write(tmp_path, processes, [*versions, versions[95], versions[95]])
    assert counts == WriteCounts(new=10, replaced=90, unchanged=2)
    assert whole(tmp_path) == expected(versions[-10:])


def test_an_earlier_version_that_comes_again_changes_nothing(tmp_path: Path, processes: int) -> None:
    first = Article(id="x", title="What was said at first").with_hash()
    write(tmp_path, processes, [first])
    other = Article(id="x", title="What was said at last").with_hash()
    filler = make_articles(40)
    assert write(tmp_path, processes, [other, *filler, first]) == WriteCounts(new=40, replaced=1, unchanged=1)
    assert whole(tmp_path) == expected([other, *filler])


def test_bad_items_are_counted_with_their_origin_and_stop_nothing(tmp_path: Path, processes: int) -> None:
    articles = make_articles(40)
    unlucky = Article(id="unlucky", title="unlucky").with_hash()
    items = ["reject", *articles[:20], "deep", unlucky, *articles[20:], 5, "bare"]
    counts = write(tmp_path, processes, items, enrich=enrich)
    assert (counts.new, counts.replaced, counts.unchanged) == (41, 0, 0)
    rejects = {reject.origin.record: reject for reject in counts.rejected}
    assert list(rejects) == [1, 22, 23, 44]
    assert rejects[1] == Reject(Origin("file.jsonl", 1), "no_text", "nothing to index", "x" * 200)
    assert (rejects[22].reason, rejects[22].detail[:14]) == ("internal", "RecursionError")
    assert rejects[23].detail == "KeyError: 'lexicon'"
    assert (rejects[44].reason, rejects[44].detail, rejects[44].excerpt) == (
        "internal",
        "ValueError: what is 5?",
        "5",
    )
    articles_found = whole(tmp_path).articles
    assert set(articles_found) == {*(article.id for article in articles), "bare"}
    assert articles_found["bare"].extra == {"enriched": True}


def test_items_that_do_not_travel_are_rejected(tmp_path: Path, processes: int) -> None:
    counts = write(tmp_path, processes, [lambda: 0, Unpickled(), *make_articles(10)])
    assert counts.new == 10
    assert [reject.reason for reject in counts.rejected] == ["internal", "internal"]
    assert [reject.origin.record for reject in counts.rejected] == [1, 2]


def test_rejects_are_reported_once(tmp_path: Path, processes: int) -> None:
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        writer.add("reject", ORIGIN)
        assert len(writer.commit().rejected) == 1
        assert writer.commit() == WriteCounts()


def test_removed_articles_are_gone_at_the_commit(tmp_path: Path, processes: int) -> None:
    articles = make_articles(30)
    write(tmp_path, processes, articles)
    extra = make_articles(33)[30:]
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        for article in [*extra, *extra]:
            writer.add(article, ORIGIN)
        assert writer.remove(["id-3", "nobody", "id-31", "id-3"]) == 2
        assert writer.remove(["id-31"]) == 0
        assert whole(tmp_path) == expected(articles)
        assert writer.commit() == WriteCounts(new=3, unchanged=3)
    assert whole(tmp_path) == expected([*articles[:3], *articles[4:30], extra[0], extra[2]])
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        assert writer.remove([article.id for article in [*articles, *extra]]) == 31
        writer.commit()
    assert generations.open_generation(tmp_path).segments == ()


def test_an_article_may_come_back_after_its_removal(tmp_path: Path, processes: int) -> None:
    article = Article(id="x", title="T").with_hash()
    write(tmp_path, processes, [article])
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        assert writer.remove(["x"]) == 1
        writer.add(article, ORIGIN)
        assert writer.commit() == WriteCounts(new=1)
    assert whole(tmp_path) == expected([article])


def test_an_empty_build_makes_an_empty_index(tmp_path: Path, processes: int) -> None:
    assert write(tmp_path, processes, []) == WriteCounts()
    snapshot = generations.open_generation(tmp_path)
    assert (snapshot.manifest.generation, snapshot.segments) == (1, ())


def test_what_was_not_committed_is_lost_and_leaves_no_files(tmp_path: Path, processes: int) -> None:
    write(tmp_path, processes, make_articles(10))
    before = sorted(path.name for path in tmp_path.iterdir())
    with WhooshWriter(tmp_path, config(processes, memory_mb=0), prepare) as writer:
        for article in make_articles(60, seed=2):
            writer.add(article, ORIGIN)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert whole(tmp_path) == expected(make_articles(10))


def test_little_memory_makes_many_segments_and_the_same_index(tmp_path: Path, processes: int) -> None:
    articles = make_articles(50)
    with WhooshWriter(tmp_path, config(processes, memory_mb=0), prepare) as writer:
        for article in articles:
            writer.add(article, ORIGIN)
        assert writer.commit() == WriteCounts(new=50)
        assert 1 <= len(generations.current_manifest(tmp_path).segments) < FAN_IN
        writer.optimize()
        assert [info.documents for info in generations.current_manifest(tmp_path).segments] == [50]
    assert whole(tmp_path) == expected(articles)


def test_many_commits_make_few_segments(tmp_path: Path, processes: int) -> None:
    articles = make_articles(130)
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        for number, article in enumerate(articles):
            writer.add(article, ORIGIN)
            if number % 2:
                assert writer.commit().new == 2
    manifest = generations.current_manifest(tmp_path)
    assert manifest.generation == 65
    assert len(manifest.segments) <= 2 * FAN_IN
    assert whole(tmp_path) == expected(articles)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".bsx", ".bsd", ".json", ".lock", ".toc"}


def test_optimize_drops_deleted_articles(tmp_path: Path, processes: int) -> None:
    articles = make_articles(20)
    write(tmp_path, processes, articles)
    with WhooshWriter(tmp_path, config(processes), prepare) as writer:
        writer.remove(["id-0"])
        writer.optimize()
        generation = generations.current_manifest(tmp_path).generation
        writer.optimize()
    manifest = generations.current_manifest(tmp_path)
    assert [(info.documents, info.deleted) for info in manifest.segments] == [(19, 0)]
    assert manifest.generation == generation
    assert whole(tmp_path) == expected(articles[1:])


def test_a_second_writer_is_refused_until_the_first_closes(tmp_path: Path) -> None:
    first = WhooshWriter(tmp_path, config(1), prepare)
    with pytest.raises(IndexLocked, match="of this process itself"):
        WhooshWriter(tmp_path, config(1), prepare)
    first.close()
    first.close()
    WhooshWriter(tmp_path, config(1), prepare).close()


def test_a_killed_worker_ends_the_build_with_advice_and_the_commit_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WhooshWriter, "batch_items", 7)
    articles = make_articles(60)
    write(tmp_path, 2, articles[:30])
    with WhooshWriter(tmp_path, config(2), prepare) as writer:
        with pytest.raises(StateError, match=r"was killed by SIGKILL, as the system does when memory runs out.*again"):
            add_all_and_commit(writer, [*articles[30:], "die", *articles * 20])
        with pytest.raises(StateError, match="SIGKILL"):
            writer.commit()
    assert whole(tmp_path) == expected(articles[:30])
    assert write(tmp_path, 2, articles) == WriteCounts(new=30, unchanged=30)


def test_functions_of_a_script_work_in_one_process() -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec("def local(item): return item", namespace)
    assert batch_writer.usable_processes(4, namespace["local"], None) == 1
    assert batch_writer.usable_processes(4, lambda item: item, None) == 1
    assert batch_writer.usable_processes(4, prepare, enrich) == 4
    assert batch_writer.usable_processes(0, prepare, None) == batch_writer.cores()


def test_a_bug_of_ours_is_reported_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "publish", lambda *_: 1 / 0)
    with WhooshWriter(tmp_path, config(1), prepare) as writer:
        writer.add(make_articles(1)[0], ORIGIN)
        with pytest.raises(InternalError, match=r"ZeroDivisionError: division by zero.*report"):
            writer.commit()


def test_a_damaged_newest_manifest_stops_the_writer_not_the_readers(tmp_path: Path) -> None:
    write(tmp_path, 1, make_articles(5))
    write(tmp_path, 1, make_articles(9))
    damaged = tmp_path / "manifest-2.json"
    damaged.write_bytes(damaged.read_bytes()[:-5])
    assert whole(tmp_path) == expected(make_articles(5))
    with pytest.raises(IndexCorrupt, match=r"manifest-2\.json is damaged.*generation 1"):
        WhooshWriter(tmp_path, config(1), prepare)
    damaged.unlink()
    assert write(tmp_path, 1, make_articles(9)) == WriteCounts(new=4, unchanged=5)
