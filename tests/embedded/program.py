"""A program that embeds an archive and uses all that `indexer` offers; `tests/test_embedding.py` types and runs it.

A `type: ignore` marks a mistake that a type checker must find: one that it does not find is itself an error.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from indexer import (
    Archive,
    ArchiveClosed,
    ArchiveStats,
    Article,
    ArticleFields,
    Bucket,
    BuildReport,
    CheckReport,
    Config,
    DateRange,
    EntitiesConfig,
    Evidence,
    Facet,
    FacetPage,
    Hit,
    ItemsRejected,
    Period,
    ProgressEvent,
    Published,
    QueryWarning,
    Reject,
    SearchOptions,
    SearchRequest,
    SearchResults,
    Snippet,
    Sort,
    Suggestion,
    WriteCounts,
    WrongType,
    WrongValue,
    __version__,
    open_archive,
)


@dataclass
class Memo:
    """What another program has: no article, but its fields are named as those of files may be."""

    headline: str
    text: str
    date: datetime
    publisher: str = "Desk"


def write(archive: Archive, folder: Path) -> None:
    """Everything that changes an archive."""
    heard: list[ProgressEvent] = []
    report: BuildReport = archive.build(folder, heard.append, entities=False)
    assert (report.new, [skipped.path for skipped in report.skipped_files]) == (1, [])
    articles = [Article("a", "Bridge", body="The wooden bridge.", source="Gazette")]
    counts: WriteCounts = archive.add([*articles, {"title": "Mapping", "date": date(2024, 3, 5)}, {"text": ""}])
    (reject,) = counts.rejected
    assert isinstance(reject, Reject)
    assert (counts.new, reject.origin.record, reject.reason) == (2, 3, "empty")
    assert archive.add(Memo("Memo", "Of a dataclass.", datetime(2024, 3, 6, 12))).new == 1
    refused: tuple[Reject, ...] = ()
    try:
        archive.add([{"text": ""}], strict=True)
    except ItemsRejected as why:
        refused = why.rejected
    assert [each.reason for each in refused] == ["empty"]
    archive.update("a", category="News")
    changes: ArticleFields = {"author": ["Ann Lee"], "published": datetime(2024, 3, 7, 9)}
    after: Article = archive.update("a", **changes)
    assert (after.author, after.body, len(after.versions)) == (("Ann Lee",), "The wooden bridge.", 3)
    assert archive.remove("nobody") == 0
    archive.optimize()


def read(archive: Archive) -> None:
    """Everything that asks."""
    options: SearchOptions = {"facets": ["source", "published"], "from_": date(2020, 1, 1), "sort": Sort.NEWEST}
    results: SearchResults = archive.search("bridge", **options)
    assert results
    assert (len(results), results.total, [hit.id for hit in results]) == (1, 1, ["a"])
    hit: Hit = results[0]
    rest: tuple[Hit, ...] = results[1:]
    snippet: Snippet = hit.snippets[0]
    facet: Facet = results.facets["source"]
    bucket: Bucket = facet.buckets[0]
    warnings: tuple[QueryWarning, ...] = results.warnings
    assert (rest, snippet.text, bucket.value, warnings) == ((), "The wooden bridge.", "Gazette", ())
    assert repr(results) == "<SearchResults: 1 of 1 article for 'bridge'>"
    assert "<table>" in results._repr_html_()
    page: FacetPage = archive.facet_values("source", order="name", limit=10)
    assert [value.count for value in page.buckets] == [1, 1, 1]
    evidence: Evidence = archive.evidence("person", "Ann Lee")
    offers: list[Suggestion] = archive.suggest("gaz")
    assert (evidence.name, [offer.text for offer in offers]) == ("Ann Lee", ["Gazette"])
    request: SearchRequest = archive.request("bridge", source="Gazette").with_dates(DateRange(Period(2024)))
    assert [article.id for article in archive.scan(request)] == ["a"]
    whole: Article = archive.get("a")
    several: list[Article | None] = archive.get_many(["a", "b"])
    assert several == [whole, None]
    published: Published | None = whole.published
    assert published is not None
    assert Article.from_dict(whole.to_dict()) == whole
    every: Iterator[Article] = iter(archive)
    assert sorted(article.title for article in every) == ["Bridge", "File", "Mapping", "Memo"]
    stats: ArchiveStats = archive.stats()
    check: CheckReport = archive.check()
    assert (len(archive), "a" in archive, stats.articles, list(check.problems)) == (4, True, 4, [])
    assert archive.highlight(whole, "wooden")["body"] == ((4, 10),)
    assert (archive.related("a"), archive.copies("a")) == ([], [])


def slip(archive: Archive) -> None:
    """Mistakes that raise at once, most of which a type checker finds before."""
    slips = (
        lambda: archive.search(None),  # type: ignore[arg-type]
        lambda: archive.search("x", sauce="y"),  # type: ignore[call-arg]
        lambda: archive.search("x", size="10"),  # type: ignore[arg-type]
        lambda: archive.get(17),  # type: ignore[arg-type]
        lambda: archive.facet_values("source", order="value"),  # type: ignore[arg-type]
        lambda: archive.add(["a"]),  # type: ignore[list-item]
        lambda: archive.add(replace(archive.search("bridge")[0].article, category="x")),
        lambda: archive.update("a", titel="x"),  # type: ignore[call-arg]
        lambda: archive.update("a", published="soon"),
    )
    for each in slips:
        caught: WrongType | WrongValue | None = None
        try:
            each()
        except (WrongType, WrongValue) as error:
            caught = error
        assert isinstance(caught, TypeError | ValueError), each


def main(directory: Path) -> None:
    """Build an archive in a directory and ask it."""
    folder = directory / "articles"
    folder.mkdir()
    (folder / "one.json").write_text('{"title": "File", "text": "Of a file.", "publisher": "Herald"}')
    with open_archive(directory / "index", config=Config(entities=EntitiesConfig(enabled=False))) as archive:
        write(archive, folder)
        read(archive)
        slip(archive)
    try:
        archive.search("x")
    except ArchiveClosed:
        print("broadsheet", __version__)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
