"""Whatever happens to a build, what was committed is there, whole, and the next build goes on from it."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.engines.whoosh.codec import durable
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.manifest import read_newest
from indexer.engines.whoosh.writer.writer import WhooshWriter
from indexer.errors import IndexCorrupt, IndexFormatMismatch, StateError
from indexer.rejection import Origin
from tests.engines.corpus import addressed
from tests.engines.whoosh.samples import Content, content, expected, make_articles
from tests.engines.whoosh.writer.test_writer import config, prepare, whole, write

ROUND = 12  # articles between commits
KILLS = 50


def round_of(number: int) -> list[Article]:
    """The articles of a round: each replaces an article of an earlier one, so that commits delete and merge too."""
    rng = random.Random(number)
    return [article for article in versions(ROUND * 3, seed=number, words=8) if rng.random() < 0.5]


def versions(count: int, seed: int, words: int = 30) -> list[Article]:
    """Articles that are versions of those of other seeds."""
    return addressed(make_articles(count, seed=seed, words=words))


def state_after(rounds: int) -> Content:
    """What the index holds after so many rounds."""
    held = {}
    for number in range(rounds):
        held.update({article.id: article for article in round_of(number)})
    return expected(list(held.values()))


def build_rounds(directory: Path, first: int, processes: int, memory: int, say: Callable[[str], object]) -> None:
    """Build round after round, one commit each, and say what is committed: the whole life of a builder to be killed."""
    WhooshWriter.batch_items = 5
    with WhooshWriter(directory, config(processes, memory_mb=memory), prepare) as writer:
        for number in range(first, first + 500):
            for article in round_of(number):
                writer.add(article, Origin("x", number))
            say(f"writing {number}\n")
            writer.commit()
            say(f"committed {number}\n")


def kill_somewhere(directory: Path, first: int, processes: int, memory: int, rng: random.Random) -> tuple[int, int]:
    """Run a builder and kill it at a random moment; the last round it started, and the last it said it committed."""
    read_end, write_end = os.pipe()
    with warnings.catch_warnings():
        # The child does nothing with the threads of the parent's numerical library.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            os.setsid()
            build_rounds(directory, first, processes, memory, lambda line: os.write(write_end, line.encode()))
        finally:
            os._exit(1)
    os.close(write_end)
    with os.fdopen(read_end) as said:
        lines = [said.readline() for _ in range(rng.randrange(1, 4))]
        time.sleep(rng.random() * 0.06)
        os.killpg(child, signal.SIGKILL)
        lines += said.readlines()
    os.waitpid(child, 0)
    found = {"writing": first - 1, "committed": first - 1}
    for line in lines:
        word, number = line.split()
        found[word] = int(number)
    return found["writing"], found["committed"]


@pytest.mark.slow
def test_killed_at_random_moments_the_index_holds_exactly_what_was_committed(tmp_path: Path) -> None:
    rng = random.Random(11)
    rounds = 0
    outcomes = set()
    for attempt in range(KILLS):
        processes = 2 if attempt % 10 == 9 else 1
        started, committed = kill_somewhere(tmp_path, rounds, processes, rng.choice((0, 512)), rng)
        manifest = generations.current_manifest(tmp_path)
        # What was announced is there; the round in flight is there whole or not at all.
        rounds = manifest.generation
        assert committed + 1 <= rounds <= started + 1
        outcomes.add(rounds - committed)
        if rounds:
            assert generations.check(tmp_path) == []
            if attempt % 5 == 0 or attempt == KILLS - 1:
                assert whole(tmp_path) == state_after(rounds)
            else:
                assert manifest.documents == len(state_after_ids(rounds))
    with WhooshWriter(tmp_path, config(1), prepare) as writer:
        writer.commit()
        kept = {*manifest.files, *generations.previous_manifest(tmp_path, manifest).files}
    left = {path.name for path in tmp_path.iterdir() if path.suffix != ".toc"} - {"write.lock"}
    assert left == kept
    assert rounds > 10


def state_after_ids(rounds: int) -> set[str]:
    return {article.id for number in range(rounds) for article in round_of(number)}


def test_the_lock_of_a_killed_writer_is_free_even_while_its_workers_end(tmp_path: Path) -> None:
    rng = random.Random(2)
    kill_somewhere(tmp_path, 0, 2, 512, rng)
    WhooshWriter(tmp_path, config(1), prepare).close()


class FullDisk:
    """Lets so many writes through, then says that the disk is full; half of the failing write arrives."""

    def __init__(self, writes: int) -> None:
        self.left = writes
        self.real = durable.write_at

    def __call__(self, descriptor: int, data: bytes | bytearray | memoryview, offset: int) -> None:
        self.left -= 1
        if self.left < 0:
            self.real(descriptor, memoryview(data).cast("B")[: memoryview(data).nbytes // 2], offset)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.real(descriptor, data, offset)


def outcome(directory: Path, articles: list[Article]) -> str | None:
    """What the writer says when it is given the articles; None if all is well."""
    try:
        write(directory, 1, articles)
    except StateError as error:
        return str(error)
    return None


def test_a_full_disk_leaves_the_committed_index_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WhooshWriter, "batch_items", 5)
    old, new = versions(30, seed=1), versions(40, seed=2)
    write(tmp_path, 1, old)
    before = {path.name for path in tmp_path.iterdir()}
    failures = 0
    for writes in range(200):
        disk = FullDisk(writes)
        monkeypatch.setattr(durable, "write_at", disk)
        message = outcome(tmp_path, new)
        assert message is None or "no space left" in message
        assert message is None or "free some space and run the same command again" in message
        monkeypatch.setattr(durable, "write_at", disk.real)
        assert generations.check(tmp_path) == []
        if generations.current_manifest(tmp_path).generation > 1:
            break
        failures += 1
        assert whole(tmp_path) == expected(old)
        assert {path.suffix for path in tmp_path.iterdir()} <= {".bsx", ".bsd", ".json", ".toc", ".lock"}
        assert {path.name for path in tmp_path.iterdir()} == before
    assert failures >= 3
    # The manifest is the commit: a disk that was full for Whoosh's own table of contents does not undo it.
    assert whole(tmp_path) == expected(new)


def test_a_full_disk_in_a_worker_process_is_reported_alike(tmp_path: Path) -> None:
    limit = 40_000
    code = (
        "import resource, sys; from pathlib import Path; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "from tests.engines.whoosh.writer.test_writer import write; "
        "from tests.engines.whoosh.samples import make_articles; "
        "from indexer.engines.whoosh.writer.writer import WhooshWriter; WhooshWriter.batch_items = 7; "
        "write(Path(sys.argv[1]), 2, make_articles(400))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "StateError: There is no space left for the index" in done.stderr
    assert generations.current_manifest(tmp_path).generation == 0
    assert [path.name for path in tmp_path.iterdir()] == ["write.lock"]


@pytest.mark.parametrize("kind", ["MAIN_*.bsx", "MAIN_*.bsd", "MAIN_*.del", "stories-*.bsx", "manifest-*.json"])
def test_a_flipped_bit_in_any_file_is_found_and_named(tmp_path: Path, kind: str) -> None:
    articles = make_articles(40)
    write(tmp_path, 1, articles)
    with WhooshWriter(tmp_path, config(1), prepare) as writer:
        writer.remove(["id-3", "id-9"])
        writer.commit()
    (path,) = [path for path in current_files(tmp_path) if path.match(kind)]
    whole_file = path.read_bytes()
    rng = random.Random(kind)
    for _ in range(60):
        damaged = bytearray(whole_file)
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        problems = generations.check(tmp_path)
        assert problems
        assert any(path.name in problem for problem in problems)
    path.write_bytes(whole_file)
    assert generations.check(tmp_path) == []


def test_damage_where_it_is_read_is_an_error_and_never_another_answer(tmp_path: Path) -> None:
    articles = make_articles(40)
    write(tmp_path, 1, articles)
    truth = expected(articles)
    rng = random.Random(8)
    for path in current_files(tmp_path):
        if path.suffix == ".json":
            continue
        whole_file = path.read_bytes()
        for _ in range(25):
            damaged = bytearray(whole_file)
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
            path.write_bytes(damaged)
            assert read_all(tmp_path) in (truth, None)
        path.write_bytes(whole_file)


def read_all(directory: Path) -> Content | None:
    """What the index says; None when it says that it is damaged."""
    try:
        (segment,) = generations.open_generation(directory).segments
        return content(segment)
    except (IndexCorrupt, IndexFormatMismatch):
        return None


def current_files(directory: Path) -> list[Path]:
    return sorted(directory / name for name in generations.current_manifest(directory).files)


def test_a_reader_keeps_its_generation_while_others_are_committed(tmp_path: Path) -> None:
    old = versions(20, seed=1)
    write(tmp_path, 1, old)
    (segment,) = generations.open_generation(tmp_path).segments
    for seed in (2, 3, 4):
        write(tmp_path, 1, versions(20, seed=seed))
    assert content(segment) == expected(old)
    assert generations.newest_generation(tmp_path) == 4


def test_a_reader_that_meets_a_commit_takes_the_newer_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 1, versions(5, seed=1))
    first = read_newest(tmp_path)
    for seed in (2, 3):
        write(tmp_path, 1, versions(5, seed=seed))
    real = read_newest
    stale = iter([first])
    monkeypatch.setattr(generations, "read_newest", lambda directory: next(stale, None) or real(directory))
    assert generations.open_generation(tmp_path).manifest.generation == 3


def test_unchanged_articles_cost_a_look_up_and_no_reading_of_columns(tmp_path: Path) -> None:
    articles = make_articles(300, words=5)
    write(tmp_path, 1, articles)
    (segment,) = generations.open_generation(tmp_path).segments
    assert segment.find_ids([article.id for article in articles[:5]]) == [0, 1, 2, 3, 4]
    assert segment.find_ids([f"nobody-{number}" for number in range(50)]) == [None] * 50
    with WhooshWriter(tmp_path, config(1), prepare) as writer:
        writer.add(articles[0], Origin("x", 1))
        assert writer.commit().unchanged == 1
