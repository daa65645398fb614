"""Results as a person reads them: exact text in a pipe, marked matches on a terminal."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.console import Console

from indexer.article import Article, Entity, Precision, Published
from indexer.cli.console import counted, duration, printable, size
from indexer.cli.render import print_results
from indexer.cli.show import print_article
from indexer.cli.stats import print_stats
from indexer.search.query import QueryWarning
from indexer.search.results import (
    ArchiveStats,
    Bucket,
    ClauseCount,
    Diagnosis,
    Facet,
    Hit,
    SearchResults,
    Share,
    Snippet,
    Suggested,
)

ARTICLE = Article(
    id="a1",
    title="Lavrov meets Biden",
    summary="In Geneva.",
    body="Lavrov met Biden.\n\nThey spoke.",
    published=Published(datetime(2021, 10, 14, 11, 15, 48, tzinfo=UTC), zone="+03:00"),
    source="SANA",
    category="News/Politics",
    language="en",
    author=("A. Writer", "B. Writer"),
    topic=("Talks", "Diplomacy"),
    entities=(Entity("person", "Sergey Lavrov"), Entity("place", "Geneva")),
    url="https://example.org/1",
)
HIT = Hit(ARTICLE, 9.13, (Snippet("body", "where Lavrov\nmet", ((6, 12),), leading=True, trailing=True),), ((0, 6),))
RESULTS = SearchResults("lavrov", "lavrov", 1, (HIT,), took_ms=1.94)


def _printed(show: Callable[..., None], *values: Any, terminal: bool = False, width: int = 80) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=terminal, color_system="standard" if terminal else None, highlight=False
    )
    show(console, *values)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_a_hit() -> None:
    assert _printed(print_results, RESULTS) == (
        "1 article for lavrov · 1.9 ms\n"
        "\n"
        "  1. Lavrov meets Biden\n"
        "     SANA · 2021-10-14T11:15:48Z · News/Politics · en\n"
        "     … where Lavrov met …\n"
        "     a1"
    )


def test_matches_are_bold_on_a_terminal() -> None:
    printed = _printed(print_results, RESULTS, terminal=True)
    assert "\x1b[1;33mLavrov\x1b[0m\x1b[1m meets Biden" in printed
    assert "… where \x1b[1;33mLavrov\x1b[0m met …" in printed


def test_a_hit_without_anything() -> None:
    results = SearchResults("", "*", 1, (Hit(Article("h-1"), 0.0),), took_ms=0.1)
    assert _printed(print_results, results) == "1 article · 0.1 ms\n\n  1. (untitled)\n     undated\n     h-1"


def test_copies_and_explanation() -> None:
    hit = replace(
        HIT,
        snippets=(),
        copies=5,
        copy_sources=4,
        explanation=(Share("lavrov", "body", 3.0, 1200), Share("lavrov", "title", 6.13, 1)),
    )
    assert _printed(print_results, replace(RESULTS, hits=(hit,))).splitlines()[4:] == [
        "     +5 copies in 4 sources",
        "     a1",
        "     9.130  score",
        "     6.130  lavrov  title  1×",
        "     3.000  lavrov  body   1,200×",
    ]


def test_a_later_page_numbers_on_and_names_the_next() -> None:
    results = replace(RESULTS, total=1234, page=3, size=20, next_cursor="c")
    lines = _printed(print_results, results).splitlines()
    assert lines[0] == "1,234 articles for lavrov · 41 to 41 shown · 1.9 ms"
    assert lines[2] == " 41. Lavrov meets Biden"
    assert lines[-1] == "Page 3 of 62; the next one: add --page 4"


def test_counts_alone_say_how_to_see_hits() -> None:
    results = replace(RESULTS, total=5, hits=(), size=0, next_cursor=None)
    assert _printed(print_results, results).splitlines()[-1] == "Add --size 20 to see hits."


def test_nothing_found_says_why_and_what_else() -> None:
    results = SearchResults(
        "lavrof",
        "lavrof",
        0,
        took_ms=0.4,
        warnings=(QueryWarning("unbalanced", "The quote was closed at the end."),),
        did_you_mean=Suggested("lavrov", 1200),
        diagnosis=Diagnosis(
            (ClauseCount("lavrof", 0),),
            (ClauseCount("source: SANA", 1, "source", "SANA"),),
            (ClauseCount("a AND b", 2),),
            ClauseCount("a b lavrof", 7),
        ),
    )
    assert _printed(print_results, results) == (
        "Note: The quote was closed at the end.\n"
        "0 articles for lavrof · 0.4 ms\n"
        "Did you mean lavrov? (1,200 articles)\n"
        "        0 articles  lavrof alone\n"
        "         1 article  without the filter source: SANA\n"
        "        2 articles  a AND b together\n"
        "        7 articles  some of the words a b lavrof"
    )


def test_what_was_corrected_is_said_above_the_results() -> None:
    results = SearchResults("lavrof", "lavrov", 1200, size=0, took_ms=0.4, corrected=Suggested("lavrov", 1200))
    assert _printed(print_results, results).startswith(
        "1,200 articles for lavrov · 0.4 ms\n"
        "Nothing was found for lavrof; these are the results for lavrov. To search as typed, add --no-spellcheck.\n"
    )


def test_facets_stand_in_columns_and_dates_as_a_line() -> None:
    months = tuple(Bucket(f"2021-{month:02d}", count) for month, count in ((8, 1), (9, 0), (10, 80)))
    facets = {
        "published": Facet("published", months, 3, 2, "month"),
        "source": Facet("source", (Bucket("SANA", 1200, selected=True), Bucket("TASS", 0, excluded=True)), 14, 3),
        "place": Facet("place", (), 0),
        "translated_from": Facet("translated_from", (Bucket("x" * 40, 1),), 1),
    }
    printed = _printed(print_results, replace(RESULTS, hits=(), facets=facets, size=1))
    assert printed.splitlines()[2:] == [
        "published  2021-08 ▁ █ 2021-10  by month, most in 2021-10: 80; 2 undated",
        "source       14   translated from            1",
        "+ SANA    1,200     xxxxxxxxxxxxxxxxxxxxxxx… 1",
        "- TASS        0",
        "  12 more",
        "  (none)      3",
    ]


def test_a_long_archive_is_drawn_in_few_bars() -> None:
    days = tuple(Bucket(f"day {number}", number % 7) for number in range(600))
    printed = _printed(
        print_results, replace(RESULTS, facets={"published": Facet("published", days, 600, 0, "day")}), width=300
    )
    line = next(line for line in printed.splitlines() if line.startswith("published"))
    assert 50 < len(line.split("day 0 ")[1].split(" day 599")[0]) <= 60


def test_an_article() -> None:
    assert _printed(print_article, ARTICLE) == (
        "Lavrov meets Biden\n"
        "In Geneva.\n"
        "\n"
        "Lavrov met Biden.\n"
        "\n"
        "They spoke.\n"
        "\n"
        "id            a1\n"
        "published     2021-10-14T11:15:48Z (zone stated: +03:00)\n"
        "source        SANA\n"
        "category      News/Politics\n"
        "language      en\n"
        "author        A. Writer; B. Writer\n"
        "topic         Talks; Diplomacy\n"
        "person        Sergey Lavrov\n"
        "place         Geneva\n"
        "url           https://example.org/1"
    )


def test_an_article_without_title_and_date() -> None:
    assert _printed(print_article, Article("h-1", body="Text.")) == (
        "(untitled)\n\nText.\n\nid            h-1\npublished     undated"
    )


def test_a_day_has_no_zone() -> None:
    day = replace(ARTICLE, published=Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY, "+03:00"))
    assert "published     2021-10-14\n" in _printed(print_article, day)


def test_stats() -> None:
    stats = ArchiveStats(1234, 2, "2021-01-01", "2021-10-14", 7, 3, 1_234_567, {"source": 12}, {"en": 1200}, "whoosh")
    assert _printed(print_stats, "The Gazette", "news", stats) == (
        "The Gazette\n"
        "articles        1,234 (2 undated)\n"
        "published       2021-01-01 to 2021-10-14\n"
        "languages       en 1,200\n"
        "source          12 distinct\n"
        "index           news (whoosh, 3 segments, generation 7)\n"
        "size            1.2 MB"
    )


def test_stats_say_what_is_found_in_each_language() -> None:
    taggers = {"de": "crf", "en": "crf", "en-GB": "crf", "ru": "natasha", "sw": "gazetteer", "uk": "gazetteer"}
    stats = ArchiveStats(2, 0, "2021-01-01", "2021-10-14", 7, 3, 1_000, taggers=taggers)
    assert (
        "entities        de: people, places, known places and institutions (crf); "
        "en, en-GB: people, organisations, places (crf); ru: people, organisations, places (natasha); "
        "sw, uk: known places and institutions only, no people\n"
    ) in _printed(print_stats, "G", "n", stats)


def test_stats_count_dates_of_the_future() -> None:
    stats = ArchiveStats(2, 0, "2021-01-01", "2021-10-14", 7, 3, 1_000, future=1)
    assert "published       2021-01-01 to 2021-10-14 (1 dated in the future)\n" in _printed(
        print_stats, "G", "n", stats
    )


def test_text_that_steers_terminals_is_shown_harmless_and_keeps_its_length() -> None:
    hostile = "a\x1b]0;title\x07b\x9bc\u202ed\te\n"
    assert printable(hostile) == "a\ufffd]0;title\ufffdb\ufffdc\ufffdd\te\n"
    article = replace(ARTICLE, title="\x1b[31mred", summary="\x07", source="\x1b[2J", category="\x9b")
    for show, value in (
        (print_article, article),
        (print_results, replace(RESULTS, hits=(replace(HIT, article=article),))),
    ):
        assert not set("\x1b\x07\x9b") & set(_printed(show, value))


def test_square_brackets_are_text_and_no_markup() -> None:
    article = replace(ARTICLE, title="[bold]Not[/bold] :smile:")
    assert _printed(print_article, article).startswith("[bold]Not[/bold] :smile:\n")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (counted(1, "copy", "copies"), "1 copy"),
        (counted(0, "copy", "copies"), "0 copies"),
        (counted(12345, "article"), "12,345 articles"),
        (size(1), "1 byte"),
        (size(999), "999 bytes"),
        (size(1000), "1.0 kB"),
        (size(3_400_000), "3.4 MB"),
        (size(5_000_000_000_000), "5.0 TB"),
        (duration(4.24), "4.2 s"),
        (duration(59.2), "59 s"),
        (duration(59.7), "1 min 0 s"),
        (duration(200), "3 min 20 s"),
        (duration(7500), "2 h 5 min"),
    ],
)
def test_numbers_in_words(given: str, expected: str) -> None:
    assert given == expected
