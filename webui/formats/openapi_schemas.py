"""What the answers of the JSON API look like: the schemas of its OpenAPI description."""

from typing import Any

from indexer.article import ENTITY_KINDS
from indexer.browsing.narrowing import NarrowingWay
from indexer.search.request import Match
from indexer.search.significance import WORD

Schema = dict[str, Any]


def _object(properties: Schema, *required: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required or properties)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _or_null(name: str) -> Schema:
    return {"anyOf": [_ref(name), {"type": "null"}]}


def _map(name: str) -> Schema:
    return {"type": "object", "additionalProperties": _ref(name)}


_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_BOOLEAN: Schema = {"type": "boolean"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_INTERVAL: Schema = {"enum": ["year", "month", "day"]}
_SPANS: Schema = {"type": "array", "items": {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}}
_SOURCE: Schema = {
    "name": _TEXT, "other_names": _TEXTS, "country": _OPTIONAL, "language": _OPTIONAL, "translated_from": _OPTIONAL,
    "site": _OPTIONAL, "collections": _TEXTS, "licence": _OPTIONAL,
}  # fmt: skip
SCHEMAS: Schema = {
    "Warning": _object({"code": _TEXT, "message": _TEXT, "span": {"type": "array", "items": _COUNT}}),
    "Snippet": _object({"field": _TEXT, "text": _TEXT, "spans": _SPANS}),
    "Bucket": _object(
        {"value": _TEXT, "count": _COUNT, "selected": _BOOLEAN, "excluded": _BOOLEAN},
        "value", "count", "selected",
    ),
    "Facet": _object(
        {
            "buckets": _list("Bucket"), "distinct": _COUNT, "missing": _COUNT, "interval": _INTERVAL,
            "estimated": _BOOLEAN, "margin": _COUNT,
        },
        "buckets", "distinct", "missing",
    ),
    "Hit": _object(
        {
            "id": _TEXT, "title": _TEXT, "summary": _TEXT, "published": _OPTIONAL, "precision": _OPTIONAL,
            "day": _OPTIONAL, "added": _OPTIONAL, "source": _OPTIONAL, "url": _OPTIONAL, "category": _OPTIONAL,
            "language": _OPTIONAL, "translated_from": _OPTIONAL, "author": _TEXTS, "topic": _TEXTS,
            "collection": _TEXTS, "score": _NUMBER, "snippets": _list("Snippet"), "title_spans": _SPANS,
            "person": _TEXTS, "organisation": _TEXTS, "place": _TEXTS,
            "copies": _COUNT, "copy_sources": _COUNT, "explanation": _list("Share"),
            "translation": _ref("HitTranslation"),
        },
        "id",
    ),
    "HitTranslation": _object(
        {
            "language": _TEXT, "title": _TEXT, "summary": _TEXT, "engine": _TEXT, "version": _TEXT, "made": _OPTIONAL,
            "snippets": _list("Snippet"), "title_spans": _SPANS,
        }
    ),
    "Translation": _object(
        {
            "language": _TEXT, "title": _TEXT, "summary": _TEXT, "body": _TEXT, "engine": _TEXT, "version": _TEXT,
            "made": _OPTIONAL,
        }
    ),
    "Share": _object({"clause": _TEXT, "field": _TEXT, "score": _NUMBER, "frequency": _COUNT}),
    "Outline": _object(
        {
            "id": _TEXT, "title": _TEXT, "summary": _TEXT, "published": _OPTIONAL, "precision": _OPTIONAL,
            "day": _OPTIONAL, "source": _OPTIONAL, "url": _OPTIONAL, "category": _OPTIONAL, "language": _OPTIONAL,
            "translated_from": _OPTIONAL, "author": _TEXTS, "topic": _TEXTS, "collection": _TEXTS,
            "person": _TEXTS, "organisation": _TEXTS, "place": _TEXTS, "translation": {"type": "object"},
        },
        "id", "title", "summary", "published", "precision", "source", "url", "category", "language",
        "translated_from", "author", "topic", "collection", "person", "organisation", "place",
    ),
    "Suggested": _object({"query": _TEXT, "total": _COUNT}),
    "ClauseCount": _object({"label": _TEXT, "count": _COUNT, "field": _OPTIONAL, "value": _OPTIONAL}),
    "Diagnosis": _object(
        {
            "clauses": _list("ClauseCount"), "filters": _list("ClauseCount"), "together": _list("ClauseCount"),
            "some": _or_null("ClauseCount"),
        },
    ),
    "Results": _object(
        {
            "query": _TEXT, "understood": _TEXT, "warnings": _list("Warning"), "total": _COUNT,
            "stories": {"type": ["integer", "null"]}, "generation": _COUNT,
            "matching": _or_null("Matching"),
            "took_ms": {"type": "number", "minimum": 0}, "hits": _list("Hit"),
            "facets": _map("Facet"),
            "did_you_mean": _or_null("Suggested"), "corrected": _or_null("Suggested"),
            "diagnosis": _or_null("Diagnosis"),
            "next_cursor": _OPTIONAL, "stories_margin": _COUNT, "narrowing": _ref("Narrowing"),
        },
        "query", "understood", "warnings", "total", "stories", "matching", "generation", "took_ms", "hits", "facets",
        "did_you_mean", "corrected", "diagnosis", "next_cursor",
    ),
    "Matching": _object({"mode": {"enum": [Match.ALL.value, Match.BEST.value]}, "all": _COUNT, "best": _COUNT}),
    "Article": _object(
        {
            "id": _TEXT, "title": _TEXT, "summary": _TEXT, "body": _TEXT, "published": _OPTIONAL,
            "precision": _OPTIONAL, "zone": _OPTIONAL, "source": _OPTIONAL,
            "category": _OPTIONAL, "language": _OPTIONAL, "url": _OPTIONAL,
            "author": _TEXTS, "topic": _TEXTS, "collection": _TEXTS,
            "entities": {"type": "array", "items": {"type": "object"}},
            "number": _COUNT, "since": _OPTIONAL, "matches": {"type": "object", "additionalProperties": _SPANS},
            "matches_reached": {"type": ["integer", "null"]}, "translation": _ref("Translation"),
        },
        "id", "title", "body",
    ),
    "FacetValues": _object(
        {
            "field": _TEXT, "understood": _TEXT, "matching": _or_null("Matching"), "corrected": _or_null("Suggested"),
            "buckets": _list("Bucket"), "total": _COUNT, "missing": _COUNT, "warnings": _list("Warning"),
            "offset": _COUNT, "limit": _COUNT,
        }
    ),
    "Copies": _object({"id": _TEXT, "total": _COUNT, "offset": _COUNT, "limit": _COUNT, "copies": _list("Hit")}),
    "Related": _object({"id": _TEXT, "related": _list("Hit")}),
    "Linked": _object({"strength": {"type": "number", "minimum": 0}, "to": _TEXT, "because": _TEXTS}),
    "ThreadArticle": {"allOf": [_ref("Outline"), _object({"linked": _ref("Linked")})]},
    "Thread": _object(
        {
            "id": _TEXT, "total": _COUNT, "first_day": _OPTIONAL, "last_day": _OPTIONAL,
            "earlier": _list("ThreadArticle"), "later": _list("ThreadArticle"),
        }
    ),
    "Languages": _object(
        {
            "id": _TEXT, "language": _OPTIONAL, "translated_from": _OPTIONAL, "original_url": _OPTIONAL,
            "original": _or_null("Outline"), "translations": _list("Outline"),
        }
    ),
    "Versions": _object({"id": _TEXT, "versions": {**_list("Article"), "minItems": 1}}),
    "Side": {"allOf": [_ref("Outline"), _object({"since": _OPTIONAL})]},
    "Difference": _object(
        {"left": _TEXT, "right": _TEXT, "differs": _BOOLEAN, "left_spans": _SPANS, "right_spans": _SPANS}
    ),
    "Differences": _object(
        {
            "left": _ref("Side"), "right": _ref("Side"), "same": _BOOLEAN, "complete": _BOOLEAN,
            "rows": _list("Difference"),
        }
    ),
    "Spelling": _object({"text": _TEXT, "count": _COUNT}),
    "Correction": _object(
        {
            "rule": {"enum": ["merge", "rename", "ignore", "retype", "keep", "add", "split"]},
            "field": _TEXT, "name": _TEXT, "into": _or_null("Named"), "queries": _list("NamedQuery"), "comment": _TEXT,
        }
    ),
    "Named": _object({"field": _TEXT, "name": _TEXT}),
    "NamedQuery": _object({"name": _TEXT, "query": _TEXT}),
    "JoinedName": _object({"name": _TEXT, "articles": _COUNT, "short": _BOOLEAN}),
    "ProbableName": _object(
        {"kind": _TEXT, "name": _TEXT, "count": _COUNT, "into": _TEXT, "into_count": _COUNT, "reason": _TEXT}
    ),
    "Profile": _object(
        {
            "field": _TEXT, "name": _TEXT, "total": _COUNT, "stories": {"type": ["integer", "null"]},
            "in_passing": _BOOLEAN, "published": _ref("Facet"), "spellings": _list("Spelling"),
            "corrections": _list("Correction"),
            "joined": _list("JoinedName"), "probable": _list("ProbableName"),
            "named_with": _map("Facet"), "source": _or_null("Source"), "hits": _list("Hit"), "generation": _COUNT,
        },
        "field", "name", "total", "stories", "in_passing", "published", "spellings", "corrections", "joined",
        "probable", "named_with", "hits", "generation",
    ),
    "Source": _object(_SOURCE),
    "SourceHolding": _object(
        {**_SOURCE, "articles": _COUNT, "first_day": _OPTIONAL, "last_day": _OPTIONAL},
        *_SOURCE, "articles", "first_day", "last_day",
    ),
    "Sources": _object(
        {"sources": _list("SourceHolding"), "unlisted": _list("UnlistedSource"), "outdated": _BOOLEAN},
        "sources", "unlisted", "outdated",
    ),
    "UnlistedSource": _object({"name": _TEXT, "articles": _COUNT}),
    "Trend": _object(
        {
            "field": _TEXT, "value": _TEXT, "count": _COUNT, "expected": _NUMBER, "history_count": _COUNT,
            "score": _NUMBER, "category": _OPTIONAL, "published": _OPTIONAL,
            "series": {"type": "array", "items": _COUNT},
        }
    ),
    "RisingArticle": {"allOf": [_ref("Outline"), _object({"score": _NUMBER, "because": _TEXTS})]},
    "Trends": _object(
        {
            "from": _TEXT, "to": _TEXT, "history_from": _OPTIONAL, "series_from": _TEXT, "total": _COUNT,
            "history_total": _COUNT, "entities": _list("Trend"), "categories": _list("Trend"),
            "articles": _list("RisingArticle"), "generation": _COUNT, "warnings": _list("Warning"),
        }
    ),
    "Series": _object(
        {
            "query": _TEXT, "understood": _TEXT, "matching": _or_null("Matching"), "corrected": _or_null("Suggested"),
            "counts": {"type": "array", "items": {"type": ["integer", "null"]}},
            "shares": {"type": "array", "items": {"type": ["number", "null"]}},
            "total": _COUNT, "undated": _COUNT,
        }
    ),
    "Volume": _object(
        {
            "interval": _INTERVAL, "periods": _TEXTS, "published": {"type": "array", "items": _COUNT},
            "series": {**_list("Series"), "minItems": 1}, "generation": _COUNT, "warnings": _list("Warning"),
        }
    ),
    "PeriodCount": _object({"value": _TEXT, "count": {"type": "integer", "minimum": 1}}),
    "Calendar": _object(
        {
            "query": _TEXT, "understood": _TEXT, "matching": _or_null("Matching"), "corrected": _or_null("Suggested"),
            "period": _OPTIONAL, "parent": _OPTIONAL, "previous": _OPTIONAL, "next": _OPTIONAL,
            "total": _COUNT, "undated": _COUNT, "interval": {"enum": ["year", "month", "day", None]},
            "buckets": _list("PeriodCount"), "generation": _COUNT, "warnings": _list("Warning"),
        }
    ),
    "Filter": _object({"field": _TEXT, "values": _TEXTS, "excluded": _TEXTS}),
    "Receipt": _object(
        {
            "token": _TEXT, "query": _TEXT, "match": {"enum": [each.value for each in Match]},
            "all_mentions": _BOOLEAN, "from": _OPTIONAL, "to": _OPTIONAL, "added_from": _OPTIONAL,
            "added_to": _OPTIONAL, "filters": _list("Filter"),
            "total": _COUNT, "generation": _COUNT, "time": _TEXT,
            "kept": {"enum": ["number", "list", "sketch"]}, "fingerprint": _OPTIONAL,
            "page": _TEXT, "warnings": _list("Warning"),
        },
        "token", "query", "match", "all_mentions", "from", "to", "added_from", "added_to", "filters", "total",
        "generation", "time", "kept", "fingerprint",
    ),
    "Comparison": _object(
        {
            "receipt": _ref("Receipt"), "understood": _TEXT, "matching": _or_null("Matching"), "total": _COUNT,
            "generation": _COUNT, "older": _ref("Receipt"), "newer": _ref("Receipt"), "same_search": _BOOLEAN,
            "differing": _list("Differing"), "changed": {"type": ["boolean", "null"]}, "new": _COUNT_OR_NULL,
            "gone": _COUNT_OR_NULL, "edited": _COUNT_OR_NULL, "lost": _COUNT_OR_NULL, "net": {"type": "integer"},
            "new_articles": _list("Outline"), "gone_articles": _list("Outline"), "edited_articles": _list("Edited"),
        },
        "changed", "new", "gone", "edited", "lost", "net", "new_articles", "gone_articles", "edited_articles",
    ),
    "Differing": _object({"name": _TEXT, "older": _TEXT, "newer": _TEXT}),
    "Edited": _object({"article": _ref("Outline"), "version": _COUNT_OR_NULL, "against": _COUNT_OR_NULL}),
    "Narrowing": _object({"choices": _list("Narrower"), "without": _list("ClauseCount")}),
    "Narrower": _object(
        {
            "way": {"enum": [each.value for each in NarrowingWay]}, "label": _TEXT, "field": _OPTIONAL,
            "value": _OPTIONAL, "total": _COUNT,
        }
    ),
    "Batch": _object({"rows": _list("BatchRow"), "warnings": _list("Warning")}),
    "BatchRow": _object(
        {
            "line": _COUNT, "query": _TEXT, "understood": _TEXT, "total": _COUNT_OR_NULL, "first": _OPTIONAL,
            "last": _OPTIONAL, "sources": _list("Bucket"), "distinct_sources": _COUNT,
            "matching": _or_null("Matching"), "did_you_mean": _or_null("Suggested"),
            "narrowing": _or_null("Narrowing"), "warnings": _list("Warning"), "error": _OPTIONAL,
            "same_as": _COUNT_OR_NULL, "receipt": _OPTIONAL,
        }
    ),
    "SignificantTerm": _object(
        {
            "kind": {"enum": [WORD, *ENTITY_KINDS]}, "text": _TEXT, "language": _OPTIONAL, "count": _COUNT,
            "share": _NUMBER, "rest_share": _NUMBER, "score": _NUMBER, "query": _TEXT,
        }
    ),
    "SignificantTerms": _object(
        {
            "understood": _TEXT, "matching": _or_null("Matching"), "corrected": _or_null("Suggested"),
            "total": _COUNT, "foreground": _COUNT, "background": _COUNT, "terms": _list("SignificantTerm"),
            "warnings": _list("Warning"),
        }
    ),
    "Suggestions": _object(
        {"query": _TEXT, "before": _TEXT, "suggestions": _list("Suggestion")}
    ),
    "Suggestion": _object({"kind": _TEXT, "text": _TEXT, "count": _COUNT, "matched": _TEXT}, "kind", "text", "count"),
    "Stats": _object({"articles": _COUNT, "undated": _COUNT, "future": _COUNT, "generation": _COUNT}),
    "Following": _object({"followed": _list("Followed")}),
    "Followed": _object(
        {
            **dict.fromkeys(("source", "address", "moved"), _TEXT),
            "kind": {"enum": ["feed", "sitemap", "folder"]},
            **dict.fromkeys(("tried", "succeeded", "seen", "due"), _OPTIONAL),
            **dict.fromkeys(("new", "waiting", "failures"), _COUNT),
            "gone": _BOOLEAN,
        }
    ),
    "Problem": _object({"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}),
}  # fmt: skip
