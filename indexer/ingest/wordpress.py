"""A post as the REST API of WordPress gives it (`/wp-json/wp/v2/posts`) -> fields under our own names. Called by
`normalise` on JSON records.

Authors and categories are numbers there; their names come along only where the posts were asked for with `_embed`, or
where a widely used extension describes the page.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

_NUMBERS = {"author": "author_id", "categories": "category_ids", "tags": "tag_ids"}
_QUARTER = timedelta(minutes=15)
_FARTHEST = timedelta(hours=14)


def is_wordpress(record: Mapping[str, Any]) -> bool:
    """Whether a JSON record is a post: title and content are objects that hold what a page would show."""
    if isinstance(record.get("title"), str):
        return False
    return all(isinstance(record.get(key), Mapping) and "rendered" in record[key] for key in ("title", "content"))


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The post's fields. What is left over keeps its name."""
    found = {key: value for key, value in record.items() if key not in (*_NUMBERS, "_embedded", "_links")}
    embedded = record.get("_embedded")
    named = dict(_embedded(embedded)) if isinstance(embedded, Mapping) else {}
    head = record.get("yoast_head_json")
    if isinstance(head, Mapping):
        found["author"], found["source"] = head.get("author"), head.get("og_site_name")
    found |= named
    if zoned := _zoned(record.get("date"), record.get("date_gmt")):
        found["date"] = zoned
        del found["date_gmt"]
    found |= {name: record.get(key) for key, name in _NUMBERS.items()}
    return {key: value for key, value in found.items() if value}


def _embedded(embedded: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield "author", [name for author in _objects(embedded.get("author")) if (name := author.get("name"))]
    terms = [term for group in embedded.get("wp:term") or () for term in _objects(group)]
    for key, taxonomy in (("categories", "category"), ("tags", "post_tag")):
        yield key, [name for term in terms if term.get("taxonomy") == taxonomy and (name := term.get("name"))]


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _zoned(local: Any, utc: Any) -> str | None:
    """The time with the offset that the site's time has to the same time in UTC."""
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(utc)
        offset = here - there
    except (TypeError, ValueError):
        return None
    if abs(offset) > _FARTHEST or offset % _QUARTER:
        return None
    return here.replace(tzinfo=timezone(offset)).isoformat()
