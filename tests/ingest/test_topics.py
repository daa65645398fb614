"""Topics, keywords and tags of every kind of record -> the field `topic`."""

from typing import Any

import pytest

from indexer.config import Config
from indexer.ingest.normalise import Preparer
from indexer.ingest.topics import LONGEST_TOPIC, MOST_TOPICS, topics
from tests.ingest.conftest import Building

PREPARE = Preparer(Config())


def of(value: Any) -> tuple[str, ...]:
    return topics([(0, "tags", value)], [], {})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Energy", ("Energy",)),
        ("Energy, Oil ,gas", ("Energy", "Oil", "gas")),
        ("Energy; Oil, gas and coal", ("Energy", "Oil, gas and coal")),
        ("اقتصاد، نفط", ("اقتصاد", "نفط")),
        ("经济，石油", ("经济", "石油")),
        ("['Energy', 'Oil']", ("Energy", "Oil")),
        ("#Budget", ("Budget",)),
        (["Oil, gas and coal", "Energy"], ("Oil, gas and coal", "Energy")),
        (["Energy, Oil"], ("Energy", "Oil")),
        ([{"name": "Energy", "id": 4}, {"term": "Oil"}], ("Energy", "Oil")),
        ([{"id": "x/energy", "webTitle": "Energy"}], ("Energy",)),
        (["energy", "Energy", "ENERGY"], ("energy",)),
        ([12, 55], ()),
        ("https://x.example/tag", ()),
        ("", ()),
        (None, ()),
        (["x" * (LONGEST_TOPIC + 1)], ()),
        ([f"t{n}" for n in range(MOST_TOPICS + 9)], tuple(f"t{n}" for n in range(MOST_TOPICS))),
    ],
)
def test_loose_values(value: Any, expected: tuple[str, ...]) -> None:
    assert of(value) == expected


def test_all_names_count_and_the_category_stays() -> None:
    article = PREPARE(
        {"title": "T", "tags": ["Ferries"], "keywords": "harbour, Ferries", "subject": "Trade", "section": "News"}
    )
    assert (article.category, article.topic) == ("News", ("Ferries", "harbour", "Trade"))
    assert article.extra == {}


def test_categories_beyond_the_first_are_topics() -> None:
    article = PREPARE({"title": "T", "categories": ["News > Local", "Ferries", "Harbour"]})
    assert (article.category, article.topic) == ("News/Local", ("Ferries", "Harbour"))


def test_what_says_more_than_a_name_is_kept_besides() -> None:
    tags = [{"name": "Ferries", "url": "https://x.example/ferries"}]
    article = PREPARE({"title": "T", "tags": tags, "keywords": [7, 9]})
    assert (article.topic, article.extra) == (("Ferries",), {"tags": tags, "keywords": [7, 9]})


def test_a_table_and_a_name_of_the_configuration(building: Building) -> None:
    building.limits(field_aliases={"rubrieken": "topic"})
    building.write("a.csv", 'title,text,tags,rubrieken\nOne,Text,"Oil;Gas",Kust\nTwo,Text,,\n')
    building.run()
    assert [article.topic for article in building.articles] == [("Kust", "Oil", "Gas"), ()]


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:tag' content='Ferries'><meta property='article:tag' content='Harbour, quay'>",
        "<meta name='keywords' content='Ferries; Harbour, quay'>",
        "<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "T", "keywords": ["Ferries", "Harbour, quay"]}</script>',
    ],
)
def test_a_page(building: Building, head: str) -> None:
    prose = "The ferry sailed again on Thursday after two years of repairs, the harbour said. " * 9
    building.write("a.html", f"<html><head><title>T</title>{head}</head><body><article><p>{prose}</p></article></body>")
    building.run()
    (article,) = building.articles
    assert article.topic == ("Ferries", "Harbour, quay")


def test_nitf(building: Building) -> None:
    building.write(
        "a.xml",
        """<nitf><head><title>Ferry sails</title><tobject><tobject.subject tobject.subject.type="Transport"
        tobject.subject.matter="Shipping"/></tobject><docdata><doc-id id-string="n-1"/><key-list><keyword key="ferry"/>
        </key-list></docdata></head><body><body.head><hedline><hl1>Ferry sails</hl1></hedline></body.head><body.content>
        <p>It sailed.</p><media media-type="image"><media-reference source="https://kna.example/ferry.jpg"/>
        <media-caption>The ferry</media-caption><media-producer>Bo Chen</media-producer></media></body.content></body>
        </nitf>""",
    )
    building.run()
    (article,) = building.articles
    assert (article.category, article.topic) == (None, ("Transport", "Shipping", "ferry"))
    assert article.extra["image"] == {
        "url": "https://kna.example/ferry.jpg", "caption": "The ferry", "credit": "Bo Chen",
    }  # fmt: skip
