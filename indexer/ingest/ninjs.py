"""A ninjs document (IPTC, versions 1 to 3) -> fields under our own names. Called by `normalise` on JSON records.

Only what a newspaper archive uses is taken over by name; the rest stays as it is and ends up in `extra`.
"""

from collections.abc import Mapping
from typing import Any

from indexer.ingest.values import string

_MARKS = frozenset(
    "versioncreated firstcreated representationtype pubstatus bodies body_xhtml body_text headlines".split()
)
_ENOUGH_MARKS = 2
_BODY_ORDER = ("xhtml", "html", "nitf", "main", "text", "")
_LAYOUT = frozenset("renditions associations standard mimetype".split())


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """Whether a JSON record is a ninjs document: it has a `uri` and at least two properties of its own kind."""
    return "uri" in record and sum(key.lower() in _MARKS for key in record) >= _ENOUGH_MARKS


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The document's fields; property names differ between versions in case and number only."""
    lower = {key.lower(): value for key, value in record.items() if key.lower() not in _LAYOUT}
    headlines = lower.pop("headlines", None)
    bodies = lower.pop("bodies", None)
    descriptions = lower.pop("descriptions", None)
    subjects = _listed(lower.pop("subjects", None)) or _listed(lower.pop("subject", None))
    people = _listed(lower.pop("people", None)) or _listed(lower.pop("person", None))
    organisations = _listed(lower.pop("organisations", None)) or _listed(lower.pop("organisation", None))
    places = _listed(lower.pop("places", None)) or _listed(lower.pop("place", None))
    uri = lower.pop("uri", None)
    found: dict[str, Any] = {
        "id": uri,
        "url": uri,
        "title": _by_role(headlines, ("main",)) or lower.pop("headline", None) or lower.pop("title", None),
        "body": _by_role(bodies, _BODY_ORDER) or _versioned(lower, "body") or _caption(descriptions, lower),
        "summary": _by_role(descriptions, ("summary", "text", "drop2")) or _versioned(lower, "description"),
        "published": lower.pop("firstcreated", None) or lower.pop("versioncreated", None),
        "author": lower.pop("by", None) or lower.pop("byline", None),
        "source": lower.pop("copyrightholder", None) or _names(lower.pop("infosources", None))[:1],
        "dateline": lower.pop("located", None),
        "person": _names(people),
        "organisation": _names(organisations),
        "place": _names(places),
        "category": next(iter(_names(subjects)), None),
        "topics": _names(subjects),
        "image": _picture(record),
    }
    return {key: value for key, value in found.items() if value} | {
        key: value for key, value in lower.items() if key not in found
    }


def _versioned(lower: dict[str, Any], stem: str) -> Any:
    """Version 1 writes `body_xhtml` and `body_text`; the marked-up form keeps the paragraphs."""
    forms = [lower.pop(f"{stem}_{form}", None) for form in ("xhtml", "html", "text")]
    return next((form for form in forms if form), None)


def _by_role(items: Any, roles: tuple[str, ...]) -> str:
    stated = {str(item.get("role", "")).lower(): string(item) for item in reversed(_listed(items))}
    return next((stated[role] for role in roles if stated.get(role)), next(iter(stated.values()), ""))


def _caption(descriptions: Any, lower: Mapping[str, Any]) -> str:
    """The caption is the text of a picture, a video or a sound."""
    if lower.get("type") in (None, "text", "composite", "event"):
        return ""
    return next((string(item) for item in _listed(descriptions) if item.get("role") in ("caption", "main")), "")


def _picture(record: Mapping[str, Any]) -> dict[str, str]:
    """The first picture that goes with the document: named ones of versions 1 and 2, listed ones of version 3."""
    associations = record.get("associations")
    items = list(associations.values()) if isinstance(associations, Mapping) else associations
    for item in _listed(items):
        renditions = item.get("renditions")
        found = _listed(list(renditions.values()) if isinstance(renditions, Mapping) else renditions)
        address = next((string(each["href"]) for each in found if each.get("href")), "")
        if address and item.get("type") == "picture":
            lower = {key.lower(): value for key, value in item.items()}
            caption = _by_role(lower.get("descriptions"), ("caption", "main")) or _versioned(lower, "description")
            credit = string(lower.get("creditline") or lower.get("by") or lower.get("byline"))
            return {"url": address, "caption": string(caption), "credit": credit}
    return {}


def _names(items: Any) -> list[str]:
    return [name for item in _listed(items) if (name := string(item.get("name")))]


def _listed(items: Any) -> list[Mapping[str, Any]]:
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
