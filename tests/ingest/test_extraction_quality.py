"""How much of a saved page's true article is found, with floors that are never lowered silently.

The figures of the last measurement stand in docs/formats.md.
"""

from pathlib import Path
from statistics import mean

import pytest

from indexer.ingest.dates import parse_date
from indexer.ingest.page import page_fields
from indexer.ingest.raw import Page
from indexer.rejection import Rejected

from .quality import Known, fundus, scrapinghub, shingle_score, token_f1, words

pytestmark = [pytest.mark.data, pytest.mark.slow]


def found(known: Known) -> dict[str, object]:
    try:
        return page_fields(Page(known.markup, known.url))
    except Rejected:
        return {}


def test_bodies_of_the_benchmark_pages(data: Path) -> None:
    pairs = [(known.body, str(found(known).get("body", ""))) for known in scrapinghub(data)]
    assert len(pairs) == 181
    tokens = mean(token_f1(true, got) for true, got in pairs)
    shingles, precision, recall = shingle_score(pairs)
    print(f"\nscrapinghub: token F1 {tokens:.4f}, shingle F1 {shingles:.3f} = {precision:.3f} and {recall:.3f}")
    assert tokens >= 0.973
    assert shingles >= 0.972


def test_pages_of_forty_countries(data: Path) -> None:
    body, title, dates, authors = [], [], [], []
    for known in fundus(data):
        fields = found(known)
        body.append(token_f1(known.body, str(fields.get("body", ""))))
        title.append(token_f1(known.title or "", str(fields.get("title", ""))))
        authors.append(_names_f1(known.authors, fields.get("author", ())))
        if known.published:
            dates.append(_same_time(known.published, fields.get("published")))
    print(
        f"\nfundus: body {mean(body):.4f}, title {mean(title):.4f}, date {mean(dates):.4f}, author {mean(authors):.4f}"
    )
    assert len(body) == 257
    assert mean(body) >= 0.960
    assert mean(title) >= 0.943
    assert mean(dates) >= 0.955
    assert mean(authors) >= 0.85


def _names_f1(true: tuple[str, ...], got: object) -> float:
    wanted = {tuple(words(name)) for name in true}
    named = {tuple(words(name)) for name in got} if isinstance(got, list) else set()
    return 2 * len(wanted & named) / (len(wanted) + len(named)) if wanted or named else 1.0


def _same_time(true: str, got: object) -> bool:
    """Within a minute, or on the day where the page states no time."""
    wanted, stated = parse_date(true), parse_date(got, "en")
    if wanted is None or stated is None:
        return False
    apart = abs((wanted.instant - stated.instant).total_seconds())
    return apart <= (60 if stated.precision == "second" else 86_400)
