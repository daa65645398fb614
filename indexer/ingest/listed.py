"""What a list says of an item -> the fields of that item: a feed knows when the page that it links to was published, a
followed folder whose files it holds. Used by `normalise`.

The item is believed first, but for its id and its source. Of two texts the longer one is the whole.
"""

import re
from collections.abc import Mapping
from typing import Any

# What the list knows better: the page has no id, and calls its source by any name.
_KNOWN_BETTER = ("id", "source")
# Reasons for which a page is no article, though what links to it is.
_NO_TEXT = frozenset({"no_article", "extraction_failed", "too_complex", "empty"})
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CUT = re.compile(r"[\s\W]+\Z")
_SPACE = re.compile(r"\s+")


def stands_alone(known: Mapping[str, Any], reason: str) -> bool:
    """Whether what is known of an item is an article without it, where it was rejected for a reason."""
    return reason in _NO_TEXT and bool(known.get("title"))


def joined(known: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an item with those that a list knows."""
    record = {**known, **{name: value for name, value in found.items() if value}}
    record |= {name: known[name] for name in _KNOWN_BETTER if known.get(name)}
    if known.get("published") and ":" not in str(found.get("published") or ""):
        record["published"] = known["published"]  # with its time, which few pages state
    listed, own = plain(known.get("body")), plain(found.get("body"))
    if len(listed) > len(own):
        record["body"] = known["body"]
    elif listed and not record.get("summary") and _CUT.sub("", listed) not in own:
        record["summary"] = known["body"]
    return record


def plain(text: Any) -> str:
    """About what a text says without its markup."""
    return _SPACE.sub(" ", _TAG.sub(" ", text)).strip() if isinstance(text, str) else ""
