"""Articles for the tests of the write side, and what a segment says of them in plain words."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from indexer import analysis
from indexer.article import Article, Entity, Mention, Precision, Published
from indexer.engines.shared.extra_words import extra_words
from indexer.engines.whoosh.codec.layout import (
    COLUMNS_OF_MANY,
    EXTRA,
    INVERTED,
    SINGLES,
    STACKED,
    TEXTS,
    lengths_to_bytes,
    unpack_strings,
)
from indexer.engines.whoosh.codec.segment import Segment

WORDS = (
    "minister ministers talks talking summit Kyiv Kyiv's election elected U.S. O'Brien g-20 climate oil 3.5 the a of "
    "größe Straße élection выборы министр انتخابات 选举结果公布 2021 co-operation"
).split()
LANGUAGES = ("en", "fr", "ru", None, "de-AT", "zh")


def make_article(number: int, rng: random.Random, words: int = 30, **changes: Any) -> Article:
    """An article that depends on `number` and the generator alone."""

    def text(count: int) -> str:
        return " ".join(rng.choice(WORDS) + rng.choice(("", "", ".", ",", "\n\n")) for _ in range(count))

    entities = tuple(
        Entity(kind, f"{kind} {rng.randrange(9)}", tuple(Mention(at, at + 3) for at in range(rng.randrange(3))))
        for kind in ("person", "organisation", "place")
        for _ in range(rng.randrange(3))
    )
    published = None
    if rng.random() < 0.9:
        published = Published(
            datetime(rng.randrange(1800, 2030), rng.randrange(1, 13), rng.randrange(1, 29), tzinfo=UTC),
            rng.choice(list(Precision)),
        )
    values: dict[str, Any] = {
        "id": f"id-{number}",
        "title": text(rng.randrange(6)),
        "summary": text(rng.randrange(4)),
        "body": text(rng.randrange(words + 1)),
        "published": published,
        "source": rng.choice(("SANA", "Reuters", "AFP", None)),
        "category": rng.choice(("News", "News/Politics", None)),
        "language": rng.choice(LANGUAGES),
        "translated_from": rng.choice(("ar", None, None)),
        "author": tuple(f"Author {rng.randrange(5)}" for _ in range(rng.randrange(3))),
        "url": f"https://example.org/{number}/the-summit" if rng.random() < 0.7 else None,
        "entities": entities,
        "topic": tuple(f"Topic {number % 4 + n}" for n in range(number % 3)),
        "collection": tuple(f"Collection {number % 3 + n}" for n in range(number % 2)),
        "extra": {"edition": ("Late city", "Early")[number % 2]} if number % 3 else {},
    }
    return Article(**{**values, **changes}).with_hash()


def make_articles(count: int, seed: int = 1, words: int = 30) -> list[Article]:
    """Articles `id-0` to `id-<count - 1>`."""
    rng = random.Random(seed)
    return [make_article(number, rng, words) for number in range(count)]


# Term -> document id -> (position, surface) of each token.
Postings = dict[str, dict[str, list[tuple[int, str | None]]]]


@dataclass(frozen=True)
class Content:
    """Everything a segment says, by id of the article; deleted documents left out."""

    postings: dict[str, Postings]
    lengths: dict[str, dict[str, int]]
    columns: dict[str, dict[str, Any]]
    articles: dict[str, Article]


def expected(articles: Sequence[Article]) -> Content:
    """What a segment of these articles must say, worked out token by token."""
    postings: dict[str, Postings] = {}
    lengths: dict[str, dict[str, int]] = {}
    for field in INVERTED:
        table: Postings = {}
        for article in articles:
            words = analysis.cut(getattr(article, field) or "")
            lengths.setdefault(field, {})[article.id] = int(lengths_to_bytes(np.array([len(words)]))[0])
            found = analysis.index_terms(words, article.language)
            for position, (word, terms) in enumerate(zip(words, found, strict=True)):
                first, *stacked = (term.text for term in terms) if field in TEXTS else (word.text,)
                table.setdefault(first, {}).setdefault(article.id, []).append((position, word.text))
                for term in stacked:
                    table.setdefault(term, {}).setdefault(article.id, []).append((position, STACKED + word.text))
        postings[field] = table
    columns: dict[str, dict[str, Any]] = {}
    for article in articles:
        row: dict[str, Any] = {name: getattr(article, name) for name in SINGLES}
        row["author"] = dict.fromkeys(article.author, False)
        row["topic"] = dict.fromkeys(article.topic, False)
        row["collection"] = dict.fromkeys(article.collection, False)
        row[EXTRA] = dict.fromkeys(extra_words(article), False)
        for kind in ("person", "organisation", "place"):
            named = [entity for entity in article.entities if entity.kind == kind]
            row[kind] = {
                one.name: all(len(other.mentions) < 2 for other in named if other.name == one.name) for one in named
            }
        row["published"] = article.published and (article.published.day, article.published.precision.value)
        row["hash"] = article.content_hash
        columns[article.id] = row
    return Content(postings, lengths, columns, {article.id: article for article in articles})


def content(segment: Segment) -> Content:
    """What a segment says, read array by array the way the format is described."""
    arrays = segment.arrays
    ids = [segment.id(document) for document in range(segment.doc_count)]
    live = [document for document in range(segment.doc_count) if not segment.is_deleted(document)]
    postings = {field: _postings(segment, field, ids) for field in INVERTED}
    lengths = {
        field: {ids[document]: int(arrays[f"{field}.lengths"][document]) for document in live} for field in INVERTED
    }
    columns = {ids[document]: _row(segment, document) for document in live}
    return Content(postings, lengths, columns, {ids[document]: segment.article(document) for document in live})


def _strings(segment: Segment, name: str) -> list[str]:
    arrays = segment.arrays
    return [part.decode() for part in unpack_strings(arrays[f"{name}.bytes"], arrays[f"{name}.offsets"])]


def _postings(segment: Segment, field: str, ids: list[str]) -> Postings:
    """Reads the arrays as the description of the format says, not as the program does: the two are compared."""
    arrays = segment.arrays
    terms = _strings(segment, f"{field}.terms")
    assert [term.encode() for term in terms] == sorted({term.encode() for term in terms})
    starts, offsets = arrays[f"{field}.postings"].tolist(), arrays[f"{field}.positions.offsets"].tolist()
    docs, codes = arrays[f"{field}.docs"].tolist(), arrays[f"{field}.codes"].tolist()
    positions = arrays[f"{field}.positions"].tolist()
    lengths = arrays[f"{field}.lengths"].tolist()
    big = dict(zip(arrays[f"{field}.big.index"].tolist(), arrays[f"{field}.big.tf"].tolist(), strict=True))
    surfaces = _strings(segment, f"{field}.surfaces") if f"{field}.surfaces.starts" in arrays else []
    if surfaces:
        order = arrays[f"{field}.surfaces.sorted"].tolist()
        assert order == sorted(range(len(surfaces)), key=lambda at: (surfaces[at].encode(), at))
    table: Postings = {}
    for number, term in enumerate(terms):
        at = offsets[number]
        found: dict[str, list[tuple[int, str | None]]] = {}
        assert docs[starts[number] : starts[number + 1]] == sorted(set(docs[starts[number] : starts[number + 1]]))
        for posting in range(starts[number], starts[number + 1]):
            assert codes[posting] & 255 == lengths[docs[posting]]
            frequency = big.get(posting, codes[posting] >> 8)
            words = [_word(segment, field, term, number, token, surfaces) for token in range(at, at + frequency)]
            if not segment.is_deleted(docs[posting]):
                found[ids[docs[posting]]] = list(zip(positions[at : at + frequency], words, strict=True))
            at += frequency
        assert at == offsets[number + 1]
        if found:
            table[term] = found
    return table


def _word(segment: Segment, field: str, term: str, number: int, token: int, surfaces: list[str]) -> str | None:
    if not surfaces:
        return term
    begin, end = segment.arrays[f"{field}.positions.offsets"][number : number + 2].tolist()
    first, last = segment.arrays[f"{field}.variants.offsets"][number : number + 2].tolist()
    start, stop = segment.arrays[f"{field}.surfaces.starts"][number : number + 2].tolist()
    assert last - first == (end - begin if stop - start > 1 else 0)
    variant = int(segment.arrays[f"{field}.variants"][first + token - begin]) if stop - start > 1 else 0
    assert start + variant < stop
    return surfaces[start + variant] if variant < 255 else None


def _row(segment: Segment, document: int) -> dict[str, Any]:
    arrays = segment.arrays
    row: dict[str, Any] = {}
    for name in SINGLES:
        ordinal = int(arrays[f"{name}.ords"][document])
        row[name] = _strings(segment, f"{name}.values")[ordinal - 1] if ordinal else None
    for name in COLUMNS_OF_MANY:
        labels = _strings(segment, f"{name}.values")
        start, stop = arrays[f"{name}.starts"][document : document + 2].tolist()
        ords = arrays[f"{name}.ords"][start:stop].tolist()
        weak = arrays[f"{name}.weak"][start:stop].tolist() if f"{name}.weak" in arrays else [0] * len(ords)
        row[name] = {labels[ordinal]: bool(flag) for ordinal, flag in zip(ords, weak, strict=True)}
        for ordinal in ords:
            first, last = arrays[f"{name}.postings"][ordinal : ordinal + 2].tolist()
            assert document in arrays[f"{name}.docs"][first:last].tolist()
    day, precision = int(arrays["published.day"][document]), int(arrays["published.precision"][document])
    row["published"] = None
    if precision:
        name = ("", "second", "day", "month", "year")[precision]
        row["published"] = (np.datetime64(int(day), "D").item(), name)
        assert int(arrays["published.seconds"][document]) // 86_400 == day
    row["hash"] = segment.hash(document).hex()
    return row
