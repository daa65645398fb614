"""The page of a receipt: what was found then, what is found now."""

from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article
from indexer.config import Config
from indexer.rejection import Origin
from tests.engines.memory import make_archive
from tests.webui.page import get
from webui import create_app

ARTICLES = [Article(id=str(n), title=f"Oil {n}", body="oil", source="A").with_hash() for n in range(3)]


def change(archive: Archive, new: list[Article], gone: list[str]) -> None:
    with archive.engine.writer(lambda article: article) as writer:
        for number, article in enumerate(new, 1):
            writer.add(article, Origin("tests", number))
        writer.remove(gone)
        writer.commit()


def issue(client: FlaskClient, query: str) -> str:
    answer = client.get(f"/receipt?{query}")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_receipt_says_what_is_new_and_what_is_gone() -> None:
    archive = make_archive(ARTICLES)
    client = create_app(Config(), archive).test_client()
    results = get(client, "/search?q=oil&source=A&sort=newest&page=1")
    address = issue(client, results.link("Receipt of this search").split("?")[1])
    fresh = get(client, address)
    assert fresh.one("//p[@class='deck']") == "Nothing has changed: the same articles are found."
    assert fresh.texts("//li[contains(@class, 'chip')]") == ["oil", "Source A"]
    change(archive, [Article(id="9", title="Oil again", body="oil", source="A").with_hash()], ["1", "2"])
    later = get(client, address)
    assert later.one("//p[@class='deck']") == "Since then: 1 new, 2 gone."
    assert later.texts("//ol[@class='hits']//h3") == ["Oil again"]
    assert later.texts("//tbody/tr/td") == ["3 articles", "1", "2 articles", "2"]


def test_what_is_no_receipt_is_a_page_that_says_so(client: FlaskClient) -> None:
    page = get(client, "/receipt/nonsense")
    assert page.status == 400
    assert "not the address of a search receipt" in page.text
