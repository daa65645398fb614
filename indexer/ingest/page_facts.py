"""What a page says about its article outside the running text: title, date, authors, section ... Used by `page`.

In: a parsed page and its JSON-LD article. Out: `Facts`. Each field has a table of places where sites state it, best
first; the first place that states something usable wins. The order was chosen on saved pages of 40 countries.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.ingest import page_dates, values
from indexer.ingest.addresses import canonical, is_home, page_address
from indexer.ingest.markup import plain_line
from indexer.ingest.page_dates import DATE_IN_TEXT

MOST_TOPICS = 30
MOST_ALTERNATES = 40
_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "|", "--")
LONGEST_SITE_WORDS = 6
SHORTEST_LABEL = 4  # letters of a host name that are no chance find in a name
LONGEST_BYLINE = 80
_NOT_LETTERS = re.compile(r"[\W_]+")

# Names of <meta> tags (name, property or itemprop, lower case), best first.
_TITLE = tuple("og:title twitter:title dc.title headline title sailthru.title parsely-title".split())
_SUMMARY = tuple("og:description description twitter:description dc.description sailthru.description abstract".split())
_AUTHOR = tuple(
    (
        "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl byline "
        "cxenseparse:author authors creator twitter:data1_author article:author_name citation_author"
    ).split()
)
_SITE = tuple("og:site_name application-name publisher dc.publisher copyright_holder al:android:app_name".split())
_SECTION = tuple(
    "article:section section parsely-section og:section category articlesection dc.subject.section".split()
)
_LANGUAGE = tuple("og:locale language dc.language content-language inlanguage".split())
_TOPICS = tuple("article:tag news_keywords keywords parsely-tags sailthru.tags".split())
_ADDRESS = tuple("og:url twitter:url parsely-link".split())

_VISIBLE_AUTHORS = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//a[@rel='author']",
    "//*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'authorName')]",
    "//*[contains(@class,'byline__name') or contains(@class,'byline-name') or contains(@class,'byline__author')]",
)
MOST_LOOKED_AT = 12
_HTTP = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; text as stated, to be made exact by `normalise`."""

    title: str = ""
    summary: str = ""
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    topics: tuple[str, ...] = ()
    about: tuple[Mapping[str, Any], ...] = ()
    translates: Any = None
    translations: tuple[str, ...] = ()
    alternates: Mapping[str, str] = field(default_factory=dict)
    home: bool = False
    is_article: bool = False


def facts_of(tree: Any, described: Mapping[str, Any], url: str | None, fetched: str | None = None) -> Facts:
    """Everything the page states.

    Args:
        tree: the parsed page.
        described: the article's JSON-LD object, or an empty mapping.
        url: where the page was fetched, if known.
        fetched: when, if known.
    """
    metas = _metas(tree)
    site = _first(_texts_of(described.get("publisher"))) or _meta(metas, _SITE)
    stated = _address(tree, metas, described)
    address = page_address(url, stated)
    label = values.host(address or "").rpartition(".")[0].rpartition(".")[2]
    return Facts(
        title=_title(tree, metas, described, (site, label)),
        summary=plain_line(_string(described.get("description")) or _meta(metas, _SUMMARY)),
        published=page_dates.published(tree, metas, described, address, fetched),
        modified=page_dates.modified(metas, described),
        authors=_authors(tree, metas, described, (site, label)),
        site=_meta(metas, ("og:site_name",)) or site or None,
        section=_first(_texts_of(described.get("articleSection"))) or _meta(metas, _SECTION) or None,
        language=_string(described.get("inLanguage"))
        or tree.get("lang")
        or tree.get("xml:lang")
        or _meta(metas, _LANGUAGE),
        url=address,
        topics=_topics(metas, described),
        home=is_home(url or stated or ""),
        is_article=_meta(metas, ("og:type",)) == "article",
        translates=described.get("translationOfWork"),
        translations=tuple(dict.fromkeys(filter(None, map(values.url, _several(described.get("workTranslation")))))),
        alternates=_alternates(tree, address),
        about=tuple(item for key in ("about", "mentions") for item in _objects(described.get(key))),
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                for name in (element.get(attribute) or "").lower().split():
                    found.setdefault(name, []).append(content)
    return found


def _meta(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _title(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], site: tuple[str, str]) -> str:
    headings = [text for element in tree.iter("h1") if (text := plain_line(element.text_content()))]
    whole = plain_line(" ".join(element.text_content() for element in list(tree.iter("title"))[:1]))
    stated = plain_line(html.unescape(_string(described.get("headline"))))
    shared = plain_line(html.unescape(_meta(metas, _TITLE)))
    # A headline that was cut to a number of characters is worth less than one that was not.
    if stated and not stated.endswith(("...", "…")):
        return _without_site(stated, site, headings)
    for text in (shared, stated):
        if text:
            return _without_site(text, site, headings)
    heading = next((heading for heading in headings if heading in whole), "")
    return heading or _without_site(whole, site, headings) or _first(headings)


def _without_site(title: str, site: tuple[str, str], headings: list[str]) -> str:
    """A title without the name of the site (and the date some put there too) at its end."""
    for separator in _SEPARATORS:
        start, found, end = title.rpartition(separator)
        if found and len(end.split()) <= LONGEST_SITE_WORDS and len(start) > len(end):
            start, end = start.strip(), end.strip()
            if start in headings or _is_site(end, site) or DATE_IN_TEXT.fullmatch(end):
                return _without_site(start, site, headings)
    return title


def _is_site(name: str, site: tuple[str, str]) -> bool:
    """Whether a name is that of the site: as the page states it, or as its address spells it."""
    stated, label = site
    squeezed = _NOT_LETTERS.sub("", name.casefold())
    if not squeezed:
        return False
    return squeezed == _NOT_LETTERS.sub("", stated.casefold()) or (
        len(label) >= SHORTEST_LABEL and _NOT_LETTERS.sub("", label.casefold()) in squeezed
    )


def _authors(
    tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], site: tuple[str, str]
) -> tuple[str, ...]:
    """The people named; the site itself only where nobody else is."""
    nobody: tuple[str, ...] = ()
    for stated in _bylines(tree, metas, described):
        people = values.authors([html.unescape(text) for text in stated])
        if named := tuple(name for name in people if not _is_site(name, site)):
            return named
        nobody = nobody or people
    return nobody


def _bylines(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> Iterator[list[str]]:
    yield _texts_of(described.get("author")) or _texts_of(described.get("creator"))
    for name in _AUTHOR:
        yield [text for text in metas.get(name, ()) if not _HTTP.match(text)]
    for path in _VISIBLE_AUTHORS:
        texts = (plain_line(element.text_content()) for element in tree.xpath(path)[:MOST_LOOKED_AT])
        yield [text for text in texts if len(text) <= LONGEST_BYLINE]


def _topics(metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> tuple[str, ...]:
    stated = _texts_of(described.get("keywords"))
    for name in _TOPICS:
        stated = stated or metas.get(name, [])
    parts = [
        part for text in stated for part in (text.split(";" if ";" in text else ",") if len(stated) == 1 else [text])
    ]
    return tuple(dict.fromkeys(topic for part in parts if (topic := plain_line(part))))[:MOST_TOPICS]


def _address(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for candidate in (*links, _meta(metas, _ADDRESS), described.get("url"), described.get("mainEntityOfPage")):
        if address := values.url(candidate):
            return address
    return None


def _alternates(tree: Any, own: str | None) -> Mapping[str, str]:
    """The page in other languages, by language: what is no page of its own, or of the same language, is left out."""
    found: dict[str, str] = {}
    here = canonical(own) if own else None
    spoken = {str(tree.get("lang") or "").partition("-")[0].lower()}
    for link in tree.iter("link"):
        language = (link.get("hreflang") or "").strip()
        address = values.url(link.get("href"))
        if not language or "alternate" not in (link.get("rel") or "").lower().split() or address is None:
            continue
        if canonical(address) == here:
            spoken.add(language.partition("-")[0].lower())
        elif language.lower() != "x-default" and not is_home(address) and len(found) < MOST_ALTERNATES:
            found.setdefault(language, address)
    return {code: address for code, address in found.items() if code.partition("-")[0].lower() not in spoken}


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Mapping)]


def _texts_of(value: Any) -> list[str]:
    """Names in what JSON-LD allows for one: a string, an object, or a list of them."""
    names: list[Any] = []
    for item in value if isinstance(value, list) else [value]:
        inner = item.get("name") if isinstance(item, Mapping) else item
        names.extend(inner if isinstance(inner, list) else [inner])
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""
