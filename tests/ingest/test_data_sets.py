"""Every set of real articles beside the repository is read without a crash and with numbers that add up."""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from .conftest import Building

pytestmark = pytest.mark.data

# path, read, new, rejected, skipped: counted once by hand and by eye.
SETS = [
    ("jawhara-fm-arabic.jsonl.gz", 10_157, 10_157, {}, 0),
    ("digital-gov.jsonl.gz", 2_078, 2_078, {}, 0),
    ("lctt-chinese-translations.jsonl.gz", 2_410, 2_408, {}, 0),
    ("wikinews-csv", 295, 295, {}, 2),
    ("relevance/time/docs.jsonl", 423, 423, {}, 0),
    ("feeds", 13, 9, {}, 5),
    ("wire", 81, 53, {"empty": 10}, 25),
]


@pytest.mark.parametrize(("path", "read", "new", "rejected", "skipped"), SETS, ids=[row[0] for row in SETS])
def test_a_set_of_articles(
    building: Building, data: Path, path: str, read: int, new: int, rejected: dict[str, int], skipped: int
) -> None:
    report = building.run(data / path)
    assert (report.read, report.new, report.rejected_by_reason, report.skipped) == (read, new, rejected, skipped)


def test_press_releases(building: Building, data: Path) -> None:
    with gzip.open(data / "senate-press-2004-2008.jsonl.gz") as lines:
        building.write("senate.jsonl", b"".join(islice(lines, 2000)))
    report = building.run()
    assert (report.read, report.new) == (2000, 2000)
    article = building.engine.articles["Akaka/10Feb2006akaka132"]
    assert (article.source, article.category, article.language) == ("Office of Senator Akaka", "Politics/Senate", "en")


def test_arabic_and_chinese_are_told_and_dated(building: Building, data: Path) -> None:
    for name in ("jawhara-fm-arabic", "lctt-chinese-translations"):
        with gzip.open(data / f"{name}.jsonl.gz") as lines:
            building.write(f"{name}.jsonl", b"".join(islice(lines, 500)))
    building.run()
    languages = [article.language for article in building.articles]
    assert languages.count("ar") >= 495
    assert languages.count("zh") >= 495
    assert sum(article.published is None for article in building.articles) <= 5


def test_well_formed_and_broken_web_archives(building: Building, data: Path) -> None:
    for part in ("warcio", "resiliparse", "py-wacz"):
        report = building.run(data / "warc" / part)
        assert report.read > 0
    reasons = {record["reason"] for record in _rejects(building)}
    assert reasons == {"bad_json", "no_article", "truncated", "unsupported_compression"}


def _rejects(building: Building) -> list[dict[str, object]]:
    from indexer.ingest.rejects import read_rejects

    return list(read_rejects(building.index))


@pytest.mark.slow
def test_pages_in_a_web_archive(building: Building, data: Path) -> None:
    report = building.run(data / "warc" / "news-pages.warc.gz")
    assert (report.read, report.new, report.rejected) == (181, 181, 0)


def test_the_demonstration_articles(building: Building) -> None:
    demo = Path(__file__).resolve().parents[2] / "demo" / "articles"
    report = building.run(demo)
    assert report.read >= 130
    assert (report.rejected, report.skipped, report.notes) == (0, 0, {})
    for article in building.articles:
        assert article.title, article.id
        assert article.body, article.id
        assert article.source, article.id
        assert article.language, article.id
    assert sum(article.published is None for article in building.articles) <= 3
