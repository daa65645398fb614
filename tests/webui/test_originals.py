"""A translation leads to its original, and an original to its translations."""

from datetime import UTC, datetime

import pytest

from indexer.article import Article, Published
from indexer.browsing.languages import other_languages
from indexer.config import Config
from tests.engines.memory import make_archive
from tests.webui.page import get
from webui import create_app


def on(day: int) -> Published:
    return Published(datetime(2024, 7, day, tzinfo=UTC))


ORIGINAL = Article(
    id="https://paper.example/zh/1",
    url="https://paper.example/zh/1",
    title="北京",
    body="一\n\n二\n\n三",
    language="zh",
    published=on(1),
)
TRANSLATION = Article(
    id="en-1", title="Beijing", body="One\n\nTwo", language="en", translated_from="zh", published=on(2),
    original_url="https://paper.example/zh/1",
)  # fmt: skip
OTHER = Article(
    id="en-2", title="Other", body="Other", language="en", translated_from="zh", published=on(2),
    original_url="https://paper.example/zh/2",
)  # fmt: skip
NUMBERED = Article(
    id="n1", url="https://paper.example/zh/2", title="其他", body="其他", language="zh", published=None,
)  # fmt: skip
ARCHIVE = make_archive([each.with_hash() for each in (ORIGINAL, TRANSLATION, OTHER, NUMBERED)])


@pytest.mark.parametrize(
    ("article", "others"),
    [(TRANSLATION, ["https://paper.example/zh/1"]), (ORIGINAL, ["en-1"]), (OTHER, ["n1"]), (NUMBERED, ["en-2"])],
    ids=lambda each: getattr(each, "id", ""),
)
def test_other_languages_of_an_article(article: Article, others: list[str]) -> None:
    assert [each.id for each in other_languages(ARCHIVE, article)] == others


def test_two_languages_stand_side_by_side() -> None:
    client = create_app(Config(), ARCHIVE).test_client()
    page = get(client, "/article/en-1")
    address = page.link("Read the original beside it (Chinese)")
    beside = get(client, address)
    assert [row.xpath("string(p[1])") for row in beside.all("//div[@class='pair text']")] == ["One", "Two", ""]
    assert [row.xpath("string(p[2])") for row in beside.all("//div[@class='pair text']")] == ["一", "二", "三"]
    assert {p.get("lang") for p in beside.all("//div[@class='pair text']/p[2]")} == {"zh"}
    assert beside.link("Read this text alone") == "/article/en-1"
    assert get(client, "/article/en-1?beside=en-2").all("//div[@class='pair text']") == []
