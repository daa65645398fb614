"""Articles and requests made up at random, the same for the same seed: what engines are compared on."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from indexer.article import Article, Entity, Mention
from indexer.fields import FACET_FIELDS
from indexer.search.moments import MINUTE, Moment
from indexer.search.parser import conjunction, disjunction, negation
from indexer.search.printer import to_text
from indexer.search.query import (
    Added,
    Exact,
    Extra,
    Fuzzy,
    MatchAll,
    Missing,
    Near,
    Node,
    OnDay,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)
from indexer.search.request import MISSING, Arrival, DateRange, Filter, Period, SearchRequest, Sort
from tests.engines.corpus import article

FACETS = tuple(field.name for field in FACET_FIELDS)

WORDS: dict[str | None, list[str]] = {
    "en": (
        "minister ministers ministry minister's meet meets meeting group groups Normandy gas oil prices price priced "
        "talks talk talked summit g-20 U.S. O'Brien Kyiv Kiev border borders closed closing agreement agreed vote"
    ).split(),
    "fr": "ministre ministres réunion groupe pétrole prix l'accord frontière Genève élection élections vote".split(),
    "ru": "министр министры встреча газ нефть цены переговоры граница выборы Киев договор".split(),
    "zh": "北京 上海 G20 lsblk 部长 会议 石油 价格 谈判 边界 选举 协议".split(),
    None: "oil gas summit vote 2021 Kyiv meet xx-12 a b c".split(),
}
SOURCES = (None, "SANA", "TASS", "Al Jazeera", "Al Jazeera English", "Le Monde", "al jazeera")
CATEGORIES = (None, "News", "News/World", "News/World/Asia", "News/Politics", "Sport", "Newsroom")
PEOPLE = ("Sergey Lavrov", "Joe Biden", "Angela Merkel", "Vladimir Putin", "Anna Biden")
ORGANISATIONS = ("European Union", "United Nations", "Union of Writers")
PLACES = ("Genève", "Minsk", "北京", "New York")
AUTHORS = ("Ann Writer", "Bo Scribe")
COLLECTIONS = ("wire agencies", "Levant", "Wires")
TOPICS = ("Energy", "Oil and gas", "energy", "Élections")
EDITIONS = ("Late city", "Early", "late 北京", "city of city")
FIRST_ARRIVAL = datetime(2026, 11, 1, tzinfo=UTC)
FIRST_DAY = date(2018, 12, 20)
DAYS = 1_200


def articles(seed: int, count: int) -> list[Article]:
    """So many articles with ids `g000`, `g001` ..."""
    chance = random.Random(seed)
    return [_article(chance, f"g{number:03d}") for number in range(count)]


def changed(original: Article, seed: int) -> Article:
    """Another article under the same id."""
    return _article(random.Random(f"{original.id} {seed}"), original.id)


def _article(chance: random.Random, id: str) -> Article:
    language = chance.choice(["en", "en", "en-GB", "fr", "ru", "zh", None])
    found = article(
        id,
        _text(chance, language, 0, 5),
        _text(chance, language, 0, chance.choice([10, 60])),
        _date(chance),
        chance.choice(SOURCES),
        chance.choice(CATEGORIES),
        language,
        summary=_text(chance, language, 0, 6) if chance.random() < 0.3 else "",
        people=_some(chance, PEOPLE),
        organisations=_some(chance, ORGANISATIONS),
        places=_some(chance, PLACES),
        author=_some(chance, AUTHORS),
        translated_from=chance.choice([None, None, None, "fr", "zh-CN"]),
        url=f"https://news.example/{id}" if chance.random() < 0.5 else None,
        entities=_in_passing(chance),
        topic=_some(chance, TOPICS),
        collection=_some(chance, COLLECTIONS),
        extra=_extra(chance),
    )
    return replace(found, added=FIRST_ARRIVAL + timedelta(hours=chance.randrange(24 * 30)))


def _extra(chance: random.Random) -> dict[str, Any]:
    """Now and then what no field holds."""
    if chance.random() < 0.6:
        return {}
    return {"edition": chance.choice(EDITIONS), "page": chance.randrange(4), "box": {"seen": [chance.choice(EDITIONS)]}}


def _in_passing(chance: random.Random) -> tuple[Entity, ...]:
    """Now and then a person whom a tagger found, once or twice."""
    if chance.random() < 0.7:
        return ()
    mentions = tuple(Mention(at, at + 5) for at in range(0, chance.choice([6, 12]), 6))
    return (Entity("person", chance.choice(PEOPLE), mentions),)


def _text(chance: random.Random, language: str | None, least: int, most: int) -> str:
    words = WORDS[language.partition("-")[0] if language else None]
    chosen = chance.choices(words, k=chance.randint(least, most))
    if language == "zh":
        return "，".join("".join(chosen[at : at + 4]) for at in range(0, len(chosen), 4))
    return chance.choice([" ", " ", ", "]).join(chosen)


def _date(chance: random.Random) -> str | None:
    if chance.random() < 0.07:
        return None
    day = (FIRST_DAY + timedelta(chance.randrange(DAYS))).isoformat()
    return chance.choice([day, day, f"{day}T{chance.choice(['00:00:00', '12:30:00', '23:59:59'])}", day[:7], day[:4]])


def _some(chance: random.Random, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(chance.sample(values, k=chance.choice([0, 0, 1, 1, 2])))


# Requests


def request(seed: int) -> SearchRequest:
    """A request with all facets."""
    chance = random.Random(seed)
    filters: dict[str, Filter] = {}
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        name = chance.choice(FACETS)
        values = tuple(dict.fromkeys(_value(chance, name) for _ in range(chance.choice([1, 1, 2]))))
        excluded = chance.random() < 0.3
        filters[name] = Filter(name, () if excluded else values, values if excluded else ())
    return SearchRequest(
        query=to_text(_tree(chance, chance.choice([0, 0, 1, 1, 2, 3]))) if chance.random() < 0.9 else "",
        filters=tuple(filters[name] for name in sorted(filters)),
        dates=_dates(chance) if chance.random() < 0.3 else DateRange(),
        sort=chance.choice([Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST]),
        size=100,
        facets=FACETS,
        facet_size=chance.choice([1, 3, 100]),
        explain=True,
        added=_arrival(chance) if chance.random() < 0.2 else Arrival(),
    )


def _arrival(chance: random.Random) -> Arrival:
    """A range of arrival that may be open at one end or both, and end before it begins."""
    return Arrival(*(_arrived(chance) if chance.random() < 0.7 else None for _ in range(2)))


def _arrived(chance: random.Random) -> Period | Moment:
    at = FIRST_ARRIVAL + timedelta(hours=chance.randrange(24 * 30))
    moments = (Moment(at), Moment(at.replace(tzinfo=None), MINUTE), Moment(at.astimezone(timezone(timedelta(hours=9)))))
    ends: list[Period | Moment] = [*moments, Period(at.year, at.month, at.day), Period(at.year, at.month)]
    return chance.choice(ends)


def _value(chance: random.Random, name: str) -> str:
    if chance.random() < 0.15:
        return MISSING
    table: dict[str, Sequence[str | None]] = {
        "source": SOURCES,
        "category": CATEGORIES,
        "language": ("en", "en-GB", "fr", "nowhere"),
        "translated_from": ("fr", "zh-CN"),
        "author": AUTHORS,
        "topic": TOPICS,
        "collection": COLLECTIONS,
        "person": PEOPLE,
        "organisation": ORGANISATIONS,
        "place": PLACES,
        "published": ("2019", "2020", "2020-05", "2021-10", "2021-10-14"),
    }
    return chance.choice(table[name]) or MISSING


def _dates(chance: random.Random) -> DateRange:
    first, last = sorted(FIRST_DAY + timedelta(chance.randrange(DAYS)) for _ in range(2))
    if chance.random() < 0.3:
        last = first + timedelta(20)
    start = chance.choice([None, Period(first.year), Period(first.year, first.month, first.day)])
    return DateRange(start, chance.choice([None, Period(last.year, last.month, last.day)]))


def _tree(chance: random.Random, depth: int) -> Node:
    if depth == 0:
        return _leaf(chance)
    children = [_tree(chance, depth - 1) for _ in range(chance.choice([2, 2, 3]))]
    match chance.randrange(5):
        case 0 | 1:
            return conjunction(*children)
        case 2 | 3:
            return disjunction(*children)
        case _:
            return conjunction(children[0], negation(children[1]))


def _leaf(chance: random.Random) -> Node:
    field = chance.choice([None, None, None, "title", "body", "summary"])
    match chance.randrange(14):
        case 0 | 1 | 2 | 3:
            return Term(_word(chance), field)
        case 4:
            return Phrase(_words(chance), chance.choice([0, 0, 1, 3]), field)
        case 5:
            left, kind = Term(_word(chance), field), chance.choice((Term, Exact))
            right: Term | Exact = kind(_word(chance), field)
            lefts: list[Term | Phrase] = [left, Phrase(_words(chance), 0, field)]
            return Near(chance.choice(lefts), right, chance.choice([0, 2, 9]), field)
        case 6:
            word = chance.choice(["min", "mini", "pri", "tal", "мин", "vot", "bord", "202"])
            patterns: list[Node] = [Prefix(word, field), Wildcard(f"{word[:2]}?*", field), Wildcard("k?*v", field)]
            return chance.choice(patterns)
        case 7:
            return Fuzzy(chance.choice(["ministre", "kiyv", "vottes", "prise", "oill"]), chance.choice([1, 2]), field)
        case 8:
            return Exact(chance.choice([_word(chance), _words(chance)]), field)
        case 9 | 10:
            return _label(chance)
        case 11:
            return Missing(chance.choice([*FACETS, "title", "summary", "body", "url"]))
        case 12:
            if chance.random() < 0.3:
                added = _arrival(chance)
                return Added(added.first, added.last)
            days = _dates(chance)
            return Range(days.first, days.last) if days else OnDay(10, 14)
        case _:
            others: list[Node] = [
                MatchAll(),
                _extra_node(chance),
                Term("news.example", "url"),
                Term("g017", "url"),
                Term("议", field),
            ]
            return chance.choice(others)


def _extra_node(chance: random.Random) -> Node:
    return Extra(chance.choice(("edition", "page", "box")), chance.choice(("", "late", "city", "1", *EDITIONS)))


def _label(chance: random.Random) -> Node:
    name, word = chance.choice(
        [
            ("source", "jazeera"),
            ("source", "sana"),
            ("category", "world"),
            ("category", "News"),
            ("person", "biden"),
            ("person", "lavrov"),
            ("organisation", "union"),
            ("place", "geneve"),
            ("place", "北京"),
            ("language", "en"),
            ("author", "writer"),
            ("topic", "energy"),
        ]
    )
    whole = {"source": "Al Jazeera", "category": "News/World", "person": "Joe Biden"}.get(name, word)
    ways: list[Node] = [
        Term(word, name),
        Phrase(whole, chance.choice([0, 1]), name),
        Exact(whole, name),
        Prefix("bid", name),
        Fuzzy("jazera", 2, name),
        Wildcard("un?on", name),
    ]
    return chance.choice(ways)


def _word(chance: random.Random) -> str:
    return chance.choice(WORDS[chance.choice(list(WORDS))])


def _words(chance: random.Random) -> str:
    words = WORDS[chance.choice(list(WORDS))]
    return " ".join(chance.choices(words, k=chance.choice([2, 2, 3])))
