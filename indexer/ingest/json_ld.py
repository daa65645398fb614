"""The article that a page describes in JSON-LD (schema.org), out of all the objects it holds. Used by `page`.

In: a parsed page. Out: the one object that is the page's article, with references to other objects resolved. Pages also
describe teasers, related articles and the updates of a live blog. What hangs below a key that leads to others is never
taken; of the rest the address and the headline decide, and an object with another page's of both is none of this page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from indexer.ingest import values
from indexer.ingest.addresses import canonical
from indexer.ingest.broken_json import values_in
from indexer.ingest.markup import plain_line

MOST_OBJECTS = 2000
MOST_ITEMS = 200
DEEPEST = 8
MOST_UPDATES = 500
# What an article calls itself, best first; any other "...Article" or "...Posting" comes last.
_TYPES = (
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle "
    "AskPublicNewsArticle LiveBlogPosting BlogPosting Article AdvertiserContentArticle SatiricalArticle Report "
    "ScholarlyArticle TechArticle SocialMediaPosting CreativeWork Review"
).split()
# Where an object tells of other things than the article of its page.
_OTHERS = frozenset(
    "itemListElement hasPart isPartOf citation liveBlogUpdate mentions about relatedLink relatedArticle "
    "relatedArticles "
    "related isRelatedTo isBasedOn significantLink significantLinks comment comments review backstory correction "
    "subjectOf blogPost blogPosts workExample exampleOfWork translationOfWork workTranslation recordedAt video "
    "associatedMedia".split()
)
# And those of them whose objects, wherever they stand, are other articles.
_LISTS = frozenset("liveBlogUpdate itemListElement hasPart mentions relatedLink relatedArticle relatedArticles".split())
# Where a page's object names its article, by itself or by its id.
_OWN = frozenset({"mainEntity", "@graph", "mainEntityOfPage"})
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?\s*$|-->\s*$"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
LIKE = 0.5  # share of three-letter pieces that two wordings of one headline have in common
LONGEST_HEADLINE = 500


@dataclass(slots=True)
class _Found:
    """What the scripts of a page hold: objects that may be its article, and how objects are referred to."""

    candidates: list[tuple[bool, dict[str, Any]]] = field(default_factory=list)  # whether below others, the object
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    main: set[str] = field(default_factory=set)  # ids of what a page calls its main entity
    others: set[str] = field(default_factory=set)  # ids of what is listed as something else
    objects: int = 0


def article_object(tree: Any, url: str | None) -> dict[str, Any]:
    """The article's object, or an empty dict when the page describes none.

    Args:
        tree: the parsed page.
        url: where the page was fetched, if known.
    """
    found = _Found()
    for value in _scripts(tree):
        _walk(value, found)
    page = _Page(_headlines(tree), _addresses(tree, url))
    best: tuple[tuple[int, int, int, int], dict[str, Any]] | None = None
    for nested, candidate in found.candidates:
        rank = _rank(candidate)
        own_id = str(candidate.get("@id"))
        if rank is None or (own_id in found.others and own_id not in found.main):
            continue
        fits = page.fits(candidate, found.by_id) + 2 * (own_id in found.main)
        if fits < -1 or (nested and fits < 0):
            continue
        # Of equals the one with a text, then the most telling type.
        score = (fits, -nested, min(len(str(candidate.get("articleBody") or "")), 400), -rank)
        if best is None or score > best[0]:
            best = score, candidate
    return {key: _resolved(value, found.by_id, 0) for key, value in best[1].items()} if best else {}


def text_of_updates(described: Mapping[str, Any]) -> str:
    """The text that the object of a live blog states: that of its updates."""
    updates = described.get("liveBlogUpdate")
    parts: list[str] = []
    for update in updates[:MOST_UPDATES] if isinstance(updates, list) else []:
        if isinstance(update, Mapping):
            parts += [text for key in ("headline", "articleBody") if isinstance(text := update.get(key), str)]
    return "\n\n".join(parts)


def _scripts(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        if str(script.get("type", "")).partition(";")[0].strip().lower() == "application/ld+json" and script.text:
            yield from values_in(_COMMENT.sub("", script.text).strip().rstrip(";"))


def _walk(value: Any, found: _Found, depth: int = 0, *, nested: bool = False, other: bool = False) -> None:
    """Gather the objects of a value. `nested`: below another object; `other`: below a key that leads to others."""
    if depth > DEEPEST or found.objects > MOST_OBJECTS:
        return
    if isinstance(value, list):
        for item in value[:MOST_ITEMS]:
            _walk(item, found, depth + 1, nested=nested, other=other)
    elif isinstance(value, dict):
        found.objects += 1
        own_id = value.get("@id")
        if isinstance(own_id, str) and len(value) > 1:
            found.by_id.setdefault(own_id, value)
        if not other:
            found.candidates.append((nested, value))
        for key, inner in value.items():
            if key == "mainEntity":
                found.main.update(_ids(inner))
            elif key in _LISTS:
                found.others.update(_ids(inner))
            if isinstance(inner, list | dict):
                _walk(inner, found, depth + 1, nested=nested or key not in _OWN, other=other or key in _OTHERS)


def _ids(value: Any) -> Iterator[str]:
    for item in value[:MOST_ITEMS] if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("@id"), str):
            yield item["@id"]


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


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page shows of its article: wordings of its headline, and addresses."""

    headlines: tuple[str, ...]
    addresses: frozenset[str]

    def fits(self, candidate: Mapping[str, Any], by_id: Mapping[str, Any]) -> int:
        """How well an object fits: one each for headline and address, less one for each that is another's."""
        headline = candidate.get("headline") or candidate.get("name")
        stated = _letters(headline) if isinstance(headline, str) else ""
        fits = 0
        if stated and self.headlines:
            fits += 1 if any(_alike(stated, shown) for shown in self.headlines) else -1
        if candidate.get("mainEntityOfPage") is True:
            return fits + 1
        named = {place for address in _addresses_of(candidate, by_id) if (place := _place(address))}
        if named and self.addresses:
            fits += 1 if named & self.addresses else -1
        return fits


def _headlines(tree: Any) -> tuple[str, ...]:
    texts = [element.text_content() for element in tree.iter("h1", "title")]
    texts += [
        meta.get("content") or ""
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title", "title")
    ]
    return tuple(filter(None, map(_letters, texts[:20])))


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", plain_line(text[:LONGEST_HEADLINE])).casefold()


def _alike(one: str, other: str) -> bool:
    """Whether two texts are wordings of one headline."""
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return True
    pieces, others = (({text[i : i + 3] for i in range(len(text) - 2)}) for text in (shorter, longer))
    return len(pieces & others) >= LIKE * len(pieces) > 0


def _addresses(tree: Any, url: str | None) -> frozenset[str]:
    stated: list[Any] = [(values.archived(url) or url) if url else None]
    stated += [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    stated += [meta.get("content") for meta in tree.iter("meta") if (meta.get("property") or "").lower() == "og:url"]
    return frozenset(place for address in stated if address and (place := _place(address)))


def _addresses_of(candidate: Mapping[str, Any], by_id: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage", "isPartOf"):
        value = candidate.get(key)
        if key == "isPartOf" and (not isinstance(value, dict) or str(value.get("@type", "WebPage")) != "WebPage"):
            continue
        if isinstance(value, dict):
            value = by_id.get(str(value.get("@id")), value)
            yield from (inner for name in ("@id", "url") if isinstance(inner := value.get(name), str))
        elif isinstance(value, str):
            yield value


def _place(address: str) -> str:
    """An address in the form in which addresses are compared; "" for a home page, a bare id and what is none."""
    try:
        parts = urlsplit(canonical(address.strip()))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    host = parts.netloc.removeprefix("www.")
    return f"{host}{path}?{parts.query}" if host and (path or parts.query) else ""


def _resolved(value: Any, by_id: Mapping[str, Any], depth: int) -> Any:
    """References such as {"@id": "#author"} replaced by the object they name."""
    if depth > 3:
        return value
    if isinstance(value, list):
        return [_resolved(item, by_id, depth + 1) for item in value]
    if isinstance(value, dict) and len(value) <= 2 and str(value.get("@id")) in by_id and "name" not in value:
        return by_id[str(value["@id"])]
    return value
