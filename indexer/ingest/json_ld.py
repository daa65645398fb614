"""The article that a page describes in JSON-LD (schema.org), out of all the objects it holds. Used by `page`.

In: a parsed page. Out: the one object that is the article, with references to other objects resolved.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

MOST_OBJECTS = 2000
DEEPEST = 8
# What an article calls itself, best first; any other "...Article" or "...Posting" comes last.
_TYPES = (
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle "
    "AskPublicNewsArticle LiveBlogPosting BlogPosting Article AdvertiserContentArticle SatiricalArticle Report "
    "ScholarlyArticle TechArticle SocialMediaPosting CreativeWork Review"
).split()
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?\s*$|-->\s*$"
)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


def article_object(tree: Any) -> dict[str, Any]:
    """The article's object, or an empty dict when the page describes none."""
    objects = [found for value in _scripts(tree) for found in _walk(value, 0)][:MOST_OBJECTS]
    by_id = {str(found["@id"]): found for found in objects if len(found) > 1 and "@id" in found}
    articles = [(rank, found) for found in objects if (rank := _rank(found)) is not None]
    if not articles:
        return {}
    # Of several (teasers of other articles are described too) the one with a text, then the most telling type.
    _, best = max(articles, key=lambda item: (min(len(str(item[1].get("articleBody") or "")), 400), -item[0]))
    return {key: _resolved(value, by_id, 0) for key, value in best.items()}


def _scripts(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        if str(script.get("type", "")).partition(";")[0].strip().lower() == "application/ld+json" and script.text:
            value = _parsed(_COMMENT.sub("", script.text).strip().rstrip(";"))
            if value is not None:
                yield value


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            # What an article mentions, or what else hangs below a list of teasers, is not the page's article.
            if isinstance(inner, list | dict) and key not in ("itemListElement", "hasPart", "isPartOf", "citation"):
                yield from _walk(inner, depth + 1)


def _rank(found: Mapping[str, Any]) -> int | None:
    kinds = found.get("@type")
    if not (found.get("headline") or found.get("articleBody") or found.get("datePublished")):
        return None
    ranks = []
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        name = str(kind).rpartition("/")[2]
        if name in _TYPES:
            ranks.append(_TYPES.index(name))
        elif name.endswith(("Article", "Posting")):
            ranks.append(len(_TYPES))
    return min(ranks, default=None)


def _resolved(value: Any, by_id: Mapping[str, Any], depth: int) -> Any:
    """References such as {"@id": "#author"} replaced by the object they name."""
    if depth > 3:
        return value
    if isinstance(value, list):
        return [_resolved(item, by_id, depth + 1) for item in value]
    if isinstance(value, dict) and len(value) <= 2 and str(value.get("@id")) in by_id and "name" not in value:
        return by_id[str(value["@id"])]
    return value
