"""What an article says of itself in other languages, and the names by which articles refer to each other."""

import pytest

from indexer.article import Article
from indexer.same_work import MOST_LINKS, Ties, links_of, marks_of, name_of, ties_of


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("http://www.wire.example/a/?utm_source=x", "https://wire.example/a"),
        ("https://web.archive.org/web/20240721101010/http://wire.example/a/", "https://wire.example/a"),
        ("https://web.archive.org/web/20240721101010id_/https://wire.example/a", "https://wire.example/a"),
        (" urn:newsml:wire:1 ", "urn:newsml:wire:1"),
        ("https://[", "https://["),
    ],
)
def test_addresses_and_ids_have_one_form(stated: str, name: str) -> None:
    assert name_of(stated) == name


def test_ties_are_read_from_fields_and_from_what_no_field_holds() -> None:
    article = Article(
        "7",
        url="http://wire.example/en/1",
        source="Wire",
        original_url="https://wire.example/ru/1/",
        extra={
            "original_id": "urn:wire:1",
            "workTranslation": [
                {"@type": "NewsArticle", "url": "https://wire.example/fr/1"},
                "https://wire.example/de/1",
            ],
            "hreflang": {"es": "https://wire.example/es/1", "en": "https://wire.example/en/1", "x": 7},
            "translation_key": "k7",
            "tnid": True,
            "other": "https://wire.example/none",
        },
    )
    assert ties_of(article) == Ties(
        own=frozenset({"7", "https://wire.example/en/1"}),
        originals=frozenset({"https://wire.example/ru/1", "urn:wire:1"}),
        translations=frozenset({"https://wire.example/fr/1", "https://wire.example/de/1"}),
        alternates=frozenset({"https://wire.example/es/1"}),
        groups=frozenset({"wire\x1fk7"}),
    )
    assert links_of(article)[:2] == ("https://wire.example/ru/1/", "urn:wire:1")
    assert [mark[:2] for mark in marks_of(article)] == ["of", "of", "to", "to", "to", "in", "is"]


def test_an_article_that_says_nothing_has_no_marks() -> None:
    assert marks_of(Article("https://wire.example/a", url="http://www.wire.example/a/")) == []


def test_there_is_an_end_to_links() -> None:
    many = [f"https://wire.example/{number}" for number in range(500)]
    article = Article("a", extra={"translations": many, "alternates": [[[[["https://wire.example/deep"]]]]]})
    assert len(ties_of(article).alternates) == MOST_LINKS
    assert len(links_of(article)) == MOST_LINKS
