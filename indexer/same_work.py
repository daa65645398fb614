"""What an article says of itself in other languages: which one it translates, which translate it, and what joins them.

In: an article. Out: `Ties`, by which two articles are known as one work in two languages; and marks, by which an index
finds, given one, the others, whichever of them came first. Addresses are compared in their one form (`addresses`), and
so are ids, which often are addresses. Called by `browsing.languages`, and by whatever keeps an article in an index.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer.addresses import canonical
from indexer.article import Article, stated_source
from indexer.search.query import folded_key

# The key under which an index keeps the marks: they are searched for as what stands in `extra` is.
KEY = "samework"
MOST_LINKS = 40  # of an article to others
MARK_DIGITS = 12  # what is found by a mark is looked at again
LONGEST_NAME = 1_000
# Keys of `extra`, as `folded_key` has them, under which sources state other languages of an article.
_ORIGINALS = frozenset({"originalid", "translationofwork", "translationof", "istranslationof"})
_TRANSLATIONS = frozenset({"worktranslation", "hastranslation"})
_ALTERNATES = frozenset({"hreflang", "alternates", "translations", "otherlanguages", "languageversions"})
_GROUPS = frozenset({"samestory", "samestoryid", "translationkey", "translationgroup", "translationset", "tnid"})
_NAMES = ("@id", "url", "href", "uri", "id", "guid")
_WEB_ARCHIVE = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_|\*)?/(https?://.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ties:
    """The names by which articles refer to each other, as `name_of` has them.

    `own` are the names of the article, `originals` those of what it translates, `translations` those of what translates
    it, `alternates` those of the same in other languages, where nobody says which was first; `groups` what all of them
    state alike.
    """

    own: frozenset[str] = frozenset()
    originals: frozenset[str] = frozenset()
    translations: frozenset[str] = frozenset()
    alternates: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def name_of(stated: str) -> str:
    """An address or an id in the form in which they are compared."""
    text = stated.strip()
    if not text.lower().startswith(("http://", "https://")):
        return text
    copied = _WEB_ARCHIVE.fullmatch(text)
    return canonical(copied[1] if copied else text)


def ties_of(article: Article) -> Ties:
    """What an article says of itself in other languages."""
    own = _named((article.id, article.url))
    found = _stated(article.extra)
    originals = _named((article.original_url, *found.get("originals", ()))) - own
    source = (stated_source(article) or "").casefold()
    return Ties(
        own,
        originals,
        _named(found.get("translations", ())) - own,
        _named(found.get("alternates", ())) - own - originals,
        frozenset(f"{source}\x1f{group}" for group in found.get("groups", ())),
    )


def links_of(article: Article) -> tuple[str, ...]:
    """The addresses and ids of other articles that one names as the same in another language, as it states them."""
    found = _stated(article.extra)
    stated = (article.original_url, *(found.get(name, ()) for name in ("originals", "translations", "alternates")))
    flat = (each for part in stated if part for each in ([part] if isinstance(part, str) else part))
    return tuple(islice(dict.fromkeys(flat), MOST_LINKS))


def marks_of(article: Article) -> list[str]:
    """The words under `KEY` by which an index finds an article for others that are the same work."""
    if not (article.url or article.original_url or article.extra):
        return []  # it names nothing but itself
    ties = ties_of(article)
    found = {"of": ties.originals, "to": ties.translations | ties.alternates, "in": ties.groups}
    if ties.own - {article.id}:  # by its id it is found without
        found["is"] = ties.own - {article.id}
    return [mark(kind, name) for kind, names in found.items() for name in sorted(names)]


def mark(kind: str, name: str) -> str:
    """How an index knows an article that translates (`of`), or is translated by (`to`), what has a name; that has it
    (`is`), or states it with others (`in`)."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=MARK_DIGITS // 2).hexdigest()
    return f"{kind}{digest}"


def _named(stated: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name_of(each) for each in islice(filter(None, stated), MOST_LINKS))


def _stated(extra: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in extra.items():
        name = folded_key(str(key))
        if name in _ORIGINALS:
            found.setdefault("originals", []).extend(_names_in(value))
        elif name in _TRANSLATIONS:
            found.setdefault("translations", []).extend(_names_in(value))
        elif name in _ALTERNATES:
            found.setdefault("alternates", []).extend(each for each in _names_in(value) if "://" in each)
        elif name in _GROUPS and isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            found.setdefault("groups", []).append(str(value).strip()[:LONGEST_NAME])
    return found


def _names_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Addresses and ids in what a source has for one article or several: text, objects, lists, or texts by language."""
    if isinstance(value, str):
        if 0 < len(value.strip()) <= LONGEST_NAME:
            yield value.strip()
    elif depth < 3 and isinstance(value, list | tuple):
        for each in value[:MOST_LINKS]:
            yield from _names_in(each, depth + 1)
    elif depth < 3 and isinstance(value, Mapping):
        own = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
        yield from _names_in(own if own is not None else list(value.values())[:MOST_LINKS], depth + 1)
