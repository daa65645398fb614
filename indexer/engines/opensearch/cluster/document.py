"""An article as the document that the cluster holds, and back.

In: an article, the archive's corrections. Out: a JSON object for `mapping`. Pure; called by the writer's workers, and
by whatever makes documents anew.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from indexer import analysis
from indexer.analysis import IndexTerm, fold, tokens
from indexer.article import ENTITY_KINDS, Article
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.mapping import KEYWORDS, TEXTS, URL
from indexer.engines.opensearch.cluster.mapping import term as cut
from indexer.engines.opensearch.cluster.spellings import keys_and_names
from indexer.engines.shared.days import day_number
from indexer.engines.shared.entity_corrections import corrected_article, is_passing, nothing_finds
from indexer.engines.shared.extra_words import extra_words
from indexer.engines.shared.search.labels import LANGUAGE_FIELDS
from indexer.engines.shared.search.paths import upwards
from indexer.engines.shared.stored_article import article_to_record, pack_record, record_to_article, unpack_record
from indexer.entities.corrections import Corrections, Finds
from indexer.entities.normalise import fold as fold_name
from indexer.fields import BY_NAME, Kind

# Where a document remembers what was found in it, and what a query of the corrections begins with there.
NAMED = "named"
_QUERY = "query\t"


def document(
    article: Article, corrections: Corrections, min_mentions: int, finds: Finds = nothing_finds
) -> dict[str, Any]:
    """The document of an article, but for what the writer adds: its generation, and its near-duplicates.

    `finds` says which queries of the corrections find the article, as far as that is known.
    """
    found: dict[str, Any] = {"id": article.id, "hash": article.content_hash, "has": [], "length": 0}
    for name in TEXTS:
        _add_text(found, name, article.text_of(name), article.language_of(name))
    if article.translation is not None:
        found[mapping.TRANSLATED] = article.translation.language
    if surfaces := list(map(cut, tokens(article.url or ""))):
        found[mapping.exact(URL)] = " ".join(surfaces)
        found["has"].append(URL)
    if words := extra_words(article):
        found[mapping.EXTRA] = list(map(cut, words))
    found |= labels(article, corrections, min_mentions, finds)
    found["has"] += found.pop("_has")
    found |= keys_and_names([(entity.kind, entity.name) for entity in article.entities if entity.name])
    if article.published is not None:
        day = article.published.day
        found["has"].append("published")
        found |= {
            "day": day_number(day),
            "year": day.year,
            "month_day": day.month * 100 + day.day,
            "seconds": _seconds(article),
        }
    if article.added is not None:
        found["added"] = int(article.added.timestamp())
    if article.withdrawn:
        found["withdrawn"] = True
    found["record"] = pack_record(article_to_record(article)).decode()
    found["checksum"] = checksum(found["record"])
    return found


def labels(article: Article, corrections: Corrections, min_mentions: int, finds: Finds) -> dict[str, Any]:
    """The values of the keyword fields in all the forms they are looked for in, and `named`, what tells whether they
    still stand when the corrections change; `_has` names the fields with any."""
    found: dict[str, Any] = {"_has": [], NAMED: _named(article, corrections, finds)}
    shown = corrected_article(corrections, article, finds)
    for name in KEYWORDS:
        values = all_values(shown, name)
        counted = values
        if BY_NAME[name].kind is Kind.PATH:
            counted = tuple(dict.fromkeys(path for value in values for path in upwards(value)))
        elif name in ENTITY_KINDS:
            counting = {e.name for e in shown.entities if e.kind == name and not is_passing(e, min_mentions)}
            counted = tuple(value for value in values if value in counting)
        found[mapping.facet(name, all_mentions=True)] = list(values)
        found[mapping.facet(name)] = list(counted)
        start = [mapping.START] if name in LANGUAGE_FIELDS else []
        found[mapping.words(name)] = [" ".join([*start, *map(cut, tokens(value))]) for value in values]
        spread = counted if BY_NAME[name].kind is Kind.PATH else values
        found[mapping.folded(name)] = list(dict.fromkeys(map(fold, spread)))
        if name in ENTITY_KINDS or name == "source":
            found[mapping.label(name)] = [f" {' '.join(map(cut, tokens(value)))} \t{value}" for value in counted]
        if values:
            found["_has"].append(name)
    return found


def checksum(record: str) -> str:
    """What a record is compared with when the archive is checked."""
    return hashlib.blake2b(record.encode(), digest_size=16).hexdigest()


def named(kind: str, name: str) -> str:
    """How a document remembers that an entity was found in it, or its source, whatever the corrections make of it."""
    return f"{kind}\t{fold_name(name)}"


def mark(query: str) -> str:
    """How a document remembers that a query of the corrections finds it."""
    return f"{_QUERY}{hashlib.blake2b(query.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


def marked(source: Mapping[str, Any]) -> Finds:
    """Which queries of the corrections find the article of a document, as it remembers."""
    marks = {value for value in source.get(NAMED, ()) if value.startswith(_QUERY)}
    return lambda query: mark(query) in marks if marks else False


def _named(article: Article, corrections: Corrections, finds: Finds) -> list[str]:
    names = [named(entity.kind, entity.name) for entity in article.entities]
    source = [named("source", article.source)] if article.source else []
    return [*names, *source, *(mark(query) for query in corrections.queries if finds(query))]


def all_values(article: Article, field: str) -> tuple[str, ...]:
    """The distinct values of a keyword field."""
    if field in ENTITY_KINDS:
        return tuple(dict.fromkeys(e.name for e in article.entities if e.kind == field and e.name))
    value = getattr(article, field)
    return tuple(dict.fromkeys(filter(None, value))) if isinstance(value, tuple) else (value,) if value else ()


def article_of(source: Mapping[str, Any], corrections: Corrections) -> Article:
    """The article of a document, its names as corrected."""
    return corrected_article(corrections, stored_article(source), marked(source))


def stored_article(source: Mapping[str, Any]) -> Article:
    """The article of a document as it was written."""
    return record_to_article(stored_record(source))


def stored_record(source: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a document's article."""
    return unpack_record(source["record"])


def _add_text(found: dict[str, Any], name: str, text: str, language: str | None) -> None:
    tokens = analysis.cut(text)
    if not BY_NAME[name].made:
        found["length"] += BY_NAME[name].weight * len(tokens)
    if tokens:
        positions = positions_of(analysis.index_terms(tokens, language))
        found[name] = " ".join(map(mapping.TOGETHER.join, positions))
        found[mapping.exact(name)] = " ".join(cut(token.text) for token in tokens)
        found["has"].append(name)


def positions_of(found: Sequence[Sequence[IndexTerm]]) -> list[list[str]]:
    """The terms at each position of a text as the cluster holds them."""
    positions = [[cut(term.text) for term in terms] for terms in found]
    for at, terms in enumerate(found):
        for term in terms:
            if term.width > 1:
                positions[at + term.width - 1].append(cut(term.text) + mapping.LAST)
    return positions


def _seconds(article: Article) -> int:
    assert article.published is not None
    instant = article.published.instant
    return day_number(instant) * 86_400 + instant.hour * 3600 + instant.minute * 60 + instant.second
