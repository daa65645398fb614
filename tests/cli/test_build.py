"""How a build talks while it runs and when it is done."""

import io

from rich.console import Console
from rich.progress import Progress

from indexer.cli.build import print_report
from indexer.cli.progress import bar_listener, facts, line_listener
from indexer.ingest.report import BuildReport, ProgressEvent
from indexer.ingest.walk import Skipped


def _report(report: BuildReport) -> list[str]:
    file = io.StringIO()
    print_report(Console(file=file, width=80, highlight=False), report, "news")
    return file.getvalue().splitlines()


def test_a_report_without_trouble() -> None:
    report = BuildReport(read=1200, new=1200, files=3, seconds=4.0)
    assert _report(report) == ["1,200 articles read from 3 files in 4.0 s (300 a second)", "  1,200 new"]


def test_a_report_says_what_was_found_in_each_language() -> None:
    report = BuildReport(read=2, new=2, files=1, seconds=1.0, taggers={"en": "crf", "sw": "gazetteer"})
    assert _report(report)[2:] == [
        "Names in en: people, organisations, places (crf)",
        "Names in sw: known places and institutions only, no people",
    ]


def test_a_report_of_everything() -> None:
    report = BuildReport(
        read=1300,
        new=0,
        replaced=10,
        unchanged=1286,
        rejected=4,
        rejected_by_reason={"empty": 1, "bad_json": 3},
        notes={"date_not_understood": 2},
        files=1,
        skipped=7,
        skipped_files=tuple(Skipped(f"a{number}.png", "an image") for number in range(7)),
        seconds=65.0,
        interrupted=True,
    )
    assert _report(report) == [
        "1,300 articles read from 1 file in 1 min 5 s (20 a second)",
        "      0 new",
        "     10 replaced",
        "  1,286 unchanged",
        "      4 rejected",
        "    3 bad_json: the line or file is not valid JSON",
        "    1 empty: neither title nor text",
        "Each reject with its place: indexer rejects --index news  (or news/rejects.jsonl)",
        "Note, 2 times: the stated date could not be read or is impossible; the article is undated",
        "7 files left aside:",
        "  a0.png: an image",
        "  a1.png: an image",
        "  a2.png: an image",
        "  a3.png: an image",
        "  a4.png: an image",
        "  and 2 more",
        "Stopped before the end. What was read is in the archive; run the same command again to continue.",
    ]


def test_how_far_a_build_is() -> None:
    half = ProgressEvent(items=12_345, bytes_done=50, bytes_total=100, seconds=5.0)
    assert facts(half) == "12,345 articles, 2,469 a second, 50%, 5.0 s left"
    assert facts(ProgressEvent(1, 10, None, 2.0)) == "1 article, 0 a second"
    assert facts(ProgressEvent(10, 100, 100, 5.0, committing=True)) == "10 articles, 2 a second, 100%, writing"


def test_a_pipe_gets_a_line_every_ten_seconds() -> None:
    lines: list[str] = []
    listen = line_listener(lines.append)
    for second in range(31):
        listen(ProgressEvent(second * 100, second, 100, float(second)))
    assert lines == [
        "1,000 articles, 100 a second, 10%, 1 min 30 s left",
        "2,000 articles, 100 a second, 20%, 1 min 20 s left",
        "3,000 articles, 100 a second, 30%, 1 min 10 s left",
    ]


def test_a_terminal_gets_a_bar() -> None:
    bar = Progress(console=Console(file=io.StringIO()), disable=True)
    listen = bar_listener(bar)
    listen(ProgressEvent(10, 50, 100, 5.0, path="x" * 40))
    task = bar.tasks[0]
    assert (task.completed, task.total, task.description) == (50, 100, "Reading")
    assert task.fields["facts"] == f"10 articles, 2 a second, 50%, 5.0 s left  …{'x' * 31}"
    listen(ProgressEvent(10, 100, None, 5.0, committing=True))
    assert (bar.tasks[0].description, bar.tasks[0].total) == ("Writing", 100)
