"""The lines of the comparison in words: highest, lowest, gaps."""

from datetime import UTC, datetime

from indexer.article import Article, Precision, Published
from tests.webui.page import get
from tests.webui.site import make_client
from webui.charts import Extremes, extremes


def test_highest_and_lowest_are_the_first_of_equals() -> None:
    assert extremes([1, 5, 0, 5, 0]) == Extremes(1, 2, ())
    assert extremes([3]) == Extremes(0, 0, ())


def test_gaps_are_runs() -> None:
    assert extremes([None, 2, None, None, 1, None]) == Extremes(1, 4, ((0, 0), (2, 3), (5, 5)))
    assert extremes([None, None]) is None
    assert extremes([]) is None


def test_the_chart_is_described() -> None:
    def article(id: str, month: int, title: str) -> Article:
        return Article(id, title=title, published=Published(datetime(2021, month, 5, tzinfo=UTC), Precision.DAY))

    articles = [
        article("a", 1, "fig"), article("b", 2, "fig"), article("c", 2, "fig"), article("d", 3, "plum"),
        article("e", 6, "plum"),
    ]  # fmt: skip
    page = get(make_client(articles), "/compare?q=fig&q=plum&from=2021-01&to=2021-06")
    (chart,) = page.all("//svg[@role='img']")
    assert (chart.get("aria-labelledby"), chart.get("aria-describedby")) == ("chart-caption", "chart-description")
    assert page.one("//p[@id='chart-description']") == (
        "“fig”: highest February 2021 (2), lowest March 2021 (0). Nothing archived: April 2021 to May 2021. "
        "“plum”: highest March 2021 (1), lowest January 2021 (0). Nothing archived: April 2021 to May 2021."
    )
    shares = get(make_client(articles), "/compare?q=fig&from=2021-01&to=2021-06&as=share")
    assert shares.one("//p[@id='chart-description']").startswith(
        "“fig”: highest January 2021 (100%), lowest March 2021 (0%)."
    )
