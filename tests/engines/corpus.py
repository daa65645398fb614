"""Some forty short articles with answers that can be counted by hand. What each is for stands beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from indexer.article import Article, Entity, EntityKind, Mention, Precision, Published
from indexer.rejection import Rejected

NEWS, POLITICS, SPORT = "News", "News/Politics", "Sport"


def on(text: str | None) -> Published | None:
    """`2021-10-14T11:15:48`, `2021-10-14`, `2021-10`, `2021` or None as a date of publication."""
    if text is None:
        return None
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(len(text), Precision.SECOND)
    filled = text + "0001-01-01T00:00:00"[len(text) :]
    return Published(datetime.fromisoformat(filled).replace(tzinfo=UTC), precision)


def addressed(articles: Iterable[Article]) -> list[Article]:
    """Articles with an address for each id, so that those of one id are versions of one, whatever they say."""
    return [replace(each, url=f"https://addressed.example/{each.id}").with_hash() for each in articles]


def article(
    id: str,
    title: str,
    body: str,
    published: str | None,
    source: str | None = "SANA",
    category: str | None = POLITICS,
    language: str | None = "en",
    *,
    summary: str = "",
    people: tuple[str, ...] = (),
    organisations: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    entities: tuple[Entity, ...] = (),
    author: tuple[str, ...] = (),
    topic: tuple[str, ...] = (),
    collection: tuple[str, ...] = (),
    extra: Mapping[str, Any] | None = None,
    translated_from: str | None = None,
    url: str | None = None,
) -> Article:
    named: list[tuple[EntityKind, tuple[str, ...]]] = [
        ("person", people),
        ("organisation", organisations),
        ("place", places),
    ]
    given = tuple(Entity(kind, name, given=True) for kind, names in named for name in names)
    return Article(
        id=id,
        title=title,
        summary=summary,
        body=body,
        published=on(published),
        source=source,
        category=category,
        language=language,
        translated_from=translated_from,
        author=author,
        topic=topic,
        collection=collection,
        extra=extra or {},
        url=url,
        entities=(*given, *entities),
    ).with_hash()


def prepare(item: Article | str) -> Article:
    """What the writers of these tests are given: articles pass, texts are rejected."""
    if isinstance(item, str):
        raise Rejected("not-an-article", "a text is no article", item[:200])
    return item


LAVROV, BIDEN, PUTIN, MERKEL = "Sergey Lavrov", "Joe Biden", "Vladimir Putin", "Angela Merkel"

ARTICLES: tuple[Article, ...] = (
    # Lavrov: six articles. "lavrov" stands in the title of a1 and a2, in the body of a3 to a6.
    article(
        "a1",
        "Lavrov meets ministers in Damascus",
        "The foreign ministers spoke about the Normandy group.",
        "2021-10-14T11:15:48",
        people=(LAVROV,),
        places=("Damascus",),
        summary="Foreign ministers meet.",
        url="https://sana.sy/en/lavrov-meets-ministers",
        author=("Ruaa Jazaeri", "Hala Zain"),
        topic=("Normandy Format", "Diplomacy"),
        collection=("wire agencies", "Levant"),
        extra={"Print_Edition": "Late city edition", "page": 12, "geo": {"city": "Genève", "near": ["Lyon", "Annecy"]}},
    ),
    article(
        "a2",
        "Lavrov: no progress on Minsk",
        "There was no progress, he said.",
        "2021-10-14T09:00:00",
        "TASS",
        people=(LAVROV,),
        places=("Minsk",),
        author=("Hala Zain",),
        topic=("diplomacy",),
        collection=("wire agencies",),
        extra={"print edition": ["Early", "Editions"], "dc:page": "A12", "live": True},
    ),
    article(
        "a3",
        "Biden speaks to Lavrov's deputy",
        "President Biden and Lavrov did not meet. Biden left early.",
        "2021-10-13",
        "TASS",
        people=(BIDEN, LAVROV),
        organisations=("White House",),
    ),
    article(
        "a4",
        "A quiet week",
        "Lavrov went home. The minister rested, and the group of Normandy states waited.",
        "2021-11-02",
        "Al Jazeera",
        people=(LAVROV,),
    ),
    article(
        "a5",
        "Gas prices",
        "Gas is dear. Experts named Lavrov and, much later and after long talks elsewhere, Biden.",
        "2021-12-31T23:59:59",
        "Al Jazeera English",
        NEWS + "/Economy",
        # Found once each by a tagger, and in the body alone: searchable, but in no facet.
        entities=(
            Entity("person", LAVROV, (Mention(27, 33),)),
            Entity("person", BIDEN, (Mention(85, 90),)),
        ),
    ),
    article("a6", "Undated talks", "Lavrov again.", None, None, None, people=(LAVROV,)),
    # Words in their forms.
    article("w1", "Minister of health resigns", "The minister resigned.", "2020-01-01", "Gazette", NEWS),
    article("w2", "Ministers of health resign", "The ministers resigned.", "2020-01-02", "Gazette", NEWS),
    article("w3", "Ministry of health closes", "The ministry closed its doors.", "2020-01-03", "Gazette", NEWS),
    article("w4", "G-20 opens", "The g-20 summit opened. The U.S. sent O'Brien.", "2020-02-01", "Gazette", NEWS),
    article("w5", "Twenty opens", "Gate 20 of the G train opened, and so did us.", "2020-02-02", "Gazette", NEWS),
    article("w6", "Kyiv or Kiev", "Both Kyiv and Kiev are written.", "2020-02-29", "Gazette", NEWS),
    # Order and distance of words.
    article("p1", "One", "alpha beta gamma", "2019-05-01", "Order", SPORT),
    article("p2", "Two", "alpha one beta gamma", "2019-05-02", "Order", SPORT),
    article("p3", "Three", "beta alpha gamma", "2019-05-03", "Order", SPORT),
    article("p4", "Four", "alpha one two three beta", "2019-05-04", "Order", SPORT),
    article("p5", "alpha", "beta", "2019-05-05", "Order", SPORT),
    article("p6", "Six", "alpha alpha", "2019-05-06", "Order", SPORT),
    # Relevance: often, once, in a long text, in the title.
    article("r1", "Tulips", "Nothing of note in here.", "2018-01-01", "Rank", SPORT),
    article("r2", "Field", "tulip of tulip in here", "2018-01-02", "Rank", SPORT),
    article("r3", "Field", "tulip of note in here", "2018-01-03", "Rank", SPORT),
    article("r4", "Field", "tulip " + "of note in here and there " * 10, "2018-01-04", "Rank", SPORT),
    # Equal but for date and id: newest first, undated last, then by id.
    article("t1", "Same", "saffron market", "2017-03-01T10:00:00", "Ties", "Sport/Chess"),
    article("t3", "Same", "saffron market", "2017-03-01T12:00:00", "Ties", "Sport/Chess"),
    article("t2", "Same", "saffron market", "2017-03-01T12:00:00", "Ties", "Sport/Chess"),
    article("t4", "Same", "saffron market", None, "Ties", "Sport/Chess"),
    article("t5", "Same", "saffron market", None, "Ties", "Sport/Chess"),
    # Languages.
    article(
        "l1",
        "Les ministres européens à Genève",
        "Les négociations continuent à l'hôtel.",
        "2022-06-01",
        "Le Courrier",
        "Actualités",
        "fr",
        places=("Genève",),
    ),
    article("l2", "Переговоры в Женеве", "Министры продолжили переговоры.", "2022-06-02", "ТАСС", "Новости", "ru"),
    article("l3", "وزير الخارجية يزور دمشق", "أحمد الوزير وصل إلى دمشق اليوم.", "2022-06-03", "سانا", "سياسة", "ar"),
    article("l4", "北京大学的新闻", "北京大学今天开学，学生很多。", "2022-06-04", "新华社", "新闻", "zh"),
    article("l5", "Straße gesperrt", "Die Straße nach Köln ist gesperrt.", "2022-06-05", "Bote", "Nachrichten", "de"),
    article(
        "l6",
        "The hotel in Geneva",
        "A café served GENÈVE water.",
        "2022-06-06",
        "Bote",
        NEWS,
        "en-GB",
        translated_from="fr-CH",
    ),
    # Values that are hard on keyword fields.
    article("k1", "Key", "quince", "2016", "Al Jazeera", "News", None, organisations=("European Union",)),
    article("k2", "Key", "quince", "2016-05", "al jazeera", "News/World", None, organisations=("Union of Soviets",)),
    article("k3", "Key", "quince", "2016-05-20", "Jazeera", "Newsroom", None, organisations=("European Union", "UN")),
    article("k4", "Key", "quince", "2016-12-31", None, "News/World/Asia", None, people=(MERKEL, PUTIN)),
    # 14 October of several years.
    article("d1", "Anniversary", "fig", "1999-10-14", "Calendar", None),
    article("d2", "Anniversary", "fig", "2009-10-14", "Calendar", None),
    article("d3", "Anniversary", "fig", "2009-10-15", "Calendar", None),
    article("d4", "", "", "2004-02-29", None, None, None),  # with nothing to read
)

IDS = tuple(sorted(each.id for each in ARTICLES))
