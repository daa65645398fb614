"""Queries that show the query language with what this archive holds: its words, its names, its dates.

The same for everyone who reads in a language until another commit. Where nothing can be read they are of no archive.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from indexer.archive import Archive
from indexer.article import ENTITY_KINDS, Article
from indexer.entities.other_names import shown_in
from indexer.errors import BroadsheetError
from indexer.search import composing
from indexer.search.printer import to_text
from indexer.search.query import folded_key
from indexer.search.request import Sort
from indexer.search.results import Facet
from webui import frequent
from webui.addresses import urls
from webui.headlines import Headlines, is_written_in
from webui.memo import remembered

HEADLINES = 100  # the newest of them tell which words are frequent
_FUZZY = 8  # letters
COUNTING_SECONDS = 2.0  # on an archive where that is too short the last examples have no count

# What there is no archive for. By what each shows, in the order of how often it is needed.
STATIC: dict[str, str] = {
    "words": "lavrov biden",
    "and": "lavrov AND biden",
    "phrase": '"normandy group"',
    "or": "lavrov OR putin",
    "not": "summit -rome",
    "prefix": "minist*",
    "wildcard": "k?ev",
    "fuzzy": "lavrof~",
    "exact": "=ministers",
    "near": "lavrov NEAR/5 biden",
    "slop": '"g-20 summit"~5',
    "group": "(lavrov OR putin) AND summit",
    "title": "title:summit",
    "source": "source:SANA",
    "collection": 'collection:"wire agencies"',
    "person": 'person:"Joe Biden"',
    "organisation": "org:NATO",
    "place": "place:Kyiv",
    "author": 'author:"Clara Voss"',
    "topic": "topic:climate",
    "category": "category:Politics",
    "language": "lang:en",
    "translated_from": "translated_from:ar",
    "month": "date:2021-10",
    "between": "after:2021 before:2022-03",
    "span": "date:2021-10-01..2021-10-14",
    "day": "on:10-14",
    "added": "added:2026-11-03..",
    "any": "source:*",
    "none": "-source:*",
    "undated": "-date:*",
    "url": "url:sana.sy",
    "extra": "extra.edition:late",
    "everything": "*",
}
_NAMED = {"organisation": "org", "language": "lang"}  # the shorter name that a query may use


def queries(archive: Archive | None, language: str) -> Mapping[str, str]:
    """An example of each kind, for who reads in a language."""
    if archive is None:
        return STATIC
    try:
        return remembered(archive, ("examples", language), lambda: _made(archive, language)) or STATIC
    except BroadsheetError:
        return STATIC


def counts(archive: Archive | None, asked: Mapping[str, str], language: str) -> Mapping[str, int]:
    """How many articles each finds; of those that are counted within the time for it."""
    if archive is None or asked is STATIC:
        return {}
    return remembered(archive, ("example counts", language), lambda: dict(_counted(archive, asked)))


def _counted(archive: Archive, asked: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    until = time.monotonic() + COUNTING_SECONDS
    base = replace(urls.plain_request(), size=0, facets=(), snippets=False, spellcheck=False)
    for kind, query in asked.items():
        left = round((until - time.monotonic()) * 1000)
        if left <= 0:
            return
        try:
            yield kind, archive.search(replace(base, query=query, budget_ms=min(left, base.budget_ms or left))).total
        except BroadsheetError:
            continue


def _made(archive: Archive, language: str) -> Mapping[str, str]:
    """The examples of an archive; none of an empty one."""
    whole = frequent.facets(archive)
    own = next((tag for tag in frequent.values(whole, "language") if _same(tag, language)), None)
    facets = frequent.facets(archive, own) if own else whole
    newest = _newest(archive, own)
    if not newest:
        return {}
    headlines = Headlines.of(newest, _names(facets, language))
    spelt = headlines if headlines.spaced or own is None else Headlines.of(_newest(archive, None), ())
    found = {
        **_of_words(headlines, spelt),
        **dict(_of_fields(facets, whole, own, language)),
        **_of_dates(newest, whole),
        **dict(_of_the_rest(archive, newest, whole)),
    }
    return {kind: found[kind] for kind in STATIC if kind in found}


def _same(tag: str, language: str) -> bool:
    return tag.partition("-")[0].lower() == language.partition("-")[0].lower()


def _newest(archive: Archive, language: str | None) -> list[Article]:
    asked = replace(urls.plain_request(), sort=Sort.NEWEST, size=HEADLINES, facets=(), snippets=False)
    found = archive.search(asked.with_filter("language", language) if language else asked)
    return [hit.article for hit in found.hits]


def _names(facets: Mapping[str, Facet], language: str) -> list[str]:
    """People, places and organisations, as they are written for readers of a language."""
    return [_shown(field, value, language) for field in ENTITY_KINDS for value in frequent.values(facets, field)]


def _shown(field: str, value: str, language: str) -> str:
    kind = next((kind for kind in ENTITY_KINDS if kind == field), None)
    return (shown_in(kind, value, language) if kind else None) or value


def _of_words(headlines: Headlines, spelt: Headlines) -> dict[str, str]:
    """Examples with words of headlines; patterns with words of such as have spaces between them."""
    found: dict[str, str] = {}
    one, other, third = headlines.words
    if one and other:
        found |= {"words": f"{one} {other}", "and": f"{one} AND {other}"}
        first, second = (one, other) if headlines.forward else (other, one)
        found |= {"near": f"{one} NEAR/5 {other}", "slop": f'"{first} {second}"~5'}
    if one and third:
        found |= {"or": f"{one} OR {third}", "not": f"{one} -{third}"}
    if one and other and third:
        found["group"] = f"({one} OR {third}) AND {other}"
    if one:
        found |= {"exact": f"={one}", "title": f"title:{one}"}
    if headlines.phrase:
        found["phrase"] = f'"{headlines.phrase}"'
    if word := spelt.long:
        middle = len(word) // 2
        found["prefix"] = f"{word[: max(4, len(word) - 3)]}*"
        found["wildcard"] = f"{word[:middle]}?{word[middle + 1 :]}"
        # With two differing letters a short word is like a hundred others.
        found["fuzzy"] = f"{word[:middle]}{word[middle + 1 :]}~{'' if len(word) > _FUZZY else 1}"
    return found


def _of_fields(
    facets: Mapping[str, Facet], whole: Mapping[str, Facet], own: str | None, language: str
) -> Iterator[tuple[str, str]]:
    """The most frequent value of each field, in the script of the reader's language if there is one."""
    for field in ("source", "collection", "person", "organisation", "place", "author", "topic", "category"):
        shown = [_shown(field, value, language) for value in frequent.values(facets, field)]
        ours = [value for value in shown if is_written_in(value, language)]
        yield from _valued(field, ours or shown)
    yield from _valued("language", [own] if own else frequent.values(whole, "language"))
    yield from _valued("translated_from", frequent.values(whole, "translated_from"))


def _valued(field: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    if values and (part := composing.value(values[0], field)):
        yield field, to_text(part).replace(f"{field}:", f"{_NAMED.get(field, field)}:", 1)


def _of_dates(newest: Sequence[Article], whole: Mapping[str, Facet]) -> dict[str, str]:
    day = next((each.published.day for each in newest if each.published), None)
    if day is None:
        return {}
    years = sorted(Counter(value[:4] for value in frequent.values(whole, "published"))) or [f"{day.year:04d}"]
    return {
        "month": f"date:{day:%Y-%m}",
        "between": f"after:{years[0]} before:{day:%Y-%m}",
        "span": f"date:{day.replace(day=1):%Y-%m-%d}..{day:%Y-%m-%d}",
        "day": f"on:{day:%m-%d}",
    }


def _of_the_rest(archive: Archive, newest: Sequence[Article], whole: Mapping[str, Facet]) -> Iterator[tuple[str, str]]:
    last = archive.search(replace(urls.plain_request(), sort=Sort.ADDED, size=1, facets=(), snippets=False))
    added = next((hit.article.added for hit in last.hits if hit.article.added), None)
    if added:
        yield "added", f"added:{added:%Y-%m-%d}.."
    yield from _of_gaps(whole)
    if host := next(filter(None, map(_host, newest)), ""):
        yield "url", f"url:{host}"
    if key := next(filter(None, (folded_key(name) for each in newest for name in each.extra)), ""):
        yield "extra", f"extra.{key}:*"
    yield "everything", "*"


def _host(article: Article) -> str:
    return (urlsplit(article.url or "").hostname or "").removeprefix("www.")


def _of_gaps(whole: Mapping[str, Facet]) -> Iterator[tuple[str, str]]:
    """What has a value and what has none, of a field that some articles lack."""
    held = [field for field in ("author", "source", "person", "place") if frequent.values(whole, field)]
    field = next((field for field in held if whole[field].missing), held[0] if held else "")
    if field:
        yield "any", f"{field}:*"
        if whole[field].missing:
            yield "none", f"-{field}:*"
    if "published" in whole and whole["published"].missing:
        yield "undated", "-date:*"
