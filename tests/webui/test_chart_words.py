"""The lines of the comparison in words: highest, lowest, gaps."""

from datetime import UTC, datetime

from indexer.article import Article, Precision, Published
from tests.webui.page import get
from tests.webui.site import make_client


def test_the_chart_is_described() -> None:
    def article(id: str, month: int, title: str) -> Article:
        return Article(id, title=title, published=Published(datetime(2021, month, 5, tzinfo=UTC), Precision.DAY))

    articles = [
        article("a", 1, "fig"), article("b", 2, "fig"), article("c", 2, "fig"), article("d", 3, "plum"),
        article("e", 6, "plum"),
    ]  # fmt: skip
    page = get(make_client(articles), "/compare?q=fig&q=plum&from=2021-01&to=2021-06")
    (chart,) = page.all("//svg[@role='img']")
    assert (chart.get("aria-labelledby"), chart.get("aria-describedby")) == ("chart-caption", "chart-says")
    assert page.texts("//ul[@id='chart-says']/li") == [
        "“fig”: From January 2021 to June 2021; most in February 2021: 2 articles; fewest in March 2021: 0 articles. "
        "Nothing archived from: April 2021 to May 2021.",
        "“plum”: From January 2021 to June 2021; most in March 2021: 1 article; fewest in January 2021: 0 articles. "
        "Nothing archived from: April 2021 to May 2021.",
    ]
