"""The page of an article is made of what it is given, whatever the day and the site's settings are."""

from datetime import date

from flask import Flask

from indexer.article import Article
from webui.presenters.article import article_page


def test_the_citation_names_the_archive_and_the_day_it_is_given(app: Flask) -> None:
    with app.test_request_context():
        page = article_page(Article("a", title="Fig"), {}, archive_name="The Morgue", today=date(2001, 2, 3))
    assert "The Morgue" in page.citation
    assert "2001-02-03" in page.citation
    assert "The Morgue" in page.data
