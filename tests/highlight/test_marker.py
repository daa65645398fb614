"""A query that is looked for in many articles finds in each what it finds in that one alone."""

import pytest

from indexer.article import Article, Translation
from indexer.engines.shared.marking import QueryMarker
from indexer.highlight import whole_article

ARTICLES = [
    Article("a", "Health care", "", "Healthy people; health-care in re-\nbuilt Zürich. Die Gesundheit.", language="en"),
    Article("b", "Gesundheit", "", "Die Gesundheit der Häuser. A healthy house, zurich.", language="de"),
    Article("c", "صحة", "", "الصحة health في المدينة", language="ar"),
    Article(
        "d", "健康", "", "健康 health 健康保险", translation=Translation("en", "Health", "", "Health insurance", "m")
    ),
    Article("e", "Health", "", "Health again, and health's price."),
]


@pytest.mark.parametrize(
    "query", ["health", "healthcare OR rebuilt", '"health again"', "heal*", "健", "zürich gesundheit"]
)
def test_one_marker_finds_what_a_new_one_for_each_article_finds(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [QueryMarker(query).highlight(article) for article in ARTICLES]
    assert any(marks["body"] for marks in alone)
    shared = QueryMarker(query)
    assert [shared.highlight(article) for article in ARTICLES * 2] == alone * 2
    monkeypatch.setattr(whole_article, "MOST_VERDICTS", 3)
    assert [shared.highlight(article) for article in ARTICLES] == alone
